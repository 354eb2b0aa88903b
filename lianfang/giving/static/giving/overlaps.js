// Pairs by keyboard: j/k move, s same, d distinct, p part of, u undo. Every key presses a button that is
// there; without this script the buttons do the same.

import { waitingKeys } from './waiting-keys.js'

const list = document.querySelector('[data-pairs]')
const cards = () => [...list.querySelectorAll('[data-pair]')]
const verbs = { s: 'same', d: 'distinct', p: 'part', u: 'undo' }
let current = null
// The pair that was decided last: u takes that back while an undecided one is shown.
let last = null

function show (card, { scroll = true } = {}) {
  if (!card) return
  current = card.id
  for (const other of cards()) other.classList.toggle('current', other === card)
  if (scroll) card.scrollIntoView({ block: 'nearest' })
  if (!card.contains(document.activeElement)) card.focus({ preventScroll: true })
}

function move (step) {
  const all = cards()
  const at = all.findIndex(card => card.id === current)
  show(all[Math.min(Math.max(at + step, 0), all.length - 1)])
}

function pressButton (verb) {
  const button = id => document.getElementById(id)?.querySelector(`button[data-verb="${verb}"]`)
  const found = button(current) ?? (verb === 'undo' ? button(last) : null)
  if (!found) return
  show(found.closest('[data-pair]'))
  found.click()
}

function act (key) {
  if (key === 'j' || key === 'ArrowDown') move(1)
  else if (key === 'k' || key === 'ArrowUp') move(-1)
  else pressButton(verbs[key])
}

// A decided pair makes room for the next open one; an undone or refused one stays.
function settle (card) {
  const all = cards()
  const next = all.slice(all.indexOf(card) + 1).find(other => !('decided' in other.dataset))
  show('decided' in card.dataset && next ? next : card)
}

const press = waitingKeys(list, '[data-pair]', { act, settle })

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
  if (event.target.closest('input, textarea, select') || document.querySelector('dialog[open]')) return
  if (!(event.key in verbs) && !['j', 'k', 'ArrowDown', 'ArrowUp'].includes(event.key)) return
  event.preventDefault()
  press(event.key)
})

list.addEventListener('click', event => {
  const card = event.target.closest('[data-pair]')
  if (card && event.target.closest('button[data-verb]')) last = card.id
  show(card, { scroll: false })
})

const named = location.hash && document.getElementById(location.hash.slice(1))
show(named || cards().find(card => !('decided' in card.dataset)), { scroll: Boolean(named) })
