// Coming, leaving, handing over. Both sign with a finger; the record holds the lines that they drew.

const THINGS = ['测温枪', '电池', '口罩', '消毒液', '登记本', '钥匙', '喇叭', '红袖章']
const ENGLISH = {
  到岗与交接班: 'On duty and handing over', 到岗: 'I am here', 离岗: 'I leave', 交接班: 'Hand over', '谁?': 'Who?',
  扫岗位码: 'Scan the code of the post', '没有扫码,也会记下。': 'It is recorded without a code, too.', 现在的班: 'On duty now',
  接班人: 'Taken over by', 交班人: 'Handed over by', 异常情况及处理: 'Incidents and what was done', 未尽事项: 'Open matters',
  在外未归: 'Still out', 物资清点: 'Things counted', 交班人签字: 'Signature: handed over', 接班人签字: 'Signature: taken over', 重签: 'Sign again',
  '交接完成': 'Handed over', '接班人没有到,不能离岗。请带班领导安排。': 'No relief, no leaving. Ask the leader on duty.',
  '两人都要签字。': 'Both must sign.', '请写上接班人。': 'Name who takes over.', '已记下:{who} {what}': 'Written down: {who} {what}',
  '没有存下:{why}': 'Not saved: {why}', '比应交班时间晚了 {n} 分钟,本班顺延。': '{n} minutes late; the shift is longer by that.',
  测温枪: 'Thermometers', 电池: 'Batteries', 口罩: 'Masks', 消毒液: 'Disinfectant', 登记本: 'Register books', 钥匙: 'Keys', 喇叭: 'Loudspeaker', 红袖章: 'Armbands'
}

export default {
  open (host) {
    host.words(ENGLISH)
    const { h, t, icon } = host
    const data = host.data ?? { members: [], posts: [], turns: [] }
    let name = host.guard?.name ?? ''

    function turnOf (who, at = Date.now() / 1000) {
      return data.turns.find(turn => turn.name === who && turn.from - 7200 <= at && at < turn.to + 43200)
    }

    function field (label, input) {
      return h('label.field', {}, h('span', {}, t(label)), input)
    }

    function choice (value, onchange) {
      const list = h('datalist', { id: 'duty-names' }, ...data.members.map(one => h('option', { value: one.name })))
      const input = h('input', { type: 'text', list: 'duty-names', value, autocomplete: 'off', oninput: () => onchange(input.value.trim()) })
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
      const [first, second] = [signature(h, t), signature(h, t)]
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
        if (!first.drawn() || !second.drawn()) return refuse('两人都要签字。')
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
            signed_from: first.lines,
            signed_to: second.lines
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

// A field to sign in with a finger: lines of whole numbers, 0 to 1000 across and down.
function signature (h, t) {
  const lines = []
  const canvas = h('canvas', { width: 600, height: 240 })
  const again = h('button.wide', { type: 'button', onclick: clear }, t('重签'))
  let drawing = null

  function clear () {
    lines.length = 0
    canvas.getContext('2d').clearRect(0, 0, canvas.width, canvas.height)
  }

  function point (event) {
    const box = canvas.getBoundingClientRect()
    const part = (at, begin, size) => Math.max(0, Math.min(1000, Math.round(1000 * (at - begin) / size)))
    return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)]
  }

  canvas.style.touchAction = 'none'
  canvas.style.width = '100%'
  canvas.style.background = '#fff'
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
  return { element: h('div', {}, canvas, again), lines, drawn: () => lines.reduce((sum, line) => sum + line.length, 0) >= 8 }
}
