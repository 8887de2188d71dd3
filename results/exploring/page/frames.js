/* One network month by month: what the engine tells of it (`Engine.watch`), as what is drawn and what is read. */
class PlayedNetwork {
  /** More members than these make a picture in which nothing can be seen. */
  static MOST = 150
  /** Kinds of event that are told pair by pair; the others are counted. */
  static #told = ['funded', 'unfunded', 'ended', 'output']
  static #counted = ['convening', 'group', 'introduction', 'contact', 'application', 'lost']

  /** From what is watched.
   *
   * `kinds` is `layout.kinds`, `names` the `names` of the scenario's data, null where members are drawn. All words come
   * from `say(id, values)`; `number(value, places)` writes a number with decimals.
   */
  constructor(watched, kinds, names, { say, number }) {
    Object.assign(this, { say, number, plan: watched.plan })
    this.kinds = Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [kind, name]))
    const months = this.#months(watched.events)
    this.members = this.#members(watched.members, months, names)
    this.ofRow = new Map(this.members.map((member, place) => [member.row, place]))
    this.topics = names?.topics ?? this.#numbered('network.topic', 1 + Math.max(...this.members.map((one) => one.topic)))
    this.#places(months)
    const first = months.findIndex((month) => !month.isOpen)
    this.closed = first > 0 ? months[first].month : null
    /** One a month: month, isOpen, came (how many members so far), present (places of members), ties [one, other,
     * trust], collaborations [one, other, whether under a grant], happened, events (words), and text for who does not
     * see it. */
    this.frames = months.map((month) => this.#frame(month))
  }

  get used() {
    return [...new Set(this.members.map((one) => one.topic))].sort((one, other) => one - other)
  }

  #numbered(id, count) {
    return Array.from({ length: count }, (_, place) => this.say(id, { number: place + 1 }))
  }

  /** Events by month; how a month ends, which the engine tells as events, apart from what has happened in it. */
  #months(events) {
    const { first, last } = this.plan
    const months = Array.from({ length: last - first + 1 }, (_, place) => ({
      month: first + place, isOpen: false, present: [], left: [], ties: [], collaborations: [], happening: [],
    })) // prettier-ignore
    for (let at = 0; at < events.length; at += 5) {
      const [month, kind, one, other, trust] = events.subarray(at, at + 5)
      const into = months[month - first]
      const name = this.kinds[kind]
      if (!into) continue // before a network that is known was begun with
      if (name === 'open') into.isOpen = true
      else if (name === 'present' || name === 'left') into[name].push(one)
      else if (name === 'stands') into.ties.push([one, other, trust])
      else if (name === 'collaborates') into.collaborations.push([one, other, trust === 1])
      else if (name !== 'attended') into.happening.push([name, one, other])
    }
    return months
  }

  /** All that ever came, in the order of their file, with the month from which on each is there. */
  #members(all, months, names) {
    const since = new Map()
    for (const { month, present, left } of months) {
      for (const row of [...present, ...left]) if (!since.has(row)) since.set(row, month)
    }
    return all
      .filter(({ row }) => since.has(row))
      .sort((one, other) => one.row - other.row)
      .map((one) => ({ ...one, since: since.get(one.row), name: names?.members[one.row] ?? this.say('network.member', { number: one.row + 1 }) }))
  }

  #frame({ month, isOpen, present, ties, collaborations, happening }) {
    const placed = (pairs) =>
      pairs
        .map(([one, other, more]) => [this.ofRow.get(one), this.ofRow.get(other), more])
        .sort((one, other) => one[0] - other[0] || one[1] - other[1])
    const frame = {
      month, isOpen,
      came: this.members.filter((member) => member.since <= month).length,
      present: present.map((row) => this.ofRow.get(row)).sort((one, other) => one - other),
      ties: placed(ties),
      collaborations: placed(collaborations),
      happened: this.#happened(month, new Set(happening.map(([kind]) => kind))),
      events: this.#events(happening),
    } // prettier-ignore
    return { ...frame, text: this.#text(frame) }
  }

  /** What the plan had for a month, in words. */
  #happened(month, kinds) {
    const { announcement, shift, capstone } = this.plan
    const all = [
      ['founded', month === 0],
      ['convening', kinds.has('convening')],
      ['grants', kinds.has('funded')],
      ['shift', month > 0 && month === shift],
      ['announcement', month > 0 && month === announcement],
      [capstone ? 'last_capstone' : 'last', this.closed !== null && month === this.closed - 1],
      ['closed', month === this.closed],
    ]
    return all.filter(([, so]) => so).map(([what]) => this.say(`network.happened.${what}`))
  }

  #events(happening) {
    const name = (row) => this.members[this.ofRow.get(row)].name
    const told = happening
      .filter(([kind]) => PlayedNetwork.#told.includes(kind))
      .map(([kind, one, other]) => this.say(`network.event.${kind}`, { one: name(one), other: name(other) }))
    const counts = PlayedNetwork.#counted.map((kind) => [kind, happening.filter(([of]) => of === kind).length])
    return [...told, ...counts.filter(([, count]) => count).map(([kind, count]) => this.say(`network.count.${kind}`, { count }))]
  }

  #text({ month, isOpen, came, present, ties, collaborations, happened, events }) {
    const trust = ties.reduce((sum, [, , each]) => sum + each, 0) / ties.length
    const state = this.say(isOpen ? 'network.text.open' : 'network.text.closed', {
      month, present: present.length, members: came,
      ties: this.say('network.ties', { count: ties.length }),
      trust: ties.length ? this.say('network.trust', { trust: this.number(trust, 2) }) : '',
      collaborations: this.say('network.collaborations', { count: collaborations.length }),
      funded: collaborations.filter(([, , paid]) => paid).length,
    }) // prettier-ignore
    const said = [...happened, ...events].join('; ')
    return said ? `${state} ${this.say('network.text.happened', { what: said })}` : state
  }

  // Where members stand, the whole time: x and y from 0 to 1

  /** Near those they trust and work with, over all months.
   *
   * Springs (Fruchterman & Reingold 1991) from a circle on which members with the same main interest stand together, so
   * that nothing is drawn at random.
   */
  #places(months) {
    const count = this.members.length
    const pull = Array.from({ length: count }, () => new Float64Array(count))
    for (const { ties, collaborations } of months) {
      for (const [one, other, trust] of ties) this.#pull(pull, one, other, trust)
      for (const [one, other] of collaborations) this.#pull(pull, one, other, 1)
    }
    const order = [...this.members.keys()].sort((one, other) => this.members[one].topic - this.members[other].topic || one - other)
    const places = Array(count)
    order.forEach((member, place) => (places[member] = [Math.cos((2 * Math.PI * place) / count), Math.sin((2 * Math.PI * place) / count)]))
    this.#spring(places, pull)
    const spread = this.#apart(this.#spread(this.#gathered(places)))
    this.members.forEach((member, place) => ([member.x, member.y] = spread[place]))
  }

  #pull(pull, one, other, weight) {
    const [first, second] = [this.ofRow.get(one), this.ofRow.get(other)]
    pull[first][second] += weight
    pull[second][first] += weight
  }

  #spring(places, pull, rounds = 80) {
    const count = places.length
    const near = 1.6 / Math.sqrt(count)
    let heat = 0.2
    for (const cooling = heat / (rounds + 1); rounds > 0; rounds--, heat -= cooling) {
      const moves = places.map(([x, y], one) => {
        let [dx, dy] = [0, 0]
        places.forEach(([u, v], other) => {
          const far = Math.max(0.01, Math.hypot(x - u, y - v))
          const force = (near * near) / (far * far) - (pull[one][other] * far) / near
          dx += (x - u) * force
          dy += (y - v) * force
        })
        const length = Math.hypot(dx, dy)
        const step = heat / (length < 0.01 ? 0.1 : length)
        return [dx * step, dy * step]
      })
      moves.forEach(([dx, dy], one) => (places[one] = [places[one][0] + dx, places[one][1] + dy]))
      if (Math.hypot(...moves.flat()) / count < 1e-4) break
    }
  }

  /** Those that nobody holds fly far off: they wait at the edge of the others. */
  #gathered(places) {
    const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1]
    const ways = [0, 1].map((way) => {
      const values = places.map((place) => place[way])
      const middle = median(values)
      const far = 2.5 * median(values.map((value) => Math.abs(value - middle)))
      return values.map((value) => Math.max(middle - far, Math.min(middle + far, value)))
    })
    return ways[0].map((x, one) => [x, ways[1][one]])
  }

  /** Half-way between where they are and even steps in the same order: one far away leaves the others their room. */
  #spread(places) {
    const evenly = (values) => {
      const order = [...values.keys()].sort((one, other) => values[one] - values[other] || one - other)
      const found = [...values]
      order.forEach((member, rank) => (found[member] += rank / Math.max(values.length - 1, 1)))
      return found
    }
    const stretched = this.#stretched(places)
    const [across, up] = [0, 1].map((way) => evenly(stretched.map((place) => place[way])))
    return this.#stretched(across.map((x, one) => [x, up[one]]))
  }

  /** Pushed apart where two would cover each other. */
  #apart(places) {
    const least = Math.min(0.11, 0.62 / Math.sqrt(Math.max(places.length, 1)))
    for (let [round, moved] = [0, true]; moved && round < 60; round++) {
      moved = false
      for (let one = 0; one < places.length; one++) {
        for (let other = 0; other < one; other++) {
          let [dx, dy] = [places[one][0] - places[other][0], places[one][1] - places[other][1]]
          const far = Math.hypot(dx, dy)
          if (far >= least) continue
          if (far < 1e-9) [dx, dy] = [Math.cos(one), Math.sin(one)]
          const push = (least - far) / 2 / (far < 1e-9 ? 1 : far)
          places[one] = [places[one][0] + dx * push, places[one][1] + dy * push]
          places[other] = [places[other][0] - dx * push, places[other][1] - dy * push]
          moved = true
        }
      }
    }
    return this.#stretched(places)
  }

  #stretched(places) {
    const ways = [0, 1].map((way) => {
      const values = places.map((place) => place[way])
      const [low, high] = [Math.min(...values), Math.max(...values)]
      return values.map((value) => (high > low ? (value - low) / (high - low) : 0.5))
    })
    return ways[0].map((x, one) => [x, ways[1][one]])
  }
}
