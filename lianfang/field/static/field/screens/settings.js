// Few settings: night, sound, language; and which gate this phone belongs to.
import { choose, h, icon } from '../dom.js'
import { speak, spoken, t } from '../words/index.js'
import { enrolScreen } from './enrol.js'

export function settingsScreen (view, phone) {
  const stage = h('div.list')
  function draw () {
    const night = document.documentElement.dataset.night === 'on'
    stage.replaceChildren(
      h('div.person-head', h('button.back', { type: 'button', 'aria-label': t('返回'), onclick: () => view.back() }, icon('arrow-left')), h('h1', t('设置'))),
      h('b', t('显示')), choose([[false, t('白天')], [true, t('夜间')]], night, value => phone.set('night', value).then(draw), { label: t('显示') }),
      h('b', t('声音')), choose([[true, t('开')], [false, t('关')]], phone.settings.sound !== false, value => phone.set('sound', value).then(draw), { label: t('声音') }),
      h('b', t('住户体温正常时')), choose([[true, t('直接放行')], [false, t('再点放行')]], phone.settings.direct !== false, value => phone.set('direct', value).then(draw), { label: t('住户体温正常时') }),
      h('b', t('语言')), choose([['zh-hans', '中文'], ['en', 'English']], spoken(), value => { speak(value); phone.set('language', value).then(draw) }, { label: t('语言') }),
      h('p.quiet', t('设备:{name}', { name: phone.device?.name || phone.gateName }), h('br'), t('场所:{name}', { name: phone.device?.place?.name ?? '' })),
      h('button.wide', { type: 'button', onclick: () => view.go(enrolScreen) }, t('重新登记到别的值守点')))
  }
  draw()
  return { stage, update: draw }
}
