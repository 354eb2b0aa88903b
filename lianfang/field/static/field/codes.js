// What a scanned code means: a signed pass, or something to look for.
import { checkPass, readSpoken } from './passes/passes.js'
import { plateOf } from './plates.js'

// A phone's clock and the server's may differ by so much (milliseconds).
const CLOCK_TOLERANCE = 120_000

// { household, person?, plate?, shown? } where it leads to somebody of the place, { shown } for a pass of
// somebody else, {} for anything else.
export async function readCode (phone, text) {
  const trimmed = text.trim()
  if (trimmed.startsWith('LF1:')) return readPass(phone, trimmed)
  if (!trimmed || trimmed.length > 30) return {}
  const [hit] = await phone.bundle.lookup.find(plateOf(trimmed) || trimmed, 1)
  return hit ?? {}
}

async function readPass (phone, text) {
  const { bundle } = phone
  const check = await checkPass(text, bundle.manifest?.pass_keys ?? [], {
    now: Math.floor(Date.now() / 1000),
    latestSeen: Math.floor((phone.latestSeen - CLOCK_TOLERANCE) / 1000),
    place: bundle.manifest?.place.id ?? '',
    revoked: phone.revokedPasses
  })
  const { claims } = check
  const shown = { check, label: claims?.label ?? '' }
  if (!claims) return { shown }
  phone.see(claims.issued_at * 1000)
  const at = claims.kind === 'vehicle' ? bundle.lookup.byId(claims.household) : bundle.lookup.byId(claims.subject)
  if (!at) return { shown, category: claims.kind === 'staff' ? 'employee' : 'visitor' }
  return { ...at, shown, plate: claims.kind === 'vehicle' ? plateOf(claims.label) : '' }
}

// The pass that was named by its spoken code, its number, or found in `typed` at all; null if none was.
// It proves less than the code of the card, so the guard still compares the room.
export function namedPass (phone, typed, home, person = null) {
  const said = readSpoken(typed) ?? ''
  const number = typed.trim()
  const found = [...(person?.passes ?? []), ...home.passes].find(pass => pass[1] ? pass[1] === said || pass[0] === number : pass[0] === number)
  if (!found) return null
  const [passNumber, , kind, from, to] = found
  const now = Math.floor(Date.now() / 1000)
  const code = phone.revokedPasses?.has(passNumber) ? 'revoked' : now < from ? 'not_yet_valid' : now >= to ? 'expired' : 'valid'
  const claims = { number: passNumber, kind, colour: '', phase: '', valid_from: from, subject: home.id, household: home.id }
  return { check: { code, claims }, label: home.label }
}
