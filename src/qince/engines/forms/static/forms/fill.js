// A form filled in at a desk: drawn and judged by the phone's own code; files, people and places come as a desk has them.
import { render } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { combobox } from "qince/choose";
import { csrfToken } from "qince/csrf";
import { data } from "qince/strings";
import { localNow } from "qince/forms/preview";
import { layOut } from "#features/forms/engine/layout";
import { begun } from "#features/forms/engine/validate";
import { FormBody } from "#features/forms/body";
import { problemsOf, sceneNow, tellsOfOthers } from "#features/forms/filling";
import { Signature } from "#features/forms/signature";

const page = data("fill-data");

async function post(address, body, headers = {}) {
  const answer = await fetch(address, {
    method: "POST", credentials: "same-origin", body, headers: { Accept: "application/json", "X-CSRFToken": csrfToken(), ...headers },
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(said.message || String(answer.status)), { said });
  return said;
}

async function kept(blob, name) {
  const body = new FormData();
  body.append("file", blob, name);
  return post(page.file, body);
}

/** Pictures and files, chosen from this computer. */
const Upload = (accept) => function Files({ field, answer, set, label }) {
  const [told, tell] = useState("");
  const files = answer || [];
  const chosen = async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    tell(gettext("Being uploaded…"));
    try {
      set([...files, await kept(file, file.name)]);
      tell("");
    } catch (error) {
      tell(error.message);
    }
  };
  return html`
    <ul class="form-found">${files.map((file) => html`<li key=${file.sha256}><button type="button"
      onClick=${() => set(files.filter(({ sha256 }) => sha256 !== file.sha256))}>${file.name || file.sha256.slice(0, 8)} ×</button></li>`)}</ul>
    ${files.length < (field.maximum || 5) && html`<input type="file" aria-label=${label} accept=${accept} onChange=${chosen} />`}
    ${told && html`<em class="form-problem" role="status">${told}</em>`}`;
};

/** A desk has no position: the place is said in words. */
const Place = ({ answer, set, label }) => (answer?.lat !== undefined
  ? html`<div class="form-stand-in">${answer.lat}, ${answer.lng} <button type="button" class="form-add" onClick=${() => set(null)}>${gettext("Say it in words instead")}</button></div>`
  : html`<input type="text" maxlength="200" aria-label=${label} placeholder=${gettext("Say the place in words")} value=${answer?.text || ""}
      onInput=${(event) => set(event.target.value.trim() ? { text: event.target.value } : null)} />`);

const Barcode = ({ answer, set, label }) => html`
  <input type="text" maxlength="200" aria-label=${label} value=${answer || ""} onInput=${(event) => set(event.target.value)} />`;

/** Somebody or something found by typing, as in the console's own forms. */
function Pick({ field, answer, set, label }) {
  const box = useRef(null);
  const [name, setName] = useState("");
  const isOpen = !answer;
  useEffect(() => {
    if (!isOpen) return;
    combobox(box.current, {
      ask: async (text, signal) => {
        const answered = await fetch(`${page.options}?kind=${field.kind}&q=${encodeURIComponent(text)}`, { credentials: "same-origin", signal });
        if (!answered.ok) throw new Error(String(answered.status));
        return (await answered.json()).options;
      },
      pick: ({ id, label: called }) => {
        setName(called);
        set(id);
      },
    });
  }, [isOpen, field.kind]);
  if (answer) return html`<div class="form-stand-in">${name || gettext("Chosen")} <button type="button" class="form-add" onClick=${() => set(null)}>${gettext("Choose another")}</button></div>`;
  return html`<div><input ref=${box} type="text" autocomplete="off" aria-label=${label} placeholder=${gettext("Search")} /></div>`;
}

const DEVICE = {
  photo: Upload("image/jpeg,image/png,image/webp"), file: Upload("image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.pptx"),
  signature: (props) => (props.answer?.length
    ? html`<div class="form-stand-in">${gettext("Signed")} <button type="button" class="form-add" onClick=${() => props.set(null)}>${gettext("Sign anew")}</button></div>`
    : html`<${Signature} label=${props.label} set=${props.set} keep=${(bytes) => kept(new Blob([bytes], { type: "image/png" }), "signature.png")} />`),
  location: Place, barcode: Barcode, person: Pick, customer: Pick, product: Pick,
};

/** Who would decide on the answers as they are: asked a moment after the last change, once nothing is wrong with them. */
function useAhead(asked) {
  const [way, setWay] = useState([]);
  useEffect(() => {
    if (!page.ahead || !asked) return void setWay([]);
    let here = true;
    const timer = setTimeout(() => post(page.ahead, asked, { "Content-Type": "application/json" })
      .then((said) => here && setWay(said.way), () => here && setWay([])), 600);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return way;
}

const Ahead = ({ way }) => way.length > 0 && html`
  <section class="form-ahead" aria-live="polite"><b>${gettext("Who decides")}</b>
    <ol>${way.map(({ name, people, why }, at) => html`<li key=${at}>${name}${(people.length > 0 || why) && html` <small>${[people.join("、"), why].filter(Boolean).join(" · ")}</small>`}</li>`)}</ol></section>`;

function Fill() {
  const layout = useMemo(() => layOut(page.definition), []);
  const waived = useMemo(() => new Set(page.waived), []);
  const now = useMemo(localNow, []);
  const [answers, setAnswers] = useState(() => page.answers || begun(layout, now));
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const isChanged = useRef(false);
  useEffect(() => addEventListener("beforeunload", (event) => isChanged.current && event.preventDefault()), []);
  const { languages } = page.definition;
  const language = languages.find((code) => code.toLowerCase().startsWith(page.language)) || languages[0];
  const judged = problemsOf(layout, answers, now, language, waived);
  const [department, setDepartment] = useState(page.departments[0]?.[0] || "");
  const [sure, setSure] = useState(false);
  const isAsked = Boolean(page.statement) && tellsOfOthers(layout, judged.answers);
  const body = JSON.stringify({ id: page.id, version: page.version, data: judged.answers, department, attested: isAsked && sure });
  const way = useAhead(judged.problems.size ? "" : body);
  const change = (made) => {
    isChanged.current = true;
    setAnswers(made);
  };
  const send = async () => {
    setChecked(true);
    setError("");
    if (judged.problems.size) return void requestAnimationFrame(() => document.querySelector(".form-problem")?.scrollIntoView({ block: "center" }));
    if (isAsked && !sure) return;
    setBusy(true);
    try {
      const { url } = await post(page.send, body, { "Content-Type": "application/json" });
      isChanged.current = false;
      location.assign(url);
    } catch (refused) {
      setError(refused.message);
      setBusy(false);
    }
  };
  const filling = {
    scene: sceneNow(layout, answers, now, language), answers, change, language, now, device: DEVICE, waived,
    problems: checked ? judged.problems : new Map(), newId: () => crypto.randomUUID(),
  };
  return html`
    <${FormBody} filling=${filling} />
    ${page.departments.length > 0 && html`<label class="form-question"><b>${gettext("For the department")}</b>
      <select class="form-select" value=${department} onChange=${(event) => setDepartment(event.target.value)}>${page.departments.map(([id, name]) => html`<option key=${id} value=${id}>${name}</option>`)}</select></label>`}
    <${Ahead} way=${way} />
    ${checked && judged.problems.size > 0 && html`<p class="form-problem" role="status">${gettext("{n} answers need mending.", { n: judged.problems.size })}</p>`}
    ${isAsked && html`<label class="form-check"><input class="form-check-input" type="checkbox" checked=${sure} onChange=${(event) => setSure(event.target.checked)} /> ${page.statement}</label>
      ${checked && !sure && html`<p class="form-problem" role="status">${gettext("Confirm this first: the people it is about must know of it.")}</p>`}`}
    ${error && html`<p class="form-problem" role="alert">${error}</p>`}
    <footer><button type="button" class="btn btn-primary" disabled=${busy} onClick=${send}>${gettext("Send")}</button></footer>`;
}

render(html`<${Fill} />`, document.getElementById("fill"));
