/** Deciding on a request, or acting on one's own: one act is chosen, then what belongs to it is asked. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { go } from "#kit/router";
import { Button, Card, Choice, Field, Notice } from "#parts/basic";
import { toast } from "#parts/toast";
import { Colleagues } from "#features/approvals/colleagues";
import { DecisionPlace } from "#features/approvals/place";

const NEEDS_WORDS = ["reject", "return", "revoke", "remark"];
const labels = (one) => ({
  choose: gettext("Choose who decides"),
  approve: one.is_handling ? gettext("Done") : gettext("Approve"), reject: gettext("Reject"), return: gettext("Return"),
  transfer: gettext("Pass on"), add: gettext("Ask others too"), withdraw: gettext("Withdraw"), revoke: gettext("Ask for undoing"),
  urge: gettext("Remind"), remark: gettext("Add a remark"),
});

export function Decide({ one, onChange, reload }) {
  const [chosen, choose] = useState("");
  const decisions = ["choose", "approve", "reject", "return", "transfer", "add"].filter((name) => one.may.includes(name));
  const names = labels(one);
  if (!decisions.length && !one.own.length && !one.change) return null;
  if (chosen) return html`<${Asked} name=${chosen} label=${names[chosen]} one=${one} onChange=${onChange} reload=${reload} onBack=${() => choose("")} />`;
  return html`
    ${one.change && html`<${Button} class="wide" kind="primary" icon="notes" onClick=${() => go(one.change)}>${gettext("Change and hand in again")}<//>`}
    ${decisions.length > 0 && html`<div class="pair">${decisions.map((name) => html`
      <${Button} key=${name} kind=${["approve", "choose"].includes(name) ? "primary" : "plain"} onClick=${() => choose(name)}>${names[name]}<//>`)}</div>`}
    ${one.own.length > 0 && html`<div class="pair">${one.own.map((name) => html`
      <${Button} key=${name} onClick=${() => choose(name)}>${names[name]}<//>`)}</div>`}`;
}

function Asked({ name, label, one, onChange, reload, onBack }) {
  const [said, say] = useState({ comment: "", to: name === "return" ? one.back_to[0]?.[0] ?? "" : "", people: [], where: "before", position: null });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const set = (changes) => say({ ...said, ...changes });
  const path = one.own.includes(name) && !one.may.includes(name) ? `/approvals/${one.id}/${name}` : `/approvals/tasks/${one.task}/${name}`;
  const isReady = (!NEEDS_WORDS.includes(name) || said.comment.trim()) && (name !== "transfer" || said.to) && (!["add", "choose"].includes(name) || said.people.length);
  const send = async () => {
    setBusy(true);
    setError("");
    try {
      onChange(await call("POST", path, { ...said, people: said.people.map(([id]) => id) }));
      toast(gettext("{act}: done.", { act: label }));
    } catch (refused) {
      if (refused.code === "already_decided") {
        toast(refused.message);
        await reload();
      } else {
        setError(refused.message);
        set({ position: null }); // what may not be taken is left out; the decision can go without
      }
    }
    setBusy(false);
  };
  return html`
    <${Card}>
      <b>${label}</b>
      ${name === "return" && html`<${Choice} label=${gettext("Back to")} value=${said.to} onChange=${(to) => set({ to })}
        options=${one.back_to} />`}
      ${name === "transfer" && html`<${Colleagues} label=${gettext("Who decides instead")} most=${1} value=${said.people} onChange=${(people) => set({ people, to: people[0]?.[0] ?? "" })} />`}
      ${name === "add" && html`<${Colleagues} label=${gettext("Who is asked too")} most=${10} value=${said.people} onChange=${(people) => set({ people })} />
        <${Choice} label=${gettext("When")} value=${said.where} onChange=${(where) => set({ where })}
          options=${[["before", gettext("Before me")], ["after", gettext("After me")], ["beside", gettext("At the same time")]]} />`}
      ${name === "choose" && html`<${Colleagues} label=${gettext("Who decides")} most=${one.choice.most} among=${one.choice.among} value=${said.people} onChange=${(people) => set({ people })} />`}
      ${!["urge", "choose"].includes(name) && html`<${Field} label=${NEEDS_WORDS.includes(name) ? gettext("Reason") : gettext("Comment")}>
        <textarea rows="3" maxlength="1000" value=${said.comment} onInput=${(event) => set({ comment: event.target.value })} /><//>`}
      ${one.may.includes(name) && name !== "choose" && html`<${DecisionPlace} value=${said.position} onChange=${(position) => set({ position })} />`}
      ${error && html`<${Notice} tone="bad">${error}<//>`}
      <div class="pair"><${Button} onClick=${onBack}>${gettext("Back")}<//>
        <${Button} kind="primary" busy=${busy} disabled=${!isReady} onClick=${send}>${label}<//></div>
    <//>`;
}
