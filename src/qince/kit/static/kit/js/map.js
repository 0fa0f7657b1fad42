// <qince-map>: places, trails and fences on Leaflet. Without configured tiles it draws our own outline of the
// provinces, so it works with no network at all. Data, all WGS-84, from a JSON child or from data-src:
//   {points: [{lat, lng, label, tone, status_label, hint, url, number, facts: [[name, value]]}],
//    trail: [{lat, lng}], circles: [{lat, lng, radius_m, tone, label}]}
import "leaflet";
import { gcj02 } from "qince/datum";
import { basemap, circle, popup, tiles, trail } from "qince/map-layers";
import { Clusters } from "qince/map-clusters";
import { element, say } from "qince/strings";

const L = globalThis.L;
const CHINA = [[18, 74], [53.5, 135]];
const styles = new Map();

function style(href) {
  if (!styles.has(href)) {
    const link = element("link", { rel: "stylesheet", href });
    styles.set(href, new Promise((done) => link.addEventListener("load", done)));
    document.head.prepend(link);
  }
  return styles.get(href);
}

class QinceMap extends HTMLElement {
  async connectedCallback() {
    if (this.map) return;
    const block = this.querySelector("script[type='application/json']");
    await style(this.dataset.css);
    if (!this.isConnected || this.map) return;
    this.#start();
    if (block) this.show(JSON.parse(block.textContent));
    if (this.dataset.src) await this.load(this.dataset.src);
  }

  disconnectedCallback() {
    this.resizing?.disconnect();
    this.map?.remove();
    this.map = null;
  }

  #start() {
    this.toDisplay = this.dataset.datum?.toUpperCase().replace("-", "") === "GCJ02" ? gcj02 : (lat, lng) => [lat, lng];
    this.map = L.map(this, { zoomControl: false, attributionControl: false, minZoom: 3, maxZoom: 18, worldCopyJump: true, zoomSnap: 0.5 });
    this.map.fitBounds(CHINA);
    L.control.attribution({ prefix: false }).addTo(this.map);
    L.control.zoom({ position: "topright", zoomInTitle: say("zoom_in"), zoomOutTitle: say("zoom_out") }).addTo(this.map);
    L.control.scale({ imperial: false }).addTo(this.map);
    this.overlays = L.layerGroup().addTo(this.map);
    this.clusters = new Clusters(this.map, (place) => popup(place));
    if (this.dataset.tiles) tiles(this.map, this.dataset);
    else basemap(this.map, this.dataset).catch(() => this.#failed());
    this.resizing = new ResizeObserver(() => this.map?.invalidateSize({ pan: false }));
    this.resizing.observe(this);
  }

  /** Fetch the data again without moving the reader's view: what a live page asks for. */
  refresh() {
    return this.map && this.dataset.src ? this.load(this.dataset.src, false) : undefined;
  }

  /** Fetch the data at `address` and show it. */
  async load(address, fit = true) {
    this.classList.add("is-loading");
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show(await answer.json(), fit);
    } catch {
      this.#failed();
    } finally {
      this.classList.remove("is-loading");
    }
  }

  /** Replace what is drawn; `fit` false keeps the reader's own view. */
  show({ points = [], trail: path = [], circles = [] }, fit = true) {
    const at = (place) => L.latLng(this.toDisplay(place.lat, place.lng));
    this.overlays.clearLayers();
    circles.forEach((each) => circle(each, at(each)).addTo(this.overlays));
    if (path.length > 1) trail(path.map(at)).forEach((line) => line.addTo(this.overlays));
    this.clusters.show(points.map((place) => ({ ...place, at: at(place) })));
    if (fit) this.#fit([...points, ...path].map(at), circles.map((each) => at(each).toBounds(each.radius_m * 2.4)));
    this.dispatchEvent(new CustomEvent("qince:shown", { bubbles: true, detail: { points: points.length } }));
  }

  #fit(places, areas) {
    const bounds = L.latLngBounds(places);
    areas.forEach((area) => bounds.extend(area));
    if (bounds.isValid()) this.map.fitBounds(bounds.pad(0.12), { maxZoom: Number(this.dataset.fit) || 16, animate: false });
  }

  #failed() {
    if (!this.querySelector(".q-map-note")) this.append(element("p", { className: "q-map-note", role: "alert" }, say("map_failed")));
  }
}

customElements.define("qince-map", QinceMap);
