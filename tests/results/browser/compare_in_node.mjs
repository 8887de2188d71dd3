// Compares what tests hand over in the estimates for pages: a request as JSON on standard input, answers on standard output.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const request = JSON.parse(readFileSync(0, 'utf8'))
const { Engine } = await import(request.engine)
const { Estimates } = await import(request.estimates)
const bytes = (path) => gunzipSync(readFileSync(path))
const estimates = await Estimates.from(bytes(request.module), request.layout)
const numbers = (packed) => new Float64Array(Uint8Array.from(Buffer.from(packed, 'base64')).buffer)
const columns = (packed) => Object.fromEntries(Object.entries(packed).map(([name, one]) => [name, numbers(one)]))
const lived = (one) => one && { particles: Int32Array.from(one.particles), values: numbers(one.values), keys: one.keys }
// NaN and infinities are no JSON.
const plain = (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : ArrayBuffer.isView(value) ? [...value] : value)

let engine
const answers = []
for (const { base, other, unknown, asked, courses, networks } of request.pairs) {
  let both = unknown && { base: lived(unknown.base), other: lived(unknown.other) }
  if (asked) {
    engine ??= await Engine.from(bytes(request.engineModule), request.engineLayout, request.keys)
    const [one, changed] = asked.map(({ scenario, changes }) => engine.measure(request.scenarios[scenario], changes, networks).unknown)
    both = { base: one, other: changed }
  }
  const [mine, theirs] = [columns(base), columns(other)]
  const began = performance.now()
  const answer = estimates.compare(mine, theirs, both)
  answer.milliseconds = performance.now() - began
  if (courses) {
    const given = { ...columns({ sumMonths: courses.sumMonths, keptMonths: courses.keptMonths }), lastMonth: courses.lastMonth }
    answer.courses = estimates.courses(given, networks)
    answer.coursesMilliseconds = performance.now() - began - answer.milliseconds
  }
  answers.push(answer)
}
process.stdout.write(JSON.stringify(answers, plain))
