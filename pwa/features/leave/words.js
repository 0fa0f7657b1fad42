/** Leave in words. */
import { gettext, ngettext } from "#kit/i18n";

/** Without zeros behind the point: "2.50" is 2.5. */
export const number = (qty) => (qty == null || qty === "" ? "–" : String(Number(qty)));

/** 2 days, 1.5 hours */
export const amount = (qty, unit) => (unit === "hour" ? ngettext("{n} hour", "{n} hours", Number(qty))
  : ngettext("{n} day", "{n} days", Number(qty)));

/** @returns {[tone: string, text: string]} */
export const stateWords = (state) => ({
  unsent: ["", gettext("To upload")],
  unsent_withdrawal: ["", gettext("Withdrawal to upload")],
  pending: ["wait", gettext("Under way")],
  returned: ["wait", gettext("Returned")],
  approved: ["good", gettext("Approved")],
  rejected: ["bad", gettext("Rejected")],
  withdrawn: ["", gettext("Withdrawn")],
  cancelled: ["", gettext("Called off")],
}[state] || ["", state]);

export const whyWords = (why) => ({
  work: gettext("Working day"),
  rest: gettext("Day off, not counted"),
  holiday: gettext("Holiday, not counted"),
  bridge: gettext("Day off between two days of leave"),
  calendar: gettext("Every day counts"),
}[why] || why);

export const partWords = (part) => ({
  full: gettext("Whole day"), am: gettext("Morning"), pm: gettext("Afternoon"), hours: gettext("Hours"),
}[part] || part);
