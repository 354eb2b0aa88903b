// What is decided is also heard and felt: a guard looks at the person, not at the phone.

let sounds = null

const TONES = {
  go: [[880, 0, 0.09]],
  stop: [[330, 0, 0.16], [262, 0.2, 0.26]],
  wait: [[523, 0, 0.1], [523, 0.16, 0.1]],
  scan: [[1245, 0, 0.05]]
}
const PULSES = { go: [40], stop: [160, 80, 160], wait: [80, 60, 80], scan: [20] }

export function signal (kind, { sound = true } = {}) {
  try { navigator.vibrate?.(PULSES[kind]) } catch { /* not on this device */ }
  if (kind === 'go' || kind === 'stop') flash(kind)
  if (!sound) return
  try {
    sounds ??= new AudioContext()
    if (sounds.state === 'suspended') sounds.resume()
    for (const [pitch, after, length] of TONES[kind]) {
      const at = sounds.currentTime + after
      const tone = sounds.createOscillator()
      const gain = sounds.createGain()
      tone.frequency.value = pitch
      gain.gain.setValueAtTime(0.0001, at)
      gain.gain.exponentialRampToValueAtTime(0.3, at + 0.01)
      gain.gain.exponentialRampToValueAtTime(0.0001, at + length)
      tone.connect(gain).connect(sounds.destination)
      tone.start(at)
      tone.stop(at + length + 0.02)
    }
  } catch { /* silent */ }
}

function flash (kind) {
  const sheet = document.createElement('div')
  sheet.className = `flash ${kind}`
  document.body.append(sheet)
  sheet.addEventListener('animationend', () => sheet.remove())
  setTimeout(() => sheet.remove(), 800)
}
