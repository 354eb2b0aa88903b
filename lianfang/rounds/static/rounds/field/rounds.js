// The rounds of a place on the phone: what is due first, a mark at each stop, by scan or by choice.

const KINDS = {
  disinfection: '消毒', patrol: '巡逻', ventilation: '通风', cleaning: '保洁', publicity_check: '宣传品检查'
}
const AGENTS = [['chlorine', '含氯消毒液'], ['ethanol', '75%酒精'], ['quats', '季铵盐'], ['other', '其他']]
const METHODS = [['wipe', '擦拭'], ['spray', '喷洒'], ['mop', '拖拭'], ['soak', '浸泡']]
const TARGETS = [
  ['touched', '扶手、按钮、门把手'], ['floor_wall', '地面、墙面'], ['bin', '垃圾桶及周边'], ['stairwell', '楼道'],
  ['lift', '电梯'], ['vehicle_inside', '车内'], ['people', '人身上'], ['street', '室外路面'], ['vehicle_outside', '车外、轮胎']
]
// What the guide advises against is said before it is saved, and saved all the same.
const AGAINST = {
  people: '指南不主张对人体喷洒消毒。照实记录,请改用洗手、擦拭。',
  street: '指南不主张在室外路面大规模喷洒。照实记录,清扫即可。',
  vehicle_outside: '指南不主张对车外、轮胎喷洒。照实记录。'
}
const ENGLISH = {
  消毒巡查: 'Rounds', 消毒: 'Disinfection', 巡逻: 'Patrol', 通风: 'Airing', 保洁: 'Cleaning', 宣传品检查: 'Publicity check',
  '扫点位码': 'Scan the spot', 完成: 'Done', '这里没有安排例行工作。': 'No rounds are planned here.',
  '已过 {n}': 'late by {n}', '还有 {n}': '{n} left', 分钟: 'min', 小时: 'h', 天: 'days',
  '没有找到这个码的点位。': 'No spot has this code.', 操作人: 'Who', 同行人: 'Second person', '巡逻须两人以上,请写上同行人。': 'A patrol needs two people; name the second.',
  消毒剂: 'Agent', 方式: 'Method', 消毒对象: 'What', '浓度(mg/L)': 'Strength (mg/L)', '时长(分钟)': 'Minutes',
  发现问题: 'Found', 劝导人数: 'Persuaded', 含氯消毒液: 'Chlorine', '75%酒精': '75% ethanol', 季铵盐: 'Quats', 其他: 'Other',
  擦拭: 'Wipe', 喷洒: 'Spray', 拖拭: 'Mop', 浸泡: 'Soak', '扶手、按钮、门把手': 'Rails, buttons, handles', '地面、墙面': 'Floor, walls',
  垃圾桶及周边: 'Bin and around', 楼道: 'Stairwell', 电梯: 'Lift', 车内: 'Inside a vehicle', 人身上: 'People', 室外路面: 'Street', '车外、轮胎': 'Outside of a vehicle',
  '刚做的': 'Just done', '没有存下:{why}': 'Not saved: {why}', 返回: 'Back', '刚刚': 'just now',
  '指南不主张对人体喷洒消毒。照实记录,请改用洗手、擦拭。': 'The guide advises against spraying people. It is recorded as done.',
  '指南不主张在室外路面大规模喷洒。照实记录,清扫即可。': 'The guide advises against spraying streets. It is recorded as done.',
  '指南不主张对车外、轮胎喷洒。照实记录。': 'The guide advises against spraying the outside of vehicles. It is recorded as done.'
}

export default {
  open (host) {
    host.words(ENGLISH)
    const done = new Map()
    let timer = null

    async function start () {
      for (const record of await host.written(2)) {
        if (record.type === 'mark') remember(record.data.spot, record.data.kind, Date.parse(record.happened_at))
      }
      list()
      timer = setInterval(() => { if (listing) list() }, 30000)
    }

    function remember (spot, kind, at) {
      const key = `${spot} ${kind}`
      done.set(key, Math.max(done.get(key) ?? 0, at))
    }

    let listing = true

    function stops () {
      const now = Date.now()
      return (host.data?.stops ?? []).map(stop => {
        const last = Math.max(stop.last * 1000, done.get(`${stop.spot} ${stop.kind}`) ?? 0)
        const due = within(last + stop.minutes * 60000, stop.from, stop.to)
        return { ...stop, due, light: now > due ? 'late' : due - now < stop.minutes * 12000 ? 'due' : 'done' }
      }).sort((one, other) => one.due - other.due)
    }

    function list () {
      listing = true
      const { h, t, icon } = host
      host.stage.replaceChildren(host.head(t('消毒巡查')))
      const all = stops()
      if (!all.length) host.stage.append(h('p', {}, t('这里没有安排例行工作。')))
      for (const stop of all) {
        host.stage.append(h('button.wide.stop', {
          type: 'button', 'data-light': stop.light, onclick: () => mark(stop, '')
        },
        icon(stop.light === 'late' ? 'exclamation-triangle-fill' : stop.light === 'due' ? 'hourglass-split' : 'check-circle-fill'),
        h('b', {}, ` ${stop.name} `), h('span', {}, `${t(KINDS[stop.kind])} · ${left(stop)}`)))
      }
      host.dock.replaceChildren(h('button.wide.main', { type: 'button', onclick: scan }, icon('qr-code-scan'), ` ${t('扫点位码')}`))
    }

    function left (stop) {
      const { t } = host
      const minutes = Math.round(Math.abs(stop.due - Date.now()) / 60000)
      const words = minutes < 90 ? `${minutes} ${t('分钟')}` : minutes < 2880 ? `${Math.round(minutes / 60)} ${t('小时')}` : `${Math.round(minutes / 1440)} ${t('天')}`
      return stop.light === 'late' ? t('已过 {n}', { n: words }) : t('还有 {n}', { n: words })
    }

    async function scan () {
      const { t } = host
      const text = (await host.scan(t('扫点位码'))) ?? ''
      if (!text) return
      const code = text.split('/').pop().toUpperCase()
      const here = stops().filter(stop => stop.code === code)
      if (!here.length) {
        host.signal('stop')
        host.stage.prepend(host.h('p.warn', { role: 'alert' }, t('没有找到这个码的点位。')))
        return
      }
      mark(here[0], text)
    }

    function mark (stop, code) {
      listing = false
      const { h, t } = host
      const values = { agent: 'chlorine', method: 'wipe', target: stop.name.includes('桶') ? 'bin' : stop.kind === 'disinfection' ? 'stairwell' : '' }
      const warning = h('p.warn', { role: 'alert' })
      const field = (label, input) => h('label.field', {}, h('span', {}, t(label)), input)
      const input = (mode, value = '') => h('input', { type: 'text', inputmode: mode, value, autocomplete: 'off' })
      const people = input('text', host.guard?.name ?? '')
      const second = input('text')
      const strength = input('numeric', '500')
      const minutes = input('numeric')
      const found = input('text')
      const persuaded = input('numeric')
      const screenCode = input('numeric')
      const parts = [host.head(stop.name, t(KINDS[stop.kind])), warning]
      if (stop.kind === 'disinfection') {
        const targets = h('div')
        const say = target => { values.target = target; warning.textContent = AGAINST[target] ? t(AGAINST[target]) : ''; draw() }
        // What is chosen is drawn anew, so that the button shows it.
        const draw = () => {
          targets.replaceChildren(host.choose(TARGETS.map(([code, word]) => [code, t(word)]), values.target, say, { className: 'tall', label: t('消毒对象') }))
          agents.replaceChildren(host.choose(AGENTS.map(([code, word]) => [code, t(word)]), values.agent, code => { values.agent = code; draw() }, { className: 'wrap', label: t('消毒剂') }))
          methods.replaceChildren(host.choose(METHODS.map(([code, word]) => [code, t(word)]), values.method, code => { values.method = code; draw() }, { className: 'wrap', label: t('方式') }))
        }
        const agents = h('div')
        const methods = h('div')
        draw()
        parts.push(
          h('p', {}, t('消毒剂')), agents,
          h('p', {}, t('方式')), methods,
          h('p', {}, t('消毒对象')), targets,
          field('浓度(mg/L)', strength))
      }
      if (stop.kind === 'ventilation') parts.push(field('时长(分钟)', minutes))
      parts.push(field('操作人', people))
      if (stop.people > 1) parts.push(field('同行人', second))
      if (stop.kind === 'patrol') parts.push(field('劝导人数', persuaded))
      parts.push(field('发现问题', found))
      host.stage.replaceChildren(...parts)
      host.dock.replaceChildren(
        h('button.wide', { type: 'button', onclick: list }, t('返回')),
        h('button.wide.main', { type: 'button', onclick: save }, t('完成')))

      async function save () {
        if (stop.people > 1 && !second.value.trim()) {
          warning.textContent = t('巡逻须两人以上,请写上同行人。')
          second.focus()
          return
        }
        const number = box => (/^\d+$/.test(box.value.trim()) ? Number(box.value.trim()) : undefined)
        const data = {
          spot: stop.spot, kind: stop.kind, code: code || screenCode.value.trim(),
          people: [people.value.trim(), second.value.trim()].filter(Boolean).join('、'), found: found.value.trim()
        }
        if (stop.kind === 'disinfection') Object.assign(data, values, { strength: number(strength) })
        if (stop.kind === 'ventilation') data.minutes = number(minutes)
        if (stop.kind === 'patrol') data.persuaded = number(persuaded)
        for (const name of Object.keys(data)) if (data[name] === undefined || data[name] === '') delete data[name]
        try {
          await host.write('mark', data)
        } catch (error) {
          warning.textContent = t('没有存下:{why}', { why: error.message })
          host.signal('stop')
          return
        }
        remember(stop.spot, stop.kind, Date.now())
        host.signal('go')
        list()
      }
    }

    start()
    return { update () { if (listing) list() }, leave () { clearInterval(timer) } }
  }
}

// The next moment within the hours of the day; without hours the moment itself.
function within (due, from, to) {
  if (!from || !to) return due
  // Hours are those of China, whatever the phone is set to.
  const east = 8 * 3_600_000
  const midnight = Math.floor((due + east) / 86_400_000) * 86_400_000 - east
  const minutes = text => { const [hour, minute] = text.split(':').map(Number); return hour * 60 + minute }
  const [begin, end, now] = [minutes(from), minutes(to), Math.floor((due - midnight) / 60_000)]
  const inside = begin <= end ? begin <= now && now <= end : now >= begin || now <= end
  if (inside) return due
  return midnight + begin * 60_000 + (now >= begin ? 86_400_000 : 0)
}
