// Brings parts of a fresh page into this one: on a click, on a key, and whenever the issue changes.
import { fit, reload } from "./frames.js";

const AHEAD_MS = 100; // pictures that take longer do not keep the panels waiting
const connection = document.getElementById("connection");
const listeners = [];

// Whoever has attached something to a part of the page is told when parts were replaced.
export const afterShowing = (listener) => listeners.push(listener);

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const here = () => location.pathname + location.search;

async function fetched(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// `isReady` is waited for before the frames are touched: they may be on their way already.
async function show(address, isReady = Promise.resolve()) {
  const fresh = await fetched(address);
  const focused = document.activeElement?.id;
  document.title = fresh.title;
  Object.assign(document.body.dataset, fresh.body.dataset, { editor: known(fresh.body.dataset.editor) });
  document.querySelector(".desk").className = fresh.querySelector(".desk").className;
  for (const part of document.querySelectorAll("[data-live]")) bring(part, fresh.getElementById(part.id));
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  await isReady;
  await stage(fresh.getElementById("stage"));
  for (const listener of listeners) listener();
}

// The place in the source that the address names.
export const showPlace = () => document.querySelector(".source .at")?.scrollIntoView({ block: "center" });

// A page that was made just before an act of ours was carried out still tells the state before it.
const superseded = new Set();
const known = (editor) => (superseded.has(editor) ? document.body.dataset.editor : editor);
export function wrote(editor) {
  superseded.delete(editor);
  if (document.body.dataset.editor !== editor) superseded.add(document.body.dataset.editor);
  document.body.dataset.editor = editor;
}

// What somebody is writing in or dragging is left alone until that is done.
function bring(part, next) {
  if (part.querySelector("[data-busy]") || part.innerHTML === next.innerHTML) return;
  const scroller = part.querySelector("[data-panel]");
  const [name, top] = [scroller?.dataset.panel, part.scrollTop];
  const above = part.querySelector(":popover-open")?.id;
  const open = [...part.querySelectorAll("details[open]")].map((one) => one.dataset.of);
  const focused = part.contains(document.activeElement) ? wayTo(document.activeElement) : null;
  part.replaceChildren(...next.childNodes);
  for (const one of part.querySelectorAll("details")) one.open = open.includes(one.dataset.of);
  if (above) document.getElementById(above)?.showPopover();
  if (focused) part.querySelector(focused)?.focus({ preventScroll: true });
  if (name && part.querySelector("[data-panel]")?.dataset.panel === name) part.scrollTop = top;
}

// How an element can be found again in a fresh part.
function wayTo(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const item = element.closest("[data-id]");
  const within = item ? `[data-id="${CSS.escape(item.dataset.id)}"] ` : "";
  if (element.matches(".handle")) return `${within}.handle`;
  if (element.matches("summary")) return `[data-of="${CSS.escape(element.parentNode.dataset.of)}"] > summary`;
  if (element.dataset.command) return `[data-command="${CSS.escape(element.dataset.command)}"]`;
  if (element.dataset.act) return `${within}[data-act="${element.dataset.act}"]`;
  return item ? `${within}.name` : null;
}

async function stage(next) {
  const now = document.getElementById("stage");
  const before = [...now.children];
  const after = [...next.children];
  for (const [place, figure] of after.entries()) await bringFigure(now, before[place], figure);
  for (const gone of before.slice(after.length)) gone.remove();
  fit();
}

async function bringFigure(stage, now, next) {
  if (!now) return stage.append(next);
  const [frame, other] = [now.querySelector("iframe"), next.querySelector("iframe")];
  if (!frame || !other || page(frame) !== page(other)) {
    if (now.outerHTML === next.outerHTML) return;
    const top = now.dataset.way === next.dataset.way ? now.scrollTop : 0;
    const hadFocus = now.contains(document.activeElement);
    now.replaceWith(next);
    next.scrollTop = top;
    if (hadFocus) next.querySelector("iframe, pre")?.focus();
    return;
  }
  const caption = now.querySelector("figcaption");
  if (caption) caption.replaceWith(next.querySelector("figcaption"));
  now.querySelector(".holder").dataset.width = next.querySelector(".holder").dataset.width;
  frame.className = other.className;
  const [old, wanted] = [frame.getAttribute("src"), other.getAttribute("src")];
  await renew(frame, other.dataset.digest);
  // going to a place in the page that is shown already loads nothing
  if (wanted !== old && wanted.includes("#")) frame.src = wanted;
}

async function renew(frame, digest) {
  if (!digest || frame.dataset.digest === digest) return;
  frame.dataset.digest = digest;
  await reload(frame);
}

// One after the other, for they share the history by which they come back.
async function renewFrames(digests) {
  for (const frame of document.querySelectorAll("iframe[data-file]")) await renew(frame, digests[frame.dataset.file]);
}

const page = (frame) => frame.getAttribute("src").split("#")[0];

// One at a time, in order, so that quick keys add up.
let last = Promise.resolve();
export function inTurn(step) {
  last = last.then(step).catch(() => tell("lost"));
  return last;
}

export const refresh = () => inTurn(() => show(here()));

// ---------------------------------------------------------------- going from view to view

// `find` is asked for the address when its turn has come: earlier keys may have changed it.
export function go(find) {
  return inTurn(async () => {
    const address = typeof find === "function" ? find() : find;
    document.querySelector(":popover-open")?.hidePopover();
    if (new URL(address, location).search === location.search) return;
    history.pushState(null, "", address);
    await show(address);
    showPlace();
    listen();
  });
}

function isPlain(event) {
  return !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function onClick(event) {
  const link = event.target.closest?.("a[href^='/?'], a[href='/']");
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  go(link.getAttribute("href"));
}

// ---------------------------------------------------------------- following the server

const WORDS = { live: "Live", lost: "Not connected", ended: "The preview has ended" };
let events = null;
let listensTo = "";

function tell(state) {
  connection.dataset.state = state;
  if (connection.textContent !== WORDS[state]) connection.textContent = WORDS[state];
}

// The stream is that of the issue which is shown.
function listen() {
  if (listensTo === document.body.dataset.issue) return;
  events?.close();
  listensTo = document.body.dataset.issue;
  const stream = new EventSource(`/events?issue=${encodeURIComponent(listensTo)}`);
  events = stream;
  stream.addEventListener("open", () => tell("live"));
  stream.addEventListener("error", () => tell(stream.readyState === EventSource.CLOSED ? "ended" : "lost"));
  stream.addEventListener("ended", () => { stream.close(); tell("ended"); });
  stream.addEventListener("shown", (event) => {
    const { revision, digests } = JSON.parse(event.data);
    inTurn(() => {
      if (stream !== events || revision === document.body.dataset.revision) return null;
      // the frames first, and without rivals: they are what is looked at
      const renewed = renewFrames(digests);
      return Promise.race([renewed, after(AHEAD_MS)]).then(() => show(here(), renewed));
    });
  });
}

export function follow() {
  addEventListener("popstate", () => inTurn(() => show(here()).then(listen)));
  document.addEventListener("click", onClick);
  listen();
}
