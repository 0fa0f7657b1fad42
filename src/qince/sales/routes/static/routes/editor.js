// The editor of a weekly route: a list of stops per day, kept in order; the map follows. Stops go out as form fields.
import { data, element, icon } from "qince/strings";

const { stores, stops, words, weekday, may_plan: mayPlan } = data("route-data");
const byId = new Map(stores.map((store) => [store.id, store]));
const FOUND = 30;
const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key]));

class Editor {
  constructor(form) {
    this.form = form;
    this.week = 1;
    this.day = weekday;
    this.days = new Map();
    for (const [week, day, id] of stops) this.of(week, day).push(id);
    if (!this.here.length) this.day = this.firstDay() ?? weekday;
    form.addEventListener("click", (event) => this.clicked(event));
    form.addEventListener("submit", () => this.fill());
    form.elements.weeks_in_cycle?.addEventListener("change", () => this.draw());
    this.listenToSearch();
    this.listenToDrag();
    this.draw(true);
  }

  find = (name) => this.form.querySelector(`[data-${name}]`);
  key = (week, day) => `${week}:${day}`;
  get weeks() { return Number(this.form.elements.weeks_in_cycle?.value ?? Math.max(1, ...stops.map(([week]) => week))); }
  get here() { return this.of(this.week, this.day); }

  of(week, day) {
    const key = this.key(week, day);
    if (!this.days.has(key)) this.days.set(key, []);
    return this.days.get(key);
  }

  firstDay = () => [0, 1, 2, 3, 4, 5, 6].find((day) => this.of(this.week, day).length);

  clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const { day, week, act, id } = button.dataset;
    if (day !== undefined) this.show(this.week, Number(day));
    else if (week !== undefined) this.show(Number(week), this.day);
    else if (act) this.act(act, id);
  }

  show(week, day) {
    Object.assign(this, { week, day });
    this.draw(true);
  }

  act(act, id) {
    const list = this.here;
    const at = list.indexOf(id);
    if (act === "add" && at < 0) list.push(id);
    if (act === "remove") list.splice(at, 1);
    if (act === "up" && at > 0) list.splice(at - 1, 0, ...list.splice(at, 1));
    if (act === "down" && at < list.length - 1) list.splice(at + 1, 0, ...list.splice(at, 1));
    this.changed();
    this.form.querySelector(act === "add" ? "[data-find]" : `[data-act="${act}"][data-id="${id}"]`)?.focus();
    if (act === "add") this.search("");
  }

  changed() {
    this.form.setAttribute("data-changed", "");
    this.draw();
  }

  // Search

  listenToSearch() {
    const field = this.find("find");
    if (!field) return;
    field.addEventListener("input", () => this.search(field.value));
    field.addEventListener("focus", () => this.search(field.value));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); this.find("found").querySelector("button")?.click(); }
      if (event.key === "ArrowDown") { event.preventDefault(); this.find("found").querySelector("button")?.focus(); }
    });
    this.find("found").addEventListener("keydown", (event) => {
      const item = event.target.closest("li");
      const next = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key];
      if (event.key === "ArrowUp" && !next) field.focus();
      if (next) { event.preventDefault(); next.querySelector("button")?.focus(); }
    });
    document.addEventListener("click", (event) => event.target.closest(".route-add") || this.search(null));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.search(null));
  }

  /** Stores that match, those on no day first; null closes the list. */
  search(typed) {
    const list = this.find("found");
    if (typed === null) return list.replaceChildren();
    const wanted = typed.trim().toLowerCase();
    const planned = this.planned();
    const found = stores.filter((store) => !this.here.includes(store.id) && `${store.label} ${store.code} ${store.hint}`.toLowerCase().includes(wanted));
    found.sort((a, b) => planned.has(a.id) - planned.has(b.id));
    const rows = found.slice(0, FOUND).map((store) => element("li", {}, element("button", { type: "button", dataset: { act: "add", id: store.id } }, store.label, element("span", { className: "q-hint" }, this.hint(store)))));
    list.replaceChildren(...(rows.length ? rows : [element("li", {}, element("p", { className: "q-hint" }, words.no_match))]));
    if (!typed) this.find("find").value = "";
  }

  hint(store) {
    const names = [...this.form.querySelectorAll("[data-day] span")].map((each) => each.textContent);
    const days = [...this.days].filter(([, ids]) => ids.includes(store.id)).map(([key]) => names[Number(key.split(":")[1])]);
    return [store.code, store.hint, days.length ? say("on", { days: [...new Set(days)].join(" ") }) : "", store.lat === null ? words.no_place : ""].filter(Boolean).join(" · ");
  }

  planned = () => new Set([...this.days].filter(([key]) => Number(key.split(":")[0]) <= this.weeks).flatMap(([, ids]) => ids));

  // Drag

  listenToDrag() {
    const list = this.find("stops");
    list.addEventListener("dragstart", ({ target }) => { this.held = target.dataset.id; target.classList.add("is-held"); });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest("li")?.dataset.id;
      if (!this.held || !over) return;
      event.preventDefault();
      if (over === this.held) return;
      const ids = this.here;
      const to = ids.indexOf(over);
      ids.splice(ids.indexOf(this.held), 1);
      ids.splice(to, 0, this.held);
      this.changed();
    });
    list.addEventListener("dragend", () => { this.held = null; this.draw(); });
  }

  // Drawing

  draw(fit = false) {
    if (this.week > this.weeks) this.week = 1;
    this.find("weeks").hidden = this.weeks < 2;
    for (const button of this.form.querySelectorAll("[data-week]")) {
      button.hidden = Number(button.dataset.week) > this.weeks;
      button.setAttribute("aria-pressed", String(Number(button.dataset.week) === this.week));
    }
    for (const button of this.form.querySelectorAll("[data-day]")) {
      const day = Number(button.dataset.day);
      button.setAttribute("aria-pressed", String(day === this.day));
      button.querySelector("[data-count]").textContent = this.of(this.week, day).length || "–";
      if (day === this.day) this.find("title").textContent = button.querySelector("span").textContent;
    }
    const rows = this.here.map((id, index) => this.stop(id, index));
    this.find("stops").replaceChildren(...(rows.length ? rows : [element("li", { className: "route-none" }, words.none)]));
    const left = stores.length - this.planned().size;
    this.find("foot").textContent = left > 0 ? say("unplanned", { n: left }) : words.all_planned;
    this.map(fit);
  }

  stop(id, index) {
    const store = byId.get(id) ?? { label: "?", hint: "" };
    const tool = (act, name, disabled) => {
      const button = element("button", { className: "q-iconbutton", type: "button", "aria-label": `${words[act]}: ${store.label}`, title: words[act], dataset: { act, id } }, icon(name));
      button.disabled = disabled;
      return button;
    };
    const tools = mayPlan ? element("span", { className: "route-tools" }, tool("up", "chevron-up", index === 0), tool("down", "chevron-down", index === this.here.length - 1), tool("remove", "x", false)) : null;
    return element("li", { dataset: { id }, draggable: mayPlan ? "true" : undefined, className: id === this.held ? "is-held" : "" },
      element("span", { className: "route-number" }, String(index + 1)),
      element("div", {}, store.label, element("span", { className: "q-hint" }, [store.code, store.hint].filter(Boolean).join(" · "))), tools);
  }

  async map(fit = true) {
    const map = this.form.querySelector("qince-map");
    await customElements.whenDefined("qince-map");
    while (!map.map) await new Promise((done) => setTimeout(done, 50));
    const onDay = this.here.map((id) => byId.get(id)).filter((store) => store?.lat != null);
    const others = stores.filter((store) => store.lat !== null && !this.here.includes(store.id));
    const points = [...others.map((store) => ({ ...store, tone: "grey" })), ...onDay.map((store) => ({ ...store, tone: "blue", number: this.here.indexOf(store.id) + 1 }))];
    const at = ({ lat, lng }) => globalThis.L.latLng(lat, lng);
    const metres = onDay.slice(1).reduce((sum, store, index) => sum + at(onDay[index]).distanceTo(at(store)), 0);
    this.find("length").textContent = say("stops", { n: this.here.length, km: (metres / 1000).toFixed(1) });
    map.show({ points, trail: onDay.map(({ lat, lng }) => ({ lat, lng })) }, false);
    const seen = onDay.length ? onDay : others;
    if (fit && seen.length) map.map.fitBounds(globalThis.L.latLngBounds(seen.map((store) => map.toDisplay(store.lat, store.lng))).pad(0.25), { maxZoom: 15, animate: false });
  }

  fill() {
    const fields = [...this.days].flatMap(([key, ids]) => ids.map((id) => element("input", { type: "hidden", name: "stop", value: `${key}:${id}` })));
    this.find("hidden").replaceChildren(...fields);
  }
}

for (const form of document.querySelectorAll("[data-route]")) new Editor(form);
