/* The levers: a control for everything that somebody decides and that is a number, or a yes or no. */
const DRAG_WAITS = 120 // milliseconds that a slider rests before the engine is asked

class LeverView {
  /** `moved(key, value)` is called when a lever is let go; `say` gives the page's words. */
  constructor(place, { say, moved }) {
    this.place = place
    this.say = say
    this.moved = moved
  }

  /** Draw the levers of a plan: groups of {name, levers}, each lever with the `value` that the plan has. */
  draw(groups) {
    this.levers = new Map()
    this.place.replaceChildren(...groups.map(({ name, levers }) => this.#group(name, levers)))
  }

  /** Put the levers where a question has them: what is not among the values is where the plan has it. */
  put(values) {
    this.refuse('')
    for (const [key, lever] of this.levers) lever.put(key in values ? values[key] : lever.of.value)
  }

  /** Mark the levers that a refusal names, and say beside each what is wrong. */
  refuse(why) {
    for (const [key, { row, inputs, fault }] of this.levers) {
      const faults = why.split('\n').filter((line) => (line.match(/[a-z_]+(\.[a-z_]+)+/g) ?? []).includes(key))
      row.classList.toggle('refused', faults.length > 0)
      fault.textContent = faults.join(' ')
      for (const input of inputs) {
        if (faults.length) {
          input.setAttribute('aria-invalid', 'true')
          input.setAttribute('aria-describedby', fault.id)
        } else {
          input.removeAttribute('aria-invalid')
          input.removeAttribute('aria-describedby')
        }
      }
    }
  }

  #group(name, levers) {
    const controls = levers.map((lever) => this.#lever(lever))
    if (!name) return element('div', { class: 'live-group' }, ...controls)
    return element('details', { class: 'live-group' }, element('summary', {}, name), ...controls)
  }

  #lever(lever) {
    const id = `lever-${lever.key}`
    const put = (value) => control.put(value)
    const commit = (value) => {
      clearTimeout(this.waiting)
      put(value)
      this.moved(lever.key, value)
    }
    const back = element('button', {
      type: 'button', class: 'live-back', hidden: true, 'aria-label': this.say('live.put_back_lever', { lever: lever.name }),
      title: this.say('live.put_back_to', { value: this.#said(lever, lever.value) }), click: () => {
        commit(lever.value)
        control.inputs.find((input) => !input.disabled).focus()
      },
    }, this.say('live.put_back')) // prettier-ignore
    const control = lever.kind === 'yes' ? this.#yes(lever, id, commit) : this.#number(lever, id, commit)
    const why = element('p', { class: 'live-fault', id: `fault-${lever.key}` })
    const row = element('div', { class: 'live-lever', 'data-key': lever.key },
      element('div', { class: 'live-lever-head' }, element('label', { for: id, title: lever.text }, lever.name), back),
      control.element,
      why,
    ) // prettier-ignore
    this.levers.set(lever.key, {
      of: lever, row, inputs: control.inputs, fault: why,
      put: (value) => {
        control.put(value)
        const isMoved = value !== lever.value
        row.classList.toggle('moved', isMoved)
        back.hidden = !isMoved
      },
    })
    return row
  }

  #yes(lever, id, commit) {
    const box = element('input', { id, type: 'checkbox', change: () => commit(box.checked) })
    const word = element('span', { 'aria-hidden': 'true' })
    const put = (value) => {
      box.checked = value
      word.textContent = this.say(value ? 'live.yes' : 'live.no')
    }
    return { element: element('div', { class: 'live-yes' }, box, word), put, inputs: [box] }
  }

  #number(lever, id, commit) {
    const asNumber = (text) => (text.trim() === '' ? NaN : Number(text))
    const slider = element('input', {
      id, type: 'range', step: lever.step, title: lever.text,
      input: () => {
        number.value = slider.value
        clearTimeout(this.waiting)
        this.waiting = setTimeout(() => this.moved(lever.key, Number(slider.value)), DRAG_WAITS)
      },
      change: () => commit(Number(slider.value)),
    }) // prettier-ignore
    const number = element('input', {
      id: `number-${lever.key}`, type: 'number', step: 'any', 'aria-label': this.say('live.number_of', { lever: lever.name }),
      change: () => {
        if (Number.isFinite(asNumber(number.value))) commit(asNumber(number.value))
        else put(stands) // no number: it goes back to what the answer is for
      },
    }) // prettier-ignore
    const box = lever.word
      ? element('input', { id: `word-${lever.key}`, type: 'checkbox', 'aria-label': `${lever.name}: ${this.say(`live.word.${lever.word}`)}`, change: () => commit(box.checked ? lever.word : lever.start) })
      : null
    let stands = lever.value
    const put = (value) => {
      stands = value
      const isWord = typeof value === 'string'
      const here = isWord ? lever.start : value
      slider.min = Math.min(lever.low, here)
      slider.max = Math.max(lever.high, here)
      slider.value = here
      slider.setAttribute('aria-valuetext', this.#said(lever, value))
      number.value = isWord ? '' : here
      slider.disabled = number.disabled = isWord
      if (box) box.checked = isWord
    }
    const inside = element('div', { class: 'live-number' }, slider, number,
      element('span', { class: 'live-unit' }, lever.unit),
      box && element('label', { class: 'live-word' }, box, this.say(`live.word.${lever.word}`)),
    ) // prettier-ignore
    return { element: inside, put, inputs: [slider, number, box].filter(Boolean) }
  }

  #said(lever, value) {
    if (typeof value === 'boolean') return this.say(value ? 'live.yes' : 'live.no')
    return typeof value === 'string' ? this.say(`live.word.${value}`) : `${value} ${lever.unit}`.trim()
  }
}
