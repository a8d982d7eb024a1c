"""Take a claim of a report into a labelled suite: where a reader knows better than the run, or wants to keep its answer.

    report.json, claim c3, label --added--> articles/NAME.txt, cases/NAME.csv

The article is written once; a claim that is there already under the same label changes nothing.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.errors import CaseError, InputError
from summarizer.evaluation.benchmarks.files import entries
from summarizer.evaluation.cases import build_case, text_of
from summarizer.evaluation.tables import case_facts
from summarizer.reading import printable_name
from summarizer.schema import Check, Document, Report

UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
LONGEST_NAME = 60
Write = Callable[[Path, str], None]


class Added(NamedTuple):
    """Where a claim is now."""

    table: Path
    new: bool
    """False where it was there already."""


def add(report: Report, claim: str, given: Mapping[str, Any], suite: Path, write: Write) -> Added:
    """Add the claim with its label, and what else is `given` of it, to the suite in that folder.

    Raises an `InputError` for a claim that the report does not have, and a `CaseError` where the case would be broken;
    nothing is written then.
    """
    check = _check(report, claim)
    if len(report.documents) != 1:
        raise InputError("the report has several sources, and a case has one article; check against one of them")
    (document,) = report.documents
    if not document.text:
        raise InputError("the report is without the text of its source; make it with --format json")
    name = _name(document, suite)
    table = suite / "cases" / f"{name}.csv"
    _refuse_other_forms(table)
    rows = [entry.fields for entry in entries(table)] if table.exists() else []
    new = {"text": check.claim.text, **{key: value for key, value in given.items() if value}}
    if any(row.get("text") == new["text"] and row.get("label") == new["label"] for row in rows):
        return Added(table, new=False)
    if any(row.get("text") == new["text"] for row in rows):
        raise CaseError(f"{printable_name(table)}: has this claim under another label; change it there")
    try:
        facts = case_facts(f"{name}.txt", ((f"row {number}", row) for number, row in enumerate([*rows, new], 1)))
    except ValueError as error:
        raise CaseError(f"{printable_name(table)}: {error}") from None
    build_case(table.name, facts, document.text)
    article = suite / "articles" / f"{name}.txt"
    for path in (article, table):
        path.parent.mkdir(parents=True, exist_ok=True)
    if not article.exists():
        write(article, document.text)
    write(table, _written([*rows, new]))
    return Added(table, new=True)


def _check(report: Report, claim: str) -> Check:
    found = next((one for one in report.checks if one.claim.id == claim), None)
    if found is None:
        raise InputError(
            f"the report has no claim {claim[:40]!r}; there are {', '.join(one.claim.id for one in report.checks) or 'none'}"
        )
    return found


def _name(document: Document, suite: Path) -> str:
    """The name of the article in the suite that has this text, or else a new one after the file of the source."""
    base = UNSAFE.sub("-", document.name.rsplit(".", 1)[0]).strip("-")[:LONGEST_NAME] or "article"
    name, number = base, 1
    while (path := suite / "articles" / f"{name}.txt").exists():
        if text_of(path, printable_name(path)) == document.text:
            return name
        number += 1
        name = f"{base}-{number}"
    return name


def _refuse_other_forms(table: Path) -> None:
    for ending in (".json", ".jsonl", ".ndjson", ".parquet"):
        if (other := table.with_suffix(ending)).exists():
            raise CaseError(f"{printable_name(other)}: is the case of this article; add the claim there by hand")


def _written(rows: Sequence[Mapping[str, Any]]) -> str:
    columns = dict.fromkeys(["text", "label", *(key for row in rows for key in row)])
    file = io.StringIO()
    writer = csv.DictWriter(file, [*columns], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
