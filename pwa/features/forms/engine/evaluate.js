/** Working out expressions over answers, by the rules of XPath 1.0; the twin of the server's `evaluating.py`. */
import * as decimal from "#features/forms/engine/decimal";
import { read, When } from "#features/forms/engine/dates";
import { parse } from "#features/forms/engine/parse";
import { optionsOf } from "#features/forms/engine/layout";

const { Decimal, NAN, ONE, ZERO } = decimal;

/**
 * `now` is the local moment as text with offset; `rows` from outside to inside as [table's id, number].
 * @typedef {{layout: import("#features/forms/engine/layout").Layout, answers: Held, now: string, language?: string,
 *   functions: Record<string, Function>}} Scene
 * @typedef {{rows: [string, number][], own?: any, attributes?: Record<string, string>}} Spot
 */

/** @param {string} text @param {Scene} scene @param {Spot} spot */
export const evaluate = (text, scene, spot) => workOut(parse(text), scene, spot);

/** @param {string} text @param {Scene} scene @param {Spot} spot */
export const holds = (text, scene, spot) => asBool(evaluate(text, scene, spot));

/** @param {any[]} node @param {Scene} scene @param {Spot} spot @returns {any} */
export function workOut(node, scene, spot) {
  switch (node[0]) {
    case "num": return decimal.parsed(node[1]);
    case "str": return node[1];
    case "ref": return referred(node[1], scene, spot);
    case "self": return spot.own ?? "";
    case "attr": return spot.attributes?.[node[1]] ?? "";
    case "neg": return decimal.subtracted(ZERO, asNumber(workOut(node[1], scene, spot)));
    case "call": return scene.functions[node[1]]?.(node[2], scene, spot) ?? "";
    case "op": return operated(node, scene, spot);
    default: return "";
  }
}

const RECKONING = {
  "+": decimal.added, "-": decimal.subtracted, "*": decimal.multiplied, div: decimal.divided, mod: decimal.remainder,
};

function operated([, sign, left, right], scene, spot) {
  if (sign === "and" || sign === "or") {
    const first = asBool(workOut(left, scene, spot));
    return first === (sign === "or") ? first : asBool(workOut(right, scene, spot));
  }
  const [a, b] = [workOut(left, scene, spot), workOut(right, scene, spot)];
  return RECKONING[sign] ? RECKONING[sign](asNumber(a), asNumber(b)) : compared(sign, a, b);
}

function compared(sign, a, b) {
  if (Array.isArray(a) || Array.isArray(b)) {
    return asList(a).some((one) => asList(b).some((other) => compared(sign, one, other)));
  }
  if (sign === "=" || sign === "!=") return isEqual(a, b) === (sign === "=");
  const [one, other] = [asNumber(a), asNumber(b)];
  if (one.isNaN || other.isNaN) return false;
  const order = decimal.compare(one, other);
  return { "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0 }[sign];
}

function isEqual(a, b) {
  if (typeof a === "boolean" || typeof b === "boolean") return asBool(a) === asBool(b);
  if (a instanceof Decimal || b instanceof Decimal || (a instanceof When && b instanceof When)) {
    const [one, other] = [asNumber(a), asNumber(b)];
    return !one.isNaN && !other.isNaN && decimal.compare(one, other) === 0;
  }
  return asText(a) === asText(b);
}

/** @param {any} value @returns {string} */
export function asText(value) {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (value instanceof Decimal) return decimal.shown(value);
  if (value instanceof When) return value.text;
  return value.length ? asText(value[0]) : "";
}

/** @param {any} value @returns {import("#features/forms/engine/decimal").Decimal} */
export function asNumber(value) {
  if (typeof value === "boolean") return value ? ONE : ZERO;
  if (value instanceof Decimal) return value;
  if (value instanceof When) return value.days;
  if (typeof value === "string") return read(value)?.days || decimal.parsed(value);
  return value.length ? asNumber(value[0]) : NAN;
}

/** @param {any} value @returns {boolean} */
export function asBool(value) {
  if (typeof value === "boolean") return value;
  if (value instanceof Decimal) return !value.isNaN && value.c !== 0n;
  return value instanceof When ? true : value.length > 0;
}

/** @param {any} value @returns {any[]} */
export const asList = (value) => (Array.isArray(value) ? value : [value]);

/** What the field of that name holds: from the same row as far as the two lie in the same tables, else of all. */
export function referred(name, scene, { rows }) {
  const place = scene.layout.byName.get(name);
  if (!place) return "";
  let [row, depth] = [scene.answers, 0];
  while (depth < place.tables.length && depth < rows.length) {
    const [own, number] = rows[depth];
    const inner = row[place.tables[depth]] || [];
    if (place.tables[depth] !== own || number >= inner.length) break;
    row = inner[number];
    depth += 1;
  }
  const found = place.tables.slice(depth).reduce((all, table) => all.flatMap((each) => each[table] || []), [row]);
  if (place.field.kind === "table") return found.flatMap((each) => (each[place.field.id] || []).map(() => "row"));
  const values = found.map((each) => valued(place, each[place.field.id]));
  return depth === place.tables.length ? values[0] : values.filter((value) => value !== "");
}

/** @param {Held} answers @param {[string, number][]} rows */
export const rowAt = (answers, rows) => rows.reduce((row, [table, number]) => row[table][number], answers);

/** An answer as expressions see it. */
export function valued({ field }, answer) {
  if (answer === undefined || answer === null || answer === "" || (Array.isArray(answer) && !answer.length)) return "";
  if (typeof answer === "number") return decimal.parsed(String(answer));
  if (field.kind === "choices") return answer.join(" ");
  if (Array.isArray(answer)) return String(answer[0].sha256 ?? "");
  if (typeof answer === "object") return answer.lat === undefined ? String(answer.text ?? "") : `${answer.lat} ${answer.lng}`;
  if (["number", "integer"].includes(field.kind)) return decimal.parsed(answer);
  if (field.kind === "formula") return formulaValue(answer);
  return ["date", "time", "datetime"].includes(field.kind) ? read(answer) || "" : String(answer);
}

function formulaValue(answer) {
  const number = decimal.parsed(answer);
  return !number.isNaN && decimal.shown(number) === answer ? number : read(answer) || answer;
}

/** The options that the field's filter lets through here. */
export function offered({ field }, scene, spot) {
  const options = optionsOf(scene.layout, field);
  if (!field.choice_filter) return options;
  const tree = parse(field.choice_filter);
  return options.filter((each) =>
    asBool(workOut(tree, scene, { ...spot, attributes: { name: each.value, ...each.attributes } })));
}
