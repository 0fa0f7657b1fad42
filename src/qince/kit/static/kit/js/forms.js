// Small helps for forms: filters that send themselves, one submission only, a word before nothing is lost.
const busy = new WeakSet();

document.addEventListener("change", (event) => {
  // What is typed to find something is no choice yet; the box of a choice tells once it is made.
  if (event.target.matches("[data-autosubmit], [data-autosubmit] :is(select, .q-choose, input:not([type=search], .q-choose input))")) {
    event.target.closest("form")?.requestSubmit();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "get" || event.defaultPrevented || form.hasAttribute("data-repeatable")) return;
  if (busy.has(form)) return event.preventDefault();
  busy.add(form);
  form.removeAttribute("data-changed");
  event.submitter?.classList.add("is-busy");
});

document.addEventListener("input", (event) => {
  event.target.closest("form[data-guard]")?.setAttribute("data-changed", "");
  const word = event.target.dataset?.mustEqual;
  if (word !== undefined) event.target.setCustomValidity(event.target.value === word ? "" : word);
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]")) event.preventDefault();
});
for (const field of document.querySelectorAll("[data-must-equal]")) field.setCustomValidity(field.dataset.mustEqual);
document.querySelector("[data-focus]")?.focus();
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) busy.delete(form);
  document.querySelectorAll(".is-busy").forEach((button) => button.classList.remove("is-busy"));
});
