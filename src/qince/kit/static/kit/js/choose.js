// Choosing one or several of many by typing: a combobox whose list is asked from the server.
import { element, say } from "qince/strings";

const WAIT = 160;
const GAP = 4;
let made = 0;

/** @typedef {{ id: string, label: string, hint: string, depth?: number }} Option */

function row(option, id) {
  const made = element("div", { className: "q-choose-option", role: "option", id, "aria-selected": "false" },
    element("span", {}, option.label), option.hint ? element("small", {}, option.hint) : null);
  if (option.depth) made.style.paddingInlineStart = `${10 + 16 * option.depth}px`;
  return made;
}

function place(list, box) {
  const at = box.getBoundingClientRect();
  const below = innerHeight - at.bottom;
  const above = below < 220 && at.top > below;
  Object.assign(list.style, {
    left: `${at.left}px`, width: `${at.width}px`, maxHeight: `${Math.max(120, Math.min(320, (above ? at.top : below) - 2 * GAP))}px`,
    top: above ? "auto" : `${at.bottom + GAP}px`, bottom: above ? `${innerHeight - at.top + GAP}px` : "auto",
  });
}

/**
 * Make `input` a combobox. `ask` finds options for a text, `pick` takes the chosen one, `drop` takes back the last.
 * @param {HTMLInputElement} input
 * @param {{ ask: (text: string, signal: AbortSignal) => Promise<Option[]>, pick: (option: Option) => void, drop?: () => void, box?: HTMLElement }} rules
 */
export function combobox(input, { ask, pick, drop = () => {}, box = input }) {
  const id = `q-choose-${made += 1}`;
  const label = input.labels?.[0]?.textContent.replace("*", "").trim() || input.getAttribute("aria-label") || input.placeholder;
  const list = element("div", { className: "q-choose-list", id, role: "listbox", popover: "manual", "aria-label": label });
  const told = element("span", { className: "visually-hidden", role: "status" });
  input.parentElement.append(list, told);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id })) input.setAttribute(name, value);
  /** @type {Option[]} */
  let options = [];
  let at = -1;
  let timer;
  let asking;

  const isOpen = () => list.matches(":popover-open");
  const follow = () => place(list, box);

  function mark(next) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = next;
    const chosen = list.children[at];
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    options = [];
    mark(-1);
    if (isOpen()) list.hidePopover();
    input.setAttribute("aria-expanded", "false");
    removeEventListener("scroll", follow, true);
    removeEventListener("resize", follow);
  }

  function show(found, words = "") {
    options = found;
    at = -1;
    list.replaceChildren(...found.map((option, index) => row(option, `${id}-${index}`)));
    if (words) list.append(element("div", { className: "q-choose-none" }, words));
    told.textContent = words || say("found", { n: found.length });
    follow();
    if (!isOpen()) list.showPopover();
    input.setAttribute("aria-expanded", "true");
    addEventListener("scroll", follow, true);
    addEventListener("resize", follow);
    mark(found.length ? 0 : -1);
  }

  async function look() {
    clearTimeout(timer);
    asking?.abort();
    const mine = asking = new AbortController();
    try {
      const found = await ask(input.value.trim(), mine.signal);
      if (!mine.signal.aborted) show(found, found.length ? "" : say("nothing"));
    } catch (error) {
      if (!mine.signal.aborted && error.name !== "AbortError") show([], say("offline"));
    }
  }

  function take(option) {
    input.value = "";
    close();
    pick(option);
  }

  const keys = {
    ArrowDown: () => (options.length ? mark((at + 1) % options.length) : look()),
    ArrowUp: () => (options.length ? mark((at - 1 + options.length) % options.length) : look()),
    Enter: () => (options[at] ? take(options[at]) : look()),
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && isOpen()) {
      event.preventDefault(); // a dialog around it stays open
      event.stopPropagation();
      close();
    } else if (event.key === "Backspace" && !input.value) drop();
    else if (keys[event.key] && (event.key !== "Enter" || isOpen() || input.value.trim())) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.isComposing) return;
    if (input.value.trim()) timer = setTimeout(look, WAIT);
    else close();
  });
  input.addEventListener("compositionend", () => { timer = setTimeout(look, WAIT); });
  input.addEventListener("click", () => isOpen() || look());
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest("[role=option]"));
    if (options[index]) take(options[index]);
  });
}

/** What the server finds at `url`. */
export async function asked(url, text, without, signal) {
  const query = new URLSearchParams({ q: text });
  for (const key of without) query.append("without", key);
  const answer = await fetch(`${url}?${query}`, { signal, credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).results;
}

function wake(box) {
  if (box.classList.contains("is-live")) return;
  box.classList.add("is-live");
  const input = box.querySelector(".q-choose-input");
  const { choose: url, name, without = "" } = box.dataset;
  const chips = () => [...box.querySelectorAll(".q-chip")];
  const held = () => chips().map((chip) => chip.querySelector("input").value);
  const changed = () => box.dispatchEvent(new Event("change", { bubbles: true })) && input.dispatchEvent(new InputEvent("input", { bubbles: true }));

  function pick({ id, label, hint }) {
    if (!("many" in box.dataset)) chips().forEach((chip) => chip.remove());
    if (!held().includes(id)) {
      const tick = element("input", { type: "checkbox", name, value: id });
      tick.checked = true;
      input.before(element("label", { className: "q-chip" }, tick, element("span", {}, label), hint ? element("small", {}, hint) : null));
    }
    changed();
  }

  const left = without.split(" ").filter(Boolean);
  combobox(input, {
    box, pick,
    ask: (text, signal) => asked(url, text, [...left, ...held()], signal),
    drop: () => chips().length && (chips().at(-1).remove(), changed()),
  });
  box.addEventListener("change", (event) => {
    if (event.target.type !== "checkbox" || event.target.checked) return;
    event.target.closest(".q-chip").remove();
    input.focus();
    changed();
  });
  box.addEventListener("click", (event) => event.target === box && input.focus());
}

const wakeAll = () => document.querySelectorAll("[data-choose]").forEach(wake);
wakeAll();
document.addEventListener("htmx:after:swap", wakeAll);
