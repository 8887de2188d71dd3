/* Between the page and Legato's own rules and sentences: `legato` is made of the Python that the command line runs.
 *
 * Whatever goes in or comes out here is plain; what Python has is made, and made plain again, in this file alone.
 */
const python = legato.python
const room = (name) => legato[`results.exploring.${name}`]

/** What is asked cannot be: every fault in a line of its own, in the words of the command line. */
class RefusedError extends Error {}

class Rules {
  /** `keys` is what may stand under each key, for `fault`. */
  constructor(page, keys) {
    this.page = page
    this.speaker = speakerOf(page)
    legato['results.words.sentence']._ENGLISH = this.speaker // what is told is said in the page's language
    this.plans = Object.fromEntries(Object.entries(page.facts).map(([name, facts]) => [name, new PlanOfPage(facts, keys)]))
  }

  say = (id, values = {}) => {
    const given = Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? python.tuple(value) : value])
    return this.speaker.say(new legato['results.words.sentence'].Sentence(id, python.dict(given)))
  }

  number = (value, places) => {
    const digits = places === undefined ? { maximumFractionDigits: 6 } : { minimumFractionDigits: places, maximumFractionDigits: places }
    return value.toLocaleString(this.page.language.code, digits)
  }

  title(plan) {
    return String(legato['results.words.plan_names'].title_of(this.plans[plan].start))
  }

  question(plan) {
    return String(legato['results.words.sentence'].named('scenario.question', this.plans[plan].start.question))
  }

  /** The levers of a plan by group, each with the value that the plan has. */
  levers(plan) {
    const { start, levers } = this.plans[plan]
    const every = levers.map((lever) => ({ ...python.plain(lever), value: python.plain(room('levers').value(start, lever)) }))
    const groups = [...new Set(every.map((lever) => lever.group))]
    return groups.map((name) => ({ name, levers: every.filter((lever) => lever.group === name) }))
  }

  /** The value that a text of a link stands for under a lever's key; undefined for what is no lever, or no such value. */
  value(plan, key, text) {
    const lever = this.plans[plan].levers.find((one) => one.key === key)
    if (!lever) return undefined
    if (lever.kind === 'yes') return { true: true, false: false }[text]
    if (text === lever.word) return text
    return /^-?\d{1,15}(\.\d{1,15})?(e-?\d{1,3})?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined
  }

  /** Both scenarios as the levers stand.
   *
   * Returns base and this, each with the `scenario`, the `engine`'s name of its plan, the `changes` that the engine takes,
   * the `moved` pairs, and whether parameters are `fixed`. Throws RefusedError.
   */
  variants({ plan, values, basePlan, baseValues, fixed }) {
    const { called, titled, EXPLORED, PINNED } = room('explored')
    const made = (name, moves, ending, notCalled) => {
      const from = this.plans[name]
      const moved = room('levers').moves(python.dict(Object.entries(moves)), from.start)
      const own = called(name, moved, ending, notCalled)
      const title = own === name ? from.start.title : titled(from.start.title, moved)
      return { ...from.moved(moved, own, title, fixed), engine: name, moved, fixed }
    }
    const base = made(basePlan, baseValues, PINNED, '')
    const current = made(plan, values, EXPLORED, base.scenario.name)
    const faults = [...new Set([...base.faults, ...current.faults])]
    if (faults.length) throw new RefusedError(faults.join('\n'))
    return { base, this: current }
  }

  /** What the two are compared to, `Explored` of explored.py, as plain values. */
  explored(sitting, both, { base, other, differences }) {
    const { Asked, Variant, Explored } = room('explored')
    const { Comparison } = legato['results.estimates.comparison']
    const [baseName, name] = [both.base.scenario.name, both.this.scenario.name]
    const variant = (of, plan) => new Variant(this.plans[plan].given, of.moved)
    const { posterior, settings } = this.page
    const asked = new Asked(
      variant(both.this, sitting.plan), variant(both.base, sitting.basePlan), sitting.seed, sitting.networks,
      sitting.fixed ? null : posterior, python.tuple(settings),
    ) // prettier-ignore
    const sameMembers = legato['results.estimates.same_luck'].have_same_members(both.this.scenario, both.base.scenario)
    const comparison = python.made(Comparison, {
      baseline: baseName,
      seed: sitting.seed,
      replicates: sitting.networks,
      estimates: { [baseName]: base, [name]: other },
      differences: Object.entries(differences).map(([outcome, one]) => ({ ...one, scenario: name, outcome, same_members: sameMembers })),
    })
    const asGiven = python.tuple([this.plans[sitting.plan].asGiven, this.plans[sitting.basePlan].asGiven])
    const names = python.tuple([sitting.plan, sitting.basePlan])
    const plans = [this.plans[sitting.plan], this.plans[sitting.basePlan]]
    const rules = python.tuple(plans.map(({ facts }) => facts.rules))
    const alike = this.page.engines.scenarios[sitting.plan].rules === this.page.engines.scenarios[sitting.basePlan].rules
    const found = new Explored(asked, both.this.scenario, both.base.scenario, asGiven, names, comparison, rules, alike)
    const { decision } = found
    const concerned = decision ? python.plain(room('provenance').origins(found)).concerned : []
    const studies = { unstudied: concerned.filter((one) => !one.studied).length, all: concerned.length }
    const onStudies = studies.all ? [this.say('live.trust.studies', studies)] : [] // plans may differ in their rules alone
    return {
      python: found,
      differences,
      verdict: decision ? this.speaker.whole(decision.verdict) : '',
      trust: decision ? [...Array.from(decision.trust, (one) => this.speaker.whole(one)), ...onStudies] : [],
      reasons: decision ? Array.from(decision.reasons, (one) => this.speaker.whole(one)) : [],
      base: factsOf(found.base),
      this: factsOf(found.this),
      sentences: python.plain(found.sentences),
      notes: python.plain(found.notes),
      lines: python.plain(found.lines()),
      costs: python.plain(found.costs()),
    }
  }

  charts({ python: found }) {
    const { charts, in_words, FIRST, THIRD } = room('charts')
    const floats = (numbers) => python.tuple(numbers.map((one) => python.float(one)))
    const words = (outcome, base, current) => in_words(found, outcome, floats(base), floats(current))
    return { all: python.plain(charts(found)), first: python.plain(FIRST), third: THIRD, words }
  }

  origins({ python: found }) {
    return python.plain(room('provenance').origins(found))
  }

  /** A scenario as a file that `legato` reads: its name, its text, and the files that have to lie beside it. */
  saved({ python: scenario }) {
    return python.plain(room('saving').saved(scenario))
  }

  /** The differences as rows of a table, the header first. */
  numbers({ base, this: current, differences }) {
    const columns = ['mean', 'low', 'high', 'chance_higher', 'baseline_level', 'level', 'replicates', 'missing']
    const rows = Object.entries(differences).map(([outcome, one]) => [current.name, base.name, outcome, ...columns.map((name) => one[name])])
    return [['scenario', 'baseline', 'outcome', ...columns], ...rows]
  }
}

/** A plan of the page: where its levers begin. */
class PlanOfPage {
  constructor(facts, keys) {
    this.facts = facts
    this.keys = keys
    this.given = facts.given
    this.start = this.#scenario({})
  }

  get asGiven() {
    return (this.ofFile ??= this.facts.as_given ? scenarioOf(this.facts.as_given) : this.start)
  }

  get levers() {
    return (this.all ??= Array.from(room('levers').levers(this.start)))
  }

  /** The scenario with moved pairs of key and text; what the engine takes; and every fault. */
  moved(pairs, name, title, fixed) {
    const changes = Object.fromEntries(Array.from(pairs, ([key, text]) => [key, this.#read(key, text)]))
    const bad = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, fault(this.keys, key, value)]).filter(([, said]) => said))
    const good = Object.fromEntries(Object.entries(changes).filter(([key]) => !(key in bad)))
    const { facts } = this
    const sources = python.plain(room('explored').with_sources(python.dict(Object.entries(facts.flat.sources)), python.dict(Object.entries(good))))
    const scenario = this.#scenario({ ...good, name, title, sources, posterior: fixed ? null : this.#left(good) })
    scenario.observed = legato['scenarios.reading.counterfactual'].still_observed(this.start.observed, this.#values(), scenario)
    const against = Array.from(legato['scenarios.schema.contradictions'].contradictions(scenario, scenario.observed))
    const others = against.filter(({ keys }) => !Array.from(keys).some((key) => key in bad)) // nothing is blamed twice
    return { scenario, changes, faults: [...Object.values(bad), ...others.map(({ text }) => text)] }
  }

  #scenario(changes) {
    return scenarioOf({ ...this.facts.flat, ...changes })
  }

  #read(key, text) {
    const lever = this.levers.find((one) => one.key === key)
    if (lever.kind === 'yes') return text === 'true'
    return text === lever.word ? text : Number(text)
  }

  #values() {
    const { KEYS, value_of } = legato['scenarios.schema.keys']
    return python.dict(Array.from(KEYS.keys(), (key) => [key, value_of(this.start, key)]))
  }

  /** What is not known any more, once somebody has settled these keys. */
  #left(changes) {
    const { posterior } = this.facts.flat
    if (!posterior) return null
    const known = Object.keys(changes)
    const topics = changes['network.topics'] ?? this.facts.flat['network.topics']
    const decided = legato['scenarios.schema.contradictions'].decided_with(python.tuple(known), topics, python.tuple([this.facts.most_interests]))
    const keys = posterior.keys.filter((key) => !known.includes(key) && !decided.has(key))
    return keys.length ? { ...posterior, keys } : null
  }
}

const scenarioOf = (flat) => legato['scenarios.schema.scenario'].Scenario.of(flat)

/** What the page itself asks of a scenario. */
function factsOf(scenario) {
  const { name, closes } = scenario
  return { python: scenario, name, closes, closing_month: scenario.closing_month, observed: python.plain(scenario.observed) }
}

function speakerOf({ language, currency }) {
  const made = python.made(legato['results.words.language'].Language, language)
  return new legato['results.words.sentence'].Speaker(made, currency)
}
