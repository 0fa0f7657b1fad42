/** The page on which shifts of a day are exchanged, and the card of an exchange. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { longDay, time } from "#kit/format";
import { useLive } from "#kit/live";
import { go } from "#kit/router";
import { Button, Card, Empty, Field, Notice, Pill } from "#parts/basic";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { dayOf, dueWords } from "#features/attendance/days";
import { answerSwap, askSwap, swapWords, waitsForMe, withdrawSwap } from "#features/attendance/swaps";

const rest = () => gettext("Rest");

/** Li Na · Late shift · 14:00–22:00 */
const told = ({ name, shift, due }) => [name, shift || rest(), due.map(([from, to]) => `${time(from)}–${time(to)}`).join(", ")].filter(Boolean).join(" · ");

/** Who has something else that day, as long as there is signal. @returns {Held[] | null | Error} null: not told yet */
function useChoices(on) {
  const [found, setFound] = useState(null);
  useEffect(() => {
    let here = true;
    call("POST", "/attendance/swaps/choices", { on }).then((answer) => here && setFound(answer.choices), (error) => here && setFound(error));
    return () => {
      here = false;
    };
  }, [on]);
  return found;
}

export function SwapPage({ on }) {
  const held = useLive(async () => (await dayOf(on)) || null, [on]);
  const choices = useChoices(on);
  const [partner, setPartner] = useState("");
  const [reason, setReason] = useState("");
  const chosen = Array.isArray(choices) && choices.find(({ id }) => id === partner);
  const send = async () => {
    await askSwap({ on, gives: held?.shift || "", partner: chosen, reason: reason.trim() });
    toast(gettext("Asked; your colleague answers first"));
    go(`/punch/days/${on}`, { replace: true });
  };
  return html`
    <${Page} title=${gettext("Exchange shifts")} up="/punch/days/${on}">
      ${held && html`<${Card}><p class="quiet">${longDay(`${on}T12:00`)}</p>
        <div class="spread"><b>${held.shift || rest()}</b>${held.due.length > 0 && html`<span>${dueWords(held)}</span>`}</div><//>`}
      ${choices instanceof Error && html`<${Notice} tone="wait">${choices.message}<//>`}
      ${Array.isArray(choices) && !choices.length && html`<${Empty} icon="users" title=${gettext("Nobody of your group has something else that day")} />`}
      ${Array.isArray(choices) && choices.length > 0 && html`<${Card}>
        <${Field} label=${gettext("With whom")}><select value=${partner} onChange=${(event) => setPartner(event.target.value)}>
          <option value="">—</option>${choices.map((each) => html`<option key=${each.id} value=${each.id}>${told(each)}</option>`)}</select><//>
        <${Field} label=${gettext("Reason")}><textarea rows="2" maxlength="300" value=${reason} onInput=${(event) => setReason(event.target.value)} /><//>
        <p class="quiet">${gettext("Your colleague agrees first; then it is decided. Until then the roster stays as it is.")}</p>
        <${Button} class="wide" kind="primary" disabled=${!chosen || !reason.trim()} onClick=${send}>${gettext("Send")}<//>
      <//>`}
    <//>`;
}

/** @param {{swap: Held}} props */
export function Swap({ swap }) {
  const [declines, setDeclines] = useState(false);
  const [answer, setAnswer] = useState("");
  const [words, tone] = swapWords(swap);
  const say = async (agrees) => {
    await answerSwap(swap, agrees, answer.trim());
    toast(agrees ? gettext("Agreed; now it is decided") : gettext("Declined"));
  };
  return html`
    <${Card}><div class="spread"><b>${gettext("Exchange of shifts")}</b><${Pill} tone=${tone}>${words}<//></div>
      <p class="quiet">${[longDay(`${swap.on}T12:00`), swap.with].join(" · ")}</p>
      <p>${gettext("You give {gives} and take {takes}.", { gives: swap.gives || rest(), takes: swap.takes || rest() })}</p>
      <p>${swap.reason}</p>
      ${swap.answer && html`<${Notice}>${swap.answer}<//>`}
      ${waitsForMe(swap) && !declines && html`<div class="spread">
        <${Button} kind="quiet" onClick=${() => setDeclines(true)}>${gettext("Decline")}<//>
        <${Button} kind="primary" icon="check" onClick=${() => say(true)}>${gettext("Agree")}<//></div>`}
      ${waitsForMe(swap) && declines && html`<${Field} label=${gettext("Why not?")}><textarea rows="2" maxlength="300" value=${answer} onInput=${(event) => setAnswer(event.target.value)} /><//>
        <${Button} class="wide" kind="primary" onClick=${() => say(false)}>${gettext("Decline")}<//>`}
      ${swap.is_mine && swap.state === "pending" && html`<${Button} kind="quiet" icon="arrow-back-up" onClick=${() => withdrawSwap(swap)}>${gettext("Take back")}<//>`}
    <//>`;
}
