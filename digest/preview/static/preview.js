// Makes the page live: without this script every link still works, and a reload shows what has changed.
// The server renders; the script only brings parts of a fresh page into this one.
"use strict";

const AWAY_MS = 3000;
const BACK_MS = 500; // pictures may take longer, but need not be waited for
const connection = document.getElementById("connection");

// ---------------------------------------------------------------- bringing a fresh page in

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function show(address) {
  const fresh = await fetched(address);
  const focused = document.activeElement?.id;
  document.title = fresh.title;
  document.body.dataset.revision = fresh.body.dataset.revision;
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (part.innerHTML !== next.innerHTML) part.replaceChildren(...next.childNodes);
  }
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  await stage(fresh.getElementById("stage"));
}

async function stage(next) {
  const now = document.getElementById("stage");
  const [frame, other] = [now.querySelector("iframe"), next.querySelector("iframe")];
  if (frame && other && frame.getAttribute("src") === other.getAttribute("src")) {
    frame.className = other.className;
    if (frame.dataset.digest === other.dataset.digest) return;
    frame.dataset.digest = other.dataset.digest;
    await reload(frame);
  } else if (now.innerHTML !== next.innerHTML) {
    const stays = now.querySelector("pre") && next.querySelector("pre");
    const top = now.scrollTop;
    const hadFocus = now.contains(document.activeElement);
    now.replaceChildren(...next.childNodes);
    now.scrollTop = stays ? top : 0;
    if (hadFocus) now.firstElementChild?.focus();
  }
}

// The frame is sandboxed: neither can its scroll position be read nor can it be told to reload. But a page
// that is come back to in the history is asked for anew, and the browser restores where it was read.
async function reload(frame) {
  const away = loaded(frame, AWAY_MS);
  frame.contentWindow.location.href = "/blank";
  await away;
  const back = loaded(frame, BACK_MS);
  history.back();
  await back;
}

function loaded(frame, limitMs) {
  return new Promise((resolve) => {
    frame.addEventListener("load", resolve, { once: true });
    setTimeout(resolve, limitMs);
  });
}

// One at a time, in order, so that quick keys add up.
let last = Promise.resolve();
function inTurn(step) {
  last = last.then(step).catch(() => tell("lost"));
}

const here = () => location.pathname + location.search;

// ---------------------------------------------------------------- going from view to view

async function go(link) {
  if (link.parentNode.parentNode.contains(document.activeElement)) link.focus();
  const address = link.getAttribute("href");
  if (address === here()) return;
  history.pushState(null, "", address);
  await show(address);
}

addEventListener("popstate", () => inTurn(() => show(here())));

document.addEventListener("click", (event) => {
  const link = event.target.closest("#controls a");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  inTurn(() => go(document.getElementById(link.id)));
});

const VERSIONS = { 1: "html", h: "html", 2: "text", t: "text", 3: "web", w: "web" };

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!linkFor(key)) return;
  event.preventDefault();
  inTurn(() => go(linkFor(key)));
});

function linkFor(key) {
  if (key in VERSIONS) return document.getElementById(`version-${VERSIONS[key]}`);
  if (key === "p") return other("width-360", "width-600");
  if (key === "d") return other("colours-dark", "colours-light");
  if (key === "ArrowLeft" || key === "ArrowRight") return neighbour(key === "ArrowLeft" ? -1 : 1);
  return null;
}

function other(one, another) {
  const link = document.getElementById(one);
  return link.hasAttribute("aria-current") ? document.getElementById(another) : link;
}

// Arrows go along the group that has the focus, else along the versions.
function neighbour(step) {
  const list = document.activeElement?.closest("#controls ul");
  const links = [...(list ?? document.querySelector(".tabs")).querySelectorAll("a")];
  const current = links.findIndex((link) => link.hasAttribute("aria-current"));
  return links[Math.min(Math.max(current + step, 0), links.length - 1)];
}

// ---------------------------------------------------------------- following the server

const WORDS = { live: "Live: changes show by themselves", lost: "Not connected", ended: "The preview has ended" };

function tell(state) {
  connection.dataset.state = state;
  if (connection.textContent !== WORDS[state]) connection.textContent = WORDS[state];
}

const events = new EventSource("/events");
events.addEventListener("open", () => tell("live"));
events.addEventListener("error", () => tell(events.readyState === EventSource.CLOSED ? "ended" : "lost"));
events.addEventListener("ended", () => { events.close(); tell("ended"); });
events.addEventListener("shown", (event) => {
  if (event.data !== document.body.dataset.revision) inTurn(() => show(here()));
});

// ---------------------------------------------------------------- small things

// A scroll bar that takes room must not take it from the width asked for.
const probe = document.createElement("div");
probe.className = "probe";
document.body.append(probe);
document.documentElement.style.setProperty("--scrollbar", `${probe.offsetWidth - probe.clientWidth}px`);
probe.remove();
