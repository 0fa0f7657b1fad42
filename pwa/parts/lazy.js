/** Pages that are fetched when first shown. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { everyWord, gettext } from "#kit/i18n";
import { Button, Empty } from "#parts/basic";
import { Tabs } from "#parts/page";

/** @param {() => Promise<Held>} load a module @param {string} name of the component it exports */
export function lazy(load, name) {
  let found = null;
  return function Lazy(props) {
    const [state, setState] = useState("");
    const fetch = () =>
      Promise.all([load(), everyWord()]).then(
        ([module]) => setState((found = module[name]) && "here"),
        () => setState("failed"),
      );
    useEffect(() => void (found || fetch()), []);
    if (found) return html`<${found} ...${props} />`;
    return state === "failed" && html`<main><${Failed} onRetry=${fetch} /></main><${Tabs} />`;
  };
}

/** Only before the phone has the whole release, or on a damaged one. */
const Failed = ({ onRetry }) => html`
  <${Empty} icon="cloud-off" title=${gettext("No connection. Try again when there is signal.")}>
    <${Button} icon="refresh" onClick=${onRetry}>${gettext("Try again")}<//><//>`;
