/** The privacy notice in full, and two doors of the same size. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { Button, Choice, Empty, Skeleton } from "#parts/basic";
import { Dots, LanguageSwitch } from "#features/activation/frame";
import { Documents } from "#features/activation/documents";
import { agreeTo, declineNotice, fetchNotice } from "#features/activation/flow";
import { useAct } from "#features/activation/act";

export function NoticePage() {
  const [notice, setNotice] = useState(null);
  const [declined, setDeclined] = useState(false);
  const [act, busy, error] = useAct();
  const load = () => act(async () => setNotice(await fetchNotice()));
  useEffect(() => void load(), [language.value]);
  if (declined) return html`<${Declined} onBack=${() => setDeclined(false)} />`;
  const decline = async () => {
    await declineNotice(notice);
    setDeclined(true);
  };
  return html`
    <main class="entry notice-page">
      <div class="entry-top"><${Dots} at=${0} of=${4} /><${LanguageSwitch} /></div>
      <h1>${gettext("Before you begin")}</h1>
      <p class="quiet">${gettext("Nothing about you is collected or sent until you agree.")}</p>
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${!notice && !error && html`<${Skeleton} lines=${8} />`}
      ${notice && html`<${Text} notice=${notice} /><${Doors} onAgree=${() => agreeTo(notice)} onDecline=${decline} />`}
    </main>`;
}

function Text({ notice }) {
  const [kind, setKind] = useState(notice.documents[0].kind);
  return html`
    ${notice.documents.length > 1 && html`<${Choice} label=${gettext("Document")} value=${kind} onChange=${setKind}
      options=${notice.documents.map((each) => [each.kind, each.title])} />`}
    <${Documents} notice=${notice} kind=${kind} />`;
}

/** What is confirmed one by one: each document is an act of its own, and the age. */
const lines = () => ({
  privacy: gettext("I have read the privacy policy and agree to it."),
  terms: gettext("I have read the user agreement and agree to it."),
  capable: gettext("I am at least 18 and able to decide this for myself, or my guardian agrees."),
});

/** The boxes start empty, and neither door is bigger or brighter than the other. */
function Doors({ onAgree, onDecline }) {
  const [ticked, setTicked] = useState({});
  const [reminded, setReminded] = useState(false);
  const able = Object.keys(lines()).every((each) => ticked[each]);
  return html`
    <footer class="foot">
      ${Object.entries(lines()).map(([code, text]) => html`
        <label class="tick" key=${code}><input type="checkbox" checked=${Boolean(ticked[code])}
          onChange=${(event) => setTicked({ ...ticked, [code]: event.target.checked })} /><span>${text}</span></label>`)}
      ${reminded && !able && html`<p class="why" role="alert">${gettext("Please confirm each line above first.")}</p>`}
      <div class="pair even">
        <${Button} kind="door" onClick=${onDecline}>${gettext("Decline")}<//>
        <${Button} kind="door" onClick=${() => (able ? onAgree() : setReminded(true))}>${gettext("Agree")}<//>
      </div>
    </footer>`;
}

const Declined = ({ onBack }) => html`
  <main class="entry"><${Empty} icon="shield-lock" title=${gettext("You declined")}>
    <p>${gettext("Without your agreement the app cannot be used. Nothing about you was stored.")}</p>
    <${Button} onClick=${onBack}>${gettext("Read the notice again")}<//>
  <//></main>`;
