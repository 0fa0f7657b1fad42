/** What a phone does for a form: camera, files, position, signature, barcode, and choosing among what it holds. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { prepare } from "#kit/barcode";
import { capture, closeCamera, openCamera } from "#kit/camera";
import { rounded, sha256, wellFormed } from "#kit/canonical";
import { evidence } from "#kit/evidence";
import { keepPhoto } from "#kit/photos";
import { usePosition } from "#kit/geo";
import { useLive } from "#kit/live";
import { locationChoice } from "#kit/consents";
import { decideUse, noteDialog, useAllowed } from "#kit/permissions";
import { settings } from "#kit/settings";
import { Button } from "#parts/basic";
import { Scanner } from "#parts/scanner";
import { Signature } from "#features/forms/signature";

const USE = "form_photo";
const LARGEST = 20_000_000;
const LONGEST_CODE = 200;

/** @param {string} subject the submission's id, by which its files are found again */
export const deviceFor = (subject) => ({
  photo: (props) => html`<${Photos} ...${props} subject=${subject} />`,
  file: (props) => html`<${Files} ...${props} subject=${subject} />`,
  signature: (props) => html`<${Sign} ...${props} subject=${subject} />`,
  location: Place, barcode: Barcode, person: Pick, customer: Pick, product: Pick,
});

async function kept(subject, bytes, name) {
  const seen = evidence(null);
  const named = { sha256: await sha256(bytes), size: bytes.byteLength, taken_at: seen.device_time };
  await keepPhoto({ ...named, evidence: seen, visit_id: subject, step_id: "" }, bytes);
  return name ? { ...named, name: wellFormed(name).slice(0, 120) } : named;
}

const without = (list, hash) => list.filter((each) => each.sha256 !== hash);

function Thumb({ file, drop }) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    let made = "";
    void db.pictures.get(file.sha256).then((row) => row && setAddress((made = URL.createObjectURL(new Blob([row.bytes])))));
    return () => made && URL.revokeObjectURL(made);
  }, [file.sha256]);
  return html`<figure>${address && html`<img src=${address} alt=${file.name || gettext("Photo")} />`}
    <button type="button" aria-label=${gettext("Remove")} onClick=${drop}>×</button></figure>`;
}

function Photos({ field, answer, set, subject }) {
  const [open, setOpen] = useState(false);
  const files = answer || [];
  const most = field.maximum || 10;
  const taken = async ({ bytes }) => {
    set([...files, await kept(subject, bytes)]);
    setOpen(false);
  };
  return html`
    <div class="form-thumbs">${files.map((file) => html`<${Thumb} key=${file.sha256} file=${file} drop=${() => set(without(files, file.sha256))} />`)}</div>
    ${open ? html`<${Camera} taken=${taken} close=${() => setOpen(false)} />`
      : files.length < most && html`<${Button} class="wide dashed" icon="camera" onClick=${() => setOpen(true)}>${files.length ? gettext("Take another photo") : gettext("Take a photo")}<//>`}`;
}

/** The camera opens after this use of it was allowed by pressing a button. */
function Camera({ taken, close }) {
  const video = useRef(null);
  const [allowed, setAllowed] = useState(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => void useAllowed("camera", USE).then(setAllowed), []);
  useEffect(() => {
    if (!allowed) return undefined;
    let [gone, stream] = [false, null];
    openCamera().then(async (found) => {
      stream = found;
      if (gone) return closeCamera(stream);
      void noteDialog("camera", true);
      video.current.srcObject = stream;
      await video.current.play();
    }).catch((error) => {
      if (error.name === "NotAllowedError") void noteDialog("camera", false);
      if (!gone) setProblem(error.name || "error");
    });
    return () => {
      gone = true;
      closeCamera(stream);
    };
  }, [allowed]);
  if (allowed === undefined) return null;
  const allow = () => decideUse("camera", USE, true).then(() => setAllowed(true));
  if (!allowed) {
    return html`<div class="asking"><p>${gettext("The camera is used for photos in forms when you press the button, and for nothing else.")}</p>
      <div class="pair"><${Button} onClick=${close}>${gettext("Not now")}<//><${Button} icon="camera" onClick=${allow}>${gettext("Use the camera")}<//></div></div>`;
  }
  if (problem) return html`<p class="form-stand-in">${gettext("The camera could not be opened. Close other apps that use it and try again.")}</p>`;
  const shoot = async () => taken(await capture(video.current, (await settings()).photo_max_px));
  return html`<video class="form-video" ref=${video} playsinline muted autoplay></video>
    <div class="form-pair"><${Button} kind="quiet" onClick=${close}>${gettext("Cancel")}<//>
      <${Button} kind="primary" icon="camera" onClick=${shoot}>${gettext("Take photo")}<//></div>`;
}

function Files({ field, answer, set, subject, label }) {
  const files = answer || [];
  const [problem, setProblem] = useState("");
  const chosen = async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    if (file.size > LARGEST) return setProblem(gettext("A file may have at most 20 MB."));
    setProblem("");
    set([...files, await kept(subject, await file.arrayBuffer(), file.name)]);
  };
  return html`
    <ul class="form-found">${files.map((file) => html`<li key=${file.sha256}><button type="button" onClick=${() => set(without(files, file.sha256))}>${file.name || file.sha256.slice(0, 8)} ×</button></li>`)}</ul>
    ${files.length < (field.maximum || 5) && html`<input type="file" aria-label=${label} accept="image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.pptx" onChange=${chosen} />`}
    ${problem && html`<em class="form-problem" role="alert">${problem}</em>`}`;
}

function Sign({ answer, set, subject, label }) {
  if (answer?.length) return html`<div class="form-thumbs"><${Thumb} file=${answer[0]} drop=${() => set(null)} /></div>`;
  return html`<${Signature} label=${label} set=${set} keep=${(bytes) => kept(subject, bytes)} />`;
}

/** Read once, at the press of the button; or the place in words. */
function Place({ answer, set, label }) {
  const [reading, setReading] = useState(false);
  const choice = useLive(locationChoice);
  const { fix, problem } = usePosition(reading);
  useEffect(() => {
    if (!reading || !fix) return;
    setReading(false);
    set({ lat: rounded(fix.lat, 7), lng: rounded(fix.lng, 7), accuracy_m: rounded(fix.accuracy_m, 1) });
  }, [reading, fix]);
  useEffect(() => void (reading && ["refused", "unavailable"].includes(problem) && setReading(false)), [problem]);
  if (answer?.lat !== undefined) {
    return html`<div class="form-stand-in">${answer.lat}, ${answer.lng} ±${answer.accuracy_m ?? "?"} m
      <button type="button" class="form-add" onClick=${() => set(null)}>${gettext("Read it again")}</button></div>`;
  }
  return html`
    ${choice && choice !== "never" && html`<${Button} icon="current-location" busy=${reading} onClick=${() => setReading(true)}>${gettext("Use my position")}<//>`}
    <input type="text" maxlength="200" aria-label=${label} placeholder=${gettext("Or say the place in words")} value=${answer?.text || ""}
      onInput=${(event) => set(event.target.value.trim() ? { text: event.target.value } : null)} />`;
}

/** Typed, or read by the camera: one is as good as the other. */
function Barcode({ field, answer, set, label }) {
  const [open, setOpen] = useState(false);
  useEffect(() => void (field.read_only || prepare()), []);
  const read = (code) => {
    set(code.slice(0, LONGEST_CODE));
    setOpen(false);
  };
  return html`<input type="text" inputmode="text" autocapitalize="characters" aria-label=${label} readonly=${field.read_only} maxlength=${LONGEST_CODE} value=${answer || ""} onInput=${(event) => set(event.target.value)} />
    ${open ? html`<${Scanner} use="form_barcode" onRead=${read} onClose=${() => setOpen(false)} />`
      : !field.read_only && html`<${Button} class="wide dashed" icon="camera" onClick=${() => setOpen(true)}>${gettext("Scan with the camera")}<//>`}`;
}

const SHOWN = 8;

async function choices(kind) {
  if (kind === "customer") return (await db.customers.toArray()).map(({ id, name, code }) => ({ id, label: name, hint: code }));
  return (await db.form_options.where("kind").equals(kind).toArray()).map(({ id, label, hint }) => ({ id: id.split(":")[1], label, hint }));
}

function Pick({ field, answer, set, label }) {
  const [words, setWords] = useState("");
  const all = useLive(() => choices(field.kind), [field.kind]);
  if (!all) return null;
  const chosen = all.find(({ id }) => id === answer);
  if (answer) return html`<div class="form-stand-in">${chosen?.label || answer} <button type="button" class="form-add" onClick=${() => set(null)}>${gettext("Choose another")}</button></div>`;
  const wanted = words.trim().toLowerCase();
  const found = all.filter((each) => `${each.label} ${each.hint}`.toLowerCase().includes(wanted)).slice(0, SHOWN);
  return html`<input type="search" aria-label=${label} placeholder=${gettext("Search")} value=${words} onInput=${(event) => setWords(event.target.value)} />
    <ul class="form-found">${found.map(({ id, label: name, hint }) => html`<li key=${id}><button type="button" onClick=${() => set(id)}>${name} <small>${hint}</small></button></li>`)}</ul>`;
}
