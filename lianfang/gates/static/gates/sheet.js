// Keying in a sheet without the mouse: Enter goes to the next cell, and saves the row at its end. A ditto
// mark takes what stands above. Without this script the button below saves all rows that are filled in.
import { offerPeople } from './looking-up.js'

const form = document.querySelector('[data-sheet]')
const DITTO = new Set(['"', '“', '”', '〃', '″', '同上'])

if (form.dataset.find) offerPeople(form, form.dataset.find)
first()?.focus()

form.addEventListener('keydown', event => {
  const input = event.target
  if (event.key === 'Enter' && input.matches('[type="checkbox"]')) {
    event.preventDefault()
    input.checked = true
    save(input.closest('[data-row]'))
    return
  }
  if (!input.matches('[data-cell]') || event.isComposing) return
  if (event.key === 'Enter') {
    event.preventDefault()
    copyFromAbove(input)
    const next = beside(input, 1)
    if (next) next.select()
    if (next) next.focus()
    else save(input.closest('[data-row]'))
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (input.hasAttribute('list') && input.value && !event.altKey && input.matches('[data-lookup]')) return
    const there = vertically(input, event.key === 'ArrowDown' ? 1 : -1)
    if (!there) return
    event.preventDefault()
    there.focus()
    there.select()
  }
})

form.addEventListener('focusout', event => {
  if (event.target.matches('input[data-cell]')) copyFromAbove(event.target)
})

function cellsOf (row) {
  return [...row.querySelectorAll('input[data-cell]:not([type="hidden"])')]
}

function first () {
  const row = form.querySelector('[data-row]:not([data-saved])')
  return row?.querySelector('[aria-invalid]') ?? (row && cellsOf(row)[0])
}

function beside (input, step) {
  const cells = cellsOf(input.closest('[data-row]'))
  return cells[cells.indexOf(input) + step]
}

function vertically (input, step) {
  let row = input.closest('[data-row]')
  do {
    row = step > 0 ? row.nextElementSibling : row.previousElementSibling
  } while (row?.hasAttribute('data-saved'))
  return row?.querySelector(`[data-cell="${input.dataset.cell}"]`)
}

function copyFromAbove (input) {
  if (!DITTO.has(input.value.trim())) return
  const above = input.closest('[data-row]').previousElementSibling
  const value = above?.querySelector(`[data-cell="${input.dataset.cell}"]`)?.value
  if (value) input.value = value
}

function save (row) {
  const number = row.dataset.row
  const values = Object.fromEntries(new FormData(form))
  const url = form.dataset.rowUrl.replace(/0\/$/, `${number}/`)
  window.htmx.ajax('POST', url, { source: row, target: row, values }).then(() => {
    const fresh = form.querySelector(`[data-row="${number}"]`)
    if (fresh === row) return
    count()
    const wrong = fresh.querySelector('[aria-invalid], input[type="checkbox"]')
    const next = fresh.hasAttribute('data-saved') ? nextRow(fresh) : wrong ?? cellsOf(fresh)[0]
    next?.focus()
  })
}

for (const trouble of ['htmx:sendError', 'htmx:timeout', 'htmx:responseError']) {
  form.addEventListener(trouble, event => complain(event.target.closest('[data-row]')))
}

function nextRow (row) {
  let next = row.nextElementSibling
  while (next?.hasAttribute('data-saved')) next = next.nextElementSibling
  return next ? cellsOf(next)[0] : form.querySelector('[name="finish"]')
}

function count () {
  const said = document.querySelector('[data-saved-count]')
  said.textContent = said.dataset.savedCount.replace('{n}', form.querySelectorAll('[data-saved]').length)
}

function complain (row) {
  if (!row) return
  const english = document.documentElement.lang === 'en'
  const words = english
    ? 'Not saved: the server does not answer. What you typed is still here; press Enter in the last cell again.'
    : '没有保存:连不上服务器。填的内容还在,稍后在最后一格再按一次回车。'
  const state = row.querySelector('.row-state')
  const line = document.createElement('p')
  line.className = 'wrong'
  line.setAttribute('role', 'alert')
  line.textContent = words
  state.replaceChildren(line)
}
