// Ticking rows: a bar appears with what can be done to them; shift ticks a range; "select all N" goes past the page.
// Markup: <form data-bulk data-total="182"> … <input type=checkbox name=ids> …; the server reads `ids`, or `all=1`.
import { say } from "qince/strings";

const formOf = (node) => node.closest?.("[data-bulk]");
const boxes = (form) => [...form.querySelectorAll("input[name=ids]")];
const part = (form, name) => form.querySelector(`[data-bulk-${name}]`);
const lastTicked = new WeakMap();

function update(form) {
  const all = boxes(form);
  const ticked = all.filter((box) => box.checked);
  const everything = part(form, "all-input").value === "1";
  const total = Number(form.dataset.total || all.length);
  part(form, "bar").hidden = !ticked.length;
  part(form, "count").textContent = everything ? say("all_selected", { n: total }) : say("selected", { n: ticked.length });
  const offer = part(form, "all");
  if (offer) offer.hidden = everything || ticked.length < all.length || total <= all.length;
  const head = part(form, "head");
  if (head) Object.assign(head, { checked: ticked.length === all.length && all.length > 0, indeterminate: ticked.length > 0 && ticked.length < all.length });
  for (const box of all) box.closest("tr")?.classList.toggle("is-ticked", box.checked);
}

function tick(form, boxesToTick, checked) {
  for (const box of boxesToTick) box.checked = checked;
  part(form, "all-input").value = "";
  update(form);
}

function range(form, box) {
  const all = boxes(form);
  const [from, to] = [all.indexOf(lastTicked.get(form)), all.indexOf(box)].sort((a, b) => a - b);
  return from < 0 ? [box] : all.slice(from, to + 1);
}

document.addEventListener("click", (event) => {
  const form = formOf(event.target);
  if (!form) return;
  if (event.target.matches("input[name=ids]")) {
    tick(form, event.shiftKey ? range(form, event.target) : [event.target], event.target.checked);
    lastTicked.set(form, event.target);
  } else if (event.target.matches("[data-bulk-head]")) {
    tick(form, boxes(form), event.target.checked);
  } else if (event.target.closest("[data-bulk-clear]")) {
    tick(form, boxes(form), false);
  } else if (event.target.closest("[data-bulk-all]")) {
    part(form, "all-input").value = "1";
    update(form);
  }
});

const refresh = () => document.querySelectorAll("[data-bulk]").forEach(update);
document.addEventListener("htmx:after:swap", refresh);
addEventListener("pageshow", refresh);
refresh();
