/* Opens the engine when the page is opened: after `pool.js`, in a page that holds what `embedding` has put there. */
const { parts, scenarios } = JSON.parse(document.getElementById('legato-data').textContent)
globalThis.legatoReady = (async () => {
  const module = await unpacked(parts.module)
  const unable = whyNot(module)
  if (unable) return { why: unable, scenarios }
  const own = Object.fromEntries(await Promise.all(Object.entries(parts.own).map(async ([mark, text]) => [mark, await unpacked(text)])))
  const pool = new Pool({ ...parts, module, own })
  return { why: await pool.whyNot(), scenarios, pool }
})()

