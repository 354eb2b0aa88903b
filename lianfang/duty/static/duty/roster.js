// The roster by keyboard and touch: arrows move between cells, X marks one, Enter or a touch on another
// exchanges the two. And arranging step by step, with a button to stop.

const token = () => document.querySelector('input[name="csrfmiddlewaretoken"]').value
const picture = () => document.getElementById('duty-picture')
let first = null

function pick (cell) {
  drop()
  first = { duty: cell.dataset.duty, member: cell.dataset.member }
  const found = [...document.querySelectorAll('.held')].find(
    one => one.dataset.duty === first.duty && one.dataset.member === first.member)
  found?.classList.add('picked')
  found?.focus()
  document.getElementById('duty-says').textContent = picture().dataset.firstSays
}

function drop () {
  first = null
  document.querySelector('.picked')?.classList.remove('picked')
}

function exchange (cell) {
  const values = { ...first, other_duty: cell.dataset.duty, other_member: cell.dataset.member }
  const back = { ...cell.dataset }
  drop()
  window.htmx.ajax('POST', picture().dataset.exchange, { target: '#duty-picture', swap: picture().dataset.swap, values })
    .then(() => focusOn(back.duty))
}

function focusOn (duty) {
  [...document.querySelectorAll('.held')].find(one => one.dataset.duty === duty)?.focus({ preventScroll: true })
}

// In the capture phase: while a first cell is marked, a touch exchanges and does not ask why.
document.addEventListener('click', event => {
  const button = event.target.closest('[data-pick-first]')
  if (button) return pick(button)
  const cell = event.target.closest('.held')
  if (!first || !cell) return
  event.preventDefault()
  event.stopPropagation()
  if (cell.dataset.duty === first.duty && cell.dataset.member === first.member) return drop()
  exchange(cell)
}, true)

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, textarea, select')) return
  if (event.key === 'Escape') return drop()
  const cell = event.target.closest('[data-cell]')
  if (!cell) return
  if (event.key === 'x' || event.key === 'X') {
    if (!cell.dataset.member) return
    if (first) exchange(cell)
    else pick(cell)
  } else if (event.key.startsWith('Arrow')) {
    nearest(cell, event.key)?.focus()
  } else return
  event.preventDefault()
})

function nearest (cell, key) {
  const here = cell.getBoundingClientRect()
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight'
  const forward = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1
  let best = null
  let least = Infinity
  for (const other of document.querySelectorAll('[data-cell]')) {
    const there = other.getBoundingClientRect()
    const along = forward * (sideways ? there.left - here.left : there.top - here.top)
    const across = Math.abs(sideways ? there.top - here.top : there.left - here.left)
    if (along <= 1) continue
    const far = along + 4 * across
    if (far < least) [least, best] = [far, other]
  }
  return best
}

const arranging = document.querySelector('[data-arrange]')

async function arrange () {
  const [says, bar, stop] = ['says', 'progress', 'stop'].map(
    name => arranging.querySelector(`[data-arrange-${name}]`))
  const steps = Number(arranging.dataset.steps)
  let stopped = false
  stop.hidden = bar.hidden = false
  stop.addEventListener('click', () => { stopped = true }, { once: true })
  says.textContent = says.dataset.busy
  for (let step = 1; step <= steps && !stopped; step++) {
    const answer = await fetch(arranging.action, {
      method: 'POST',
      headers: { Accept: 'application/json', 'X-CSRFToken': token() },
      body: new URLSearchParams({ step })
    })
    const told = await answer.json()
    if (!answer.ok) {
      says.textContent = told.error
      return
    }
    bar.value = step
    says.textContent = told.says
  }
  location.assign(location.pathname)
}

arranging?.addEventListener('submit', event => {
  event.preventDefault()
  arrange()
})
if (arranging && 'arrangeNow' in arranging.dataset) arrange()
