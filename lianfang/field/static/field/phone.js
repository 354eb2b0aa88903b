// This phone: what it is, who is on duty, what it knows and what it has written.
import { Bundle, Crossings } from './bundle.js'
import { answer, get, openDatabase, put, remove, transact } from './store/database.js'
import { Outbox, StorageFull } from './store/outbox.js'
import { NoNetwork, Revoked, call } from './server.js'
import { newKeyPair, signed } from './signing.js'
import { Sync } from './sync.js'
import { Vault } from './store/vault.js'
import { Ledger } from './ledger.js'
import { compileRules } from './rules.js'
import { base64url, stamp } from './store/canonical.js'
import { asTyped, spoken } from './words/index.js'

// How a temperature is taken, and what that is called in the rules.
const THERMOMETERS = [
  { site: 'forehead', kind: 'forehead_gun', device: 'forehead_gun' },
  { site: 'axillary', kind: 'mercury', device: 'mercury' },
  { site: 'ear', kind: 'ear', device: 'ear' }
]

const REFRESH_EVERY = 5 * 60_000
const HARDLY_ANY = 60 * 1024 * 1024

export class Phone extends EventTarget {
  constructor (house) {
    super()
    this.house = house
    this.device = null
    this.guard = null
    this.settings = {}
    this.unsent = 0
    this.refusedCount = 0
    this.revoked = false
    this.space = { tight: false, free: Infinity }
    this.battery = null
    this.latestSeen = 0
    this.ready = false
  }

  async open () {
    this.db = await openDatabase()
    this.vault = await Vault.open(this.db)
    this.outbox = new Outbox(this.db, this.vault)
    this.bundle = new Bundle(this.db, this.vault)
    this.crossings = new Crossings(this.db, this.vault)
    this.ledger = new Ledger()
    const [device, guard, settings, seen, revoked] = await transact(this.db, 'meta', 'readonly', meta =>
      Promise.all(['device', 'guard', 'settings', 'seen', 'revoked'].map(key => answer(meta.get(key)))))
    this.settings = settings ?? {}
    this.latestSeen = seen ?? 0
    this.guard = guard ?? null
    this.revoked = Boolean(revoked)
    if (device) this.device = await this.#opened(device)
    this.sync = new Sync({
      outbox: this.outbox,
      device: () => this.revoked ? null : this.device,
      onState: () => this.#count(),
      onRevoked: () => this.revoke(),
      onTime: moment => this.see(moment)
    })
    this.outbox.onChange(where => { this.#count(); if (where === 'elsewhere') this.#takeNew() })
    await this.#count()
    this.#watchSpace()
    this.#watchBattery()
    return this
  }

  // What takes a moment: the look-up data and the last days, after the first screen is there.
  async load () {
    if (this.device && !this.revoked) {
      await this.bundle.open()
      const since = Date.now() - 4 * 86_400_000
      for (const record of await this.outbox.since(since)) this.#learn(record)
      this.ledger.takeCrossings(await this.crossings.open(since))
    }
    this.ready = true
    this.changed()
    if (this.device && !this.revoked) {
      this.sync.start()
      this.refresh()
      setInterval(() => this.refresh(), REFRESH_EVERY)
      addEventListener('online', () => this.refresh())
    }
  }

  changed () { this.dispatchEvent(new Event('change')) }

  // Enrol by the code of the QR that the site lead shows.
  async enrol (code, name) {
    const { publicKey, kept } = await newKeyPair(this.vault)
    const { body } = await call(this.house.enrol, { method: 'POST', json: { code, public_key: base64url(publicKey), name } })
    const { token, device: id, gate, place, bundle_key: bundleKey = '' } = body
    const sealed = await this.vault.seal(token, 'token')
    const device = { id, gate, place, name, bundleKey, token: sealed, signing: kept, enrolledAt: Date.now() }
    await this.bundle.wipe()
    await this.outbox.begin(id)
    this.ledger = new Ledger()
    this.learned = new Set()
    this.lastLearned = 0
    await transact(this.db, 'meta', 'readwrite', meta => {
      meta.put(device, 'device')
      meta.delete('revoked')
      meta.delete('guard')
    })
    this.device = await this.#opened(device)
    this.guard = null
    this.revoked = false
    this.see(Date.parse(body.server_time))
    navigator.storage?.persist?.()
  }

  async #opened (device) {
    return {
      ...device,
      token: await this.vault.openText(device.token, 'token'),
      records: this.house.records,
      bundle: this.house.bundle,
      sign: bytes => signed(this.vault, device.signing, bytes)
    }
  }

  // This phone is no longer ours: what it knew of the place goes, what it has not sent stays sealed.
  async revoke () {
    this.sync.stop()
    await put(this.db, 'meta', true, 'revoked')
    await this.bundle.wipe()
    await this.outbox.forgetSettled()
    await transact(this.db, 'meta', 'readwrite', async meta => {
      for (const key of await answer(meta.getAllKeys())) if (key === 'guard' || String(key).startsWith('draft ')) meta.delete(key)
    })
    this.guard = null
    this.ledger = new Ledger()
    this.revoked = true
    this.dispatchEvent(new Event('revoked'))
    this.changed()
  }

  // Rules, look-up data and what other phones saw. Says nothing when there is no network.
  async refresh () {
    if (!this.device || this.revoked) return false
    try {
      const fresh = await this.bundle.refresh(this.device, (done, all) => {
        this.fetching = all && done < all ? { done, all } : null
        this.changed()
      })
      await this.crossings.refresh(this.device, rows => this.ledger.takeCrossings(rows))
      this.fetching = null
      this.bundleTrouble = ''
      this.sync.heard()
      if (fresh) this.dispatchEvent(new Event('bundle'))
      this.changed()
      return true
    } catch (error) {
      this.fetching = null
      if (error instanceof Revoked) await this.revoke()
      else if (error instanceof NoNetwork) this.sync.trouble = 'no_network'
      else {
        console.warn('bundle', error)
        this.bundleTrouble = error?.name === 'QuotaExceededError' ? 'full' : 'broken'
      }
      this.changed()
      return false
    }
  }

  // Write a record down; throws StorageFull and nothing is written.
  async write (type, data, more = {}) {
    try {
      const record = await this.outbox.write({ type, data, guard: this.guard?.name ?? '', ...more })
      this.#learn(record)
      this.see(Date.now())
      this.sync.soon()
      this.#measureSpace()
      return record
    } catch (error) {
      if (error instanceof StorageFull) {
        this.space = { tight: true, full: true, free: 0 }
        this.changed()
      }
      throw error
    }
  }

  // Each record counts once, also one that another tab has written.
  #learn (record) {
    this.learned ??= new Set()
    if (this.learned.has(record.id)) return
    this.learned.add(record.id)
    this.lastLearned = Math.max(this.lastLearned ?? 0, record.seq)
    this.ledger.take(record)
  }

  async #takeNew () {
    if (!this.ready) return
    for (const record of await this.outbox.after(this.lastLearned ?? 0)) this.#learn(record)
    this.changed()
  }

  async signOn (guard) {
    this.guard = guard && { id: guard.id, name: guard.name, since: Date.now() }
    await put(this.db, 'meta', this.guard, 'guard')
    this.changed()
  }

  async set (name, value) {
    this.settings = { ...this.settings, [name]: value }
    await put(this.db, 'meta', this.settings, 'settings')
    this.changed()
  }

  // The latest moment that this phone has met: with a clock before it, no date can be trusted.
  see (moment) {
    if (!(moment > this.latestSeen)) return
    const before = this.latestSeen
    this.latestSeen = moment
    if (moment - before > 60_000) put(this.db, 'meta', moment, 'seen').catch(() => {})
  }

  // The rules of this gate, ready to decide; null before the first bundle. Those that begin within the next
  // days are on the phone already, so that midnight needs no network.
  get rules () {
    const { manifest } = this.bundle
    if (!manifest) return null
    const now = Date.now() / 1000
    const ahead = (manifest.rules_ahead ?? []).filter(([from]) => from <= now).at(-1)
    const rules = ahead ? ahead[1] : manifest.rules
    if (!rules) return null
    if (this.compiledFrom !== manifest || this.compiledRules !== rules) {
      this.compiled = compileRules(rules)
      this.compiledRules = rules
      this.revokedPasses = new Set(manifest.revoked)
      this.measures = new Map()
      for (const [household, kind, from, to] of manifest.measures) {
        this.measures.set(household, [...(this.measures.get(household) ?? []), { kind, from, to }])
      }
      this.compiledFrom = manifest
    }
    return this.compiled
  }

  // Which measures a household is under at a moment (seconds); ended ones are gone by themselves.
  measuresOf (household, now = Math.floor(Date.now() / 1000)) {
    if (!this.rules) return new Set()
    const own = this.measures.get(household) ?? []
    return new Set(own.filter(one => one.from <= now && (one.to === null || now < one.to)).map(one => one.kind))
  }

  get gateName () { return this.bundle.manifest?.gate.name ?? this.device?.gate?.name ?? '' }
  get gateWay () { return this.bundle.manifest?.gate.way || 'both' }
  get gateLane () { return this.bundle.manifest?.gate.lane || 'both' }
  get leaders () { return this.bundle.manifest?.leaders ?? [] }

  get pins () {
    const now = asTyped(Date.now()).slice(0, 10)
    return (this.bundle.manifest?.pins ?? []).filter(one => (!one.from || one.from <= now) && (!one.to || now <= one.to))
  }

  get direction () { return this.gateWay === 'both' ? this.settings.direction ?? 'in' : this.gateWay }
  set direction (value) { this.set('direction', value) }

  get thermometer () { return THERMOMETERS.find(one => one.site === this.settings.site) ?? THERMOMETERS[0] }

  otherThermometer () {
    const at = THERMOMETERS.indexOf(this.thermometer)
    this.settings.site = THERMOMETERS[(at + 1) % THERMOMETERS.length].site
  }

  // From which tenths on a reading of this device and site is a fever.
  feverFrom ({ kind, site }) {
    const rules = this.rules?.rules
    if (!rules) return 373
    const own = rules.thresholds.find(one => (one.device === kind || !one.device) && (one.site === site || !one.site))
    return own?.abnormal_from ?? rules.abnormal_from
  }

  // What is asked of somebody, with the answer that most people give.
  questionsFor (category, direction, known) {
    const rows = this.rules?.rules.questions ?? []
    return rows
      .filter(one => !(known && one.unknown_only) && (!one.categories.length || one.categories.includes(category)) && (!one.directions.length || one.directions.includes(direction)))
      .map(one => {
        const bad = [...one.hold_on, ...one.refuse_on, ...one.note_on]
        const colours = bad.some(answer => ['green', 'yellow', 'red'].includes(answer))
        return {
          code: one.question,
          text: spoken() === 'en' && one.ask_en ? one.ask_en : one.ask,
          optional: one.optional,
          colours,
          usual: colours ? 'green' : bad.includes('no') ? 'yes' : 'no'
        }
      })
  }

  stamp (moment) { return stamp(moment) }

  get clockSetBack () { return Date.now() < this.latestSeen - 120_000 }

  get offlineFor () {
    const since = this.sync.lastHeard || this.settings.lastHeard || 0
    return this.sync.trouble === 'no_network' || !navigator.onLine ? Date.now() - (since || Date.now()) : 0
  }

  async #count () {
    this.unsent = await this.outbox.unsentCount()
    this.refusedCount = await this.outbox.refusedCount()
    if (this.sync.lastHeard > (this.settings.lastHeard ?? 0)) {
      this.settings.lastHeard = this.sync.lastHeard
      put(this.db, 'meta', this.settings, 'settings').catch(() => {})
    }
    this.changed()
  }

  #watchSpace () {
    this.#measureSpace()
    setInterval(() => this.#measureSpace(), 60_000)
  }

  async #measureSpace () {
    if (!navigator.storage?.estimate) return
    const { quota = Infinity, usage = 0 } = await navigator.storage.estimate()
    const free = quota - usage
    // The packed look-up data is written anew before the old goes: keep room for both.
    const tight = free < HARDLY_ANY
    if (tight !== this.space.tight || (this.space.full && free > 1_000_000)) {
      this.space = { tight, free, full: false }
      this.changed()
    } else this.space.free = free
  }

  async #watchBattery () {
    try {
      const battery = await navigator.getBattery?.()
      if (!battery) return
      const take = () => {
        this.battery = { level: battery.level, charging: battery.charging }
        this.changed()
      }
      battery.addEventListener('levelchange', take)
      battery.addEventListener('chargingchange', take)
      take()
    } catch { /* the browser does not tell */ }
  }

  // What a task has half done, sealed on the phone; null lets go of it.
  async keepDraft (task, value) {
    if (value === null) await remove(this.db, 'meta', `draft ${task}`)
    else await put(this.db, 'meta', await this.vault.seal(JSON.stringify(value), `draft ${task}`), `draft ${task}`)
  }

  async draftOf (task) {
    const kept = await get(this.db, 'meta', `draft ${task}`)
    return kept ? JSON.parse(await this.vault.openText(kept, `draft ${task}`)) : null
  }

  async keptGuard () { return get(this.db, 'meta', 'guard') }
}
