// The offline bundle (离线包): a manifest that the server signed, and the look-up data in chunks named by
// their content. Only what is new is fetched; everything rests sealed; a broken piece is not taken.
import { call } from './server.js'
import { verifySignature } from './passes/passes.js'
import { all, answer, get, transact } from './store/database.js'
import { fromBase64, hex } from './store/canonical.js'
import { Lookup, pack } from './store/lookup.js'

const MOST_AT_ONCE = 3

export class BundleBroken extends Error {}

export class Bundle {
  constructor (db, vault) {
    this.db = db
    this.vault = vault
    this.manifest = null
    this.lookup = new Lookup()
    this.data = new Map()
  }

  // What is already on the phone.
  async open () {
    const kept = await get(this.db, 'meta', 'bundle')
    if (!kept) return this
    this.#take(JSON.parse(await this.vault.openText(kept.sealed, 'bundle')))
    const packed = await get(this.db, 'meta', 'packed')
    if (packed) {
      const block = await this.vault.open(packed.sealed, 'packed')
      this.lookup = new Lookup(block, await this.#tailKey())
    }
    await this.#openData()
    return this
  }

  // Fetch what has changed. `onProgress(done, all)` hears of chunks. Resolves with whether anything has.
  async refresh (device, onProgress = () => {}) {
    const kept = await get(this.db, 'meta', 'bundle')
    const headers = kept?.etag ? { 'If-None-Match': kept.etag } : {}
    const said = await call(device.bundle, { token: device.token, headers })
    if (said.status === 304) return false
    const text = await this.#verified(said.body, device)
    const manifest = JSON.parse(text)
    const needed = new Map(Object.values(manifest.lookup).concat(Object.values(manifest.data)).map(one => [one.hash, one]))
    const there = new Set(await transact(this.db, 'chunks', 'readonly', store => answer(store.getAllKeys())))
    const missing = [...needed.keys()].filter(hash => !there.has(hash))
    let done = 0
    onProgress(0, missing.length)
    const take = async () => {
      for (let hash = missing.pop(); hash; hash = missing.pop()) {
        await this.#fetchChunk(device, hash)
        onProgress(++done, done + missing.length)
      }
    }
    await Promise.all(Array.from({ length: MOST_AT_ONCE }, take))
    const sealed = await this.vault.seal(text, 'bundle')
    const block = await this.#packAll(manifest)
    const packed = await this.vault.seal(block, 'packed')
    await transact(this.db, ['meta', 'chunks'], 'readwrite', async (meta, chunks) => {
      meta.put({ sealed, etag: said.headers.get('ETag'), at: Date.now() }, 'bundle')
      meta.put({ sealed: packed }, 'packed')
      for (const hash of there) if (!needed.has(hash)) chunks.delete(hash)
    })
    this.#take(manifest)
    this.lookup = new Lookup(block.buffer, await this.#tailKey())
    await this.#openData()
    return true
  }

  // Nothing of the place stays on the phone.
  async wipe () {
    await transact(this.db, ['meta', 'chunks', 'crossings'], 'readwrite', (meta, chunks, crossings) => {
      for (const key of ['bundle', 'packed', 'crossings']) meta.delete(key)
      chunks.clear()
      crossings.clear()
    })
    this.manifest = null
    this.lookup = new Lookup()
    this.data = new Map()
  }

  #take (manifest) { this.manifest = manifest }

  async #verified ({ manifest, signature }, device) {
    const good = await verifySignature(fromBase64(device.bundleKey), fromBase64(signature), new TextEncoder().encode(manifest))
    if (!good) throw new BundleBroken('signature')
    return manifest
  }

  async #fetchChunk (device, hash) {
    const { body } = await call(`${device.bundle}/${hash}`, { token: device.token, raw: true })
    const bytes = new TextEncoder().encode(body)
    if (hex(await crypto.subtle.digest('SHA-256', bytes)) !== hash) throw new BundleBroken('chunk')
    const sealed = await this.vault.seal(bytes, `chunk ${hash}`)
    await transact(this.db, 'chunks', 'readwrite', store => answer(store.put({ hash, sealed })))
  }

  async #packAll (manifest) {
    const wanted = Object.values(manifest.lookup)
    const chunks = []
    for (const { hash } of wanted) {
      const row = await get(this.db, 'chunks', hash)
      chunks.push(JSON.parse(await this.vault.openText(row.sealed, `chunk ${hash}`)))
    }
    return pack(chunks)
  }

  async #openData () {
    this.data = new Map()
    for (const [code, { hash }] of Object.entries(this.manifest.data)) {
      const row = await get(this.db, 'chunks', hash)
      if (row) this.data.set(code, JSON.parse(await this.vault.openText(row.sealed, `chunk ${hash}`)))
    }
  }

  #tailKey () {
    return crypto.subtle.importKey('raw', fromBase64(this.manifest.tail_key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  }
}

// Crossings that the other phones of the place sent (for the households' quotas), sealed page by page.
export class Crossings {
  constructor (db, vault) {
    this.db = db
    this.vault = vault
  }

  // All that are kept: [passage, household, person, seconds, "in" or "out", withdrawn].
  async open (since) {
    const pages = await all(this.db, 'crossings')
    const rows = []
    for (const page of pages.filter(one => one.at >= since)) {
      rows.push(...JSON.parse(await this.vault.openText(page.sealed, 'crossings')))
    }
    return rows
  }

  // Fetch those after the last ones; `take(rows)` hears of every page once it is kept.
  async refresh (device, take) {
    for (;;) {
      const kept = await get(this.db, 'meta', 'crossings')
      const { body } = await call(`${device.bundle}/crossings?after=${encodeURIComponent(kept?.after ?? '')}`, { token: device.token })
      if (body.rows.length) {
        const sealed = await this.vault.seal(JSON.stringify(body.rows), 'crossings')
        const oldest = Date.now() - 8 * 86_400_000
        await transact(this.db, ['meta', 'crossings'], 'readwrite', async (meta, crossings) => {
          crossings.add({ sealed, at: Date.now() })
          meta.put({ after: body.next }, 'crossings')
          const cursor = crossings.openCursor()
          for (let at = await answer(cursor); at && at.value.at < oldest; at = await answer(cursor)) {
            at.delete()
            at.continue()
          }
        })
        take(body.rows)
      }
      if (!body.more) return
    }
  }
}
