"""The project's own verdict for every row: its claim goes through `pipeline.check` like anybody's summary."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple, TextIO

from summarizer.api import check
from summarizer.components import Components
from summarizer.errors import InputError
from summarizer.evaluation.benchmarks.rows import Row
from summarizer.schema import Check, Unchecked

Outcome = Literal["supported", "contradicted", "not_in_source", "unchecked"]
GRAVEST_FIRST: tuple[Outcome, ...] = ("contradicted", "not_in_source", "unchecked", "supported")
BETWEEN = "\n\n"  # a paragraph is never joined with the next


class Prediction(NamedTuple):
    """What was made of a row."""

    id: str
    dataset: str
    label: Outcome
    score: float | None
    """Probability that the claim is supported; None where the backend measures none."""
    gold: bool | None
    """Whether it is supported in truth; None where nobody says."""
    document: str
    """SHA-256 of the document, so that claims of one document are known to belong together."""


class Called(NamedTuple):
    label: Outcome
    score: float | None


def judge_rows(rows: Iterable[Row], components: Components) -> Iterator[Prediction]:
    """Judge each row, in order; held at any time are one document and some of its claims.

    Rows of one document that follow each other are checked together, as paragraphs of
    one summary, so that it is split once. A claim that no summary may be (it is the
    document, or is much longer) is unchecked. Raises a `BackendError` where the
    backend judged nothing of a document: what came before has been yielded.
    """
    for document, own in groupby(rows, key=lambda row: row.document):
        digest = hashlib.sha256(document.encode("utf-8")).hexdigest()
        for group in _groups(own, len(document.split())):
            judgements = _judged([one_paragraph(row.claim) for row in group], document, components)
            for row, judgement in zip(group, judgements, strict=True):
                yield Prediction(row.id, row.dataset, *judgement, row.label, digest)


def write_predictions(predictions: Iterable[Prediction], file: TextIO) -> None:
    """Write a JSON object a line, `{"id": ..., "label": ..., "score": ...}`, in ASCII."""
    for _ in recorded(predictions, file):
        pass


def recorded(predictions: Iterable[Prediction], file: TextIO) -> Iterator[Prediction]:
    """Hand each prediction on once its line is in the file: to write and to measure in one pass."""
    for one in predictions:
        file.write(json.dumps({"id": one.id, "label": one.label, "score": one.score}) + "\n")
        yield one


def one_paragraph(claim: str) -> str:
    r"""Return a claim on one line, so that it is one paragraph.

    >>> one_paragraph("Snow fell.\n\n It melted. ")
    'Snow fell. It melted.'
    """
    return " ".join(claim.split())


def _groups(rows: Iterable[Row], room: int) -> Iterator[Sequence[Row]]:
    """Parts of the rows whose claims together have fewer than `room` words, or are one alone."""
    group: list[Row] = []
    words = 0
    for row in rows:
        size = len(row.claim.split())
        if group and words + size >= room:
            yield group
            group, words = [], 0
        group.append(row)
        words += size
    if group:
        yield group


def _judged(claims: Sequence[str], document: str, components: Components) -> list[Called]:
    try:
        report = check(BETWEEN.join(claims), document, backend=components)
    except InputError:  # before the backend was asked; only of a claim alone, for several are shorter than the document
        return [Called("unchecked", None) for _ in claims]
    found, start = [], 0
    for claim in claims:
        end = start + len(claim)
        found.append(_combined([one for one in report.checks if _within(one, start, end)]))
        start = end + len(BETWEEN)
    return found


def _within(one: Check, start: int, end: int) -> bool:
    return one.claim.origin.start < end and start < one.claim.origin.end


def _combined(parts: Sequence[Check]) -> Called:
    """A claim that was parted into sentences is as good as the worst of them."""
    found = {_label(part) for part in parts} or {"unchecked"}
    scores = [part.outcome.confidence for part in parts]
    known = [score for score in scores if score is not None]
    label = next(one for one in GRAVEST_FIRST if one in found)
    return Called(label, min(known) if known and len(known) == len(scores) else None)


def _label(part: Check) -> Outcome:
    return "unchecked" if isinstance(part.outcome, Unchecked) else part.outcome.label.value
