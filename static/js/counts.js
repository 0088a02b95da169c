// How many films each choice would leave, after the wall has changed: the form keeps its fields and the reader's place.
document.addEventListener("htmx:afterSettle", () => {
  const counted = document.querySelector("[data-counts]");
  if (!counted) return;
  const numbers = new Map([...counted.children].map((line) => [line.dataset.of, line.textContent]));
  for (const place of document.querySelectorAll("[data-count]")) {
    place.textContent = numbers.get(place.dataset.count) ?? "";
  }
  counted.remove();
});
