/**
 * A form with answers: what is hidden, what is reckoned, what is wrong. The server judges again by `validating.py`;
 * both run the same cases. Types of answers are the widgets' care here.
 */
import * as decimal from "#features/forms/engine/decimal";
import { asNumber, asText, evaluate, holds, offered, rowAt, valued } from "#features/forms/engine/evaluate";
import { functions } from "#features/forms/engine/functions";
import { inside, SILENT } from "#features/forms/engine/layout";

/**
 * @typedef {import("#features/forms/engine/layout").Place} Place
 * @typedef {import("#features/forms/engine/evaluate").Scene} Scene
 * @typedef {{code: string, at: (string | number)[], facts?: Held}} Problem
 */

/** @param {import("#features/forms/engine/layout").Layout} layout @param {Held} answers @param {string} now local, with offset @param {string} [language] @returns {Scene} */
export const sceneOf = (layout, answers, now, language = "") => ({ layout, answers, now, language, functions });

export const isEmpty = (answer) =>
  answer === undefined || answer === null || answer === "" || (Array.isArray(answer) && !answer.length);

/**
 * The answers settled and everything that is wrong with them. `answers` is left as it was.
 * @param {import("#features/forms/engine/layout").Layout} layout @param {Held} answers @param {string} now
 * @returns {{answers: Held, problems: Problem[], scene: Scene}}
 */
export function validate(layout, answers, now, language = "") {
  const scene = settled(layout, answers, now, language);
  const problems = [...layout.places.values()].flatMap((place) =>
    spots(scene, place).flatMap((spot) => checked(scene, place, spot)));
  return { answers: withoutEmpty(layout, scene.answers, []), problems, scene };
}

/** A copy of the answers, hidden ones cleared and formulas worked out. */
export function settled(layout, answers, now, language = "") {
  const scene = sceneOf(layout, structuredClone(answers), now, language);
  const hidden = new Set();
  for (const place of layout.order) {
    for (const rows of rowsOf(scene, place)) settle(scene, place, rows, hidden);
  }
  return scene;
}

const key = (id, rows) => JSON.stringify([id, rows]);

function settle(scene, place, rows, hidden) {
  const { field } = place;
  const row = rowAt(scene.answers, rows);
  const spot = spotAt(scene, place, rows);
  const gone = place.holders.some(({ id }) => hidden.has(key(id, rows.slice(0, scene.layout.places.get(id).tables.length))))
    || (field.visible_if && !holds(field.visible_if, scene, spot));
  if (gone) {
    hidden.add(key(field.id, rows));
    if (field.kind === "table") row[field.id] = [];
    else if (!SILENT.includes(field.kind)) row[field.id] = null;
  } else if (field.kind === "formula") {
    row[field.id] = reckoned(field.formula, scene, spot);
  } else if (field.read_only && field.default && !["table", ...SILENT].includes(field.kind)) {
    row[field.id] = typed(field, defaultOf(field, scene, spot));
  }
}

function reckoned(formula, scene, spot) {
  const text = formula ? asText(evaluate(formula, scene, spot)) : "";
  return text === "" || text === "NaN" ? null : text;
}

function defaultOf(field, scene, spot) {
  if (!field.default.includes("(") && !field.default.includes("${")) return field.default;
  const text = asText(evaluate(field.default, scene, spot));
  return text === "NaN" ? "" : text;
}

/** A default in the form in which answers of that kind are kept. */
function typed(field, text) {
  if (text === "") return null;
  if (field.kind === "integer") return /^-?\d{1,16}$/.test(text) ? Number(text) : null;
  if (field.kind === "number") return decimal.parsed(text).isNaN ? null : decimal.shown(decimal.parsed(text));
  return field.kind === "choices" ? text.split(/\s+/) : text;
}

/** What filling in begins with: defaults, and rows where their number is given. */
export function begun(layout, now, language = "") {
  const answers = {};
  const scene = sceneOf(layout, answers, now, language);
  for (const place of inside(layout, [])) begin(scene, place, []);
  return answers;
}

function begin(scene, place, rows) {
  const { field } = place;
  if (field.kind === "table" || !field.default) return;
  rowAt(scene.answers, rows)[field.id] = typed(field, defaultOf(field, scene, spotAt(scene, place, rows)));
}

/** A new row of a table, with its defaults. */
export function newRow(layout, answers, tables, rows, id, now) {
  const table = tables[tables.length - 1];
  const row = { _id: id };
  const outer = rowAt(answers, rows);
  outer[table] = [...(outer[table] || []), row];
  const scene = sceneOf(layout, answers, now);
  for (const place of inside(layout, tables)) begin(scene, place, [...rows, [table, outer[table].length - 1]]);
  return row;
}

/** How many rows a table must have; null when that is free. */
export function wantedRows(scene, place, spot) {
  if (!place.field.repeat_count) return null;
  const wanted = decimal.truncated(asNumber(evaluate(place.field.repeat_count, scene, spot)));
  return wanted.isNaN || wanted.c < 0n ? 0 : Number(decimal.shown(wanted));
}

function checked(scene, place, spot) {
  const { field } = place;
  if (SILENT.includes(field.kind) || !isShown(scene, place, spot.rows)) return [];
  const at = [...spot.rows.flat(), field.id];
  const answer = rowAt(scene.answers, spot.rows)[field.id];
  if (field.kind === "table") {
    const wanted = wantedRows(scene, place, spot);
    if (wanted !== null && (answer || []).length !== wanted) return [{ code: "count", at, facts: { wanted } }];
  }
  if (isEmpty(answer)) {
    return field.required && field.kind !== "formula" && holds(field.required, scene, spot) ? [{ code: "required", at }] : [];
  }
  if (field.kind === "choice" || field.kind === "choices") {
    const known = new Set(offered(place, scene, spot).map(({ value }) => value));
    if (![answer].flat().every((each) => known.has(each))) return [{ code: "choice", at }];
  }
  if (field.constraint && field.kind !== "table" && !holds(field.constraint, scene, spot)) return [{ code: "constraint", at }];
  return [];
}

/** Every row that holds this field; one, empty, outside tables. */
function rowsOf(scene, { tables }) {
  const below = (row, left, rows) => (left.length
    ? (row[left[0]] || []).flatMap((inner, number) => below(inner, left.slice(1), [...rows, [left[0], number]]))
    : [rows]);
  return below(scene.answers, tables, []);
}

export const spotAt = (scene, place, rows) =>
  ({ rows, own: valued(place, rowAt(scene.answers, rows)[place.field.id]) });

const spots = (scene, place) => rowsOf(scene, place).map((rows) => spotAt(scene, place, rows));

/** Whether the field and all that hold it are visible there. */
export function isShown(scene, place, rows) {
  return [...place.holders, place.field].every((each) => {
    if (!each.visible_if) return true;
    const there = scene.layout.places.get(each.id);
    return holds(each.visible_if, scene, spotAt(scene, there, rows.slice(0, there.tables.length)));
  });
}

/** Answers as they are sent: no empty ones. */
function withoutEmpty(layout, row, tables) {
  const found = row._id === undefined ? {} : { _id: row._id };
  for (const { field } of inside(layout, tables)) {
    const answer = row[field.id];
    if (isEmpty(answer)) continue;
    found[field.id] = field.kind === "table" ? answer.map((each) => withoutEmpty(layout, each, [...tables, field.id])) : answer;
  }
  return found;
}
