// What a scanned code means: a signed pass, or something to look for.
import { plateOf } from './plates.js'

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
  const { bundle, device } = phone
  const { checkPass, keyRing } = await import('./passes/passes.js')
  const ring = await keyRing(bundle.manifest?.pass_keys ?? [])
  const check = await checkPass(text, ring, {
    now: Math.floor(Date.now() / 1000),
    latestSeen: Math.floor((phone.latestSeen - 120_000) / 1000),
    place: bundle.manifest?.place.short ?? '',
    revoked: phone.revokedPasses
  })
  const { claims } = check
  const shown = { code: check.code, label: claims?.label ?? '', number: claims?.number ?? null, forSituation: check.forSituation(), device: device.id, household: '', passId: '' }
  if (!claims) return { shown }
  const hit = bundle.lookup.byId(claims.subject) ?? (claims.household ? bundle.lookup.byId(claims.household) : null)
  const at = claims.kind === 'vehicle' ? bundle.lookup.byId(claims.household) : hit
  if (!at) return { shown, category: claims.kind === 'staff' ? 'employee' : 'visitor' }
  shown.household = bundle.lookup.household(at.household).id
  return { ...at, shown, plate: claims.kind === 'vehicle' ? plateOf(claims.label) : '' }
}
