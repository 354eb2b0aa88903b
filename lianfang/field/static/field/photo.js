// A photograph as evidence: taken by the phone's camera, made small, without what the camera wrote into it.
import { base64, fromBase64 } from './store/canonical.js'
import { h, icon } from './dom.js'
import { t } from './words/index.js'

const LONGEST_SIDE = 1280
const MOST_BYTES = 150_000

// `take` gets { data (base64 of a JPEG), picture (a canvas to show) }.
export function photoButton (text, take) {
  const file = h('input.unseen', { type: 'file', accept: 'image/*', tabIndex: -1, 'aria-label': text, onchange: chosen })
  file.setAttribute('capture', 'environment')
  const trouble = h('span.trouble', { role: 'alert' })
  const button = h('button', { type: 'button', onclick: () => file.click() }, icon('camera'), ' ', text)

  async function chosen () {
    const [one] = file.files
    file.value = ''
    if (!one) return
    trouble.textContent = ''
    button.disabled = true
    try {
      take(await small(one))
    } catch (error) {
      console.warn('photo', error)
      trouble.textContent = t('这张照片用不了,请重拍。')
    } finally {
      button.disabled = false
    }
  }
  return h('div.photo-button', button, file, trouble)
}

// The canvas of a photograph that was kept as base64.
export async function pictureOf (data) {
  const whole = await createImageBitmap(new Blob([fromBase64(data)], { type: 'image/jpeg' }))
  const picture = h('canvas', { width: whole.width, height: whole.height })
  picture.getContext('2d').drawImage(whole, 0, 0)
  return picture
}

// A JPEG of at most so many bytes: smaller by steps until it fits.
export async function small (blob) {
  const whole = await createImageBitmap(blob)
  for (let side = LONGEST_SIDE, quality = 0.72; ; side *= 0.8, quality = Math.max(0.5, quality - 0.08)) {
    const share = Math.min(1, side / Math.max(whole.width, whole.height))
    const picture = h('canvas', { width: Math.max(1, Math.round(whole.width * share)), height: Math.max(1, Math.round(whole.height * share)) })
    picture.getContext('2d').drawImage(whole, 0, 0, picture.width, picture.height)
    const made = await new Promise(resolve => picture.toBlob(resolve, 'image/jpeg', quality))
    if (!made) throw new Error('no picture')
    if (made.size <= MOST_BYTES || side < 300) return { data: base64(await made.arrayBuffer()), picture }
  }
}
