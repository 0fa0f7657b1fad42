// Lists: filter buttons open their menu while htmx fetches it; links and forms follow the state the list is in now.
const stateOf = () => document.getElementById("listing")?.dataset.state ?? "";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-menu]");
  if (!button) return;
  const menu = document.getElementById(button.dataset.menu);
  menu.showPopover({ source: button });
  place(menu, button);
});

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement?.matches("[data-menu]")) ctx.request.action = `${ctx.request.action.split("?")[0]}?${stateOf()}`;
});

function place(menu, button) {
  const at = button.getBoundingClientRect();
  menu.style.top = `${at.bottom + 6}px`;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`;
}

document.addEventListener("htmx:after:swap", () => {
  for (const field of document.querySelectorAll("[data-state][name=state]")) field.value = stateOf();
  for (const link of document.querySelectorAll("a[data-with-state]")) link.search = stateOf();
  const open = document.querySelector(".q-filter-menu:popover-open");
  const button = open && document.querySelector(`[data-menu="${open.id}"]`);
  if (button) place(open, button);
});

document.addEventListener("change", (event) => {
  const shown = event.target.closest?.(".q-drop")?.querySelector("[data-file-name]");
  if (shown) shown.textContent = [...event.target.files].map((file) => file.name).join(", ");
});
