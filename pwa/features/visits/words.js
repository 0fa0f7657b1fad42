import { gettext } from "#kit/i18n";

/** Why nothing came of a visit; the server keeps the code. @returns {[string, string][]} */
export const unproductiveReasons = () => [
  ["closed", gettext("Store closed")],
  ["owner_absent", gettext("Person in charge absent")],
  ["refused", gettext("Refused by the store")],
  ["other", gettext("Other reason")],
];

export const stepIcon = (kind) => ({ photo: "camera", checklist: "checklist", note: "notes" })[kind] || "notes";

/** What a step asks for, in a few words. */
export function stepHint(step, done) {
  const need = step.required ? gettext("Required") : gettext("Optional");
  if (step.kind !== "photo") return need;
  return `${need} · ${gettext("{have} of {want} photos", { have: done?.photos.length || 0, want: step.minimum || 1 })}`;
}
