// The focal point of a picture: press on the picture, or change the two numbers. Without this script, the numbers.
document.documentElement.dataset.scripted = "";

function fields(picker) {
  return [picker.dataset.focusX, picker.dataset.focusY].map((id) => document.getElementById(id));
}

function draw(picker) {
  const [x, y] = fields(picker).map((field) => field.value || 50);
  picker.querySelectorAll("line").forEach((line, number) => {
    const across = number % 2;
    for (const end of [1, 2]) line.setAttribute(`${across ? "y" : "x"}${end}`, across ? y : x);
  });
}

document.addEventListener("click", (event) => {
  const picker = event.target.closest?.("[data-focus-x]");
  if (!picker) return;
  const box = picker.getBoundingClientRect();
  const parts = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  fields(picker).forEach((field, number) => {
    field.value = Math.round(100 * Math.min(1, Math.max(0, parts[number])));
  });
  draw(picker);
});

document.addEventListener("input", ({ target }) => {
  const picker = document.querySelector(`[data-focus-x="${target.id}"], [data-focus-y="${target.id}"]`);
  if (target.id && picker) draw(picker);
});
