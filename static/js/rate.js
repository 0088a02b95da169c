// Choosing a star sends it. Without this script the button beside the stars does.
root().dataset.scripted = "";

function root() {
  return document.documentElement;
}

const waiting = new Map(); // forms to be sent, by timers

function send(form) {
  form.requestSubmit(form.querySelector("[data-save]"));
}

function stop(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
}

// Arrow keys pass through the ratings on the way to the one that is meant: wait until they rest.
let byKey = false;
document.addEventListener("keydown", () => (byKey = true), true);
document.addEventListener("pointerdown", () => (byKey = false), true);

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-rate]");
  if (!form || event.target.type !== "radio") return;
  say(form, event.target);
  stop(form);
  if (byKey) waiting.set(form, setTimeout(send, 700, form));
  else send(form);
});

// Whatever button sends it.
document.addEventListener("submit", (event) => stop(event.target), true);

// Whoever leaves the page has rated all the same.
addEventListener("pagehide", () => {
  for (const form of waiting.keys()) {
    form.dispatchEvent(new Event("acted", { bubbles: true }));
    navigator.sendBeacon(form.action, new FormData(form, form.querySelector("[data-save]")));
    stop(form);
  }
});

// The words under the stars follow the pointer and come to rest on what is chosen.
function say(form, radio) {
  const words = form.querySelector("[data-rate-says]");
  words.textContent = radio?.dataset.says ?? words.dataset.none;
}

function chosen(form) {
  return form.querySelector("input[type=radio]:checked");
}

document.addEventListener("pointerover", (event) => {
  const form = event.target.closest?.("form[data-rate]");
  if (!form) return;
  const radio = event.target.closest("label")?.querySelector("input[type=radio]");
  say(form, radio ?? chosen(form));
});

document.addEventListener("pointerout", (event) => {
  const form = event.target.closest?.("form[data-rate]");
  if (form && !form.contains(event.relatedTarget)) say(form, chosen(form));
});

document.addEventListener("reset", (event) => {
  const form = event.target.closest("form[data-rate]");
  if (form) setTimeout(() => say(form, chosen(form)));
});
