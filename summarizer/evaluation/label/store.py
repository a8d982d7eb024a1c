"""Where labels are kept: a file for each annotator and article, read before and written after every decision."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

from pydantic import ValidationError

from summarizer.errors import CaseError, OutputError, UsageError
from summarizer.evaluation.case_files import text_of
from summarizer.evaluation.faults import all_of
from summarizer.evaluation.label.decisions import Decision, LabelFile, Labelled, check_words, gold
from summarizer.evaluation.label.tasks import Statement, Task
from summarizer.evaluation.twins import twins
from summarizer.language.sentences import sentence_offsets
from summarizer.schema import Record

Write = Callable[[Path, str], None]
"""Writes a file whole or not at all."""
ANNOTATOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


class OtherDecision(Record):
    """What one annotator said, shown to the adjudicator."""

    name: str
    decision: Decision


class ClaimToLabel(Record):
    """A claim as the page shows it."""

    id: str
    text: str
    decision: Decision
    others: tuple[OtherDecision, ...] = ()
    """For the adjudicator alone."""


class TaskView(Record):
    """An article with its claims, as the page shows it."""

    slug: str
    article: str
    kind: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    """Where its sentences stand, in code points, for the arrow keys."""
    claims: tuple[ClaimToLabel, ...]


class TaskLine(Record):
    """An article in the list of the page."""

    slug: str
    article: str
    done: tuple[bool, ...]
    """Of each claim that is to be decided here."""
    word: str = ""
    """What else is to be said of it: that another annotator is not done, or why its case is not written."""


class TaskList(Record):
    """The list of the page."""

    mode: Literal["label", "adjudicate"]
    names: tuple[str, ...]
    """The annotator, or those whose labels are compared."""
    tasks: tuple[TaskLine, ...]


class LabelStore(Protocol):
    """What the server serves; a slug that it is given is always one of `slugs`."""

    @property
    def slugs(self) -> frozenset[str]: ...

    def listed(self) -> TaskList: ...

    def show(self, slug: str) -> TaskView: ...

    def decide(self, slug: str, claim: str, decision: Decision) -> TaskLine: ...

    def saved(self) -> str: ...


class Labels:
    """The label files of one annotator."""

    def __init__(self, folder: Path, name: str, write: Write) -> None:
        self.name = name
        self._folder = folder / "labels" / name
        self._write = write

    def read(self, task: Task) -> Mapping[str, Decision]:
        """The decisions so far by the id of the claim. Raises a `CaseError` where they do not fit the article."""
        return {one.claim.id: one.decision for one in self._file(task).labels}

    def keep(self, task: Task, claim: Statement, decision: Decision) -> Mapping[str, Decision]:
        """Write the file with this decision in its place, and return all decisions."""
        file = self._file(task)
        decisions = {one.claim.id: one.decision for one in file.labels} | {claim.id: decision}
        labels = tuple(Labelled(claim=one, decision=decisions[one.id]) for one in task.claims() if one.id in decisions)
        self._store(task, file.model_copy(update={"labels": labels}))
        return decisions

    def written_case(self, task: Task) -> str:
        """SHA-256 of the case as it was last written from these labels; empty where none was."""
        return self._file(task).case_sha256

    def keep_case(self, task: Task, sha256: str) -> None:
        """Write into the file which case was written from it, if that is another one than it says."""
        file = self._file(task)
        if file.case_sha256 != sha256:
            self._store(task, file.model_copy(update={"case_sha256": sha256}))

    def _file(self, task: Task) -> LabelFile:
        path, name = self._folder / f"{task.slug}.json", f"labels/{self.name}/{task.slug}.json"
        if not path.exists():
            return LabelFile(annotator=self.name, article=task.document.name, article_sha256=task.document.sha256)
        try:
            file = LabelFile.model_validate_json(text_of(path, name))
        except ValidationError as error:
            first = error.errors()[0]
            raise CaseError(f"{name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
        if file.article_sha256 != task.document.sha256:
            raise CaseError(f"{name}: was labelled on another text of {task.document.name}; move it away to begin anew")
        labels, faults = [], []
        for one, claim in zip(file.labels, _claims_now(file.labels, task), strict=True):
            if claim is None:
                faults.append(f"{one.claim.id}: is not a claim of the task any more; remove it")
                continue
            labels.append(Labelled(claim=claim, decision=one.decision))
            try:
                check_words(one.decision, claim, task.document.text)
            except CaseError as error:
                faults.append(str(error))
        if faults:
            raise CaseError(f"{name}: {all_of(faults)}")
        return file.model_copy(update={"labels": tuple(labels)})

    def _store(self, task: Task, file: LabelFile) -> None:
        make_folder(self._folder)
        self._write(self._folder / f"{task.slug}.json", to_json(file))


def _claims_now(labels: Sequence[Labelled], task: Task) -> Iterator[Statement | None]:
    """For each label its claim of the task, by its words where a line that was put into a draft has moved the ids."""
    given = [one.claim for one in labels]
    return twins(given, [*task.claims()], same=lambda claim: claim, alike=lambda claim: claim.text)


class Labelling:
    """The store of one annotator, who sees no label but their own."""

    def __init__(self, folder: Path, tasks: Sequence[Task], *, annotator: str, write: Write) -> None:
        check_name(annotator)
        self._tasks = {task.slug: task for task in tasks}
        self._labels = Labels(folder, annotator, write)
        faults = []
        for task in tasks:  # a file that does not fit is an error at the start, not at the first claim
            try:
                self._labels.read(task)
            except CaseError as error:
                faults.append(str(error))
        if faults:
            raise CaseError(all_of(faults))

    @property
    def slugs(self) -> frozenset[str]:
        return frozenset(self._tasks)

    def listed(self) -> TaskList:
        lines = tuple(_line(task, self._labels.read(task)) for task in self._tasks.values())
        return TaskList(mode="label", names=(self._labels.name,), tasks=lines)

    def show(self, slug: str) -> TaskView:
        task = self._tasks[slug]
        decisions = self._labels.read(task)
        claims = (
            ClaimToLabel(id=one.id, text=one.text, decision=decisions.get(one.id, Decision())) for one in task.claims()
        )
        return shown(task, claims=tuple(claims))

    def decide(self, slug: str, claim: str, decision: Decision) -> TaskLine:
        """Keep a decision. Raises a `CaseError` for words that are not there, and for a finished decision with a gap."""
        task = self._tasks[slug]
        statement = statement_of(task, claim)
        check_words(decision, statement, task.document.text)
        if decision.done:
            gold(decision, statement)
        return _line(task, self._labels.keep(task, statement, decision))

    def saved(self) -> str:
        done = [one for line in self.listed().tasks for one in line.done]
        return f"{sum(done)} of {len(done)} claims are labelled in labels/{self._labels.name}"


def check_name(name: str) -> None:
    """Raise a `UsageError` for a name that makes no folder."""
    if not ANNOTATOR.fullmatch(name):
        raise UsageError(f"annotator {name!r}: give a name of at most 40 letters, digits, - and _")


def statement_of(task: Task, claim: str) -> Statement:
    found = next((one for one in task.claims() if one.id == claim), None)
    if found is None:
        raise CaseError(f"{task.slug}: has no claim {claim[:80]!r}; load the page again")
    return found


def shown(task: Task, *, claims: tuple[ClaimToLabel, ...]) -> TaskView:
    text = task.document.text
    return TaskView(
        slug=task.slug,
        article=task.document.name,
        kind=task.kind,
        text=text,
        sentences=sentence_offsets(text),
        claims=claims,
    )


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder.name}: cannot make this folder: {error.strerror or error}") from error


def to_json(record: Record) -> str:
    """A record in the form of the built-in cases."""
    return json.dumps(record.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def _line(task: Task, decisions: Mapping[str, Decision]) -> TaskLine:
    done = tuple(one.id in decisions and decisions[one.id].done for one in task.claims())
    return TaskLine(slug=task.slug, article=task.document.name, done=done)
