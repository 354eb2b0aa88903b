// Sends what is in the outbox, oldest first, in one tab at a time; waits longer after each failure.
import { NoNetwork, Refused, Revoked, call, gzip } from './server.js'
import { locked } from './store/outbox.js'
import { base64url, stamp } from './store/canonical.js'

const MOST_RECORDS = 1000
const MOST_CHARACTERS = 800_000
const SOON = 800
const FIRST_WAIT = 3_000
const LONGEST_WAIT = 300_000

export class Sync {
  // `device()` gives { id, token, records } or null; `onState` hears after every attempt.
  constructor ({ outbox, device, onState, onRevoked, onTime }) {
    Object.assign(this, { outbox, device, onState, onRevoked, onTime })
    this.wait = FIRST_WAIT
    this.lastHeard = 0
    this.trouble = ''
    this.timer = 0
    this.running = null
    this.stopped = false
  }

  start () {
    addEventListener('online', () => this.soon(0))
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.soon(0) })
    this.soon(0)
  }

  // The server has answered something: there is network.
  heard () {
    this.lastHeard = Date.now()
    if (this.trouble !== 'no_network') return
    this.trouble = ''
    this.soon(0)
  }

  stop () {
    this.stopped = true
    clearTimeout(this.timer)
  }

  soon (delay = SOON) {
    if (this.stopped) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.attempt(), delay)
  }

  // One attempt; those that ask meanwhile get the same one.
  attempt () {
    this.running ??= this.#attempt().finally(() => { this.running = null })
    return this.running
  }

  async #attempt () {
    const device = this.device()
    if (!device || this.stopped) return
    try {
      await locked('lianfang-sync', lock => lock === null ? null : this.#sendAll(device), { ifAvailable: true })
      this.wait = FIRST_WAIT
      this.trouble = ''
    } catch (error) {
      if (error instanceof Revoked) {
        this.stop()
        await this.onRevoked(error)
        return
      }
      if (!(error instanceof NoNetwork || error instanceof Refused)) console.warn('sync', error)
      this.trouble = error instanceof NoNetwork ? 'no_network' : error instanceof Refused ? error.code || String(error.status) : 'fault'
      // A little at random, so that the phones of a county do not come back all at once.
      this.soon(this.wait * (0.75 + Math.random() / 2))
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT)
    }
    this.onState()
  }

  async #sendAll (device) {
    let characters = MOST_CHARACTERS
    for (;;) {
      const records = await this.outbox.unsent(MOST_RECORDS, characters)
      if (!records.length) return
      let answer
      try {
        answer = await this.#send(device, records)
      } catch (error) {
        const tooLarge = error instanceof Refused && (error.status === 413 || error.code === 'batch_too_large')
        if (!tooLarge || records.length === 1) throw error
        characters = Math.floor(characters / 2)
        continue
      }
      this.lastHeard = Date.now()
      const said = new Map(answer.results.map(one => [one.seq, one]))
      let last = records[0].seq - 1
      const refusals = []
      for (const { seq } of records) {
        const one = said.get(seq)
        if (!one) break
        last = seq
        if (one.status === 'refused') refusals.push({ seq, code: one.code ?? '', message: one.message ?? '' })
      }
      await this.outbox.settle(device.id, last, refusals, answer.gaps)
      this.onState()
      if (last < records[0].seq) throw new Refused(502, 'no_answer', '')
    }
  }

  async #send (device, records) {
    const about = `"device":${JSON.stringify(device.id)},"sent_at":${JSON.stringify(stamp())}`
    const { body, headers } = await gzip(`{${about},"records":[${records.map(asSent).join(',')}]}`)
    headers['X-Device-Signature'] = base64url(await device.sign(body))
    const { body: answer, headers: said } = await call(device.records, {
      method: 'POST', token: device.token, body, headers: { 'Content-Type': 'application/json', ...headers }
    })
    this.onTime(Date.parse(answer.received_at ?? said.get('Date')))
    return answer
  }
}

// A record right behind the one before it need not say that one's digest: the server puts it in again.
// No compression makes a digest smaller, and most of a long queue's bytes would be digests.
const PREVIOUS = '"prev":"'

function asSent ({ seq, text }, index, records) {
  if (!index || records[index - 1].seq !== seq - 1) return text
  const at = text.lastIndexOf(PREVIOUS)
  return text.slice(0, at) + text.slice(at + PREVIOUS.length + 64 + 2)
}
