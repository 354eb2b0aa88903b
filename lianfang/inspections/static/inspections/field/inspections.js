// An unannounced visit on the phone: line by line, what is wrong with a photo and a deadline; and the check
// of what was put right, by another person. Everything works without network and waits in the outbox.

const SEEN = [['yes', '符合'], ['no', '不符合'], ['not_seen', '未查看']]
const SEVERITIES = [['minor', '一般'], ['serious', '较重'], ['grave', '严重']]
const STAGES = { to_rectify: '待整改', to_reinspect: '待复查' }
const MOST_PHOTOS = 4
const ENGLISH = {
  督导检查: 'Inspection', 符合: 'Right', 不符合: 'Wrong', 未查看: 'Not seen', 一般: 'Minor', 较重: 'Serious', 严重: 'Grave',
  待整改: 'to be put right', 待复查: 'to be checked', 开始检查: 'Begin an inspection', 不用检查表: 'Without a checklist',
  检查表: 'Checklist', 换一个场所: 'Another place', 没有未销号的问题: 'Nothing is open here', 未销号的问题: 'Open findings',
  '这部手机由场所登记,不能写督导检查。请用指挥部登记的手机。': 'This phone was enrolled by the place. Use one that the headquarters enrolled.',
  检查人: 'Inspectors', 检查情况: 'What was seen', 发现问题: 'What is wrong', 其他问题: 'Another problem', 整改要求: 'What is to be done',
  当场整改: 'Put right on the spot', 责任单位: 'Answerable body', 责任人: 'Answerable person', 整改时限: 'Put right by', 照片: 'Photo', 保存: 'Save', 返回: 'Back',
  '今天 18:00': 'today 18:00', 明天: 'tomorrow', '三天': 'in 3 days', '七天': 'in 7 days', 撤掉: 'Remove',
  '检查表一项也没有查看。请至少判定一项,或写下发现的问题。': 'Nothing was looked at. Answer at least one line, or write down what is wrong.',
  '什么也没有写。请写明检查情况,或写下发现的问题。': 'Nothing is written. Say what was seen, or what is wrong.',
  '请写明是什么问题。': 'Say what is wrong.', '请选择责任单位。': 'Choose the answerable body.', '请写明检查人。': 'Name the inspectors.',
  '请选择整改时限;当场改好的,请选“当场整改”。': 'Choose a deadline, or “put right on the spot”.',
  '已存下,发现问题 {n} 项。': 'Saved, {n} findings.', '没有存下:{why}': 'Not saved: {why}', 复查: 'Check again', 销号: 'Strike off',
  '未通过,重新整改': 'Did not pass', 复查情况: 'What was seen', '已存下复查结论。': 'Saved.', '请选择复查结论。': 'Choose the verdict.',
  '复查须由另一人进行:不能是发现问题的人,也不能是登记整改的人。': 'Another person checks: neither who found it nor who put it right.',
  '请先上岗,写明是谁复查。': 'Go on duty first, so that it is known who checks.', '{time}前': 'by {time}', 逾期: 'late', 整改措施: 'Measures',
  '问题 {n}': 'Problem {n}', '还没有登记整改,改好后再来复查。': 'No measures are written down yet; check when they are.', 近日本机检查: 'Inspected by this phone',
  '{n} 项问题': '{n} findings', '这张不要': 'Remove this photo', 继续没写完的检查: 'Go on with the visit that was begun'
}

export default {
  open (host) {
    host.words(ENGLISH)
    const { h, t, icon } = host
    const data = host.data
    let place = data?.places[0]
    let list = data?.lists[0]?.id ?? ''
    let mine = []
    let keeping = 0
    let half = null // a visit that was not finished when the page was closed

    // What this phone has written and the server has not yet told back.
    async function start (said = '') {
      clearInterval(keeping)
      mine = await host.written(3)
      const draft = data ? await host.draft() : null
      half = draft && data.places.some(one => one.id === draft.place) ? draft : null
      menu(said)
    }

    function menu (said = '') {
      host.stage.replaceChildren(host.head(t('督导检查'), place?.name ?? ''))
      host.dock.replaceChildren()
      if (!data) {
        host.stage.append(h('p.warn', { role: 'status' }, t('这部手机由场所登记,不能写督导检查。请用指挥部登记的手机。')))
        return
      }
      const checked = new Set(mine.filter(one => one.type === 'reinspection').map(one => one.data.finding))
      const left = place.findings.filter(one => !checked.has(one.id))
      const lists = data.lists.map(one => [one.id, one.title]).concat([['', t('不用检查表')]])
      const visits = mine.filter(one => one.type === 'inspection' && one.data.place === place.id)
      host.stage.append(...[
        said ? h('p.verdict.go', { role: 'status' }, said) : null,
        half ? h('button.wide.main', { type: 'button', onclick: resume }, icon('clock-history'), ' ', t('继续没写完的检查')) : null,
        data.places.length > 1 ? h('button.wide', { type: 'button', onclick: places }, icon('arrow-left-right'), ' ', t('换一个场所')) : null,
        h('b', t('检查表')),
        host.choose(lists, list, value => { list = value; menu() }, { className: 'tall', label: t('检查表') }),
        h('div.section', h('h2', t('未销号的问题')), h('span.quiet', String(left.length))),
        ...left.map(findingRow),
        left.length ? null : h('p.empty', t('没有未销号的问题')),
        visits.length ? h('h2', t('近日本机检查')) : null,
        ...visits.map(one => h('p.quiet', host.day(Date.parse(one.happened_at)), ' ', one.data.inspectors, ' ', t('{n} 项问题', { n: one.data.findings?.length ?? 0 })))
      ].filter(Boolean))
      host.dock.append(h('button.wide.main', { type: 'button', onclick: () => visit() }, icon('clipboard-check'), ' ', t('开始检查')))
    }

    function places () {
      host.stage.replaceChildren(host.head(t('换一个场所')))
      host.stage.append(...data.places.map(one => h('button.hit', {
        type: 'button', onclick: () => { place = one; menu() }
      }, h('b', one.name), one.findings.length ? h('span.pill.end', String(one.findings.length)) : null)))
      host.dock.replaceChildren(h('button.wide', { type: 'button', onclick: () => menu() }, t('返回')))
    }

    function findingRow (one) {
      const late = one.stage === 'to_rectify' && one.due && one.due * 1000 < Date.now()
      return h('button.hit', { type: 'button', onclick: () => recheck(one) },
        h('b', one.text),
        h('span.quiet', [one.body, one.person, one.due ? t('{time}前', { time: host.day(one.due * 1000) }) : ''].filter(Boolean).join(' · ')),
        h('span.pill.end', late ? icon('exclamation-triangle') : null, late ? t('逾期') : t(STAGES[one.stage] ?? one.stage)))
    }

    async function resume () {
      place = data.places.find(one => one.id === half.place)
      list = data.lists.some(one => one.id === half.list) ? half.list : ''
      for (const shot of [half, ...half.problems].flatMap(one => one.photos)) shot.picture = await host.pictureOf(shot.data)
      visit(half)
    }

    function visit (from = null) {
      const chosen = data.lists.find(one => one.id === list)
      const answers = { ...from?.answers }
      const problems = []
      const photos = [...(from?.photos ?? [])]
      const bodies = place.bodies.concat(data.bodies.filter(([id]) => !place.bodies.some(([known]) => known === id)))
      let due = from?.due ?? 'tomorrow'
      const trouble = h('p.trouble', { role: 'alert' })
      const inspectors = h('input', { type: 'text', maxLength: 120, value: from?.inspectors ?? host.guard?.name ?? '', autocomplete: 'off' })
      const summary = h('textarea', { rows: 3, maxLength: 500 })
      const body = h('select', bodies.map(([id, name]) => h('option', { value: id }, name)))
      const person = h('input', { type: 'text', maxLength: 60, value: from?.person ?? place.people[0] ?? '', autocomplete: 'off' })
      const deadline = h('div')
      const common = h('div.sheet', { hidden: true })
      const free = h('div.list')
      const taken = h('div.photos')

      const rows = (chosen?.items ?? []).map((item, index) => {
        const below = h('div.list')
        const buttons = h('div')
        const draw = () => buttons.replaceChildren(host.choose(SEEN.map(([code, word]) => [code, t(word)]), answers[item.id] ?? 'not_seen', value => {
          answers[item.id] = value
          const at = problems.findIndex(one => one.item === item.id)
          if (value === 'no' && at < 0) below.replaceChildren(problem({ item: item.id, kind: item.kind, severity: item.severity, text: '' }))
          if (value !== 'no' && at >= 0) {
            problems.splice(at, 1)
            below.replaceChildren()
          }
          draw()
          shown()
        }, { label: item.text }))
        draw()
        const begun = from?.problems.find(one => one.item === item.id)
        if (begun) below.replaceChildren(problem(begun))
        return h('section.question.tall', h('b', `${index + 1}. ${item.text}`), buttons, below)
      })

      // One problem: what, how grave, put right at once or not, photographs.
      function problem (one) {
        const text = h('input', { type: 'text', maxLength: 300, autocomplete: 'off', value: one.text, oninput: () => { one.text = text.value } })
        const requirement = h('input', { type: 'text', maxLength: 300, autocomplete: 'off', value: one.requirement ?? '', oninput: () => { one.requirement = requirement.value } })
        const grave = h('div')
        const fixed = h('div')
        const pictures = h('div.photos')
        one.photos ??= []
        const draw = () => {
          grave.replaceChildren(host.choose(SEVERITIES.map(([code, word]) => [code, t(word)]), one.severity, value => { one.severity = value; draw() }, { label: t('发现问题') }))
          fixed.replaceChildren(h('button.wide', { type: 'button', 'aria-pressed': String(Boolean(one.fixed)), onclick: () => { one.fixed = !one.fixed; draw(); shown() } },
            one.fixed ? icon('check-circle') : null, ' ', t('当场整改')))
          drawPhotos(pictures, one.photos)
        }
        draw()
        problems.push(one)
        return h('div.case.problem', h('div.sheet', h('label', t('发现问题'), text)), grave, fixed,
          h('div.sheet', h('label', t('整改要求'), requirement)), pictures,
          host.photoButton(t('照片'), shot => { if (one.photos.length < MOST_PHOTOS) one.photos.push(shot); draw() }))
      }

      function drawPhotos (box, shots) {
        box.replaceChildren(...shots.map((shot, at) => h('div', shot.picture,
          h('button', { type: 'button', 'aria-label': t('这张不要'), onclick: () => { shots.splice(at, 1); drawPhotos(box, shots) } }, icon('x-lg')))))
      }

      function drawDeadline () {
        deadline.replaceChildren(host.choose([['today', t('今天 18:00')], ['tomorrow', t('明天')], ['three', t('三天')], ['seven', t('七天')]], due,
          value => { due = value; drawDeadline() }, { className: 'wrap', label: t('整改时限') }))
      }

      // Who answers and by when is asked once, where something is wrong.
      function shown () { common.hidden = !problems.length }

      function another (one = { item: '', kind: 'other', severity: 'minor', text: '' }) {
        const card = problem(one)
        const remove = h('button', { type: 'button', onclick: () => { problems.splice(problems.indexOf(one), 1); box.remove(); shown() } }, t('撤掉'))
        const box = h('div.list', card, remove)
        free.append(box)
        shown()
        if (!one.text) card.querySelector('input').focus()
      }

      drawDeadline()
      common.append(h('label', t('责任单位'), body), h('label', t('责任人'), person), h('b', t('整改时限')), deadline)
      host.stage.replaceChildren(
        host.head(place.name, chosen?.title ?? t('不用检查表')), ...rows, free,
        h('button.wide', { type: 'button', onclick: () => another() }, icon('plus'), ' ', t('其他问题')), common,
        h('div.sheet', h('label', t('检查人'), inspectors), h('label', t('检查情况'), summary)), taken,
        host.photoButton(t('照片'), shot => { if (photos.length < MOST_PHOTOS) photos.push(shot); drawPhotos(taken, photos) }), trouble)
      host.dock.replaceChildren(h('div.row',
        h('button', { type: 'button', onclick: () => keep().then(() => start()) }, t('返回')),
        h('button.main', { type: 'button', onclick: save }, t('保存'))))

      if (from) {
        summary.value = from.summary
        if (from.body) body.value = from.body
        for (const one of from.problems) if (!one.item) another(one)
        drawPhotos(taken, photos)
        shown()
      }

      // Every few seconds what has changed is kept, so that a page that dies loses nothing that was seen.
      let before = ''
      async function keep () {
        const sent = shots => shots.map(({ data }) => ({ data }))
        const value = {
          place: place.id, list, answers, due, inspectors: inspectors.value, summary: summary.value, body: body.value, person: person.value,
          photos: sent(photos), problems: problems.map(one => ({ ...one, photos: sent(one.photos) }))
        }
        const begun = Object.keys(answers).length || problems.length || photos.length || summary.value.trim()
        const now = JSON.stringify(value)
        if (!begun || now === before) return
        before = now
        await host.keepDraft(value).catch(() => {})
      }
      clearInterval(keeping)
      keeping = setInterval(keep, 3000)

      function wrong () {
        const answered = Object.values(answers).some(value => value !== 'not_seen')
        if (!inspectors.value.trim()) return t('请写明检查人。')
        if (chosen && !answered && !problems.length) return t('检查表一项也没有查看。请至少判定一项,或写下发现的问题。')
        if (!chosen && !problems.length && !summary.value.trim()) return t('什么也没有写。请写明检查情况,或写下发现的问题。')
        if (problems.some(one => !one.item && !one.text.trim())) return t('请写明是什么问题。')
        if (problems.length && !body.value) return t('请选择责任单位。')
        return ''
      }

      async function save () {
        trouble.textContent = wrong()
        if (trouble.textContent) {
          host.signal('stop')
          trouble.scrollIntoView({ block: 'center' })
          return
        }
        const items = new Map((chosen?.items ?? []).map(one => [one.id, one.text]))
        const findings = problems.map(one => clean({
          id: host.newId(),
          text: one.text.trim() || items.get(one.item),
          kind: one.kind,
          severity: one.severity,
          body: body.value,
          person: person.value.trim(),
          requirement: (one.requirement ?? '').trim(),
          deadline: one.fixed ? '' : host.stamp(momentOf(due)),
          fixed_on_spot: Boolean(one.fixed),
          item: one.item,
          photos: one.photos.map(shot => shot.data)
        }))
        const written = await kept('inspection', clean({
          place: place.id, inspectors: inspectors.value.trim(), checklist: list, answers, summary: summary.value.trim(), photos: photos.map(shot => shot.data), findings
        }), trouble)
        if (!written) return
        clearInterval(keeping)
        await host.keepDraft(null)
        await start(t('已存下,发现问题 {n} 项。', { n: findings.length }))
      }
    }

    function recheck (one) {
      let verdict = ''
      let due = 'tomorrow'
      const photos = []
      const trouble = h('p.trouble', { role: 'alert' })
      const text = h('textarea', { rows: 2, maxLength: 300 })
      const choice = h('div')
      const deadline = h('div')
      const taken = h('div.photos')
      const draw = () => {
        choice.replaceChildren(host.choose([['closed', t('销号')], ['reopened', t('未通过,重新整改')]], verdict, value => { verdict = value; draw() }, { label: t('复查') }))
        deadline.hidden = verdict !== 'reopened'
        deadline.replaceChildren(h('b', t('整改时限')), host.choose([['today', t('今天 18:00')], ['tomorrow', t('明天')], ['three', t('三天')], ['seven', t('七天')]], due,
          value => { due = value; draw() }, { className: 'wrap', label: t('整改时限') }))
        taken.replaceChildren(...photos.map(shot => h('div', shot.picture)))
      }
      draw()
      const name = host.guard?.name ?? ''
      const mayCheck = one.stage === 'to_reinspect' && name && !one.not_by.includes(name)
      const why = one.stage !== 'to_reinspect'
        ? t('还没有登记整改,改好后再来复查。')
        : name ? t('复查须由另一人进行:不能是发现问题的人,也不能是登记整改的人。') : t('请先上岗,写明是谁复查。')
      host.stage.replaceChildren(...[
        host.head(t('复查'), place.name),
        h('h2', one.text),
        h('p.quiet', [t(SEVERITIES.find(([code]) => code === one.severity)?.[1] ?? ''), one.body, one.person, one.due ? t('{time}前', { time: host.day(one.due * 1000) }) : ''].filter(Boolean).join(' · ')),
        one.measures ? h('p', h('b', t('整改措施')), ' ', one.measures) : null,
        mayCheck ? choice : h('p.warn', { role: 'status' }, why),
        mayCheck ? deadline : null,
        mayCheck ? h('div.sheet', h('label', t('复查情况'), text)) : null,
        mayCheck ? taken : null,
        mayCheck ? host.photoButton(t('照片'), shot => { if (photos.length < MOST_PHOTOS) photos.push(shot); draw() }) : null,
        trouble
      ].filter(Boolean))
      host.dock.replaceChildren(h('div.row',
        h('button', { type: 'button', onclick: () => menu() }, t('返回')),
        mayCheck ? h('button.main', { type: 'button', onclick: save }, t('保存')) : null))

      async function save () {
        trouble.textContent = verdict ? '' : t('请选择复查结论。')
        if (!verdict) return host.signal('stop')
        const written = await kept('reinspection', clean({
          finding: one.id, verdict, text: text.value.trim(), deadline: verdict === 'reopened' ? host.stamp(momentOf(due)) : '', photos: photos.map(shot => shot.data)
        }), trouble)
        if (written) await start(t('已存下复查结论。'))
      }
    }

    async function kept (type, values, trouble) {
      try {
        await host.write(type, values)
      } catch (error) {
        trouble.textContent = t('没有存下:{why}', { why: error?.message ?? error })
        host.signal('stop')
        return false
      }
      host.signal('go')
      return true
    }

    // Deadlines are at 18:00 in China; the first one that is still to come.
    function momentOf (when) {
      const days = { today: 0, tomorrow: 1, three: 3, seven: 7 }[when]
      const east = 8 * 3_600_000
      const evening = (Math.floor((Date.now() + east) / 86_400_000) + days) * 86_400_000 + 18 * 3_600_000 - east
      return evening > Date.now() ? evening : evening + 86_400_000
    }

    start()
    return { leave () { clearInterval(keeping) } }
  }
}

function clean (values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) =>
    !(value === '' || value === undefined || value === false || (Array.isArray(value) && !value.length))))
}
