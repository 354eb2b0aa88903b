// The one form in which a record is hashed: keys sorted, no blanks, whole numbers only.
// docs/reference/field-protocol.md says the same for other clients.

export function canonical (value) {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not a whole number: ${value}`)
    return String(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`cannot be written down: ${typeof value}`)
  const keys = Object.keys(value).filter(key => value[key] !== undefined).sort()
  return `{${keys.map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}

export async function digestOf (text) {
  return hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

export function hex (buffer) {
  return Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('')
}

export function base64 (bytes) {
  let text = ''
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte)
  return btoa(text)
}

export function base64url (bytes) {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

export function fromBase64 (text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0))
}

let lastMoment = 0
let lastCount = 0

// UUIDv7 (RFC 9562): sorts by the moment it was made, also within one millisecond.
export function newId (now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  lastCount = now > lastMoment ? ((bytes[6] & 0x07) << 8) | bytes[7] : lastCount + 1
  lastMoment = Math.max(now, lastMoment)
  if (lastCount > 0xfff) {
    lastMoment += 1
    lastCount = 0
  }
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(lastMoment / 2 ** (8 * (5 - i))) % 256
  bytes[6] = 0x70 | (lastCount >> 8)
  bytes[7] = lastCount & 0xff
  bytes[8] = 0x80 | (bytes[8] & 0x3f)
  const text = hex(bytes)
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}

// RFC 3339 with the offset of the phone's clock, to the millisecond.
export function stamp (moment = Date.now()) {
  const date = new Date(moment)
  const east = -date.getTimezoneOffset()
  const local = new Date(moment + east * 60_000).toISOString().slice(0, 23)
  const two = number => String(number).padStart(2, '0')
  const away = Math.abs(east)
  return `${local}${east < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`
}
