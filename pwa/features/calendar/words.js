/** The calendar in words. */
import { gettext } from "#kit/i18n";

/** @returns {[tone: string, text: string]} */
export const answerWords = (status) => ({
  needs_answer: ["wait", gettext("No answer yet")],
  accepted: ["good", gettext("Comes")],
  declined: ["bad", gettext("Does not come")],
  tentative: ["wait", gettext("Perhaps")],
}[status] || ["", ""]);

export const visibilities = () => [
  ["public", gettext("Public")], ["busy", gettext("Busy only")], ["private", gettext("Private")],
];

export const repeats = () => [
  ["", gettext("Does not repeat")], ["FREQ=DAILY", gettext("Daily")], ["FREQ=WEEKLY", gettext("Weekly")],
  ["FREQ=MONTHLY", gettext("Monthly")], ["FREQ=YEARLY", gettext("Yearly")],
];

export const reminders = () => [
  ["", gettext("No reminder")], ["0", gettext("When it begins")], ["5", gettext("5 minutes before")],
  ["15", gettext("15 minutes before")], ["60", gettext("1 hour before")], ["1440", gettext("1 day before")],
];

/** 09:00–10:00, as much of it as lies on that day */
export function hours({ starts, ends, all_day: allDay }, on) {
  if (allDay) return gettext("All day");
  const from = starts.slice(0, 10) < on ? "…" : starts.slice(11, 16);
  const till = ends.slice(0, 10) > on && ends.slice(11, 16) !== "00:00" ? "…" : ends.slice(11, 16);
  return starts === ends ? from : `${from}–${till}`;
}
