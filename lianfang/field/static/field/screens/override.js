// Who approves what the rules do not allow: a named person, and why.
import { choose, h, icon } from '../dom.js'
import { t } from '../words/index.js'

export function overrideScreen (view, phone, { title, reason = '' }, take) {
  const leaders = phone.leaders
  let by = ''
  let why = reason
  const name = h('input', { type: 'text', autocomplete: 'off', maxLength: 80, value: by, oninput: () => { by = name.value; done.disabled = !by.trim() || !why } })
  const done = h('button.main.wide', { type: 'button', disabled: true, onclick: () => { view.back(); setTimeout(() => take({ by: by.trim(), reason: why }), 0) } }, t('特批放行'))
  const reasons = h('div')
  const people = h('div')
  function draw () {
    people.replaceChildren(choose(leaders.map(one => [one, one]), by, value => { by = value; name.value = value; draw() }, { className: 'wrap', label: t('批准人') }))
    reasons.replaceChildren(choose([t('就医'), t('急事'), t('公务'), t('情况特殊,先放行')].map(one => [one, one]), why, value => { why = value; draw() }, { className: 'wrap', label: t('原因') }))
    done.disabled = !by.trim() || !why
  }
  draw()
  return {
    stage: [
      h('div.person-head', h('button.back', { type: 'button', 'aria-label': t('返回'), onclick: () => view.back() }, icon('arrow-left')), h('h1', t('特批放行'))),
      h('p', t('按规则:{title}。放行须有人批准,姓名和原因一并登记。', { title })),
      h('div.sheet', h('b', t('批准人')), people, h('label', t('或输入姓名'), name), h('b', t('原因')), reasons)
    ],
    dock: done
  }
}
