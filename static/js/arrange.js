// Putting a list in order by dragging, by the handle's arrow keys, or by the buttons, without leaving the page.
// Without this script the same forms do it, a page at a time.
const list = document.querySelector("[data-arrange]");

const rows = () => [...list.querySelectorAll(":scope > [data-entry]")];

function number() {
  const first = Number(list.dataset.first);
  rows().forEach((row, index) => {
    row.querySelector("[data-place]").textContent = first + index;
    row.querySelector("input[name=position]").value = first + index;
  });
}

function say(words) {
  document.querySelector("[data-arrange-says]").textContent = words;
}

// One after another, so that the server sees the moves in the order in which they were made.
let sending = Promise.resolve();

function send(row) {
  const place = Number(list.dataset.first) + rows().indexOf(row);
  number();
  say(list.dataset.moved.replace("%title%", row.dataset.title).replace("%place%", place));
  const form = row.querySelector("form");
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("do", "move");
  body.set("position", place);
  form.dispatchEvent(new Event("acted", { bubbles: true }));
  sending = sending
    .then(() => fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } }))
    .then((answer) => answer.ok || Promise.reject(answer))
    .catch(() => {
      say(list.dataset.failed);
      location.reload();
    });
}

function step(row, by) {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return false;
  if (by < 0) other.before(row);
  else other.after(row);
  send(row);
  return true;
}

let dragged = null;
let from = -1;

function start(event) {
  dragged = event.target.closest("[data-entry]");
  from = rows().indexOf(dragged);
  dragged.classList.add("dragged");
  event.preventDefault();
}

// Heard by the document: a row that moves within it loses the pointer.
function drag(event) {
  const under = dragged && document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-entry]");
  if (!under || under === dragged || under.parentElement !== list) return;
  const { top, height } = under.getBoundingClientRect();
  const upper = event.clientY < top + height / 2;
  const isAbove = rows().indexOf(under) < rows().indexOf(dragged);
  if (isAbove && upper) under.before(dragged);
  else if (!isAbove && !upper) under.after(dragged);
}

function drop() {
  if (!dragged) return;
  const row = dragged;
  row.classList.remove("dragged");
  dragged = null;
  if (rows().indexOf(row) !== from) send(row);
}

if (list) {
  document.querySelector("[data-arrange-hint]").hidden = false;
  for (const handle of list.querySelectorAll("[data-handle]")) {
    handle.hidden = false;
    handle.addEventListener("pointerdown", start);
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (by && step(handle.closest("[data-entry]"), by)) handle.focus();
      if (by) event.preventDefault();
    });
  }
  document.addEventListener("pointermove", drag);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    const by = { up: -1, down: 1 }[button?.value];
    // At either end of the page the form is sent: the film goes to the page before, or the next.
    if (by && step(button.closest("[data-entry]"), by)) event.preventDefault();
    if (event.defaultPrevented) button.focus();
  });
}
