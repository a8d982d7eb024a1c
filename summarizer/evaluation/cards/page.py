"""Style and script of the HTML scorecard.

Every pair of colours has a contrast of 4.5 for text and of 3 for bars and lines (WCAG 2.2 AA).
"""

STYLE = """
:root { color-scheme: light dark; --page: #ffffff; --ink: #16191d; --soft: #505862; --line: #7d8590;
  --faint: #e8ecf2; --bar: #4f86c6; --mark: #111111; --right: #14602f; --wrong: #a3172a; --focus: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --page: #15181d; --ink: #e8eaee; --soft: #aab2bd; --line: #7d8590;
  --faint: #2a2f38; --bar: #4f86c6; --mark: #ffffff; --right: #7ed29a; --wrong: #ff9aa5; --focus: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; }
.soft, code, dt, th { color: var(--soft); }
code { font-size: .85em; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .35rem .5rem; text-align: right; vertical-align: top; border-bottom: 1px solid var(--faint);
  font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th { font-weight: 600; }
th:first-child { text-align: left; padding-left: 0; }
tbody th { color: var(--ink); font-weight: 400; }
.scroll { overflow-x: auto; }
.metrics td { white-space: nowrap; }
.metrics th:first-child { width: 55%; min-width: 7rem; overflow-wrap: anywhere; }
.meaning { display: block; font-size: .8rem; }
.settings th:first-child { width: 35%; }
.settings th, .settings td { text-align: left; overflow-wrap: anywhere; }
.right { color: var(--right); font-weight: 700; }
.wrong { color: var(--wrong); font-weight: 700; }
svg { display: block; max-width: 100%; }
svg.reliability { height: auto; }
.track { fill: var(--faint); }
.value { fill: var(--bar); }
.interval { fill: var(--mark); }
.frame { fill: none; stroke: var(--line); }
.diagonal { stroke: var(--line); stroke-dasharray: 5 4; }
.point { fill: var(--bar); stroke: var(--ink); }
.axis { fill: var(--ink); font-size: 13px; }
.misses { list-style: none; margin: 0; padding: 0; }
.misses > li { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .8rem; margin: .6rem 0; }
[hidden] { display: none !important; }
dl { margin: .4rem 0 0; }
dt { font-size: .85rem; }
dd { margin: 0 0 .4rem; }
blockquote { margin: 0 0 .25rem; padding-left: .7rem; border-left: 3px solid var(--line); }
fieldset { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: .4rem .8rem; }
label { display: block; padding: .2rem 0; }
input { accent-color: var(--focus); width: 1.1rem; height: 1.1rem; vertical-align: -.15rem; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
@media (max-width: 30rem) { body { padding: .6rem; } th, td { padding: .3rem .2rem; font-size: .8rem; }
  thead th { font-size: .7rem; font-weight: 400; } }
"""
SCRIPT = """
"use strict";
const choice = document.getElementById("choice");
const shown = document.getElementById("shown");
const items = Array.from(document.querySelectorAll("#misses > li"));
function choose() {
  const kind = choice.querySelector("input:checked").value;
  for (const item of items) { item.hidden = kind !== "all" && item.dataset.kind !== kind; }
  shown.textContent = items.filter((item) => !item.hidden).length + " of " + items.length + " shown";
}
if (choice) { choice.hidden = false; choice.addEventListener("change", choose); choose(); }
"""
