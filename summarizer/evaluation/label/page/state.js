// What is known here, and how it is kept: every change goes to the server before the next key acts.

const $ = (name) => document.getElementById(name);
const token = location.hash.slice(1);
const boxes = { source: $("source"), claim: $("claim") };
const state = { mode: "label", names: [], tasks: [], shown: null, points: null, at: 0, set: 0, picked: null, unsaved: false };
let queue = Promise.resolve();

const claimNow = () => state.shown.claims[state.at];
const decisionNow = () => claimNow().decision;
const lineNow = () => state.tasks.find((line) => line.slug === state.shown.slug);
const textOf = (box) => (box === "source" ? state.shown.text : claimNow().text);

// Keys that are hit faster than the server answers wait their turn.
function run(action) {
  queue = queue.then(keepNote).then(action).catch((error) => say("", String(error.message || error)));
  return queue;
}

function say(status, problem = "") {
  $("status").textContent = status;
  $("problem").textContent = problem;
}

async function ask(path, body) {
  const headers = { "X-Label-Token": token };
  const facts = { headers, cache: "no-store", credentials: "omit", redirect: "error" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    Object.assign(facts, { method: "POST", body: JSON.stringify(body) });
  }
  let reply;
  try {
    reply = await fetch(path, facts);
  } catch {
    throw new Error("The labeller does not answer: start it again. What the files hold is safe; the last change is not saved.");
  }
  const answer = await reply.json();
  if (!reply.ok) { throw new Error(answer.error); }
  return answer;
}

async function save(claim = claimNow(), slug = state.shown.slug) {
  state.unsaved = true;
  const line = await ask("/decisions", { slug, claim: claim.id, decision: claim.decision });
  state.tasks = state.tasks.map((one) => (one.slug === line.slug ? line : one));
  state.unsaved = false;
}

// Change the decision, show it, keep it; what was done has to be confirmed again. A change that is refused is undone.
async function change(facts, word = "Saved") {
  const before = claimNow().decision;
  claimNow().decision = { ...before, done: false, ...facts };
  try {
    await save();
  } catch (error) {
    claimNow().decision = { ...before, note: claimNow().decision.note };
    state.unsaved = false;
    draw();
    throw error;
  }
  draw();
  say(word);
}

// A note that is being written; it is kept after a pause, and before anything else is done.
let note = null;

async function keepNote() {
  if (!note) { return; }
  const { claim, slug, timer } = note;
  note = null;
  clearTimeout(timer);
  await save(claim, slug);
  drawList();
  if (claimNow()) { drawClaims(); }
}

async function open(slug, at = 0) {
  state.shown = await ask("/tasks/" + encodeURIComponent(slug));
  state.points = new Points(state.shown.text);
  go(at < 0 ? state.shown.claims.length - 1 : at);
  boxes.source.scrollTop = 0;
  revealEvidence();
}

function go(at) {
  state.at = at;
  state.set = 0;
  getSelection().removeAllRanges();
  state.picked = null;
  $("decision").scrollTop = 0;
  if (claimNow()) { state.set = Math.max(0, decisionNow().evidence.length - 1); }
  draw();
  revealEvidence();
}

function revealEvidence() {
  const first = claimNow() && decisionNow().evidence[0];
  if (first) { revealPassage(first[0]); }
}

function revealPassage(passage) {
  reveal(boxes.source, rangeOf(boxes.source, state.points.unit(passage.start), state.points.unit(passage.end)));
}

// The next or previous claim, in the next or previous article that has one if need be.
async function step(by) {
  const at = state.at + by;
  if (at >= 0 && at < state.shown.claims.length) { go(at); return; }
  const order = by > 0 ? state.tasks : state.tasks.toReversed();
  const here = order.findIndex((line) => line.slug === state.shown.slug);
  const other = order.slice(here + 1).find((line) => line.done.length);
  if (other) { await open(other.slug, by > 0 ? 0 : -1); } else { say(by > 0 ? "This is the last claim" : "This is the first claim"); }
}

// The next claim that is not done, after this one and then from the start.
async function goOn() {
  const here = state.tasks.findIndex((line) => line.slug === state.shown.slug);
  const turns = [...state.tasks.slice(here), ...state.tasks.slice(0, here + 1)];
  for (const [turn, line] of turns.entries()) {
    const at = line.done.findIndex((done, index) => !done && (turn > 0 || index > state.at));
    if (at >= 0) { if (line.slug === state.shown.slug) { go(at); } else { await open(line.slug, at); } return true; }
  }
  return false;
}
