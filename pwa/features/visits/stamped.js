/** A photo with its watermark. The mark is drawn over the clean original from the evidence, never into it. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { metres, moment } from "#kit/format";
import { useLive } from "#kit/live";
import { Icon } from "#parts/icon";

export const Watermark = ({ place, evidence }) => html`
  <figcaption class="watermark">
    <b>${place}</b><span>${moment(evidence.device_time)}</span><span>${whereWords(evidence)}</span>
  </figcaption>`;

function whereWords({ position, manual_place }) {
  if (position) return `${position.lat.toFixed(5)}, ${position.lng.toFixed(5)} ±${metres(position.accuracy_m)}`;
  return manual_place ? `${manual_place.text} (${gettext("manual")})` : gettext("No position");
}

export function StampedPhoto({ photo, place, onDrop }) {
  const stored = useLive(() => db.photos.get(photo.sha256), [photo.sha256]);
  const url = useObjectUrl(stored?.blob);
  return html`
    <figure class="photo">
      ${url ? html`<img src=${url} alt=${place} />` : html`<span class="photo-gone"><${Icon} name="photo" /></span>`}
      <${Watermark} place=${place} evidence=${photo.evidence} />
      ${onDrop && html`<button type="button" class="drop" aria-label=${gettext("Remove photo")} onClick=${onDrop}>
        <${Icon} name="trash" /></button>`}
    </figure>`;
}

export function Thumbnail({ sha256 }) {
  const stored = useLive(() => db.photos.get(sha256), [sha256]);
  const url = useObjectUrl(stored?.blob);
  return url ? html`<img class="thumbnail" src=${url} alt="" />` : html`<${Icon} name="photo" class="kind" />`;
}

/** @param {Blob | undefined} blob @returns {string} an address for as long as the component lives */
function useObjectUrl(blob) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
