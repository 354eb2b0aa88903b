// A select of known things becomes a field in which one types a name, pinyin or initials
// (combobox pattern of WAI-ARIA 1.2). The select stays and carries the value.

let made = 0

export function enhancePicks (root) {
  for (const select of root.querySelectorAll('select[data-pick]:not([data-picking])')) makePick(select)
}

function makePick (select) {
  const words = document.documentElement.lang === 'en'
    ? { none: 'Nothing known fits. Try another word.', hint: 'Type a name, pinyin or initials' }
    : { none: '没有找到,换个词试试。', hint: '输入名称、拼音或首字母' }
  select.dataset.picking = ''
  const id = `pick-${++made}`
  const box = document.createElement('div')
  box.className = 'pick'
  const input = document.createElement('input')
  Object.assign(input, { type: 'text', autocomplete: 'off', placeholder: words.hint, id: select.id })
  select.id = `${select.id}-select`
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-expanded', 'false')
  input.setAttribute('aria-controls', id)
  for (const name of ['aria-describedby', 'aria-invalid']) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name))
  }
  input.required = select.required
  select.required = false
  const list = document.createElement('ul')
  Object.assign(list, { id, className: 'pick-choices', hidden: true })
  list.setAttribute('role', 'listbox')
  select.before(box)
  box.append(input, list, select)
  select.hidden = true

  let choices = []
  let here = -1
  let asked = 0
  const nameOfChosen = () => select.value ? select.selectedOptions[0].textContent.trim() : ''
  input.value = nameOfChosen()

  const close = () => {
    list.hidden = true
    here = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }

  const mark = place => {
    here = place
    for (const [index, item] of [...list.children].entries()) {
      item.setAttribute('aria-selected', String(index === here))
      if (index === here) {
        input.setAttribute('aria-activedescendant', item.id)
        item.scrollIntoView({ block: 'nearest' })
      }
    }
  }

  const choose = choice => {
    if (![...select.options].some(option => option.value === choice.key)) select.add(new Option(choice.name, choice.key))
    select.value = choice.key
    input.value = choice.name
    close()
    select.dispatchEvent(new Event('change', { bubbles: true }))
  }

  const show = () => {
    list.replaceChildren(...choices.map((choice, index) => {
      const item = document.createElement('li')
      item.id = `${id}-${index}`
      item.setAttribute('role', 'option')
      item.textContent = choice.name
      if (choice.detail) {
        const detail = document.createElement('small')
        detail.textContent = choice.detail
        item.append(detail)
      }
      item.addEventListener('mousedown', event => { event.preventDefault(); choose(choice) })
      return item
    }))
    if (!choices.length) {
      const none = document.createElement('li')
      none.className = 'pick-none'
      none.textContent = words.none
      list.append(none)
    }
    list.hidden = false
    input.setAttribute('aria-expanded', 'true')
    mark(choices.length ? 0 : -1)
  }

  const ask = async () => {
    const mine = ++asked
    const address = new URL(select.dataset.pick, location.href)
    address.searchParams.set('q', input.value)
    const answer = await fetch(address, { headers: { Accept: 'application/json' } })
    if (!answer.ok || mine !== asked) return
    choices = (await answer.json()).choices
    show()
  }

  input.addEventListener('input', () => {
    select.value = ''
    ask()
  })
  input.addEventListener('keydown', event => {
    if (event.isComposing) return
    if (event.key === 'ArrowDown' && list.hidden) { event.preventDefault(); ask(); return }
    if (list.hidden) return
    if (event.key === 'ArrowDown') { event.preventDefault(); mark(Math.min(here + 1, choices.length - 1)) }
    if (event.key === 'ArrowUp') { event.preventDefault(); mark(Math.max(here - 1, 0)) }
    if (event.key === 'Enter' && here >= 0) { event.preventDefault(); choose(choices[here]) }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); close() }
  })
  input.addEventListener('blur', () => {
    close()
    if (!select.value) input.value = ''
  })
}
