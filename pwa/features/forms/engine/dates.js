/** Days and times in expressions, as the server's `dates.py`: days since 1970-01-01 by the clock on the wall. */
import { added, divided, floored, of, shown } from "#features/forms/engine/decimal";

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?:Z|[+-]\d\d:\d\d)?$/;
const SECONDS = of(86400);

export class When {
  /** @param {"date"|"time"|"datetime"} kind @param {string} text @param {import("#features/forms/engine/decimal").Decimal} days */
  constructor(kind, text, days) {
    this.kind = kind;
    this.text = text;
    this.days = days;
  }
}

/** @param {string} text @returns {When | null} */
export function read(text) {
  if (DAY.test(text)) {
    const days = dayNumber(text);
    return days === null ? null : new When("date", text, of(days));
  }
  if (TIME.test(text)) {
    const part = fraction(text);
    return part && new When("time", text, part);
  }
  const found = MOMENT.exec(text);
  if (!found) return null;
  const [days, part] = [dayNumber(found[1]), fraction(found[2])];
  return days === null || !part ? null : new When("datetime", text, added(of(days), part));
}

function dayNumber(text) {
  const [, year, month, day] = DAY.exec(text);
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const same = Number(year) > 0 && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return same ? Math.round(date.getTime() / 86_400_000) : null;
}

function fraction(text) {
  const [, hour, minute, second = "0"] = TIME.exec(text);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return divided(of(Number(hour) * 3600 + Number(minute) * 60 + Number(second)), SECONDS);
}

/** @param {import("#features/forms/engine/decimal").Decimal} days @returns {When | null} */
export function fromDays(days) {
  if (days.isNaN) return null;
  const date = new Date(Number(shown(floored(days))) * 86_400_000);
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) return null;
  const text = `${String(year).padStart(4, "0")}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
  return read(text);
}

/** @param {When} when @param {string} pattern */
export function formatted({ text }, pattern) {
  const day = /^(\d{4})-(\d\d)-(\d\d)/.exec(text);
  const clock = /^(\d\d):(\d\d)(?::(\d\d))?/.exec(day ? text.slice(11) : text);
  const [, year, month, date] = day || ["", "", "", ""];
  const [, hour, minute, second = "00"] = clock || ["", "00", "00", "00"];
  const values = {
    Y: year, y: year.slice(2), m: month, n: month.replace(/^0+/, ""), d: date, e: date.replace(/^0+/, ""),
    H: hour, h: String(Number(hour)), M: minute, S: second,
  };
  return pattern.replace(/%([YymndeHhMS])/g, (_whole, sign) => values[sign]);
}

const pad = (number) => String(number).padStart(2, "0");
