// This phone becomes the phone of a gate: by the code that the site lead shows.
import { h, icon } from '../dom.js'
import { t } from '../words/index.js'
import { NoNetwork, Refused } from '../server.js'
import { scan } from '../scan/scanner.js'
import { dutyScreen } from './duty.js'

export function enrolScreen (view, phone, code = '') {
  const field = h('input', { type: 'text', autocomplete: 'off', autocapitalize: 'characters', value: code, maxLength: 200 })
  const name = h('input', { type: 'text', autocomplete: 'off', maxLength: 60, placeholder: t('例如:东门白班手机') })
  const trouble = h('p.trouble', { role: 'alert' })
  const button = h('button.main.wide', { type: 'button', onclick: enrol }, t('登记这部手机'))

  async function scanCode () {
    const text = await scan(phone, { prompt: t('对准负责人屏幕上的二维码') })
    if (!text) return
    field.value = text.includes('#') ? decodeURIComponent(text.slice(text.lastIndexOf('#') + 1)) : text
    if (field.value) enrol()
  }

  async function enrol () {
    const said = field.value.trim()
    if (!said) {
      trouble.textContent = t('请扫码,或输入登记码。')
      field.focus()
      return
    }
    button.disabled = true
    trouble.textContent = ''
    try {
      await phone.enrol(said, name.value.trim())
    } catch (error) {
      trouble.textContent = error instanceof NoNetwork
        ? t('现在没有网络。登记手机时需要联网一次。')
        : error instanceof Refused && error.message ? error.message : t('登记没有成功,请让负责人重新出示二维码。')
      button.disabled = false
      return
    }
    history.replaceState(null, '', phone.house.page ?? location.pathname.replace(/enrol$/, ''))
    view.reset(dutyScreen)
    await phone.load()
    view.update()
  }

  return {
    stage: [
      h('h1', t('登记这部手机')),
      phone.device ? h('p.warn', icon('info-circle'), h('span', t('这部手机现在属于“{gate}”。重新登记后归新的值守点;没上传的记录会带过去。', { gate: phone.device.gate.name }))) : null,
      h('p', t('请场所负责人在电脑上打开“值守手机”,点“登记新手机”,然后扫屏幕上的二维码。')),
      h('button.scan.wide', { type: 'button', onclick: scanCode }, icon('qr-code-scan'), t('扫登记码')),
      h('div.sheet', h('label', t('或输入登记码'), field), h('label', t('手机名称(可不填)'), name)),
      trouble
    ].filter(Boolean),
    dock: button
  }
}
