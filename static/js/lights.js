// The house lights without loading the page again. Without this script the same links do it by way of the server.
const root = document.documentElement;
const aYear = 365 * 24 * 3600;

function lightsAreUp() {
  const setting = root.dataset.lights;
  return setting === "up" || (setting === "auto" && matchMedia("(prefers-color-scheme: light)").matches);
}

function label(link) {
  const up = lightsAreUp();
  const words = up ? link.dataset.down : link.dataset.up;
  link.title = words;
  link.querySelector("span").textContent = words;
  const address = new URL(link.href);
  address.searchParams.set("to", up ? "down" : "up");
  link.href = address;
}

function turn(to) {
  root.dataset.lights = to;
  document.cookie = `lights=${to}; path=/; max-age=${aYear}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  document.querySelector("meta[name=color-scheme]").content = { down: "dark", up: "light", auto: "dark light" }[to];
  document.querySelectorAll("[data-lights-switch]").forEach(label);
  for (const link of document.querySelectorAll("[data-lights-to]")) {
    if (link.dataset.lightsTo === to) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-lights-switch], [data-lights-to]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  turn(link.dataset.lightsTo ?? (lightsAreUp() ? "down" : "up"));
});

document.querySelectorAll("[data-lights-switch]").forEach(label);
