// The territory page: one set of customers, narrowed and chosen in three places at once: map, legend, list.
import { csrfToken } from "qince/csrf";
import { data, element, say } from "qince/strings";
import { toast } from "qince/toast";

const LISTED = 120;
const words = data("territory-words");
const word = (name, n) => (words[name] ?? name).replace("{n}", String(n));

class Territories {
  constructor(root) {
    this.root = root;
    this.map = root.querySelector("qince-map");
    this.places = [];
    this.chosen = new Set();
    this.tones = new Map([["", "grey"]]);
    this.names = new Map([["", words.unassigned]]);
    for (const { dataset } of this.reps()) if (dataset.rep) this.know(dataset.rep, dataset.name, dataset.tone);
    this.listen();
  }

  reps = () => this.root.querySelectorAll("[data-rep]");
  find = (name) => this.root.querySelector(`[data-${name}]`);

  know(rep, name, tone) {
    this.names.set(rep, name);
    this.tones.set(rep, tone);
  }

  async load() {
    const answer = await fetch(this.root.dataset.places, { headers: { Accept: "application/json" } });
    if (!answer.ok) return toast(say("failed"), { level: "error" });
    this.places = (await answer.json()).places;
    await customElements.whenDefined("qince-map");
    while (!this.map.map) await new Promise((done) => setTimeout(done, 50));
    this.draw(true);
  }

  listen() {
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("change", (event) => this.changed(event));
    this.root.querySelector("[data-search]").addEventListener("input", () => this.draw());
    this.find("give").addEventListener("submit", (event) => this.give(event));
    new Lasso(this);
  }

  clicked(event) {
    const rep = event.target.closest("[data-rep]");
    if (rep) {
      rep.setAttribute("aria-pressed", String(rep.getAttribute("aria-pressed") !== "true"));
      this.draw(true);
    } else if (event.target.closest("[data-clear]")) {
      this.chosen.clear();
      this.draw();
    }
  }

  changed({ target }) {
    if (target.matches("[data-narrow]")) this.draw(true);
    else if (target.matches("[data-all]")) this.choose(this.shown().map((place) => place.id), target.checked);
    else if (target.matches("[data-place]")) this.choose([target.dataset.place], target.checked);
  }

  choose(ids, yes = true) {
    for (const id of ids) yes ? this.chosen.add(id) : this.chosen.delete(id);
    this.draw();
  }

  /** The customers that legend, selects and search leave over. */
  shown() {
    const reps = new Set([...this.reps()].filter((each) => each.getAttribute("aria-pressed") === "true").map((each) => each.dataset.rep));
    const wanted = [...this.root.querySelectorAll("[data-narrow]")].filter((each) => each.value).map((each) => [each.dataset.narrow, each.value]);
    const typed = this.root.querySelector("[data-search]").value.trim().toLowerCase();
    return this.places.filter((place) =>
      (!reps.size || reps.has(place.rep)) &&
      wanted.every(([name, value]) => place[name] === value) &&
      (!typed || place.label.toLowerCase().includes(typed) || place.code.toLowerCase().includes(typed)));
  }

  draw(fit = false) {
    const shown = this.shown();
    this.map.show?.({ points: shown.filter((place) => place.lat !== null).map((place) => this.point(place)) }, fit && shown.length > 0);
    this.list(shown);
    this.count(shown);
  }

  point(place) {
    const chosen = this.chosen.has(place.id);
    const facts = [[words.rep, this.names.get(place.rep)], [words.channel, place.channel], [words.tier, place.tier || "–"]];
    return { ...place, tone: chosen ? "blue" : this.tones.get(place.rep), hint: `${place.code} ${place.district}`, facts, ...(chosen ? { number: "✓" } : {}) };
  }

  list(shown) {
    const rows = [...shown].sort((a, b) => this.chosen.has(b.id) - this.chosen.has(a.id)).slice(0, LISTED);
    const list = this.find("list");
    list.replaceChildren(...(rows.length ? rows.map((place) => this.row(place)) : [element("li", { className: "q-hint" }, words.none)]));
    this.find("more").hidden = shown.length <= LISTED;
    this.find("more").textContent = word("more", shown.length - LISTED);
  }

  row(place) {
    const tick = element("input", { type: "checkbox", className: "form-check-input", dataset: { place: place.id } });
    tick.checked = this.chosen.has(place.id);
    const hint = [this.names.get(place.rep), place.district, place.channel, place.lat === null ? words.no_place : ""].filter(Boolean).join(" · ");
    return element("li", {}, element("label", {}, tick, element("span", {}, element("span", {}, place.label), element("span", { className: "q-hint" }, hint)),
      element("i", { className: `tone-${this.tones.get(place.rep)}` })));
  }

  count(shown) {
    this.find("chosen").textContent = word("chosen", this.chosen.size);
    this.find("shown").textContent = word("shown", shown.length);
    const all = this.find("all");
    const ticked = shown.filter((place) => this.chosen.has(place.id)).length;
    all.checked = ticked > 0 && ticked === shown.length;
    all.indeterminate = ticked > 0 && ticked < shown.length;
    this.find("clear").disabled = !this.chosen.size;
    this.find("give").querySelector("[type=submit]").disabled = !this.chosen.size;
    const loads = new Map();
    for (const { rep } of this.places) loads.set(rep, (loads.get(rep) ?? 0) + 1);
    for (const each of this.reps()) each.querySelector("[data-count]").textContent = loads.get(each.dataset.rep) ?? 0;
  }

  async give(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    if (!given.get("employee") && !given.get("employee-typed")) return toast(words.choose_rep, { level: "warning" });
    given.set("ids", [...this.chosen].join(","));
    const body = new URLSearchParams(/** @type {any} */ (given));
    const answer = await this.send(body);
    if (!answer) return;
    const { rep, name } = answer;
    if (!this.tones.has(rep)) return location.reload(); // a new colour in the legend
    this.names.set(rep, name);
    for (const place of this.places) if (this.chosen.has(place.id)) place.rep = rep;
    this.chosen.clear();
    this.draw();
    toast(answer.message);
  }

  async send(body) {
    try {
      const answer = await fetch(this.root.dataset.assignment, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": csrfToken() } });
      const said = await answer.json();
      if (answer.ok) return said;
      toast(said.message ?? say("failed"), { level: "error" });
    } catch {
      toast(say("offline"), { level: "error" });
    }
    return null;
  }
}

/** A box drawn over the map by mouse, pen or finger; what lies in it is chosen, with Alt it is let go. */
class Lasso {
  constructor(page) {
    this.page = page;
    this.curtain = page.find("curtain");
    this.box = this.curtain.querySelector("i");
    this.button = page.find("lasso");
    this.button.addEventListener("click", () => this.open(this.curtain.hidden));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.open(false));
    for (const name of ["pointerdown", "pointermove", "pointerup"]) this.curtain.addEventListener(name, (event) => this[name](event));
  }

  open(yes) {
    this.curtain.hidden = !yes;
    this.button.setAttribute("aria-pressed", String(yes));
    this.draw();
  }

  pointerdown(event) {
    this.curtain.setPointerCapture(event.pointerId);
    this.from = this.to = this.at(event);
    this.draw();
  }

  pointermove(event) {
    if (!this.from) return;
    this.to = this.at(event);
    this.draw();
  }

  pointerup(event) {
    if (!this.from) return;
    const { map } = this.page.map;
    const bounds = globalThis.L.latLngBounds([this.from, this.to].map((point) => map.containerPointToLatLng(point)));
    const inside = this.page.shown().filter((place) => place.lat !== null && bounds.contains(this.page.map.toDisplay(place.lat, place.lng)));
    this.from = this.to = null;
    this.draw();
    this.page.choose(inside.map((place) => place.id), !event.altKey);
  }

  at(event) {
    const { left, top } = this.curtain.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  draw() {
    const [[x1, y1], [x2, y2]] = this.from ? [this.from, this.to] : [[0, 0], [0, 0]];
    Object.assign(this.box.style, { left: `${Math.min(x1, x2)}px`, top: `${Math.min(y1, y2)}px`, width: `${Math.abs(x2 - x1)}px`, height: `${Math.abs(y2 - y1)}px` });
    this.box.hidden = !this.from;
  }
}

for (const root of document.querySelectorAll("[data-territories]")) new Territories(root).load();
