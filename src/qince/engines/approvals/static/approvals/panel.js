// The panel beside the drawing: what belongs to the chosen step, or to the whole flow.
import { h } from "preact";
import htm from "htm";
import { People, Select, Text, Ticks } from "qince/approvals/fields";
import { branch, lane, made } from "qince/approvals/tree";

const html = htm.bind(h);
const pairs = (words, ...codes) => codes.map((code) => [code, words[code]]);

function Approvers({ desk, node }) {
  const { words } = desk;
  const rule = node.approvers;
  const set = (changes) => desk.change(() => Object.assign(rule, changes));
  const blank = { people: { ids: [] }, role: { role: desk.roles[0]?.[0] ?? "" }, leader: { level: 1 }, chain: { levels: 2 }, head: { level: 0 }, contact: { field: "" }, choice: { among: [], at_most: 1 } };
  const named = desk.facts.filter((each) => each.kind === "person");
  return html`
    <${Select} label=${words.who} value=${rule.by} options=${pairs(words, "leader", "chain", "head", "role", "people", "contact", "choice")}
      set=${(by) => desk.change(() => { node.approvers = { by, ...blank[by] }; })} />
    ${rule.by === "people" && html`<${People} desk=${desk} label=${words.people} value=${rule.ids ?? []} set=${(ids) => set({ ids })} />`}
    ${rule.by === "role" && html`<${Select} label=${words.role} value=${rule.role} options=${desk.roles} set=${(role) => set({ role })} />
      <label class="form-check"><input class="form-check-input" type="checkbox" checked=${rule.near ?? false} onChange=${(event) => set({ near: event.target.checked })} /><span>${words.near}</span></label>`}
    ${rule.by === "leader" && html`<${Text} label=${words.level} type="number" min="1" max="10" value=${rule.level ?? 1} set=${(level) => set({ level: level ?? 1 })} />`}
    ${rule.by === "chain" && html`<${Text} label=${words.levels} type="number" min="1" max="10" value=${rule.levels ?? 2} set=${(levels) => set({ levels: levels ?? 1 })} />`}
    ${rule.by === "head" && html`<${Text} label=${words.level} type="number" min="0" max="10" value=${rule.level ?? 0} set=${(level) => set({ level: level ?? 0 })} />`}
    ${rule.by === "contact" && html`<${Select} label=${words.contact} value=${rule.field} options=${[["", words.select], ...named.map((each) => [each.code, each.label])]} set=${(field) => set({ field })} />`}
    ${rule.by === "choice" && html`<${People} desk=${desk} label=${words.among} value=${rule.among ?? []} set=${(among) => set({ among })} />
      <${Text} label=${words.at_most} type="number" min="1" max="20" value=${rule.at_most ?? 1} set=${(at_most) => set({ at_most: at_most ?? 1 })} />`}`;
}

function Asked({ desk, node }) {
  const { words } = desk;
  const set = (changes) => desk.change(() => Object.assign(node, changes));
  const modes = node.kind === "approve" ? ["any", "all", "in_turn", "vote"] : ["any", "all", "in_turn"];
  const timeout = node.timeout;
  return html`
    ${node.approvers.by !== "chain" && html`<${Select} label=${words.mode} value=${node.mode ?? "any"} options=${pairs(words, ...modes)} set=${(mode) => set({ mode })} />`}
    ${node.mode === "vote" && html`<${Text} label=${words.share} type="number" min="1" max="100" value=${node.share ?? 51} set=${(share) => set({ share: share ?? 51 })} />`}
    <${Select} label=${words.vacant} value=${node.vacant ?? (node.kind === "approve" ? "climb" : "administrators")} options=${pairs(words, "climb", "administrators", "pass")} set=${(vacant) => set({ vacant })} />
    ${node.kind === "approve" && html`<${Select} label=${words.own} value=${node.own ?? "climb"} options=${["climb", "skip", "decide"].map((code) => [code, words[`own_${code}`]])} set=${(own) => set({ own })} />`}
    <${Text} label=${words.timeout} type="number" min="1" max="1440" placeholder=${words.no_timeout} value=${timeout?.hours} set=${(hours) => set({ timeout: hours ? { ...timeout, hours } : null })} />
    ${timeout && html`<${Select} label=${words.then} value=${timeout.then ?? "remind"} options=${[["remind", words.remind], ["hand_up", words.hand_up], ["approve", words.then_approve], ["refuse", words.then_refuse]]} set=${(then) => set({ timeout: { ...timeout, then } })} />`}
    ${node.kind === "approve" && html`<label class="form-check"><input class="form-check-input" type="checkbox" checked=${node.urgent ?? false} onChange=${(event) => set({ urgent: event.target.checked })} /><span>${words.urgent}</span></label>`}
    ${node.kind === "approve" && html`<${Ticks} label=${words.allows} value=${node.allows ?? ["transfer", "add", "return"]} options=${[["transfer", words.transfer], ["add", words.add_signer], ["return", words.return]]} set=${(allows) => set({ allows })} />`}`;
}

const OPERATORS = { number: ["gt", "ge", "lt", "le", "eq", "ne", "between"], date: ["ge", "le", "eq"], text: ["eq", "ne"], choice: ["eq", "ne", "in", "not_in"], person: ["in", "not_in"], department: ["in", "not_in"], role: ["in", "not_in"] };

function Value({ desk, fact, test, set }) {
  const { words } = desk;
  const listed = fact?.kind === "role" ? desk.roles : fact?.kind === "department" ? desk.departments : fact?.choices ?? [];
  if (test.is === "in" || test.is === "not_in") {
    const value = Array.isArray(test.value) ? test.value : [];
    if (fact?.kind === "person") return html`<${People} desk=${desk} label=${words.value} value=${value} set=${set} />`;
    return html`<${Ticks} label=${words.value} value=${value} options=${listed} set=${set} />`;
  }
  if (listed.length) return html`<${Select} label=${words.value} value=${test.value ?? ""} options=${[["", words.select], ...listed]} set=${set} />`;
  const type = fact?.kind === "number" ? "number" : fact?.kind === "date" ? "date" : "text";
  if (test.is !== "between") return html`<${Text} label=${words.value} type=${type} value=${test.value} set=${(value) => set(value ?? "")} />`;
  const [from, to] = Array.isArray(test.value) ? test.value : ["", ""];
  return html`<${Text} label=${words.value} type=${type} value=${from} set=${(value) => set([value ?? "", to])} /><${Text} label=${words.and_value} type=${type} value=${to} set=${(value) => set([from, value ?? ""])} />`;
}

function Test({ desk, test, remove }) {
  const { words } = desk;
  const fact = desk.facts.find((each) => each.code === test.fact);
  const operators = OPERATORS[fact?.kind ?? "number"];
  const choose = (code) => {
    const kind = desk.facts.find((each) => each.code === code)?.kind ?? "number";
    desk.change(() => Object.assign(test, { fact: code, is: OPERATORS[kind][0], value: ["in", "not_in"].includes(OPERATORS[kind][0]) ? [] : "" }));
  };
  const operator = (is) => desk.change(() => Object.assign(test, { is, value: ["in", "not_in"].includes(is) ? [] : is === "between" ? ["", ""] : "" }));
  return html`<div class="flow-test">
    <${Select} label=${words.when} value=${test.fact} options=${[["", words.select], ...desk.facts.map((each) => [each.code, each.label])]} set=${choose} />
    <${Select} label="" value=${test.is ?? "eq"} options=${pairs(words, ...operators)} set=${operator} />
    <${Value} desk=${desk} fact=${fact} test=${test} set=${(value) => desk.change(() => { test.value = value; })} />
    <button type="button" class="btn btn-ghost" onClick=${remove}>${words.delete}</button>
  </div>`;
}

function Ways({ desk, node }) {
  const { words } = desk;
  const ways = node.branches ?? node.lanes;
  const add = () => desk.change(() => {
    if (node.branches) node.branches.splice(-1, 0, branch(`${words.branch} ${ways.length}`));
    else node.lanes.push(lane(`${words.lane} ${ways.length + 1}`));
  });
  return html`${ways.map((way, index) => html`<fieldset class="flow-branch" key=${way.id}>
    <${Text} label=${node.branches ? words.branch : words.lane} value=${way.name} set=${(name) => desk.change(() => { way.name = name; })} />
    ${node.branches && index < ways.length - 1 && (way.when ?? []).map((group, at) => html`<div class="flow-group">
      ${at > 0 && html`<span class="q-hint">${words.or}</span>`}
      ${group.map((test, place) => html`<${Test} desk=${desk} test=${test} remove=${() => desk.change(() => { group.splice(place, 1); if (!group.length) way.when.splice(at, 1); })} />`)}
      <button type="button" class="btn btn-ghost" onClick=${() => desk.change(() => group.push({ fact: "", is: "gt", value: "" }))}>+ ${words.add_test}</button>
    </div>`)}
    ${node.branches && index < ways.length - 1 && html`<button type="button" class="btn btn-ghost" onClick=${() => desk.change(() => (way.when ??= []).push([{ fact: "", is: "gt", value: "" }]))}>+ ${words.add_group}</button>`}
    ${node.branches && index === ways.length - 1 && html`<span class="q-hint">${words.otherwise}</span>`}
    ${ways.length > 2 && !(node.branches && index === ways.length - 1) && html`<button type="button" class="btn btn-ghost" onClick=${() => desk.change(() => ways.splice(index, 1))}>${words.delete}</button>`}
  </fieldset>`)}
  <button type="button" class="btn" onClick=${add}>${node.branches ? words.add_branch : words.add_lane}</button>`;
}

function Whole({ desk }) {
  const { words, flow } = desk;
  const set = (changes) => desk.change(() => Object.assign(flow, changes));
  return html`<h2 class="card-title">${words.flow}</h2>
    <${Select} label=${words.merge} value=${flow.merge ?? "adjacent"} options=${[["never", words.never], ["adjacent", words.adjacent], ["all", words.merge_all]]} set=${(merge) => set({ merge })} />
    ${(flow.copies ?? []).length > 0 && html`<${Select} label=${words.copies_at} value=${flow.copies_at ?? "approval"} options=${pairs(words, "submission", "approval", "both")} set=${(copies_at) => set({ copies_at })} />`}
    <button type="button" class="btn" onClick=${() => desk.change(() => { const each = made("copy", words); (flow.copies ??= []).push(each); desk.choose(each.id); })}>+ ${words.copies}</button>
    <div class="flow-problems"><strong>${desk.problems.length ? words.problems : words.no_problems}</strong>
      <ul>${desk.problems.map((each) => html`<li><button type="button" class="btn btn-ghost" onClick=${() => desk.choose(each.node)}>${each.message}</button></li>`)}</ul></div>
    <p class="q-hint">${words.choose_step}</p>`;
}

export function Panel({ desk, node }) {
  const { words } = desk;
  if (!node) return html`<aside class="card flow-panel"><div class="card-body"><${Whole} desk=${desk} /></div></aside>`;
  const isFork = Boolean(node.branches ?? node.lanes);
  return html`<aside class="card flow-panel"><div class="card-body" key=${node.id}>
    <h2 class="card-title">${words[node.kind]}</h2>
    <${Text} label=${words.name} value=${node.name} maxlength="60" set=${(name) => desk.change(() => { node.name = name; })} />
    ${isFork ? html`<${Ways} desk=${desk} node=${node} />` : html`<${Approvers} desk=${desk} node=${node} />${node.kind !== "copy" && html`<${Asked} desk=${desk} node=${node} />`}`}
    <div class="flow-panel-foot">
      <button type="button" class="btn" onClick=${() => desk.move(node.id, -1)}>${words.up}</button>
      <button type="button" class="btn" onClick=${() => desk.move(node.id, 1)}>${words.down}</button>
      <button type="button" class="btn approval-refuse" onClick=${() => desk.remove(node.id)}>${words.delete}</button>
    </div>
  </div></aside>`;
}
