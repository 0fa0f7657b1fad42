// What lies on a map: the province outline or tiles below; fences, trails and pop-ups above.
import { element, say } from "qince/strings";

const L = globalThis.L;
const chinese = document.documentElement.lang.startsWith("zh");
const CITY_ZOOM = 7;

/** The offline outline: provinces always, cities of the detail file from zoom 7. Colours come from CSS. */
export async function basemap(map, /** @type {DOMStringMap} */ { basemap: outline, detail }) {
  for (const [name, zIndex] of [["ground", 210], ["names", 450]]) map.createPane(name).style.zIndex = zIndex;
  const provinces = await region(outline, "q-map-province");
  provinces.addTo(map);
  names(map, provinces, "q-map-name", 4, CITY_ZOOM + 1);
  if (!detail) return;
  const cities = await region(detail, "q-map-city");
  names(map, cities, "q-map-name is-city", CITY_ZOOM, 13);
  const zoomed = () => (map.getZoom() >= CITY_ZOOM ? cities.addTo(map) : cities.remove());
  map.on("zoomend", zoomed);
  zoomed();
}

const outlines = new Map();

/** Several maps on one page fetch and read an outline once. */
function outlineAt(address) {
  if (!outlines.has(address)) outlines.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status))))));
  return outlines.get(address);
}

async function region(address, className) {
  return L.geoJSON(await outlineAt(address), { pane: "ground", interactive: false, style: { className, weight: 1 } });
}

function names(map, layer, className, from, until) {
  const labels = L.layerGroup();
  layer.eachLayer(({ feature: { properties } }) => {
    if (!properties.label) return;
    const text = element("span", {}, chinese ? properties.name_zh : properties.name_en);
    const icon = L.divIcon({ html: text, className, iconSize: null });
    L.marker([properties.label[1], properties.label[0]], { icon, pane: "names", interactive: false, keyboard: false }).addTo(labels);
  });
  const zoomed = () => (map.getZoom() >= from && map.getZoom() < until ? labels.addTo(map) : labels.remove());
  map.on("zoomend", zoomed);
  zoomed();
}

/** Tiles of the provider that the operator configured. */
export function tiles(map, /** @type {DOMStringMap} */ { tiles: address, attribution = "" }) {
  L.tileLayer(address, { maxZoom: 18, attribution, className: "q-map-tiles" }).addTo(map);
}

/** A fence or an accuracy: a circle of so many metres. */
export function circle({ radius_m: radius, tone, label }, at) {
  const drawn = L.circle(at, { radius, className: `q-map-circle tone-${tone ?? "blue"}`, weight: 1.5 });
  return label ? drawn.bindTooltip(element("span", {}, label)) : drawn;
}

/** The way somebody went: a line with a light edge, so that it reads on any ground. */
export function trail(places) {
  const line = (className, weight) => L.polyline(places, { className, weight, interactive: false });
  const end = (at, className) => L.marker(at, { icon: L.divIcon({ className: `q-pin q-trail-end ${className}`, iconSize: [16, 16] }), interactive: false, keyboard: false });
  return [line("q-map-trail-edge", 8), line("q-map-trail", 4), end(places[0], "is-start"), end(places.at(-1), "is-end")];
}

/** What a place says when it is chosen; built from nodes, so no text can become markup. */
export function popup({ label, hint, url, facts = [], status_label: state, tone = "blue" }) {
  const name = url ? element("a", { href: url, className: "q-map-title" }, label) : element("strong", { className: "q-map-title" }, label);
  const rows = facts.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, String(value))));
  return element("div", { className: "q-map-popup" },
    element("div", { className: "q-map-head" }, name, state ? element("span", { className: `q-badge tone-${tone}` }, state) : null),
    hint ? element("div", { className: "q-hint" }, hint) : null,
    rows.length ? element("dl", {}, ...rows) : null,
    url ? element("a", { href: url, className: "btn btn-sm" }, say("open")) : null);
}
