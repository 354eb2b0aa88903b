// The frame around every screen: on top the gate, who is on duty, and the honest line.
import { h, icon } from '../dom.js'
import { minutes, t } from '../words/index.js'
import { dutyScreen } from './duty.js'
import { menuScreen } from './menu.js'
import { statusScreen } from './status.js'

// A screen is a function (view, phone, ...what) → { stage, dock, update?, leave? }.
export function frame (root, phone) {
  const stack = []
  let open = null
  const top = h('header.top')
  const stage = h('main.stage', { tabIndex: -1 })
  const dock = h('footer.dock')
  root.replaceChildren(h('div.frame', top, stage, dock))

  const view = {
    phone,
    // Open a screen on top; the phone's back button closes it.
    go (screen, ...what) {
      stack.push({ screen, what })
      history.pushState({ depth: stack.length }, '')
      show()
    },
    back () {
      if (stack.length > 1) history.back()
    },
    // Begin anew with a screen.
    reset (screen, ...what) {
      stack.length = 0
      stack.push({ screen, what })
      history.replaceState({ depth: 1 }, '')
      show()
    },
    // Show the open screen again.
    update () {
      open?.update ? open.update() : show()
    }
  }
  addEventListener('popstate', event => {
    const depth = event.state?.depth ?? 1
    if (open?.hold?.()) {
      history.pushState({ depth: stack.length }, '')
      return
    }
    while (stack.length > Math.max(1, depth)) stack.pop()
    show()
  })

  function show () {
    open?.leave?.()
    const { screen, what } = stack.at(-1)
    open = screen(view, phone, ...what)
    stage.replaceChildren(...[].concat(open.stage ?? []))
    dock.replaceChildren(...[].concat(open.dock ?? []))
    dock.hidden = !open.dock
    stage.scrollTop = 0
    drawTop()
    open.focus?.()
  }

  function drawTop () {
    if (!phone.device) {
      top.replaceChildren(h('div.gate', { className: 'gate' }, h('span', t('联防值守'))))
      return
    }
    top.replaceChildren(
      h('div.who',
        h('button', { type: 'button', className: 'gate', onclick: () => view.go(menuScreen), 'aria-label': t('菜单') },
          icon('list'), h('span', phone.gateName)),
        h('button', { type: 'button', className: 'duty', onclick: () => view.go(dutyScreen) },
          icon('person'), h('span', phone.guard?.name ?? t('未上岗')))),
      statusLine(view, phone))
  }

  phone.addEventListener('change', () => {
    drawTop()
    open?.update?.()
  })
  setInterval(drawTop, 30_000)
  return view
}

function statusLine (view, phone) {
  const { mark, tone, text } = stateOf(phone)
  return h(`button.line${tone ? '.' + tone : ''}`, { type: 'button', onclick: () => view.go(statusScreen) }, mark, h('span', text))
}

// Colour, shape and word: what is not yet sent, since when there is no network, what is about to fail.
export function stateOf (phone) {
  const said = []
  let tone = ''
  if (phone.space.full) return { mark: icon('x-circle-fill'), tone: 'bad', text: t('手机存储已满,新的登记存不下') }
  if (phone.unsent) said.push(t('未上传 {n} 条', { n: phone.unsent }))
  const away = phone.offlineFor
  if (away || !navigator.onLine) said.push(away > 60_000 ? t('离线 {time}', { time: minutes(away / 60_000) }) : t('离线'))
  else if (phone.sync.trouble) said.push(t('上传出错,稍后再试'))
  if (phone.fetching) said.push(t('正在取资料 {done}/{all}', phone.fetching))
  if (phone.refusedCount) {
    said.push(t('{n} 条未收', { n: phone.refusedCount }))
    tone = 'told'
  }
  if (phone.space.tight) {
    said.unshift(t('手机存储快满了'))
    tone = 'told'
  }
  if (phone.battery && !phone.battery.charging && phone.battery.level <= 0.2) {
    said.unshift(t('电量 {n}%', { n: Math.round(phone.battery.level * 100) }))
    tone = 'told'
  }
  if (phone.clockSetBack) {
    said.unshift(t('手机时间不对'))
    tone = 'bad'
  }
  if (away || !navigator.onLine) return { mark: h('i.dot.hollow'), tone, text: said.join(' · ') }
  if (phone.unsent || phone.sync.trouble) return { mark: h('i.dot.square'), tone, text: said.join(' · ') }
  return { mark: h('i.dot'), tone, text: ['', t('已全部上传')].concat(said).filter(Boolean).join(' · ') }
}
