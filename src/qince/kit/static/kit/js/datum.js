// WGS-84, as stored, to GCJ-02, as approved Chinese map tiles are drawn. The inverse of qince.kit.geo's reading.
const A = 6378245.0;
const EE = 0.00669342162296594323;
const { PI, sin, cos, sqrt, abs } = Math;

const inChina = (lat, lng) => lng >= 72.004 && lng <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
const wave = (x) => (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2 / 3;

function north(x, y) {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x));
  return base + wave(x) + (20 * sin(y * PI) + 40 * sin(y / 3 * PI)) * 2 / 3 + (160 * sin(y / 12 * PI) + 320 * sin(y * PI / 30)) * 2 / 3;
}

function east(x, y) {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x));
  return base + wave(x) + (20 * sin(x * PI) + 40 * sin(x / 3 * PI)) * 2 / 3 + (150 * sin(x / 12 * PI) + 300 * sin(x / 30 * PI)) * 2 / 3;
}

/** @param {number} lat @param {number} lng @returns {[number, number]} latitude and longitude as GCJ-02 */
export function gcj02(lat, lng) {
  if (!inChina(lat, lng)) return [lat, lng];
  const angle = lat / 180 * PI;
  const magic = 1 - EE * sin(angle) ** 2;
  const dLat = north(lng - 105, lat - 35) * 180 / ((A * (1 - EE)) / (magic * sqrt(magic)) * PI);
  const dLng = east(lng - 105, lat - 35) * 180 / (A / sqrt(magic) * cos(angle) * PI);
  return [lat + dLat, lng + dLng];
}
