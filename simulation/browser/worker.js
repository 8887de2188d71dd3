/* What a worker of `pool.js` does, after the text of `engine.js`: it is given an engine once, then one task at a time. */
let engine
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
    if (task === 'begin') engine = await Engine.from(given.module, given.layout, given.keys)
    const scenario = known(of)
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
