// Elements without markup in texts: h('button.big', { onclick }, 'text', child, …)

export function h (name, ...rest) {
  const [tag, ...classes] = name.split('.')
  const element = document.createElement(tag || 'div')
  if (classes.length) element.className = classes.join(' ')
  const first = rest[0]
  if (first && first.constructor === Object) {
    rest.shift()
    for (const [key, value] of Object.entries(first)) {
      if (value === undefined || value === null || value === false) continue
      if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
      else if (key === 'data') Object.assign(element.dataset, value)
      else if (key in element && key !== 'list' && key !== 'form') element[key] = value
      else element.setAttribute(key, value === true ? '' : value)
    }
  }
  element.append(...rest.flat(9).filter(child => child !== null && child !== undefined && child !== false))
  return element
}

let iconFile = ''
export function iconsFrom (address) { iconFile = address }

export function icon (name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `${iconFile}#${name}`)
  svg.append(use)
  return svg
}

// One of a few, by large buttons. `choices`: [[value, label], …].
export function choose (choices, chosen, take, more = {}) {
  const { className = '', label = '' } = more
  return h(`div.choose${className ? '.' + className : ''}`, { role: 'group', 'aria-label': label },
    choices.map(([value, text]) => h('button', {
      type: 'button', 'aria-pressed': String(value === chosen), onclick: () => take(value)
    }, text)))
}
