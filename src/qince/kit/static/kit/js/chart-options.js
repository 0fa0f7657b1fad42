// Our few kinds of chart as ECharts options, in the colours of the current theme.
// Tooltips are drawn as rich text: ECharts' HTML ones would need inline styles, which the policy forbids.
import { token } from "qince/theme";

const TONES = ["blue", "teal", "orange", "purple", "green", "red", "yellow", "indigo"];
const colour = (tone) => token(`--q-${tone}`);

function ink() {
  return { text: token("--q-ink-2"), strong: token("--q-ink"), line: token("--q-line"), surface: token("--q-surface"), font: getComputedStyle(document.body).fontFamily };
}

function tooltip({ strong, line, surface }, trigger, shown) {
  return {
    trigger, renderMode: "richText", confine: true, backgroundColor: surface, borderColor: line, padding: [8, 12],
    textStyle: { color: strong, fontSize: 12 }, valueFormatter: shown, axisPointer: { type: "shadow", shadowStyle: { color: "rgba(128,140,160,.10)" } },
  };
}

const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

function formatter({ percent, unit = "" }) {
  if (percent) return (value) => (value === null || value === undefined ? "–" : `${number.format(value * 100)}%`);
  return (value) => (value === null || value === undefined ? "–" : `${number.format(value)}${unit ? ` ${unit}` : ""}`);
}

function series({ name, values, tone, stack, type }, index, figures) {
  const kind = type ?? figures.type ?? "bar";
  const base = { name, type: kind, data: values, stack, itemStyle: { color: colour(tone ?? TONES[index % TONES.length]) }, emphasis: { focus: "series" } };
  if (kind === "line") return { ...base, smooth: 0.25, symbol: "circle", symbolSize: 6, showSymbol: values.length < 32, lineStyle: { width: 2.5 }, connectNulls: false, areaStyle: figures.series.length === 1 ? { opacity: 0.1 } : undefined };
  return { ...base, barMaxWidth: 30, barCategoryGap: "38%" };
}

/** Round the outer end of each stack only, so that its parts sit flush. */
function roundEnds(list, horizontal) {
  const last = new Map();
  list.forEach((each, index) => each.type === "bar" && last.set(each.stack ?? index, each));
  for (const each of last.values()) each.itemStyle.borderRadius = horizontal ? [0, 4, 4, 0] : [4, 4, 0, 0];
  return list;
}

function axes(figures, { text, line }, shown) {
  const label = { color: text, fontSize: 12 };
  const names = { type: "category", data: figures.categories, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { ...label, hideOverlap: true } };
  const values = { type: "value", splitLine: { lineStyle: { color: line } }, axisLabel: { ...label, formatter: shown }, minInterval: figures.percent ? undefined : 1, max: figures.max };
  return figures.horizontal ? { xAxis: values, yAxis: { ...names, inverse: true } } : { xAxis: names, yAxis: values };
}

function pie(figures, look, shown) {
  const data = figures.categories.map((name, index) => ({ name, value: figures.series[0].values[index], itemStyle: { color: colour(figures.tones?.[index] ?? TONES[index % TONES.length]) } }));
  return {
    tooltip: tooltip(look, "item", shown),
    series: [{ type: "pie", radius: ["58%", "82%"], center: ["50%", "44%"], data, label: { show: false }, padAngle: 1.5, itemStyle: { borderRadius: 4 } }],
  };
}

/** @returns {object} ECharts options for our figures */
export function options(figures) {
  const look = ink();
  const shown = formatter(figures);
  const common = {
    aria: { enabled: true }, textStyle: { fontFamily: look.font }, animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350,
    grid: { left: 8, right: 16, top: 16, bottom: figures.series.length > 1 ? 34 : 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: { show: figures.series.length > 1 || figures.type === "pie", bottom: 0, itemWidth: 10, itemHeight: 10, itemGap: 18, icon: "roundRect", textStyle: { color: look.text, fontSize: 12 } },
  };
  if (figures.type === "pie") return { ...common, ...pie(figures, look, shown) };
  const list = roundEnds(figures.series.map((each, index) => series(each, index, figures)), figures.horizontal);
  return { ...common, ...axes(figures, look, shown), tooltip: tooltip(look, "axis", shown), series: list };
}
