var isSeen = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })

var nameOf = element => (
  element.getAttribute('aria-label') ||
  (element.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ').trim() ||
  [...(element.labels ?? [])].map(label => label.textContent.trim()).join(' ') ||
  element.textContent.trim() || element.alt || element.title || element.value || ''
).trim()

var say = element => `${element.tagName.toLowerCase()}#${element.id}.${element.className?.baseVal ?? element.className} “${element.textContent.trim().slice(0, 24)}”`

function findTrouble () {
  const trouble = []
  for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    if (isSeen(field) && !nameOf({ ...bind(field), textContent: '', value: '' })) trouble.push(`field without label: ${field.name || field.id}`)
  }
  for (const control of document.querySelectorAll('button, a[href], summary')) {
    if (isSeen(control) && !nameOf(control) && !control.querySelector('[aria-label], img[alt]:not([alt=""])')) trouble.push(`control without name: ${say(control)}`)
  }
  for (const image of document.querySelectorAll('img:not([alt])')) trouble.push(`picture without alt: ${image.src}`)
  const headings = [...document.querySelectorAll('h1, h2, h3, h4')].filter(isSeen).map(heading => Number(heading.tagName[1]))
  if (headings.filter(level => level === 1).length !== 1) trouble.push(`${headings.filter(level => level === 1).length} h1`)
  headings.forEach((level, place) => {
    if (place && level > headings[place - 1] + 1) trouble.push(`heading h${level} after h${headings[place - 1]}`)
  })
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id)
  for (const id of new Set(ids.filter((one, place) => ids.indexOf(one) !== place))) trouble.push(`id twice: ${id}`)
  if (!document.documentElement.lang) trouble.push('no language')
  if (!document.querySelector('main')) trouble.push('no main')
  return [...trouble, ...findPale()]
}

function bind (field) {
  return { getAttribute: name => field.getAttribute(name), labels: field.labels, alt: '', title: field.title }
}

// WCAG 2.2, 1.4.3: 4.5 : 1, for large text 3 : 1.
function findPale () {
  const pale = new Set()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.textContent.trim() || !isSeen(element) || element.closest('script, style, .visually-hidden, :disabled')) continue
    const style = getComputedStyle(element)
    const ground = groundOf(element)
    if (!ground) continue
    const size = parseFloat(style.fontSize)
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const found = contrast(rgb(style.color), ground)
    if (found < (large ? 3 : 4.5)) pale.add(`contrast ${found.toFixed(2)}: ${say(element)}`)
  }
  return [...pale]
}

function groundOf (element) {
  for (let one = element; one; one = one.parentElement) {
    const style = getComputedStyle(one)
    if (style.backgroundImage.includes('gradient')) return null
    const [r, g, b, a = 1] = rgb(style.backgroundColor)
    if (a === 1) return [r, g, b]
  }
  return [255, 255, 255]
}

function rgb (text) {
  return text.match(/[\d.]+/g).map(Number)
}

function contrast (one, other) {
  const [high, low] = [light(one), light(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

function light ([r, g, b]) {
  const [x, y, z] = [r, g, b].map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  return 0.2126 * x + 0.7152 * y + 0.0722 * z
}

function findOverflow () {
  const width = document.documentElement.clientWidth
  const found = []
  if (document.documentElement.scrollWidth > width) found.push(`page is ${document.documentElement.scrollWidth} wide in ${width}`)
  for (const element of document.querySelectorAll('body *')) {
    if (element.getBoundingClientRect().right > width + 1 && isSeen(element) && !element.closest('.visually-hidden, .table-frame, pre, .skip')) {
      found.push(`sticks out: ${say(element)}`)
    }
  }
  return found.slice(0, 5)
}

function findSmall (selector, pixels) {
  return [...document.querySelectorAll(selector)].filter(isSeen).filter(element => element.getBoundingClientRect().height < pixels)
    .map(element => `${Math.round(element.getBoundingClientRect().height)} px: ${say(element)}`)
}
