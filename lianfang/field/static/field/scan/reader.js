// Reads QR codes from pictures: the browser's own reader where it has one, zxing in WebAssembly, jsQR.

const VENDOR = new URL('../../vendor/', import.meta.url)

let chosen = null

// A function from a video to the text of a code in it, or ''.
export function reader () {
  chosen ??= ownReader().catch(() => null).then(own => own ?? zxing().catch(() => jsqr()))
  return chosen
}

async function ownReader () {
  if (!('BarcodeDetector' in globalThis)) return null
  const formats = await BarcodeDetector.getSupportedFormats()
  if (!formats.includes('qr_code')) return null
  const detector = new BarcodeDetector({ formats: ['qr_code'] })
  return async video => (await detector.detect(video))[0]?.rawValue ?? ''
}

async function zxing () {
  const { prepareZXingModule, readBarcodes } = await import(new URL('zxing-wasm-3.1.4/es/reader/index.js', VENDOR))
  const wasm = new URL('zxing-wasm-3.1.4/zxing_reader.wasm', VENDOR).href
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
  const picture = pictures()
  return async video => {
    const image = picture(video)
    if (!image) return ''
    const [found] = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true })
    return found?.isValid ? found.text : ''
  }
}

async function jsqr () {
  await import(new URL('jsqr-1.4.0/jsQR.js', VENDOR))
  const picture = pictures()
  return async video => {
    const image = picture(video)
    return image ? globalThis.jsQR(image.data, image.width, image.height)?.data ?? '' : ''
  }
}

function pictures () {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return video => {
    const { videoWidth: width, videoHeight: height } = video
    if (!width) return null
    const scale = Math.min(1, 960 / Math.max(width, height))
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    return context.getImageData(0, 0, canvas.width, canvas.height)
  }
}
