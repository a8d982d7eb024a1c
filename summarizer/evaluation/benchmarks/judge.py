"""The project's own outcome for every row: its claim is checked like any summary."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TextIO

from summarizer.api import check
from summarizer.components import Components
from summarizer.errors import InputError
from summarizer.evaluation.align import of_all_parts, outcome_of
from summarizer.evaluation.benchmarks.rows import Row
from summarizer.evaluation.scorecard import PredictedLabel, predicted_label
from summarizer.schema import Check, Report, Verdict

BETWEEN = "\n\n"  # a paragraph is never joined with the next


class Prediction(NamedTuple):
    """What was made of a row."""

    id: str
    dataset: str
    label: PredictedLabel
    """The label of the verdict, or `undecided` or `unchecked`."""
    score: float | None
    """Probability that the claim is supported; None where the judge gives none."""
    gold: bool | None
    """Whether it is in fact supported; None where there is no label."""
    document: str
    """SHA-256 of the document, so that claims of one document are known to belong together."""
    row: Row | None = None
    """The row that it is of."""
    checks: tuple[Check, ...] = ()
    """What came of the parts of its claim."""
    cost_usd: float | None = 0.0
    """US dollars that its judgement cost, an equal part of what was paid for the claims asked about together; None where
    the price is not known."""

    def as_line(self) -> dict[str, object]:
        """What is written down of it."""
        likely = of_all_parts(self.checks)
        quotes = dict.fromkeys(one.quote for check in self.checks for one in check.shown)
        verdict = self.row.verdict3 if self.row else None
        return {
            "id": self.id,
            "dataset": self.dataset,
            "gold": verdict.value if verdict else {True: "supported", False: "unsupported", None: None}[self.gold],
            "label": self.label,
            "score": self.score,
            "probabilities": likely.model_dump() if likely else None,
            "evidence": [*quotes],
            "cost_usd": self.cost_usd,
        }


class ScoredLabel(NamedTuple):
    """What was made of a claim."""

    label: PredictedLabel
    score: float | None
    checks: tuple[Check, ...] = ()
    cost_usd: float | None = 0.0


UNCHECKED = ScoredLabel("unchecked", None)


def judge_rows(
    rows: Iterable[Row], components: Components, *, seen: Callable[[Report], None] = lambda _: None
) -> Iterator[Prediction]:
    """Judge each row, in order, with no more in memory than one document and some of its claims.

    `seen` is given each report. Consecutive rows of one document are checked together, as paragraphs of one summary, so that it is split once. A
    claim that cannot be a summary (it is the document, or is much longer) is unchecked. Raises a `BackendError` where
    nothing of a document could be judged: what came before has been yielded.
    """
    for document, own in groupby(rows, key=lambda row: row.document):
        digest = hashlib.sha256(document.encode("utf-8")).hexdigest()
        for group in _groups(own, len(document.split())):
            labels = _judged([one_paragraph(row.claim) for row in group], document, components, seen)
            for row, label in zip(group, labels, strict=True):
                about = (row.id, row.dataset, label.label, label.score, row.label, digest, row)
                yield Prediction(*about, label.checks, label.cost_usd)


def write_predictions(predictions: Iterable[Prediction], file: TextIO) -> None:
    """Write a JSON object a line in ASCII: id, data set, true label, label, score, probabilities, evidence, cost."""
    for _ in recorded(predictions, file):
        pass


def recorded(predictions: Iterable[Prediction], file: TextIO) -> Iterator[Prediction]:
    """Write each prediction and pass it on, so that writing and measuring take one pass."""
    for one in predictions:
        file.write(json.dumps(one.as_line()) + "\n")
        file.flush()  # a run that is killed, or a full disk, costs one claim and not all that were paid for
        yield one


def one_paragraph(claim: str) -> str:
    r"""Return a claim on one line, so that it is one paragraph.

    >>> one_paragraph("Snow fell.\n\n It melted. ")
    'Snow fell. It melted.'
    """
    return " ".join(claim.split())


def _groups(rows: Iterable[Row], room: int) -> Iterator[Sequence[Row]]:
    """Groups of rows whose claims together have fewer than `room` words, or single rows."""
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


def _judged(
    claims: Sequence[str], document: str, components: Components, seen: Callable[[Report], None]
) -> list[ScoredLabel]:
    try:
        report = check(BETWEEN.join(claims), document, backend=components)
    except (
        InputError
    ):  # raised before anything is judged, and only for one claim: several are shorter than the document
        return [UNCHECKED for _ in claims]
    seen(report)
    found, start = [], 0
    usage = report.run.usage
    cost = 0.0 if not usage.calls else None if usage.cost_usd is None else usage.cost_usd / len(claims)
    for claim in claims:
        end = start + len(claim)
        parts = [one for one in report.checks if _within(one, start, end)]
        found.append(_combined(parts)._replace(cost_usd=cost))
        start = end + len(BETWEEN)
    return found


def _within(one: Check, start: int, end: int) -> bool:
    return one.claim.origin.start < end and start < one.claim.origin.end


def _combined(parts: Sequence[Check]) -> ScoredLabel:
    """A claim that was split into sentences is as good as the worst of them."""
    outcome, probabilities = outcome_of(parts), of_all_parts(parts)
    label = predicted_label(outcome.kind, outcome.label if isinstance(outcome, Verdict) else None)
    return ScoredLabel(label, probabilities.supported if probabilities else None, tuple(parts))
