/* Engines at work side by side, each in a worker made of this very page, so that nothing is fetched from anywhere.
 *
 * `parts` is what `embedding` puts into the page: the module (here its bytes), those with rules of somebody's own by the
 * mark of the rules (`own`), the layout, the keys, the text of `engine.js` with `worker.js`, and `kept`, up to how many
 * replicates the courses of all are kept.
 */

/** Bytes that travel as base64. */
export function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text)
  const letters = atob(text)
  const bytes = new Uint8Array(letters.length)
  for (let place = 0; place < bytes.length; place++) bytes[place] = letters.charCodeAt(place)
  return bytes
}

/** The module's bytes, which travel packed (gzip, as base64). null where the browser cannot unpack them. */
export async function unpacked(text) {
  if (typeof DecompressionStream !== 'function') return null
  const packed = new Blob([bytesOf(text)])
  return new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
}

const stays = 'what stands here stays as it was when the page was made; a browser of 2023 or later can compute'

/** Why this browser cannot compute, in a sentence; "" if it can. */
export function whyNot(module) {
  if (typeof WebAssembly !== 'object') return `This browser runs no WebAssembly, so nothing can be tried here: ${stays}.`
  if (typeof Worker !== 'function') return `This browser runs no workers, so nothing can be tried here: ${stays}.`
  if (!module || !WebAssembly.validate(module)) return `This browser is too old for the engine, so nothing can be tried here: ${stays}.`
  return ''
}

const PARTS = 4 // of a block, for each worker: whoever is done takes the next, so that none waits long for another

/** One worker; it answers tasks in the order in which they are given. */
class Hand {
  constructor(address, parts) {
    this.waiting = new Map()
    Object.assign(this, { address, parts })
    this.#begin()
  }

  #begin() {
    this.hasBegun = false
    this.known = new WeakMap() // scenarios that the worker has been given, with their numbers: each is sent once
    this.scenarios = 0
    this.worker = new Worker(this.address) // not a module: Chromium refuses those to a page that was opened as a file
    this.worker.onmessage = ({ data: { id, answer, fault } }) => {
      const { resolve, reject } = this.waiting.get(id)
      this.waiting.delete(id)
      if (fault === undefined) resolve(answer)
      else reject(new Error(fault))
    }
    this.worker.onerror = (event) => {
      for (const { reject } of this.waiting.values()) reject(new Error(event.message || 'a worker could not be started'))
      this.waiting.clear()
      this.worker.terminate()
      if (this.hasBegun) this.#begin() // what is asked next has an engine again; where none can begin it is said
    }
    const { module, own, layout, keys } = this.parts
    this.begun = this.ask('begin', { module, own, layout, keys }).then(() => (this.hasBegun = true))
    this.begun.catch(() => {}) // whoever waits for it is told
  }

  ask(task, { scenario, ...given }) {
    const id = (this.asked = (this.asked ?? 0) + 1)
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.worker.postMessage({ id, task, given, of: this.#sent(scenario) })
    })
  }

  /** A scenario by its number, and itself if it is new to the worker; it must stay as it is. */
  #sent(scenario) {
    if (!scenario) return {}
    if (this.known.has(scenario)) return { number: this.known.get(scenario) }
    this.known.set(scenario, ++this.scenarios)
    return { number: this.scenarios, scenario }
  }
}

/** As many engines as this computer has processors, or as are asked for. */
export class Pool {
  constructor(parts, workers = navigator.hardwareConcurrency || 2) {
    const address = URL.createObjectURL(new Blob([parts.source], { type: 'text/javascript' }))
    this.parts = parts
    this.hands = Array.from({ length: Math.max(1, workers) }, () => new Hand(address, parts))
  }

  /** Wait until every worker has its engine; why they cannot have one, in a sentence, or "". */
  async whyNot() {
    try {
      await Promise.all(this.hands.map((hand) => hand.begun))
      return ''
    } catch (fault) {
      return `The engine cannot be started here (${fault.message}), so nothing can be tried: ${stays}.`
    }
  }

  /** Replicates of a scenario with changes to its values: what `simulation.run` gives in Python, to the byte.
   *
   * Returns values: outcome -> float[networks]; sumMonths float[months + 1 x monthly], in rows; keptMonths float[kept x
   * months + 1 x monthly], the courses of the first networks, likewise; lastMonth; and unknown, what the networks live
   * with, null where parameters are fixed: what `Estimates` takes. Of networks that can grow beyond `most` members only
   * `tooMany`, how many they are; null once it is not wanted any more.
   */
  async run(scenario, { changes = {}, seed = 1, networks = 200, most = Infinity, isWanted = () => true, progress = () => {} } = {}) {
    await Promise.all(this.hands.map((hand) => hand.begun))
    const { block, lastMonth, members, unknown } = await this.hands[0].ask('measure', { scenario, changes, networks })
    if (members > most) return { tooMany: members }
    const tasks = this.#tasks(block, networks)
    let [next, done] = [0, 0]
    const work = async (hand) => {
      while (next < tasks.length && isWanted()) {
        const task = tasks[next++]
        task.answer = await hand.ask('run', { scenario, changes, seed, ...task })
        progress((done += task.rows), networks)
      }
    }
    const twice = this.hands.flatMap((hand) => [hand, hand]) // so that the next task lies there when one is done
    await Promise.all(twice.map(work))
    if (done < networks) return null
    const sumMonths = this.#added(tasks, (lastMonth + 1) * this.parts.layout.monthly.length)
    return { values: this.#columns(tasks, networks), sumMonths, keptMonths: this.#courses(tasks), lastMonth, unknown }
  }

  /** One replicate with everything that happens in it, month by month: what `Engine.watch` returns in `engine.js`. */
  async watch(scenario, { changes = {}, seed = 1, replicate = 0, most = Infinity } = {}) {
    const idle = this.hands.reduce((least, hand) => (hand.waiting.size < least.waiting.size ? hand : least))
    await idle.begun
    return idle.ask('watch', { scenario, changes, seed, replicate, most })
  }

  end() {
    for (const hand of this.hands) hand.worker.terminate()
  }

  /** Who does what: blocks; of those whose courses are all kept, parts, in which pairs with one particle stay together. */
  #tasks(block, networks) {
    const tasks = []
    for (let begin = 0; begin < networks; begin += block) {
      const end = Math.min(networks, begin + block)
      const whole = end > this.parts.kept
      const size = whole ? end - begin : 2 * Math.ceil((end - begin) / (2 * PARTS * this.hands.length))
      for (let first = begin; first < end; first += size) {
        const rows = Math.min(size, end - first)
        const kept = Math.max(0, Math.min(rows, this.parts.kept - first))
        tasks.push({ first, rows, kept, whole, beginsBlock: first === begin })
      }
    }
    return tasks
  }

  /** The sum of all courses, added up in the order in which Python adds them: replicates to a block, blocks to the whole. */
  #added(tasks, length) {
    const [total, block] = [new Float64Array(length), new Float64Array(length)]
    const add = (into, numbers, from = 0) => {
      for (let place = 0; place < length; place++) into[place] += numbers[from + place]
    }
    for (const { beginsBlock, kept, whole, answer } of tasks) {
      if (beginsBlock) {
        add(total, block)
        block.fill(0)
      }
      if (whole) add(block, answer.sumMonths)
      for (let row = 0; row < kept && !whole; row++) add(block, answer.keptMonths, row * length)
    }
    add(total, block)
    return total
  }

  /** Courses of the networks that are kept, one after the other. */
  #courses(tasks) {
    const some = tasks.filter(({ kept }) => kept > 0).map(({ answer }) => answer.keptMonths)
    const all = new Float64Array(some.reduce((length, courses) => length + courses.length, 0))
    let at = 0
    for (const courses of some) {
      all.set(courses, at)
      at += courses.length
    }
    return all
  }

  #columns(tasks, networks) {
    const names = this.parts.layout.outcomes
    const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(networks)]))
    for (const { first, rows, answer } of tasks) {
      for (let row = 0; row < rows; row++) {
        names.forEach((name, place) => (columns[name][first + row] = answer.values[row * names.length + place]))
      }
    }
    return columns
  }
}
