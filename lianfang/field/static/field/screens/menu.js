// What else is done on this phone: cases, late entries, the tasks of other rooms, settings.
import { h, icon } from '../dom.js'
import { t } from '../words/index.js'
import { casesScreen } from './cases.js'
import { lateScreen } from './late.js'
import { settingsScreen } from './settings.js'
import { statusScreen } from './status.js'
import { taskScreen } from '../tasks.js'

export function menuScreen (view, phone) {
  const menu = h('div.menu')
  function draw () {
    const cases = phone.ledger.openCases().length
    menu.replaceChildren(
      item('arrow-left', t('回到登记'), () => view.back()),
      item('exclamation-triangle', t('暂留待处理'), () => view.go(casesScreen), cases),
      item('clock-history', t('补登'), () => view.go(lateScreen)),
      ...phone.house.tasks.filter(task => !task.chosen || phone.bundle.data.has(task.code)).map(task => item(task.icon, task.title, () => view.go(taskScreen, task))),
      item('upload', t('上传情况'), () => view.go(statusScreen), phone.refusedCount),
      item('gear', t('设置'), () => view.go(settingsScreen)))
  }
  const item = (mark, text, act, count = 0) =>
    h('button', { type: 'button', onclick: act }, icon(mark), h('span', text), count ? h('span.count.end', String(count)) : h('span.end', icon('chevron-right')))
  draw()
  return { stage: [h('h1.unseen', t('菜单')), menu], update: draw }
}
