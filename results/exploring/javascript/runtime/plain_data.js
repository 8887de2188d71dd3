/* Between plain data, as a page and JSON have it, and data as Python has it. */
class Table extends Record {
  /** From dotted key -> value, all of them; and, of a scenario, its name and texts, and what was read for it. */
  static of(flat, before = '') {
    const made = new this()
    for (const [name, kind] of Object.entries(this.kinds)) {
      if (kind?.prototype instanceof Table) made[name] = kind.of(flat, `${before}${name}.`)
      else if (`${before}${name}` in flat) made[name] = $.made(kind, flat[`${before}${name}`])
      else throw $.fault('KeyError', `there is no value of ${before}${name}`)
    }
    for (const [name, kind] of Object.entries(this.hidden)) made[name] = $.made(kind, flat[name.slice(1)])
    return made
  }
}
$.Table = Table
/** Plain data as what a field of that kind holds, see `classes.kind_of`: a class, 'float', { tuple: [...] }, ... */
$.made = (kind, plain) => {
  if (plain == null) return null
  if (kind === 'float') return isNumber(plain) ? $.float(plain) : plain
  if (kind?.dict !== undefined) return $.dict(Object.entries(plain).map(([key, value]) => [key, $.made(kind.dict, value)]))
  if (kind?.record) return Object.getPrototypeOf(plain) === Object.prototype ? $.made(kind.record, plain) : $.python(plain)
  if (kind?.either) return Array.isArray(plain) ? $.made(kind.either, plain) : $.python(plain)
  const parts = kind?.tuple ?? kind?.list
  if (parts) return (kind.tuple ? $.tuple : $.list)(Array.from(plain, (one, place) => $.made(parts[place % parts.length], one)))
  if (typeof kind !== 'function' || plain instanceof kind) return $.python(plain)
  if (kind.prototype instanceof Table) return kind.of(plain)
  return new kind(...Object.entries(kind.kinds).map(([name, one]) => (plain[name] === undefined ? undefined : $.made(one, plain[name]))))
}
/** Plain data of no known kind: arrays become tuples, and the values of objects are reached by their names. */
$.python = (plain) => {
  if (plain == null) return null
  if (Array.isArray(plain)) return plain instanceof Tuple ? plain : $.tuple(plain.map($.python))
  if (Object.getPrototypeOf(plain) !== Object.prototype) return plain
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, $.python(value)]))
}
/** Python's data as plain data: arrays, objects, numbers. */
$.plain = (value) => {
  if (value instanceof Float) return value.value
  if (value instanceof NamedTuple || value instanceof Record) {
    return Object.fromEntries(Object.keys(value.constructor.kinds).map((name) => [name, $.plain(value[name])]))
  }
  if (value instanceof Dict) return Object.fromEntries(value.items().map(([key, one]) => [$.str(key), $.plain(one)]))
  if (isText(value)) return String(value)
  if (value === null || typeof value !== 'object') return value
  return value[Symbol.iterator] ? Array.from(value, $.plain) : value
}
