/** Identifiers made on the phone. UUIDv7 sorts by time, so the outbox keeps its order by id alone. */

let last = 0;
let counter = 0;

/** @returns {string} a UUIDv7, greater than every one made before it in this app start */
export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const [time, order] = advance(now);
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(time / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = 0x70 | (order >> 8);
  bytes[7] = order & 0xff;
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return text(bytes);
}

/** Twelve bits count within one millisecond; a clock set back does not undo the order. */
function advance(now) {
  counter = now > last ? 0 : counter + 1;
  if (counter > 0xfff) {
    counter = 0;
    last += 1;
  }
  last = Math.max(last, now);
  return [last, counter];
}

function text(bytes) {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
