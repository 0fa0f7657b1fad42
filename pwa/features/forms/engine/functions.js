/** The functions of expressions; the twin of the server's `functions.py`. Each gets its arguments as trees. */
import * as decimal from "#features/forms/engine/decimal";
import { formatted, fromDays, read, When } from "#features/forms/engine/dates";
import { asBool, asList, asNumber, asText, referred, workOut } from "#features/forms/engine/evaluate";
import { optionsOf, spoken } from "#features/forms/engine/layout";

const { NAN, ZERO } = decimal;
const LONGEST = 10_000;
const count = (number) => decimal.of(number);
const words = (text) => text.split(/[ \t\r\n]+/).filter(Boolean);
const trimmed = (text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
const cut = (value) => (typeof value === "string" && value.length > LONGEST ? [...value].slice(0, LONGEST).join("") : value);

/** A function of values, made one of trees. */
const plain = (work) => (given, scene, spot) => cut(work(...given.map((node) => workOut(node, scene, spot))));

/** @type {Record<string, (given: any[], scene: any, spot: any) => any>} */
export const functions = {
  if: ([test, yes, no], scene, spot) => workOut(asBool(workOut(test, scene, spot)) ? yes : no, scene, spot),
  coalesce: (given, scene, spot) => {
    for (const node of given) {
      const found = workOut(node, scene, spot);
      if (asText(found) !== "") return found;
    }
    return "";
  },
  once: ([node], scene, spot) => (asText(spot.own ?? "") !== "" ? spot.own : workOut(node, scene, spot)),
  position: (_given, _scene, { rows }) => (rows.length ? count(rows[rows.length - 1][1] + 1) : NAN),
  "indexed-repeat": indexed,
  today: (_given, { now }) => read(now.slice(0, 10)),
  now: (_given, { now }) => read(now),
  "jr:choice-name": choiceName,

  true: plain(() => true),
  false: plain(() => false),
  not: plain((value) => !asBool(value)),
  boolean: plain(asBool),
  "boolean-from-string": plain((value) => ["1", "true"].includes(asText(value))),
  regex: plain((text, pattern) => asText(text).length <= 1000 && new RegExp(`^(?:${asText(pattern)})$`).test(asText(text))),
  contains: plain((text, part) => asText(text).includes(asText(part))),
  "starts-with": plain((text, part) => asText(text).startsWith(asText(part))),
  "ends-with": plain((text, part) => asText(text).endsWith(asText(part))),

  selected: plain((several, one) => words(asText(several)).includes(trimmed(asText(one)))),
  "selected-at": plain((several, number) => {
    const at = decimal.truncated(asNumber(number));
    return at.isNaN || at.c < 0n ? "" : words(asText(several))[Number(decimal.shown(at))] ?? "";
  }),
  "count-selected": plain((several) => count(words(asText(several)).length)),

  string: plain(asText),
  concat: plain((...parts) => parts.flatMap(asList).map(asText).join("")),
  "string-length": plain((text) => count([...asText(text)].length)),
  "normalize-space": plain((text) => words(asText(text)).join(" ")),
  join: plain((between, ...parts) => parts.flatMap(asList).map(asText).join(asText(between))),
  substr: plain((text, first, last) => {
    const whole = [...asText(text)];
    const start = decimal.truncated(asNumber(first));
    const end = last === undefined ? count(whole.length) : decimal.truncated(asNumber(last));
    return start.isNaN || end.isNaN ? "" : whole.slice(Number(decimal.shown(start)), Number(decimal.shown(end))).join("");
  }),
  translate: plain((text, old, fresh) => {
    const [olds, news] = [[...asText(old)], [...asText(fresh)]];
    return [...asText(text)].map((each) => {
      const at = olds.indexOf(each);
      return at < 0 ? each : news[at] ?? "";
    }).join("");
  }),

  number: plain(asNumber),
  int: plain((value) => decimal.truncated(asNumber(value))),
  floor: plain((value) => decimal.floored(asNumber(value))),
  ceiling: plain((value) => decimal.raised(asNumber(value))),
  abs: plain((value) => decimal.absolute(asNumber(value))),
  pow: plain((base, exponent) => decimal.power(asNumber(base), asNumber(exponent))),
  round: plain((value, places) => decimal.rounded(asNumber(value), places === undefined ? null : asNumber(places))),
  count: plain((several) => count(Array.isArray(several) ? several.length : Number(asText(several) !== ""))),
  "count-non-empty": plain((several) => count(asList(several).filter((each) => asText(each) !== "").length)),
  sum: plain((several) => filled([several]).reduce((sum, each) => decimal.added(sum, asNumber(each)), ZERO)),
  min: plain((...parts) => extreme(parts, -1)),
  max: plain((...parts) => extreme(parts, 1)),
  checklist: plain((least, most, ...parts) => {
    const [low, high] = [asNumber(least), asNumber(most)];
    if (low.isNaN || high.isNaN) return false;
    const found = count(parts.filter(asBool).length);
    return (low.c < 0n || decimal.compare(found, low) >= 0) && (high.c < 0n || decimal.compare(found, high) <= 0);
  }),

  date: plain((value) => {
    const found = value instanceof When ? value : typeof value === "string" ? read(value) : fromDays(asNumber(value));
    return found && found.kind !== "time" ? read(found.text.slice(0, 10)) || "" : "";
  }),
  "date-time": plain((value) => {
    const found = value instanceof When ? value : read(asText(value));
    return found && found.kind !== "time" ? found : "";
  }),
  "decimal-date-time": plain(asNumber),
  "decimal-time": plain((value) => {
    const days = asNumber(value);
    return days.isNaN ? days : decimal.subtracted(days, decimal.floored(days));
  }),
  "format-date": plain(format),
  "format-date-time": plain(format),
};

function filled(parts) {
  return parts.flatMap(asList).filter((each) => asText(each) !== "");
}

function extreme(parts, sign) {
  const found = filled(parts).map(asNumber);
  if (!found.length || found.some(({ isNaN }) => isNaN)) return NAN;
  return found.reduce((best, each) => (decimal.compare(each, best) * sign > 0 ? each : best));
}

function format(value, pattern) {
  const found = value instanceof When ? value : read(asText(value));
  return found ? formatted(found, asText(pattern)) : "";
}

function indexed([field, table, number], scene, spot) {
  const [inner, outer] = [field, table].map((node) => (node[0] === "ref" ? scene.layout.byName.get(node[1]) : undefined));
  const at = decimal.truncated(asNumber(workOut(number, scene, spot)));
  if (!inner || !outer || !inner.tables.includes(outer.field.id) || at.isNaN || at.c < 1n) return "";
  const above = spot.rows.slice(0, outer.tables.length);
  if (decimal.compare(at, count(asList(referred(outer.field.name, scene, { rows: above })).length)) > 0) return "";
  const rows = [...above, [outer.field.id, Number(decimal.shown(at)) - 1]];
  return referred(inner.field.name, scene, { rows });
}

function choiceName([given, named], scene, spot) {
  const value = asText(workOut(given, scene, spot));
  const name = ["str", "ref"].includes(named[0]) ? named[1].trim().replace(/^\$\{|\}$/g, "").trim() : "";
  const place = scene.layout.byName.get(name);
  if (!place || !["choice", "choices"].includes(place.field.kind)) return "";
  const own = scene.layout.definition.languages[0];
  const option = optionsOf(scene.layout, place.field).find((each) => each.value === value);
  return option ? spoken(option.label, scene.language || own, own) || option.value : "";
}
