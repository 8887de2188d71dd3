/* The scenarios of a page for its engine: particles, which stand once a column in the page, put together row by row.
 *
 * Returns the scenario of a name, or that with fixed parameters: made when it is first asked for, and the same ever after.
 */
function withParticles({ columns, scenarios }) {
  const [ready, made] = [new Map(), new Map()]
  const once = (kept, name, make) => kept.get(name) ?? kept.set(name, make()).get(name)
  const column = (name) => once(ready, name, () => Float64Array.from(columns[name].split(' '), Number))
  const together = (posterior) => {
    const own = posterior.columns.map(column)
    const particles = new Float64Array(own.length * own[0].length)
    own.forEach((numbers, place) => numbers.forEach((value, row) => (particles[row * own.length + place] = value)))
    return { ...posterior, particles }
  }
  const ofName = (name, fixed) => {
    const { posterior, ...others } = scenarios[name]
    return { ...others, posterior: posterior && !fixed ? together(posterior) : null }
  }
  return (name, fixed) => once(made, JSON.stringify([name, fixed]), () => ofName(name, fixed))
}
