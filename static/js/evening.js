// Keeps the table of an evening up to date: asks every few seconds while it is looked at, less often while nothing
// happens. And copies and shares its link. Without this script the page is read again.
document.documentElement.dataset.scripted = "";

const FIRST = 3_000;
const LAST = 30_000;
const SLOWER = 1.25;
let wait = FIRST;
let timer;

const place = () => document.querySelector("[data-evening]");

async function look() {
  const shown = place();
  if (document.hidden || !shown) return;
  let answer;
  try {
    answer = await fetch(shown.dataset.evening, {
      headers: { "If-None-Match": `"${shown.dataset.etag}"`, "HX-Request": "true" },
      cache: "no-store",
    });
  } catch {
    wait = LAST; // no network: ask again later
    return;
  }
  if (answer.status === 404) location.reload();
  else if (answer.ok) show(await answer.text());
  else wait = Math.min(LAST, answer.status === 304 ? wait * SLOWER : wait * 2);
}

function show(html) {
  wait = FIRST;
  const next = new DOMParser().parseFromString(html, "text/html").querySelector("[data-evening]");
  const shown = place();
  if (!next || !shown || next.dataset.etag === shown.dataset.etag) return;
  if (next.dataset.phase !== shown.dataset.phase) {
    location.reload();
    return;
  }
  const focused = document.activeElement?.id;
  const open = [...shown.querySelectorAll("details[open]")].map((part) => part.className);
  shown.replaceWith(next);
  htmx.process(next);
  for (const name of open) next.querySelector(`details.${name}`)?.setAttribute("open", "");
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  say(shown.dataset.says, next.dataset.says);
}

function say(before, now) {
  if (before !== now) document.querySelector("[data-evening-says]").textContent = now;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    await look();
    later();
  }, wait);
}

// Whoever does something, or comes back to the page, sees what the others do at once.
for (const happening of ["visibilitychange", "htmx:afterSettle", "submit"]) {
  document.addEventListener(happening, () => {
    wait = FIRST;
    later();
  });
}
later();

const link = document.querySelector("[data-share]");
if (link) {
  const [copy, share] = [link.querySelector("[data-copy]"), link.querySelector("[data-pass-on]")];
  link.querySelector("input").addEventListener("focus", (event) => event.target.select());
  copy.hidden = !navigator.clipboard;
  share.hidden = !navigator.share;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(link.dataset.share);
    const says = copy.querySelector("[data-copy-says]");
    says.textContent = says.dataset.done;
  });
  share.addEventListener("click", () => navigator.share({ title: link.dataset.title, url: link.dataset.share }).catch(() => {}));
}
