/* Python's functions over many values. */
$.iter = (some) => some[Symbol.iterator]()
$.next = (some, ...instead) => {
  const { value, done } = some.next()
  if (!done) return value
  if (instead.length) return instead[0]
  throw $.fault('StopIteration', '')
}
$.range = (from, to, step = 1) => {
  const [first, last] = to === undefined ? [0, from] : [from, to], found = new Tuple()
  for (let place = first; step > 0 ? place < last : place > last; place += step) found.push(place)
  return found
}
$.map = function* (function_, sources) {
  for (const values of $.zip(sources)) yield function_(...values)
}
$.filter = function* (function_, some) {
  for (const one of some) if ($.truth(function_ == null ? one : function_(one))) yield one
}
$.zip = function* (sources, strict = false) {
  const open = sources.map((some) => $.iter(some))
  while (open.length) {
    const values = new Tuple()
    for (const one of open) {
      const { value, done } = one.next()
      if (done && !strict) return
      if (!done) values.push(value)
    }
    if (values.length < open.length) {
      if (values.length) throw $.fault('ValueError', 'zip() arguments are not equally long')
      return
    }
    yield values
  }
}
$.enumerate = function* (some, start = 0) {
  let place = start
  for (const one of some) yield $.tuple([place++, one])
}
$.pairwise = function* (some) {
  let before, has = false
  for (const one of some) {
    if (has) yield $.tuple([before, one]);
    [before, has] = [one, true]
  }
}
$.chain = function* (sources) { for (const some of sources) yield* some }
$.reversed = function* (some) { yield* [...some].reverse() }
$.any = (some) => { for (const one of some) if ($.truth(one)) return true; return false }
$.all = (some) => { for (const one of some) if (!$.truth(one)) return false; return true }
$.sum = (some, start = 0) => { let whole_ = start; for (const one of some) whole_ = $.add(whole_, one); return whole_ }
$.sorted = (some, key = null, reverse = false) => {
  const keyed = Array.from(some, (one) => [key == null ? one : key(one), one])
  keyed.sort(([left], [right]) => ($.lt(left, right) ? -1 : $.lt(right, left) ? 1 : 0) * (reverse ? -1 : 1))
  return keyed.map(([, one]) => one)
}
const most = (isBetter) => (values, key = null, ...instead) => {
  const all = values.length === 1 && !isNumber(values[0]) ? [...values[0]] : values
  if (!all.length && instead.length) return instead[0]
  if (!all.length) throw $.fault('ValueError', 'nothing to choose from')
  let [best, keyOfBest] = [all[0], key == null ? all[0] : key(all[0])]
  for (const one of all.slice(1)) {
    const keyOfOne = key == null ? one : key(one)
    if (isBetter(keyOfOne, keyOfBest)) [best, keyOfBest] = [one, keyOfOne]
  }
  return best
}
$.min = most((one, best) => $.lt(one, best))
$.max = most((one, best) => $.gt(one, best))
