/** Expressions read into trees, exactly as the server's `parsing.py` does. */

const TOKEN = new RegExp(
  "[ \\t\\r\\n]*(?:(?<num>\\d+(?:\\.\\d*)?|\\.\\d+)"
  + "|(?<str>\"[^\"]*\"|'[^']*')"
  + "|\\$\\{[ ]*(?<ref>[A-Za-z_][A-Za-z0-9_.-]*)[ ]*\\}"
  + "|(?<name>[A-Za-z_][A-Za-z0-9_-]*(?::[A-Za-z_][A-Za-z0-9_-]*)?)"
  + "|(?<sign>\\.\\.|!=|<=|>=|[-=<>+*(),.]))", "y");
const LEVELS = [["or"], ["and"], ["=", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "div", "mod"]];
const LONGEST = 1000;
const DEEPEST = 40;

/** An expression that cannot be read. */
export class Faulty extends Error {
  constructor(code, at, what = "") {
    super(code);
    Object.assign(this, { code, at, what });
  }
}

const known = new Map();

/** @param {string} text @returns {any[]} */
export function parse(text) {
  if (!known.has(text)) known.set(text, new Parser(text).whole());
  return known.get(text);
}

/** @param {string} text @returns {string[]} names of the fields it speaks of */
export function references(text) {
  if (!text) return [];
  const found = new Set();
  visit(parse(text), (node) => node[0] === "ref" && found.add(node[1]));
  return [...found];
}

function visit(node, look) {
  look(node);
  for (const part of node.slice(1)) {
    if (!Array.isArray(part)) continue;
    if (typeof part[0] === "string") visit(part, look);
    else part.forEach((each) => visit(each, look));
  }
}

class Parser {
  constructor(text) {
    if (text.length > LONGEST) throw new Faulty("too_long", LONGEST);
    this.tokens = tokens(text);
    this.at = 0;
    this.depth = 0;
  }
  whole() {
    const found = this.level(0);
    if (this.kind !== "end") throw this.fault("unexpected");
    return found;
  }
  get kind() { return this.tokens[this.at][0]; }
  get value() { return this.tokens[this.at][1]; }
  fault(code) { return new Faulty(code, this.tokens[this.at][2], this.value); }
  isSign(sign) { return this.kind === "sign" && this.value === sign; }
  take(sign) {
    if (!this.isSign(sign)) throw this.fault(`expected_${{ "(": "opening", ")": "closing" }[sign] || "sign"}`);
    this.at += 1;
  }
  level(number) {
    if (number === LEVELS.length) return this.unary();
    let found = this.level(number + 1);
    while (["sign", "name"].includes(this.kind) && LEVELS[number].includes(this.value)) {
      const sign = this.value;
      this.at += 1;
      found = ["op", sign, found, this.level(number + 1)];
    }
    return found;
  }
  unary() {
    if (!this.isSign("-")) return this.deeper(() => this.primary());
    this.at += 1;
    return ["neg", this.deeper(() => this.unary())];
  }
  deeper(read) {
    this.depth += 1;
    if (this.depth > DEEPEST) throw this.fault("too_deep");
    const found = read();
    this.depth -= 1;
    return found;
  }
  primary() {
    const [kind, value] = this.tokens[this.at];
    this.at += 1;
    if (["num", "str", "ref"].includes(kind)) return [kind, value];
    if (kind === "sign" && value === ".") return ["self"];
    if (kind === "sign" && value === "..") return ["parent"];
    if (kind === "sign" && value === "(") {
      const found = this.level(0);
      this.take(")");
      return found;
    }
    if (kind === "name") return this.isSign("(") ? this.call(value) : ["attr", value];
    this.at -= 1;
    throw this.fault("unexpected");
  }
  call(name) {
    this.take("(");
    const given = [];
    while (!this.isSign(")")) {
      if (given.length) this.take(",");
      given.push(this.level(0));
    }
    this.take(")");
    return ["call", name, given];
  }
}

function tokens(text) {
  const found = [];
  const end = text.replace(/[ \t\r\n]+$/, "").length;
  let at = 0;
  while (at < end) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (!token) throw new Faulty("unknown_sign", at, text.slice(at, at + 10).trim());
    const [kind, value] = Object.entries(token.groups).find(([, each]) => each !== undefined);
    found.push([kind, kind === "str" ? value.slice(1, -1) : value, at]);
    at = TOKEN.lastIndex;
  }
  return [...found, ["end", "", end]];
}
