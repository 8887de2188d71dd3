/* What a worker of `pool.js` does, after the text of `engine.js`: it is given its engines once, then one task at a time. */
const engines = new Map() // by the mark of the rules that they have; "" of the shipped ones
const scenarios = new Map()

/** A scenario by its number; it comes with the first task that asks for it, and its particles are unpacked once. */
function known({ number, scenario }) {
  if (scenario?.posterior) {
    const { posterior } = scenario
    posterior.particles = particles(posterior.particles)
    if (posterior.learned) posterior.learned = particles(posterior.learned)
  }
  if (scenario) scenarios.set(number, scenario)
  return scenarios.get(number)
}

self.onmessage = async ({ data: { id, task, given, of } }) => {
  try {
    if (task === 'begin') {
      for (const [mark, module] of [['', given.module], ...Object.entries(given.own)]) {
        engines.set(mark, await Engine.from(module, given.layout, given.keys))
      }
    }
    const scenario = known(of)
    const engine = engines.get(scenario?.rules ?? '')
    const { changes, seed, first, rows, kept, networks, replicate, most } = given
    let answer = null
    if (task === 'measure') answer = engine.measure(scenario, changes, networks)
    if (task === 'run') answer = engine.runBlock(scenario, changes, seed, first, rows, kept)
    if (task === 'watch') answer = engine.watch(scenario, changes, seed, replicate, most)
    const moved = task === 'run' ? Object.values(answer).map((numbers) => numbers.buffer) : []
    self.postMessage({ id, answer }, moved)
  } catch (fault) {
    self.postMessage({ id, fault: fault.message, of: fault.constructor.name })
  }
}
