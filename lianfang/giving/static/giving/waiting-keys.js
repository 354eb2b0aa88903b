// Keys that press buttons of cards which an answer replaces. While an answer is under way keys wait, and are
// acted upon in their order when its card has settled: a fast typist never presses a button of the old card,
// and no key is lost.

// `cards` selects the cards inside `list`; `act(key)` does what a key means; `settle(card)` shows what comes
// after an answered card. Gives back what to call with each key.
export function waitingKeys(list, cards, { act, settle }) {
  let answering = false;
  const waiting = [];

  list.addEventListener("htmx:beforeRequest", () => {
    answering = true;
  });

  // An answer that does not come (no network, an error of the server) lets the keys work again.
  for (const name of ["htmx:sendError", "htmx:sendAbort", "htmx:responseError", "htmx:timeout", "htmx:swapError"]) {
    list.addEventListener(name, () => {
      answering = false;
      waiting.length = 0;
    });
  }

  // Other parts of the page settle too (figures, progress); only a card is an answer.
  list.addEventListener("htmx:afterSettle", (event) => {
    if (!event.target.matches(cards)) return;
    settle(event.target);
    answering = false;
    while (waiting.length && !answering) act(waiting.shift());
  });

  return (key) => {
    if (answering) waiting.push(key);
    else act(key);
  };
}
