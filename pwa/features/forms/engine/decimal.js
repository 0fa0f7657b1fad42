/** Decimals of 28 digits, rounded half to even, as the server's `numbers.py` reckons: 0.1 + 0.2 is 0.3. */

const PRECISION = 28;
const LARGEST = 60;
const NUMBER = /^[ \t\r\n]*(-?)(?:(\d{1,60})(?:\.(\d{0,60}))?|\.(\d{1,60}))[ \t\r\n]*$/;

/** A number: `c` times ten to the power `e`; `c` null is NaN. */
export class Decimal {
  /** @param {bigint | null} c @param {number} e */
  constructor(c, e = 0) {
    this.c = c;
    this.e = e;
  }
  get isNaN() {
    return this.c === null;
  }
}

export const NAN = new Decimal(null);
export const ZERO = new Decimal(0n);
export const ONE = new Decimal(1n);

const ten = (power) => 10n ** BigInt(power);
const size = (c) => (c < 0n ? -c : c).toString().length;
const abs = (c) => (c < 0n ? -c : c);

/** @param {bigint} c @param {number} e @returns {Decimal} cut to the precision and to the range */
function bounded(c, e) {
  if (c === 0n) return ZERO;
  const over = size(c) - PRECISION;
  if (over > 0) {
    c = halfEven(c, ten(over));
    e += over;
    if (size(c) > PRECISION) { c /= 10n; e += 1; }
  }
  const adjusted = e + size(c) - 1;
  if (adjusted > LARGEST) return NAN;
  return adjusted < -LARGEST ? ZERO : new Decimal(c, e);
}

function halfEven(c, step) {
  const sign = c < 0n ? -1n : 1n;
  const whole = abs(c) / step;
  const twice = (abs(c) % step) * 2n;
  return sign * (twice > step || (twice === step && whole % 2n === 1n) ? whole + 1n : whole);
}

/** @param {string} text @returns {Decimal} */
export function parsed(text) {
  const found = NUMBER.exec(text);
  if (!found) return NAN;
  const [, sign, whole = "", part = "", only = ""] = found;
  const fraction = part + only;
  const c = BigInt(whole + fraction || "0");
  return bounded(sign ? -c : c, -fraction.length);
}

/** @param {number} count a whole number */
export const of = (count) => bounded(BigInt(count), 0);

/** @param {Decimal} value */
export function shown({ c, e }) {
  if (c === null) return "NaN";
  if (c === 0n) return "0";
  const sign = c < 0n ? "-" : "";
  const digits = abs(c).toString();
  if (e >= 0) return sign + digits + "0".repeat(e);
  const padded = digits.padStart(1 - e, "0");
  const at = padded.length + e;
  return (sign + padded.slice(0, at) + "." + padded.slice(at)).replace(/\.?0+$/, "");
}

const aligned = (a, b) => {
  const e = Math.min(a.e, b.e);
  return [a.c * ten(a.e - e), b.c * ten(b.e - e), e];
};
const some = (a, b) => a.c === null || b.c === null;

export function added(a, b) {
  if (some(a, b)) return NAN;
  const [x, y, e] = aligned(a, b);
  return bounded(x + y, e);
}

export const negated = ({ c, e }) => (c === null ? NAN : new Decimal(-c, e));
export const subtracted = (a, b) => added(a, negated(b));
export const multiplied = (a, b) => (some(a, b) ? NAN : bounded(a.c * b.c, a.e + b.e));

export function divided(a, b) {
  if (some(a, b) || b.c === 0n) return NAN;
  const more = Math.max(0, PRECISION + 3 + size(b.c) - size(a.c));
  const scaled = a.c * ten(more);
  const rest = scaled % b.c !== 0n;
  const quotient = scaled / b.c;
  if (!rest) return bounded(quotient, a.e - b.e - more);
  const sign = (a.c < 0n) !== (b.c < 0n) ? -1n : 1n; // one more digit says that something is left
  return bounded(quotient * 10n + sign, a.e - b.e - more - 1);
}

export function remainder(a, b) {
  if (some(a, b) || b.c === 0n) return NAN;
  const [x, y, e] = aligned(a, b);
  return bounded(x % y, e);
}

export function power(base, exponent) {
  if (some(base, exponent) || compare(exponent, truncated(exponent)) !== 0) return NAN;
  const times = Number(shown(exponent));
  if (Math.abs(times) > 100) return NAN;
  let found = ONE;
  for (let i = 0; i < Math.abs(times); i++) found = multiplied(found, base);
  return times < 0 ? divided(ONE, found) : found;
}

export function truncated({ c, e }) {
  if (c === null) return NAN;
  return e >= 0 ? new Decimal(c, e) : bounded(c / ten(-e), 0);
}

export function floored(value) {
  const whole = truncated(value);
  return value.c !== null && value.c < 0n && compare(whole, value) !== 0 ? added(whole, of(-1)) : whole;
}

export const raised = (value) => (value.c === null ? NAN : negated(floored(negated(value))));

/** Without places, halves go up; with them, away from nought. */
export function rounded(value, places = null) {
  if (value.c === null || places?.c === null) return NAN;
  if (places === null) return floored(exactSum(value));
  const count = Number(shown(truncated(places)));
  if (Math.abs(count) > LARGEST) return NAN;
  const drop = -value.e - count;
  if (drop <= 0) return bounded(value.c, value.e);
  const step = ten(drop);
  const sign = value.c < 0n ? -1n : 1n;
  const whole = (abs(value.c) * 2n + step) / (step * 2n);
  return bounded(sign * whole, -count);
}

/** The value and a half, with every digit. */
function exactSum({ c, e }) {
  const low = Math.min(e, -1);
  return new Decimal(c * ten(e - low) + 5n * ten(-1 - low), low);
}

export const absolute = ({ c, e }) => (c === null ? NAN : new Decimal(abs(c), e));

/** @returns {number} below nought, nought or above; NaN is for the caller to look at first */
export function compare(a, b) {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}
