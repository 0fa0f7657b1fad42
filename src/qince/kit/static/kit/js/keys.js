// The keyboard: "/" searches the list, "?" shows all keys, "g" and a letter jumps, j/k/x/Enter walk the rows.
import { openDialog } from "qince/dialog";
import { data } from "qince/strings";

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const jumps = new Map((data("q-palette").links ?? []).filter((link) => link.key).map((link) => [link.key, link.url]));
let afterG = false;

const rows = () => [...document.querySelectorAll(".q-table tbody tr")];

function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains("is-current"));
  const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
  if (!next) return;
  all[at]?.classList.remove("is-current");
  next.classList.add("is-current");
  next.scrollIntoView({ block: "nearest" });
}

const current = (selector) => document.querySelector(`.q-table tr.is-current ${selector}`);

function focusSearch() {
  const field = [...document.querySelectorAll("[data-search]")].find((each) => each.offsetParent);
  if (field) field.select();
  else document.querySelector("[data-palette-open]")?.click();
}

const keys = {
  "/": focusSearch,
  "?": () => openDialog(document.getElementById("q-keyboard")),
  j: () => move(1),
  k: () => move(-1),
  x: () => current("input[type=checkbox]")?.click(),
  Enter: () => current("a[href]")?.click(),
  Escape: () => document.querySelector("[data-bulk-bar]:not([hidden]) [data-bulk-clear]")?.click(),
};

function jump(event) {
  afterG = false;
  const address = jumps.get(event.key);
  if (address) location.assign(address);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest(TYPING) || document.querySelector("dialog[open], :popover-open")) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  if (afterG) return jump(event);
  if (event.key === "g") {
    afterG = true;
    setTimeout(() => (afterG = false), 1200);
  } else if (keys[event.key]) {
    if (event.key === "/" || event.key === "?") event.preventDefault();
    keys[event.key]();
  }
});
