// Runs before the first paint, so that neither colours nor the sidebar jump. The rest waits for the modules.
(() => {
  const root = document.documentElement;
  const read = (key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const choice = read("qince.theme") || "auto";
  root.dataset.bsTheme = choice === "auto" ? (dark ? "dark" : "light") : choice;
  if (read("qince.sidebar") === "narrow") root.dataset.sidebar = "narrow";
})();
