// What rests on this phone is sealed by a key that the browser keeps and nobody can copy out of it.
import { answer, get, transact } from './database.js'

const NONCE = 12

export class Vault {
  constructor (key) { this.key = key }

  // The key of this phone; made at the first opening, the same for all tabs.
  static async open (db) {
    let key = await get(db, 'meta', 'key')
    if (!key) {
      const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
      key = await transact(db, 'meta', 'readwrite', async meta => {
        const there = await answer(meta.get('key'))
        if (there) return there
        await answer(meta.put(made, 'key'))
        return made
      })
    }
    return new Vault(key)
  }

  // `place` is where the content belongs: moved to another one it does not open.
  async seal (content, place) {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE))
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const sealed = await crypto.subtle.encrypt(this.#how(nonce, place), this.key, bytes)
    const out = new Uint8Array(NONCE + sealed.byteLength)
    out.set(nonce)
    out.set(new Uint8Array(sealed), NONCE)
    return out
  }

  async open (sealed, place) {
    return crypto.subtle.decrypt(this.#how(sealed.subarray(0, NONCE), place), this.key, sealed.subarray(NONCE))
  }

  async openText (sealed, place) {
    return new TextDecoder().decode(await this.open(sealed, place))
  }

  #how (nonce, place) {
    return { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(place) }
  }
}
