// How long a comment can still be changed. Without this script the number stands as it was when the page came.
const end = performance.now();

function tick() {
  for (const place of document.querySelectorAll("[data-editable]")) {
    const left = Number(place.dataset.editable) - Math.floor((performance.now() - end) / 1000);
    if (left > 0) place.querySelector("[data-seconds]").textContent = left;
    else if (!place.contains(document.activeElement)) place.remove();
  }
}

if (document.querySelector("[data-editable]")) setInterval(tick, 1000);
