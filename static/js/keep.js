// What somebody writes is kept in the browser until it is posted: a session that ended, a site that is away or a window
// that was shut loses nothing. Each member has their own (`data-keep`), for thirty days; whoever logs out leaves none.
const NAME = "kept:";
const KEPT_FOR = 30 * 24 * 3600 * 1000;
const REST = 300; // milliseconds without a key
const SOON = 2_000; // milliseconds from sending to where its answer begins
const timers = new Map();

const nameOf = (form) => `${NAME}${form.dataset.keep}:${new URL(form.action).pathname}`;
const fieldsOf = (form) => [...form.querySelectorAll("textarea, input[type=text]")];
const names = () => Object.keys(localStorage).filter((name) => name.startsWith(NAME));

for (const name of names()) {
  const { sent, ...kept } = JSON.parse(localStorage.getItem(name));
  if (isPosted(sent) || Date.now() - kept.at > KEPT_FOR) localStorage.removeItem(name);
  else localStorage.setItem(name, JSON.stringify(kept));
}
document.querySelectorAll("form[data-keep]").forEach(putBack);

// What was taken is answered with the way to another page, and so is whoever has to log in first.
function isPosted(sent) {
  const [way] = performance.getEntriesByType("navigation");
  const isMember = document.querySelector("[data-log-out]");
  return isMember && way?.redirectCount > 0 && Math.abs(performance.timeOrigin - sent) < SOON;
}

function putBack(form) {
  const kept = localStorage.getItem(nameOf(form));
  if (!kept) return;
  const { words } = JSON.parse(kept);
  const changed = fieldsOf(form).filter((field) => field.name in words && words[field.name] !== field.defaultValue);
  for (const field of changed) field.value = words[field.name];
  form.querySelector("[data-kept]").hidden = changed.length === 0;
}

function keep(form, more = {}) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const fields = fieldsOf(form);
  if (fields.every((field) => field.value === field.defaultValue)) return localStorage.removeItem(nameOf(form));
  const words = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  localStorage.setItem(nameOf(form), JSON.stringify({ words, at: Date.now(), ...more }));
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-keep]");
  if (!form) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(keep, REST, form));
});

addEventListener("pagehide", () => [...timers.keys()].forEach((form) => keep(form)));

document.addEventListener("submit", ({ target: form }) => {
  if (form.matches("[data-keep]")) keep(form, { sent: Date.now() });
  if (form.matches("[data-log-out]")) names().forEach((name) => localStorage.removeItem(name));
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-throw-away]");
  if (!button) return;
  const { form } = button;
  for (const field of fieldsOf(form)) field.value = field.defaultValue;
  keep(form);
  form.querySelector("[data-kept]").hidden = true;
  form.querySelector("textarea").focus();
});
