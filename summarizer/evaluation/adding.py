"""Take claims of a report into a labelled suite: where a reader knows better than the run, or wants to keep its answer.

    report.json, claim c3, label --add--> articles/NAME.txt, cases/NAME.csv
    summarizer-labels.json, which the page of a report saves --add_labels--> the same

The article is written once. A claim that is there already under the same label gets what else is given of it, and
nothing is written that would stand against the rest of the suite.
"""

import csv
import io
import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, ValidationError

from summarizer.errors import CaseError, InputError
from summarizer.evaluation.benchmarks.files import delimiter_of, entries
from summarizer.evaluation.benchmarks.rows import parse_gold
from summarizer.evaluation.case_files import build_case, other_form, refuse_in_suite, text_of, with_line_feeds
from summarizer.evaluation.cases import Split
from summarizer.evaluation.tables import case_facts, evidence_sets
from summarizer.reading import printable_name
from summarizer.schema import Check, Document, Label, Record, Report, Text

UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
LONGEST_NAME = 60
Write = Callable[[Path, str], None]


class Added(NamedTuple):
    """Where claims are now."""

    table: Path
    new: int
    """How many of them were not there already."""
    completed: int = 0
    """How many were there, and have more said of them now."""


class LabelledArticle(Record):
    """An article as a page of a report holds it."""

    name: str
    """Its file name."""
    text: Text
    """Its text, to the letter."""


class LabelledClaim(Record):
    """A claim of the report and the label that its reader gave it."""

    id: Text
    """The claim, as the report numbers it."""
    text: Text
    """The statement."""
    label: Label
    """What the reader says that the source makes of it."""
    note: Annotated[str, Field(max_length=10_000)] = ""
    """Why."""


class LabelFile(Record):
    """What a reader has labelled in the page of a report, as its button saves it."""

    format: Literal["summarizer-labels-1"]
    """Which form of the file it is."""
    article: LabelledArticle
    """The source."""
    claims: Annotated[tuple[LabelledClaim, ...], Field(min_length=1)]
    """In the order of the summary."""


def add(report: Report, claim: str, given: Mapping[str, Any], suite: Path, write: Write) -> Added:
    """Add the claim with its label, and what else is `given` of it, to the suite in that folder.

    Raises an `InputError` for a claim that the report does not have, and a `CaseError` where the case or the suite would
    be broken; nothing is written then.
    """
    check = _check(report, claim)
    if len(report.documents) != 1:
        raise InputError("the report has several sources, and a case has one article; check against one of them")
    (document,) = report.documents
    return _add(document, [{"text": check.claim.text, **given}], suite, write)


def add_labels(file: LabelFile, suite: Path, write: Write, *, split: Split | None = None) -> Added:
    """Add every claim of the file, or none. Raises a `CaseError` where the case or the suite would be broken."""
    document = Document.of(file.article.text, name=file.article.name)
    new = [{"text": one.text, "label": one.label.value, "note": one.note, "split": split} for one in file.claims]
    return _add(document, new, suite, write)


def labels_in(data: bytes, name: str) -> LabelFile | None:
    """What a reader has labelled; None where the data are a report, or anything else. Raises an `InputError`."""
    try:
        facts = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(facts, dict) or "format" not in facts:
        return None
    try:
        return LabelFile.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"{name}: is no file of labels: {printable_name(place)}: {first['msg']}") from None


def _add(document: Document, claims: Sequence[Mapping[str, Any]], suite: Path, write: Write) -> Added:
    document = Document.of(with_line_feeds(document.text), name=document.name)
    name = _name(document, suite)
    table = suite / "cases" / f"{name}.csv"
    if other := other_form(table):
        raise CaseError(f"{printable_name(other)}: is the case of this article; add the claim there by hand")
    rows = [dict(entry.fields) for entry in entries(table)] if table.exists() else []
    there, completed = len(rows), 0
    try:
        for claim in with_line_feeds(claims):
            given = {key: value for key, value in claim.items() if value}
            same = next((row for row in rows if row.get("text") == given["text"]), None)
            if same is None:
                rows.append(given)
            else:
                completed += _complete(same, given)
        facts = case_facts(f"{name}.txt", ((f"row {number}", row) for number, row in enumerate(rows, 1)))
    except ValueError as error:
        raise CaseError(f"{printable_name(table)}: {error}") from None
    added = Added(table, len(rows) - there, completed)
    if not (added.new or added.completed):
        return added
    refuse_in_suite(build_case(table.name, facts, document.text), suite)
    article = suite / "articles" / f"{name}.txt"
    for path in (article, table):
        path.parent.mkdir(parents=True, exist_ok=True)
    if not article.exists():
        write(article, document.text)
    write(table, _written(rows, like=table.read_bytes() if table.exists() else b""))
    return added


def _complete(row: dict[str, Any], given: Mapping[str, Any]) -> bool:
    """Say of a row what it does not say yet, if there is anything. Raises a `ValueError` where it says something else."""
    more = {key: value for key, value in given.items() if row.get(key) in (None, "")}
    for key, value in given.items():
        if key not in more and _meant(key, row[key]) != _meant(key, value):
            other = "under another label" if key == "label" else f"with another {key}"
            raise ValueError(f"has this claim {other}; change it there")
    row.update(more)
    return bool(more)


def _meant(column: str, value: Any) -> Any:
    """What a cell says, whichever way it is written."""
    if column == "label":
        return parse_gold(value)
    return evidence_sets(value) if column == "evidence" else value


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


def _written(rows: Sequence[Mapping[str, Any]], *, like: bytes) -> str:
    """The table, with the columns, separators and line ends of the one that is there: its spreadsheet has to read it again."""
    mark = "\ufeff" if like.startswith(BOM_UTF8) else ""
    end = "\r\n" if b"\r\n" in like else "\n"
    by = delimiter_of(like.partition(b"\n")[0].decode("utf-8"))
    columns = dict.fromkeys([*(() if like else ("text", "label")), *(key for row in rows for key in row)])
    file = io.StringIO()
    writer = csv.DictWriter(file, [*columns], restval="", lineterminator=end, delimiter=by)
    writer.writeheader()
    writer.writerows(rows)
    return mark + file.getvalue()
