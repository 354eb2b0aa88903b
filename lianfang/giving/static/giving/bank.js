// Matching by keyboard: j/k move, Enter confirms the first proposal, n books a new gift, x is no gift, u undoes.
// Every key presses a button that is there; without this script the buttons do the same.

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

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  if (event.key === "j" || event.key === "ArrowDown") move(1);
  else if (event.key === "k" || event.key === "ArrowUp") move(-1);
  else if (event.key in verbs) {
    const at = (id) => document.getElementById(id)?.querySelector(`button[data-verb="${verbs[event.key]}"]`);
    const button = at(current) ?? (event.key === "u" ? at(last) : null);
    if (!button) return;
    show(button.closest("[data-line]"));
    decided = event.key === "u" ? null : current;
    button.click();
  } else return;
  event.preventDefault();
});

page.addEventListener("click", (event) => {
  const line = event.target.closest("[data-line]");
  if (line && !event.target.closest("a")) {
    if (event.target.closest("button[data-verb]")) last = line.id;
    if (event.target.closest("button")) decided = event.target.closest("[data-verb='undo']") ? null : line.id;
    show(line, { focus: false });
  }
});

document.body.addEventListener("htmx:afterSettle", () => {
  const line = document.getElementById(decided ?? current);
  if (decided && line && "decided" in line.dataset) showNextOpen(decided);
  else if (current) show(document.getElementById(current));
  decided = null;
});

show(document.getElementById(location.hash.slice(1)) ?? lines().find((line) => !("decided" in line.dataset)), { focus: Boolean(location.hash) });
