// <qince-live topics="visits attendance">: hears that something changed and has the parts of this page that carry
// data-live="visits" fetched again: an htmx element through hx-trigger="qince:live", a map or chart by its refresh().
// The message names a topic only; what comes back is what this reader may see. Without a socket it asks every minute.

const POLL_MS = 60_000;
const SLOWEST_MS = 60_000;
const SETTLE_MS = 1_200; // a push of fifty visits is one refresh, and open pages do not all ask at once

class QinceLive extends HTMLElement {
  connectedCallback() {
    this.failures = 0;
    this.waiting = new Set();
    this.topics = (this.getAttribute("topics") ?? "").split(/\s+/).filter(Boolean);
    const first = document.querySelector("qince-live");
    if (first instanceof QinceLive && first !== this) return first.#join(this); // one socket a page
    this.seen = () => (document.hidden ? undefined : this.#awake());
    document.addEventListener("visibilitychange", this.seen);
    this.#open();
    this.polling = setInterval(() => !this.isOpen && !document.hidden && this.refresh(this.topics), POLL_MS);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.seen);
    clearInterval(this.polling);
    clearTimeout(this.again);
    clearTimeout(this.settling);
    this.socket?.close();
  }

  #join(other) {
    this.topics.push(...other.topics.filter((topic) => !this.topics.includes(topic)));
    if (this.dataset.state) other.dataset.state = this.dataset.state;
  }

  #show(state) {
    for (const each of document.querySelectorAll("qince-live")) each.dataset.state = state;
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  #address() {
    if (this.dataset.url) return this.dataset.url;
    return `${location.protocol === "https:" ? "wss" : "ws"}://${location.hostname}:${this.dataset.port}/`;
  }

  #open() {
    try {
      this.socket = new WebSocket(this.#address());
    } catch {
      this.#retry();
      return;
    }
    this.socket.addEventListener("open", () => this.#opened());
    this.socket.addEventListener("message", ({ data }) => this.#heard(data));
    this.socket.addEventListener("close", () => this.#retry());
  }

  #opened() {
    if (this.failures) this.#later(this.topics); // what was missed while away
    this.failures = 0;
    this.#show("live");
  }

  #retry() {
    this.#show("polling");
    if (!this.isConnected) return;
    const wait = Math.min(SLOWEST_MS, 1000 * 2 ** this.failures++) * (0.7 + Math.random() * 0.6);
    clearTimeout(this.again);
    this.again = setTimeout(() => this.#open(), wait);
  }

  #awake() {
    if (this.waiting.size) this.#later([]);
    if (!this.isOpen) this.refresh(this.topics);
  }

  #heard(data) {
    try {
      const { topic } = JSON.parse(data);
      if (this.topics.includes(topic)) this.#later([topic]);
    } catch {
      // not one of our messages
    }
  }

  #later(topics) {
    topics.forEach((topic) => this.waiting.add(topic));
    if (document.hidden || this.settling) return;
    this.settling = setTimeout(() => {
      this.settling = 0;
      this.refresh([...this.waiting]);
      this.waiting.clear();
    }, SETTLE_MS * (0.5 + Math.random()));
  }

  /** Have the parts of the page that show `topics` fetched again. */
  refresh(topics) {
    for (const part of document.querySelectorAll("[data-live]")) {
      if (!topics.some((topic) => part.dataset.live.split(/\s+/).includes(topic))) continue;
      if (part.refresh) part.refresh();
      else part.dispatchEvent(new CustomEvent("qince:live"));
    }
  }
}

customElements.define("qince-live", QinceLive);
