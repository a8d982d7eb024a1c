"""Read what is to be labelled: articles with claims, and of a claim nothing but its words."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field, ValidationError

from summarizer.errors import CaseError
from summarizer.evaluation.cases import LARGEST, CaseFile, Split, Writer, parse_case
from summarizer.reading import printable_name
from summarizer.schema import Document, Record, Text

SLUG = re.compile(r"[\w-][\w.-]{0,94}")


class Statement(Record):
    """A claim without a label."""

    id: Text
    """Unique within the folder."""
    text: Text
    """The statement; one sentence that stands alone."""


class Draft(Record):
    """An article and claims that nobody has labelled yet, as a file of `drafts/` holds them."""

    article: Annotated[str, Field(pattern=r"^[\w.-]{1,100}\.txt$")]
    """File name in the folder `articles`."""
    kind: Text = "text"
    """What sort of text it is: earnings report, court verdict, ..."""
    split: Split | None = None
    """`dev` to look at and tune on, `test` to report on; null where nobody said."""
    writer: Writer = "model"
    """How the claims came about."""
    key_sentences: tuple[Text, ...] = ()
    """Sentences of the article that a good summary must cover, verbatim."""
    claims: Annotated[tuple[Statement, ...], Field(min_length=1)]
    """In the order of the summary."""


class Summary(NamedTuple):
    """The claims of one summary."""

    writer: Writer | None
    claims: tuple[Statement, ...]


class Task(NamedTuple):
    """An article with what is to be labelled of it."""

    slug: str
    document: Document
    kind: str
    split: Split | None
    key_sentences: tuple[str, ...]
    summaries: tuple[Summary, ...]

    def claims(self) -> Iterator[Statement]:
        for summary in self.summaries:
            yield from summary.claims


def read_tasks(folder: Path) -> tuple[Task, ...]:
    """Read `drafts/*.json`, and `cases/*.json` that have no draft, of a folder with `articles/`.

    The labels of a case are left out, so that it can be labelled anew and blind.
    Raises a `CaseError` that names the file and the fault.
    """
    found = {path.stem: path for kind in ("cases", "drafts") for path in sorted((folder / kind).glob("*.json"))}
    if not found:
        raise CaseError(f"{printable_name(folder)}: has no drafts/*.json or cases/*.json; name a folder with them")
    tasks = tuple(_task(folder, found[slug]) for slug in sorted(found))
    ids = Counter(one.id for task in tasks for one in task.claims())
    for task in tasks:
        for one in task.claims():
            if ids[one.id] > 1:
                raise CaseError(f"{task.slug}.json: {one.id}: this id is given {ids[one.id]} times in the folder")
    return tasks


def _task(folder: Path, path: Path) -> Task:
    name = printable_name(path.name)
    if not SLUG.fullmatch(path.stem):
        raise CaseError(f"{name}: is not a name for a case; use letters, digits, hyphens and dots")
    text = text_of(path, name)
    article = _article(folder, text, name)
    return _of_case(name, text, article) if path.parent.name == "cases" else _of_draft(name, text, article)


def _article(folder: Path, text: str, name: str) -> str:
    try:
        article = str(json.loads(text)["article"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise CaseError(f"{name}: is not a JSON object with the name of an article") from None
    if "/" in article or "\\" in article or "\0" in article or article.startswith("."):
        raise CaseError(f"{name}: {article!r} is not a file name in the folder articles")
    return text_of(folder / "articles" / article, f"{name}: article {article}")


def _of_case(name: str, text: str, article: str) -> Task:
    case = parse_case(name, text, article)
    file: CaseFile = case.file
    summaries = tuple(
        Summary(one.writer, tuple(Statement(id=claim.id, text=claim.text) for claim in one.claims))
        for one in file.summaries
    )
    return Task(case.id, case.document, file.kind, file.split, file.key_sentences, summaries)


def _of_draft(name: str, text: str, article: str) -> Task:
    try:
        draft = Draft.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        raise CaseError(f"{name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    for quote in draft.key_sentences:
        if quote not in article:
            raise CaseError(f"{name}: key sentence: these words are not in the article: {quote[:80]!r}")
    document = Document.of(article, id="d1", name=draft.article)
    summaries = (Summary(draft.writer, draft.claims),)
    return Task(name.removesuffix(".json"), document, draft.kind, draft.split, draft.key_sentences, summaries)


def text_of(path: Path, name: str) -> str:
    """The text of a file to the letter, line ends and all. Raises a `CaseError` under `name`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CaseError(f"{name}: {error.strerror or 'cannot be read'}") from None
    if len(data) > LARGEST:
        raise CaseError(f"{name}: is larger than {LARGEST:,} bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise CaseError(f"{name}: is not UTF-8") from None
