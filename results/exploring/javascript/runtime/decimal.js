/* Python's Decimal in its usual context: 28 digits, a half to the even one. */
class Decimal {
  constructor(units, power) { [this.units, this.power] = [units, power] } // units * 10 ** power, exactly
  static of(value) {
    if (value instanceof Decimal) return value
    if (typeof value === 'string') {
      const [, digits, after = '', power = '0'] = value.match(/^([-+]?\d+)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/)
      return new Decimal(BigInt(digits + after) * 1n, Number(power) - after.length).signed(digits.startsWith('-'))
    }
    const { negative, top, bottom } = exactly(plainNumber(value))
    const twos = bottom.toString(2).length - 1 // one over a power of two is a power of five over one of ten
    return new Decimal((negative ? -top : top) * 5n ** BigInt(twos), -twos)
  }
  signed(negative) { return negative && this.units > 0n ? this.negated() : this }
  negated() { return new Decimal(-this.units, this.power) }
  at(power) { return this.units * 10n ** BigInt(this.power - power) }
  plus(other) {
    const power = Math.min(this.power, other.power)
    return new Decimal(this.at(power) + other.at(power), power).rounded()
  }
  times(other) { return new Decimal(this.units * other.units, this.power + other.power).rounded() }
  over(other) {
    if (other.units === 0n) throw $.fault('ZeroDivisionError', 'division by zero')
    const length = (units) => units.toString().replace('-', '').length
    const shift = Math.max(0, 29 + length(other.units) - length(this.units))
    const [top, bottom] = [this.units * 10n ** BigInt(shift), other.units]
    const sticky = top % bottom === 0n ? 0n : (top < 0n) === (bottom < 0n) ? 1n : -1n
    return new Decimal((top / bottom) * 10n + sticky, this.power - other.power - shift - 1).rounded()
  }
  rounded() {
    const size = this.units < 0n ? -this.units : this.units
    const more = size.toString().length - 28
    if (more <= 0) return this
    const kept = halfToEven(size, 10n ** BigInt(more))
    return new Decimal(this.units < 0n ? -kept : kept, this.power + more)
  }
  scaleb(power) { return new Decimal(this.units, this.power + plainNumber(power)) }
  to_integral_value() { // ROUND_FLOOR, the only one that is asked for
    if (this.power >= 0) return this
    const unit = 10n ** BigInt(-this.power), down = this.units / unit
    return new Decimal(this.units < 0n && this.units % unit !== 0n ? down - 1n : down, 0)
  }
  compared(other) {
    const power = Math.min(this.power, other.power), difference = this.at(power) - other.at(power)
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }
  toNumber() { return Number(`${this.units}e${this.power}`) }
}
$.Decimal = Decimal.of
$.ROUND_FLOOR = 'ROUND_FLOOR'
