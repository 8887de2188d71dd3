/* Methods of texts, lists and numbers, and what is asked of an object by a name. */
const chars = (text) => Array.from(text)
const TEXT = {
  capitalize: (text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
  count: (text, part) => text.split(part).length - 1,
  endswith: (text, ends) => [].concat(ends).some((end) => text.endsWith(end)),
  startswith: (text, starts) => [].concat(starts).some((start) => text.startsWith(start)),
  find: (text, part) => (text.includes(part) ? $.len(text.slice(0, text.indexOf(part))) : -1),
  isalnum: (text) => /^[\p{L}\p{N}]+$/u.test(text),
  isdigit: (text) => /^\d+$/.test(text),
  isprintable: (text) => chars(text).every(isPrintable),
  join: (text, parts) => [...parts].join(text),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  removeprefix: (text, start) => (text.startsWith(start) ? text.slice(start.length) : text),
  removesuffix: (text, end) => (end && text.endsWith(end) ? text.slice(0, -end.length) : text),
  partition: (text, part) => {
    const at = text.indexOf(part)
    return $.tuple(at < 0 ? [text, '', ''] : [text.slice(0, at), part, text.slice(at + part.length)])
  },
  rpartition: (text, part) => {
    const at = text.lastIndexOf(part)
    return $.tuple(at < 0 ? ['', '', text] : [text.slice(0, at), part, text.slice(at + part.length)])
  },
  replace: (text, old, instead, most = -1) => {
    const parts = text.split(old)
    if (most < 0 || parts.length <= most) return parts.join(instead)
    return [parts.slice(0, most + 1).join(instead), ...parts.slice(most + 1)].join(old)
  },
  split: (text, by = null, most = -1) => {
    if (by == null) return text.trim().split(/\s+/).filter(Boolean)
    const parts = text.split(by)
    return most < 0 || parts.length <= most ? parts : [...parts.slice(0, most), parts.slice(most).join(by)]
  },
  splitlines: (text) => text.replace(/\n$/, '').split('\n').filter((line, at, all) => line || all.length > 1),
  strip: (text, those = null) => TEXT.lstrip(TEXT.rstrip(text, those), those),
  lstrip: (text, those = null) => {
    if (those == null) return text.trimStart()
    let from = 0
    while (from < text.length && those.includes(text[from])) from++
    return text.slice(from)
  },
  rstrip: (text, those = null) => {
    if (those == null) return text.trimEnd()
    let to = text.length
    while (to > 0 && those.includes(text[to - 1])) to--
    return text.slice(0, to)
  },
  format: (text, places, values) => text.replace(/\{\{|\}\}|\{(\w*)(?::([^}]*))?\}/g, (found, name, spec) => {
    if (found === '{{' || found === '}}') return found[0]
    const value = /^\d+$/.test(name) ? $.item(places, Number(name)) : values.at(name)
    return spec === undefined ? $.str(value) : $.format(value, spec)
  }),
}
const LIST = {
  append: (list, one) => { list.push(one) },
  copy: (list) => [...list],
  count: (list, one) => list.filter((other) => $.eq(one, other)).length,
  extend: (list, more) => { list.push(...more) },
  index: (list, one) => {
    const at = list.findIndex((other) => $.eq(one, other))
    if (at < 0) throw $.fault('ValueError', `${$.repr(one)} is not in list`)
    return at
  },
  insert: (list, at, one) => { list.splice(at, 0, one) },
  pop: (list, at = -1) => list.splice(at, 1)[0],
  remove: (list, one) => { list.splice(LIST.index(list, one), 1) },
  reverse: (list) => { list.reverse() },
  sort: (list, key = null, reverse = false) => { list.splice(0, list.length, ...$.sorted(list, key, reverse)) },
}
const NUMBER = {
  is_integer: (value) => Number.isInteger(plainNumber(value)),
}
$.call = (of, name, ...given) => {
  const methods = isText(of) ? TEXT : isNumber(of) ? NUMBER : Array.isArray(of) && name in LIST ? LIST : null
  if (methods === null) return of[name](...given)
  if (!(name in methods)) throw $.fault('AttributeError', `.${name}() of ${$.repr(of)} is not translated`)
  return methods[name](isText(of) ? String(of) : of, ...given)
}
/** What is called later: a method that knows whose it is; or a field of that name. */
$.method = (of, name) => {
  const isField = of?.constructor?.kinds && name in of.constructor.kinds
  if (!isField && (isText(of) || isNumber(of) || Array.isArray(of))) return (...given) => $.call(of, name, ...given)
  return typeof of[name] === 'function' ? of[name].bind(of) : of[name]
}
$.getattr = (of, name, ...instead) => {
  if (of[name] !== undefined) return of[name]
  if (instead.length) return instead[0]
  throw $.fault('AttributeError', `nothing is called ${name}`)
}
$.vars = (record) => $.dict(Object.keys(record.constructor.kinds).map((name) => [name, record[name]]))
$.hasattr = (of, name) => of[name] !== undefined
$.attrgetter = (path) => (of) => path.split('.').reduce((value, name) => $.getattr(value, name), of)
$.cache = (function_) => function_
/** A value of a module that is made when it is first asked for. */
$.later = (space, name, make) => {
  const get = () => {
    const value = make()
    Object.defineProperty(space, name, { value, writable: true, enumerable: true })
    return value
  }
  Object.defineProperty(space, name, { get, configurable: true, enumerable: true })
}
$.dumps = (value, ensure_ascii = true) => {
  if (!isText(value) || ensure_ascii) throw $.fault('TypeError', 'only a text is written, as it is')
  return JSON.stringify(value)
}
$.replace = (record, values) => {
  const fields = Object.keys(record.constructor.kinds)
  return new record.constructor(...fields.map((name) => values.get(name, record[name])))
}
