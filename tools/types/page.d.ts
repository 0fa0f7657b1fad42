/** A record as the phone holds it; `docs/sync.md` says which fields each collection has. */
type Held = Record<string, any>;

// Handlers are mostly delegated: what they hear comes from elements, often from form fields.
interface EventTarget {
  [name: string]: any;
}
interface Element {
  [name: string]: any;
}
interface Event {
  detail?: any;
}
