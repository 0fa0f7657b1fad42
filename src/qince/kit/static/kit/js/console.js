// The console's entry: the shell at once, maps and charts only where a page has them.
import htmx from "htmx";
import "qince/csrf";
import "qince/theme";
import "qince/shell";
import "qince/menu";
import "qince/dialog";
import "qince/toast";
import "qince/keys";
import "qince/palette";
import "qince/bulk";
import "qince/forms";
import "qince/choose";
import "qince/banners";

const lazy = { "qince-map": () => import("qince/map"), "qince-chart": () => import("qince/chart"), "qince-live": () => import("qince/live") };

function wake(root = document) {
  for (const [tag, load] of Object.entries(lazy)) if (root.querySelector(tag)) load();
}

wake();
document.addEventListener("htmx:after:swap", () => wake());
export { htmx };
