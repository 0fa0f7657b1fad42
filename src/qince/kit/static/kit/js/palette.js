// Ctrl-K: one box that reaches every page and action at once, and records as you type.
import { openDialog } from "qince/dialog";
import { data, element, icon, say } from "qince/strings";

const dialog = document.getElementById("q-palette-dialog");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
const { links = [], search = "" } = data("q-palette");
const WAIT = 140;
let records = [];
let pending;
let asked = "";

const matches = (link, words) => words.every((word) => `${link.label} ${link.words ?? ""} ${link.url}`.toLowerCase().includes(word));

function local(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const kinds = { page: say("pages"), act: say("actions") };
  return links.filter((link) => matches(link, words)).map((link) => ({ ...link, group: kinds[link.kind] }));
}

async function ask(text) {
  asked = text;
  pending?.abort();
  records = [];
  if (!text || !search) return render();
  pending = new AbortController();
  try {
    const answer = await fetch(`${search}?q=${encodeURIComponent(text)}`, { signal: pending.signal, headers: { Accept: "application/json" } });
    if (answer.ok) records = (await answer.json()).results;
  } catch (error) {
    if (error.name === "AbortError") return;
  }
  pending = null;
  render();
}

function option(item, index) {
  const row = element("a", { className: "q-option", role: "option", id: `q-option-${index}`, href: item.url, "aria-selected": "false", tabindex: "-1" },
    icon(item.icon || "file-text"), element("span", { className: "q-option-label" }, item.label));
  if (item.hint) row.append(element("span", { className: "q-hint" }, item.hint));
  if (item.key) row.append(element("span", { className: "q-option-keys" }, element("kbd", {}, "g"), element("kbd", {}, item.key)));
  return row;
}

function render() {
  const items = [...local(input.value.trim()), ...records];
  list.replaceChildren();
  items.forEach((item, index) => {
    if (item.group !== items[index - 1]?.group) list.append(element("div", { className: "q-option-group", role: "presentation" }, item.group));
    list.append(option(item, index));
  });
  if (!items.length) list.append(element("div", { className: "q-palette-none" }, say(pending ? "searching" : "nothing")));
  choose(list.querySelector("[role=option]"));
}

function choose(row) {
  list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
  input.setAttribute("aria-activedescendant", row?.id ?? "");
  row?.setAttribute("aria-selected", "true");
  row?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const rows = [...list.querySelectorAll("[role=option]")];
  const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  choose(rows[(at + by + rows.length) % rows.length]);
}

function open() {
  input.value = "";
  records = [];
  openDialog(dialog);
  render();
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });
  document.addEventListener("click", (event) => event.target.closest("[data-palette-open]") && open());
  let timer;
  input.addEventListener("input", () => {
    render();
    clearTimeout(timer);
    timer = setTimeout(() => input.value.trim() !== asked && ask(input.value.trim()), WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) event.preventDefault(), step(by);
    if (event.key === "Enter" && !event.isComposing) list.querySelector("[aria-selected=true]")?.click();
  });
  list.addEventListener("pointermove", (event) => choose(event.target.closest("[role=option]") ?? list.querySelector("[aria-selected=true]")));
}
