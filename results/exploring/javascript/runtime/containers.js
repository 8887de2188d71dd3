/* Python's containers: lists are arrays, tuples are arrays of their own kind, dicts and sets know equal keys. */
class Tuple extends Array {
  static get [Symbol.species]() { return Array }
}
class NamedTuple extends Tuple {}
class Text extends String {} // one that knows more than its words
const isText = (value) => typeof value === 'string' || value instanceof String
class Record {}
$.Tuple = Tuple
$.NamedTuple = NamedTuple
$.Text = Text
$.Record = Record
/** A key that is the same for what is equal. */
function keyOf(value) {
  if (value instanceof Float || typeof value === 'boolean') return Number(value) + 0
  if (Array.isArray(value)) return `tuple ${JSON.stringify(value.map((one) => [typeof keyOf(one), String(keyOf(one))]))}`
  if (value instanceof Record && !value.constructor.differs) return `record ${$.repr(value)}`
  return isText(value) ? `text ${value}` : value ?? null
}
class Dict {
  constructor() { this.pairs = new Map() }
  get size() { return this.pairs.size }
  *[Symbol.iterator]() { for (const [key] of this.pairs.values()) yield key }
  has(key) { return this.pairs.has(keyOf(key)) }
  set(key, value) { this.pairs.set(keyOf(key), [this.pairs.get(keyOf(key))?.[0] ?? key, value]) }
  at(key) {
    const found = this.pairs.get(keyOf(key))
    if (!found) throw $.fault('KeyError', $.repr(key))
    return found[1]
  }
  get(key, instead = null) { return this.has(key) ? this.at(key) : instead }
  keys() { return $.set(this) }
  values() { return Array.from(this.pairs.values(), ([, value]) => value) }
  items() { return Array.from(this.pairs.values(), (pair) => $.tuple(pair)) }
  setdefault(key, value = null) {
    if (!this.has(key)) this.set(key, value)
    return this.at(key)
  }
  update(other) { for (const [key, value] of $.dict(other).items()) this.set(key, value) }
  pop(key, ...instead) {
    const value = instead.length && !this.has(key) ? instead[0] : this.at(key)
    this.pairs.delete(keyOf(key))
    return value
  }
  copy() { return $.dict(this) }
}
class Set_ {
  constructor() { this.ones = new Map() }
  get size() { return this.ones.size }
  [Symbol.iterator]() { return this.ones.values() }
  has(one) { return this.ones.has(keyOf(one)) }
  add(one) { if (!this.has(one)) this.ones.set(keyOf(one), one) }
  discard(one) { this.ones.delete(keyOf(one)) }
  update(...others) { for (const other of others) for (const one of other) this.add(one) }
  union(...others) { const all = $.set(this); all.update(...others); return all }
  intersection(other) { const those = $.set(other); return $.set([...this].filter((one) => those.has(one))) }
  difference(other) { const those = $.set(other); return $.set([...this].filter((one) => !those.has(one))) }
  isdisjoint(other) { return ![...other].some((one) => this.has(one)) }
  issubset(other) { const those = $.set(other); return [...this].every((one) => those.has(one)) }
  issuperset(other) { return [...other].every((one) => this.has(one)) }
}
$.Dict = Dict
$.Set = Set_
$.list = (some = []) => [...some]
$.tuple = (some = []) => {
  const made = new Tuple()
  for (const one of some) made.push(one)
  return made
}
$.set = (some = []) => {
  const made = new Set_()
  for (const one of some) made.add(one)
  return made
}
$.frozenset = $.set
$.dict = (some = [], values = null) => {
  const made = new Dict()
  for (const [key, value] of some instanceof Dict ? some.items() : some) made.set(key, value)
  if (values) made.update(values)
  return made
}
$.dict.fromkeys = (keys, value = null) => $.dict(Array.from(keys, (key) => [key, value]))
$.MappingProxyType = (some) => some
$.len = (some) => {
  if (isText(some)) return /[\ud800-\udfff]/.test(some) ? Array.from(some).length : some.length
  return some.$size ?? some.length ?? some.size
}
$.contains = (some, one) => {
  if (isText(some)) return some.includes(one)
  if (some instanceof Dict || some instanceof Set_) return some.has(one)
  for (const other of some) if ($.eq(other, one)) return true
  return false
}
$.item = (some, key) => {
  if (some instanceof Dict) return some.at(key)
  const all = isText(some) ? Array.from(some) : some
  const place = plainNumber(key) < 0 ? all.length + plainNumber(key) : plainNumber(key)
  if (!(place in all)) throw $.fault('IndexError', 'index out of range')
  return all[place]
}
$.set_item = (some, key, value) => {
  if (some instanceof Dict) some.set(key, value)
  else some[plainNumber(key) < 0 ? some.length + plainNumber(key) : plainNumber(key)] = value
}
$.slice = (some, from, to, step = null) => {
  const all = Array.from(some), by = step == null ? 1 : plainNumber(step)
  const end = (place, instead) => {
    if (place == null) return instead
    const from_ = plainNumber(place) < 0 ? plainNumber(place) + all.length : plainNumber(place)
    return Math.min(Math.max(from_, by < 0 ? -1 : 0), by < 0 ? all.length - 1 : all.length)
  }
  const found = [], last = end(to, by < 0 ? -1 : all.length)
  for (let place = end(from, by < 0 ? all.length - 1 : 0); by < 0 ? place > last : place < last; place += by) found.push(all[place])
  return isText(some) ? found.join('') : some instanceof Tuple ? $.tuple(found) : found
}
/** So many from the beginning, those between as a list, so many from the end. */
$.around = (some, before, after) => {
  const all = [...some], last = all.length - after
  return [...all.slice(0, before), all.slice(before, last), ...all.slice(last)]
}
/** `some += more`: a list grows where it is. */
$.extended = (some, more) => {
  if (!Array.isArray(some) || some instanceof Tuple) return $.add(some, more)
  some.push(...more)
  return some
}
$.updated = (some, more) => { some.update(more); return some }
$.or_ = (left, right) => (left instanceof Dict ? $.dict([...left.items(), ...right.items()]) : left instanceof Set_ ? left.union(right) : left | right)
$.and_ = (left, right) => (left instanceof Set_ ? left.intersection(right) : left & right)
