// The key pair of this phone: kept by the browser so that nobody can copy it; where the browser knows no
// Ed25519, by @noble/ed25519 with the secret sealed like everything else.

const noble = () => import('../vendor/noble-ed25519-3.2.0/ed25519.js')

// { publicKey: bytes, kept } where `kept` can be stored.
export async function newKeyPair (vault) {
  try {
    const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])
    return { publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)), kept: { key: pair.privateKey } }
  } catch {
    const secret = crypto.getRandomValues(new Uint8Array(32))
    const { getPublicKeyAsync } = await noble()
    return { publicKey: await getPublicKeyAsync(secret), kept: { sealed: await vault.seal(secret, 'device key') } }
  }
}

export async function signed (vault, kept, bytes) {
  if (kept.key) return new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, kept.key, bytes))
  const { signAsync } = await noble()
  return signAsync(new Uint8Array(bytes), new Uint8Array(await vault.open(kept.sealed, 'device key')))
}
