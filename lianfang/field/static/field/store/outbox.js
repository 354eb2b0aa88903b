// The outbox (待发箱): every record of this phone, in one chain, only added.
//
// A record and the new head of the chain are written in one transaction: whatever happens in between,
// both are there or neither. Two tabs take turns; where the browser has no locks, the head is compared
// within the transaction and the later one tries again.
import { all, answer, count, get, transact } from './database.js'
import { canonical, digestOf, newId, stamp } from './canonical.js'

const NOTHING_BEFORE = '0'.repeat(64)
const KEPT_DAYS = 7

export class StorageFull extends Error {}

export class Outbox {
  constructor (db, vault) {
    this.db = db
    this.vault = vault
    this.channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('lianfang-outbox') : null
    this.heard = new Set()
    if (this.channel) this.channel.onmessage = () => this.#tell('elsewhere')
  }

  onChange (listener) { this.heard.add(listener) }

  // Begin the chain of a device. What another device left unsent is carried over as it was written.
  async begin (device) {
    const left = await this.unsent(Infinity)
    await transact(this.db, ['meta', 'outbox', 'refused'], 'readwrite', async (meta, outbox, refused) => {
      await answer(outbox.clear())
      await answer(refused.clear())
      await answer(meta.put({ device, seq: 0, hash: NOTHING_BEFORE, settled: 0 }, 'chain'))
    })
    for (const { text } of left) await this.#append(JSON.parse(text))
    this.#changed()
    return left.length
  }

  // Write a record down. It is on the disk when this resolves. Throws StorageFull, then nothing is written.
  async write ({ id = newId(), type, data, guard, happenedAt = Date.now(), corrects = null }) {
    const now = stamp()
    const record = await this.#append({
      id, type, data, guard, corrects, happened_at: stamp(happenedAt), written_at: now
    })
    this.#changed()
    return record
  }

  async #append ({ id, type, data, guard, corrects, happened_at: happened, written_at: written }) {
    return locked('lianfang-outbox', async () => {
      for (;;) {
        const head = await get(this.db, 'meta', 'chain')
        const record = {
          id, type, seq: head.seq + 1, prev: head.hash, happened_at: happened, written_at: written, guard, corrects, data
        }
        const text = canonical(record)
        const hash = await digestOf(text)
        const sealed = await this.vault.seal(text, `outbox ${head.device} ${record.seq}`)
        try {
          const done = await transact(this.db, ['meta', 'outbox'], 'readwrite', async (meta, outbox) => {
            const now = await answer(meta.get('chain'))
            if (now.hash !== head.hash || now.device !== head.device) return false
            outbox.add({ seq: record.seq, sealed, at: Date.now() })
            meta.put({ ...now, seq: record.seq, hash }, 'chain')
            return true
          })
          if (done) return record
        } catch (error) {
          if (error?.name === 'QuotaExceededError') throw new StorageFull()
          throw error
        }
      }
    })
  }

  // The oldest records that the server has not answered for, at most so many or so many characters:
  // their sequence and their text, which is sent as it was hashed.
  async unsent (most, characters = Infinity) {
    const head = await get(this.db, 'meta', 'chain')
    if (!head) return []
    const until = Math.min(head.seq, head.settled + most)
    if (until <= head.settled) return []
    const rows = await all(this.db, 'outbox', IDBKeyRange.bound(head.settled + 1, until))
    const found = []
    for (const row of rows) {
      const text = await this.#text(head, row)
      characters -= text.length
      if (characters < 0 && found.length) break
      found.push({ seq: row.seq, text })
    }
    return found
  }

  async unsentCount () {
    const head = await get(this.db, 'meta', 'chain')
    return head ? head.seq - head.settled : 0
  }

  // All records since a moment (milliseconds), oldest first, sent or not.
  async since (moment) {
    const head = await get(this.db, 'meta', 'chain')
    if (!head) return []
    const rows = (await all(this.db, 'outbox')).filter(row => row.at >= moment)
    return Promise.all(rows.map(async row => JSON.parse(await this.#text(head, row))))
  }

  // Records after a sequence number, oldest first: what another tab has written meanwhile.
  async after (seq) {
    const head = await get(this.db, 'meta', 'chain')
    if (!head || head.seq <= seq) return []
    const rows = await all(this.db, 'outbox', IDBKeyRange.lowerBound(seq, true))
    return Promise.all(rows.map(async row => JSON.parse(await this.#text(head, row))))
  }

  async refused () {
    const head = await get(this.db, 'meta', 'chain')
    const rows = await all(this.db, 'refused')
    const found = []
    for (const row of rows) {
      const kept = await get(this.db, 'outbox', row.seq)
      found.push({ ...row, record: kept ? JSON.parse(await this.#text(head, kept)) : null })
    }
    return found
  }

  // What the server said of the records up to `last`. Records that it misses from earlier are sent again.
  async settle (device, last, refusals, gaps = []) {
    const oldest = Date.now() - KEPT_DAYS * 86_400_000
    await transact(this.db, ['meta', 'outbox', 'refused'], 'readwrite', async (meta, outbox, refused) => {
      const head = await answer(meta.get('chain'))
      if (head.device !== device) return
      let settled = Math.max(head.settled, last)
      const missed = gaps.map(gap => gap[0]).filter(from => from <= settled).sort((a, b) => a - b)[0]
      if (missed !== undefined && (await answer(outbox.get(missed)))) settled = missed - 1
      for (const one of refusals) refused.put({ ...one, at: Date.now() })
      meta.put({ ...head, settled }, 'chain')
      // What is settled and old is let go of; what was refused stays.
      const keep = new Set(await answer(refused.getAllKeys()))
      let cursor = outbox.openCursor(IDBKeyRange.upperBound(settled))
      for (let at = await answer(cursor); at; at = await answer(cursor)) {
        if (at.value.at >= oldest) break
        if (!keep.has(at.key)) at.delete()
        at.continue()
        cursor = at.request
      }
    })
    this.#changed()
  }

  // What the server has taken is let go of at once: this phone is no longer ours.
  async forgetSettled () {
    await transact(this.db, ['meta', 'outbox', 'refused'], 'readwrite', async (meta, outbox, refused) => {
      const head = await answer(meta.get('chain'))
      if (!head) return
      const keep = new Set(await answer(refused.getAllKeys()))
      for (const seq of await answer(outbox.getAllKeys(IDBKeyRange.upperBound(head.settled)))) if (!keep.has(seq)) outbox.delete(seq)
    })
  }

  async refusedCount () { return count(this.db, 'refused') }

  async #text (head, row) { return this.vault.openText(row.sealed, `outbox ${head.device} ${row.seq}`) }

  #changed () {
    this.channel?.postMessage('changed')
    this.#tell()
  }

  #tell (where = 'here') { for (const listener of this.heard) listener(where) }
}

export function locked (name, work, options = {}) {
  return navigator.locks ? navigator.locks.request(name, options, work) : work()
}
