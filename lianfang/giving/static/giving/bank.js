// Matching by keyboard: j/k move, Enter confirms the first proposal, n books a new gift, x is no gift, u undoes.
// Every key presses a button that is there; without this script the buttons do the same.

import { waitingKeys } from "./waiting-keys.js";

const page = document.querySelector("[data-bank]");
const lines = () => [...page.querySelectorAll("[data-line]")];
const verbs = { Enter: "confirm", n: "new", x: "aside", u: "undo" };
let current = null;
// After a decision on this line the next open one is shown.
let decided = null;
// The line that was decided last: u takes that back while an undecided one is shown.
let last = null;

function show(line, { focus = true } = {}) {
  if (!line) return;
  current = line.id;
  for (const other of lines()) other.classList.toggle("current", other === line);
  if (!focus) return;
  line.scrollIntoView({ block: "nearest" });
  if (!line.contains(document.activeElement)) line.focus({ preventScroll: true });
}

function move(step) {
  const all = lines();
  const at = all.findIndex((line) => line.id === current);
  show(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
}

function showNextOpen(after) {
  const all = lines();
  const at = all.findIndex((line) => line.id === after);
  const open = (line) => !("decided" in line.dataset);
  show(all.slice(at + 1).find(open) ?? all.find(open) ?? all[at]);
}

function pressButton(verb) {
  const at = (id) => document.getElementById(id)?.querySelector(`button[data-verb="${verb}"]`);
  const button = at(current) ?? (verb === "undo" ? at(last) : null);
  if (!button) return;
  show(button.closest("[data-line]"));
  decided = verb === "undo" ? null : current;
  button.click();
}

function act(key) {
  if (key === "j" || key === "ArrowDown") move(1);
  else if (key === "k" || key === "ArrowUp") move(-1);
  else pressButton(verbs[key]);
}

// What comes after an answered line.
function settle(line) {
  if (decided && "decided" in line.dataset) showNextOpen(decided);
  else show(line);
  decided = null;
}

const press = waitingKeys(page, "[data-line]", { act, settle });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  if (!(event.key in verbs) && !["j", "k", "ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  press(event.key);
});

page.addEventListener("click", (event) => {
  const line = event.target.closest("[data-line]");
  if (line && !event.target.closest("a")) {
    if (event.target.closest("button[data-verb]")) last = line.id;
    if (event.target.closest("button")) decided = event.target.closest("[data-verb='undo']") ? null : line.id;
    show(line, { focus: false });
  }
});

show(document.getElementById(location.hash.slice(1)) ?? lines().find((line) => !("decided" in line.dataset)), { focus: Boolean(location.hash) });
