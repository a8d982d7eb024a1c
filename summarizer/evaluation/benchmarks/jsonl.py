"""The project's own form: a claim a line, `{"document": ..., "claim": ..., "label": 1}`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from summarizer.evaluation.benchmarks.files import Entry, plain_name
from summarizer.evaluation.benchmarks.rows import Row, build_row

MARKS = frozenset({"document", "claim"})


def reader(path: Path) -> Callable[[Entry], Iterator[Row]]:
    """Read `id, document, claim, label`, and `dataset` and `verdict3` where they are given.

    A missing id is the number of the line, a missing label is unknown (the claim is
    judged and not scored), a missing dataset is the name of the file. Other fields are ignored.
    """
    stem = plain_name(path).split(".")[0]
    by_name = stem if stem.isprintable() and stem else "benchmark"

    def rows(entry: Entry) -> Iterator[Row]:
        fields = entry.fields
        yield build_row(
            id=_given(fields.get("id"), entry.number),
            dataset=_given(fields.get("dataset"), by_name),
            document=fields.get("document"),
            claim=fields.get("claim"),
            label=fields.get("label"),
            verdict3=fields.get("verdict3"),
            split=fields.get("split"),
        )

    return rows


def _given(value: object, otherwise: object) -> object:
    return otherwise if value is None else value
