// Coming, leaving, handing over. Both sign with a finger (the record holds the lines that they drew) or by
// their shift PIN (the record holds who and when, never the PIN).

const THINGS = ['测温枪', '电池', '口罩', '消毒液', '登记本', '钥匙', '喇叭', '红袖章']
const ENGLISH = {
  到岗与交接班: 'On duty and handing over', 到岗: 'I am here', 离岗: 'I leave', 交接班: 'Hand over', '谁?': 'Who?',
  扫岗位码: 'Scan the code of the post', '没有扫码,也会记下。': 'It is recorded without a code, too.', 现在的班: 'On duty now',
  接班人: 'Taken over by', 交班人: 'Handed over by', 异常情况及处理: 'Incidents and what was done', 未尽事项: 'Open matters',
  在外未归: 'Still out', 物资清点: 'Things counted', 交班人签字: 'Signature: handed over', 接班人签字: 'Signature: taken over', 重签: 'Sign again',
  '交接完成': 'Handed over', '接班人没有到,不能离岗。请带班领导安排。': 'No relief, no leaving. Ask the leader on duty.',
  '两人都要签字。': 'Both must sign.', 用口令签字: 'Sign by PIN', 改为手写: 'Sign by hand', 值守口令: 'Shift PIN', 确认: 'Confirm', '{name} 口令签字 {time}': '{name}, by PIN at {time}', '口令不对,或名单上没有 {name}。': 'Wrong PIN, or {name} is not on the list.',
  '签字的人与交接的人不同,请重签。': 'Who signed is not who hands over or takes over. Please sign again.', '请写上接班人。': 'Name who takes over.', '已记下:{who} {what}': 'Written down: {who} {what}',
  '没有存下:{why}': 'Not saved: {why}', '比应交班时间晚了 {n} 分钟,本班顺延。': '{n} minutes late; the shift is longer by that.',
  测温枪: 'Thermometers', 电池: 'Batteries', 口罩: 'Masks', 消毒液: 'Disinfectant', 登记本: 'Register books', 钥匙: 'Keys', 喇叭: 'Loudspeaker', 红袖章: 'Armbands'
}

export default {
  open (host) {
    host.words(ENGLISH)
    const { h, t, icon } = host
    const data = host.data ?? { members: [], posts: [], turns: [] }
    let name = host.guard?.name ?? ''
    let lists = 0

    function turnOf (who, at = Date.now() / 1000) {
      return data.turns.find(turn => turn.name === who && turn.from - 7200 <= at && at < turn.to + 43200)
    }

    function field (label, input) {
      return h('label.field', {}, h('span', {}, t(label)), input)
    }

    function choice (value, onchange) {
      const id = `duty-names-${++lists}`
      const list = h('datalist', { id }, ...data.members.map(one => h('option', { value: one.name })))
      const input = h('input', { type: 'text', list: id, value, autocomplete: 'off', oninput: () => onchange(input.value.trim()) })
      return h('span', {}, input, list)
    }

    function menu (said = '') {
      const now = Date.now() / 1000
      const here = data.turns.filter(turn => turn.from <= now && now < turn.to)
      host.stage.replaceChildren(
        host.head(t('到岗与交接班')),
        h('p', { role: 'status' }, said),
        here.length ? h('p', {}, `${t('现在的班')}:${here.map(turn => `${turn.name}(${turn.post} ${turn.shift})`).join('、')}`) : '',
        field('谁?', choice(name, value => { name = value })),
        h('p', {}, t('没有扫码,也会记下。')))
      host.dock.replaceChildren(
        h('button.wide.main', { type: 'button', onclick: () => attend('in') }, icon('geo-alt'), ` ${t('到岗')}`),
        h('button.wide', { type: 'button', onclick: () => attend('out') }, icon('box-arrow-right'), ` ${t('离岗')}`),
        h('button.wide', { type: 'button', onclick: handover }, icon('arrow-left-right'), ` ${t('交接班')}`))
    }

    async function attend (direction) {
      const who = name
      if (!who) return menu(t('谁?'))
      const code = (await host.scan(t('扫岗位码'))) ?? ''
      const member = data.members.find(one => one.name === who)
      try {
        await host.write('attendance', { direction, code, ...(member ? { member: member.id } : { name: who }) })
      } catch (error) {
        host.signal('stop')
        return menu(t('没有存下:{why}', { why: error.message }))
      }
      host.signal('go')
      menu(t('已记下:{who} {what}', { who, what: t(direction === 'in' ? '到岗' : '离岗') }))
    }

    function handover () {
      const turn = turnOf(name)
      const next = turn && data.turns.find(one => one.post === turn.post && one.from === turn.to)
      let from = name
      let to = next?.name ?? ''
      const text = () => h('textarea', { rows: 2, maxlength: 500 })
      const [incidents, open, out] = [text(), text(), text()]
      const counts = THINGS.map(thing => [thing, h('input', { type: 'text', inputmode: 'numeric', autocomplete: 'off' })])
      const [first, second] = [signature(host, () => from), signature(host, () => to)]
      const warning = h('p.warn', { role: 'alert' })
      const late = turn ? Math.floor((Date.now() / 1000 - turn.to) / 60) : 0
      if (late > 10) warning.textContent = t('比应交班时间晚了 {n} 分钟,本班顺延。', { n: late })
      host.stage.replaceChildren(
        host.head(t('交接班')), warning,
        field('交班人', choice(from, value => { from = value })), field('接班人', choice(to, value => { to = value })),
        field('异常情况及处理', incidents), field('未尽事项', open), field('在外未归', out),
        h('p', {}, t('物资清点')), ...counts.map(([thing, input]) => field(thing, input)),
        h('p', {}, t('交班人签字')), first.element, h('p', {}, t('接班人签字')), second.element)
      host.dock.replaceChildren(h('button.wide.main', { type: 'button', onclick: sign }, icon('check-lg'), ` ${t('交接完成')}`))

      async function sign () {
        const refuse = words => { warning.textContent = t(words); host.signal('stop'); warning.scrollIntoView() }
        if (!to || to === from) return refuse(to ? '请写上接班人。' : '接班人没有到,不能离岗。请带班领导安排。')
        if (!first.signed() || !second.signed()) return refuse('两人都要签字。')
        if ([[first, from], [second, to]].some(([one, who]) => one.pin() && one.pin().name !== who)) return refuse('签字的人与交接的人不同,请重签。')
        const counted = {}
        for (const [thing, input] of counts) if (/^\d{1,5}$/.test(input.value.trim())) counted[thing] = Number(input.value)
        const post = data.posts.find(one => one.name === turn?.post)
        const at = seconds => new Date(seconds * 1000).toISOString()
        try {
          await host.write('handover', {
            began_at: at(turn?.from ?? Math.floor(Date.now() / 1000) - 8 * 3600),
            ...(turn ? { shift_end: at(turn.to) } : {}),
            ...(post ? { post: post.id } : {}),
            handed_by: from,
            taken_by: to,
            incidents: incidents.value.trim(),
            open_matters: open.value.trim(),
            still_out: out.value.trim(),
            counted,
            ...first.content('from'),
            ...second.content('to')
          })
        } catch (error) {
          warning.textContent = t('没有存下:{why}', { why: error.message })
          return host.signal('stop')
        }
        host.signal('go')
        name = to
        menu(t('交接完成'))
      }
    }

    menu()
    return {}
  }
}

// A field to sign in: with a finger, as lines of whole numbers 0 to 1000 across and down; or by the shift PIN.
function signature (host, who) {
  const { h, t, icon } = host
  const lines = []
  let pin = null
  let drawing = null
  const canvas = h('canvas', { width: 600, height: 240 })
  const trouble = h('p.trouble', { role: 'alert' })
  const typed = h('input', { type: 'password', inputMode: 'numeric', autocomplete: 'off', maxLength: 8, 'aria-label': t('值守口令') })
  const element = h('div.signature')
  byHand()

  function byHand () {
    pin = null
    clear()
    element.replaceChildren(canvas, h('div.row',
      h('button', { type: 'button', onclick: clear }, t('重签')),
      h('button', { type: 'button', onclick: byPin }, t('用口令签字'))))
  }

  function byPin () {
    pin = null
    clear()
    typed.value = ''
    trouble.textContent = ''
    element.replaceChildren(h('div.sheet', h('label', t('值守口令'), typed)), trouble, h('div.row',
      h('button', { type: 'button', onclick: byHand }, t('改为手写')),
      h('button.main', { type: 'button', onclick: confirm }, t('确认'))))
    typed.focus()
  }

  async function confirm () {
    const found = await host.pinOf(who(), typed.value)
    typed.value = ''
    if (!found) {
      trouble.textContent = t('口令不对,或名单上没有 {name}。', { name: who() })
      host.signal('stop')
      return
    }
    const at = Date.now()
    pin = { id: found.id, name: found.name, at: host.stamp(at) }
    element.replaceChildren(h('p.verdict.go', { role: 'status' }, h('span', icon('check-circle'), ' ', t('{name} 口令签字 {time}', { name: found.name, time: host.clock(at) }))),
      h('button.wide', { type: 'button', onclick: byHand }, t('重签')))
  }

  function clear () {
    lines.length = 0
    canvas.getContext('2d').clearRect(0, 0, canvas.width, canvas.height)
  }

  function point (event) {
    const box = canvas.getBoundingClientRect()
    const part = (at, begin, size) => Math.max(0, Math.min(1000, Math.round(1000 * (at - begin) / size)))
    return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)]
  }

  canvas.addEventListener('pointerdown', event => {
    if (lines.length >= 40) return
    canvas.setPointerCapture?.(event.pointerId)
    drawing = point(event)
    lines.push(drawing)
    event.preventDefault()
  })
  canvas.addEventListener('pointermove', event => {
    if (!drawing || drawing.length >= 600) return
    const [x, y] = point(event)
    const brush = canvas.getContext('2d')
    brush.lineWidth = 5
    brush.lineCap = 'round'
    brush.beginPath()
    brush.moveTo(drawing.at(-2) * canvas.width / 1000, drawing.at(-1) * canvas.height / 1000)
    brush.lineTo(x * canvas.width / 1000, y * canvas.height / 1000)
    brush.stroke()
    drawing.push(x, y)
  })
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => { drawing = null })
  return {
    element,
    pin: () => pin,
    signed: () => Boolean(pin) || lines.reduce((sum, line) => sum + line.length, 0) >= 8,
    content: side => pin ? { [`pin_${side}`]: pin } : { [`signed_${side}`]: lines }
  }
}
