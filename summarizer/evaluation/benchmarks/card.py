"""A scorecard of rows: what `summarizer eval --jsonl` writes, holds to a policy and compares."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from summarizer.components import Components
from summarizer.errors import CaseError
from summarizer.evaluation.align import result_of
from summarizer.evaluation.benchmarks.files import plain_name
from summarizer.evaluation.benchmarks.judge import Prediction, judge_rows
from summarizer.evaluation.benchmarks.measures import measure
from summarizer.evaluation.benchmarks.native import read_rows
from summarizer.evaluation.benchmarks.rows import Row
from summarizer.evaluation.metrics import ScoredRun
from summarizer.evaluation.run import scorecard
from summarizer.evaluation.scorecard import DIGITS, DatasetScores, Result, Scorecard, SuiteFacts
from summarizer.reading import printable_name
from summarizer.schema import Report


def rows_of(paths: Sequence[Path], *, split: str | None = None, limit: int | None = None) -> Iterator[Row]:
    """The rows of some files, of one split, and of the first `limit` documents.

    With several files an id has the name of its file before it. Raises a `CaseError` for a row that does not say which
    split it is of, where one is asked for.
    """
    whole = (row for path, of in zip(paths, _prefixes(paths), strict=True) for row in _named(path, of, split=split))
    seen: set[bytes] = set()
    for row in whole:
        if limit is not None:
            seen.add(hashlib.sha256(row.document.encode("utf-8")).digest())
            if len(seen) > limit:
                return
        yield row


def _prefixes(paths: Sequence[Path]) -> list[str]:
    """What stands before the ids of each file: nothing of one alone, else its name, or its path where names are alike.

    Raises a `CaseError` for a file that is named twice: each of its claims would count twice.
    """
    if len(paths) == 1:
        return [""]
    if len({path.resolve() for path in paths}) < len(paths):
        twice = next(path for path in paths if [one.resolve() for one in paths].count(path.resolve()) > 1)
        raise CaseError(f"{printable_name(twice)}: is named twice, and its claims would count twice; name it once")
    names = [plain_name(path) for path in paths]
    alike = len(set(names)) < len(names)
    return [f"{printable_name(path.as_posix()) if alike else name}/" for path, name in zip(paths, names, strict=True)]


def _named(path: Path, prefix: str, *, split: str | None) -> Iterator[Row]:
    name = printable_name(path)
    for row in read_rows(path):
        if split and row.split is None:
            raise CaseError(f"{name}: {row.id}: does not say of which split it is; leave out --split")
        if split in (None, row.split):
            yield row._replace(id=f"{prefix}{row.id}")


def evaluate_rows(
    read: Callable[[], Iterable[Row]],
    components: Components,
    *,
    name: str,
    repeat: int = 1,
    watch: Callable[[Iterator[Prediction]], Iterator[Prediction]] = lambda predictions: predictions,
    stopped: Callable[[], bool] = lambda: False,
) -> Scorecard:
    """Judge the rows and score them; `watch` sees the predictions of the first round as they are made.

    Claims without a label are judged and in no score. Raises a `CaseError` where no claim was judged.
    """
    reports: list[Report] = []
    rounds: list[list[Result]] = []
    first: list[Prediction] = []
    for number in range(repeat):
        keep: Callable[[Report], None] = (lambda report: reports.append(_light(report))) if number == 0 else _forget
        made = judge_rows(read(), components, seen=keep)
        found = [*(watch(made) if number == 0 else made)]
        if number and stopped():
            break
        first = first or found
        rounds.append([_result(one) for one in found if one.gold is not None])
    if not first or not reports:
        raise CaseError(f"{name}: no claim could be judged")
    card = scorecard(
        SuiteFacts(
            name=name,
            sha256=digest_of(first),
            cases=len({one.document for one in first}),
            claims=len(rounds[0]),
        ),
        ScoredRun(results=sorted_by_document(rounds[0]), reports=reports, rounds=rounds),
    )
    notes = unlabelled_notes(len(first) - len(rounds[0]), len(first))
    return card.model_copy(
        update={
            "run": card.run.model_copy(update={"warnings": (*card.run.warnings, *notes)}),
            "datasets": by_dataset(first),
        }
    )


def unlabelled_notes(unlabelled: int, claims: int) -> tuple[str, ...]:
    """What is to be said of claims without a label; nothing where every one has its own."""
    return (f"{unlabelled} of {claims} claims have no label and are in no score",) if unlabelled else ()


def _forget(_: Report) -> None:
    """Only the first round says how it was run."""


def _light(report: Report) -> Report:
    """The report with no more of its sources than their digests: a large benchmark has gigabytes of text."""
    bare = tuple(one.model_copy(update={"text": ""}) for one in report.documents)
    return report.model_copy(update={"documents": bare})


def _result(one: Prediction) -> Result:
    row = one.row
    if row is None:
        raise TypeError("a prediction of no row has no result")
    return result_of(
        one.checks,
        case=one.document[:DIGITS],
        claim=row.id,
        text=row.claim,
        dataset=row.dataset,
        split=row.split,
        gold=row.verdict3 or ("supported" if row.label else "unsupported"),
    )


def by_dataset(predictions: Iterable[Prediction]) -> tuple[DatasetScores, ...]:
    """The scores by data set, and their mean last; empty for one alone."""
    scores = measure(predictions)
    every = [*scores.datasets, scores.macro] if len(scores.datasets) > 1 else []
    return tuple(
        DatasetScores(name=one.dataset, claims=one.n, documents=one.documents, metrics=one.metrics) for one in every
    )


def sorted_by_document(results: Sequence[Result]) -> list[Result]:
    """Results of one document beside each other, in the order in which documents first come."""
    places: dict[str, int] = {}
    for one in results:
        places.setdefault(one.case, len(places))
    return sorted(results, key=lambda one: places[one.case])


def digest_of(predictions: Sequence[Prediction]) -> str:
    """Digest of the labels and inputs of the rows."""
    whole = [
        [one.id, one.dataset, one.document, one.row.claim if one.row else "", one.gold, one.row and one.row.verdict3]
        for one in predictions
    ]
    return hashlib.sha256(json.dumps(whole).encode("utf-8")).hexdigest()
