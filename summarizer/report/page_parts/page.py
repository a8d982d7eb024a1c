"""Style and script of the HTML report.

Every pair of colours has a contrast of 4.5 for text and of 3 for lines (WCAG 2.2 AA), and nothing is said by
colour alone: verdicts have a sign and a word, evidence and key sentences a line of their own under them.
"""

STYLE = """
:root { color-scheme: light dark; --page: #ffffff; --ink: #16191d; --soft: #505862; --line: #7d8590;
  --faint: #e8ecf2; --lit: #fff1b8; --supported: #14602f; --contradicted: #a3172a; --not_in_source: #6a2c91;
  --unchecked: #74480a; --focus: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --page: #15181d; --ink: #e8eaee; --soft: #aab2bd; --line: #7d8590;
  --faint: #2a2f38; --lit: #4a3f14; --supported: #7ed29a; --contradicted: #ff9aa5; --not_in_source: #d3a6f0;
  --unchecked: #f0c674; --focus: #8ab4f8; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0 auto; padding: 1rem; max-width: 90rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 1.25rem 0 .5rem; }
h3 { font-size: 1rem; margin: .75rem 0 .5rem; }
p { margin: .3rem 0; }
.soft, .where, th { color: var(--soft); }
.where { font-size: .9em; }
a { color: inherit; }
.prose, .text, .par { white-space: pre-wrap; }
.supported { --own: var(--supported); }
.contradicted { --own: var(--contradicted); }
.not_in_source { --own: var(--not_in_source); }
.unchecked { --own: var(--unchecked); }
.v, .n { color: var(--own); font-weight: 700; }
.n { font-size: .8em; padding: 0 .2rem; text-decoration: none; }
.n:hover { text-decoration: underline; }
.o { text-decoration: underline solid 2px var(--own); text-underline-offset: .2em; }
.o.contradicted { text-decoration-style: double; }
.o.not_in_source { text-decoration-style: dashed; }
.o.unchecked { text-decoration-style: dotted; }
.e { text-decoration: underline solid 1px var(--line); text-underline-offset: .2em; }
.show-told .told, .show-omitted .omitted { border-bottom: 2px dotted var(--line); }
.show-omitted .omitted { border-bottom-style: dashed; }
.tag { display: none; font-size: .75em; color: var(--soft); border: 1px solid var(--line); border-radius: .25rem;
  padding: 0 .25rem; }
.show-told .tag-told, .show-omitted .tag-omitted { display: inline; }
mark { background: none; color: inherit; }
.x { font-weight: 700; text-decoration: underline wavy 1px var(--contradicted); text-underline-offset: .2em; }
.on { background: var(--lit); }
mark.on { outline: 2px solid var(--contradicted); }
.off { text-decoration: none; }
#claims { list-style: none; margin: 0; padding: 0; }
#claims > li { border: 1px solid var(--line); border-left: .35rem solid var(--own); border-radius: .4rem;
  padding: .5rem .8rem; margin: .6rem 0; scroll-margin: 1rem; content-visibility: auto;
  contain-intrinsic-size: auto 10rem; }
#claims > li[aria-current] { outline: 3px solid var(--focus); outline-offset: 1px; }
.pairs { margin: .3rem 0; padding-left: 1.2rem; }
blockquote { margin: .4rem 0 0; padding-left: .7rem; border-left: 3px solid var(--line); }
.par { position: relative; margin: .6rem 0; padding-left: 3.2rem; }
.par[data-p]::before { content: attr(data-p); position: absolute; left: 0; width: 2.7rem; text-align: right;
  color: var(--soft); font-size: .8rem; line-height: 1.9; font-variant-numeric: tabular-nums; }
.part { content-visibility: auto; contain-intrinsic-size: auto 100rem; }
fieldset { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: .4rem .8rem;
  display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; align-items: center; min-width: 0; }
label { padding: .2rem 0; }
select, button { font: inherit; color: var(--ink); background: var(--page); border: 1px solid var(--line);
  border-radius: .3rem; padding: .2rem .4rem; max-width: 100%; }
input { accent-color: var(--focus); width: 1.1rem; height: 1.1rem; vertical-align: -.15rem; }
kbd { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3rem; font-size: .85rem; }
#back { position: fixed; right: 1rem; bottom: 1rem; z-index: 1; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--faint); }
th { font-weight: 600; width: 30%; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.n:target { outline: 3px solid var(--focus); }
@media (min-width: 56rem) {
  main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr); gap: 1.5rem; align-items: start; }
  #source { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 0 .8rem;
    border-left: 1px solid var(--line); }
}
@media (max-width: 30rem) { body { padding: .6rem; } #claims > li { padding: .4rem .6rem; }
  .par { padding-left: 2.2rem; } .par[data-p]::before { width: 1.8rem; } }
@media print {
  :root { --page: #ffffff; --ink: #000000; --soft: #404040; --faint: #cccccc; --lit: #ffffff;
    --supported: #14602f; --contradicted: #a3172a; --not_in_source: #6a2c91; --unchecked: #74480a; }
  body { font-size: 10pt; padding: 0; max-width: none; }
  main { display: block; }
  #source { position: static; height: auto; overflow: visible; border: 0; padding: 0; break-before: page; }
  #choice, #back { display: none; }
  .part, #claims > li { content-visibility: visible; }
  #claims > li { break-inside: avoid; }
  #claims > li[aria-current] { outline: none; }
}
"""
SCRIPT = """
"use strict";
const byId = (id) => document.getElementById(id);
const [choice, source, status, back] = ["choice", "source", "status", "back"].map(byId);
const claims = Array.from(document.querySelectorAll("#claims > li"));
const sides = window.matchMedia("(min-width: 56rem)");
let current = null;
let turn = 0;
let lit = [];

function light(claim) {
  for (const one of lit) { one.classList.remove("on"); }
  if (current) { current.removeAttribute("aria-current"); }
  turn = claim === current ? turn : 0;
  current = claim;
  current.setAttribute("aria-current", "true");
  const n = claim.dataset.n;
  lit = Array.from(document.querySelectorAll(`[data-c~="${n}"], [data-x~="${n}"], [data-o~="${n}"]`));
  lit.push(...claim.querySelectorAll("mark"));
  for (const one of lit) { one.classList.add("on"); }
}

function reach(place, left) {
  // Parts out of sight have a guessed height until they are laid out, so look again where the place is.
  if (sides.matches) {
    const off = place.getBoundingClientRect().top - source.getBoundingClientRect().top - source.clientHeight / 3;
    if (Math.abs(off) > 2) { source.scrollTop += off; }
  } else {
    place.scrollIntoView({ block: "center" });
  }
  if (left > 0) { requestAnimationFrame(() => reach(place, left - 1)); }
}

function show(claim, id) {
  light(claim);
  const places = claim.dataset.s.split(" ").filter(Boolean);
  const chosen = id || places[turn % places.length];
  if (!chosen) { return null; }
  turn = places.indexOf(chosen) + 1;
  const place = byId(chosen);
  reach(place, 4);
  back.hidden = sides.matches;
  return place;
}

function go(claim) {
  claim.focus({ preventScroll: true });
  claim.scrollIntoView({ block: "nearest" });
  back.hidden = true;
  light(claim);
  if (sides.matches) { turn = 0; show(claim); turn = 0; }
}

function step(by) {
  const open = claims.filter((one) => !one.hidden);
  const at = open.indexOf(current);
  const next = open[at < 0 ? (by > 0 ? 0 : open.length - 1) : at + by];
  if (next) { go(next); }
}

function choose() {
  const outcomes = new Set(Array.from(choice.querySelectorAll("[name=verdict]:checked"), (one) => one.value));
  const kind = byId("kind").value;
  const difference = byId("difference") ? byId("difference").value : "";
  const off = new Set();
  for (const one of claims) {
    one.hidden = !outcomes.has(one.dataset.v) || (kind && one.dataset.k !== kind)
      || (difference && !one.dataset.e.split(" ").includes(difference));
    if (one.hidden) { off.add(one.dataset.n); }
  }
  for (const one of document.querySelectorAll("[data-o]")) {
    one.classList.toggle("off", one.dataset.o.split(" ").every((n) => off.has(n)));
  }
  status.textContent = (claims.length - off.size) + " of " + claims.length + " claims shown";
}

function keep() {
  for (const which of ["told", "omitted"]) {
    const box = byId("show-" + which);
    if (box) { source.classList.toggle("show-" + which, box.checked); }
  }
}

function uncover(claim) {
  if (!claim.hidden) { return; }
  for (const one of choice.querySelectorAll("[name=verdict]")) { one.checked = true; }
  for (const one of choice.querySelectorAll("#kind, #difference")) { one.value = ""; }
  choose();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const card = event.target.closest("#claims > li");
  const words = event.target.closest("[data-c], [data-x], [data-o]");
  if (event.ctrlKey || event.metaKey || event.shiftKey || String(window.getSelection())) { return; }
  if (link && link.hash.startsWith("#s")) {
    event.preventDefault();
    const place = show(card, link.hash.slice(1));
    place.focus({ preventScroll: true });
  } else if (link && link.hash.startsWith("#c")) {
    event.preventDefault();
    const claim = byId(link.hash.slice(1));
    uncover(claim);
    go(claim);
  } else if (!link && card) {
    show(card);
  } else if (!link && words) {
    const claim = byId("c" + (words.dataset.c || words.dataset.x || words.dataset.o).split(" ")[0]);
    uncover(claim);
    go(claim);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !byId("keys").checked) { return; }
  if (event.target.closest("input, select, textarea, button")) { return; }
  if (event.key === "j" || event.key === "k") {
    step(event.key === "j" ? 1 : -1);
  } else if (event.key === "Enter" && event.target.matches("#claims > li")) {
    show(event.target);
  } else if (event.key === "Escape" && current) {
    go(current);
  } else {
    return;
  }
  event.preventDefault();
});

back.addEventListener("click", () => { if (current) { go(current); } });
choice.hidden = false;
choice.addEventListener("change", () => { choose(); keep(); });
choose();
keep();
const named = claims.find((one) => "#" + one.id === window.location.hash);
if (named) { go(named); }
"""
