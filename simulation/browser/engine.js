/* The compiled engine in a page: puts a scenario's numbers where the layout says, and takes out what comes of them.
 *
 * No rule of the model stands here: they are in the module, and what lies where is in the layout, which Python makes of
 * the engine's own records. `pool.js` has several of these at work at a time.
 */

import { ValueFault, fault } from './faults.js'

/** Particles as Python packs them, rows of float64; numbers that are unpacked already stay as they are. */
function particles(given) {
  if (typeof given !== 'string') return given
  const packed = atob(given)
  return new Float64Array(Uint8Array.from(packed, (letter) => letter.charCodeAt(0)).buffer)
}

/** A scenario's values, what is not known of them, and changes to them, ready to be read replicate by replicate. */
class Asked {
  constructor(keys, scenario, changes) {
    const faults = Object.entries(changes).map(([key, value]) => fault(keys, key, value)).filter(Boolean)
    const settled = Object.keys(changes).filter((key) => scenario.settled.includes(key))
    for (const key of settled) faults.push(`${key} is settled by the list of members`)
    if (faults.length) throw new ValueFault(faults.join('\n'))
    this.scenario = scenario
    this.values = { ...scenario.values, ...changes }
    const posterior = scenario.posterior
    if (!posterior) return
    const known = new Set(Object.keys(changes).flatMap((key) => [key, ...(posterior.settles[key] ?? [])]))
    if (this.values[posterior.narrow.key] < posterior.narrow.below) posterior.narrow.settles.forEach((key) => known.add(key))
    this.uncertain = posterior.keys.map((key, place) => [key, place]).filter(([key]) => !known.has(key))
    this.particles = particles(posterior.particles)
  }

  /** Number of the particle that a replicate lives with; always the same where nothing is uncertain. */
  particle(replicate) {
    const posterior = this.scenario.posterior
    return posterior ? posterior.of_replicates[replicate % posterior.of_replicates.length] : 0
  }

  /** What replicates 0 on live with, as `Estimates` takes it: of each its particle, and what of particles is not known.
   *
   * particles int[replicates]; values float[particles x keys], in rows; keys, how many they are. null where nothing is
   * uncertain.
   */
  unknown(replicates) {
    if (!this.uncertain?.length) return null
    const { keys, learned } = this.scenario.posterior
    const all = learned ? particles(learned) : this.particles
    const [places, width] = [this.uncertain.map(([, place]) => place), keys.length]
    const values = new Float64Array((all.length / width) * places.length)
    for (let row = 0, at = 0; at < values.length; row += width) for (const place of places) values[at++] = all[row + place]
    return { particles: Int32Array.from({ length: replicates }, (_, one) => this.particle(one)), values, keys: places.length }
  }

  /** Every value by key, with those of a particle. */
  at(particle) {
    const values = { ...this.values }
    const width = this.scenario.posterior?.keys.length
    for (const [key, place] of this.uncertain ?? []) values[key] = this.particles[particle * width + place]
    return values
  }
}

const tooFewNames = 'more members could join than this page has names for'

/** The engine: one module with a memory of its own. */
export class Engine {
  /** From the module's bytes; `layout` and `keys` are what Python says of its memory and of the scenario's keys. */
  static async from(bytes, layout, keys) {
    return new Engine(await WebAssembly.instantiate(await WebAssembly.compile(bytes), {}), layout, keys)
  }

  constructor(instance, layout, keys) {
    this.exports = instance.exports
    this.layout = layout
    this.keys = keys
    this.exports._initialize?.()
    this.places = this.#room(16 * layout.places.length)
    this.answer = this.#room(16)
    this.tables = {}
    for (const [name, table] of Object.entries(layout.tables)) this.tables[name] = this.#room(table.bytes)
  }

  /** How a scenario with these changes is run: its last month, members at the most, replicates of a block; and what so
   * many replicates live with. */
  measure(scenario, changes = {}, replicates = 0) {
    const asked = new Asked(this.keys, scenario, changes)
    const block = this.#settle(asked, asked.particle(0))
    const [lastMonth, members] = [this.#derived('last_month'), this.#derived('members_ever')]
    return { block, lastMonth, members, unknown: asked.unknown(replicates) }
  }

  /** Replicates `first` on, `rows` of them, of which the courses of the first `kept` are kept.
   *
   * Returns values float[rows x outcomes], sumMonths float[months + 1 x monthly], keptMonths float[kept x months + 1 x
   * monthly], each in rows: what `Engine.run_block` gives in Python.
   */
  runBlock(scenario, changes, seed, first, rows, kept = 0) {
    const asked = new Asked(this.keys, scenario, changes)
    this.#settle(asked, asked.particle(first))
    const [outcomes, course] = [this.layout.outcomes.length, (this.#derived('last_month') + 1) * this.layout.monthly.length]
    const sizes = { values: rows * outcomes, sum_months: course, kept_months: kept * course }
    const given = this.#arrays(asked)
    const taken = Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, this.#room(8 * size)]))
    try {
      new Float64Array(this.exports.memory.buffer, taken.sum_months, course).fill(0)
      new Float64Array(this.exports.memory.buffer, taken.kept_months, kept * course).fill(NaN)
      for (let begin = 0; begin < rows; ) {
        const particle = asked.particle(first + begin)
        let end = begin + 1
        while (end < rows && asked.particle(first + end) === particle) end++
        this.#settle(asked, particle)
        const courses = Math.max(0, Math.min(end, kept) - begin)
        this.#place('values', taken.values + 8 * outcomes * begin, end - begin)
        this.#place('sum_months', taken.sum_months, course)
        this.#place('kept_months', taken.kept_months + 8 * course * Math.min(begin, kept), courses)
        const done = this.#call('run', BigInt(seed), BigInt(first + begin))
        if (done < 0) throw new Error(tooFewNames)
        begin = end
      }
      const copy = (name) => new Float64Array(this.exports.memory.buffer, taken[name], sizes[name]).slice()
      return { values: copy('values'), sumMonths: copy('sum_months'), keptMonths: copy('kept_months') }
    } finally {
      for (const address of [...given, ...Object.values(taken)]) this.exports.free(address)
      this.given = {}
    }
  }

  /** One replicate, with everything that happens between two members, and with how every month ends.
   *
   * Returns `values` and `course` as `runBlock` does; `events`, float[events x 5] in rows: month, kind as in
   * `layout.kinds`, one, other, trust (nan but at the end of a month; of a collaboration 1 under a grant), which are
   * those of `Engine.watch` in Python; `members`, of all that could ever be there: `row`, as events and files number
   * them, `topic`, `region`, `champion` and `founder`; and `plan`, the months in which what is planned happens. Of a
   * network of more than `most` members only `tooMany`, how many they are.
   */
  watch(scenario, changes, seed, replicate, most = Infinity) {
    const asked = new Asked(this.keys, scenario, changes)
    this.#settle(asked, asked.particle(replicate))
    const last = this.#derived('last_month')
    if (most < this.#derived('members_ever')) {
      const { events } = this.#told(asked, seed, replicate, (month) => month === last)
      const { present, left } = this.layout.kinds
      const came = events.filter((kind, place) => place % 5 === 1 && (kind === present || kind === left)).length
      if (came > most) return { tooMany: came }
    }
    const { who, events, ...numbers } = this.#told(asked, seed, replicate, () => true)
    const plan = {
      first: asked.values['network.today'],
      last,
      announcement: this.#derived('announcement_month'),
      shift: this.#derived('shift_month'),
      capstone: asked.values['closing.capstone'],
    }
    return { ...numbers, events: this.#inRows(scenario, events), members: this.#members(scenario, asked, who), plan }
  }

  /** One replicate of which the ends of some months are noted, with members as the engine numbers them. */
  #told(asked, seed, replicate, isWatched) {
    const particle = asked.particle(replicate)
    this.#settle(asked, particle)
    const [months, ever, outcomes] = [this.#derived('last_month') + 1, this.#derived('members_ever'), this.layout.outcomes.length]
    const course = months * this.layout.monthly.length
    const sizes = { values: outcomes, sum_months: course, kept_months: course, told: 1, who: 3 * ever }
    const rows = { values: 1, sum_months: course, kept_months: 1, told: 1, who: ever }
    const given = this.#arrays(asked, { watched: Array.from({ length: months }, (_, month) => isWatched(month)) })
    const taken = Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, this.#room(8 * size)]))
    const numbers = (name, length) => new Float64Array(this.exports.memory.buffer, taken[name], length)
    let [events, room] = [0, 1 << 12]
    try {
      this.#settle(asked, particle)
      for (const [name, length] of Object.entries(rows)) this.#place(name, taken[name], length)
      for (let fits = false; !fits; room = Math.max(events, room)) {
        if (taken.events) this.exports.free(taken.events)
        taken.events = this.#room(40 * room)
        this.#place('events', taken.events, room)
        numbers('kept_months', course).fill(NaN)
        if (this.#call('run', BigInt(seed), BigInt(replicate)) < 0) throw new Error(tooFewNames)
        events = numbers('told', 1)[0]
        fits = events <= room
      }
      return {
        values: numbers('values', outcomes).slice(),
        course: numbers('kept_months', course).slice(),
        events: numbers('events', 5 * events).slice(),
        who: numbers('who', 3 * ever).slice(),
      }
    } finally {
      for (const address of [...given, ...Object.values(taken)]) this.exports.free(address)
      this.given = {}
    }
  }

  /** Events between members by their rows, the lower one first; who stands in no file keeps its number. */
  #inRows(scenario, events) {
    if (!scenario.members.length) return events
    for (let place = 0; place < events.length; place += 5) {
      const [one, other] = [events[place + 2], events[place + 3]].map((number) => scenario.members[number] ?? number)
      events[place + 2] = Math.min(one, other)
      events[place + 3] = Math.max(one, other)
    }
    return events
  }

  #members(scenario, asked, who) {
    return Array.from({ length: who.length / 3 }, (_, number) => ({
      row: scenario.members[number] ?? number,
      topic: who[3 * number],
      region: who[3 * number + 1],
      champion: who[3 * number + 2] === 1,
      founder: number < asked.values['network.members'],
    }))
  }

  #room(bytes) {
    const address = this.exports.malloc(Math.max(8, bytes))
    if (!address) throw new Error('this browser has not enough memory for a network of this size')
    return address
  }

  get #view() {
    const memory = this.exports.memory.buffer // another one whenever it has grown
    if (this.seen?.buffer !== memory) this.seen = new DataView(memory)
    return this.seen
  }

  #place(name, address, length) {
    const at = this.places + 16 * this.layout.places.indexOf(name)
    this.#view.setBigInt64(at, BigInt(address), true)
    this.#view.setBigInt64(at + 8, BigInt(length), true)
  }

  #call(name, ...others) {
    const status = this.exports[name](this.answer, this.answer + 8, this.places, ...others)
    if (status !== 0) throw new Error(`the engine could not go on (${name}, ${status}): most likely for want of memory`)
    return Number(this.#view.getBigInt64(this.answer, true))
  }

  /** Write the values with those of a particle, let the module fill in what follows from them; replicates of a block. */
  #settle(asked, particle) {
    for (const [key, value] of Object.entries(asked.at(particle))) {
      const place = this.layout.keys[key]
      if (place?.table) this.#write(place.table, place.field, this.#number(key, value))
    }
    this.#write('given', 'named', asked.scenario.named)
    for (const name of Object.keys(this.tables)) this.#place(name, this.tables[name], 1)
    const ofFunders = ['taper', 'other_funders', 'other_tapers', 'other_priorities', 'other_shifted_priorities']
    for (const name of ['priorities', 'shifted_priorities', ...ofFunders]) this.#place(name, this.tables.network, 0)
    const block = this.#call('prepare')
    for (const [name, [address, length]] of Object.entries(this.given ?? {})) this.#place(name, address, length)
    return block
  }

  #number(key, value) {
    if (value === null) return this.keys[key].optional
    if (Array.isArray(value)) return value.length
    return typeof value === 'string' ? this.keys[key].words[value] : Number(value)
  }

  #write(table, field, number) {
    const [offset, kind] = this.layout.tables[table].fields[field]
    this.#put(kind, this.tables[table] + offset, number)
  }

  #put(kind, address, number) {
    if (kind === 'float') this.#view.setFloat64(address, number, true)
    else if (kind === 'int') this.#view.setBigInt64(address, BigInt(number), true)
    else this.#view.setUint8(address, number)
  }

  #derived(field) {
    return Number(this.#view.getBigInt64(this.tables.derived + this.layout.tables.derived.fields[field][0], true))
  }

  /** Put the arrays of the members and the funder's priorities into memory; their addresses. */
  #arrays(asked, more = {}) {
    const { scenario, values } = asked
    const inOrder = (weights) => (scenario.topics.length ? scenario.topics.map((topic) => weights[topic]) : weights)
    const data = { ...scenario.arrays, ...more }
    for (const [key, place] of Object.entries(this.layout.keys)) {
      if (place.array) data[place.array] = values[key].length ? inOrder(values[key]) : []
      if (place.listed) data[place.listed] = Array.isArray(values[key]) ? values[key] : []
    }
    this.given = {}
    for (const [name, { kind, row }] of Object.entries(this.layout.arrays)) {
      const numbers = data[name] ?? []
      const [bytes, width] = [kind === 'bool' ? 1 : 8, row || values['network.topics']]
      const address = this.#room(bytes * numbers.length)
      numbers.forEach((number, index) => this.#put(kind, address + bytes * index, Number(number)))
      this.given[name] = [address, numbers.length / width]
    }
    const addresses = Object.values(this.given).map(([address]) => address)
    if (!data.ties) this.given.ties[0] = 0 // ties are drawn
    return addresses
  }
}
