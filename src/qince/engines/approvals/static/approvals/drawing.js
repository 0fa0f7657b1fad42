// The drawing: cards from top to bottom, forks side by side, a plus between any two.
import { h } from "preact";
import { useState } from "preact/hooks";
import htm from "htm";
import { who } from "qince/approvals/words";
import { inside } from "qince/approvals/tree";

const html = htm.bind(h);
const KINDS = ["approve", "handle", "copy", "condition", "parallel"];

function Plus({ desk, steps, index }) {
  const [isOpen, open] = useState(false);
  const { words } = desk;
  const choose = (kind) => { open(false); desk.add(steps, index, kind); };
  return html`<div class="flow-plus ${isOpen ? "is-open" : ""}">
    <button type="button" aria-label=${words.add} aria-expanded=${isOpen} onClick=${() => open(!isOpen)}>+</button>
    ${isOpen && html`<div class="flow-kinds" role="menu" onKeyDown=${(event) => event.key === "Escape" && open(false)}>
      ${KINDS.map((kind) => html`<button type="button" role="menuitem" class="is-${kind}" onClick=${() => choose(kind)}>
        <strong>${words[kind]}</strong><span>${words[`${kind}_hint`]}</span></button>`)}
    </div>`}
  </div>`;
}

function Card({ desk, node, text }) {
  const problems = desk.problems.filter((each) => each.node === node.id);
  return html`<button type="button" data-node=${node.id} class="flow-card is-${node.kind} ${desk.chosen === node.id ? "is-chosen" : ""} ${problems.length ? "is-wrong" : ""}"
    aria-pressed=${desk.chosen === node.id} onClick=${() => desk.choose(node.id)}>
    <span class="flow-card-head">${node.name || desk.words[node.kind]}</span>
    <span class="flow-card-body">${text}</span>
    ${problems.map((each) => html`<span class="flow-card-problem">${each.message}</span>`)}
  </button>`;
}

function Fork({ desk, node }) {
  const ways = node.branches ?? node.lanes;
  return html`<div class="flow-fork">
    ${Card({ desk, node, text: desk.words[`${node.kind}_hint`] })}
    <div class="flow-ways">${ways.map((way, index) => html`<div class="flow-way" key=${way.id}>
      <button type="button" class="flow-way-head ${desk.chosen === node.id ? "is-chosen" : ""}" onClick=${() => desk.choose(node.id)}>
        <strong>${way.name}</strong>
        ${node.branches && html`<span>${index === ways.length - 1 ? desk.words.otherwise : desk.tests(way.when)}</span>`}
      </button>
      <${Steps} desk=${desk} steps=${inside(node)[index]} />
    </div>`)}</div>
  </div>`;
}

export function Steps({ desk, steps }) {
  return html`<div class="flow-steps">
    <${Plus} desk=${desk} steps=${steps} index=${0} />
    ${steps.map((node, index) => html`<div class="flow-step" key=${node.id}>
      ${node.branches || node.lanes ? html`<${Fork} desk=${desk} node=${node} />` : Card({ desk, node, text: who(desk, node) })}
      <${Plus} desk=${desk} steps=${steps} index=${index + 1} />
    </div>`)}
  </div>`;
}

export function Drawing({ desk }) {
  const { words, flow } = desk;
  return html`<div class="flow-drawing" aria-label=${words.flow}>
    <button type="button" class="flow-end ${desk.chosen === "" ? "is-chosen" : ""}" onClick=${() => desk.choose("")}>${words.start}</button>
    <${Steps} desk=${desk} steps=${flow.steps} />
    ${(flow.copies ?? []).length > 0 && html`<div class="flow-copies">${flow.copies.map((node) => Card({ desk, node, text: who(desk, node) }))}</div>`}
    <span class="flow-end">${words.end}</span>
  </div>`;
}
