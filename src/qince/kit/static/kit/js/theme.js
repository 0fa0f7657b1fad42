// Light, dark, or like the device; remembered in this browser. boot.js has set it before the first paint.
const KEY = "qince.theme";
const device = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

const choice = () => localStorage.getItem(KEY) ?? "auto";

const chosen = () => (choice() === "auto" ? (device.matches ? "dark" : "light") : choice());

function apply(theme = chosen()) {
  if (root.dataset.bsTheme !== theme) {
    root.dataset.bsTheme = theme;
    document.dispatchEvent(new CustomEvent("qince:theme", { detail: theme }));
  }
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-checked", String(button.dataset.themeChoice === choice()));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice]");
  if (!button) return;
  localStorage.setItem(KEY, button.dataset.themeChoice);
  apply();
  button.closest("[popover]")?.hidePopover();
});
device.addEventListener("change", () => apply());
// Paper is always light.
addEventListener("beforeprint", () => apply("light"));
addEventListener("afterprint", () => apply());
addEventListener("storage", (event) => event.key === KEY && apply());
apply();

/** The value of a CSS variable, as charts and maps need it. */
export const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();
