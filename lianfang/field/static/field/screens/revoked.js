// This phone was revoked: it knows nobody any more; what it had not sent stays sealed for the duty leader.
import { h, icon } from '../dom.js'
import { t } from '../words/index.js'
import { enrolScreen } from './enrol.js'

export function revokedScreen (view, phone) {
  return {
    stage: [
      h('div.verdict.stop', h('h2', icon('x-circle-fill'), t('这部手机已注销')),
        h('p', t('住户资料已从手机上清除。请把手机交给带班领导。')),
        phone.unsent ? h('p', t('还有 {n} 条记录没有上传,仍加密保存在这部手机上;重新登记后自动补传。', { n: phone.unsent })) : null),
      h('button.wide', { type: 'button', onclick: () => view.reset(enrolScreen) }, t('重新登记'))
    ]
  }
}
