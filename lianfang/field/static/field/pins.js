// The shift PIN is checked without network: the bundle brings its digest (PBKDF2), never the PIN.
import { base64, fromBase64 } from './store/canonical.js'

export async function checkPin ({ digest }, typed) {
  const [kind, iterations, salt, expected] = digest.split('$')
  if (kind !== 'pbkdf2_sha256' || !typed) return false
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(typed), 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64(salt), iterations: Number(iterations) }, key, 256)
  return base64(bits).replace(/=+$/, '') === base64(fromBase64(expected)).replace(/=+$/, '')
}

// Who is called `name` and has the shift PIN `typed` today: { id, name }, or null. The PIN is kept nowhere.
export async function pinOf (phone, name, typed) {
  for (const pin of phone.pins) {
    if (pin.name === name.trim() && await checkPin(pin, typed)) return { id: pin.id, name: pin.name }
  }
  return null
}
