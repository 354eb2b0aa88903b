// What every page of the desk does in the browser. Pages work without it; with it they work by keyboard.
import { followKeys } from './keys.js'
import { enhancePicks } from './pick.js'
import { drawCharts } from './chart.js'
import { openMenus } from './menus.js'

function enhance (root) {
  enhancePicks(root)
  drawCharts(root)
  root.querySelector('[data-focus]')?.focus()
}

followKeys()
openMenus()
enhance(document)

document.body.addEventListener('htmx:afterSwap', event => enhance(event.detail.target))

// A list's address holds only what is set.
document.body.addEventListener('htmx:configRequest', event => {
  if (!event.detail.elt.closest('[data-list]')) return
  for (const [name, value] of [...event.detail.formData.entries()]) {
    if (value === '') event.detail.formData.delete(name)
  }
})

// What the server says is shown where it belongs also when it refuses: forms come back with their errors.
document.body.addEventListener('htmx:beforeSwap', event => {
  if ([409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true
    event.detail.isError = false
  }
})
