// The review by keyboard: j/k move, Enter confirms, e edits, m shows likely gifts, x rejects, u undoes.
// Every key presses a button that is there; without this script the buttons do the same.

import { waitingKeys } from "./waiting-keys.js";

const review = document.querySelector("[data-review]");
const cards = () => [...review.querySelectorAll(".claim")];
const verbs = { Enter: "confirm", e: "edit", m: "same", x: "reject", u: "undo" };
let current = 0;
// After a decision on this position the next open card is shown.
let decided = null;
// The claim that was decided last: u takes that back while an undecided one is shown.
let last = null;

function show(position, { scroll = true } = {}) {
  const card = review.querySelector(`.claim[data-position="${position}"]`);
  if (!card) return;
  current = position;
  for (const other of cards()) other.classList.toggle("current", other === card);
  for (const mark of review.querySelectorAll("mark[data-mentions]")) {
    mark.classList.toggle("current", mark.dataset.mentions.split(" ").includes(String(position)));
  }
  if (scroll) {
    card.scrollIntoView({ block: "nearest" });
    review.querySelector("mark.current")?.scrollIntoView({ block: "nearest" });
  }
  if (!card.contains(document.activeElement)) card.focus({ preventScroll: true });
}

function move(step) {
  const positions = cards().map((card) => Number(card.dataset.position));
  const at = positions.indexOf(current);
  show(positions[Math.min(Math.max(at + step, 0), positions.length - 1)]);
}

function showNextOpen(after) {
  const open = cards().filter((card) => !("decided" in card.dataset));
  const next = open.find((card) => Number(card.dataset.position) > after) ?? open[0];
  show(next ? Number(next.dataset.position) : after);
}

function pressButton(verb) {
  const at = (position) => review.querySelector(`.claim[data-position="${position}"] button[data-verb="${verb}"]`);
  const button = at(current) ?? (verb === "undo" ? at(last) : null);
  if (!button) return;
  show(Number(button.closest(".claim").dataset.position));
  decided = verb === "confirm" || verb === "reject" ? current : null;
  button.click();
}

function act(key) {
  if (key === "j" || key === "ArrowDown") move(1);
  else if (key === "k" || key === "ArrowUp") move(-1);
  else pressButton(verbs[key]);
}

// What comes after an answered card.
function settle(card) {
  const position = Number(card.dataset.position);
  if (decided !== null && "decided" in card.dataset) showNextOpen(decided);
  else show(position, { scroll: false });
  decided = null;
  review.querySelector(".claim.current form.claim-form [autofocus]")?.focus();
}

const press = waitingKeys(review, ".claim", { act, settle });

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (typing) {
    if (event.key === "Escape") event.target.closest("form")?.querySelector("[formnovalidate]")?.click();
    return;
  }
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  if (!(event.key in verbs) && !["j", "k", "ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  press(event.key);
});

review.addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-mentions]");
  const card = event.target.closest(".claim");
  if (mark) show(Number(mark.dataset.mentions.split(" ")[0]));
  else if (card) {
    const verb = event.target.closest("button[data-verb]")?.dataset.verb;
    const position = Number(card.dataset.position);
    if (verb === "confirm" || verb === "reject") decided = last = position;
    show(position, { scroll: false });
  }
});

const named = Number(location.hash.replace("#m", ""));
if (named) show(named);
else showNextOpen(0);
