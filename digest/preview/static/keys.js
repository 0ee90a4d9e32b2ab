// Keys for everything, and a palette in which all of it can be found. Both read what to do from the page:
// an element with `data-key` is pressed by that key, one with `data-command` stands in the palette.
import { go } from "./live.js";
import { wider } from "./edges.js";

const ALIASES = { h: "1", t: "2", w: "3" };
const palette = document.getElementById("palette");
const field = document.getElementById("command");
const list = document.getElementById("commands");

export function press(element) {
  if (element.matches("input, select, textarea")) return element.focus();
  element.click();
  if (element.popoverTargetElement?.matches(":popover-open")) enter(element.popoverTargetElement);
}

// Whoever opened a list by key goes on by key.
function enter(popover) {
  (popover.querySelector("a[aria-current]") ?? popover.querySelector("a"))?.focus();
}

function along(popover, step) {
  const links = [...popover.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
}

// Goes where a link leads by the time its turn has come, so that quick keys add up.
function follow(find) {
  go(() => {
    const link = find();
    const group = link.closest("ul");
    if (group?.contains(document.activeElement)) link.focus();
    return link.getAttribute("href");
  });
}

const WRITES = "input, textarea, select, [contenteditable=true]";

function onKey(event) {
  const isPalette = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k";
  if (isPalette) { event.preventDefault(); return openPalette(); }
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.target.closest?.(WRITES) || document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "Escape" && document.querySelector(":popover-open")) return;
  const popover = event.target.closest?.("[popover]");
  if (popover && (key === "ArrowDown" || key === "ArrowUp")) { event.preventDefault(); return along(popover, key === "ArrowDown" ? 1 : -1); }
  const act = actionOf(ALIASES[key] ?? key, event);
  if (!act) return;
  event.preventDefault();
  act();
}

function actionOf(key, event) {
  if (key === "?" || key === "/") return openPalette;
  if (key === "[" || key === "]") return () => wider(key === "[" ? -1 : 1);
  if (event.target.matches?.(".edge") && key.startsWith("Arrow")) return edgeMove(key);
  if (key === "p") return () => follow(() => other("width-360", "width-600"));
  if (key === "d") return () => follow(() => other("colours-dark", "colours-light"));
  if (key === "ArrowLeft" || key === "ArrowRight") return neighbour(event.target, key === "ArrowLeft" ? -1 : 1);
  const element = keyed(key);
  if (!element) return null;
  return element.matches("a") ? () => follow(() => keyed(key) ?? element) : () => press(element);
}

const keyed = (key) =>
  [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && !one.disabled);

function edgeMove(key) {
  if (key === "ArrowLeft") return () => wider(-1);
  return key === "ArrowRight" ? () => wider(1) : null;
}

function other(one, another) {
  const link = document.getElementById(one);
  return link.hasAttribute("aria-current") ? document.getElementById(another) : link;
}

// Arrows go along the group that has the focus, else along the versions.
function neighbour(target, step) {
  if (target.closest?.("#panel, [popover], main pre")) return null;
  return () => follow(() => {
    const group = document.activeElement?.closest("#controls ul") ?? document.querySelector("#controls .tabs");
    const links = [...group.querySelectorAll("a")];
    const current = links.findIndex((link) => link.hasAttribute("aria-current"));
    return links[Math.min(Math.max(current + step, 0), links.length - 1)];
  });
}

// ---------------------------------------------------------------- the palette

let commands = [];
let chosen = 0;

function openPalette() {
  commands = [...document.querySelectorAll("[data-command]")].filter((one) => !one.disabled).map((element) => ({
    element, name: element.dataset.command, key: element.dataset.key ?? "",
  }));
  field.value = "";
  palette.showModal();
  draw();
}

function found() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}

function draw() {
  chosen = Math.min(chosen, Math.max(found().length - 1, 0));
  list.replaceChildren(...found().map(option));
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
  if (list.children[chosen]) field.setAttribute("aria-activedescendant", list.children[chosen].id);
  else field.removeAttribute("aria-activedescendant");
}

function option({ name, key }, place) {
  const item = document.createElement("li");
  item.id = `command-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", String(place === chosen));
  item.append(name);
  if (key) {
    const hint = document.createElement("kbd");
    hint.textContent = key === "Escape" ? "Esc" : key;
    item.append(hint);
  }
  item.addEventListener("click", () => run(place));
  return item;
}

function run(place) {
  const command = found()[place];
  palette.close();
  if (command) press(document.contains(command.element) ? command.element : again(command.name));
}

const again = (name) => document.querySelector(`[data-command="${CSS.escape(name)}"]`);

function onPaletteKey(event) {
  const count = found().length;
  if (event.key === "ArrowDown") chosen = (chosen + 1) % Math.max(count, 1);
  else if (event.key === "ArrowUp") chosen = (chosen + count - 1) % Math.max(count, 1);
  else if (event.key === "Enter") { event.preventDefault(); return run(chosen); }
  else return;
  event.preventDefault();
  draw();
}

export function startKeys() {
  document.addEventListener("keydown", onKey);
  field.addEventListener("input", () => { chosen = 0; draw(); });
  field.addEventListener("keydown", onPaletteKey);
  const opener = document.getElementById("open-palette");
  opener.hidden = false;
  opener.addEventListener("click", openPalette);
  palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
}
