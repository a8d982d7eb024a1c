"use strict";
const byId = (id) => document.getElementById(id);
const [choice, source, status, back, all] = ["choice", "source", "status", "back", "all"].map(byId);
const claims = Array.from(document.querySelectorAll(".claims > li"));
const sides = window.matchMedia("(min-width: 900px)");
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
  // A part out of sight has a guessed height: lay out the one that holds the place, then look again where it is.
  place.closest(".part").classList.add("seen");
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

function unfold(one) {
  for (let fold = one.parentElement.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
}

function go(claim) {
  unfold(claim);
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
  const looks = new Set(Array.from(choice.querySelectorAll("[name=look]:checked"), (one) => one.value));
  const finding = byId("finding") ? byId("finding").value : "";
  const off = new Set();
  for (const one of claims) {
    one.hidden = !looks.has(one.dataset.v) || (finding && !one.dataset.e.split(" ").includes(finding));
    if (one.hidden) { off.add(one.dataset.n); }
  }
  for (const one of document.querySelectorAll("[data-o]")) {
    one.classList.toggle("off", one.dataset.o.split(" ").every((n) => off.has(n)));
  }
  all.hidden = !off.size;
  status.textContent = off.size ? (claims.length - off.size) + " of " + claims.length + " claims shown" : "";
}

function keep() {
  for (const which of ["covered", "partly", "omitted"]) {
    const box = byId("show-" + which);
    if (box) { source.classList.toggle("show-" + which, box.checked); }
  }
}

function uncover(claim) {
  if (claim.hidden) { chooseOnly(""); }
}

function chooseOnly(look) {
  for (const one of choice.querySelectorAll("[name=look]")) { one.checked = !look || one.value === look; }
  for (const one of choice.querySelectorAll("#finding")) { one.value = ""; }
  choose();
}

function filter(look) {
  chooseOnly(look);
  const shown = claims.filter((one) => !one.hidden);
  shown.forEach(unfold);
  go(shown[0]);
  shown[0].scrollIntoView({ block: "center" });
}

function toShare(claim) {
  const words = (one) => one.textContent.trim().replace(/\s+/g, " ");
  const lines = [`${words(claim.querySelector(".v"))}: “${words(claim.querySelector(".text"))}”`];
  for (const one of claim.querySelectorAll(".pair > div")) {
    lines.push(`${words(one.querySelector("dt"))}: ${words(one.querySelector("dd"))}`);
  }
  for (const one of Array.from(claim.querySelectorAll("blockquote")).slice(0, 2)) {
    lines.push(`“${words(one)}” (${words(one.nextElementSibling)})`);
  }
  return lines.join("\n");
}

async function copy(claim) {
  await copyText(toShare(claim), claim.querySelector(".copy"));
}

async function copyText(text, button) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
    button.focus({ preventScroll: true });
  }
  button.textContent = done ? "Copied" : "Cannot copy";
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const card = event.target.closest(".claims > li");
  const button = event.target.closest(".copy");
  if (button && card) { copy(card); return; }
  if (button) { copyText(byId("corrected").textContent, button); return; }
  if (event.target.closest("summary, details label, select, input")) { return; }
  const words = event.target.closest("[data-c], [data-x], [data-o]");
  if (event.ctrlKey || event.metaKey || event.shiftKey || String(window.getSelection())) { return; }
  if (link && link.dataset.look) {
    event.preventDefault();
    filter(link.dataset.look);
  } else if (link && link.hash.startsWith("#s")) {
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
  if (event.target.closest("input, select, textarea, button, summary")) { return; }
  if (event.key === "j" || event.key === "k") {
    step(event.key === "j" ? 1 : -1);
  } else if (event.key === "Enter" && event.target.matches(".claims > li")) {
    show(event.target);
  } else if (event.key === "c" && current) {
    copy(current);
  } else if (event.key === "Escape" && current) {
    go(current);
  } else {
    return;
  }
  event.preventDefault();
});

// Print what is folded as well, in browsers whose style sheets cannot reach into a fold.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = Array.from(document.querySelectorAll("main details:not([open], .own, .sure, .near, .alone, .before)"));
  for (const one of opened) { one.open = true; }
});
window.addEventListener("afterprint", () => { for (const one of opened) { one.open = false; } });

all.addEventListener("click", () => { chooseOnly(""); });
back.addEventListener("click", () => { if (current) { go(current); } });
choice.hidden = false;
document.documentElement.classList.add("live");
choice.addEventListener("change", () => { choose(); keep(); });
choose();
keep();
const named = claims.find((one) => "#" + one.id === window.location.hash);
if (named) { go(named); }
