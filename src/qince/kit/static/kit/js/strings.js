// Words in the reader's language, sent with the page by qince.kit.strings.

/** @param {string} id the JSON block's id */
export function data(id) {
  const block = document.getElementById(id);
  return block ? JSON.parse(block.textContent) : {};
}

const words = data("q-strings");

/** @param {string} name @param {Record<string, unknown>} [values] */
export function say(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

/** Make an element: properties, then children. Text stays text, so nothing needs escaping. */
export function element(tag, properties = {}, ...children) {
  const { className, dataset, ...rest } = properties;
  const made = document.createElement(tag);
  if (className) made.className = className;
  Object.assign(made.dataset, dataset);
  for (const [key, value] of Object.entries(rest)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
const sprite = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0] ?? "";

export function icon(name, className = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${className}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}
