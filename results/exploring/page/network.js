/* One network drawn and played month by month, with a text for who does not see it. `frames.js` says what is drawn. */
class NetworkView {
  static #colours = ['#56b4e9', '#e69f00', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7', '#000000']
  static #onDark = [4, 5, 7]
  static #speeds = [1, 3, 8]
  static #height = 520

  /** In an element, which it fills. Words come from `say`, numbers with decimals from `number` or as the language has them. */
  constructor(place, { say, pool, language = 'en', number }) {
    const written = (value, places) => value.toLocaleString(language, { minimumFractionDigits: places, maximumFractionDigits: places })
    Object.assign(this, { place, say, pool, number: number ?? written, month: 0, network: 0, width: 640, asked: 0 })
    this.speed = matchMedia('(prefers-reduced-motion: reduce)').matches ? 1 : 3
    this.#build()
    this.#state('computing')
    new ResizeObserver(() => this.#fit()).observe(this.parts.stage)
  }

  /** Watch a network of what is asked, and draw it; the month and the network's number stay as they were.
   *
   * `scenario` and `changes` are what the pool runs, `networks` how many the answer has, `name` what it is called.
   */
  async show({ scenario, changes = {}, seed = 1, networks = 200, name = scenario.name }) {
    this.what = { scenario, changes, seed, networks, name }
    this.network = Math.min(this.network, networks - 1)
    const key = JSON.stringify([changes, seed, this.network])
    const [replicate, asked] = [this.network, ++this.asked]
    this.#note()
    if (this.played && this.shown?.key === key && this.shown.scenario === scenario) return this.#state('shown')
    this.#state('computing')
    try {
      const watched = await this.pool.watch(scenario, { changes, seed, replicate, most: PlayedNetwork.MOST })
      if (asked !== this.asked) return undefined
      if (watched.tooMany) throw new Error(this.say('network.too_many', { members: watched.tooMany, most: PlayedNetwork.MOST }))
      this.played = new PlayedNetwork(watched, this.pool.parts.layout.kinds, scenario.names, this)
      this.shown = { key, scenario }
      this.#legend()
      this.#state('shown')
      return this.go(this.month)
    } catch (fault) {
      return asked === this.asked ? this.refuse(fault.message) : undefined
    }
  }

  /** Show why there is no network instead of one; it is read out, unless that was done elsewhere. */
  refuse(why, isHeard = false) {
    this.asked++
    this.stop()
    this.played = null
    this.parts.fault.setAttribute('role', isHeard ? 'none' : 'alert')
    this.parts.fault.textContent = why
    this.#state('refused')
  }

  /** The month that is shown. */
  go(month) {
    if (!this.played) return
    const { first, last } = this.played.plan
    this.month = Math.max(first, Math.min(last, month))
    if (this.month === last) this.stop()
    this.#draw()
  }

  toggle() {
    if (this.timer) return this.stop()
    if (!this.played) return undefined
    if (this.month === this.played.plan.last) this.go(this.played.plan.first)
    return this.#start()
  }

  stop() {
    clearInterval(this.timer)
    this.timer = null
    this.#playing()
  }

  #start() {
    clearInterval(this.timer)
    this.timer = setInterval(() => (this.place.offsetParent ? this.go(this.month + 1) : this.stop()), 1000 / this.speed)
    this.#playing()
  }

  // What stands there once

  #build() {
    const say = (id, values) => this.say(id, values)
    const step = (by, sign, label) => element('button', { type: 'button', title: say(label), click: () => this.go(this.month + by) },
      element('span', { 'aria-hidden': 'true' }, sign), element('span', { class: 'network-unseen' }, say(label))) // prettier-ignore
    const number = element('input', { type: 'number', min: 0, step: 1, value: 0, required: true, change: () => this.#choose(number) })
    const slider = element('input', { type: 'range', min: 0, step: 1, input: () => this.go(Number(slider.value)) })
    const speed = element('select', { change: () => this.#atSpeed(Number(speed.value)) },
      ...NetworkView.#speeds.map((one) => element('option', { value: one, selected: one === this.speed }, String(one)))) // prettier-ignore
    const svg = shape('svg', { role: 'img' })
    const parts = {
      number, slider, speed, svg,
      note: element('p', { class: 'network-note' }),
      fault: element('p', { class: 'network-fault' }),
      wait: element('p', { class: 'network-wait' }),
      play: element('button', { type: 'button', class: 'network-play', click: () => this.toggle() }),
      back: step(-1, '\u22121', 'network.back'),
      forward: step(1, '+1', 'network.forward'),
      month: element('span', {}),
      figure: element('figure', { tabindex: 0, 'aria-label': say('network.figure'), keydown: (event) => this.#key(event) }, svg),
      topics: element('ul', { class: 'network-topics' }),
      events: element('ul', { class: 'network-events', tabindex: 0, 'aria-label': say('network.this_month') }),
      text: element('p', { class: 'network-text', 'aria-live': 'polite' }),
    } // prettier-ignore
    const legend = element('div', { class: 'network-legend' },
      element('h3', {}, say('network.members_by_interest')), parts.topics, this.#signs(),
      element('h3', {}, say('network.this_month')), parts.events) // prettier-ignore
    parts.stage = element('div', { class: 'network-stage' }, parts.figure, legend)
    this.parts = parts
    this.place.classList.add('network')
    this.place.replaceChildren(
      element('div', { class: 'network-bar' }, element('label', { class: 'network-number' }, say('network.number'), number), parts.note),
      parts.fault, parts.wait,
      element('div', { class: 'network-film' },
        element('div', { class: 'network-bar' }, parts.play, parts.back, parts.forward,
          element('label', { class: 'network-slider' }, parts.month, slider),
          element('label', { class: 'network-speed' }, say('network.speed'), speed)),
        parts.stage, parts.text),
    ) // prettier-ignore
    this.#playing()
  }

  #signs() {
    const line = (kind) => shape('line', { class: kind, x1: 1, x2: 33, y1: 6, y2: 6 })
    const ring = (kind) => shape('circle', { class: kind, cx: 17, cy: 6, r: 4.4 })
    const signs = { tie: line('tie'), collaboration: line('together'), grant: line('paid'), champion: ring('ring'), left: ring('left') }
    return element('ul', { class: 'network-signs' }, ...Object.entries(signs).map(([name, sign]) =>
      element('li', {}, shape('svg', { viewBox: '0 0 34 12', 'aria-hidden': 'true' }, sign), this.say(`network.sign.${name}`)))) // prettier-ignore
  }

  #state(name) {
    this.place.dataset.state = name
    this.parts.wait.textContent = name === 'computing' ? this.say('network.computing') : ''
    if (name !== 'refused') this.parts.fault.textContent = ''
    this.place.querySelector('.network-film').hidden = !this.played
  }

  #note() {
    const { name, networks } = this.what
    this.parts.note.textContent = this.say('network.note', { name, number: String(this.network), networks })
    this.parts.number.max = networks - 1
    this.parts.number.value = this.network
  }

  #legend() {
    const { topics, used } = this.played
    this.parts.topics.replaceChildren(...used.map((topic) => {
      const dot = element('span', { class: 'network-dot' }, String(topic + 1))
      dot.style.background = this.#colour(topic)
      dot.style.color = this.#ink(topic)
      return element('li', {}, dot, element('span', {}, topics[topic]))
    })) // prettier-ignore
  }

  // What is done with it

  #choose(input) {
    if (!input.reportValidity()) return
    this.network = input.valueAsNumber
    if (this.what) this.show(this.what)
  }

  #atSpeed(speed) {
    this.speed = speed
    if (this.timer) this.#start()
  }

  #key(event) {
    const { first, last } = this.played.plan
    const act = {
      ArrowRight: () => this.go(this.month + 1),
      ArrowLeft: () => this.go(this.month - 1),
      Home: () => this.go(first),
      End: () => this.go(last),
      ' ': () => this.toggle(),
    }[event.key] // prettier-ignore
    if (!act || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    act()
  }

  #playing() {
    this.parts.play.textContent = this.say(this.timer ? 'network.pause' : 'network.play')
    this.parts.text.setAttribute('aria-live', this.timer ? 'off' : 'polite')
  }

  // What is drawn

  /** A narrow place gets a narrow picture, so that what is written in it stays legible. */
  #fit() {
    const width = this.parts.figure.clientWidth < 520 ? 400 : 640
    if (width === this.width) return
    this.width = width
    if (this.played) this.#draw()
  }

  #draw() {
    const { plan, frames } = this.played
    const { parts, month } = this
    const frame = frames[month - plan.first]
    this.place.dataset.month = month
    parts.month.textContent = this.say('network.month', { month, last: plan.last })
    Object.assign(parts.slider, { min: plan.first, max: plan.last, value: month })
    parts.slider.setAttribute('aria-valuetext', this.say('network.month_value', { month }))
    parts.back.setAttribute('aria-disabled', month === plan.first) // one that is disabled would lose the focus
    parts.forward.setAttribute('aria-disabled', month === plan.last)
    parts.stage.classList.toggle('closed', !frame.isOpen)
    if (parts.text.textContent !== frame.text) parts.text.textContent = frame.text // else it would be read out again
    const line = (text) => element('li', {}, text)
    const happened = frame.happened.map((text) => element('li', {}, element('strong', {}, text)))
    const listed = [...happened, ...frame.events.map(line)]
    parts.events.replaceChildren(...(listed.length ? listed : [line(this.say('network.nothing'))]))
    this.#drawing(frame)
  }

  #drawing(frame) {
    const [width, height] = [this.width, NetworkView.#height]
    const paid = frame.collaborations.filter(([, , funded]) => funded)
    const state = this.say(frame.isOpen ? 'network.state.open' : 'network.state.closed', { month: frame.month })
    this.parts.svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
    this.parts.svg.setAttribute('aria-label', frame.text)
    this.parts.svg.replaceChildren(
      shape('rect', { class: 'plate', x: 1, y: 1, width: width - 2, height: height - 2, rx: 8 }),
      shape('text', { class: 'state', x: 16, y: 28 }, state),
      shape('g', { class: 'ties' }, ...frame.ties.map(([one, other, trust]) =>
        this.#line(one, other, { 'stroke-width': 0.4 + 2.2 * trust, opacity: 0.12 + 0.6 * trust }))),
      shape('g', { class: 'work' }, ...frame.collaborations.map(([one, other, funded]) =>
        this.#line(one, other, { class: funded ? 'paid' : 'together' }))),
      shape('g', { class: 'grants' }, ...paid.map(([one, other]) => this.#grant(one, other))),
      shape('g', { class: 'members' }, ...this.#members(frame)),
    ) // prettier-ignore
  }

  #at(place) {
    const { x, y } = this.played.members[place]
    return [34 + x * (this.width - 68), 62 + y * (NetworkView.#height - 96)]
  }

  #line(one, other, how) {
    const [[x1, y1], [x2, y2]] = [this.#at(one), this.#at(other)]
    return shape('line', { x1, y1, x2, y2, ...how })
  }

  #grant(one, other) {
    const [[x, y], [u, v]] = [this.#at(one), this.#at(other)]
    const [cx, cy] = [(x + u) / 2, (y + v) / 2]
    return shape('g', { class: 'grant' }, shape('circle', { cx, cy, r: 7 }), shape('text', { x: cx, y: cy + 4, 'text-anchor': 'middle' }, '$'))
  }

  #members(frame) {
    const there = new Set(frame.present)
    const radius = Math.max(7, Math.min(14, 70 / Math.sqrt(this.played.members.length)))
    return this.played.members.flatMap((member, place) => {
      if (member.since > frame.month) return []
      const [cx, cy] = this.#at(place)
      const left = !there.has(place)
      const said = [member.name, this.played.topics[member.topic]]
      if (member.champion) said.push(this.say('network.champion'))
      if (left) said.push(this.say('network.has_left'))
      const text = { x: cx, y: cy + 4, 'text-anchor': 'middle', fill: left ? null : this.#ink(member.topic) }
      return [
        shape('g', { class: `member${left ? ' left' : ''}${member.champion ? ' champion' : ''}` },
          shape('title', {}, said.join(', ')),
          shape('circle', { cx, cy, r: radius + (member.champion ? 1.5 : 0), fill: left ? null : this.#colour(member.topic) }),
          shape('text', text, String(member.topic + 1))),
      ] // prettier-ignore
    })
  }

  #colour(topic) {
    return NetworkView.#colours[topic] ?? '#bbbbbb'
  }

  #ink(topic) {
    return NetworkView.#onDark.includes(topic) ? '#ffffff' : '#111111'
  }
}
