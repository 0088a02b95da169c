// A player stands where its member is, as a rule, and the browser knows which time is kept there.
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

for (const field of document.querySelectorAll("select[data-zone]")) {
  const own = [...field.options].find((option) => option.value === timeZone);
  if (own) own.selected = own.defaultSelected = true;
}
