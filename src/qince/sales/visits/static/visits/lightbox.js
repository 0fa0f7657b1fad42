// Photos large: arrows turn the page, Escape closes. The picture is the clean one; its evidence lies over it as text.
import { say, element } from "qince/strings";

const dialog = document.getElementById("visit-lightbox");
const picture = dialog?.querySelector("img");
const caption = dialog?.querySelector("figcaption");
let shown = 0;

const shots = () => [...document.querySelectorAll("[data-lightbox]")];

function show(index) {
  const all = shots();
  if (!all.length) return;
  shown = (index + all.length) % all.length;
  const shot = all[shown];
  dialog.classList.add("is-loading");
  picture.src = shot.dataset.display;
  picture.alt = shot.getAttribute("aria-label") ?? "";
  caption.replaceChildren(...[...shot.querySelectorAll(".visit-mark > span")].map((line) => element("span", {}, line.textContent)));
  dialog.querySelector("[data-lightbox-count]").textContent = `${shown + 1} / ${all.length}`;
  dialog.querySelector("[data-lightbox-visit]").href = shot.dataset.url;
  link(dialog.querySelector("[data-lightbox-download]"), shot.dataset.download);
  near(all[shown + 1]);
}

function link(anchor, address) {
  anchor.hidden = !address;
  if (address) anchor.href = address;
}

/** Fetch the next picture while this one is looked at. */
function near(shot) {
  if (shot) new Image().src = shot.dataset.display;
}

picture?.addEventListener("load", () => dialog.classList.remove("is-loading"));
picture?.addEventListener("error", () => { caption.textContent = say("failed"); });

document.addEventListener("click", ({ target }) => {
  const shot = target.closest("[data-lightbox]");
  if (shot && dialog) {
    show(shots().indexOf(shot));
    dialog.showModal();
  } else if (target.closest("[data-lightbox-close]") || target === dialog) dialog?.close();
  else if (target.closest("[data-lightbox-turn]")) show(shown + Number(target.closest("[data-lightbox-turn]").dataset.lightboxTurn));
});
dialog?.addEventListener("keydown", ({ key }) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step) show(shown + step);
});
dialog?.addEventListener("close", () => shots()[shown]?.focus());
