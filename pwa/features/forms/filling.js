/** The state of filling in, worked out anew at each change: the scene, and problems in words by place. */
import { gettext } from "#kit/i18n";
import { spoken } from "#features/forms/engine/layout";
import { isEmpty, settled, validate } from "#features/forms/engine/validate";
import { inside } from "#features/forms/engine/layout";

const words = {
  required: () => gettext("An answer is needed."),
  constraint: () => gettext("This answer is not allowed here."),
  choice: () => gettext("This is not among the options offered here."),
  count: ({ wanted }) => gettext("There must be {wanted} rows here.", { wanted }),
  integer: () => gettext("Enter a whole number."),
  number: () => gettext("Enter a number; at most ten digits after the point."),
};

export const sceneNow = (layout, answers, now, language) => settled(layout, answers, now, language);

/**
 * Everything wrong with the answers, as sentences by place ("table.0.field").
 * @param {import("#features/forms/engine/layout").Layout} layout @param {Held} answers @param {string} now
 * @param {string} language @param {Set<string>} waived fields that may stay empty for want of a consent
 */
export function problemsOf(layout, answers, now, language, waived = new Set()) {
  const judged = validate(layout, answers, now, language);
  const found = new Map();
  for (const { code, at, facts = {} } of [...misread(layout, judged.scene.answers, [], []), ...judged.problems]) {
    const id = String(at[at.length - 1]);
    const key = at.join(".");
    if (found.has(key) || (code === "required" && waived.has(id))) continue;
    found.set(key, sentence(layout, id, code, facts, language));
  }
  return { answers: judged.answers, problems: found };
}

function sentence(layout, id, code, facts, language) {
  const { field } = layout.places.get(id);
  const own = { constraint: field.constraint_message, required: field.required_message }[code];
  return spoken(own, language, layout.definition.languages[0]) || words[code](facts);
}

/**
 * Whether an answer tells of somebody else: then whoever fills in affirms that they may give it.
 * @param {import("#features/forms/engine/layout").Layout} layout @param {Held} answers @param {string[]} tables
 */
export const tellsOfOthers = (layout, answers, tables = []) => inside(layout, tables).some(({ field }) => {
  const answer = answers[field.id];
  if (isEmpty(answer)) return false;
  if (field.kind === "table") return answer.some((row) => tellsOfOthers(layout, row, [...tables, field.id]));
  return Boolean(field.privacy?.is_personal && field.privacy.is_of_others);
});

/** Numbers that are none, as they were typed. */
function misread(layout, row, tables, at) {
  return inside(layout, tables).flatMap(({ field }) => {
    const answer = row[field.id];
    if (isEmpty(answer)) return [];
    const here = [...at, field.id];
    if (field.kind === "table") return answer.flatMap((each, number) => misread(layout, each, [...tables, field.id], [...here, number]));
    if (field.kind === "integer" && typeof answer !== "number") return [{ code: "integer", at: here }];
    if (field.kind === "number" && !/^-?\d{1,20}(\.\d{1,10})?$/.test(String(answer))) return [{ code: "number", at: here }];
    return [];
  });
}

