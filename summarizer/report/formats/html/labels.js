
// A reader's own labels, kept in the page until they are saved as a file for `summarizer eval add`.
const given = byId("given") ? JSON.parse(byId("given").textContent) : null;
const LABELS = { supported: "the source says it", contradicted: "the source says otherwise", not_in_source: "the source does not say it" };
const labelled = new Map();
let unsaved = false;

function made(name, facts, ...inside) {
  const one = Object.assign(document.createElement(name), facts);
  one.append(...inside);
  return one;
}

function offer(claim) {
  const own = given.claims.find((one) => String(one.number) === claim.dataset.n);
  const select = made("select", {}, made("option", { value: "", textContent: "no label of mine" }));
  select.append(...Object.entries(LABELS).map(([value, textContent]) => made("option", { value, textContent })));
  const note = made("input", { type: "text", maxLength: 1000 });
  const keepLabel = () => {
    labelled.delete(own.number);
    if (select.value) { labelled.set(own.number, { id: own.id, text: own.text, label: select.value, note: note.value.trim() }); }
    unsaved = labelled.size > 0;
    tell();
  };
  select.addEventListener("change", keepLabel);
  note.addEventListener("input", keepLabel);
  claim.append(made("details", { className: "own" }, made("summary", { textContent: "Is that verdict wrong?" }),
    made("p", {}, made("label", {}, "Label it: ", select)), made("p", {}, made("label", {}, "Why: ", note))));
}

function tell() {
  const count = labelled.size;
  mine.hidden = !count;
  told.textContent = count === 1 ? "1 claim labelled by you" : `${count} claims labelled by you`;
}

function save() {
  const claims = Array.from(labelled).sort(([one], [other]) => one - other).map(([, label]) => label);
  const text = JSON.stringify({ format: "summarizer-labels-1", article: given.article, claims }, null, 1);
  const href = URL.createObjectURL(new Blob([text, "\n"], { type: "application/json" }));
  made("a", { href, download: "summarizer-labels.json" }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
  unsaved = false;
  told.textContent = "Saved; now: summarizer eval add summarizer-labels.json";
}

const told = made("span", { role: "status" });
const mine = made("p", { id: "mine", hidden: true }, told, " ", made("button", { type: "button", textContent: "Save as a labelled case", onclick: save }));
if (given) {
  claims.forEach(offer);
  document.querySelector("main").append(mine);
  window.addEventListener("beforeunload", (event) => { if (unsaved) { event.preventDefault(); } });
}
