// The editor of a visit's steps: add, remove, order. What is sent is the fields in the order they stand.
const form = document.querySelector("[data-steps]");
const rows = form?.querySelector("[data-step-rows]");
const blank = document.getElementById("step-template");

function added() {
  rows.append(blank.content.cloneNode(true));
  rows.lastElementChild.querySelector("[name=step_title]").focus();
}

function moved(row, before) {
  const other = before ? row.previousElementSibling : row.nextElementSibling;
  if (other) before ? other.before(row) : other.after(row);
}

form?.addEventListener("click", ({ target }) => {
  const row = target.closest("[data-step]");
  const pressed = target.closest("button");
  if (!pressed) return;
  if ("stepAdd" in pressed.dataset) added();
  else if (!row) return;
  else if ("stepUp" in pressed.dataset) moved(row, true);
  else if ("stepDown" in pressed.dataset) moved(row, false);
  else if ("stepRemove" in pressed.dataset) row.remove();
  else return;
  if (row?.isConnected) pressed.focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
});

form?.addEventListener("change", ({ target }) => {
  if (target.matches("[data-step-kind]")) target.closest("[data-step]").dataset.kind = target.value;
});
