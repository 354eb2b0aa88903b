// One encounter at the gate: who stands there, what was measured and asked, what the rules say of each.
// No page: screens draw it, tests drive it.
import { forSituation, replayHints } from './passes/passes.js'
import { newId } from './store/canonical.js'
import { StorageFull } from './store/outbox.js'
import { decide, say } from './rules.js'

export const WHOLE = 36

// Minutes east of UTC of the clock that the rules are meant by, as on the server.
const CHINA = 480

// Before the first bundle there are no rules: the guard decides alone, and the server judges later.
const NO_RULES = {
  decision: { outcome: '', reasons: [], notes: [], missing: [], facts: {}, registering: 'full' },
  words: { title: '', say: '', instead: '' }
}

export class Encounter {
  constructor (phone, { direction, shown = null, plate = '', vehicle = null, late = null }) {
    this.phone = phone
    this.direction = direction
    this.shown = shown // what the check of a pass found, or null
    this.plate = plate
    this.vehicle = vehicle // { kind, via, load, disinfected } of a vehicle with its occupants
    this.late = late // when it really happened (milliseconds), for what is written down afterwards
    this.certain = false // the guard has chosen this very person, who is not a guess from the household
    this.noPass = false // asked for a pass, and there is none
    this.proxy = false
    this.emergency = false
    this.party = newId()
    this.people = []
    this.focus = 0
  }

  get person () { return this.people[this.focus] ?? null }

  // Somebody of the register.
  addResident (resident, household) {
    const there = this.people.findIndex(one => one.id === resident.id)
    if (there >= 0) {
      this.focus = there
      return
    }
    this.people.push(this.#somebody({
      id: resident.id, name: resident.name, category: resident.kind, household, identity: this.shown?.check.code === 'valid' ? 'pass' : 'register'
    }))
    this.focus = this.people.length - 1
  }

  // Somebody from elsewhere.
  addOutsider (category, more = {}) {
    this.people.push(this.#somebody({ category, ...more }))
    this.focus = this.people.length - 1
  }

  remove (index) {
    this.people.splice(index, 1)
    this.focus = Math.max(0, Math.min(this.focus, this.people.length - 1))
  }

  #somebody (known) {
    return {
      id: '', name: '', category: 'visitor', household: null, identity: '', readings: [], answers: {}, papers: {}, purpose: '', escort: '',
      phoneNumber: '', document: '', from: '', to: '', host: '', hostHousehold: null, declined: false, ...known
    }
  }

  // The reading with this last digit; it replaces the one just taken, or begins the next after `again`.
  measure (tenths, person = this.person) {
    const how = this.phone.thermometer
    const reading = { id: newId(), tenths, at: Date.now(), ...how }
    if (person.readings.length && !person.again) person.readings[person.readings.length - 1] = { ...reading, id: person.readings.at(-1).id }
    else person.readings.push(reading)
    person.again = false
  }

  // The next reading is a recheck, with the other thermometer if there is one.
  again (person = this.person) {
    person.again = true
    this.phone.otherThermometer()
  }

  get now () { return Math.floor((this.late ?? Date.now()) / 1000) }

  situation (person) {
    const { phone } = this
    const place = phone.bundle.manifest?.place ?? {}
    const found = {
      now: this.now,
      offset: CHINA,
      direction: this.direction,
      category: person.category,
      place: {
        state: place.regime ?? 'closed',
        directions: phone.gateWay === 'both' ? ['in', 'out'] : [phone.gateWay],
        lane: phone.gateLane
      },
      readings: person.readings.map(({ tenths, at, kind, site, device }) => ({ tenths, at: Math.floor(at / 1000), kind, site, device })),
      answers: person.answers,
      papers: person.papers
    }
    if (person.identity) found.identity = person.identity
    if (this.emergency) found.emergency = true
    if (person.escort) found.escort = person.escort
    if (person.purpose) found.purpose = person.purpose
    if (person.declined) found.reading_declined = true
    if (person.host) found.host = person.host
    const home = person.household
    if (home) {
      const measures = phone.measuresOf(home.id, this.now)
      found.household_state = measures.has('home_observation') ? 'observed' : 'ordinary'
      if (measures.has('returnee_joined')) found.joined_by_returnee = true
      const together = this.people.filter(one => one.household?.id === home.id).length
      if (together > 1) found.party = together
      found.units = { household: { exits: phone.ledger.exitsOf(home.id) } }
      const number = Number(/(\d+)\D*$/.exec(home.room || home.label)?.[1])
      if (Number.isFinite(number)) found.units.household.number = number
      if (person.id) found.units.person = { exits: phone.ledger.exitsOfPerson(person.id) }
    } else if (person.id) {
      found.units = { person: { exits: phone.ledger.exitsOfPerson(person.id) } }
    }
    if (person.hostHousehold) {
      found.host_state = phone.measuresOf(person.hostHousehold.id, this.now).has('home_observation') ? 'observed' : 'ordinary'
    }
    if (this.vehicle) {
      found.vehicle = {
        kind: this.vehicle.kind || 'private',
        occupants: this.people.length,
        measured: this.people.filter(one => one.readings.length || one.declined).length
      }
    }
    if (this.shown) found.shown = this.#shownTo(person, home)
    else if (this.noPass) found.shown = null
    return found
  }

  #shownTo (person, home) {
    const { check } = this.shown
    const shown = forSituation(check, home?.id ?? '')
    if (!check.claims) return shown
    const uses = this.phone.ledger.usesOf(check.claims.number, this.party)
    const { other_person_minutes: usedBefore } = replayHints(uses, { now: this.now, direction: this.direction, person: person.id })
    if (usedBefore !== null) shown.used_minutes_ago = usedBefore
    return shown
  }

  judge (person = this.person) {
    const situation = this.situation(person)
    if (!this.phone.rules) return { ...NO_RULES, situation }
    const decision = decide(this.phone.rules, situation)
    return { decision, words: say(decision, this.phone.rules, situation.offset), situation }
  }

  // Everybody's judgement, and whether all may pass.
  judgeAll () {
    const each = this.people.map(person => this.judge(person))
    return { each, allAdmitted: each.length > 0 && each.every(one => one.decision.outcome === 'admitted') }
  }

  // One known person, measured once and normal, whom the rules let through: nothing is left to be decided.
  get plain () {
    const [person] = this.people
    return this.certain && this.people.length === 1 && Boolean(person.id) && !this.vehicle && this.late === null &&
      person.readings.length === 1 && this.judge(person).decision.outcome === 'admitted'
  }

  // Write down what was decided, for all or for the one in focus; resolves with the records.
  async settle (outcome, { only = null, override = null, reason = '' } = {}) {
    const those = only ? [only] : [...this.people]
    const records = []
    const happenedAt = this.late ?? Date.now()
    const together = this.people.length > 1 || Boolean(this.vehicle)
    if (this.vehicle && !this.vehicle.written) {
      records.push(await this.phone.write('passage', this.#vehicleData(outcome, override), { happenedAt }))
      this.vehicle.written = true
    }
    for (const person of those) {
      const { decision } = this.judge(person)
      const data = this.#data(person, decision, outcome, override, reason, together)
      const record = await this.phone.write('passage', data, { happenedAt })
      records.push(record)
      if (outcome === 'held') await this.#openCase(record, person)
      this.people = this.people.filter(one => one !== person)
    }
    this.focus = 0
    return records
  }

  async #openCase (passage, person) {
    const incident = await this.phone.write('incident', clean({ encounter: passage.id, person: person.id, name: person.name || person.to }))
    await this.phone.write('incident_step', { incident: incident.id, kind: 'held' })
  }

  #data (person, decision, outcome, override, reason, together) {
    const codes = [...decision.reasons, ...decision.notes]
    if (reason) codes.push(reason)
    return clean({
      direction: this.direction,
      party: together ? this.party : '',
      person: person.id,
      household: person.household?.id ?? person.hostHousehold?.id,
      category: person.category,
      name: person.name,
      document_number: person.document,
      phone: person.phoneNumber,
      coming_from: person.from,
      going_to: person.to,
      purpose: person.purpose,
      answers: person.answers,
      facts: this.#facts(person),
      outcome,
      reasons: codes,
      overridden_by: override?.by,
      override_reason: override?.reason,
      late_entry: this.late !== null,
      proxy_entry: this.proxy,
      readings: person.readings.map(one => clean({
        id: one.id, tenths: one.tenths, kind: one.kind, body_site: one.site, thermometer: one.device, at: one.at === undefined ? '' : this.phone.stamp(one.at)
      }))
    })
  }

  // What the guard saw and asked, in the words of the rules: the server judges by it too.
  #facts (person) {
    const { identity, emergency, escort, papers, host, host_state: hostState, reading_declined: declined, shown, vehicle } = this.situation(person)
    return clean({ identity, emergency, escort, papers, host, host_state: hostState, reading_declined: declined, shown, vehicle })
  }

  #vehicleData (outcome, override) {
    const { kind, via, load, disinfected } = this.vehicle
    return clean({
      direction: this.direction,
      party: this.party,
      category: this.people[0]?.category ?? 'visitor',
      plate: this.plate,
      household: this.people.find(one => one.household)?.household.id,
      vehicle: clean({ kind, via, load, occupants: this.people.length, driver: this.people[0]?.name, disinfected }),
      outcome,
      overridden_by: override?.by,
      override_reason: override?.reason,
      late_entry: this.late !== null
    })
  }
}

// Empty things are not written down.
export function clean (data) {
  return Object.fromEntries(Object.entries(data).filter(([, value]) =>
    !(value === undefined || value === null || value === '' || value === false ||
      (typeof value === 'object' && !Object.keys(value).length))))
}

export { StorageFull }
