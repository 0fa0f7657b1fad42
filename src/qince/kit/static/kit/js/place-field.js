// A map beside a form with given_lat, given_lng, given_datum and radius_m: it shows what they say, and a tap sets them.
import { gcj02 } from "qince/datum";

const BAIDU = (Math.PI * 3000) / 180;
const DECIMALS = 6;

function bd09(lat, lng) {
  const radius = Math.hypot(lng, lat) + 0.00002 * Math.sin(lat * BAIDU);
  const angle = Math.atan2(lat, lng) + 0.000003 * Math.cos(lng * BAIDU);
  return [radius * Math.sin(angle) + 0.006, radius * Math.cos(angle) + 0.0065];
}

const FROM_WGS84 = { WGS84: (lat, lng) => [lat, lng], GCJ02: gcj02, BD09: (lat, lng) => bd09(...gcj02(lat, lng)) };

/** The way back by fixed-point steps, as qince.kit.geo does it. */
function toWgs84(lat, lng, datum) {
  let guess = [lat, lng];
  for (let step = 0; step < 10; step += 1) {
    const there = FROM_WGS84[datum](...guess);
    guess = [guess[0] - (there[0] - lat), guess[1] - (there[1] - lng)];
  }
  return guess;
}

class PlaceField {
  constructor(section) {
    this.map = section.querySelector("qince-map");
    const fields = section.parentElement.querySelector("form").elements;
    this.lat = fields.given_lat;
    this.lng = fields.given_lng;
    this.datum = fields.given_datum;
    this.radius = fields.radius_m;
    this.name = fields.name;
    for (const field of [this.lat, this.lng, this.datum, this.radius]) field.addEventListener("input", () => this.show());
  }

  async start() {
    await customElements.whenDefined("qince-map");
    while (!this.map.map) await new Promise((done) => setTimeout(done, 50));
    this.map.map.on("click", ({ latlng }) => this.set(latlng.lat, latlng.lng));
    this.show();
  }

  /** A tap, in the datum that the map draws in. */
  set(lat, lng) {
    const drawn = this.map.toDisplay === gcj02 ? toWgs84(lat, lng, "GCJ02") : [lat, lng];
    const [givenLat, givenLng] = FROM_WGS84[this.datum.value](...drawn);
    this.lat.value = givenLat.toFixed(DECIMALS);
    this.lng.value = givenLng.toFixed(DECIMALS);
    this.lat.dispatchEvent(new Event("input", { bubbles: true }));
    this.show(false);
  }

  show(fit = true) {
    const [lat, lng] = [parseFloat(this.lat.value), parseFloat(this.lng.value)];
    if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) return this.map.show?.({}, false);
    const [wgsLat, wgsLng] = toWgs84(lat, lng, this.datum.value);
    const at = { lat: wgsLat, lng: wgsLng };
    const radius = Number(this.radius.value);
    this.map.show?.({ points: [{ ...at, label: this.name?.value || "·" }], circles: radius > 0 ? [{ ...at, radius_m: radius }] : [] }, fit);
  }
}

for (const section of document.querySelectorAll("[data-place]")) new PlaceField(section).start();
