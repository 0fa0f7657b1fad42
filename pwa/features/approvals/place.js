/** Adding where one is to a decision: offered only where the organization asks for it and the person shares positions. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { metres } from "#kit/format";
import { usePosition } from "#kit/geo";
import { useLive } from "#kit/live";
import { locationChoice } from "#kit/consents";
import { settings } from "#kit/settings";
import { Button } from "#parts/basic";

/** @param {{value: import("#kit/geo").Fix | null, onChange: (fix: import("#kit/geo").Fix | null) => void}} props */
export function DecisionPlace({ value, onChange }) {
  const rules = useLive(settings);
  const choice = useLive(locationChoice);
  const [reading, read] = useState(false);
  const { fix, problem } = usePosition(reading);
  const failed = reading && ["refused", "unavailable"].includes(problem);
  useEffect(() => {
    if (reading && fix) (read(false), onChange(fix));
  }, [reading, fix]);
  if (rules?.location_approvals !== "optional" || !choice || choice === "never") return null;
  if (value) {
    return html`<${Button} icon="x" class="wide" onClick=${() => onChange(null)}>
      ${gettext("With your position, ±{accuracy}", { accuracy: metres(value.accuracy_m) })}<//>`;
  }
  return html`
    <${Button} icon="current-location" class="wide" busy=${reading && !failed} onClick=${() => read(true)}>${gettext("Add my position (optional)")}<//>
    ${failed && html`<p class="quiet">${gettext("No position can be found. Decide without it.")}</p>`}`;
}
