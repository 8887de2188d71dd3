// Runs what tests ask for in the engine for pages: a request as JSON on standard input, answers as JSON on standard output.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const request = JSON.parse(readFileSync(0, 'utf8'))
const { Engine } = await import(request.engine)
const engine = await Engine.from(gunzipSync(readFileSync(request.module)), request.layout, request.keys)
const packed = (numbers) => Buffer.from(numbers.buffer).toString('base64')
const answers = []
for (const { scenario, changes, seed, first, rows, kept } of request.runs) {
  try {
    const began = performance.now()
    const { values, sumMonths, keptMonths } = engine.runBlock(request.scenarios[scenario], changes, seed, first, rows, kept)
    const milliseconds = performance.now() - began
    answers.push({ values: packed(values), sumMonths: packed(sumMonths), keptMonths: packed(keptMonths), milliseconds })
  } catch (fault) {
    answers.push({ fault: fault.message })
  }
}
const told = (request.watch ?? []).map(({ scenario, changes, seed, replicate, most }) => {
  const answer = engine.watch(request.scenarios[scenario], changes, seed, replicate, most ?? Infinity)
  if (answer.tooMany) return answer
  const { values, course, events, ...others } = answer
  return { values: packed(values), course: packed(course), events: packed(events), ...others }
})
process.stdout.write(JSON.stringify(request.watch ? told : answers))
