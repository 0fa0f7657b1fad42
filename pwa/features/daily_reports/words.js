/** Reports in words, and how a period stands now. */
import { gettext } from "#kit/i18n";
import { shortDay } from "#kit/format";

export const period = ({ period_on: first, ends_on: last }) => (first === last ? shortDay(first) : `${shortDay(first)} – ${shortDay(last)}`);

/** The minute named still counts, as on the server. */
const minuteAfter = (moment) => Date.parse(moment) + 60_000;

/** @returns {"on_time"|"late"|"missing"|"exempt"|"expected"} */
export function stateOf({ sent_at: sent, due_at, late_until, reason }, now = Date.now()) {
  const at = sent ? Date.parse(sent) : NaN;
  if (at < minuteAfter(due_at)) return "on_time";
  if (at < minuteAfter(late_until)) return "late";
  if (reason) return "exempt";
  return sent || now >= minuteAfter(late_until) ? "missing" : "expected";
}

/** @returns {[tone: string, text: string]} */
export const stateWords = (state) => ({
  expected: ["wait", gettext("Not yet sent")],
  on_time: ["good", gettext("In time")],
  late: ["wait", gettext("Sent late")],
  missing: ["bad", gettext("Missing")],
  exempt: ["", gettext("Exempt")],
}[state]);

/** @returns {[tone: string, text: string]} */
export const markWords = (mark) => ({
  facts: ["good", gettext("From records")],
  edited: ["wait", gettext("Changed by hand")],
  hand: ["", gettext("By hand")],
}[mark]);
