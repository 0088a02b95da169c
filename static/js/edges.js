// While something is dragged, the window scrolls where the pointer comes near its upper or lower edge: the nearer, the
// quicker, as long as there is more of the list that way. Who asked for less motion gets steps of half a window instead.
const EDGE = 96; // pixels
const FASTEST = 1200; // pixels a second
const PAUSE = 400; // milliseconds between steps
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dragged = () => document.querySelector(".dragged");

let pointer = null;
let frame = 0;
let last = 0;

// From -1 at the upper edge of the window to 1 at the lower; 0 in between, and where the list ends.
function nearness(y, { top, bottom }) {
  if (y < EDGE) return top < EDGE ? Math.max(-1, y / EDGE - 1) : 0;
  const lower = innerHeight - EDGE;
  return y > lower && bottom > lower ? Math.min(1, (y - lower) / EDGE) : 0;
}

function scroll(now) {
  frame = 0;
  const list = dragged()?.parentElement;
  const near = list ? nearness(pointer.clientY, list.getBoundingClientRect()) : 0;
  if (!near) {
    last = 0;
    return;
  }
  frame = requestAnimationFrame(scroll);
  const waited = last ? now - last : 0;
  if (calm.matches && last && waited < PAUSE) return;
  last = now;
  const way = calm.matches ? (Math.sign(near) * innerHeight) / 2 : (near * FASTEST * Math.min(waited, 50)) / 1000;
  scrollBy({ top: way, behavior: "instant" });
  follow(list.getBoundingClientRect());
}

// The pointer rests, and the page moves under it: whoever drags hears of it as of a move, within the edges and the list.
function follow({ top, bottom }) {
  const low = Math.max(EDGE, top + 1);
  const clientY = Math.max(low, Math.min(innerHeight - EDGE / 2, bottom - 1, pointer.clientY));
  document.dispatchEvent(new PointerEvent("pointermove", { clientX: pointer.clientX, clientY }));
}

document.addEventListener("pointermove", (event) => {
  if (!event.isTrusted || !dragged()) return;
  pointer = event;
  frame ||= requestAnimationFrame(scroll);
});
