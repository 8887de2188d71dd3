/* The answer: sentences, the figures to keep in sight, curves, differences. It shows what it is given, and works out nothing.
 *
 * `found` is an `Explored` (see explored.py), `charts` and `courses` what is drawn of it.
 */
const IN_SIGHT = ['collaboration_rate', 'legacy_rate', 'evidence', 'total_cost']
const HEARD_AFTER = 1000 // milliseconds; that it is being computed is not worth hearing if the answer is there by then
const ON_PAPER = 260 // pixels of a chart's width, before paper makes it as wide as it can

class AnswerView {
  constructor(place, { say, number }) {
    Object.assign(this, { place, say, number, third: null })
    new ResizeObserver(() => this.shown && this.#curves()).observe(byId('live-charts'))
  }

  /** What stands here now: "given", "computing", "answered", "refused" or "cannot"; all but an answer says why. */
  state(name, text = '') {
    this.place.dataset.state = name
    byId('live-said').textContent = text
    if (name === 'refused' || name === 'cannot') this.#clear()
    this.#hear(name, text)
  }

  /** Draw the curves as paper, or as the screen, has room for them. */
  paper(isPaper) {
    this.isPaper = isPaper
    if (this.shown) this.#curves()
  }

  show(found, charts, courses) {
    this.shown = { found, charts, courses }
    this.third ??= charts.third
    byId('live-verdict').textContent = found.verdict
    byId('live-reasons').replaceChildren(...found.reasons.map((one) => element('li', {}, one)))
    byId('live-trust').replaceChildren(...found.trust.map((one) => element('p', { class: 'trust' }, one)))
    byId('live-sentences').replaceChildren(...found.sentences.map((one) => element('p', {}, one)))
    byId('live-notes').replaceChildren(...found.notes.map((one) => element('li', {}, one)))
    const [base, current] = [found.base.name, found.this.name]
    for (const one of document.querySelectorAll('.live-base-name')) one.textContent = base
    for (const one of document.querySelectorAll('.live-this-name')) one.textContent = current
    this.#rows(byId('live-outcomes'), found.lines)
    this.#rows(byId('live-costs'), found.costs)
    this.#sight()
    this.#curves()
  }

  /** The drawings and their titles, as they are on the page. */
  get drawings() {
    return [...document.querySelectorAll('#live-charts figure')].map((one) => [one.dataset.title, one.querySelector('svg')])
  }

  #clear() {
    this.shown = null
    for (const id of ['live-verdict', 'live-reasons', 'live-trust', 'live-sentences', 'live-notes', 'live-outcomes', 'live-costs', 'live-charts', 'live-sight']) {
      byId(id).replaceChildren()
    }
  }

  /** What a screen reader says: one text for each answer, and the same that one sees first. */
  #hear(name, text) {
    const heard = byId('live-heard')
    clearTimeout(this.unheard)
    if (name === 'computing') {
      this.unheard = setTimeout(() => (heard.textContent = text), HEARD_AFTER)
      return
    }
    const { found } = this.shown ?? {}
    const sight = this.shown ? this.#inSight().map((line) => `${this.say(`live.sight.${line.outcome}`)}: ${line.this}, ${line.way}.`) : []
    heard.textContent = [text, found ? found.verdict || found.sentences[0] : '', ...sight].filter(Boolean).join(' ')
  }

  #rows(body, lines) {
    const cell = (kind, label, text) => element('td', { class: kind, 'data-label': label }, text)
    body.replaceChildren(...lines.map((line) =>
      element('tr', { 'data-outcome': line.outcome, class: line.is_clear ? 'clear' : '' },
        element('th', { scope: 'row' }, line.label),
        cell('number base', this.say('live.baseline'), line.base),
        cell('number this', this.say('live.this'), line.this),
        cell('number difference', this.say('live.difference'), line.difference),
        cell('words', this.say('live.in_words'), line.words),
      ))) // prettier-ignore
  }

  /** What stays in sight while levers are moved. */
  #sight() {
    byId('live-sight').replaceChildren(...this.#inSight().map((line) =>
      element('div', { 'data-outcome': line.outcome },
        element('dt', { title: line.label }, this.say(`live.sight.${line.outcome}`)),
        element('dd', {}, element('b', {}, line.this), ' ', element('span', {}, line.way)),
      ))) // prettier-ignore
  }

  #inSight() {
    const { lines, costs } = this.shown.found
    return IN_SIGHT.map((outcome) => [...lines, ...costs].find((line) => line.outcome === outcome)).filter(Boolean)
  }

  /** How wide a chart is (pixels) where all have so much room. */
  #width(room) {
    if (this.isPaper) return ON_PAPER
    const columns = room >= 840 ? 3 : room >= 560 ? 2 : 1
    return Math.max(260, Math.floor((room - (columns - 1) * 16) / columns) - 2)
  }

  #curves() {
    const { found, charts, courses } = this.shown
    const place = byId('live-charts')
    const width = this.#width(place.clientWidth)
    const wanted = [...charts.first, this.third]
    const focused = document.activeElement?.id
    place.replaceChildren(...wanted.map((outcome, at) => this.#figure(charts, courses, found, outcome, width, at >= charts.first.length)))
    if (focused === 'live-third') byId('live-third').focus()
  }

  #figure(charts, courses, found, outcome, width, free) {
    const chart = charts.all.find((one) => one.outcome === outcome)
    const lines = [['base', courses.base], ['this', courses.this]].map(([role, course]) => ({
      role, mean: Array.from(course[outcome].mean), low: Array.from(course[outcome].low), high: Array.from(course[outcome].high),
    })) // prettier-ignore
    const text = charts.words(outcome, lines[0].mean, lines[1].mean)
    const drawing = drawnChart({ ...chart, lines, closings: this.#closings(found), text }, { width, say: this.say, number: this.number })
    const choose = (event) => {
      this.third = event.target.value
      this.#curves()
    }
    const title = free
      ? element('select', { id: 'live-third', 'aria-label': this.say('live.third_chart'), change: choose },
          ...charts.all.map((one) => element('option', { value: one.outcome, selected: one.outcome === outcome }, one.title)))
      : chart.title // prettier-ignore
    return element('figure', { class: 'live-chart', style: `width: ${width}px`, 'data-outcome': outcome, 'data-title': chart.title },
      element('figcaption', {}, title), drawing)
  }

  #closings({ base, this: current }) {
    const [first, second] = [base, current].map((one) => (one.closes ? one.closing_month : 0))
    if (first === second || !first || !second) {
      return [first || second].filter(Boolean).map((month) => ({ month, text: this.say('live.closing') }))
    }
    return [
      { month: first, text: this.say('live.baseline_closes'), before: first < second },
      { month: second, text: this.say('live.this_closes'), before: second < first },
    ]
  }
}
