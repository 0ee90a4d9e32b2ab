// Moves posts: by the pointer (mouse, pen or finger), or by Space and the arrow keys on their handles. While a
// post is moved the list, its decision and the bytes follow; what was drawn is sent once, at the end.
import { act, tell } from "./acts.js";
import { refresh } from "./live.js";

const EDGE = 48; // pixels from the panel's edge within which it scrolls while dragging
let moving = null; // { item, before, why }: the post in the air, all lists as they were, and its decision

const panel = () => document.getElementById("panel");
const lists = () => [...document.querySelectorAll("#panel ol.held")];
const items = () => [...document.querySelectorAll("#panel ol.held > li[data-id]")];
const isFeatured = (list) => !("section" in list.dataset);
const titleOf = (item) => item.querySelector(".name").textContent;

function lift(item) {
  const all = new Set([...lists(), item.parentNode]);
  const before = [...all].map((list) => ({ list, children: [...list.children] }));
  moving = { item, before, why: item.querySelector(".why").cloneNode(true) };
  item.classList.add("moving");
  item.dataset.busy = "true";
  document.body.classList.add("arranging");
}

function putDown() {
  moving.item.classList.remove("moving");
  delete moving.item.dataset.busy;
  document.body.classList.remove("arranging");
  const done = moving;
  moving = null;
  return done;
}

function isMoved({ before }) {
  return before.some(({ list, children }) => children.some((child, place) => list.children[place] !== child));
}

function drop() {
  const done = putDown();
  if (!isMoved(done)) return;
  act({ act: "arrange", layout: layout() });
  tell(`${titleOf(done.item)} is ${place(done.item)}.`);
}

function cancel() {
  const { item, before, why } = putDown();
  for (const { list, children } of before) list.replaceChildren(...children);
  item.querySelector(".why").replaceWith(why);
  item.querySelector(".handle").removeAttribute("aria-pressed");
  item.querySelector(".handle").focus();
  redraw();
  tell(`${titleOf(item)} is back in its place.`);
  refresh();
}

// ---------------------------------------------------------------- what was drawn

function layout() {
  return lists().map((list) => ({
    posts: [...list.children].filter((item) => item.dataset.id).map((item) => item.dataset.id),
    section: isFeatured(list) ? null : list.dataset.section,
  })).filter(({ posts, section }) => posts.length || section !== null);
}

// One post is featured: whoever comes there takes the place, and the other goes to the section below.
function settle(item) {
  const [featured, below] = lists();
  if (!featured || !isFeatured(featured)) return;
  const others = [...featured.children].filter((one) => one !== item);
  if (item.parentNode === featured && others.length) below?.prepend(...others);
  if (!featured.children.length && below) featured.append(below.firstElementChild);
}

function insert(list, before) {
  const { item } = moving;
  if (before === item || (item.parentNode === list && item.nextElementSibling === before)) return;
  list.insertBefore(item, before);
  settle(item);
  decide(item);
  redraw();
}

// What becomes of the post as it is drawn: one from outside is pinned, another is ordered.
function decide(item) {
  const [rule, detail] = item.querySelectorAll(".why b, .why > span:not(.cost)");
  const isNew = !item.dataset.bytes;
  rule.textContent = isNew || isFeatured(item.parentNode) ? "pinned" : "ordered";
  detail.textContent = `${place(item)}, as you put it`;
}

function place(item) {
  if (isFeatured(item.parentNode)) return "featured";
  const number = [...item.parentNode.children].indexOf(item) + 1;
  return `number ${number} in ${item.closest("section").querySelector("h3").textContent}`;
}

// The bytes, in the order drawn. What a post from outside will take is not known yet: the others' mean stands for it.
function redraw() {
  const drawing = document.querySelector("#panel .bytes");
  if (!drawing) return;
  const scale = Number(drawing.dataset.scale);
  const sizes = items().map((item) => [item.dataset.id, Number(item.dataset.bytes ?? 0)]);
  const known = sizes.filter(([, size]) => size).map(([, size]) => size);
  const mean = Math.round(known.reduce((sum, size) => sum + size, 0) / Math.max(known.length, 1));
  const frames = drawing.querySelectorAll("rect.frame");
  let at = Number(frames[0].getAttribute("width"));
  for (const [id, size] of sizes) {
    const part = drawing.querySelector(`rect[data-of="${CSS.escape(id)}"]`);
    const width = ((size || mean) * 1000) / scale;
    part?.setAttribute("x", at.toFixed(1));
    at += width;
  }
  frames[1].setAttribute("x", at.toFixed(1));
  const isGuess = sizes.some(([, size]) => !size);
  const total = Number(drawing.dataset.total) + (isGuess ? mean : 0);
  showTotal(total, isGuess);
}

function showTotal(total, isGuess) {
  const told = document.querySelector("#bar .of-html dd");
  const meter = told?.querySelector("meter");
  if (meter) meter.value = total;
  const text = [...(told?.querySelector("span") ?? told).childNodes].find((node) => node.nodeType === Node.TEXT_NODE);
  if (text) text.data = `${isGuess ? "about " : ""}${total.toLocaleString("en")} bytes`;
}

// ---------------------------------------------------------------- by the pointer

let pointer = null; // { y, by, frame } while dragging: where it is, up (-1) or down (1) last, the next frame

function onPointerDown(event) {
  const handle = event.target.closest?.("#panel .handle");
  if (!handle || event.button) return;
  event.preventDefault();
  handle.focus();
  lift(handle.closest("li"));
  pointer = { y: event.clientY, by: 0, frame: 0 };
  // moving the post about in the page would let a captured pointer go
  addEventListener("pointermove", onPointerMove);
  addEventListener("pointerup", onPointerUp, { once: true });
  addEventListener("pointercancel", onPointerCancel, { once: true });
}

function onPointerMove(event) {
  pointer.by = Math.sign(event.clientY - pointer.y) || pointer.by;
  pointer.y = event.clientY;
  pointer.frame ||= requestAnimationFrame(step);
}

// Once a frame at most: where the pointer is, between which posts, and how far to scroll.
function step() {
  pointer.frame = 0;
  const box = panel().getBoundingClientRect();
  const beyond = pointer.y < box.top + EDGE ? -1 : pointer.y > box.bottom - EDGE ? 1 : 0;
  // who comes from the edge does not want to see what lies behind it
  if (beyond && beyond === pointer.by) { panel().scrollTop += beyond * 12; pointer.frame = requestAnimationFrame(step); }
  const target = under(pointer.y);
  if (target) insert(target.list, target.before);
}

function under(y) {
  const near = lists().map((list) => ({ list, box: list.closest("section").getBoundingClientRect() }))
    .find(({ box }) => y < box.bottom);
  if (!near) return null;
  const others = [...near.list.children].filter((item) => item !== moving.item);
  const before = others.find((item) => {
    const box = item.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return { list: near.list, before: before ?? null };
}

function stopPointing() {
  removeEventListener("pointermove", onPointerMove);
  removeEventListener("pointerup", onPointerUp);
  removeEventListener("pointercancel", onPointerCancel);
  cancelAnimationFrame(pointer.frame);
  pointer = null;
}

function onPointerUp() {
  if (pointer.frame) step();
  stopPointing();
  if (moving) drop();
}

function onPointerCancel() {
  stopPointing();
  if (moving) cancel();
}

// ---------------------------------------------------------------- by keys

function onKey(event) {
  const handle = event.target.closest?.("#panel .handle");
  if (moving && event.key === "Escape") { event.preventDefault(); if (pointer) stopPointing(); return cancel(); }
  if (!handle) return;
  if (event.key === " " || event.key === "Enter") { event.preventDefault(); return moving ? settleKeys(handle) : liftKeys(handle); }
  if (moving && event.key === "ArrowDown") { event.preventDefault(); shift(handle, 1); }
  if (moving && event.key === "ArrowUp") { event.preventDefault(); shift(handle, -1); }
}

function liftKeys(handle) {
  lift(handle.closest("li"));
  handle.setAttribute("aria-pressed", "true");
  tell(`${titleOf(moving.item)} is picked up. Move it with the arrow keys, put it down with Space, or press Escape.`);
}

function settleKeys(handle) {
  handle.removeAttribute("aria-pressed");
  drop();
}

// One place up or down, from list to list; a post from outside comes to the end of the last one.
function shift(handle, by) {
  const { item } = moving;
  const known = items();
  const at = known.indexOf(item);
  if (at < 0) insert(lists().at(-1), null);
  else if (by > 0) down(item);
  else up(item);
  item.scrollIntoView({ block: "nearest" });
  handle.focus();
  tell(`${titleOf(item)}: ${place(item)}.`);
}

function down(item) {
  const all = lists();
  const next = item.nextElementSibling;
  if (next) return insert(item.parentNode, next.nextElementSibling);
  const below = all[all.indexOf(item.parentNode) + 1];
  // leaving the featured place gives it to the next post
  if (below) insert(below, isFeatured(item.parentNode) ? below.children[1] ?? null : below.firstElementChild);
}

function up(item) {
  const all = lists();
  const above = item.previousElementSibling;
  if (above) return insert(item.parentNode, above);
  const list = all[all.indexOf(item.parentNode) - 1];
  if (list) insert(list, isFeatured(list) ? list.firstElementChild : null);
}

export function startArranging() {
  document.addEventListener("pointerdown", onPointerDown);
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusout", (event) => {
    if (moving && !pointer && event.target.matches(".handle") && document.hasFocus()) {
      requestAnimationFrame(() => { if (moving && !moving.item.contains(document.activeElement)) drop(); });
    }
  });
}
