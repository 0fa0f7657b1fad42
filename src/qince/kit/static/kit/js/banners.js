// Banners that a reader may put away: shown until they do, remembered in this browser alone.
for (const banner of document.querySelectorAll("[data-put-away]")) {
  const key = banner.dataset.putAway;
  banner.hidden = localStorage.getItem(key) !== null;
  banner.querySelector("button").addEventListener("click", () => {
    localStorage.setItem(key, "yes");
    banner.hidden = true;
  });
}
