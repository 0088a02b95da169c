// Asks how many notifications are unread: every half a minute while the page is looked at, and when it is looked at again.
const EVERY = 30_000;
let asked = Date.now();

function look() {
  if (document.visibilityState !== "visible" || Date.now() - asked < EVERY / 2) return;
  asked = Date.now();
  for (const place of document.querySelectorAll("[data-notices]")) htmx.trigger(place, "look");
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
