"use strict";
// Places in a text. The server counts code points, the browser UTF-16 units: an emoji is one of the first and two of the second.

class Points {
  constructor(text) {
    this.text = text;
    this.pairs = []; // units at which a code point of two units begins
    for (let at = 0; at < text.length; at += 1) {
      if (text.codePointAt(at) > 0xffff) { this.pairs.push(at); at += 1; }
    }
  }

  point(unit) { return unit - count(this.pairs.length, (index) => this.pairs[index] < unit); }

  unit(point) { return point + count(this.pairs.length, (index) => this.pairs[index] - index < point); }

  // A passage as the server wants it, of units; no white space at its ends, no half of a pair.
  passage(start, end) {
    if (isLow(this.text, start)) { start -= 1; }
    if (isLow(this.text, end)) { end += 1; }
    const words = this.text.slice(start, end);
    start += words.length - words.trimStart().length;
    end = Math.max(start, end - (words.length - words.trimEnd().length));
    return { start: this.point(start), end: this.point(end), quote: this.text.slice(start, end) };
  }
}

function isLow(text, at) { return at > 0 && /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1)); }

// How many of the first indices, in order, hold.
function count(length, holds) {
  let low = 0, high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) { low = middle + 1; } else { high = middle; }
  }
  return low;
}

// What reorders or hides text is spelled out beside it; the character itself stays, so that places are right.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

function fill(element, text, marks = []) {
  const cuts = new Set([0, text.length]);
  for (const mark of marks) { cuts.add(mark.start); cuts.add(mark.end); }
  const at = Array.from(cuts).sort((one, other) => one - other);
  const pieces = [];
  for (let index = 0; index + 1 < at.length; index += 1) {
    const [start, end] = [at[index], at[index + 1]];
    const names = marks.filter((mark) => mark.start <= start && end <= mark.end).map((mark) => mark.name);
    const nodes = plain(text.slice(start, end));
    if (names.length) { pieces.push(made("mark", { className: names.join(" ") }, ...nodes)); } else { pieces.push(...nodes); }
  }
  element.replaceChildren(...pieces);
}

function plain(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(CONTROLS)) {
    const hidden = made("span", { className: "hidden", textContent: found[0] });
    const shown = made("span", { className: "control" }, hidden);
    shown.dataset.code = "U+" + found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    nodes.push(text.slice(from, found.index), shown);
    from = found.index + found[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

function made(name, facts = {}, ...children) {
  const element = Object.assign(document.createElement(name), facts);
  element.append(...children); // strings become text, never markup
  return element;
}

// Units of the selection within a box, as far as it lies in it; null if it begins elsewhere.
function selectedIn(box) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !box.contains(selection.anchorNode)) { return null; }
  const range = selection.getRangeAt(0);
  const whole = document.createRange();
  whole.selectNodeContents(box);
  const before = whole.cloneRange(), upTo = whole.cloneRange();
  if (whole.compareBoundaryPoints(Range.START_TO_START, range) > 0) { before.collapse(true); } else { before.setEnd(range.startContainer, range.startOffset); }
  if (whole.compareBoundaryPoints(Range.END_TO_END, range) > 0) { upTo.setEnd(range.endContainer, range.endOffset); }
  return { start: before.toString().length, end: upTo.toString().length };
}

function rangeOf(box, start, end) {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  range.selectNodeContents(box);
  let seen = 0, begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const after = seen + node.length;
    if (!begun && start < after) { range.setStart(node, start - seen); begun = true; }
    if (end <= after) { range.setEnd(node, end - seen); break; }
    seen = after;
  }
  return range;
}

function reveal(box, range) {
  const place = range.getBoundingClientRect(), frame = box.getBoundingClientRect();
  if (place.top < frame.top || place.bottom > frame.bottom) { box.scrollTop += place.top - frame.top - box.clientHeight / 3; }
}

function select(box, start, end) {
  const range = rangeOf(box, start, end);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  reveal(box, range);
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’.,-][\p{L}\p{M}\p{N}]+)*|\p{S}[\p{S}\p{M}\u200d]*/gu;

function wordsOf(text) { return Array.from(text.matchAll(WORD), (found) => [found.index, found.index + found[0].length]); }
