/**
 * The one spelling of a payload, so that phone and server hash the same bytes: sorted keys, no blanks,
 * non-ASCII as it is. Coordinates are rounded here; no number is ever written with an exponent.
 */

/** @param {unknown} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const fields = Object.keys(value).sort().filter((key) => value[key] !== undefined);
    return `{${fields.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(typeof value === "string" ? wellFormed(value) : value);
}

/** @param {unknown} value @returns {Promise<string>} SHA-256 of the canonical text, in hex */
export function hashOf(value) {
  return sha256(new TextEncoder().encode(canonical(value)));
}

/** @param {BufferSource} bytes @returns {Promise<string>} hex */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Round for the wire. Below a ten-thousandth other languages switch to exponents, so it becomes zero:
 * for a coordinate at most eleven metres, and only on the equator or the meridian of Greenwich.
 */
export function rounded(number, decimals) {
  const result = Number(number.toFixed(decimals));
  return Math.abs(result) < 0.0001 ? 0 : result;
}

/** Half an emoji cannot be written in UTF-8; it becomes the replacement mark on both sides. */
export function wellFormed(text) {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}
