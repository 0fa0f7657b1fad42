/** Words. English is the key; other languages come from the catalogue the server compiled for this release. */
import { signal } from "@preact/signals";
import { recall, remember } from "#kit/db";

export const language = signal("en");
let messages = {};

/** @param {string} text English @param {Record<string, unknown>} [values] for `{name}` in the text */
export function gettext(text, values) {
  language.value; // read, so that a change of language re-renders whoever calls
  return fill(messages[text] || text, values);
}

/** Choose by number; `{n}` in the text is the number. Chinese has one form, English two. */
export function ngettext(one, many, n) {
  language.value;
  const forms = messages[one];
  const own = Array.isArray(forms) ? forms[Math.min(forms.length - 1, n === 1 ? 0 : 1)] : forms;
  return fill(own || (n === 1 ? one : many), { n });
}

function fill(text, values) {
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole)) : text;
}

/** Before anyone chose: the language of the device, English when it is neither. */
export async function startLanguage() {
  const wanted = (await recall("language")) || (/^zh\b/i.test(navigator.language) ? "zh-hans" : "en");
  speak(wanted, await words(wanted, "first"));
}

/** @param {"en"|"zh-hans"} code */
export async function chooseLanguage(code) {
  await remember("language", code);
  const parts = await Promise.all([words(code, "first"), words(code, "rest")]);
  speak(code, Object.assign({}, ...parts));
}

/** @type {Promise<void> | null} */
let rest = null;

/**
 * The words of pages that are fetched when first shown: whoever shows one waits for them.
 * Rejected without a connection before the phone has the whole release.
 */
export function everyWord() {
  const code = language.value;
  rest ??= fetched(code, "rest").then((more) => void (code === language.value && Object.assign(messages, more)));
  rest.catch(() => (rest = null));
  return rest;
}

function speak(code, known) {
  messages = known;
  rest = null;
  language.value = code;
  document.documentElement.lang = code === "en" ? "en" : "zh-Hans";
}

const words = (code, part) => fetched(code, part).catch(() => ({}));

async function fetched(code, part) {
  const answer = await fetch(JSON.parse(document.body.dataset.words)[code][part]);
  if (!answer.ok) throw new Error(`words ${code} ${part}: ${answer.status}`);
  return answer.json();
}
