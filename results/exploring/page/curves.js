/* Curves: the average of an outcome month by month, of both plans; where single networks end up stands beside as a bar. */
const EDGE = { left: 64, right: 40, top: 24, bottom: 44 }
const HEIGHT = 250
const STEPS_OF_MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240]

/** Round marks from 0 to at least `most`. */
function marksUpTo(most) {
  if (!(most > 0)) return [0, 1]
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [0.2, 0.25, 0.5, 1, 2, 2.5].map((one) => one * power).find((one) => most / one <= 5) ?? power * 5
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, place) => Number((place * step).toPrecision(6)))
}

/** A chart as a drawing.
 *
 * `chart` has title, unit, most (0 if open), lines of {role, mean, low, high} in months, observed marks of {month, value,
 * low, high}, closings of {month, text}, and a text for who does not see it. Colours come from the page's style.
 */
function drawnChart(chart, { width, say, number }) {
  const months = Math.max(...chart.lines.map((line) => line.mean.length)) - 1
  const known = [...chart.lines.flatMap((line) => [...line.high, ...line.mean]), ...chart.observed.map((one) => one.high)]
  const marks = marksUpTo(chart.most || Math.max(0, ...known.filter(Number.isFinite)))
  const most = marks[marks.length - 1]
  const [right, floor] = [width - EDGE.right, HEIGHT - EDGE.bottom]
  const across = (month) => EDGE.left + (month / Math.max(1, months)) * (right - EDGE.left)
  const up = (value) => floor - (value / most) * (floor - EDGE.top)
  const step = STEPS_OF_MONTHS.find((each) => months / each <= (width < 330 ? 6 : 8)) ?? 240
  const everyMonth = Array.from({ length: Math.floor(months / step) + 1 }, (_, place) => place * step)
  const text = (words, attributes) => shape('text', attributes, words)
  return shape('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-label': chart.text },
    shape('g', { class: 'live-grid' },
      ...marks.flatMap((mark) => [
        shape('line', { x1: EDGE.left, x2: right, y1: up(mark), y2: up(mark) }),
        text(number(mark), { x: EDGE.left - 6, y: up(mark) + 4, 'text-anchor': 'end' }),
      ]),
      ...everyMonth.flatMap((month) => [
        shape('line', { class: 'tick', x1: across(month), x2: across(month), y1: floor, y2: floor + 4 }),
        text(String(month), { x: across(month), y: floor + 17, 'text-anchor': 'middle' }),
      ]),
      shape('line', { class: 'axis', x1: EDGE.left, x2: right, y1: floor, y2: floor }),
    ),
    text(say('live.axis_months'), { class: 'live-axis', x: (EDGE.left + right) / 2, y: HEIGHT - 6, 'text-anchor': 'middle' }),
    text(chart.unit, { class: 'live-axis', transform: `translate(12 ${(EDGE.top + floor) / 2}) rotate(-90)`, 'text-anchor': 'middle' }),
    ...chart.closings.filter(({ month }) => month > 0 && month < months).map(({ month, text: words, before }) =>
      shape('g', { class: 'live-mark' },
        shape('line', { x1: across(month), x2: across(month), y1: EDGE.top, y2: floor }),
        text(words, { x: across(month) + (before ? -4 : 4), y: EDGE.top - 4, 'text-anchor': before ? 'end' : 'start' }),
      )),
    ...chart.lines.map((line) => drawnLine(line, { across, up, right })),
    ...chart.observed.filter(({ month }) => month !== null && month <= months).map((seen) => {
      const [at, value] = [across(seen.month), up(seen.value)]
      return shape('g', { class: 'live-observed' },
        shape('line', { x1: at, x2: at, y1: up(seen.low ?? seen.value), y2: up(seen.high ?? seen.value) }),
        shape('rect', { x: at - 4, y: value - 4, width: 8, height: 8, transform: `rotate(45 ${at} ${value})` }),
      )
    }),
  ) // prettier-ignore
}

/** The average as a line, and beside its end the middle 90 % of networks as a bar. */
function drawnLine({ role, mean, low, high }, { across, up, right }) {
  const known = [...mean.entries()].filter(([, value]) => Number.isFinite(value))
  const path = known.map(([month, value], place) => `${place ? 'L' : 'M'}${across(month).toFixed(1)} ${up(value).toFixed(1)}`)
  const [last] = known.at(-1) ?? [0]
  const at = right + (role === 'base' ? 12 : 26)
  const bar = Number.isFinite(low[last]) && Number.isFinite(high[last])
  return shape('g', { class: `live-line ${role}` },
    shape('path', { class: 'mean', d: path.join('') }),
    bar ? shape('line', { class: 'range', x1: at, x2: at, y1: up(low[last]), y2: up(high[last]) }) : null,
    bar ? shape('circle', { class: 'end', cx: at, cy: up(mean[last]), r: 3.5 }) : null,
  ) // prettier-ignore
}
