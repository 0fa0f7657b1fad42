// The print view: one button.
document.querySelector("[data-print]")?.addEventListener("click", () => print());
