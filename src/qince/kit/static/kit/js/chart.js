// <qince-chart>: a chart from plain figures on canvas; those in view first, the others when the page is idle
// (they may be printed); redrawn for light and dark.
//   {type: "bar"|"line"|"pie", categories: […], series: [{name, values, tone, stack, type}], unit, percent, horizontal}
import { options } from "qince/chart-options";
import { element, say } from "qince/strings";

class QinceChart extends HTMLElement {
  connectedCallback() {
    this.seen = new IntersectionObserver(([entry]) => entry.isIntersecting && this.#start(), { rootMargin: "200px" });
    this.seen.observe(this);
    (globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 300)))(() => this.#start());
  }

  disconnectedCallback() {
    this.seen?.disconnect();
    this.resizing?.disconnect();
    this.chart?.dispose();
    document.removeEventListener("qince:theme", this.redraw);
  }

  async #start() {
    if (this.started || !this.isConnected) return;
    this.started = true;
    this.seen.disconnect();
    try {
      const figures = await this.#figures();
      const { init } = await import("echarts");
      if (this.isConnected) this.#draw(init, figures);
    } catch {
      this.replaceChildren(element("p", { className: "q-map-note", role: "alert" }, say("chart_failed")));
    }
  }

  /** Fetch the figures again and redraw: what a live page asks for. */
  async refresh() {
    if (!this.chart || !this.dataset.src) return;
    const answer = await fetch(this.dataset.src, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    this.figures = await answer.json();
    this.redraw();
  }

  async #figures() {
    const block = this.querySelector("script[type='application/json']");
    if (block) return JSON.parse(block.textContent);
    const answer = await fetch(this.dataset.src, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  #draw(init, figures) {
    const canvas = element("div", { className: "q-chart-canvas" });
    this.replaceChildren(canvas);
    this.chart = init(canvas);
    this.figures = figures;
    this.redraw = () => {
      this.chart.setOption(options(this.figures), { notMerge: true });
      this.chart.getZr().flush();
    };
    this.redraw();
    document.addEventListener("qince:theme", this.redraw);
    this.resizing = new ResizeObserver(() => this.chart.resize());
    this.resizing.observe(canvas);
  }
}

customElements.define("qince-chart", QinceChart);
