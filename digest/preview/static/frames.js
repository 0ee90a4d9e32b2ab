// The frames: scaled to the room there is, and loaded anew without losing the place.
// They are sandboxed: nothing of theirs can be read, and they run nothing.

const AWAY_MS = 3000;
const BACK_MS = 500; // pictures may take longer, but need not be waited for

// Which frames are loaded whole. A frame that is not leaves no step in the history when it is sent elsewhere: who
// then goes back takes the page around it away.
const whole = new WeakSet();

// A page that is come back to in the history is asked for anew, and the browser restores where it was read.
export async function reload(frame) {
  if (await isAway(frame)) return goAndWait(frame, () => history.back(), BACK_MS);
  return goAndWait(frame, () => frame.contentWindow.location.replace(frame.src), BACK_MS);
}

// What is loaded may be what was asked for before, when a machine is busy; going back from there takes the page
// around it away. Only the blank page holds a frame itself, and how many there are can be told.
async function isAway(frame) {
  const isWhole = whole.has(frame) || await goAndWait(frame, () => {}, BACK_MS);
  if (isWhole) await goAndWait(frame, () => { frame.contentWindow.location.href = "/blank"; }, AWAY_MS);
  return isWhole && frame.contentWindow.length > 0;
}

// Whether it was loaded within the limit. That it is, is told a little before the browser takes it as loaded.
function goAndWait(frame, leave, limitMs) {
  whole.delete(frame);
  return new Promise((resolve) => {
    frame.addEventListener("load", () => setTimeout(() => resolve(true)), { once: true });
    setTimeout(() => resolve(false), limitMs);
    leave();
  });
}

function watchFrames() {
  document.addEventListener("load", ({ target }) => { if (target.matches?.("iframe")) whole.add(target); }, true);
  const all = () => document.querySelectorAll("iframe").forEach((frame) => whole.add(frame));
  if (document.readyState === "complete") all();
  else addEventListener("load", all, { once: true }); // some may have been loaded before this script
}

// A scroll bar that takes room must not take it from the width asked for.
function scrollbarWidth() {
  const probe = document.createElement("div");
  probe.className = "probe";
  document.body.append(probe);
  const width = probe.offsetWidth - probe.clientWidth;
  probe.remove();
  return width;
}

const scrollbar = scrollbarWidth();

// A frame that is wider than its room is shown smaller, as a phone shows a page made for a desktop.
export function fit() {
  for (const holder of document.querySelectorAll(".holder")) {
    const width = Number(holder.dataset.width) + scrollbar;
    const room = holder.parentElement.clientWidth;
    holder.style.setProperty("--width", `${width}px`);
    holder.style.setProperty("--scale", String(Math.min(1, room / width)));
    holder.querySelector(".edge").setAttribute("aria-valuenow", holder.dataset.width);
  }
}

export function startFrames() {
  watchFrames();
  new ResizeObserver(fit).observe(document.getElementById("stage"));
}
