// The guard's screen: one big field, one big scan button, the last five with undo.
import { choose, h, icon } from '../dom.js'
import { clock, midnight, minutes, t } from '../words/index.js'
import { Encounter } from '../encounter.js'
import { scan } from '../scan/scanner.js'
import { namedPass, readCode } from '../codes.js'
import { readSpoken } from '../passes/passes.js'
import { signal } from '../signals.js'
import { plateOf } from '../plates.js'
import { casesScreen } from './cases.js'
import { encounterScreen } from './encounter.js'
import { categoryName, outcomeName } from './names.js'
import { newcomerScreen } from './newcomer.js'

const MOST = 20
const NAMED_HOMES = 3

export function gateScreen (view, phone) {
  const input = h('input', {
    type: 'text', id: 'find', autocomplete: 'off', autocapitalize: 'off',
    spellcheck: false, enterKeyHint: 'search', placeholder: t('房号、姓名、车牌…'), 'aria-label': t('查找住户:房号、姓名、车牌、后四位'),
    oninput: () => search()
  })
  const wipe = h('button.wipe', { type: 'button', hidden: true, 'aria-label': t('清空'), onclick: () => { clear(); input.focus() } }, icon('x-lg'))
  const heading = h('h1.unseen', t('出入登记'))
  const results = h('div.list')
  const stage = h('div.list')
  let hits = []
  let asked = 0

  function clear () {
    input.value = ''
    wipe.hidden = true
    draw()
  }

  async function search () {
    wipe.hidden = !input.value
    const mine = ++asked
    const typed = input.value
    if (!typed.trim()) {
      draw()
      return
    }
    const started = performance.now()
    const { lookup } = phone.bundle
    const spoken = readSpoken(typed)
    const found = spoken ? await lookup.find(spoken, MOST) : []
    for (const hit of await lookup.find(typed, MOST)) {
      if (!found.some(one => one.household === hit.household && one.person === hit.person)) found.push(hit)
    }
    if (mine !== asked) return
    hits = found
    phone.searchTook = performance.now() - started
    drawHits(typed)
  }

  function drawHits (typed) {
    const plate = plateOf(typed)
    const homes = hits.filter(hit => hit.person === undefined).slice(0, NAMED_HOMES)
    results.replaceChildren(
      ...hits.map(hit => homes.includes(hit) ? homeRow(hit) : hitRow(hit)),
      ...(hits.length ? [] : [h('p.empty', t('没有找到“{typed}”。可以登记为外来人员。', { typed }))]),
      ...(plate ? [h('button.hit', { type: 'button', onclick: () => vehicle(plate) }, h('b', plate), h('span.quiet', t('按车辆登记')))] : []),
      h('button.hit', { type: 'button', onclick: () => newcomer('visitor', typed) }, h('b', t('外来人员')), h('span.quiet', t('登记为访客')))
    )
    stage.replaceChildren(heading, results)
  }

  function hitRow (hit, below = '') {
    const home = phone.bundle.lookup.household(hit.household)
    if (hit.person === undefined) {
      const names = home.members.map(one => one.name).join('、')
      return h('button.hit', { type: 'button', onclick: () => open(home) }, h('b', home.label), h('span.quiet', below || names || t('无人登记')), observed(home))
    }
    const person = phone.bundle.lookup.person(hit.person)
    return h('button.hit', { type: 'button', onclick: () => open(home, person) },
      h('b', person.name), h('span.quiet', `${home.label} · ${categoryName(person.kind)}`), outPill(person))
  }

  // The first households with everybody who lives there: a touch on the person is a touch less afterwards.
  function homeRow (hit) {
    const home = phone.bundle.lookup.household(hit.household)
    if (home.members.length < 2) return hitRow(hit)
    return h('div.home',
      hitRow(hit, t('全户 {n} 人', { n: home.members.length })),
      h('div.members', { role: 'group', 'aria-label': home.label }, home.members.map(person => h('button', { type: 'button', onclick: () => open(home, person) },
        h('span', person.name), phone.ledger.outSince(person.id) ? h('small', t('在外')) : null))))
  }

  const observed = home => phone.measuresOf(home.id).has('home_observation') ? h('span.pill.end', t('观察户')) : null

  function outPill (person) {
    const since = phone.ledger.outSince(person.id)
    return since ? h('span.pill.end', t('外出 {time}', { time: minutes((Date.now() / 1000 - since) / 60) })) : null
  }

  function open (home, person = null, shown = namedPass(phone, input.value, home, person)) {
    const encounter = new Encounter(phone, { direction: phone.direction, shown })
    encounter.home = home
    const likely = person ?? likelyMember(home)
    if (likely) encounter.addResident(likely, home)
    encounter.certain = Boolean(person) || home.members.length === 1
    input.value = ''
    view.go(encounterScreen, encounter)
  }

  // Coming in: who is out. Going out: who went last, else the head of the household.
  function likelyMember (home) {
    const { members } = home
    if (phone.direction === 'in') {
      const out = members.filter(one => phone.ledger.outSince(one.id))
      if (out.length) return out[0]
    }
    const went = members.filter(one => phone.ledger.lastOf(one.id)).sort((a, b) => phone.ledger.lastOf(b.id).at - phone.ledger.lastOf(a.id).at)
    return went[0] ?? members[home.head] ?? members[0] ?? null
  }

  function newcomer (category, typed = '') {
    input.value = ''
    view.go(newcomerScreen, category, /\d/.test(typed) ? '' : typed)
  }

  async function vehicle (plate) {
    input.value = ''
    const [hit] = await phone.bundle.lookup.find(plate, 1)
    const encounter = new Encounter(phone, { direction: phone.direction, plate, vehicle: { kind: 'private' } })
    if (hit) {
      encounter.home = phone.bundle.lookup.household(hit.household)
      const likely = likelyMember(encounter.home)
      if (likely) encounter.addResident(likely, encounter.home)
    } else encounter.addOutsider('visitor', { identity: '' })
    view.go(encounterScreen, encounter)
  }

  async function scanNow () {
    const text = await scan(phone)
    if (text) await take(text)
  }

  async function take (text) {
    const found = await readCode(phone, text)
    if (found.household !== undefined) {
      const home = phone.bundle.lookup.household(found.household)
      const person = found.person === undefined ? null : phone.bundle.lookup.person(found.person)
      if (found.plate) {
        const encounter = new Encounter(phone, { direction: phone.direction, plate: found.plate, vehicle: { kind: 'private' }, shown: found.shown })
        encounter.home = home
        const likely = likelyMember(home)
        if (likely) encounter.addResident(likely, home)
        view.go(encounterScreen, encounter)
      } else open(home, person, found.shown)
      return
    }
    if (found.shown) {
      const encounter = new Encounter(phone, { direction: phone.direction, shown: found.shown })
      encounter.addOutsider(found.category ?? 'visitor', { name: '', from: found.shown.label, identity: found.shown.check.code === 'valid' ? 'pass' : '' })
      view.go(encounterScreen, encounter)
      return
    }
    signal('wait', { sound: phone.settings.sound !== false })
    input.value = text.length <= 20 ? text : ''
    if (input.value) search()
    else stage.replaceChildren(h('p.empty', t('这不是本系统的码。')), ...idle())
  }

  function draw () {
    if (input.value.trim()) return
    stage.replaceChildren(...idle())
  }

  function idle () {
    const cases = phone.ledger.openCases()
    const last = phone.ledger.recent(5)
    return [
      heading,
      cases.length
        ? h('button.warn.bad', { type: 'button', onclick: () => view.go(casesScreen) }, icon('exclamation-triangle'),
          h('span', t('暂留待处理 {n} 人', { n: cases.length })), icon('chevron-right'))
        : null,
      phone.ready && !phone.bundle.manifest
        ? h('p.warn', icon('download'), h('span', t('还没有住户资料,连上网络后自动取得。现在可以按外来人员登记。')))
        : null,
      h('div.section', h('h2', t('刚才')), h('span.quiet', todayCount())),
      last.length ? null : h('p.empty', phone.ready ? t('还没有登记。扫码,或输入房号、姓名。') : t('正在读取本机记录…')),
      ...last.map(entryRow)
    ].filter(Boolean)
  }

  function todayCount () {
    const today = phone.ledger.last.filter(one => one.at >= midnight(Date.now()) / 1000 && !one.withdrawn && !one.record.data.plate)
    return t('今日 {n} 人次', { n: today.length })
  }

  function entryRow (entry) {
    const { data } = entry.record
    const way = data.direction === 'in' ? t('进') : t('出')
    const heat = data.readings?.at(-1)?.tenths
    const facts = [clock(entry.at * 1000), way, outcomeName(data.outcome), heat ? `${(heat / 10).toFixed(1)}℃` : '']
    const said = [h('b', data.name || data.plate || categoryName(data.category)), h('span.quiet', facts.filter(Boolean).join(' '))]
    return h(`div.entry${entry.withdrawn ? '.undone' : ''}`,
      data.person || data.household
        ? h('button.name', { type: 'button', onclick: () => again(data) }, ...said)
        : h('span.name', ...said),
      entry.withdrawn
        ? h('span.pill.end', t('已撤销'))
        : h('button.end', { type: 'button', onclick: () => undo(entry) }, t('撤销')))
  }

  async function undo (entry) {
    const { data } = entry.record
    const values = { ...data, withdrawn: true, reason: t('误登,当场撤销') }
    delete values.readings
    entry.shownWithdrawn = true
    await phone.write('passage', values, { corrects: entry.newest, happenedAt: entry.at * 1000 })
    await closeCaseOf(entry)
    signal('wait', { sound: phone.settings.sound !== false })
    draw()
  }

  // A case that was opened by mistake does not wait for anybody.
  async function closeCaseOf (entry) {
    for (const { record } of phone.ledger.openCases()) {
      if (record.data.encounter !== entry.root) continue
      await phone.write('incident_step', { incident: record.id, kind: 'closed', text: t('误登,当场撤销') })
    }
  }

  // Whoever just went out may come back at once: a touch on the name begins the next encounter.
  function again (data) {
    const hit = phone.bundle.lookup.byId(data.person || data.household || '')
    if (!hit) return
    open(phone.bundle.lookup.household(hit.household), hit.person === undefined ? null : phone.bundle.lookup.person(hit.person))
  }

  const directions = phone.gateWay === 'both'
    ? choose([['in', t('进')], ['out', t('出')]], phone.direction, value => {
      phone.direction = value
      view.update()
      redirect.querySelectorAll('button').forEach((button, i) => button.setAttribute('aria-pressed', String(['in', 'out'][i] === value)))
    }, { className: 'direction', label: t('方向') })
    : h('p.pill', phone.gateWay === 'in' ? t('本口只进') : t('本口只出'))
  const redirect = directions

  const dock = [
    redirect,
    h('div.find',
      h('div.field', input, wipe),
      h('button.scan', { type: 'button', onclick: scanNow }, icon('qr-code-scan'), t('扫码'))),
    h('div.others',
      [['visitor', t('访客')], ['courier', t('快递')], ['worker', t('维修')]].map(([value, text]) =>
        h('button', { type: 'button', onclick: () => newcomer(value) }, text)),
      h('button.danger', { type: 'button', onclick: () => emergency() }, t('急救')))
  ]

  // Life first: open at once, write later.
  async function emergency () {
    const encounter = new Encounter(phone, { direction: phone.direction })
    encounter.emergency = true
    encounter.addOutsider('emergency', { escort: 'ambulance' })
    await encounter.settle('admitted')
    signal('go', { sound: phone.settings.sound !== false })
    draw()
  }

  draw()
  return { stage, dock, update: () => { if (!input.value.trim()) draw() }, take }
}
