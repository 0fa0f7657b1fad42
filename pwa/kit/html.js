/** Markup in plain JavaScript: Preact with htm templates; signals re-render what reads them. */
import { h } from "preact";
import htm from "htm";
import "@preact/signals";

export const html = htm.bind(h);
