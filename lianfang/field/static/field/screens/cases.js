// Who is held (暂留): every step from the first high reading to the end is a record.
import { choose, h, icon } from '../dom.js'
import { clock, day, minutes, t } from '../words/index.js'
import { signal } from '../signals.js'
import { clean } from '../encounter.js'
import { siteName, stepName } from './names.js'

export function casesScreen (view, phone) {
  const list = h('div.list')
  function draw () {
    const cases = phone.ledger.openCases()
    list.replaceChildren(...(cases.length ? cases.map(one => caseCard(one)) : [h('p.empty', t('现在没有暂留的人。'))]))
  }
  function caseCard (one) {
    const facts = factsOf(phone, one)
    const at = facts.recheckAt
    const left = at ? at - Date.now() / 1000 : 0
    return h('button.case', { type: 'button', onclick: () => view.go(caseScreen, one.record.id) },
      h('h2', facts.name), h('p', facts.readings.join(' → ')),
      h('p.quiet', t('{time} 暂留', { time: day(Date.parse(one.record.happened_at)) }), ' · ', facts.last),
      at ? h('p.timer', left > 0 ? t('{time} 后复测', { time: countdown(left) }) : t('可以复测了')) : null)
  }
  draw()
  const timer = setInterval(draw, 1000)
  return {
    stage: [
      h('div.person-head', h('button.back', { type: 'button', 'aria-label': t('返回'), onclick: () => view.back() }, icon('arrow-left')), h('h1', t('暂留待处理'))),
      list
    ],
    update: draw,
    leave: () => clearInterval(timer)
  }
}

export function caseScreen (view, phone, id) {
  let whole = 36
  let step = ''
  const stage = h('div.list')

  function draw () {
    const one = phone.ledger.incidents.get(id)
    const facts = factsOf(phone, one)
    const left = facts.recheckAt ? facts.recheckAt - Date.now() / 1000 : 0
    const done = new Set(one.steps.map(item => item.data.kind))
    stage.replaceChildren(
      h('div.person-head', h('button.back', { type: 'button', 'aria-label': t('返回'), onclick: () => view.back() }, icon('arrow-left')),
        h('h1', facts.name, h('small', facts.readings.join(' → ')))),
      h('ul.steps', one.steps.map(item => h('li', h('time', clock(Date.parse(item.happened_at))),
        h('span', stepName(item.data.kind), item.data.told_to ? ` ${item.data.told_to}` : '', item.data.text ? `:${item.data.text}` : '')))),
      done.has('closed') ? h('p.verdict.go', h('h2', icon('check-circle'), t('已结案'))) : h('div.list', ...next(one, facts, left, done)))
  }

  function next (one, facts, left, done) {
    if (step === 'recheck') return recheckPad(one, facts)
    if (step) return [stepForm(one)]
    // What comes next stands out: the recheck, then whoever must be told.
    const due = ['recheck', 'leader_told', 'headquarters_told', 'handed_over', 'outcome', 'closed'].find(kind => !done.has(kind))
    const stepButton = (kind, text) => h(`button.wide${kind === due ? '.main' : ''}`, { type: 'button', onclick: () => { step = kind; draw() } }, done.has(kind) ? icon('check') : null, ' ', text)
    return [
      h(`button.wide${due === 'recheck' ? '.main' : ''}`, { type: 'button', onclick: () => { step = 'recheck'; draw() } },
        left > 0 ? t('复测(再休息 {time})', { time: countdown(left) }) : t('复测体温')),
      stepButton('leader_told', t('报告带班领导')),
      stepButton('headquarters_told', t('报告指挥部、社区医生')),
      stepButton('handed_over', t('移交发热门诊')),
      stepButton('outcome', t('记下结果')),
      stepButton('closed', t('结案'))
    ]
  }

  function recheckPad (one, facts) {
    return [
      h('p', t('用另一支体温计(如腋温)复测。'), ' ', h('button.site', { type: 'button', onclick: () => { phone.otherThermometer(); draw() } }, siteName(phone.thermometer.site))),
      h('div.reading',
        h('div.whole', [35, 36, 37, 38, 39].map(value => h('button', { type: 'button', 'aria-pressed': String(value === whole), onclick: () => { whole = value; draw() } }, `${value}.`))),
        h('div.digits', Array.from({ length: 10 }, (_, digit) => h('button', {
          type: 'button', 'aria-label': t('{n} 度', { n: `${whole}.${digit}` }), onclick: () => rechecked(one, facts, whole * 10 + digit)
        }, String(digit)))))
    ]
  }

  async function rechecked (one, facts, tenths) {
    const how = phone.thermometer
    const reading = await phone.write('temperature', clean({
      encounter: one.record.data.encounter, person: one.record.data.person, tenths, body_site: how.site, thermometer: how.device
    }))
    await phone.write('incident_step', { incident: id, kind: 'recheck', temperature: reading.id, text: `${(tenths / 10).toFixed(1)}℃` })
    step = ''
    const normal = tenths < phone.feverFrom({ tenths, ...how })
    signal(normal ? 'go' : 'stop', { sound: phone.settings.sound !== false })
    if (normal) await release(one)
    draw()
  }

  // 38.0 → rest → 37.0: through, both readings stand.
  async function release (one) {
    const passage = phone.ledger.passages.get(one.record.data.encounter)
    if (passage) {
      const data = { ...passage.record.data, outcome: 'admitted', reason: t('复测正常') }
      delete data.readings
      await phone.write('passage', data, { corrects: passage.newest, happenedAt: passage.at * 1000 })
    }
    await phone.write('incident_step', { incident: id, kind: 'outcome', result: 'ruled_out', text: t('复测正常,放行') })
    await phone.write('incident_step', { incident: id, kind: 'closed' })
  }

  function stepForm () {
    const told = h('input', { type: 'text', autocomplete: 'off', maxLength: 120 })
    const text = h('input', { type: 'text', autocomplete: 'off', maxLength: 300 })
    const results = h('div')
    let result = ''
    const drawResults = () => results.replaceChildren(choose(
      [['ruled_out', t('排除')], ['suspected', t('疑似')], ['confirmed', t('确诊')], ['other', t('其他')]],
      result, value => { result = value; drawResults() }, { className: 'wrap', label: t('结果') }))
    if (step === 'outcome') drawResults()
    const names = phone.leaders
    const kind = step
    const about = { leader_told: t('报告给谁'), headquarters_told: t('报告给谁'), handed_over: t('移交给谁') }[kind]
    return h('form.sheet', {
      onsubmit: async event => {
        event.preventDefault()
        await phone.write('incident_step', clean({ incident: id, kind, told_to: told.value.trim(), text: text.value.trim(), result }))
        step = ''
        draw()
        if (kind === 'closed') view.back()
      }
    },
    h('h2', stepName(kind)),
    about && names.length ? choose(names.map(one => [one, one]), '', value => { told.value = value }, { className: 'wrap', label: about }) : null,
    about ? h('label', about, told) : null,
    kind === 'outcome' ? results : null,
    h('label', t('说明'), text),
    h('button.main.wide', { type: 'submit' }, t('记下')),
    h('button.wide', { type: 'button', onclick: () => { step = ''; draw() } }, t('取消')))
  }

  draw()
  const timer = setInterval(() => { if (!step) draw() }, 5000)
  return { stage, update: () => { if (!step) draw() }, leave: () => clearInterval(timer) }
}

export function factsOf (phone, one) {
  const passage = phone.ledger.passages.get(one.record.data.encounter)
  const first = passage?.first.data.readings ?? []
  const later = phone.ledger.readings.get(one.record.data.encounter) ?? []
  const readings = [...first.map(item => item.tenths), ...later.map(item => item.data.tenths)].map(tenths => `${(tenths / 10).toFixed(1)}℃`)
  const rest = (phone.rules?.rules.recheck_after_minutes ?? 10) * 60
  const rechecked = one.steps.some(item => item.data.kind === 'recheck')
  const last = one.steps.at(-1)
  return {
    name: one.record.data.name || t('姓名未登记'),
    readings,
    recheckAt: !rechecked && first.length ? Date.parse(one.record.happened_at) / 1000 + rest : 0,
    last: last ? stepName(last.data.kind) : ''
  }
}

function countdown (seconds) {
  return seconds > 3600 ? minutes(seconds / 60) : `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}
