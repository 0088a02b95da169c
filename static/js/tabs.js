// A row of tabs that is wider than the screen begins at the one that the reader is on.
for (const here of document.querySelectorAll(".tabs a[aria-current]")) {
  const row = here.closest(".tabs");
  const [inner, outer] = [here.getBoundingClientRect(), row.getBoundingClientRect()];
  if (inner.right > outer.right - inner.width / 2) row.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}
