import { gettext } from "#kit/i18n";

/** Why nothing came of a visit; the server keeps the code. @returns {[string, string][]} */
export const unproductiveReasons = () => [
  ["closed", gettext("Store closed")],
  ["owner_absent", gettext("Person in charge absent")],
  ["refused", gettext("Refused by the store")],
  ["other", gettext("Other reason")],
];

export const stepIcon = (kind) => ({ photo: "camera", checklist: "checklist", note: "notes" })[kind] || "notes";

/** What was answered in a step, or what it asks for, in a few words. */
export function stepHint(step, done) {
  if (done && step.kind === "note") return done.answer.text;
  if (done && step.kind === "checklist") return marksOf(done.answer);
  const need = step.required ? gettext("Required") : gettext("Optional");
  if (step.kind !== "photo") return need;
  return `${need} · ${gettext("{have} of {want} photos", { have: done?.photos.length || 0, want: step.minimum || 1 })}`;
}

/** Pass 2 · Fail 1 */
function marksOf(answer) {
  const marks = Object.values(answer);
  return [["pass", gettext("Pass")], ["fail", gettext("Fail")], ["na", gettext("N/A")]]
    .map(([mark, text]) => [text, marks.filter((each) => each === mark).length])
    .filter(([, count]) => count).map(([text, count]) => `${text} ${count}`).join(" · ");
}
