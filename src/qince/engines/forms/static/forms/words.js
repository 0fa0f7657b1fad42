// What the phone's modules call `#kit/i18n`, on a console page: the same words, sent with the page.
const block = document.getElementById("forms-words");
const words = block ? JSON.parse(block.textContent) : {};

/** @param {string} text English @param {Record<string, unknown>} [values] for `{name}` in the text */
export function gettext(text, values = {}) {
  return (words[text] || text).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
