// The look-up data of the place: 100,000 residents in a few flat pieces of memory.
//
// `pack(chunks)` makes one block of bytes out of what the server sent; `Lookup` reads it without parsing:
// one line a household and a person, in two texts (what is searched, what is shown), ids of 16 bytes, and
// the digests of last-four signs. Typing scans the searched text; a scan of five million characters
// takes milliseconds, needs no tree, and finds fragments as well as beginnings.

const HEAD = 8
const SEPARATOR = '\u001f'

export function pack (chunks) {
  const households = []
  for (const chunk of chunks) {
    for (const [id, label, building, room, head, plates, passes, persons] of chunk.households) {
      households.push({ id, label, building, room, head, plates, passes, persons })
    }
  }
  const persons = households.reduce((sum, one) => sum + one.persons.length, 0)
  const size = households.length + persons
  const ids = new Uint8Array(16 * size)
  const first = new Uint32Array(households.length + 1)
  const owner = new Uint32Array(persons)
  const tails = []
  const tailOf = []
  const search = []
  const shown = []
  const ofPersons = []
  const shownPersons = []
  let at = 0
  households.forEach((one, index) => {
    writeId(ids, index, one.id)
    first[index] = at
    search.push(householdKeys(one))
    shown.push(JSON.stringify([one.label, one.building, one.room, one.head, one.plates, one.passes]))
    for (const [id, name, kind, initials, pinyin, digests, passes] of one.persons) {
      writeId(ids, households.length + at, id)
      owner[at] = index
      for (const digest of digests) {
        tails.push(parseInt(digest.slice(0, 8), 16))
        tailOf.push(at)
      }
      ofPersons.push([name, initials, pinyin, ...passes.flatMap(pass => [pass[0], pass[1]])].join(SEPARATOR).toLowerCase())
      shownPersons.push(JSON.stringify([name, kind, passes]))
      at += 1
    }
  })
  first[households.length] = at
  const searched = [...search, ...ofPersons]
  const lines = [...shown, ...shownPersons]
  return assemble({
    households: households.length,
    persons,
    tails: tails.length
  }, [
    ids, first, owner, Uint32Array.from(tails), Uint32Array.from(tailOf),
    starts(searched), starts(lines), searched.join('\n') + '\n', lines.join('\n') + '\n'
  ])
}

function householdKeys ({ label, building, room, plates, passes }) {
  const bare = room.replace(/[^0-9a-z]/gi, '')
  const keys = ['', room, bare, label, ...plates, ...passes.flatMap(pass => [pass[0], pass[1]])]
  return keys.filter((key, i) => i === 0 || key).join(SEPARATOR).toLowerCase() + SEPARATOR + building.toLowerCase()
}

function starts (lines) {
  const at = new Uint32Array(lines.length + 1)
  let sum = 0
  lines.forEach((line, i) => {
    at[i] = sum
    sum += line.length + 1
  })
  at[lines.length] = sum
  return at
}

function writeId (ids, index, id) {
  const bare = id.replaceAll('-', '')
  for (let i = 0; i < 16; i++) ids[16 * index + i] = parseInt(bare.slice(2 * i, 2 * i + 2), 16)
}

function assemble (counts, parts) {
  const encoder = new TextEncoder()
  const pieces = parts.map(part => typeof part === 'string' ? encoder.encode(part) : new Uint8Array(part.buffer))
  const lengths = pieces.map(piece => piece.length)
  const head = encoder.encode(JSON.stringify({ ...counts, lengths }))
  const aligned = length => Math.ceil(length / 8) * 8
  const total = HEAD + aligned(head.length) + pieces.reduce((sum, piece) => sum + aligned(piece.length), 0)
  const out = new Uint8Array(total)
  new DataView(out.buffer).setUint32(0, head.length)
  out.set(head, HEAD)
  let at = HEAD + aligned(head.length)
  for (const piece of pieces) {
    out.set(piece, at)
    at += aligned(piece.length)
  }
  return out
}

// How much less a hit counts that begins at a dash (501 of 3-2-501), or anywhere.
const MIDDLE = { [SEPARATOR]: 0, '\n': 0, '-': 20, '': 40 }
const EMPTY = pack([])

export class Lookup {
  // `block` is what `pack` made. `tailKey` (an HMAC key) finds people by the last four signs of a number.
  constructor (block = EMPTY.buffer, tailKey = null) {
    const view = new DataView(block)
    const decoder = new TextDecoder()
    const headLength = view.getUint32(0)
    const head = JSON.parse(decoder.decode(new Uint8Array(block, HEAD, headLength)))
    const aligned = length => Math.ceil(length / 8) * 8
    let at = HEAD + aligned(headLength)
    const next = (Kind, length) => {
      const piece = new Kind(block, at, length / Kind.BYTES_PER_ELEMENT)
      at += aligned(length)
      return piece
    }
    const [ids, first, owner, tails, tailOf, searchAt, shownAt, search, shown] = head.lengths
    this.households = head.households
    this.persons = head.persons
    this.ids = next(Uint8Array, ids)
    this.first = next(Uint32Array, first)
    this.owner = next(Uint32Array, owner)
    this.tails = next(Uint32Array, tails)
    this.tailOf = next(Uint32Array, tailOf)
    this.searchAt = next(Uint32Array, searchAt)
    this.shownAt = next(Uint32Array, shownAt)
    this.search = decoder.decode(next(Uint8Array, search))
    this.shown = decoder.decode(next(Uint8Array, shown))
    this.tailKey = tailKey
    this.words = new Uint32Array(this.ids.buffer, this.ids.byteOffset, this.ids.length / 4)
  }

  // Hits for what was typed: { household } or { household, person }, the nearest first, at most `most`.
  async find (typed, most = 20) {
    const words = fold(typed).split(/\s+/).filter(Boolean)
    if (!words.length) return []
    const hits = new Map()
    if (words.length === 1 && /^\d{3}[\dx]$/.test(words[0])) {
      for (const person of await this.#byTail(words[0].toUpperCase())) hits.set(this.households + person, 60)
    }
    const [word, ...others] = words.sort((a, b) => b.length - a.length)
    this.#scan(word, 400, (line, score) => {
      if (others.length && !this.#holdsAll(line, others)) return
      if (score > (hits.get(line) ?? 0)) hits.set(line, score)
    })
    return [...hits]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, most)
      .map(([line]) => line < this.households
        ? { household: line }
        : { household: this.owner[line - this.households], person: line - this.households })
  }

  // Beginnings of a key count more than its middle, whole keys most.
  #scan (word, most, take) {
    const text = this.search
    let left = most
    for (const lead of [SEPARATOR, '\n', '-', '']) {
      const sought = lead + word
      let at = text.indexOf(sought)
      while (at >= 0 && left > 0) {
        const begin = at + lead.length
        const line = this.#lineOf(begin)
        const end = text[begin + word.length]
        const whole = end === SEPARATOR || end === '\n'
        take(line, (whole ? 100 : 50) - MIDDLE[lead] - (line < this.households ? 0 : 1))
        left -= 1
        // A household's other keys say nothing more.
        at = text.indexOf(sought, this.searchAt[line + 1] - (lead === '\n' ? 1 : 0))
      }
    }
    // The very first line has no line break before it.
    if (text.startsWith(word)) take(0, 50)
  }

  #holdsAll (line, words) {
    const own = this.search.slice(this.searchAt[line], this.searchAt[line + 1])
    const home = line < this.households
      ? ''
      : this.search.slice(this.searchAt[this.owner[line - this.households]], this.searchAt[this.owner[line - this.households] + 1])
    return words.every(word => own.includes(word) || home.includes(word))
  }

  #lineOf (position) {
    let low = 0
    let high = this.searchAt.length - 1
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if (this.searchAt[middle] <= position) low = middle
      else high = middle
    }
    return low
  }

  async #byTail (tail) {
    if (!this.tailKey) return []
    const mac = await crypto.subtle.sign('HMAC', this.tailKey, new TextEncoder().encode(tail))
    const sought = new DataView(mac).getUint32(0)
    const found = []
    for (let i = 0; i < this.tails.length; i++) if (this.tails[i] === sought) found.push(this.tailOf[i])
    return found
  }

  household (index) {
    const [label, building, room, head, plates, passes] = JSON.parse(this.#line(index))
    const members = []
    for (let person = this.first[index]; person < this.first[index + 1]; person++) members.push(this.person(person))
    return { index, id: this.#id(index), label, building, room, head, plates, passes, members }
  }

  person (index) {
    const [name, kind, passes] = JSON.parse(this.#line(this.households + index))
    return { index, id: this.#id(this.households + index), name, kind, passes, household: this.owner[index] }
  }

  // The household or person with this id (UUID, or its 22 signs of base64url); null where there is none.
  byId (id) {
    const sought = bytesOfId(id)
    if (!sought) return null
    const [a, b, c, d] = new Uint32Array(sought.buffer)
    const words = this.words
    for (let at = 0; at < words.length; at += 4) {
      if (words[at + 3] === d && words[at] === a && words[at + 1] === b && words[at + 2] === c) {
        const line = at / 4
        return line < this.households ? { household: line } : { household: this.owner[line - this.households], person: line - this.households }
      }
    }
    return null
  }

  #line (line) { return this.shown.slice(this.shownAt[line], this.shownAt[line + 1] - 1) }

  #id (line) { return idOf(this.ids.subarray(16 * line, 16 * line + 16)) }
}

export function fold (typed) {
  return typed.normalize('NFKC').toLowerCase()
    .replace(/号楼|栋|幢|单元|室|[—–−_/／]/g, '-')
    .replace(/-+/g, '-').replace(/^-|-$/g, '').trim()
}

function idOf (bytes) {
  let text = ''
  for (let i = 0; i < 16; i++) text += (bytes[i] + 256).toString(16).slice(1)
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}

function bytesOfId (id) {
  const bytes = new Uint8Array(16)
  const bare = id.replaceAll('-', '')
  if (/^[0-9a-f]{32}$/i.test(bare)) {
    writeId(bytes, 0, id)
    return bytes
  }
  if (!/^[\w-]{22}$/.test(id)) return null
  const plain = atob(id.replaceAll('-', '+').replaceAll('_', '/') + '==')
  for (let i = 0; i < 16; i++) bytes[i] = plain.charCodeAt(i)
  return bytes
}
