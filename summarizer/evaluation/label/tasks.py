"""Read what is to be labelled: articles with claims, and of a claim nothing but its words.

    articles/storm.txt
    drafts/storm.txt      a claim on each line
    drafts/storm.json     {"article": "storm.txt", "claims": [{"text": "Snow shut two roads."}, ...]}

A draft in JSON may also say kind, split, writer and key_sentences, and give each claim an id.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import Field, ValidationError

from summarizer.errors import CaseError
from summarizer.evaluation.case_files import article_of, json_facts, names_in, read_case, text_of, with_line_feeds
from summarizer.evaluation.cases import Case, CaseFile, Split, Writer
from summarizer.evaluation.faults import all_of, faults_of, missing
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
    anew: bool = False
    """Whether it is a case without a draft, whose place the labels take."""

    def claims(self) -> Iterator[Statement]:
        for summary in self.summaries:
            yield from summary.claims


def read_tasks(folder: Path) -> tuple[Task, ...]:
    """Read `drafts/`, and the cases of `cases/` that have no draft, of a folder with `articles/`.

    The labels of a case are left out, so that it can be labelled anew and blind.
    Raises a `CaseError` that names every file and fault.
    """
    cases, faults = names_in(folder / "cases")
    drafts, more = names_in(folder / "drafts", (".json", ".txt"))
    faults += more
    stems = Counter(Path(name).stem for name in drafts)
    if twice := next((stem for stem, count in stems.items() if count > 1), None):
        raise CaseError(f"{printable_name(twice)}: is there twice, as .txt and as .json; keep one")
    found = {path.stem: path for path in (folder / "cases" / name for name in cases)}
    found |= {path.stem: path for path in (folder / "drafts" / name for name in drafts)}
    if not found and not faults:
        raise CaseError(
            f"{printable_name(folder)}: has no drafts/*.txt, drafts/*.json or cases/*.json; name a folder with them"
        )
    tasks: list[Task] = []
    for slug in sorted(found):
        try:
            tasks.append(_task(folder, found[slug]))
        except CaseError as error:
            faults.append(str(error))
    if faults:
        raise CaseError(all_of(faults))
    ids = Counter(one.id for task in tasks for one in task.claims())
    for task in tasks:
        for one in task.claims():
            if ids[one.id] > 1:
                raise CaseError(f"{task.slug}.json: {one.id}: this id is given {ids[one.id]} times in the folder")
    return tuple(tasks)


def _task(folder: Path, path: Path) -> Task:
    name = printable_name(path.name)
    if not SLUG.fullmatch(path.stem):
        raise CaseError(f"{name}: is not a name for a case; use letters, digits, hyphens and dots")
    if path.parent.name == "cases":
        return _of_case(read_case(folder, path.name))
    text = text_of(path, name)
    if path.suffix.lower() == ".txt":
        file = f"{path.stem}.txt"
        claims = [{"text": " ".join(line.split())} for line in text.splitlines() if line.strip()]
        return _of_draft(name, {"article": file, "claims": claims}, article_of(folder, file, name))
    facts = json_facts(text, name)
    return _of_draft(name, facts, article_of(folder, facts["article"], name))


def _of_case(case: Case) -> Task:
    file: CaseFile = case.file
    summaries = tuple(
        Summary(one.writer, tuple(Statement(id=claim.id, text=claim.text) for claim in one.claims))
        for one in file.summaries
    )
    return Task(case.id, case.document, file.kind, file.split, file.key_sentences, summaries, anew=True)


def _of_draft(name: str, facts: dict[str, Any], article: str) -> Task:
    stem = name.rsplit(".", 1)[0]
    try:
        facts = _with_ids(with_line_feeds(facts), stem)
        draft = Draft.model_validate(facts)
    except (ValidationError, RecursionError) as error:
        told = [*faults_of(facts, error)] if isinstance(error, ValidationError) else ["is nested too deeply"]
        raise CaseError(f"{name}: {all_of(told)}") from None
    if faults := [one for quote in draft.key_sentences for one in missing(quote, article, "key sentence")]:
        raise CaseError(f"{name}: {all_of(faults)}")
    document = Document.of(article, id="d1", name=draft.article)
    summaries = (Summary(draft.writer, draft.claims),)
    return Task(stem, document, draft.kind, draft.split, draft.key_sentences, summaries)


def _with_ids(facts: dict[str, Any], stem: str) -> dict[str, Any]:
    """The same with every claim under an id."""
    claims = facts.get("claims")
    if not isinstance(claims, list):
        return facts
    named = [
        {"id": f"{stem}-{number}", **one} if isinstance(one, dict) else one for number, one in enumerate(claims, 1)
    ]
    return {**facts, "claims": named}
