// The sidebar: narrow or wide on a desk, a drawer on a small screen.
const root = document.documentElement;
const opener = document.querySelector("[data-drawer-open]");

function drawer(open) {
  root.toggleAttribute("data-drawer", open);
  opener?.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector(".q-sidebar a[aria-current], .q-sidebar a")?.focus();
  else if (document.activeElement?.closest(".q-sidebar")) opener?.focus();
}

function toggleSidebar() {
  const narrow = root.dataset.sidebar !== "narrow";
  if (narrow) root.dataset.sidebar = "narrow";
  else delete root.dataset.sidebar;
  localStorage.setItem("qince.sidebar", narrow ? "narrow" : "wide");
  dispatchEvent(new Event("resize"));
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-drawer-open]")) drawer(true);
  else if (event.target.closest("[data-drawer-close]")) drawer(false);
  else if (event.target.closest("[data-sidebar-toggle]")) toggleSidebar();
  else if (event.target.closest("[data-print]")) print();
  else if (event.target.closest("[data-back]")) history.back();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && root.hasAttribute("data-drawer")) drawer(false);
});

// On a low screen the menu is longer than its place: the current entry must not hide below the edge.
const menu = document.querySelector(".q-nav");
const current = menu?.querySelector("[aria-current]");
if (current && current.offsetTop + current.offsetHeight > menu.offsetTop + menu.clientHeight) current.scrollIntoView({ block: "center" });
