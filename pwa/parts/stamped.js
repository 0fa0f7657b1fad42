/** A photo with its watermark. The mark is drawn over the clean original from the evidence, never into it. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { metres, moment } from "#kit/format";
import { useLive } from "#kit/live";
import { JPEG } from "#kit/photos";
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
  const url = usePicture(photo.sha256);
  return html`
    <figure class="photo">
      ${url ? html`<img src=${url} alt=${place} />` : html`<span class="photo-gone"><${Icon} name="photo" /></span>`}
      <${Watermark} place=${place} evidence=${photo.evidence} />
      ${onDrop && html`<button type="button" class="drop" aria-label=${gettext("Remove photo")} onClick=${onDrop}>
        <${Icon} name="trash" /></button>`}
    </figure>`;
}

export function Thumbnail({ sha256 }) {
  const url = usePicture(sha256);
  return url ? html`<img class="thumbnail" src=${url} alt="" />` : html`<${Icon} name="photo" class="kind" />`;
}

/** @param {string} sha256 @returns {string} an address for as long as the component lives; "" when it is not here */
function usePicture(sha256) {
  const [url, setUrl] = useState("");
  const bytes = useLive(() => db.pictures.get(sha256), [sha256])?.bytes;
  useEffect(() => {
    if (!bytes) return;
    const made = URL.createObjectURL(new Blob([bytes], { type: JPEG }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [sha256, Boolean(bytes)]);
  return url;
}
