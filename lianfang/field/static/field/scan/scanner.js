// The camera in front of everything, until a code is found or the guard types instead.
import { h, icon } from '../dom.js'
import { t } from '../words/index.js'
import { reader } from './reader.js'
import { signal } from '../signals.js'

// Resolves with the text of the code; '' when the guard closes it.
export function scan (phone, { prompt = t('把二维码放进框里') } = {}) {
  return new Promise(resolve => {
    const video = h('video', { muted: true, playsInline: true, autoplay: true })
    video.setAttribute('playsinline', '')
    const said = h('p.said', { role: 'status' }, prompt)
    let stream = null
    let open = true
    const close = text => {
      if (!open) return
      open = false
      stream?.getTracks().forEach(track => track.stop())
      sheet.remove()
      removeEventListener('keydown', escape)
      resolve(text)
    }
    const escape = event => { if (event.key === 'Escape') close('') }
    const torch = h('button', { type: 'button', hidden: true, onclick: () => light() }, icon('lightbulb'), ' ', t('照明'))
    const sheet = h('div.scanner', { role: 'dialog', 'aria-modal': 'true', 'aria-label': t('扫码') },
      video, h('div.aim'), said,
      h('div.foot', h('button', { type: 'button', onclick: () => close('') }, t('改为输入')), torch))
    document.body.append(sheet)
    addEventListener('keydown', escape)
    let lit = false
    const light = () => {
      lit = !lit
      stream?.getVideoTracks()[0]?.applyConstraints({ advanced: [{ torch: lit }] }).catch(() => {})
    }
    start().catch(error => {
      said.textContent = error?.name === 'NotAllowedError'
        ? t('没有相机权限。请在浏览器设置里允许,或改为输入。')
        : t('打不开相机,请改为输入。')
    })

    async function start () {
      const wanted = { video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false }
      stream = await navigator.mediaDevices.getUserMedia(wanted)
      if (!open) {
        stream.getTracks().forEach(track => track.stop())
        return
      }
      video.srcObject = stream
      torch.hidden = !stream.getVideoTracks()[0]?.getCapabilities?.().torch
      await video.play()
      const read = await reader()
      while (open) {
        let text = ''
        try {
          text = await read(video)
        } catch { /* the next picture */ }
        if (text) {
          signal('scan', { sound: phone.settings.sound !== false })
          close(text)
          return
        }
        await new Promise(resolve => setTimeout(resolve, 60))
      }
    }
  })
}
