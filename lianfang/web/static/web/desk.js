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

// A step that was not saved says so: no network, no right, signed out, an error of the server.
function tell (what) {
  const place = document.getElementById('messages')
  if (!place?.dataset[what]) return
  const line = document.createElement('p')
  line.className = 'message message-error'
  line.dataset.told = ''
  line.textContent = place.dataset[what]
  forget()
  place.append(line)
  line.scrollIntoView({ block: 'nearest' })
}

function forget () {
  for (const line of document.querySelectorAll('#messages [data-told]')) line.remove()
}

for (const trouble of ['htmx:sendError', 'htmx:timeout']) {
  document.body.addEventListener(trouble, () => tell('offline'))
}
document.body.addEventListener('htmx:responseError', ({ detail: { xhr } }) => {
  tell(asksToSignIn(xhr) ? 'signedOut' : [401, 403].includes(xhr.status) ? 'refused' : 'failed')
})
document.body.addEventListener('htmx:beforeSwap', event => {
  const { xhr } = event.detail
  if (asksToSignIn(xhr)) {
    // The page of sign-in does not belong into a part of this page.
    event.detail.shouldSwap = false
    event.detail.isError = true
  } else if (xhr.status < 400) forget()
})

function asksToSignIn (xhr) {
  return Boolean(xhr.responseURL) && new URL(xhr.responseURL).pathname.startsWith('/accounts/login/')
}
