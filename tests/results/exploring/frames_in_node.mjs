// Plays the networks that tests ask for: a request as JSON on standard input, what frames.js makes of each on standard output.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const request = JSON.parse(readFileSync(0, 'utf8'))
const { Engine } = await import(request.engine)
const PlayedNetwork = new Function(`${readFileSync(request.frames, 'utf8')}; return PlayedNetwork`)()
const engine = await Engine.from(gunzipSync(readFileSync(request.module)), request.layout, request.keys)
const say = (id, values = {}) => {
  const entry = request.words.catalogue[id]
  const form = (count) => request.words.forms[count < 200 ? count : (count % 100) + 100]
  const text = typeof entry === 'string' ? entry : entry.forms[form(values[entry.by])]
  return text.replace(/{(\w+)}/g, (_, name) => values[name])
}
const number = (value, places) => value.toFixed(places)
const answers = request.watch.map(({ scenario, changes, seed, replicate }) => {
  const watched = engine.watch(request.scenarios[scenario], changes, seed, replicate)
  const { members, topics, used, frames } = new PlayedNetwork(watched, request.layout.kinds, request.scenarios[scenario].names, { say, number })
  return { members, topics, used, frames }
})
process.stdout.write(JSON.stringify(answers))
