/* The scenarios of a page for its engine: particles, which stand once a column in the page, put together row by row. */
function withParticles({ columns, scenarios }) {
  const floats = (packed) => new Float64Array(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)).buffer)
  const ready = Object.fromEntries(Object.entries(columns).map(([name, packed]) => [name, floats(packed)]))
  const together = (posterior) => {
    const own = posterior.columns.map((name) => ready[name])
    const particles = new Float64Array(own.length * own[0].length)
    own.forEach((column, place) => column.forEach((value, row) => (particles[row * own.length + place] = value)))
    return { ...posterior, particles }
  }
  return Object.fromEntries(
    Object.entries(scenarios).map(([name, one]) => [name, one.posterior ? { ...one, posterior: together(one.posterior) } : one]),
  )
}
