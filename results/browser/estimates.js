/* How sure a number is, in a page: puts what two ensembles came to where the layout says, and takes out what Python's
 * `results.estimates` makes of it.
 *
 * No rule stands here: the rules are in the module, compiled from the Python, and what lies where is in the layout. It
 * runs where it is called; a comparison of 200 networks takes some hundredths of a second.
 */

/** The estimates: one module with a memory of its own. */
export class Estimates {
  /** From the module's bytes; `layout` is what Python says of its memory. */
  static async from(bytes, layout) {
    return new Estimates(await WebAssembly.instantiate(await WebAssembly.compile(bytes), {}), layout)
  }

  constructor(instance, layout) {
    this.exports = instance.exports
    this.layout = layout
    this.known = new WeakMap()
    this.exports._initialize?.()
    this.answer = this.#room(16)
    this.places = this.#room(16 * Math.max(layout.compare.length, layout.courses.length))
  }

  /** Every estimate of two scenarios with the same luck, and every difference of the other less the base.
   *
   * base, other: outcome -> float[replicates], NaN where it is missing. unknown: of both, `{base, other}`, what `Pool.run`
   * says that they live with; null, or left out, where parameters are fixed.
   *
   * Returns {base, other: outcome -> Estimate, differences: outcome -> Difference}, with the names of
   * `results.estimates.comparison`: null where Python has None, NaN where it has nan.
   */
  compare(base, other, unknown) {
    const { outcomes, estimate, difference } = this.layout
    const replicates = base[outcomes[0]].length
    const lived = [unknown?.base ?? null, unknown?.other ?? null]
    const rows = outcomes.length
    return this.#asked('compare', [], {
      base: [this.#columns(base, replicates), replicates],
      other: [this.#columns(other, replicates), replicates],
      base_particles: this.#particles(lived[0]),
      other_particles: this.#particles(lived[1]),
      base_values: [lived[0]?.values ?? new Float64Array(0), lived[0]?.keys ?? 0],
      other_values: [lived[1]?.values ?? new Float64Array(0), lived[1]?.keys ?? 0],
      estimates: [new Float64Array(2 * rows * estimate.length), estimate.length],
      differences: [new Float64Array(rows * difference.length), difference.length],
    }, ({ estimates, differences }) => ({
      base: this.#named(estimates, estimate),
      other: this.#named(estimates.subarray(rows * estimate.length), estimate),
      differences: this.#named(differences, difference, (one, outcome) => this.#difference({ outcome, ...one })),
    }))
  }

  /** Mean and middle 90 % of single networks of each monthly outcome, in the unit in which it is shown.
   *
   * Takes what `Pool.run` gives, and how many networks there are. Returns outcome -> {mean, low, high}, each
   * float[months + 1]; those of a baseline are worked out once, however many are compared with it.
   */
  courses(answer, networks) {
    if (!this.known.has(answer)) this.known.set(answer, this.#courses(answer, networks))
    return this.known.get(answer)
  }

  #courses({ sumMonths, keptMonths, lastMonth }, networks) {
    const { monthly, factors } = this.layout
    const [months, width] = [lastMonth + 1, monthly.length]
    return this.#asked('courses', [months, networks], {
      sum_months: [sumMonths, months],
      kept_months: [keptMonths, keptMonths.length / (months * width)],
      factors: [Float64Array.from(factors), width],
      courses: [new Float64Array(3 * months * width), months],
    }, ({ courses }) => {
      const column = (end, place) => Float64Array.from({ length: months }, (_, month) => courses[(end * months + month) * width + place])
      return Object.fromEntries(monthly.map((name, place) => {
        const [mean, low, high] = [0, 1, 2].map((end) => column(end, place))
        return [name, { mean, low, high }]
      }))
    })
  }

  /** Outcomes one after the other. */
  #columns(values, replicates) {
    const all = new Float64Array(this.layout.outcomes.length * replicates)
    this.layout.outcomes.forEach((name, place) => all.set(values[name], place * replicates))
    return all
  }

  #particles(lived) {
    const particles = BigInt64Array.from(lived?.particles ?? [], BigInt)
    return [particles, particles.length]
  }

  /** Rows of numbers as objects, by outcome. */
  #named(rows, names, finished = (one) => one) {
    return Object.fromEntries(this.layout.outcomes.map((outcome, row) => {
      const one = Object.fromEntries(names.map((name, column) => [name, rows[row * names.length + column]]))
      return [outcome, finished(one, outcome)]
    }))
  }

  /** A `Difference` as Python has it. */
  #difference({ enough, ...one }) {
    one.more_replicates = enough - one.replicates
    for (const name of this.layout.optional) if (isNaN(one[name])) one[name] = null
    return one
  }

  #room(bytes) {
    const address = this.exports.malloc(Math.max(8, bytes))
    if (!address) throw new Error('this browser has not enough memory to compare so many networks')
    return address
  }

  /** Put tables into memory, each with the number that stands beside its address; what `read` makes of them afterwards. */
  #asked(name, others, tables, read) {
    const addresses = {}
    try {
      for (const [table, [numbers]] of Object.entries(tables)) addresses[table] = this.#room(numbers.byteLength)
      const memory = this.exports.memory.buffer
      for (const [table, [numbers]] of Object.entries(tables)) {
        new numbers.constructor(memory, addresses[table], numbers.length).set(numbers)
      }
      const list = new BigInt64Array(memory, this.places, 2 * this.layout[name].length)
      this.layout[name].forEach((table, place) => list.set([BigInt(addresses[table]), BigInt(tables[table][1])], 2 * place))
      const status = this.exports[name](this.answer, this.answer + 8, this.places, ...others.map(BigInt))
      if (status !== 0) throw new Error(`the estimates could not be worked out (${name}, ${status}): most likely for want of memory`)
      const taken = Object.entries(tables).map(([table, [numbers]]) => [
        table, new numbers.constructor(this.exports.memory.buffer, addresses[table], numbers.length).slice(),
      ])
      return read(Object.fromEntries(taken))
    } finally {
      for (const address of Object.values(addresses)) this.exports.free(address)
    }
  }
}
