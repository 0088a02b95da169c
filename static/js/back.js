// Whoever goes back is shown the browser's copy of a page. It is read again if something was done since it came, unless
// words would be lost that were written on it.
const ACTED = "acted";
let shown = history.state?.shown ?? Date.now(); // what was done until then is on the page

// Only by now the browser has put back what was written.
addEventListener("pageshow", ({ persisted }) => {
  const [how] = performance.getEntriesByType("navigation"); // which a browser may keep to itself
  if (!persisted && how?.type !== "back_forward") remember();
  else if (isOld()) location.reload();
});

// A script that sends a form by itself says "acted" of it.
for (const happening of ["submit", "htmx:beforeSend", "acted"]) {
  document.addEventListener(happening, ({ detail, target }) => {
    if ((detail?.requestConfig?.verb ?? target.method) !== "get") localStorage.setItem(ACTED, Date.now());
  });
}
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.requestConfig.verb !== "get") shown = Date.now();
});

function remember() {
  shown = Date.now();
  history.replaceState({ ...history.state, shown }, "");
}

function isOld() {
  return Number(localStorage.getItem(ACTED)) > shown && !isWrittenOn();
}

function isWrittenOn() {
  const fields = document.querySelectorAll("textarea, input:not([type=hidden], [type=radio], [type=checkbox])");
  return [...fields].some((field) => field.value !== field.defaultValue);
}
