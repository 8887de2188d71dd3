/* Opens the page: makes ready what it shows while the engine starts, and says why if that cannot be had. */
const made = (async () => {
  const bytes = await unpacked(byId('live-data').textContent)
  const page = JSON.parse(new TextDecoder().decode(bytes))
  const estimates = Estimates.from(await unpacked(page.estimates.module), page.estimates.layout)
  const rules = new Rules(page, parts.keys)
  return [page, withParticles(page.engines), rules, await estimates]
})()
made.catch(() => {}) // why nothing can be made in a browser is said by the engine
const ready = await legatoReady
if (ready.why) {
  byId('live').dataset.state = 'cannot'
  byId('live-said').textContent = byId('live-heard').textContent = ready.why
} else {
  const [page, scenarios, rules, estimates] = await made
  await new LivePage(page, { ...ready, scenarios }, rules, estimates).begin()
}
