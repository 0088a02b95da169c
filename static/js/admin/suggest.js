// Suggestions under fields that choose rows by name. Without this script one types the whole name.
const WAIT = 180;
let field, list, timer, asked = 0;

/** What is being typed: the last name of several, with what stands before it. */
function parts() {
  const mark = field.dataset.many;
  const end = mark ? field.value.lastIndexOf(mark) + 1 : 0;
  return { before: field.value.slice(0, end), words: field.value.slice(end).trim() };
}

function shut() {
  clearTimeout(timer);
  asked += 1;
  list?.remove();
  list = undefined;
  if (!field) return;
  field.ariaExpanded = "false";
  for (const name of ["aria-activedescendant", "aria-controls"]) field.removeAttribute(name);
}

function take(option) {
  const { before } = parts();
  field.value = field.dataset.many ? `${before}${before ? " " : ""}${option.dataset.value}; ` : option.dataset.value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  shut();
}

function choose(step) {
  const options = [...list.children];
  const now = options.findIndex((option) => option.ariaSelected === "true");
  if (now >= 0) options[now].ariaSelected = "false";
  const next = options[(now + step + options.length + (now < 0 && step < 0 ? 1 : 0)) % options.length];
  next.ariaSelected = "true";
  next.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", next.id);
}

function show(results) {
  const mine = field;
  shut();
  if (!results.length || document.activeElement !== mine) return;
  list = document.createElement("ul");
  Object.assign(list, { className: "suggestions", id: "suggestions", role: "listbox" });
  list.ariaLabel = mine.labels?.[0]?.textContent.trim() ?? "";
  list.append(...results.map(({ value, note }, number) => {
    const option = document.createElement("li");
    const small = document.createElement("small");
    small.textContent = note;
    option.append(value, small);
    Object.assign(option, { id: `suggestion-${number}`, role: "option", ariaSelected: "false" });
    option.dataset.value = value;
    return option;
  }));
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) take(option);
  });
  mine.after(list);
  mine.ariaExpanded = "true";
  mine.setAttribute("aria-controls", list.id);
}

async function ask() {
  const { words } = parts();
  const number = (asked += 1);
  if (!words) return shut();
  const address = new URL(field.dataset.suggest, location.href);
  address.searchParams.set("q", words);
  const answer = await fetch(address, { headers: { accept: "application/json" } }).catch(() => undefined);
  if (answer?.ok && number === asked) show((await answer.json()).results);
}

document.addEventListener("focusin", ({ target }) => {
  if (!target.matches?.("input[data-suggest]")) return;
  field = target;
  Object.assign(field, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
});
document.addEventListener("focusout", ({ target }) => target === field && shut());
document.addEventListener("input", ({ target }) => {
  if (target !== field) return;
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
document.addEventListener("keydown", (event) => {
  if (event.target !== field || !list) return;
  if (event.key === "Escape") shut();
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" || event.key === "Tab") {
    const chosen = list.querySelector("[aria-selected=true]");
    if (!chosen) return;
    take(chosen);
    if (event.key === "Tab") return; // the focus goes on
  } else return;
  event.preventDefault();
});
