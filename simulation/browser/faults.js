/* What is wrong with a value under a key, in the words of the command line; limits and kinds are those of the schema. */

/** A value that no scenario can have, with the key, the value, and what is allowed. */
export class ValueFault extends Error {}

/** What is wrong with a value; "" if it may stand. `keys` is what Python says of every key. */
export function fault(keys, key, value) {
  const known = keys[key]
  if (!known) return `${key} is not a key of a scenario`
  const said = `${key} is ${JSON.stringify(value)}: allowed is ${known.allowed}`
  if (value === null) return known.optional === null ? said : ''
  if (known.kind === 'str') return `${key} names a file, which a page cannot read`
  if (known.kind === 'funders') return `${key} stands in a file, which a page cannot read`
  if (known.kind === 'bool') return typeof value === 'boolean' ? '' : said
  if (typeof value === 'string') return value in known.words ? '' : said
  const numbers = known.kind === 'weights' ? value : [value]
  const fits = (one) =>
    typeof one === 'number' && one >= known.low && one <= known.high && (known.kind !== 'int' || Number.isInteger(one))
  if (Array.isArray(numbers) && numbers.every(fits)) return ''
  return known.kind === 'int' && !Number.isInteger(value) ? `${said}, as a whole number` : said
}

