/* The page that computes: reads the levers, asks the engine, and puts the averages into the table.
 *
 * Averages are those of `results.estimates.comparison`: over the networks in which both scenarios have a value; of a
 * ratio, one sum over the other. How sure they are is not worked out here yet.
 */
const page = JSON.parse(document.getElementById('page').textContent)
const shown = (id) => document.getElementById(id)

/** A sum that is exact until it is rounded once, as Python's math.fsum gives it. */
function exactSum(numbers) {
  const parts = []
  for (let number of numbers) {
    let kept = 0
    for (let part of parts) {
      if (Math.abs(number) < Math.abs(part)) [number, part] = [part, number]
      const high = number + part
      const low = part - (high - number)
      if (low !== 0) parts[kept++] = low
      number = high
    }
    parts.length = kept
    parts.push(number)
  }
  return parts.reduceRight((sum, part) => sum + part, 0)
}

/** Averages of an outcome in both, over the networks in which both have it; NaN where there is nothing to say. */
function averages(outcome, base, other) {
  const behind = page.over[outcome] ?? [outcome]
  const kept = base[outcome].map((_, row) => behind.every((name) => !isNaN(base[name][row]) && !isNaN(other[name][row])))
  const sum = (values, name) => exactSum([...values[name]].filter((_, row) => kept[row]))
  const count = kept.filter(Boolean).length
  const average = (values) => {
    const [whole, part] = behind.length === 2 ? [sum(values, behind[1]), sum(values, behind[0])] : [count, sum(values, outcome)]
    return whole === 0 ? NaN : part / whole
  }
  return [average(base), average(other)]
}

/** A number in the unit in which its outcome is shown. */
function inUnit({ factor, places }, value, sign = false) {
  if (isNaN(value)) return '-'
  const text = new Intl.NumberFormat('en', { minimumFractionDigits: places, maximumFractionDigits: places, signDisplay: sign ? 'exceptZero' : 'negative' })
  return text.format(value * factor)
}

/** Values that were moved, by key. */
function moved() {
  const changes = {}
  for (const { key, kind, value } of page.levers) {
    const input = shown(`lever-${key}`)
    const now = kind === 'yes' ? input.checked : input.valueAsNumber
    if (!Object.is(now, value)) changes[key] = now
  }
  return changes
}

let [asked, base] = [0, undefined]

/** Ask the engine for what the levers say now; an answer to an earlier question is not shown any more. */
async function answer({ pool, scenarios }) {
  const question = ++asked
  const [scenario, answers] = [scenarios[page.scenario], shown('answer')]
  answers.dataset.state = 'computing'
  shown('said').textContent = 'Computing. The numbers below are of the levers as they stood before.'
  try {
    const given = { seed: page.seed, networks: page.networks }
    base ??= await pool.run(scenario, given)
    const other = await pool.run(scenario, { ...given, changes: moved() })
    if (question !== asked) return
    for (const line of page.lines) {
      const [before, now] = averages(line.outcome, base.values, other.values)
      const row = shown(`line-${line.outcome}`)
      row.dataset.values = JSON.stringify([before, now].map((one) => (isNaN(one) ? null : one)))
      row.querySelector('.base').textContent = inUnit(line, before)
      row.querySelector('.this').textContent = inUnit(line, now)
      row.querySelector('.difference').textContent = inUnit(line, now - before, true)
    }
    shown('said').textContent = `Averages of ${page.networks} networks each, computed in this page.`
    answers.dataset.state = 'answered'
  } catch (fault) {
    if (question !== asked) return
    for (const cell of document.querySelectorAll('.this, .difference')) cell.textContent = '-'
    shown('said').textContent = fault.message
    answers.dataset.state = 'refused'
  }
}

const ready = await legatoReady
if (ready.why) {
  shown('said').textContent = ready.why
  shown('answer').dataset.state = 'cannot'
} else {
  for (const input of document.querySelectorAll('fieldset input')) {
    input.disabled = false
    input.addEventListener('change', () => answer(ready))
  }
  await answer(ready)
}
