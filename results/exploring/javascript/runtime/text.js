/* Python's texts of values: str, repr, format, and texts with values in them. */
$.str = (value) => (isText(value) ? String(value) : value instanceof Error ? value.message : $.repr(value))
$.repr = (value) => {
  if (value == null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (isText(value)) return quoted(String(value))
  if (value instanceof Float || typeof value === 'number') return isFloat(value) ? shortest(plainNumber(value)) : BigInt(value).toString()
  if (value instanceof NamedTuple) return recorded(value)
  if (value instanceof Tuple) return value.length === 1 ? `(${$.repr(value[0])},)` : `(${value.map($.repr).join(', ')})`
  if (Array.isArray(value)) return `[${value.map($.repr).join(', ')}]`
  if (value instanceof Dict) return `{${[...value.items()].map(([key, one]) => `${$.repr(key)}: ${$.repr(one)}`).join(', ')}}`
  if (value instanceof Set_) return value.size ? `{${[...value].map($.repr).join(', ')}}` : 'set()'
  if (value instanceof Record) return recorded(value)
  throw $.fault('TypeError', `no text for ${String(value)}`)
}
const recorded = (value) => {
  const fields = Object.keys(value.constructor.kinds).map((name) => `${name}=${$.repr(value[name])}`)
  return `${value.constructor.title}(${fields.join(', ')})`
}
const UNPRINTABLE = /[\p{C}\p{Z}]/u
const isPrintable = (character) => character === ' ' || !UNPRINTABLE.test(character)
function quoted(value) {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'"
  const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', [quote]: `\\${quote}` }
  const escaped = (one) => {
    if (one in named || isPrintable(one)) return named[one] ?? one
    const code = one.codePointAt(0), digits = code < 256 ? 2 : code < 65536 ? 4 : 8
    return `\\${{ 2: 'x', 4: 'u', 8: 'U' }[digits]}${code.toString(16).padStart(digits, '0')}`
  }
  return quote + Array.from(value, escaped).join('') + quote
}
/** The shortest digits that give the float back, as Python sets them out. */
function shortest(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  const [, sign, digits, power] = (Object.is(value, -0) ? '-0e0' : value.toExponential()).match(/^(-?)([\d.]+)e([-+]\d+|0)$/)
  return sign + placed(digits.replace('.', ''), Number(power), 16, true)
}
/** Digits with a point where the power of ten of the first one says; scientific from `most` on, or below 1e-4. */
function placed(digits, power, most, isPointed) {
  if (power < -4 || power >= most) {
    const rest = digits.length > 1 ? `.${digits.slice(1)}` : ''
    return `${digits[0]}${rest}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  }
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${digits}`
  const filled = digits.padEnd(power + 1, '0')
  const after = filled.slice(power + 1) || (isPointed ? '0' : '')
  return filled.slice(0, power + 1) + (after && `.${after}`)
}
/** To so many digits that count, without zeros at the end: "g". */
function general(value, precision) {
  const most = precision || 1, size = Math.abs(value)
  if (size === 0) return '0'
  const { top, bottom } = exactly(size)
  let power = Number(size.toExponential().split('e')[1])
  const to = (shift) => (shift >= 0 ? halfToEven(top * 10n ** BigInt(shift), bottom) : halfToEven(top, bottom * 10n ** BigInt(-shift)))
  let digits = to(most - 1 - power).toString()
  if (digits.length > most) [digits, power] = [digits.slice(0, most), power + 1]
  return placed(digits.replace(/0+$/, '') || '0', power, most, false)
}
const SPEC = /^(?:(.)?([<>^]))?([-+ ])?(0)?(\d+)?(,)?(?:\.(\d+))?([dfgs%])?$/u
$.format = (value, spec) => {
  const [, fill = ' ', align, sign = '-', zero, width = 0, comma, precision, kind] = $.str(spec).match(SPEC) ?? unknownSpec(spec)
  let said = isNumber(value) && kind !== 's' ? formatted(value, kind, precision, comma, sign) : cut($.str(value), precision)
  const missing = Math.max(0, width - $.len(said))
  if (zero && isNumber(value)) return said.replace(/^[-+ ]?/, (first) => first + '0'.repeat(missing))
  const where = align ?? (isNumber(value) ? '>' : '<')
  const before = where === '<' ? 0 : where === '>' ? missing : missing >> 1
  return fill.repeat(before) + said + fill.repeat(missing - before)
}
const cut = (said, precision) => (precision === undefined ? said : $.slice(said, null, Number(precision), null))
const unknownSpec = (spec) => { throw $.fault('ValueError', `Invalid format specifier '${spec}'`) }
function formatted(value, kind, precision, comma, sign) {
  const number = plainNumber(value), size = Math.abs(number), places = Number(precision ?? 6)
  let said
  if (!Number.isFinite(number)) said = shortest(size) + (kind === '%' ? '%' : '')
  else if (kind === 'f') said = fixed(size, places)
  else if (kind === '%') said = `${fixed(size * 100, places)}%`
  else if (kind === 'g') said = general(size, places)
  else if (precision !== undefined) said = generalFloat(size, places)
  else said = isFloat(value) ? shortest(size) : BigInt(size).toString()
  if (comma) said = said.replace(/^\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','))
  const isNegative = number < 0 || Object.is(number, -0)
  return (isNegative ? '-' : sign === '-' ? '' : sign) + said
}
const generalFloat = (size, places) => { const said = general(size, places); return /[.e]/.test(said) ? said : `${said}.0` }
/** A text with values in it. */
$.f = (parts, ...values) => parts.reduce((said, part, place) => said + $.str(values[place - 1]) + part)
