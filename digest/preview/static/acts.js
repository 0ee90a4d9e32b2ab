// Does things to the issue: one request an act, which names the state of editor.md that was seen. If the file
// was changed meanwhile nothing is written, and both are shown.
import { afterShowing, inTurn, wrote } from "./live.js";

const wrong = document.getElementById("wrong");
const said = document.getElementById("said");
const conflict = document.getElementById("conflict");

export function act(wish) {
  return inTurn(() => send(wish));
}

async function send(wish) {
  const address = `/act?issue=${encodeURIComponent(document.body.dataset.issue)}`;
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...wish, base: document.body.dataset.editor }),
  });
  const told = await answer.json();
  if (answer.status === 409) return ask(wish, told);
  if (!answer.ok) return complain([told.message, told.hint].filter(Boolean).join(" "));
  complain("");
  wrote(told.editor);
  steps(told.undo, told.redo);
  tell("Written into editor.md.");
}

export function complain(words) {
  wrong.textContent = words;
  wrong.hidden = !words;
}

export function tell(words) {
  said.textContent = words;
}

function steps(undo, redo) {
  const [back, forth] = [document.getElementById("undo"), document.getElementById("redo")];
  if (back) back.disabled = !undo;
  if (forth) forth.disabled = !redo;
}

// ---------------------------------------------------------------- two who write at once

let refused = null;

function ask(wish, told) {
  refused = { wish, editor: told.editor };
  document.getElementById("do-again").hidden = ["undo", "redo"].includes(wish.act);
  conflict.showModal();
  const same = firstDifference(told.theirs, told.ours);
  fill(document.getElementById("theirs"), told.theirs, same);
  fill(document.getElementById("ours"), told.ours, same);
}

function firstDifference(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

// Shows a text where it differs: how high its beginning stands is how far to scroll.
function fill(field, text, at) {
  field.value = text.slice(0, at);
  const height = field.scrollHeight;
  field.value = text;
  field.scrollTop = Math.max(0, height - field.clientHeight / 2);
}

function onConflict(again) {
  conflict.close();
  wrote(refused.editor);
  if (again) act(refused.wish);
}

// ---------------------------------------------------------------- buttons and forms

const onButton = (button) =>
  act({ act: button.dataset.act, post: button.dataset.post ?? "", key: button.dataset.keyName ?? "", value: button.dataset.value ?? "" });

function onForm(form) {
  const told = Object.fromEntries(new FormData(form));
  delete form.dataset.busy;
  act({ act: form.dataset.act, post: form.dataset.post ?? "", key: form.dataset.keyName ?? "", ...told });
  if (form.dataset.act === "link") { form.reset(); form.closest("details").open = false; }
}

function markBusy(event) {
  const form = event.target.closest("form[data-act]");
  if (!form || event.target.matches("select")) return;
  const isChanged = [...form.elements].some((one) => "defaultValue" in one && one.value !== one.defaultValue);
  if (isChanged) form.dataset.busy = "true";
  else delete form.dataset.busy;
}

export function startActs() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-act]");
    if (button) onButton(button);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-act]")) return;
    event.preventDefault();
    onForm(event.target);
  });
  document.addEventListener("input", markBusy);
  document.addEventListener("change", (event) => {
    if (event.target.matches("form[data-act=move] select")) onForm(event.target.form);
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form[data-act]");
    if (!form) return;
    if (event.key === "Escape") { form.reset(); delete form.dataset.busy; event.target.blur(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  document.getElementById("keep-theirs").addEventListener("click", () => onConflict(false));
  document.getElementById("do-again").addEventListener("click", () => onConflict(true));
  afterShowing(() => { if (!document.querySelector("[data-busy]")) complain(wrong.textContent); });
}
