// What this phone knows of who went in and out: from its own records and from those of other phones.
// Households' exits for the quota, who is out now, what was written last, and which cases are open.

const KEPT = 4 * 86_400

export class Ledger {
  constructor () {
    this.byHousehold = new Map() // household id → crossings, in order of time
    this.byPerson = new Map()
    this.byPlate = new Map()
    this.byPass = new Map()
    this.last = [] // own passages as written, newest first: { root, newest, parts… }
    this.roots = new Map() // id of any version → its root
    this.passages = new Map() // root → { root, newest, record, withdrawn }
    this.incidents = new Map() // id → { record, steps, encounter }
    this.readings = new Map() // root of the passage → temperatures taken later
  }

  // A record of this phone.
  take (record) {
    if (record.type === 'passage') this.#passage(record)
    else if (record.type === 'incident') this.incidents.set(record.id, { record, steps: [] })
    else if (record.type === 'incident_step') this.incidents.get(record.data.incident)?.steps.push(record)
    else if (record.type === 'temperature' && record.data.encounter) {
      const key = record.data.encounter
      this.readings.set(key, [...(this.readings.get(key) ?? []), record])
    }
  }

  #passage (record) {
    const root = record.corrects ? this.roots.get(record.corrects) ?? record.corrects : record.id
    this.roots.set(record.id, root)
    const known = this.passages.get(root)
    const withdrawn = Boolean(record.data.withdrawn)
    const entry = known ?? { root, first: record, at: seconds(record.happened_at) }
    Object.assign(entry, { newest: record.id, record: withdrawn && known ? { ...known.record, id: record.id } : record, withdrawn })
    if (!known) {
      this.passages.set(root, entry)
      this.last.unshift(entry)
    }
    const { data } = entry.record
    this.#cross({
      id: root,
      at: seconds(entry.record.happened_at),
      direction: data.direction,
      household: data.household ?? '',
      person: data.person ?? '',
      plate: data.plate ?? '',
      pass: data.facts?.shown?.number ?? '',
      party: data.party ?? '',
      counts: !withdrawn && data.outcome === 'admitted'
    })
  }

  // Rows of other phones: [root, household, person, seconds, direction, counts].
  takeCrossings (rows) {
    for (const [id, household, person, at, direction, counts] of rows) {
      if (!this.passages.has(id)) this.#cross({ id, at, direction, household, person, plate: '', pass: '', counts: Boolean(counts) })
    }
  }

  #cross (crossing) {
    for (const [map, key] of [[this.byHousehold, crossing.household], [this.byPerson, crossing.person], [this.byPlate, crossing.plate], [this.byPass, crossing.pass]]) {
      if (!key) continue
      const kept = (map.get(key) ?? []).filter(one => one.id !== crossing.id && one.at > crossing.at - KEPT)
      if (crossing.counts) kept.push(crossing)
      kept.sort((a, b) => a.at - b.at)
      map.set(key, kept)
    }
  }

  // [out, in] of each person of the household who went out; in is null while out.
  exitsOf (household) { return exits(this.byHousehold.get(household) ?? []) }
  exitsOfPerson (person) { return exits(this.byPerson.get(person) ?? []) }
  exitsOfPlate (plate) { return exits(this.byPlate.get(plate) ?? []) }

  // Since when the person is out (seconds), or null.
  outSince (person) {
    const own = this.byPerson.get(person)
    const last = own?.at(-1)
    return last && last.direction === 'out' ? last.at : null
  }

  // Who used the pass with this number lately, those of one's own party aside: a photo of a pass is a good
  // pass, seen twice.
  usesOf (number, ownParty) {
    return (this.byPass.get(number) ?? []).filter(one => one.party !== ownParty).map(({ at, direction, person }) => ({ at, direction, person }))
  }

  lastOf (person) { return this.byPerson.get(person)?.at(-1) ?? null }

  // Cases of this phone that are not closed.
  openCases () {
    return [...this.incidents.values()].filter(one => !one.steps.some(step => step.data.kind === 'closed'))
  }

  recent (most) { return this.last.filter(entry => !entry.withdrawn || entry.shownWithdrawn).slice(0, most) }
}

function exits (crossings) {
  const found = []
  const out = new Map()
  for (const one of crossings) {
    const key = one.person || 'somebody'
    if (one.direction === 'out') {
      const pair = [one.at, null]
      found.push(pair)
      out.set(key, pair)
    } else {
      const pair = out.get(key) ?? (one.person ? null : [...out.values()].at(-1))
      if (pair) {
        pair[1] = one.at
        out.delete(key)
      }
    }
  }
  return found
}

const seconds = text => Math.floor(Date.parse(text) / 1000)
