// Opens the phone page: what this phone is decides the first screen.
import { h, iconsFrom } from './dom.js'
import { Phone } from './phone.js'
import { frame } from './screens/frame.js'
import { enrolScreen } from './screens/enrol.js'
import { gateScreen } from './screens/gate.js'
import { dutyScreen } from './screens/duty.js'
import { revokedScreen } from './screens/revoked.js'
import { speak, t } from './words/index.js'

const house = JSON.parse(document.getElementById('house').textContent)
iconsFrom(house.icons)
speak(house.language)
document.documentElement.dataset.night = matchMedia('(prefers-color-scheme: dark)').matches ? 'on' : 'off'

if ('serviceWorker' in navigator) navigator.serviceWorker.register(house.worker).catch(() => {})

start().catch(error => {
  console.warn(error)
  const secure = globalThis.isSecureContext
  document.getElementById('app').replaceChildren(h('p.opening', secure
    ? t('打不开本机的记录:{why}', { why: error?.message ?? error })
    : t('本页要用 https 地址打开,才能在没有网络时工作并加密保存。请用站点的 https 地址。')))
})

async function start () {
  const phone = await new Phone(house).open()
  if (phone.settings.language) speak(phone.settings.language)
  applyNight(phone)
  const view = frame(document.getElementById('app'), phone)
  phone.addEventListener('revoked', () => view.reset(revokedScreen))
  phone.addEventListener('change', () => applyNight(phone))
  globalThis.lianfangPhone = phone // for tests and for help on the spot

  const code = location.pathname.endsWith('/enrol') ? decodeURIComponent(location.hash.slice(1)) : ''
  if (code || (!phone.device && !phone.revoked)) view.reset(enrolScreen, code)
  else if (phone.revoked) view.reset(revokedScreen)
  else if (!phone.guard) view.reset(dutyScreen)
  else view.reset(gateScreen)
  performance.mark('field-open')
  await phone.load()
  performance.mark('field-ready')
}

function applyNight (phone) {
  const chosen = phone.settings.night
  const dark = chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen
  document.documentElement.dataset.night = dark ? 'on' : 'off'
}
