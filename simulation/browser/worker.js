/* What a worker of `pool.js` does, after the text of `engine.js`: it is given an engine once, then one task at a time. */
let engine

self.onmessage = async ({ data: { id, task, given } }) => {
  try {
    if (task === 'begin') engine = await Engine.from(given.module, given.layout, given.keys)
    const { scenario, changes, seed, first, rows, kept, networks, replicate, most } = given
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
