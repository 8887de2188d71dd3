/* The page with levers, put together: a lever is moved, the engine is asked, and whoever shows something is told. */
const [MOST_ASKED, CHOICES] = [12, [50, 100, 200, 500, 1000]]
const [MOST_PARTS, LONGEST_PART] = [20, 60]

/** Parts of a link as they are named: of very many the first, of very long ones the beginning. */
function shortened(parts) {
  const some = parts.slice(0, MOST_PARTS).map((one) => (one.length > LONGEST_PART ? `${one.slice(0, LONGEST_PART)}…` : one))
  return parts.length > MOST_PARTS ? [...some, '…'] : some
}

class LivePage {
  constructor(page, ready, rules, estimates) {
    Object.assign(this, { page, rules, estimates, pool: ready.pool, engines: ready.scenarios })
    this.say = rules.say
    this.remembered = new Map()
    this.opening = new Sitting(page.opening)
    this.answer = new AnswerView(byId('live'), { say: this.say, number: rules.number })
    this.levers = new LeverView(byId('live-lever-groups'), { say: this.say, moved: (key, value) => this.ask(this.sitting.moved(key, value)) })
    this.network = new NetworkView(byId('panel-network'), { say: this.say, pool: this.pool, language: page.language.code, number: this.rules.number })
    this.tabs = ['answer', 'network', 'origins']
    this.tab = 'answer'
    this.number = 0
    this.most = page.most
    onPaper(byId('live'), this.answer, () => this.sitting !== undefined && this.sitting.fragment(this.opening) !== '')
  }

  /** Begin as the link says, and answer. */
  begin() {
    const read = (plan, key, text) => this.rules.value(plan, key, text)
    const { sitting, unknown } = Sitting.of(location.hash.slice(1), this.opening, this.page.plans, read)
    byId('live-plan').append(...this.page.plans.map((name) => element('option', { value: name }, this.rules.title(name))))
    const choices = [...new Set([...CHOICES, this.opening.networks, sitting.networks])].sort((one, other) => one - other)
    byId('live-networks').append(...choices.map((one) => element('option', { value: one }, this.rules.number(one))))
    this.#listen()
    for (const hidden of ['#live-levers', '.live-bar']) document.querySelector(hidden).hidden = false
    this.warning = unknown.length ? this.say('live.link.unknown', { parts: shortened(unknown) }) : ''
    return this.ask(sitting)
  }

  /** Ask what a sitting asks. An answer that comes too late is not shown. */
  async ask(sitting) {
    const [number, began] = [++this.number, performance.now()]
    const before = this.sitting
    this.sitting = sitting
    if (before?.plan !== sitting.plan) this.levers.draw(this.rules.levers(sitting.plan))
    this.#controls()
    this.answer.state('computing', this.say('live.computing'))
    try {
      const both = this.rules.variants(sitting) // refuses what cannot be, before anything is simulated
      const isWanted = () => number === this.number
      const [base, current] = await Promise.all([both.base, both.this].map((one) => this.#run(one, sitting, isWanted)))
      if (!isWanted() || !base || !current) return
      this.#show(sitting, both, base, current, began)
    } catch (fault) {
      if (number !== this.number) return
      this.found = null
      this.answer.state('refused', [this.warning, fault.message].filter(Boolean).join('\n'))
      this.levers.refuse(fault.message)
      this.network.refuse(fault.message, true)
      byId('panel-origins').replaceChildren()
    }
    this.warning = ''
  }

  #show(sitting, both, base, current, began) {
    const compared = this.estimates.compare(base.values, current.values, { base: base.unknown, other: current.unknown })
    this.found = this.rules.explored(sitting, both, compared)
    this.courses = { base: this.estimates.courses(base, sitting.networks), this: this.estimates.courses(current, sitting.networks) }
    this.both = both
    this.answer.show(this.found, this.rules.charts(this.found), this.courses)
    const observed = this.found.base.observed.length ? this.say('live.key.observed') : ''
    byId('live-key-note').textContent = this.say('live.key.note', { networks: sitting.networks }) + observed
    this.#showTab()
    const seconds = Math.round(performance.now() - began) / 1000
    const said = this.say('live.answered', { networks: sitting.networks, seconds: this.rules.number(seconds, 1) })
    this.answer.state('answered', this.warning ? `${this.warning} ${said}` : said)
    Object.assign(byId('live').dataset, { asked: this.number, took: seconds })
    byId('live').dataset.first ??= Math.round(performance.now()) / 1000
  }

  /** The networks of one of the two, from memory where the same was asked for before; none where nobody waits any more. */
  async #run({ engine, changes, fixed }, { seed, networks }, isWanted) {
    const key = JSON.stringify([engine, Object.entries(changes).sort(), fixed, seed, networks])
    const asked = this.remembered.get(key) ?? { waiting: [] }
    asked.waiting.push(isWanted)
    asked.found ??= this.pool.run(this.#scenario(engine, fixed), {
      changes, seed, networks, most: this.most, isWanted: () => asked.waiting.some((each) => each()),
    }) // prettier-ignore
    this.remembered.delete(key)
    this.remembered.set(key, asked)
    if (this.remembered.size > MOST_ASKED) this.remembered.delete(this.remembered.keys().next().value)
    try {
      const found = await asked.found
      asked.waiting = []
      if (!found) {
        if (this.remembered.get(key) === asked) this.remembered.delete(key)
        return isWanted() ? this.#run({ engine, changes, fixed }, { seed, networks }, isWanted) : null // asked as it was given up
      }
      if (found.tooMany) throw new RefusedError(this.say('live.too_many', { members: found.tooMany, most: this.most }))
      return found
    } catch (fault) {
      this.remembered.delete(key)
      throw fault
    }
  }

  #scenario(engine, fixed) {
    return this.engines(engine, fixed)
  }

  #controls() {
    const { plan, values, seed, networks, fixed } = this.sitting
    this.levers.put(values)
    byId('live-plan').value = plan
    byId('live-question').textContent = this.rules.question(plan)
    byId('live-networks').value = networks
    byId('live-seed').value = seed
    byId('live-fixed').checked = fixed
  }

  #listen() {
    const on = (id, event, act) => byId(id).addEventListener(event, act)
    on('live-plan', 'change', (event) => this.ask(this.sitting.chosen(event.target.value)))
    on('live-pin', 'click', () => this.found && this.ask(this.sitting.pinned()))
    on('live-reset', 'click', () => this.ask(this.sitting.reset()))
    on('live-networks', 'change', (event) => this.ask(this.sitting.settled({ networks: Number(event.target.value) })))
    on('live-seed', 'change', (event) => this.ask(this.sitting.settled({ seed: event.target.valueAsNumber })))
    on('live-fixed', 'change', (event) => this.ask(this.sitting.settled({ fixed: event.target.checked })))
    on('live-skip', 'click', () => byId(`panel-${this.tab}`).focus())
    on('live-levers', 'submit', (event) => event.preventDefault())
    for (const name of this.tabs) {
      on(`tab-${name}`, 'click', () => this.#open(name))
      on(`tab-${name}`, 'keydown', (event) => this.#along(event))
    }
    const saves = { plan: () => this.#saveScenario(this.found.this), baseline: () => this.#saveScenario(this.found.base) }
    Object.assign(saves, { numbers: () => this.#saveNumbers(), curves: () => this.#saveCurves(), picture: () => this.#savePicture() })
    for (const [what, act] of Object.entries(saves)) on(`live-save-${what}`, 'click', () => this.found && act())
    on('live-print', 'click', () => print())
    on('live-copy-link', 'click', () => this.#copyLink())
  }

  #open(name) {
    for (const one of this.tabs) {
      byId(`tab-${one}`).setAttribute('aria-selected', one === name)
      byId(`tab-${one}`).tabIndex = one === name ? 0 : -1
      byId(`panel-${one}`).hidden = one !== name
    }
    this.tab = name
    this.#showTab()
  }

  #along(event) {
    const [here, last] = [this.tabs.indexOf(event.target.id.slice('tab-'.length)), this.tabs.length - 1]
    const wanted = { ArrowRight: here === last ? 0 : here + 1, ArrowLeft: here === 0 ? last : here - 1, Home: 0, End: last }[event.key]
    if (wanted === undefined) return
    event.preventDefault()
    const name = this.tabs[wanted]
    this.#open(name)
    byId(`tab-${name}`).focus()
  }

  /** What only costs time where somebody looks at it. */
  #showTab() {
    if (!this.found) return
    const { base, this: current } = this.found
    if (this.tab === 'origins') {
      const names = { say: this.say, base: base.name, current: current.name }
      byId('panel-origins').replaceChildren(...drawnOrigins(this.rules.origins(this.found), names))
    }
    if (this.tab === 'network') {
      if (!this.network.played) this.network.month = current.closing_month // where there is something to see
      const { engine, changes, fixed } = this.both.this
      const { seed, networks } = this.sitting
      this.network.show({ scenario: this.#scenario(engine, fixed), changes, seed, networks, name: current.name })
    }
  }

  #saveScenario(scenario) {
    const { name, text, beside } = this.rules.saved(scenario)
    save(name, text, 'application/toml')
    byId('live-saved').textContent = beside.length
      ? this.say('live.saved.members', { file: name, members: beside })
      : this.say('live.saved', { file: name })
  }

  #saveNumbers() {
    this.#saveTable('differences', this.rules.numbers(this.found))
  }

  #saveCurves() {
    const rows = [['scenario', 'outcome', 'month', 'mean', 'low', 'high']]
    for (const [role, scenario] of [['base', this.found.base], ['this', this.found.this]]) {
      for (const [outcome, { mean, low, high }] of Object.entries(this.courses[role])) {
        Array.from(mean).forEach((value, month) => rows.push([scenario.name, outcome, month, value, low[month], high[month]]))
      }
    }
    this.#saveTable('months', rows)
  }

  #saveTable(what, rows) {
    const name = `${this.found.this.name}-${what}.csv`
    save(name, asCsv(rows), 'text/csv')
    byId('live-saved').textContent = this.say('live.saved', { file: name })
  }

  async #savePicture() {
    const name = `${this.found.this.name}-curves.png`
    this.#open('answer')
    const drawings = this.answer.drawings
    const style = getComputedStyle(document.body)
    const picture = await asPicture(drawings.map(([title]) => title), drawings.map(([, one]) => one), style.backgroundColor, style.color)
    save(name, picture, 'image/png')
    byId('live-saved').textContent = this.say('live.saved', { file: name })
  }

  async #copyLink() {
    location.hash = this.sitting.fragment(this.opening)
    let said = 'live.link.here'
    try {
      await navigator.clipboard.writeText(location.href)
      said = 'live.link.copied'
    } catch {
      // a browser may refuse the clipboard to a file; the address holds it all the same
    }
    byId('live-saved').textContent = this.say(said)
  }
}
