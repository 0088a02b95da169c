// What one does on a page (a rating, a like, a follow): it shows at once, it is sent when what was done before it on the
// same part of the page is answered, and it says so when it came to nothing. Without this script htmx sends it.
//
// An answer replaces the part with all its forms, so that htmx would forget a form that was sent meanwhile.

const queues = new Map(); // for each part of the page: what is on its way, and what waits
let ours = false;

document.addEventListener("htmx:confirm", (event) => {
  const { elt: form, path, target, triggeringEvent, verb } = event.detail;
  if (ours) return;
  if (form.matches("form")) forget();
  if (verb === "get") return;
  event.preventDefault();
  const button = triggeringEvent?.submitter;
  const values = new FormData(form, button);
  const act = { path, verb, values, swap: form.closest("[data-hx-swap]")?.dataset.hxSwap, takeBack: show(form, button) };
  const part = target.id || target;
  const queue = queues.get(part) ?? [];
  queues.set(part, queue);
  if (queue.push(act) === 1) work(part, queue);
});

// A button that is pressed in or out; gives what undoes it. What else was chosen, the browser shows by itself.
function show(form, button) {
  if (!button?.hasAttribute("aria-pressed")) return () => form.reset();
  const flip = () => {
    button.setAttribute("aria-pressed", String(button.value === "1"));
    button.value = button.value === "1" ? "0" : "1";
  };
  flip();
  return flip;
}

async function work(part, queue) {
  for (; queue.length; queue.shift()) {
    const target = typeof part === "string" ? document.getElementById(part) : part;
    if (!target) beacon(queue[0]);
    else await send(queue[0], target).catch(queue[0].takeBack); // and told below
  }
  queues.delete(part);
}

function send({ path, swap, values, verb }, target) {
  ours = true;
  try {
    return htmx.ajax(verb, path, { source: target, target, swap, values });
  } finally {
    ours = false;
  }
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  const [act, next] = [...queues.values()].find(([first]) => first.values === detail.etc.values) ?? [];
  if (act && new URL(detail.xhr.responseURL).pathname !== new URL(act.path, location).pathname) {
    location.assign(detail.xhr.responseURL); // to log in
  } else if (detail.isError) {
    act?.takeBack();
    if (act || isAsked(detail)) tell(new DOMParser().parseFromString(detail.xhr.response, "text/html").querySelector(".lede"));
  } else if (!next) {
    return;
  }
  detail.isError = detail.shouldSwap = false; // what waits is answered with all of it
});

for (const happening of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(happening, ({ detail }) => isAsked(detail) && tell());
}

// By the reader, not by a clock.
function isAsked({ elt, requestConfig }) {
  return requestConfig.verb !== "get" || elt.matches("form");
}

function tell(said) {
  forget();
  const notice = document.getElementById("failed").content.cloneNode(true);
  if (said) notice.querySelector("p").textContent = said.textContent;
  document.body.append(notice);
}

function forget() {
  document.querySelector("[data-failed]")?.remove();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") forget();
});

// Whoever leaves the page has done it all the same.
addEventListener("pagehide", () => {
  for (const [, ...waiting] of queues.values()) {
    waiting.forEach(beacon);
  }
});

function beacon({ path, values }) {
  navigator.sendBeacon(path, values);
}
