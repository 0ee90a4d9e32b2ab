// What is done with the issue: the plan is fetched and shown, and only what was shown is done.
import { complain, tell } from "./acts.js";
import { refresh } from "./live.js";

const dialog = document.getElementById("plan");
const agree = document.getElementById("agree");
let agreed = null;

async function ask(deed) {
  const answer = await fetch("/do", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ issue: document.body.dataset.issue, ...deed }),
  });
  const told = await answer.json();
  if (!answer.ok) return { title: "Nothing was done", lines: [], obstacle: [told.message, told.hint].filter(Boolean).join(" ") };
  return told;
}

function show({ title, lines, obstacle, url, agree: word }) {
  document.getElementById("plan-title").textContent = title;
  document.getElementById("plan-lines").replaceChildren(...lines.map(line));
  const reason = document.getElementById("plan-obstacle");
  reason.textContent = obstacle ?? "";
  reason.hidden = !obstacle;
  const link = document.getElementById("plan-url");
  link.hidden = !url?.startsWith("https://");
  if (!link.hidden) link.href = url;
  agree.hidden = !word || Boolean(obstacle);
  agree.textContent = word ?? "";
  document.getElementById("plan-close").textContent = agree.hidden ? "Close" : "Leave it";
  if (!dialog.open) dialog.showModal();
}

function line(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

async function plan(form) {
  const deed = { do: form.dataset.do, ...Object.fromEntries(new FormData(form)) };
  const told = await ask(deed);
  agreed = { ...deed, seal: told.seal };
  show(told);
}

async function carryOut() {
  agree.disabled = true;
  show(await ask(agreed));
  agree.disabled = false;
  refresh();
}

async function copy(form) {
  const told = new URLSearchParams(new FormData(form));
  told.set("form", "html");
  const html = await (await fetch(`/export?${told}`)).text();
  try {
    await navigator.clipboard.writeText(html);
    tell("The HTML is copied.");
    complain("");
  } catch {
    complain("This browser lets nothing be copied here; download the HTML.");
  }
}

export function startDeeds() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-do]")) return;
    event.preventDefault();
    plan(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-copy]");
    if (button) copy(button.form);
  });
  agree.addEventListener("click", carryOut);
  document.getElementById("plan-close").addEventListener("click", () => dialog.close());
}
