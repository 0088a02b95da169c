// The site's day is UTC's: at eight in the evening in New York it is tomorrow there, and at eight in the morning in Tokyo
// yesterday. So a form begins from the reader's own day, and says which one that is.
const dayOf = (moment) =>
  [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");
const today = dayOf(new Date());

for (const field of document.querySelectorAll("input[data-today]")) {
  const day = field.form.elements.namedItem("watched_on");
  const { begins, moment } = day.dataset;
  field.value = today;
  day.max = today;
  // Not the value: a browser may have put back what was chosen.
  if (begins !== undefined || moment) day.defaultValue = moment ? dayOf(new Date(moment)) : today;
}
