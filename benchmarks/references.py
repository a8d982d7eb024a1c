"""Documents with the summaries that somebody wrote of them, put together from labelled claims, and labelled key sentences.

A claim that is a whole summary, and supported, is a reference summary of its document. Where a data set has a person's
summary only with one word changed, that one stands in for it: for a score of overlap it is nearly the same.
"""

import hashlib
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.judged import half_of

KEY_SENTENCES = Path(__file__).with_name("key_sentences.json")
FEWEST_WORDS = 150  # of a document; a shorter one needs no summary
NEWS = "news, people's highlights"
TOKENS = "news in lower-case tokens, people's highlights, checked"
MODELS = "news, summaries of trained models"


class Article(NamedTuple):
    """A document and its reference summaries."""

    kind: str
    text: str
    references: tuple[str, ...]

    @property
    def half(self) -> str:
        """`A` chooses, `B` reports."""
        return half_of(self.text)


class Labelled(NamedTuple):
    """A long text and the places of its key sentences."""

    name: str
    text: str
    key: tuple[tuple[int, int], ...]

    @property
    def half(self) -> str:
        return half_of(self.text)


def articles(files: Iterable[Path]) -> list[Article]:
    """Every document that has a reference, once for each kind of reference."""
    found: dict[tuple[str, str], tuple[str, list[tuple[bool, str]]]] = defaultdict(lambda: ("", []))
    for row in _rows(files):
        kind = _kind(row)
        if kind is None or len(row["document"].split()) < FEWEST_WORDS:
            continue
        name = kind, re.sub(r"\W", "", row["document"].lower())[:160]  # one text, whatever its quotation marks
        text, references = found[name]
        changed = row["dataset"] == "bump" and row["subset"] != "reference"
        claim = re.sub(r"\s*</?t>\s*", " ", row["claim"]).strip()
        found[name] = (text or row["document"], [*references, (changed, claim)])
    return [Article(kind, text, _references(own)) for (kind, _), (text, own) in found.items()]


def labelled(folder: Path) -> list[Labelled]:
    """The texts of a folder whose key sentences are labelled."""
    keys = json.loads(KEY_SENTENCES.read_text(encoding="utf-8"))
    found = []
    for file in sorted(folder.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        key = keys.get(hashlib.sha256(text.encode()).hexdigest())
        if key:
            found.append(Labelled(file.stem, text, tuple((start, end) for start, end in key)))
    return found


def _references(claims: list[tuple[bool, str]]) -> tuple[str, ...]:
    """Those as they were written; where there is none, the first of those with a word changed."""
    whole = tuple(dict.fromkeys(claim for changed, claim in claims if not changed))
    return whole or (claims[0][1],)


def _rows(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _kind(row: dict[str, Any]) -> str | None:
    """What kind of summary a claim is; None where it is none, or not a sound one."""
    name, subset = row["dataset"], row["subset"]
    if name == "bump":
        return NEWS
    if not row["label"]:
        return None
    if name == "fib":
        return TOKENS if subset == "cnn_dm" else "news, its first sentence taken off"
    if name in ("cliff", "summac_frank") or (name == "summeval" and subset in ("M17", "M22", "M23")):
        return None if subset == "xsum" else MODELS
    if name == "ragtruth_sub":
        return "news, summaries of language models"
    if name == "xsumfaith" and subset == "gold":
        return "news, its first sentence taken off"
    if name == "summedits" and subset not in ("samsum", "scitldr"):
        return "news, sentences of a language model" if subset == "news" else "minutes, calls, e-mails, podcasts"
    return None
