// 补登: what happened is written down afterwards, at the time when it happened.
import { h, icon } from '../dom.js'
import { asTyped, fromTyped, t } from '../words/index.js'
import { Encounter } from '../encounter.js'
import { encounterScreen } from './encounter.js'
import { newcomerScreen } from './newcomer.js'

export function lateScreen (view, phone) {
  const time = h('input', { type: 'datetime-local', value: asTyped(Date.now()) })
  const who = h('input', { type: 'text', autocomplete: 'off', placeholder: t('房号、姓名、车牌、后四位'), oninput: () => find() })
  const trouble = h('p.trouble', { role: 'alert' })
  const list = h('div.list')

  function moment () {
    const at = fromTyped(time.value)
    if (!Number.isFinite(at)) trouble.textContent = t('请填写时间。')
    else if (at > Date.now()) trouble.textContent = t('时间还没有到。')
    else {
      trouble.textContent = ''
      return at
    }
    return null
  }

  async function find () {
    const hits = await phone.bundle.lookup.find(who.value, 12)
    list.replaceChildren(...hits.map(hit => {
      const home = phone.bundle.lookup.household(hit.household)
      const person = hit.person === undefined ? home.members[home.head] ?? home.members[0] : phone.bundle.lookup.person(hit.person)
      return h('button.hit', { type: 'button', onclick: () => open(home, person) },
        h('b', hit.person === undefined ? home.label : person.name), h('span.quiet', hit.person === undefined ? home.members.map(one => one.name).join('、') : home.label))
    }))
  }

  function open (home, person) {
    const late = moment()
    if (late === null) return
    const encounter = new Encounter(phone, { direction: phone.direction, late })
    encounter.home = home
    if (person) encounter.addResident(person, home)
    view.go(encounterScreen, encounter)
  }

  return {
    stage: [
      h('div.person-head', h('button.back', { type: 'button', 'aria-label': t('返回'), onclick: () => view.back() }, icon('arrow-left')), h('h1', t('补登'))),
      h('div.sheet', h('label', t('当时的时间'), time), h('label', t('谁'), who)), trouble, list
    ],
    dock: h('button.wide', { type: 'button', onclick: () => { const late = moment(); if (late !== null) view.go(newcomerScreen, 'visitor', '', late) } }, t('外来人员'))
  }
}
