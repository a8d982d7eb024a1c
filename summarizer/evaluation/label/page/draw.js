// The page as a function of what is known.

const MARKS = { supported: "✓", contradicted: "✗", not_in_source: "∅" };
// How those whose labels are compared are told apart; from the fourth on by name alone, and taken without a key.
const SIDES = ["first", "second", "third"], TAKE = ["f", "g", "h"];
const spaced = (word) => word.replaceAll("_", " ");

function draw() {
  drawList();
  const claim = claimNow();
  $("main").classList.toggle("empty", !claim);
  if (!claim) {
    fill(boxes.source, state.shown.text);
    boxes.source.dataset.drawn = "";
    fill(boxes.claim, lineNow().word || "The annotators do not differ on any claim of this article.");
    $("claims").replaceChildren();
    return;
  }
  const { decision } = claim;
  drawClaims();
  fill(boxes.claim, claim.text, placed(claim.text, decision));
  drawSource(decision);
  drawOthers(claim.others);
  for (const name of Object.keys(MARKS)) { button(name).setAttribute("aria-pressed", String(decision.label === name)); }
  button("ambiguous").setAttribute("aria-pressed", String(decision.ambiguous));
  $("evidence-part").hidden = decision.label === "not_in_source";
  $("conflict-part").hidden = decision.label !== "contradicted";
  $("error-part").hidden = decision.label === null || decision.label === "supported";
  drawEvidence(decision);
  fill($("claim-words"), decision.claim_words || "–");
  fill($("source-words"), decision.source_words ? decision.source_words.quote : "–");
  fill($("speaker"), decision.speaker || "none");
  $("error").value = decision.error || "";
  $("modality").value = decision.modality;
  $("difficulty").value = decision.difficulty;
  if ($("note").value !== decision.note) { $("note").value = decision.note; }
  drawPicked();
}

const button = (act) => document.querySelector(`[data-act="${act}"]`);

function drawList() {
  const done = state.tasks.flatMap((line) => line.done);
  const sum = done.filter(Boolean).length;
  $("progress").textContent = `${sum} of ${done.length} ${state.mode === "label" ? "claims labelled" : "disputed claims settled"}`;
  const options = state.tasks.map((line) => {
    const own = line.done.filter(Boolean).length;
    const word = line.word ? `, ${line.word}` : state.mode === "adjudicate" ? ", case written" : "";
    return made("option", { value: line.slug, textContent: `${line.article}: ${own}/${line.done.length}${word}` });
  });
  $("article").replaceChildren(...options);
  $("article").value = state.shown.slug;
}

function drawClaims() {
  const { done } = lineNow();
  const buttons = state.shown.claims.map((claim, index) => {
    const mark = done[index] ? ` ${MARKS[claim.decision.label] || ""}` : "";
    const one = made("button", { type: "button", textContent: `${index + 1}${mark}`, onclick: () => run(() => go(index)) });
    one.setAttribute("aria-label", `Claim ${index + 1}, ${done[index] ? spaced(claim.decision.label || "") : "open"}`);
    if (index === state.at) { one.setAttribute("aria-current", "true"); }
    return one;
  });
  $("claims").replaceChildren(...buttons);
  $("claim-title").textContent = `Claim ${state.at + 1} of ${state.shown.claims.length}`;
}

function placed(text, decision) {
  const at = decision.label === "contradicted" && decision.claim_words ? text.indexOf(decision.claim_words) : -1;
  return at < 0 ? [] : [{ start: at, end: at + decision.claim_words.length, name: "conflict" }];
}

function drawSource(decision) {
  const marks = [];
  const add = (passage, name) => marks.push({ start: state.points.unit(passage.start), end: state.points.unit(passage.end), name });
  claimNow().others.forEach((other, index) => passagesOf(other.decision).forEach((one) => add(one, SIDES[index] || "further")));
  if (decision.label !== "not_in_source") {
    decision.evidence.forEach((own, index) => own.forEach((one) => add(one, index === state.set ? "own now" : "own")));
  }
  if (decision.label === "contradicted" && decision.source_words) { add(decision.source_words, "conflict"); }
  const drawn = JSON.stringify([state.shown.slug, marks]);
  if (boxes.source.dataset.drawn !== drawn) { // drawing takes the selection away
    boxes.source.dataset.drawn = drawn;
    fill(boxes.source, state.shown.text, marks);
  }
}

function passagesOf(decision) { return decision.label === "not_in_source" ? [] : decision.evidence.flat(); }

function quote(passage) {
  const shown = made("button", { type: "button", className: "quote", dir: "auto", title: "Show it in the source", onclick: () => revealPassage(passage) });
  fill(shown, passage.quote);
  return shown;
}

function drawEvidence(decision) {
  const sets = state.set < decision.evidence.length ? decision.evidence : [...decision.evidence, []];
  const items = sets.map((own, index) => {
    const quotes = own.map((passage, place) => made("div", { className: "held" }, quote(passage), removal(index, place)));
    const item = made("li", {}, ...(quotes.length ? quotes : [made("span", { className: "soft", textContent: "empty" })]));
    if (index === state.set) { item.setAttribute("aria-current", "true"); }
    return item;
  });
  $("evidence").replaceChildren(...items);
}

function removal(index, place) {
  const one = made("button", { type: "button", textContent: "×", onclick: () => run(() => remove(index, place)) });
  one.setAttribute("aria-label", `Remove quote ${place + 1} of set ${index + 1}`);
  return one;
}

function drawOthers(others) {
  $("others").hidden = !others.length;
  $("others").replaceChildren(...others.map((other, index) => {
    const { decision } = other;
    const label = `${MARKS[decision.label]} ${spaced(decision.label)}`;
    const kind = decision.label !== "supported" && decision.error ? `, ${spaced(decision.error)}` : "";
    const head = made("h3", {}, made("mark", { className: SIDES[index] || "further", textContent: other.name }));
    const said = made("p", { className: "said", textContent: label + kind + (decision.ambiguous ? ", ambiguous" : "") });
    const sets = decision.label === "not_in_source" ? [] : decision.evidence;
    const quotes = sets.flatMap((own, at) => [...(sets.length > 1 ? [made("p", { className: "soft", textContent: `Set ${at + 1}` })] : []), ...own.map(quote)]);
    const pair = decision.label === "contradicted" ? [made("p", { className: "pair" }, ...plain(`“${decision.claim_words}” against “${decision.source_words.quote}”`))] : [];
    const note = made("p", { className: "note", dir: "auto" });
    fill(note, decision.note || "No note");
    const take = made("button", { type: "button", onclick: () => run(() => takeOf(index)) }, ...(TAKE[index] ? [made("kbd", { textContent: TAKE[index] })] : []), ` Take that of ${other.name}`);
    return made("article", {}, head, said, take, ...quotes, ...pair, note);
  }));
}

function drawPicked() {
  const { picked } = state;
  const words = picked ? textOf(picked.box).slice(picked.start, picked.end).trim() : "";
  const shown = words.length > 90 ? `${words.slice(0, 45).trimEnd()} … ${words.slice(-40).trimStart()}` : words;
  fill($("picked"), words ? `Selected in the ${picked.box}: “${shown}”` : "Nothing selected");
}
