/* What is true, equal, less, of a kind, or a fault, as Python has it. */
$.truth = (value) => {
  if (value == null || value === false || value === '') return false
  if (isNumber(value)) return plainNumber(value) !== 0
  if (isText(value)) return value.length > 0
  if (value instanceof Decimal) return value.units !== 0n
  if (value instanceof Record) return value.$size === undefined || value.$size > 0
  return !(Array.isArray(value) || value instanceof Dict || value instanceof Set_) || $.len(value) > 0
}
$.bool = (value = false) => $.truth(value)
$.and = (left, right) => ($.truth(left) ? right() : left)
$.or = (left, right) => ($.truth(left) ? left : right())
$.eq = (left, right) => {
  if (left === right) return true
  if (left == null || right == null) return left == right
  if (isNumber(left) && isNumber(right)) return plainNumber(left) === plainNumber(right)
  if (isText(left) && isText(right)) return String(left) === String(right)
  if (left instanceof Decimal || right instanceof Decimal) return $.Decimal(left).compared($.Decimal(right)) === 0
  if (Array.isArray(left) && Array.isArray(right)) {
    const isAlike = left instanceof Tuple === right instanceof Tuple && left.length === right.length
    return isAlike && left.every((one, place) => $.eq(one, right[place]))
  }
  if (left instanceof Dict && right instanceof Dict) {
    return left.size === right.size && left.items().every(([key, value]) => right.has(key) && $.eq(value, right.at(key)))
  }
  if (left instanceof Set_ && right instanceof Set_) return left.size === right.size && left.issubset(right)
  if (left instanceof Record && left.constructor === right.constructor && !left.constructor.differs) {
    return Object.keys({ ...left.constructor.kinds, ...left.constructor.hidden }).every((name) => $.eq(left[name], right[name]))
  }
  return false
}
/** Less than 0, 0, or more; NaN where neither holds. */
function order(left, right) {
  if (isNumber(left) && isNumber(right)) return sides(plainNumber(left), plainNumber(right))
  if (left instanceof Decimal || right instanceof Decimal) return $.Decimal(left).compared($.Decimal(right))
  if (isText(left) && isText(right)) return $.eq(left, right) ? 0 : before(left, right) ? -1 : 1
  if (Array.isArray(left) && Array.isArray(right)) {
    for (let place = 0; place < Math.min(left.length, right.length); place++) {
      if (!$.eq(left[place], right[place])) return order(left[place], right[place])
    }
    return left.length - right.length
  }
  throw $.fault('TypeError', `no order of ${$.repr(left)} and ${$.repr(right)}`)
}
const sides = (left, right) => (left < right ? -1 : left > right ? 1 : left === right ? 0 : NaN)
/** By code points, which is not the order of JavaScript's halves of them. */
function before(left, right) {
  const [ours, theirs] = [Array.from(left), Array.from(right)]
  const place = ours.findIndex((one, at) => one !== theirs[at])
  return place < 0 || (place < theirs.length && ours[place].codePointAt(0) < theirs[place].codePointAt(0))
}
$.lt = (left, right) => order(left, right) < 0
$.le = (left, right) => order(left, right) <= 0
$.gt = (left, right) => order(left, right) > 0
$.ge = (left, right) => order(left, right) >= 0
const KINDS = {
  bool: (value) => typeof value === 'boolean',
  int: (value) => typeof value === 'boolean' || (isNumber(value) && !isFloat(value)),
  float: (value) => isFloat(value),
  str: (value) => isText(value),
  tuple: (value) => value instanceof Tuple,
  list: (value) => Array.isArray(value) && !(value instanceof Tuple),
  dict: (value) => value instanceof Dict,
  set: (value) => value instanceof Set_,
  frozenset: (value) => value instanceof Set_,
}
$.isinstance = (value, ...kinds) => kinds.some((kind) => (typeof kind === 'string' ? KINDS[kind](value) : value instanceof kind))
class Fault extends Error {
  constructor(kinds, message) { super(message); [this.kind, this.kinds] = [kinds[0], kinds] }
}
const BASES = { KeyError: 'LookupError', IndexError: 'LookupError', ZeroDivisionError: 'ArithmeticError' }
/** A fault with its kind, or its kind and all that this one is a kind of. */
$.fault = (kinds, message) => {
  const every = typeof kinds === 'string' ? [kinds, BASES[kinds], 'Exception'] : kinds
  return new Fault(every, $.str(message))
}
$.is_fault = (fault, ...kinds) => (fault instanceof Fault ? fault.kinds : [fault.name, 'Exception']).some((kind) => kinds.includes(kind))
