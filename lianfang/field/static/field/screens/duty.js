// Who is on duty: a name and the shift PIN, checked on the phone.
import { h, icon } from '../dom.js'
import { t } from '../words/index.js'
import { checkPin } from '../pins.js'
import { gateScreen } from './gate.js'

export function dutyScreen (view, phone) {
  let chosen = null
  let typed = ''
  let trouble = ''
  const stage = h('div.list')

  function draw () {
    const pins = phone.pins
    if (chosen) {
      stage.replaceChildren(
        h('div.person-head', h('button.back', { type: 'button', 'aria-label': t('返回'), onclick: () => { chosen = null; typed = ''; trouble = ''; draw() } }, icon('arrow-left')), h('h1', chosen.name)),
        h('p', t('请输入值守口令')),
        h('div.dots', { 'aria-live': 'polite', 'aria-label': t('已输入 {n} 位', { n: typed.length }) }, '●'.repeat(typed.length) || '○○○○'),
        h('p.trouble', { role: 'alert' }, trouble),
        h('div.pin', [...'123456789'].map(key), h('button', { type: 'button', onclick: () => { typed = typed.slice(0, -1); draw() }, 'aria-label': t('退格') }, icon('arrow-left')), key('0'),
          h('button.main', { type: 'button', onclick: check }, t('上岗'))))
      return
    }
    stage.replaceChildren(...[
      h('h1', t('现在谁值守?')),
      phone.guard ? h('p', t('{name} 正在值守。', { name: phone.guard.name })) : null,
      ...pins.map(pin => h('button.hit', { type: 'button', onclick: () => { chosen = pin; draw() } }, h('b', pin.name), icon('chevron-right'))),
      pins.length ? null : h('p.empty', phone.ready ? t('这个场所还没有值守口令。请场所负责人添加;现在也可以先填姓名上岗。') : t('正在打开…')),
      pins.length ? null : byName(),
      phone.guard ? h('button.wide', { type: 'button', onclick: () => view.reset(gateScreen) }, t('返回值守')) : null,
      phone.guard ? h('button.wide.danger', { type: 'button', onclick: async () => { await phone.signOn(null); draw() } }, t('下岗')) : null
    ].filter(Boolean))
  }

  const key = digit => h('button', { type: 'button', onclick: () => { if (typed.length < 8) typed += digit; trouble = ''; draw() } }, digit)

  function byName () {
    const name = h('input', { type: 'text', autocomplete: 'off', maxLength: 80 })
    return h('form.sheet', {
      onsubmit: async event => {
        event.preventDefault()
        if (!name.value.trim()) return
        await phone.signOn({ id: '', name: name.value.trim() })
        view.reset(gateScreen)
      }
    }, h('label', t('姓名'), name), h('button.main.wide', { type: 'submit' }, t('上岗')))
  }

  async function check () {
    if (await checkPin(chosen, typed)) {
      await phone.signOn(chosen)
      view.reset(gateScreen)
      return
    }
    trouble = t('口令不对,请再试。')
    typed = ''
    draw()
  }

  draw()
  return { stage, update: () => { if (!chosen && !stage.contains(document.activeElement)) draw() } }
}
