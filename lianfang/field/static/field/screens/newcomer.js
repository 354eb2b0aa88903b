// Somebody from elsewhere: few fields, most by touch; then the encounter as for everybody.
import { choose, h, icon } from '../dom.js'
import { t } from '../words/index.js'
import { Encounter } from '../encounter.js'
import { encounterScreen } from './encounter.js'
import { categoryName } from './names.js'

export function newcomerScreen (view, phone, category, typed = '', late = null) {
  let chosen = category
  let host = null
  const name = h('input', { type: 'text', autocomplete: 'off', maxLength: 80, value: typed, enterKeyHint: 'next' })
  const number = h('input', { type: 'tel', autocomplete: 'off', maxLength: 20, inputMode: 'tel' })
  const target = h('input', { type: 'text', autocomplete: 'off', maxLength: 120, placeholder: t('房号'), oninput: () => findHost() })
  const document = h('input', { type: 'text', autocomplete: 'off', autocapitalize: 'characters', maxLength: 40 })
  const from = h('input', { type: 'text', autocomplete: 'off', maxLength: 120 })
  const found = h('div.list')
  const kinds = h('div')

  async function findHost () {
    host = null
    const hits = target.value.trim() ? await phone.bundle.lookup.find(target.value, 4) : []
    const homes = [...new Set(hits.map(hit => hit.household))].slice(0, 3).map(index => phone.bundle.lookup.household(index))
    found.replaceChildren(...homes.map(home => h('button.hit', {
      type: 'button', onclick: () => { host = home; target.value = home.label; found.replaceChildren() }
    }, h('b', home.label), h('span.quiet', home.members.map(one => one.name).join('、')))))
  }

  function drawKinds () {
    const categories = ['visitor', 'courier', 'worker', 'employee', 'duty_staff']
    kinds.replaceChildren(choose(categories.map(one => [one, categoryName(one)]), chosen, value => { chosen = value; drawKinds() }, { className: 'wrap', label: t('人员类别') }))
  }

  function next () {
    const encounter = new Encounter(phone, { direction: phone.direction, late })
    encounter.addOutsider(chosen, {
      name: name.value.trim(), phoneNumber: number.value.trim(), from: from.value.trim(), to: target.value.trim(), hostHousehold: host, document: document.value.trim()
    })
    view.back()
    setTimeout(() => view.go(encounterScreen, encounter), 30)
  }

  drawKinds()
  return {
    stage: [
      h('div.person-head', h('button.back', { type: 'button', 'aria-label': t('返回'), onclick: () => view.back() }, icon('arrow-left')), h('h1', t('外来人员'))),
      kinds,
      h('form.sheet', { onsubmit: event => { event.preventDefault(); next() } },
        h('label', t('姓名'), name),
        h('label', t('电话'), number),
        h('label', t('去哪一户'), target), found,
        h('label', t('从哪里来'), from),
        h('label', t('证件号码(可不填)'), document))
    ],
    dock: h('button.main.wide', { type: 'button', onclick: next }, t('下一步:测温'))
  }
}
