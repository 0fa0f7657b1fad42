/** A form laid out for reckoning: where each field stands, and the order in which answers depend. As `layout.py`. */
import { references } from "#features/forms/engine/parse";

/**
 * @typedef {{id: string, name: string, kind: string, label: Held, hint: Held, required: string, visible_if: string,
 *   constraint: string, default: string, formula: string, read_only: boolean, choices: string, choice_filter: string,
 *   repeat_count: string, maximum: number, appearance: string, fields: Field[]} & Held} Field
 * @typedef {{field: Field, holders: Field[], tables: string[]}} Place
 * @typedef {{definition: Held, places: Map<string, Place>, byName: Map<string, Place>, order: Place[]}} Layout
 */

export const SILENT = ["section", "note"];
const BLANK = {
  label: {}, hint: {}, required: "", required_message: {}, visible_if: "", constraint: "", constraint_message: {},
  default: "", formula: "", read_only: false, choices: "", choice_filter: "", repeat_count: "", maximum: 0,
  appearance: "", fields: [],
};

/** @param {Held} definition @returns {Layout} */
export function layOut(definition) {
  const places = new Map();
  const add = (fields, holders) => {
    for (const given of fields) {
      const field = { ...BLANK, ...given };
      const tables = holders.filter(({ kind }) => kind === "table").map(({ id }) => id);
      if (!places.has(field.id)) places.set(field.id, { field, holders, tables });
      add(field.fields, [...holders, field]);
    }
  };
  add(definition.fields || [], []);
  const byName = new Map([...places.values()].map((place) => [place.field.name, place]));
  return { definition, places, byName, order: ordered(places, byName) };
}

/** Fields whose answers lie directly in a row of these tables. @param {Layout} layout @param {string[]} tables */
export const inside = ({ places }, tables) =>
  [...places.values()].filter((place) => place.tables.join() === tables.join() && !SILENT.includes(place.field.kind));

/** @param {Layout} layout @param {Field} field */
export const optionsOf = ({ definition }, field) => definition.lists?.[field.choices] || [];

function ordered(places, byName) {
  const needs = new Map([...places].map(([id, place]) => [id, needsOf(place, byName)]));
  const done = new Set();
  let left = [...places.keys()];
  while (left.length) {
    const ready = left.filter((id) => [...needs.get(id)].every((each) => done.has(each)));
    if (!ready.length) break;
    ready.forEach((id) => done.add(id));
    left = left.filter((id) => !done.has(id));
  }
  return [...done, ...left].map((id) => places.get(id));
}

function needsOf({ field, holders }, byName) {
  const texts = [field.visible_if, field.formula, field.repeat_count, field.choice_filter];
  if (field.read_only) texts.push(field.default);
  const found = new Set(holders.map(({ id }) => id));
  for (const text of texts) {
    for (const name of spokenOf(text)) if (byName.has(name)) found.add(byName.get(name).field.id);
  }
  return found;
}

function spokenOf(text) {
  try {
    return references(text);
  } catch {
    return [];
  }
}

/** The words in this language, else in the form's own, else in any. */
export const spoken = (text, language, fallback) =>
  (text && (text[language] || text[fallback] || Object.values(text).find(Boolean))) || "";
