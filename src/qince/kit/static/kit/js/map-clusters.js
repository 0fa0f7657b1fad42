// Places gathered on a grid of the screen: near ones become one ring whose parts show their states.
import { element, say } from "qince/strings";
import { token } from "qince/theme";

const L = globalThis.L;
const CELL = 58;
const APART_FROM = 16;
const NAMES_FROM = 14;
const NAMES_MOST = 40;

const toneOf = (place) => place.tone ?? "blue";

export class Clusters {
  constructor(map, popup) {
    this.map = map;
    this.popup = popup;
    this.places = [];
    this.layer = L.layerGroup().addTo(map);
    map.on("zoomend moveend", () => this.draw());
    document.addEventListener("qince:theme", () => this.draw());
  }

  show(places) {
    this.places = places;
    this.draw();
  }

  draw() {
    if (!this.map.getContainer().isConnected) return;
    const view = this.map.getBounds().pad(0.3);
    const near = this.places.filter((place) => view.contains(place.at));
    const named = this.map.getZoom() >= NAMES_FROM && near.length <= NAMES_MOST;
    const open = this.opened();
    this.layer.clearLayers();
    for (const group of this.groups(near)) this.marker(group, named, open).addTo(this.layer);
  }

  /** The place whose pop-up is open now, so that redrawing after a move does not close it. */
  opened() {
    let open = null;
    this.layer.eachLayer((marker) => marker.isPopupOpen?.() && (open = marker.place));
    return open;
  }

  groups(places) {
    const cells = new Map();
    const apart = this.map.getZoom() >= APART_FROM;
    places.forEach((place, index) => {
      const { x, y } = this.map.project(place.at);
      const key = apart || place.number !== undefined ? index : `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`;
      cells.set(key, [...(cells.get(key) ?? []), place]);
    });
    return cells.values();
  }

  marker(group, named, open) {
    return group.length === 1 ? this.pin(group[0], named, open) : this.ring(group);
  }

  pin(place, named, open) {
    const numbered = place.number !== undefined;
    const html = element("span", {}, numbered ? String(place.number) : "");
    const icon = L.divIcon({ html, className: `q-pin tone-${toneOf(place)}${numbered ? " has-number" : ""}`, iconSize: numbered ? [26, 26] : [16, 16] });
    const pin = L.marker(place.at, { icon, title: place.label, alt: place.label, riseOnHover: true });
    pin.place = place;
    pin.bindPopup(() => this.popup(place), { minWidth: 180, maxWidth: 280, autoPanPadding: [24, 24] });
    if (named) pin.bindTooltip(element("span", {}, place.label), { permanent: true, direction: "right", offset: [9, 0], className: "q-pin-name" });
    if (open === place) pin.once("add", () => setTimeout(() => pin.openPopup(), 0));
    return pin;
  }

  ring(group) {
    const at = L.latLng(mean(group, "lat"), mean(group, "lng"));
    const size = 30 + Math.min(18, Math.log2(group.length) * 3);
    const html = element("span", { className: "q-cluster-count" }, String(group.length));
    const icon = L.divIcon({ html, className: "q-cluster", iconSize: [size, size] });
    const ring = L.marker(at, { icon, title: say("points", { n: group.length }), alt: say("points", { n: group.length }) });
    ring.on("add", () => (ring.getElement().style.background = shares(group)));
    ring.on("click", () => this.map.fitBounds(L.latLngBounds(group.map((place) => place.at)).pad(0.2), { maxZoom: APART_FROM }));
    return ring;
  }
}

const mean = (group, axis) => group.reduce((sum, place) => sum + place.at[axis], 0) / group.length;

/** A conic gradient whose parts are as large as each tone's share of the group. */
function shares(group) {
  const counts = new Map();
  for (const place of group) counts.set(toneOf(place), (counts.get(toneOf(place)) ?? 0) + 1);
  let turned = 0;
  const parts = [...counts].map(([tone, count]) => {
    const from = turned;
    turned += (count / group.length) * 360;
    return `${token(`--q-${tone}`)} ${from}deg ${turned}deg`;
  });
  return `conic-gradient(${parts.join(",")})`;
}
