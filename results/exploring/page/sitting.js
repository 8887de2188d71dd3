/* What is asked as the levers stand: which plan, what of it was moved, and against which baseline. It never changes: every
 * move makes another one. A link carries it in its fragment.
 */
const MOST_NETWORKS = 2000
const LAST_SEED = 2 ** 32 - 1

class Sitting {
  /** plan and basePlan are names of plans of the page; values and baseValues hold what was moved, by key. */
  constructor(asked) {
    Object.assign(this, asked)
  }

  with(changes) {
    return new Sitting({ ...this, ...changes })
  }

  moved(key, value) {
    return this.with({ values: { ...this.values, [key]: value } })
  }

  chosen(plan) {
    return this.with({ plan, values: {} })
  }

  reset() {
    return this.with({ values: {} })
  }

  /** What is shown becomes the baseline. */
  pinned() {
    return this.with({ basePlan: this.plan, baseValues: this.values })
  }

  /** Other luck, another number of networks, or fixed parameters; what cannot be is left as it was. */
  settled(how) {
    const { seed, networks } = { ...this, ...how }
    const whole = (number, least, most) => Number.isInteger(number) && number >= least && number <= most
    return whole(seed, 0, LAST_SEED) && whole(networks, 2, MOST_NETWORKS) ? this.with(how) : this
  }

  /** The fragment of a link that opens the page as it stands; "" for what it opens with by itself. */
  fragment(opening) {
    const parts = new URLSearchParams()
    if (this.plan !== opening.plan) parts.set('plan', this.plan)
    for (const [key, value] of Object.entries(this.values)) parts.set(key, value)
    if (this.basePlan !== opening.basePlan) parts.set('baseline', this.basePlan)
    for (const [key, value] of Object.entries(this.baseValues)) parts.set(`baseline.${key}`, value)
    for (const name of ['seed', 'networks']) if (this[name] !== opening[name]) parts.set(name, this[name])
    if (this.fixed !== opening.fixed) parts.set('fixed', this.fixed)
    return parts.toString()
  }

  /** What a link's fragment asks for, as far as this page knows it, and the parts that it does not know.
   *
   * `read(plan, key, text)` is the value that a text stands for under a key that can be moved, or undefined.
   */
  static of(fragment, opening, plans, read) {
    let found = opening
    const unknown = []
    const parts = [...new URLSearchParams(fragment)]
    const whole = (text) => (/^\d{1,10}$/.test(text) ? Number(text) : NaN)
    for (const [name, text] of parts) {
      if (name === 'plan' && plans.includes(text)) found = found.with({ plan: text, values: {} })
      if (name === 'baseline' && plans.includes(text)) found = found.with({ basePlan: text, baseValues: {} })
    }
    for (const [name, text] of parts) {
      const before = found
      if (name === 'plan' || name === 'baseline') {
        if (plans.includes(text)) continue
      } else if (name === 'seed' || name === 'networks') {
        found = found.settled({ [name]: whole(text) })
        if (found !== before || whole(text) === before[name]) continue
      } else if (name === 'fixed' && ['true', 'false'].includes(text)) {
        found = found.with({ fixed: text === 'true' })
        continue
      } else {
        const ofBase = name.startsWith('baseline.')
        const key = ofBase ? name.slice('baseline.'.length) : name
        const value = read(ofBase ? found.basePlan : found.plan, key, text)
        if (value !== undefined) {
          const into = ofBase ? 'baseValues' : 'values'
          found = found.with({ [into]: { ...found[into], [key]: value } })
          continue
        }
      }
      unknown.push(name)
    }
    return { sitting: found, unknown }
  }
}
