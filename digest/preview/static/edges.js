// How wide the issue is shown: by drawing a frame's edge, by a number, by a key. The address tells it.
import { fit } from "./frames.js";
import { go, here } from "./live.js";

const STEP = 10;

function resized(width) {
  const address = new URL(here(), location);
  address.searchParams.set("width", String(Math.min(Math.max(Math.round(width), 240), 1600)));
  return go(address.pathname + address.search);
}

function drawn(edge, event) {
  const holder = edge.closest(".holder");
  const from = { x: event.clientX, width: Number(holder.dataset.width) };
  edge.setPointerCapture(event.pointerId);
  document.body.classList.add("drawing");
  const move = (moved) => {
    // the frame stands in the middle, so both of its edges move
    holder.dataset.width = String(Math.max(240, Math.round(from.width + 2 * (moved.clientX - from.x))));
    document.getElementById("width").value = holder.dataset.width;
    fit();
  };
  const end = () => {
    edge.removeEventListener("pointermove", move);
    document.body.classList.remove("drawing");
    resized(Number(holder.dataset.width));
  };
  edge.addEventListener("pointermove", move);
  edge.addEventListener("lostpointercapture", end, { once: true });
}

export const wider = (step) => resized(Number(document.getElementById("width").value) + step * STEP);

export function startEdges() {
  document.addEventListener("pointerdown", (event) => {
    const edge = event.target.closest?.(".edge");
    if (edge && !event.button) drawn(edge, event);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "width") resized(Number(event.target.value));
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".free")) return;
    event.preventDefault();
    resized(Number(document.getElementById("width").value));
  });
}
