// Somebody stands at the gate: whether they may pass, their temperature, the questions, three large buttons.
import { choose, h, icon } from '../dom.js'
import { clock, minutes, t } from '../words/index.js'
import { StorageFull } from '../encounter.js'
import { signal } from '../signals.js'
import { titleOf } from '../rules.js'
import { categoryName, paperName, purposes, siteName, vehicleKinds } from './names.js'
import { readCode } from '../codes.js'
import { scan } from '../scan/scanner.js'
import { overrideScreen } from './override.js'

const TONE = { admitted: 'go', held: 'wait', refused: 'stop', turned_back: 'stop', '': 'wait' }
const MARK = { go: 'check-circle', wait: 'clock', stop: 'x-circle-fill' }

export function encounterScreen (view, phone, encounter) {
  const sound = () => ({ sound: phone.settings.sound !== false })
  let whole = 36
  let trouble = ''
  let lastTone = ''

  const head = h('div.person-head')
  const verdict = h('div')
  const party = h('div.members')
  const pad = h('div.keypad')
  const before = h('div.row')
  const asking = h('div.list')
  const further = h('div.list')
  const complaint = h('p.trouble', { role: 'alert' })
  const buttons = h('div.decide')
  const dock = [pad, buttons]
  const stage = [head, verdict, complaint, party, before, asking, further]

  function draw () {
    const { person } = encounter
    drawHead()
    drawParty()
    if (!person) {
      verdict.replaceChildren(h('p.empty', t('请选择是谁。')))
      for (const part of [pad, buttons, before, asking, further]) part.hidden = true
      return
    }
    for (const part of [pad, buttons, before, asking, further]) part.hidden = false
    const { decision, words } = encounter.judge()
    drawVerdict(decision, words)
    drawPad(person, decision)
    drawAsking(person, decision)
    drawFurther(person)
    drawDock(decision)
    complaint.textContent = trouble
  }

  function drawHead () {
    const home = encounter.home
    const { person } = encounter
    const title = encounter.plate || home?.label || person?.name || categoryName(person?.category ?? 'visitor')
    const below = [
      encounter.direction === 'in' ? t('进') : t('出'),
      home ? (encounter.plate ? home.label : '') : person && title !== categoryName(person.category) ? categoryName(person.category) : '',
      person?.to
    ]
    head.replaceChildren(
      h('button.back', { type: 'button', 'aria-label': t('返回'), onclick: () => view.back() }, icon('arrow-left')),
      h('h1', title, h('small', below.filter(Boolean).join(' · '))),
      person ? measuredNow(person) : '')
  }

  function measuredNow (person) {
    const last = person.again ? null : person.readings.at(-1)
    const earlier = person.again ? person.readings : person.readings.slice(0, -1)
    const said = earlier.map(one => degrees(one.tenths)).concat(last ? [] : ['?']).join(' → ')
    return h('div.heat',
      earlier.length || person.again ? h('small', said) : null,
      last ? h(`output${isHigh(last) ? '.high' : ''}`, degrees(last.tenths), h('small', '℃')) : null)
  }

  const degrees = tenths => (tenths / 10).toFixed(1)
  const isHigh = one => one.tenths >= phone.feverFrom(one)

  function drawParty () {
    const home = encounter.home
    const members = home ? home.members : []
    const others = encounter.people.filter(one => !one.id)
    party.hidden = !members.length && encounter.people.length < 2 && !encounter.vehicle
    party.replaceChildren(...[
      ...members.map(member => {
        const index = encounter.people.findIndex(one => one.id === member.id)
        const chosen = index >= 0
        const since = phone.ledger.outSince(member.id)
        const heat = chosen ? encounter.people[index].readings.at(-1) : null
        return h(`button${chosen && index === encounter.focus ? '.focus' : ''}`, {
          type: 'button', 'aria-pressed': String(chosen), onclick: () => toggle(member, index)
        }, chosen ? icon('check') : icon('plus'), h('span', member.name),
        heat ? h('small', `${(heat.tenths / 10).toFixed(1)}`) : since && !chosen ? h('small', t('在外')) : null)
      }),
      ...others.map(one => {
        const index = encounter.people.indexOf(one)
        return h(`button${index === encounter.focus ? '.focus' : ''}`, {
          type: 'button', 'aria-pressed': 'true', onclick: () => { encounter.focus = index; draw() }
        }, icon('check'), one.name || (encounter.vehicle ? t('乘员 {n}', { n: index + 1 }) : categoryName(one.category)),
        one.readings.length ? h('small', `${(one.readings.at(-1).tenths / 10).toFixed(1)}`) : null)
      }),
      encounter.vehicle || !home
        ? h('button', { type: 'button', onclick: () => { encounter.addOutsider(encounter.person?.category ?? 'visitor', inherit()); draw() } }, icon('plus'), encounter.vehicle ? t('乘员') : t('同行'))
        : null
    ].filter(Boolean))
  }

  function inherit () {
    const { host = '', hostHousehold = null, to = '', from = '', purpose = '' } = encounter.person ?? {}
    return { host, hostHousehold, to, from, purpose }
  }

  // A touch on a member adds; on one who is there, turns to them; a second touch takes them out.
  function toggle (member, index) {
    if (index < 0) encounter.addResident(member, encounter.home)
    else if (index !== encounter.focus) encounter.focus = index
    else if (encounter.people.length > 1 || !encounter.people[index].readings.length) encounter.remove(index)
    whole = 36
    draw()
  }

  function drawVerdict (decision, words) {
    const tone = TONE[decision.outcome]
    const waits = decision.missing.filter(one => one.kind === 'recheck' && one.at > encounter.now)
    verdict.className = `verdict ${tone}`
    verdict.setAttribute('role', 'status')
    const title = words.title || (phone.rules ? missingTitle(decision.missing[0]) : t('还没有规则,请自行判断'))
    verdict.replaceChildren(
      h('h2', icon(MARK[tone]), title),
      ...(words.say ? [h('p', h('b', t('请说:')), words.say)] : []),
      ...(words.instead ? [h('p', h('b', t('可以这样:')), words.instead)] : []),
      ...decision.notes.map(code => h('p', icon('info-circle'), ' ', titleOf(code))),
      ...waits.map(one => h('p', t('{time} 以后再测', { time: clock(one.at * 1000) }))))
    if (tone !== lastTone && (tone === 'stop' || decision.outcome === 'held')) signal(tone === 'stop' ? 'stop' : 'wait', sound())
    lastTone = tone
  }

  function missingTitle (one) {
    switch (one?.kind) {
      case 'reading': return t('请测体温')
      case 'recheck': return t('请复测')
      case 'question': return t('请询问')
      case 'paper': return t('请查看证件')
      case 'pass': return t('请出示出入证')
      case 'purpose': return t('请问事由')
      case 'identity': return t('请核实身份')
      case 'host': return t('请与住户联系')
      case 'occupants': return t('请给每位乘员测温')
      default: return t('可以放行')
    }
  }

  function drawPad (person, decision) {
    const last = person.again ? null : person.readings.at(-1)
    pad.replaceChildren(...[
      h('div.whole', [35, 36, 37, 38, 39].map(value => h('button', {
        type: 'button', 'aria-pressed': String(value === whole), 'aria-label': t('{n} 度多', { n: value }), onclick: () => { whole = value; drawPad(person, decision) }
      }, `${value}.`))),
      phone.settings.direct !== false && encounter.certain && encounter.people.length === 1 && !person.readings.length && decision.missing.every(one => one.kind === 'reading')
        ? h('p.quiet', t('体温正常,点下末位数字即放行'))
        : null,
      h('div.digits', Array.from({ length: 10 }, (_, digit) => h('button', {
        type: 'button',
        'aria-pressed': String(Boolean(last) && last.tenths === whole * 10 + digit),
        'aria-label': t('{n} 度', { n: `${whole}.${digit}` }),
        onclick: () => measured(whole * 10 + digit)
      }, String(digit))))
    ].filter(Boolean))
    const wantsPass = encounter.shown || decision.missing.some(one => one.kind === 'pass')
    const wantsAgain = last && (isHigh(last) || person.readings.length > 1)
    before.replaceChildren(
      ...(wantsAgain ? [h('button', { type: 'button', onclick: () => { encounter.again(); whole = 36; draw() } }, icon('arrow-repeat'), ' ', t('再测一次'))] : []),
      ...(wantsPass
        ? [h('button', { type: 'button', onclick: scanPass }, icon('qr-code-scan'), ' ', t('出入证')),
          h('button', { type: 'button', onclick: () => { encounter.shown = null; encounter.noPass = true; draw() } }, t('没带证'))]
        : []),
      h('button', { type: 'button', 'aria-label': t('测温方式:{site}', { site: siteName(phone.thermometer.site) }), onclick: () => { phone.otherThermometer(); draw() } },
        icon('arrow-left-right'), ' ', siteName(phone.thermometer.site)))
  }

  async function scanPass () {
    const text = await scan(phone)
    if (!text) return
    const found = await readCode(phone, text)
    if (found.shown) {
      encounter.shown = found.shown
      encounter.noPass = false
    } else trouble = t('这不是出入证。')
    draw()
  }

  function measured (tenths) {
    encounter.measure(tenths)
    // The next one who has not been measured is before the guard.
    const next = encounter.people.findIndex(one => !one.readings.length)
    const { decision } = encounter.judge()
    if (next >= 0 && decision.outcome === 'admitted') encounter.focus = next
    if (next >= 0) whole = 36
    draw()
    // The normal reading of somebody known lets them through; 撤销 stands on the next screen.
    if (encounter.plain && phone.settings.direct !== false) decided('admitted', { all: true })
  }

  function drawAsking (person, decision) {
    const missing = decision.missing
    const open = ['', 'admitted'].includes(decision.outcome)
    const known = ['register', 'pass', 'confirmed'].includes(person.identity)
    const codes = phone.questionsFor(person.category, encounter.direction, known)
      .filter(one => open || person.answers[one.code] !== undefined)
    const papers = [...new Set([...missing.filter(one => one.kind === 'paper').map(one => one.code), ...Object.keys(person.papers)])]
    const wantsPurpose = missing.some(one => one.kind === 'purpose') || person.purpose
    const wantsHost = missing.some(one => one.kind === 'host') || person.host
    const wantsIdentity = missing.some(one => one.kind === 'identity')
    asking.replaceChildren(
      ...(wantsIdentity
        ? [h('div.question.tall', h('b', t('核实身份')), choose([['confirmed', t('已核实')], ['denied', t('查无此人')]], person.identity, value => { person.identity = value; draw() }))]
        : []),
      ...(wantsHost
        ? [h('div.question.tall', h('b', t('住户同意来访?')), choose([['confirmed', t('同意')], ['declined', t('不同意')]], person.host, value => { person.host = value; draw() }))]
        : []),
      ...codes.map(question => h('div.question', h('span', question.text),
        choose(question.colours ? [['green', t('绿')], ['yellow', t('黄')], ['red', t('红')]] : [['no', t('否')], ['yes', t('是')]], person.answers[question.code], value => {
          person.answers[question.code] = person.answers[question.code] === value ? undefined : value
          if (person.answers[question.code] === undefined) delete person.answers[question.code]
          draw()
        }, { label: question.text }))),
      ...(codes.length > 1 && codes.some(one => person.answers[one.code] === undefined)
        ? [h('button.wide', { type: 'button', onclick: () => { for (const one of codes) person.answers[one.code] ??= one.usual; draw() } }, t('都问过,均正常'))]
        : []),
      ...papers.map(code => h('div.question', h('span', paperName(code)),
        choose([[true, t('有')], [false, t('无')]], person.papers[code], value => { person.papers[code] = value; draw() }, { label: paperName(code) }))),
      ...(wantsPurpose ? [h('div.question.tall', h('b', t('外出事由')), choose(purposes(), person.purpose, value => { person.purpose = value; draw() }, { className: 'wrap', label: t('外出事由') }))] : []),
      ...(encounter.vehicle
        ? [h('div.question.tall', h('b', t('车辆性质')), choose(vehicleKinds(), encounter.vehicle.kind, value => { encounter.vehicle.kind = value; draw() }, { className: 'wrap', label: t('车辆性质') }))]
        : []))
  }

  function drawFurther (person) {
    const since = person.id ? phone.ledger.outSince(person.id) : null
    further.replaceChildren(
      ...(since && encounter.direction === 'in'
        ? [h('p.quiet', t('{time} 出门,已外出 {long}', { time: clock(since * 1000), long: minutes((encounter.now - since) / 60) }))]
        : []),
      h('div.row',
        h('button', { type: 'button', 'aria-pressed': String(encounter.proxy), onclick: () => { encounter.proxy = !encounter.proxy; draw() } },
          encounter.proxy ? icon('check') : null, ' ', t('代填')),
        h('button', { type: 'button', onclick: () => { person.declined = !person.declined; draw() } }, person.declined ? icon('check') : null, ' ', t('不愿测温'))),
      ...(encounter.late !== null ? [h('p.quiet', icon('clock'), ' ', t('补登:{time}', { time: clock(encounter.late) }))] : []))
  }

  function drawDock () {
    const { each, allAdmitted } = encounter.judgeAll()
    const advised = allAdmitted ? 'admitted' : (encounter.judge().decision.outcome || '')
    const many = encounter.people.length
    buttons.replaceChildren(
      button('admitted', 'admit', advised, many > 1 && allAdmitted ? t('放行 {n} 人', { n: many }) : t('放行'), () => admit(each, allAdmitted)),
      button('turned_back', 'refuse', advised === 'refused' ? 'turned_back' : advised, t('劝返'), () => decided('turned_back')),
      button('held', 'hold', advised, t('暂留'), () => decided('held')))
  }

  const button = (outcome, name, advised, text, act) =>
    h(`button.${name}${outcome === advised ? '.advised' : ''}`, { type: 'button', onclick: act }, text)

  // What the rules do not allow, a named person may: nobody is locked out by software.
  function admit (each, allAdmitted) {
    if (allAdmitted || !phone.rules) return decided('admitted', { all: true })
    const { decision, words } = encounter.judge()
    if (decision.outcome === 'admitted') return decided('admitted')
    if (!decision.outcome && decision.missing.every(one => one.kind !== 'identity')) {
      trouble = missingTitle(decision.missing[0])
      view.go(overrideScreen, { title: trouble, reason: t('情况特殊,先放行') }, override => decided('admitted', { override }))
      return
    }
    view.go(overrideScreen, { title: words.title }, override => decided('admitted', { override }))
  }

  async function decided (outcome, { all = false, override = null } = {}) {
    trouble = ''
    const only = all ? null : encounter.person
    try {
      await encounter.settle(outcome, { only, override })
    } catch (error) {
      trouble = error instanceof StorageFull
        ? t('手机存储已满,这一条没有存下。请先记在纸上,并清理手机存储。')
        : t('没有存下:{why}', { why: error?.message ?? error })
      signal('stop', sound())
      draw()
      return
    }
    signal(outcome === 'admitted' ? 'go' : outcome === 'held' ? 'wait' : 'stop', sound())
    if (encounter.people.length) {
      lastTone = ''
      head.scrollIntoView?.({ block: 'center' })
      draw()
    } else view.back()
  }

  draw()
  return { stage, dock, update: draw }
}
