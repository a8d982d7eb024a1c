"""Claims written one by one about short passages: sound ones in other words, and false ones as near to them.

A line of the file names a passage of a training text by the SHA-256 of the text and the numbers of its sentences,
or holds a passage of its own, and lists claims with label and kind of error. Those about longer excerpts name the
sentences that decide, counted from the first of the excerpt, or the lines of a passage of its own. Twins are a sound
claim and the same with one fault, as small as can be, one after the other. A passage with `"held": true` is
never trained on: the module `held` ranks its twins. The claims were written by a language model that read the passage
and were not reviewed by people; only its own passages are part of the file.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from summarizer.judging.nli.windows import MOST_WORDS, windows
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence, sentences
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from summarizer.schema import Document
from training.fused import Part, fused_pairs
from training.rows import UNSUPPORTED, Pair, Row, opened, text_of

FILE = Path(__file__).with_name("written.jsonl.xz")
TARGETS = {"supported": 0, "contradicted": 1, "not_in_source": 2, "not_supported": UNSUPPORTED}
HELD = 0.85  # share of a claim's words, weighted by rarity, that fewer sentences must hold to stand for all
LONG = 16  # words of a claim that is long enough to hold several facts
MARKED = 3  # parts of a claim that names no sentences: label, kind, text
NEEDS_ALL = frozenset({"label", "question", "speaker", "hedge", "scope", "negation"})
"""Errors that the sentence beside may show: without it, the claim could pass for sound."""


def written_pairs(rows: Iterable[Row], file: Path = FILE) -> Iterator[Pair]:
    """Yield the pairs of written claims; those about a text that is not among the rows are left out, and those held out."""
    with opened(file) as lines:
        entries = [entry for line in lines if not (entry := json.loads(line)).get("held")]
    wanted = {entry["document"] for entry in entries if "document" in entry}
    texts = {digest: row.document for row in rows if (digest := _digest(row.document)) in wanted}
    for number, entry in enumerate(entries):
        if len(entry["claims"][0]) > MARKED:
            if own := _sentences_of(entry, texts):
                parts = parts_of(entry, own)
                yield from _pairs_of_excerpt(number, parts, _sources(entry), own)
                yield from fused_pairs(f"f{number}", parts, own)
            continue
        passage = _passage(entry, texts)
        if passage is not None:
            yield from _pairs_of(number, entry, passage, texts.get(entry.get("document", "")))


def _sentences_of(entry: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The sentences that the claims of an excerpt are counted by; none where its text is not there."""
    if "text" in entry:
        return own_sentences(entry["text"])
    text = texts.get(entry["document"])
    return _split(text) if text is not None else ()


def own_sentences(text: str) -> tuple[Sentence, ...]:
    """The lines of a passage that the file holds itself."""
    at, found = 0, []
    for number, line in enumerate(text.split("\n")):
        found.append(Sentence("d1", number, at, at + len(line), line))
        at += len(line) + 1
    return tuple(found)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _split(text: str) -> tuple[Sentence, ...]:
    return tuple(sentences(Document.of(text, id="d1", name="d")))


def _passage(entry: Mapping[str, Any], texts: Mapping[str, str]) -> str | None:
    if "text" in entry:
        return str(entry["text"])
    if entry["document"] not in texts:
        return None
    return text_of(_split(texts[entry["document"]])[entry["from"] : entry["to"]])


def _pairs_of(number: int, entry: Mapping[str, Any], passage: str, text: str | None) -> Iterator[Pair]:
    claims = [claim for _, _, claim in entry["claims"]]
    own = _split(passage)
    index = Index(WordIndex(own), claims)
    wider = _wider(entry, text)
    for place, (label, kind, claim) in enumerate(entry["claims"]):
        name, target = f"w{number}/{place}", TARGETS[label]
        full = (passage, wider) if wider and label != "not_in_source" else (passage,)
        best = sorted(index.search(claim, limit=2), key=lambda one: one.start)
        fewer = text_of(best)
        yield Pair(name, f"written:{kind}", claim, full, target)
        alone = 0 < len(best) < len(own) and (index.covered(claim, best) or 0.0) >= HELD
        if alone and kind not in NEEDS_ALL:  # asked of sound and false ones alike, or short evidence would be a cue
            yield Pair(f"{name}/fewer", f"written:{kind}", claim, (fewer,), target and UNSUPPORTED)


def parts_of(entry: Mapping[str, Any], own: Sequence[Sentence]) -> list[Part]:
    """The claims of an entry that name the sentences which decide them."""
    at = entry.get("from", 0)
    return [
        Part(claim, TARGETS[label], frozenset(own[at + offset] for offset in marked))
        for label, _, claim, marked in entry["claims"]
    ]


def _sources(entry: Mapping[str, Any]) -> list[str]:
    """Of which pool of the mixture each claim of an excerpt is."""
    if entry.get("twins"):
        return [f"twin:{kind}" for _, kind, _, _ in entry["claims"]]
    return [
        f"several:{kind}" if len(marked) > 1 and len(claim.split()) >= LONG else f"written:{kind}"
        for _, kind, claim, marked in entry["claims"]
    ]


def _pairs_of_excerpt(
    number: int, parts: Sequence[Part], sources: Sequence[str], own: Sequence[Sentence]
) -> Iterator[Pair]:
    """Claims beside the sentences that decide them, and beside the windows that the judge would read.

    A window stands for the claim where it holds all that decides. A false claim is not supported by any other
    window either; of a sound one nobody knows.
    """
    index = Index(WordIndex(own), [part.text for part in parts])
    places = SentenceMap(own)
    for place, ((claim, target, needed), source) in enumerate(zip(parts, sources, strict=True)):
        name = f"w{number}/{place}"
        passages = index.search(claim)
        read = windows(passages, places) if passages else ()
        whole = [window.text for window in read if needed <= set(window.sentences)]
        rest = [window.text for window in read if not needed <= set(window.sentences)]
        among = text_of(_filled(needed, read[-1].sentences if read else ()))
        yield Pair(name, source, claim, tuple(dict.fromkeys([text_of(needed), *whole, among])), target)
        if rest and target:
            yield Pair(f"{name}/parts", source, claim, tuple(rest), UNSUPPORTED)


def _filled(needed: AbstractSet[Sentence], others: Sequence[Sentence]) -> set[Sentence]:
    """The sentences that decide, among those that the judge would read, as many as it reads."""
    taken, held = set(needed), sum(len(one.text.split()) for one in needed)
    for one in others:
        if one not in taken and held + len(one.text.split()) <= MOST_WORDS:
            taken.add(one)
            held += len(one.text.split())
    return taken


def _wider(entry: Mapping[str, Any], text: str | None) -> str | None:
    """The passage with a sentence of its text before and behind."""
    if text is None:
        return None
    own = _split(text)
    wider = text_of(own[max(0, entry["from"] - 1) : entry["to"] + 1])
    return wider if len(wider.split()) < 150 else None


def kinds(file: Path = FILE) -> Counter[str]:
    """How many claims of each kind the file holds, with those held out."""
    with opened(file) as lines:
        return Counter(kind for line in lines for _, kind, *_ in json.loads(line)["claims"])
