// The draft being designed: one definition, changed by copies, kept on the server a moment after each change.
import { csrfToken } from "qince/csrf";
import { data } from "qince/strings";

export const page = data("designer-data");
const PAUSE_MS = 700;

/** Every field in order with its list and place. */
export function* walk(fields, holder = null, depth = 0) {
  for (const [at, field] of fields.entries()) {
    yield { field, fields, at, holder, depth };
    if (field.fields) yield* walk(field.fields, field, depth + 1);
  }
}

export const find = (definition, id) => [...walk(definition.fields)].find(({ field }) => field.id === id);
export const isHolder = ({ kind }) => kind === "section" || kind === "table";

const ids = (definition) => new Set([...walk(definition.fields)].map(({ field }) => field.id));
const names = (definition) => new Set([...walk(definition.fields)].map(({ field }) => field.name));

/** A new field of a kind, with an id that no version has had. */
export function newField(definition, kind, label) {
  const random = [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const taken = names(definition);
  let [name, number] = [kind, 1];
  while (taken.has(name)) name = `${kind}_${++number}`;
  const field = { id: `f${random}`, name, kind, label: { [definition.languages[0]]: label } };
  if (kind === "section" || kind === "table") field.fields = [];
  if (kind === "choice" || kind === "choices") {
    const list = `list_${random}`;
    field.choices = list;
    definition.lists = { ...definition.lists, [list]: [1, 2].map((each) => ({ value: String(each), label: { [definition.languages[0]]: `${label} ${each}` } })) };
  }
  if (ids(definition).has(field.id)) return newField(definition, kind, label);
  return field;
}

/** Put the field before, after or into another; nothing goes into itself. */
export function move(definition, id, target, where) {
  const from = find(definition, id);
  const to = find(definition, target);
  if (!from || !to || id === target || [...walk(from.field.fields || [])].some(({ field }) => field.id === target)) return false;
  from.fields.splice(from.at, 1);
  const again = find(definition, target);
  if (where === "into") again.field.fields.push(from.field);
  else again.fields.splice(again.at + (where === "after" ? 1 : 0), 0, from.field);
  return true;
}

/** One step up or down, into and out of sections on the way. */
export function step(definition, id, up) {
  const { fields, at, holder, field } = find(definition, id);
  const next = fields[at + (up ? -1 : 1)];
  if (next && isHolder(next) && !(isHolder(field) && next.kind === "table" && field.kind === "table")) {
    fields.splice(at, 1);
    if (up) next.fields.push(field);
    else next.fields.unshift(field);
  } else if (next) {
    fields.splice(at, 1);
    fields.splice(at + (up ? -1 : 1), 0, field);
  } else if (holder) {
    const outer = find(definition, holder.id);
    fields.splice(at, 1);
    outer.fields.splice(outer.at + (up ? 0 : 1), 0, field);
  }
}

async function post(address, body) {
  const answer = await fetch(address, {
    method: "POST", credentials: "same-origin", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(said.message || String(answer.status)), { said, status: answer.status });
  return said;
}

/** Keeps drafts one after the other; what changes meanwhile goes with the next. */
export class Keeper {
  constructor(told) {
    Object.assign(this, { told, revision: page.revision, timer: 0, waiting: null, busy: null });
    addEventListener("beforeunload", (event) => (this.waiting || this.busy) && event.preventDefault());
  }
  later(definition) {
    this.waiting = definition;
    this.told({ state: "changed" });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.now(), PAUSE_MS);
  }
  async now() {
    clearTimeout(this.timer);
    while (this.busy) await this.busy;
    if (!this.waiting) return true;
    const definition = this.waiting;
    this.waiting = null;
    this.told({ state: "keeping" });
    this.busy = post(page.save, { definition, revision: this.revision });
    try {
      const { revision, problems } = await this.busy;
      this.revision = revision;
      this.told({ state: this.waiting ? "changed" : "kept", problems });
      return true;
    } catch (error) {
      this.waiting ||= error.status === 409 ? null : definition;
      this.told({ state: "failed", message: error.message });
      return false;
    } finally {
      this.busy = null;
    }
  }
}

export const publish = (reason) => post(page.publish, { reason });
