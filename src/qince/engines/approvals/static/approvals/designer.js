// The designer of a flow: holds the drawing, keeps each change on the server, shows what is still wrong.
import { h, render } from "preact";
import htm from "htm";
import { csrfToken } from "qince/csrf";
import { toast } from "qince/toast";
import { Drawing } from "qince/approvals/drawing";
import { Panel } from "qince/approvals/panel";
import { tests } from "qince/approvals/words";
import { made, moved, node, removed } from "qince/approvals/tree";

const html = htm.bind(h);
const data = JSON.parse(document.getElementById("flow-data").textContent);
const root = document.querySelector("[data-flow-desk]");
const state = document.querySelector("[data-flow-state]");
const trial = document.querySelector("[data-flow-trial]");

const desk = {
  ...data,
  chosen: "",
  choose(id) { desk.chosen = id; draw(); },
  change(act) { act(); draw(); keep(); },
  add(steps, index, kind) {
    const each = made(kind, desk.words);
    desk.chosen = each.id;
    desk.change(() => steps.splice(index, 0, each));
  },
  remove(id) { desk.chosen = ""; desk.change(() => removed(desk.flow, id)); },
  move(id, by) { desk.change(() => moved(desk.flow, id, by)); },
  tests: (groups) => tests(desk, groups),
};

function draw() {
  render(html`<div class="flow-scroll"><${Drawing} desk=${desk} /></div><${Panel} desk=${desk} node=${node(desk.flow, desk.chosen)} />`, root);
}

function post(url, body) {
  return fetch(url, {
    method: "POST", body: body === undefined ? undefined : JSON.stringify(body),
    headers: { "X-CSRFToken": csrfToken(), "Content-Type": "application/json", Accept: "application/json" },
  });
}

// --- Keeping: one request at a time, the last drawing wins ---

let wait = 0, sending = null, isStale = false;

function keep() {
  state.textContent = desk.words.saving;
  clearTimeout(wait);
  wait = setTimeout(() => void saved(), 500);
}

async function saved() {
  clearTimeout(wait);
  if (sending) { isStale = true; return sending; }
  sending = send();
  try { return await sending; } finally {
    sending = null;
    if (isStale) { isStale = false; await saved(); }
  }
}

async function send() {
  try {
    const answer = await post(desk.urls.draft, desk.flow);
    const body = await answer.json();
    if (!answer.ok) { state.textContent = body.message ?? desk.words.failed; return false; }
    desk.problems = body.problems;
    state.textContent = desk.words.saved;
    draw();
    return true;
  } catch {
    state.textContent = desk.words.failed;
    return false;
  }
}

async function publish() {
  if (!(await saved())) return;
  const answer = await post(desk.urls.publish);
  if (answer.ok) return location.reload();
  const body = await answer.json();
  if (body.problems) desk.problems = body.problems;
  desk.chosen = body.problems?.[0]?.node ?? desk.chosen;
  draw();
  toast(body.message, { level: "error" });
}

async function simulate() {
  if (!(await saved())) return;
  const answer = await post(desk.urls.simulate);
  if (!answer.ok) return toast((await answer.json()).message, { level: "error" });
  trial.replaceChildren(document.createRange().createContextualFragment(await answer.text()));
  trial.scrollIntoView({ behavior: "smooth" });
}

document.querySelector("[data-flow-publish]").addEventListener("click", () => void publish());
document.querySelector("[data-flow-simulate]").addEventListener("click", () => void simulate());
draw();
