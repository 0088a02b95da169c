// Offers films, people and members under the search box while somebody types. Without it the box is a form like any other.
// The keys of the combobox pattern: arrows choose, Enter goes there, Escape puts the list away.
const WAIT = 90;
const kept = new Map();

for (const form of document.querySelectorAll("form[data-suggest]")) offer(form);

function offer(form) {
  const input = form.querySelector("input[type=search]");
  const list = Object.assign(document.createElement("div"), { className: "offers", id: "offers", hidden: true });
  const says = Object.assign(document.createElement("span"), { className: "vh" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  says.setAttribute("role", "status");
  form.append(list, says);
  input.autocomplete = "off";
  for (const [name, value] of [["autocomplete", "list"], ["haspopup", "listbox"], ["controls", list.id]])
    input.setAttribute(`aria-${name}`, value);
  let timer, asked, chosen = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];

  function choose(place) {
    const all = options();
    all[chosen]?.setAttribute("aria-selected", "false");
    chosen = all.length ? ((place + 1 + all.length + 1) % (all.length + 1)) - 1 : -1; // -1 is the box itself
    const one = all[chosen];
    one?.setAttribute("aria-selected", "true");
    one?.scrollIntoView({ block: "nearest" });
    if (one) input.setAttribute("aria-activedescendant", one.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    choose(-1);
    list.hidden = true;
  }

  function show(html) {
    list.innerHTML = html;
    chosen = -1;
    choose(-1);
    options().forEach((one, place) => (one.id = `offer-${place}`));
    list.hidden = !options().length || document.activeElement !== input;
    says.textContent = list.hidden ? "" : list.firstElementChild.dataset.says;
  }

  async function ask() {
    const query = input.value.trimStart();
    if (!query.trim()) return close();
    if (kept.has(query)) return show(kept.get(query));
    asked?.abort();
    asked = new AbortController();
    try {
      const address = new URL(form.dataset.suggest, location.href);
      address.searchParams.set("q", query);
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return close();
      const html = await answer.text();
      kept.set(query, html);
      if (input.value.trimStart() === query) show(html);
    } catch (problem) {
      if (problem.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.hidden) ask();
    else if (step) choose(chosen + step);
    else if (event.key === "Enter" && chosen >= 0 && !list.hidden) options()[chosen].click();
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => close());
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
}
