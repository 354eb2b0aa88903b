// The keyboard at the desk: / search, j k rows, Enter opens, ? shows the keys.
// A page gives its own keys to what they press: <button data-key="e" data-key-says="编辑">.

export function followKeys () {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.key === 'Escape') return leaveField()
    if (isWriting(event.target) || document.querySelector('dialog[open]')) return
    const act = actionOf(event)
    if (!act) return
    event.preventDefault()
    act()
  })
  document.addEventListener('click', event => {
    if (event.target.closest('[data-show-keys]')) {
      event.preventDefault()
      showKeys()
      return
    }
    openRow(event)
  })
}

export function showKeys () {
  const dialog = document.getElementById('keys')
  if (!dialog) return
  const own = dialog.querySelector('[data-page-keys]')
  own.replaceChildren(...[...document.querySelectorAll('[data-key-says]')].map(keyLine))
  dialog.showModal()
}

function actionOf (event) {
  const own = [...document.querySelectorAll('[data-key]')].find(one => one.dataset.key === event.key && isSeen(one))
  if (own) return () => press(own)
  switch (event.key) {
    case '/': {
      const field = document.querySelector('[data-search]') ?? document.querySelector('[data-search-everywhere]')
      return field && (() => { field.focus(); field.select() })
    }
    case 'j': return rows().length ? () => move(1) : undefined
    case 'k': return rows().length ? () => move(-1) : undefined
    case 'Enter': {
      const here = document.querySelector('tr.row-here')
      return here && event.target.closest('a, button, summary') === null ? () => { location.href = here.dataset.opens } : undefined
    }
    case '?': return showKeys
  }
}

function rows () {
  return [...document.querySelectorAll('tr[data-opens]')]
}

function move (step) {
  const all = rows()
  const here = all.findIndex(row => row.classList.contains('row-here'))
  const next = all[Math.min(all.length - 1, Math.max(0, here + step))]
  all[here]?.classList.remove('row-here')
  all[here]?.removeAttribute('aria-current')
  next.classList.add('row-here')
  next.setAttribute('aria-current', 'true')
  next.scrollIntoView({ block: 'nearest' })
  if (document.activeElement !== document.body) document.activeElement.blur()
}

function openRow (event) {
  const row = event.target.closest('tr[data-opens]')
  if (!row || event.target.closest('a, button, input, select, label, summary, .amount')) return
  if (String(getSelection())) return
  location.href = row.dataset.opens
}

function press (element) {
  if (element.matches('input:not([type="checkbox"], [type="radio"]), select, textarea')) element.focus()
  else element.click()
}

function leaveField () {
  if (isWriting(document.activeElement)) document.activeElement.blur()
}

function isWriting (element) {
  return element instanceof Element && (element.matches('input:not([type="checkbox"], [type="radio"]), select, textarea') || element.isContentEditable)
}

function isSeen (element) {
  return element.getClientRects().length > 0 && !element.disabled
}

function keyLine (element) {
  const line = document.createElement('div')
  const key = document.createElement('dt')
  const says = document.createElement('dd')
  const cap = document.createElement('kbd')
  cap.textContent = element.dataset.key
  key.append(cap)
  says.textContent = element.dataset.keySays
  line.append(key, says)
  return line
}
