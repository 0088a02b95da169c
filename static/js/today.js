// The site's day is UTC's: at eight in the evening in New York it is tomorrow there, and at eight in the morning in Tokyo
// yesterday. So a form begins from the reader's own day, and says which one that is.
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");

for (const field of document.querySelectorAll("input[data-today]")) {
  const day = field.form.elements.namedItem("watched_on");
  field.value = today;
  day.max = today;
  if ("begins" in day.dataset) day.defaultValue = today; // not the value: a browser may have put back what was chosen
}
