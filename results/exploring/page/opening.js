/* Opens the page: waits for the engine, and says why if it cannot be had. */
const ready = await legatoReady
if (ready.why) {
  byId('live').dataset.state = 'cannot'
  byId('live-said').textContent = byId('live-heard').textContent = ready.why
} else {
  const page = JSON.parse(new TextDecoder().decode(await unpacked(byId('live-data').textContent)))
  const engines = withParticles(page.engines)
  const estimates = await Estimates.from(await unpacked(page.estimates.module), page.estimates.layout)
  const live = new LivePage(page, { ...ready, scenarios: engines }, new Rules(page, ready.pool.parts.keys), estimates)
  await live.begin()
}
