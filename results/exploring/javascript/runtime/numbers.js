/* Python's numbers: a number is whole, or a float; a float that happens to be whole is marked as one. */
class Float {
  constructor(value) { this.value = value }
  valueOf() { return this.value }
  toString() { return $.str(this) }
  toJSON() { return this.value }
}
$.Float = Float
const isNumber = (value) => typeof value === 'number' || typeof value === 'boolean' || value instanceof Float
const isFloat = (value) => value instanceof Float || (typeof value === 'number' && !Number.isInteger(value))
const plainNumber = (value) => (value instanceof Float ? value.value : Number(value))
const marked = (value) => (Number.isInteger(value) ? new Float(value) : value)
const whole = (value) => value + 0 // no -0
$.nan = NaN
$.inf = Infinity
$.float = (value = 0) => {
  if (!isText(value)) return marked(value instanceof Decimal ? value.toNumber() : plainNumber(value))
  const said = value.trim().replaceAll('_', '').toLowerCase()
  const named = { nan: NaN, inf: Infinity, '-inf': -Infinity, infinity: Infinity, '-infinity': -Infinity }
  if (said in named) return named[said]
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(said)) throw $.fault('ValueError', `could not convert ${value}`)
  return marked(Number(said))
}
$.int = (value = 0) => {
  if (value instanceof Decimal) return whole(Math.trunc(value.toNumber()))
  if (isText(value) && !/^\s*[-+]?\d+\s*$/.test(value)) throw $.fault('ValueError', `no whole number: ${value}`)
  return whole(Math.trunc(isText(value) ? Number(value) : plainNumber(value)))
}

/** Two numbers through a function: whole if both are and the function keeps what is whole. */
const through = (left, right, function_) => {
  const value = function_(plainNumber(left), plainNumber(right))
  return isFloat(left) || isFloat(right) ? marked(value) : whole(value)
}
const operator = (onNumbers, onDecimals, onOthers) => (left, right) => {
  if (isNumber(left) && isNumber(right)) return through(left, right, onNumbers)
  if (left instanceof Decimal || right instanceof Decimal) return onDecimals($.Decimal(left), $.Decimal(right))
  if (onOthers) return onOthers(left, right)
  throw $.fault('TypeError', `no operation for ${$.repr(left)} and ${$.repr(right)}`)
}
$.add = operator((a, b) => a + b, (a, b) => a.plus(b), (a, b) => {
  if (isText(a) && isText(b)) return `${a}${b}`
  return a instanceof Tuple ? $.tuple([...a, ...b]) : [...a, ...b]
})
$.sub = operator((a, b) => a - b, (a, b) => a.plus(b.negated()), (a, b) => $.set([...a].filter((one) => !b.has(one))))
$.mul = operator((a, b) => a * b, (a, b) => a.times(b), (a, b) => {
  const [some, times] = isNumber(a) ? [b, a] : [a, b]
  if (isText(some)) return some.repeat(Math.max(0, times))
  return (some instanceof Tuple ? $.tuple : $.list)(Array.from({ length: Math.max(0, times) }, () => [...some]).flat())
})
const dividing = (function_) => (a, b) => {
  if (b === 0) throw $.fault('ZeroDivisionError', 'division by zero')
  return function_(a, b)
}
const zeroLike = (value) => (value < 0 || Object.is(value, -0) ? -0 : 0)
const modulo = dividing((a, b) => {
  const rest = a % b
  return rest === 0 ? zeroLike(b) : (rest < 0) !== (b < 0) ? rest + b : rest
})
const floored = dividing((a, b) => {
  const rest = a % b, parts = (a - rest) / b - (rest !== 0 && (rest < 0) !== (b < 0) ? 1 : 0)
  return parts === 0 ? zeroLike(a / b) : parts - Math.floor(parts) > 0.5 ? Math.floor(parts) + 1 : Math.floor(parts)
})
$.div = (a, b) => {
  if (a instanceof Decimal || b instanceof Decimal) return $.Decimal(a).over($.Decimal(b))
  return marked(dividing((x, y) => x / y)(plainNumber(a), plainNumber(b)))
}
$.floordiv = operator(floored)
$.mod = operator(modulo)
$.pow = (a, b) => {
  const [base, power] = [plainNumber(a), plainNumber(b)]
  const value = base === 10 && Number.isInteger(power) ? Number(`1e${power}`) : base ** power
  return isFloat(a) || isFloat(b) || power < 0 ? marked(value) : value
}
$.neg = (value) => {
  if (value instanceof Decimal) return value.negated()
  return isFloat(value) ? marked(-plainNumber(value)) : whole(-value)
}
$.abs = (value) => ($.lt(value, 0) || Object.is(plainNumber(value), -0) ? $.neg(value) : isNumber(value) && !isFloat(value) ? Number(value) : value)
$.floor = (value) => whole(Math.floor(plainNumber(value)))
$.ceil = (value) => whole(Math.ceil(plainNumber(value)))
$.sqrt = (value) => marked(Math.sqrt(plainNumber(value)))
$.isnan = (value) => Number.isNaN(plainNumber(value))
$.isfinite = (value) => Number.isFinite(plainNumber(value))
$.round = (value, places = null) => {
  if (places != null) return isFloat(value) ? $.float(fixed(plainNumber(value), places)) : value
  return whole(Number(fixed(plainNumber(value), 0)))
}

/** A float exactly: its sign, and a whole number over a power of two. */
function exactly(value) {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const high = bits.getUint32(0), exponent = (high >>> 20) & 0x7ff
  let top = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4))
  if (exponent) top |= 1n << 52n
  const power = Math.max(exponent, 1) - 1075
  return { negative: high >>> 31 === 1, top: power > 0 ? top << BigInt(power) : top, bottom: power < 0 ? 1n << BigInt(-power) : 1n }
}
/** top / bottom as a whole number; a half goes to the even one. */
function halfToEven(top, bottom) {
  const down = top / bottom, twice = 2n * (top % bottom)
  return twice > bottom || (twice === bottom && down % 2n === 1n) ? down + 1n : down
}
/** A finite number with so many digits after the point; fewer than none round tens, hundreds, ... */
function fixed(value, places) {
  const { negative, top, bottom } = exactly(value)
  const scale = 10n ** BigInt(Math.abs(places))
  const digits = places < 0 ? halfToEven(top, bottom * scale) * scale : halfToEven(top * scale, bottom)
  return (negative ? '-' : '') + pointed(digits.toString(), Math.max(0, places))
}
/** Digits with a point before the last `places` of them. */
function pointed(digits, places) {
  const filled = digits.padStart(places + 1, '0')
  return places ? `${filled.slice(0, -places)}.${filled.slice(-places)}` : filled
}
