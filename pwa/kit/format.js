/** Numbers, times and sizes as people read them, in the language of the app. */
import { day } from "#kit/clock";
import { language, gettext } from "#kit/i18n";

const locale = () => (language.value === "en" ? "en-GB" : "zh-CN");
const withFormat = (value, options) => new Intl.DateTimeFormat(locale(), options).format(new Date(value));

/** 09:12 */
export const time = (value) => withFormat(value, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** 09:12:44 */
export const seconds = (value) =>
  withFormat(value, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** Monday 23 November; 11月23日星期一 */
export const longDay = (value) => withFormat(value, { weekday: "long", day: "numeric", month: "long" });

/** Mon 23 Nov; 11月23日周一 */
export const shortDay = (value) => withFormat(value, { weekday: "short", day: "numeric", month: "short" });

/** 23/11/2026, 09:12:44 */
export const moment = (value) => `${withFormat(value, { dateStyle: "short" })} ${seconds(value)}`;

/** 09:12 for today, with the date for other days */
export const when = (value) => (day(new Date(value)) === day() ? time(value) : `${shortDay(value)} ${time(value)}`);

/** 85 m, 1.2 km; nothing for an unknown distance */
export function metres(value) {
  if (value == null) return "";
  return value < 1000 ? `${Math.round(value)} m` : `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)} km`;
}

/** 2 KB, 1.4 MB, 10.7 GB */
export function bytes(n) {
  if (n < 1e6) return `${Math.max(1, Math.round(n / 1e3))} KB`;
  return n < 1e9 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e9).toFixed(1)} GB`;
}

/** @param {number} value seconds */
export function duration(value) {
  const minutes = Math.max(1, Math.round(value / 60));
  if (minutes < 60) return gettext("{minutes} min", { minutes });
  return gettext("{hours} h {minutes} min", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** a, b and c */
export const listed = (texts) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(texts);
