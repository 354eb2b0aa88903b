// The review by keyboard: j/k move, Enter confirms, e edits, m shows likely gifts, x rejects, u undoes.
// Every key presses a button that is there; without this script the buttons do the same.

const review = document.querySelector("[data-review]");
const cards = () => [...review.querySelectorAll(".claim")];
const verbs = { Enter: "confirm", e: "edit", m: "same", x: "reject", u: "undo" };
let current = 0;
// After a decision on this position the next open card is shown.
let decided = null;
// The claim that was decided last: u takes that back while an undecided one is shown.
let last = null;
// While an answer is under way, keys wait: a fast typist must not press a button of the old card.
let answering = false;
const waiting = [];

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

function press(verb) {
  const at = (position) => review.querySelector(`.claim[data-position="${position}"] button[data-verb="${verb}"]`);
  const button = at(current) ?? (verb === "undo" ? at(last) : null);
  if (!button) return;
  show(Number(button.closest(".claim").dataset.position));
  decided = verb === "confirm" || verb === "reject" ? current : null;
  answering = true;
  button.click();
}

function act(key) {
  if (key === "j" || key === "ArrowDown") move(1);
  else if (key === "k" || key === "ArrowUp") move(-1);
  else press(verbs[key]);
}

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
  if (answering) waiting.push(event.key);
  else act(event.key);
});

document.body.addEventListener("htmx:beforeRequest", () => {
  answering = true;
});

// An answer that does not come (no network, an error of the server) lets the keys work again.
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(name, () => {
    answering = false;
    waiting.length = 0;
  });
}

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

document.body.addEventListener("htmx:afterSettle", (event) => {
  // The progress line settles too; only a claim's card is followed.
  if (!event.target.matches?.(".claim")) return;
  const position = Number(event.target.dataset.position);
  const card = review.querySelector(`.claim[data-position="${position}"]`);
  if (decided !== null && card && "decided" in card.dataset) showNextOpen(decided);
  else show(position, { scroll: false });
  decided = null;
  review.querySelector(".claim.current form.claim-form [autofocus]")?.focus();
  answering = false;
  while (waiting.length && !answering) act(waiting.shift());
});

const named = Number(location.hash.replace("#m", ""));
if (named) show(named);
else showNextOpen(0);
