// What keys, buttons and the pointer do.

const ACTIONS = {
  supported: () => change({ label: "supported" }),
  contradicted: () => change({ label: "contradicted" }),
  not_in_source: () => change({ label: "not_in_source" }),
  evidence: addEvidence,
  set: newSet,
  remove: () => remove(state.set, -1),
  claim_words: async () => change({ claim_words: taken("claim").quote }, "Words of the claim saved"),
  source_words: async () => change({ source_words: taken("source") }, "Words of the source saved"),
  error: () => openChoices("error"),
  modality: () => turn("modality"),
  difficulty: () => turn("difficulty"),
  speaker: nameSpeaker,
  ambiguous: () => change({ ambiguous: !decisionNow().ambiguous }),
  note: () => { $("note").focus(); },
  first: () => takeOf(0),
  second: () => takeOf(1),
  third: () => takeOf(2),
  previous: () => step(-1),
  next: () => step(1),
  finish,
  help: () => $("help").showModal(),
};
const KEYS = {
  1: "supported", 2: "contradicted", 3: "not_in_source", e: "evidence", n: "set", x: "remove", c: "claim_words", s: "source_words",
  t: "error", m: "modality", d: "difficulty", p: "speaker", a: "ambiguous", w: "note", f: "first", g: "second", h: "third",
  k: "previous", j: "next", Enter: "finish", "?": "help",
};
const WORDS = {
  supported: "Supported", contradicted: "Contradicted", not_in_source: "Not in source", evidence: "Add the selection to the current set of evidence",
  set: "Begin a new set: each set alone decides", remove: "Remove the last quote of the set", claim_words: "Selected words of the claim: what conflicts",
  source_words: "Selected words of the source: what they conflict with", error: "Kind of error", modality: "Next modality", difficulty: "Next difficulty",
  speaker: "The selected words of the claim name who says it", ambiguous: "Careful readers differ for good", note: "Write a note; Esc leaves it",
  first: "Take the decision of the first annotator", second: "Take the decision of the second", third: "Take the decision of the third", previous: "Previous claim", next: "Next claim",
  finish: "Save and go on to the next open claim", help: "These keys",
};

// The selection as a passage; it must lie where it is asked for.
function taken(box) {
  const { picked } = state;
  const passage = picked && picked.box === box ? new Points(textOf(box)).passage(picked.start, picked.end) : null;
  if (!passage || !passage.quote) { throw new Error(`Select words of the ${box} first.`); }
  return passage;
}

async function addEvidence() {
  const { label, evidence } = decisionNow();
  if (label === "not_in_source") { throw new Error("A claim that is not in the source has no evidence; choose 1 or 2 first."); }
  const passage = taken("source");
  const sets = evidence.map((own) => [...own]);
  while (sets.length <= state.set) { sets.push([]); }
  if (sets[state.set].some((one) => one.start === passage.start && one.end === passage.end)) { throw new Error("The set holds these words already."); }
  sets[state.set].push(passage);
  await change({ evidence: sets }, "Evidence saved");
  getSelection().removeAllRanges();
  pick();
}

function newSet() {
  const { evidence } = decisionNow();
  if (!evidence.length) { throw new Error("The first set is still empty."); }
  state.set = evidence.length;
  draw();
  say(`Set ${state.set + 1}: select words and press e`);
}

async function remove(set, place) {
  const { evidence } = decisionNow();
  if (set >= evidence.length) {
    if (!evidence.length) { throw new Error("There is no evidence to remove."); }
    state.set = evidence.length - 1; // an empty set is given up
    draw();
    return;
  }
  const sets = evidence.map((own, index) => (index === set ? own.toSpliced(place, 1) : own)).filter((own) => own.length);
  if (sets.length < evidence.length) { state.set = Math.max(0, Math.min(state.set - (set < state.set ? 1 : 0), sets.length - 1)); }
  await change({ evidence: sets }, "Removed");
}

function turn(name) {
  const choices = Array.from($(name).options, (one) => one.value);
  const next = choices[(choices.indexOf(decisionNow()[name]) + 1) % choices.length];
  return change({ [name]: next }, `${name}: ${spaced(next)}`);
}

function nameSpeaker() {
  const picked = state.picked && state.picked.box === "claim";
  if (!picked && !decisionNow().speaker) { throw new Error("Select the speaker in the claim first."); }
  return change({ speaker: picked ? taken("claim").quote : "" }, picked ? "Speaker saved" : "Speaker removed");
}

// The reason stays the adjudicator's own.
async function takeOf(index) {
  const other = claimNow().others[index];
  if (!other) { throw new Error("There is nobody's decision to take."); }
  state.set = 0;
  await change({ ...other.decision, note: decisionNow().note, done: false }, `Taken from ${other.name}; write the reason (w)`);
  if (!decisionNow().note) { $("note").focus(); }
}

async function finish() {
  await change({ note: $("note").value, done: true });
  if (document.activeElement === $("note")) { $("note").blur(); }
  const more = await goOn();
  say(more ? "Saved" : state.mode === "label" ? "Saved. Every claim is labelled." : "Saved. No dispute is open.");
}

// Arrows: up and down by sentence in the source, left and right by word where the selection is; with Shift they extend.
function arrow(key, extends_) {
  const sideways = key === "ArrowLeft" || key === "ArrowRight";
  const box = sideways ? (state.picked ? state.picked.box : "claim") : "source";
  const units = (point) => state.points.unit(point);
  const spans = sideways ? wordsOf(textOf(box)) : state.shown.sentences.map(([start, end]) => [units(start), units(end)]);
  const { picked } = state;
  const here = picked && picked.box === box ? picked : null;
  const forward = key === "ArrowRight" || key === "ArrowDown";
  if (extends_ && here) {
    const end = forward ? spans.find((one) => one[1] > here.end)?.[1] : spans.findLast((one) => one[1] < here.end)?.[1];
    if (end && end > here.start) { select(boxes[box], here.start, end); pick(); }
    return;
  }
  // A whole sentence is narrowed to its first word, then word by word.
  const wide = here && sideways && !spans.some((one) => one[0] === here.start && one[1] === here.end);
  const found = !here ? spans.at(forward ? 0 : -1)
    : wide ? spans.find((one) => one[0] >= here.start)
    : forward ? spans.find((one) => one[0] > here.start) : spans.findLast((one) => one[0] < here.start);
  if (found) { select(boxes[box], found[0], found[1]); pick(); }
}

function pick() {
  for (const box of ["source", "claim"]) {
    const found = selectedIn(boxes[box]);
    if (found) { state.picked = { box, ...found }; drawPicked(); return; }
  }
  const { anchorNode } = getSelection();
  const elsewhere = anchorNode && !boxes.source.contains(anchorNode) && !boxes.claim.contains(anchorNode);
  if (!elsewhere) { state.picked = null; drawPicked(); } // a press on a button does not drop what was selected
}

function typed(event) {
  const { key, target } = event;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || $("help").open || !state.shown) { return; }
  const writing = target === $("note");
  if (key === "Escape") { target.blur(); getSelection().removeAllRanges(); pick(); return; }
  if (writing && !(key === "Enter" && !event.shiftKey)) { return; }
  if (target.tagName === "SELECT") { return; }
  if (target.tagName === "BUTTON" && (key === "Enter" || key === " ")) { return; }
  if (!$("shortcuts").checked && key !== "?") { return; }
  if (!claimNow() && !["j", "k", "?"].includes(key)) { return; }
  if (key.startsWith("Arrow")) { event.preventDefault(); run(() => arrow(key, event.shiftKey)); return; }
  const act = KEYS[key.length === 1 ? key.toLowerCase() : key];
  if (!act || event.repeat && act === "finish") { return; }
  event.preventDefault();
  run(ACTIONS[act]);
}

function noteTyped() {
  const claim = claimNow(), { slug } = state.shown;
  claim.decision = { ...claim.decision, note: $("note").value, done: false };
  state.unsaved = true;
  clearTimeout(note?.timer);
  note = { claim, slug, timer: setTimeout(() => run(() => say("Note saved")), 400) };
}

// The list of a field opens at once; after the choice the keys act again.
let opened = "";
function openChoices(name) {
  opened = name;
  $(name).focus();
  try { $(name).showPicker(); } catch { /* an older browser: the field has the focus, which will do */ }
}

function chosen(name) {
  const { value } = $(name);
  if (opened === name) { $(name).blur(); }
  opened = "";
  run(() => change({ [name]: value || null }, `${name}: ${spaced(value)}`));
}

function listen() {
  document.addEventListener("keydown", typed);
  document.addEventListener("selectionchange", () => { if (state.shown && claimNow()) { pick(); } });
  for (const one of document.querySelectorAll("[data-act]")) {
    one.addEventListener("click", () => { if (claimNow() || ["next", "previous", "help"].includes(one.dataset.act)) { run(ACTIONS[one.dataset.act]); } });
    const key = Object.keys(KEYS).find((name) => KEYS[name] === one.dataset.act);
    one.setAttribute("aria-keyshortcuts", key);
  }
  // A press leaves focus and selection where they are, so that Enter still means "go on".
  document.addEventListener("mousedown", (event) => { if (event.target.closest("button")) { event.preventDefault(); } });
  for (const name of ["error", "modality", "difficulty"]) {
    $(name).addEventListener("change", () => chosen(name));
  }
  $("note").addEventListener("input", noteTyped);
  $("article").addEventListener("change", () => { const slug = $("article").value; run(() => open(slug)); });
  addEventListener("beforeunload", (event) => { if (state.unsaved) { event.preventDefault(); } });
}

function keyList() {
  const rows = Object.entries(KEYS).filter(([, act]) => SIDES.indexOf(act) < (state.mode === "adjudicate" ? state.names.length : 0));
  const arrows = [["↑ ↓", "Select by sentence in the source; with Shift, extend"], ["← →", "Select by word, in the claim or in the selected sentence"], ["Esc", "Drop the selection; leave a field"]];
  return [...rows.map(([key, act]) => [key, WORDS[act]]), ...arrows].flatMap(([key, words]) => [made("dt", {}, made("kbd", { textContent: key })), made("dd", { textContent: words })]);
}

async function start() {
  if (!token) { throw new Error("The address lacks its token: open the address that the command has printed."); }
  const listed = await ask("/tasks");
  Object.assign(state, { mode: listed.mode, names: listed.names, tasks: listed.tasks });
  $("title").textContent = state.mode === "label" ? `Labels of ${listed.names[0]}` : `${new Intl.ListFormat("en-GB").format(listed.names)} differ`;
  document.title = $("title").textContent;
  if (state.mode === "adjudicate") { $("note-name").textContent = "Reason"; }
  for (const [name, choices] of Object.entries(listed.choices)) {
    const none = name === "error" ? [made("option", { value: "", textContent: "choose" })] : [];
    $(name).replaceChildren(...none, ...choices.map((one) => made("option", { value: one, textContent: spaced(one) })));
  }
  $("keys").replaceChildren(...keyList());
  const at = (line) => line.done.indexOf(false);
  const first = state.tasks.find((line) => at(line) >= 0) || state.tasks.find((line) => line.done.length) || state.tasks[0];
  $("main").hidden = false;
  listen();
  await open(first.slug, Math.max(0, at(first)));
  say(state.mode === "label" ? "1, 2 or 3 for the label; ? for all keys" : `${state.names.length > 2 ? "f, g or h" : "f or g"} takes a decision; ? for all keys`);
}

run(start);
