// Native dialogs: opened by [data-dialog-open=id], closed by [data-dialog-close], Escape or a click beside them.

export function openDialog(dialog) {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector("[autofocus], input:not([type=hidden]), select, textarea")?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) openDialog(document.getElementById(opener.dataset.dialogOpen));
  const closer = event.target.closest("[data-dialog-close]");
  if (closer) closer.closest("dialog")?.close();
  if (event.target.matches("dialog.q-dialog")) event.target.close();
});
