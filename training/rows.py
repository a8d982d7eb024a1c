"""Rows as people labelled them, and pairs of claim and evidence as the network reads them."""

import hashlib
import json
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from summarizer.language.sentences import Sentence

LABELS = ("supported", "contradicted", "not_in_source")
UNSUPPORTED = 3  # target of a row whose source says no more than "not supported"


class Row(NamedTuple):
    """A claim that people labelled against a document."""

    id: str
    dataset: str
    document: str
    claim: str
    supported: bool
    verdict: str | None
    """One of `LABELS`, or None where the source of the row does not say."""

    @property
    def target(self) -> int:
        """Index into `LABELS`, or `UNSUPPORTED`."""
        if self.supported:
            return 0
        return LABELS.index(self.verdict) if self.verdict in LABELS[1:] else UNSUPPORTED


class Pair(NamedTuple):
    """A claim beside evidence for it."""

    id: str
    source: str
    """Name of the data set, or of the kind of edit."""
    claim: str
    evidence: tuple[str, ...]
    """Readings of the same document, of one to five sentences; a pass over the data takes one of them."""
    target: int


def opened(path: Path) -> IO[str]:
    """Open a JSONL file, packed with xz or not."""
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the labelled rows of a JSONL file, packed with xz or not."""
    with opened(path) as lines:
        for line in lines:
            row = json.loads(line)
            yield Row(
                str(row["id"]), row["dataset"], row["document"], row["claim"], row["label"] == 1, row.get("verdict3")
            )


def write_pairs(pairs: Iterable[Pair], path: Path) -> int:
    """Write pairs as JSONL; return how many."""
    count = 0
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as out:
        for count, pair in enumerate(pairs, 1):  # noqa: B007  the count is returned
            out.write(json.dumps(pair, ensure_ascii=False) + "\n")
    part.replace(path)
    return count


def text_of(found: Iterable[Sentence]) -> str:
    """Sentences in the order of their text, as evidence."""
    return " ".join(" ".join(one.text.split()) for one in sorted(found, key=lambda one: one.start))


def read_pairs(path: Path) -> Iterator[Pair]:
    """Yield the pairs that `write_pairs` wrote."""
    with opened(path) as lines:
        for line in lines:
            name, source, claim, evidence, target = json.loads(line)
            yield Pair(name, source, claim, tuple(evidence), target)


def share(text: str) -> float:
    """Return a number from 0 up to 1 that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / 2**48


def half(document: str) -> str:
    """Return "A" for documents that choose, "B" for documents that report."""
    return "A" if share(document) < 0.5 else "B"
