"""Write the case of an article whose claims are all labelled, and the store of an annotator who labels alone."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from summarizer.errors import CaseError
from summarizer.evaluation.case_files import other_form, parse_case, text_of
from summarizer.evaluation.cases import CaseFile, GoldClaim, GoldSummary
from summarizer.evaluation.faults import all_of
from summarizer.evaluation.label.decisions import Decision, gold
from summarizer.evaluation.label.store import Labelling, Labels, TaskLine, TaskList, Write, make_folder, to_json
from summarizer.evaluation.label.tasks import Task
from summarizer.schema import Label


def publish(
    task: Task,
    claims: Mapping[str, GoldClaim],
    folder: Path,
    write: Write,
    *,
    labels: Labels,
    others: Sequence[Labels] = (),
) -> None:
    """Write `cases/SLUG.json`, unless it is there already to the letter, and keep in `labels` that it was.

    `others` are the annotators whose labels are in it. Raises a `CaseError` for a broken case, and where one is there
    that none of them has written, or that was edited since: it stays as it is.
    """
    _refuse_two_labels(claims.values())
    file = CaseFile(
        article=task.document.name,
        kind=task.kind,
        split=task.split,
        key_sentences=task.key_sentences,
        annotators=tuple(one.name for one in others),
        summaries=tuple(
            GoldSummary(writer=one.writer, claims=tuple(claims[claim.id] for claim in one.claims))
            for one in task.summaries
        ),
    )
    text = to_json(file)
    parse_case(f"{task.slug}.json", text, task.document.text)
    path = folder / f"{task.slug}.json"
    name = f"{folder.name}/{path.name}"
    there = text_of(path, name) if path.exists() else None
    if there != text:
        known = {digest for one in (labels, *others) if (digest := one.written_case(task))}
        if there is not None and _digest(there) not in known and (known or not task.anew):
            raise CaseError(
                f"{name} was edited, or not written from these labels, and stays; move it away to have it written"
            )
        make_folder(folder)
        write(path, text)
    labels.keep_case(task, _digest(text))


def refuse_table(task: Task, folder: Path) -> None:
    """Raise a `CaseError` where the case of the article is there in another form: a second one would give its claims twice."""
    if other := other_form(folder / f"{task.slug}.json"):
        raise CaseError(
            f"{folder.name}/{other} is its case, and labels would become {task.slug}.json beside it; "
            f"put its claims into drafts/{task.slug}.txt and move it away first"
        )


def refuse_only_tables(tasks: Sequence[Task], folder: Path) -> None:
    """Raise a `CaseError` where no labels could become a case, as each article has its own in another form."""
    faults = []
    for task in tasks:
        try:
            refuse_table(task, folder)
        except CaseError as error:
            faults.append(f"{task.document.name}: {error}")
    if faults and len(faults) == len(tasks):
        raise CaseError(all_of(faults))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _own(decision: Decision) -> tuple[Label, ...]:
    return (decision.label,) if decision.label else ()


def _refuse_two_labels(claims: Iterable[GoldClaim]) -> None:
    labels: dict[str, GoldClaim] = {}
    for claim in claims:
        twin = labels.setdefault(claim.text, claim)
        if twin.label != claim.label:
            raise CaseError(
                f"{twin.id} and {claim.id} are the same claim with two labels; have an annotator correct one"
            )


class LabellingAlone(Labelling):
    """The store of the only annotator: an article becomes a case as soon as all of its claims are labelled."""

    def __init__(self, folder: Path, tasks: Sequence[Task], *, annotator: str, write: Write) -> None:
        super().__init__(folder, tasks, annotator=annotator, write=write)
        self._cases, self._write = folder / "cases", write
        refuse_only_tables(tasks, self._cases)
        self.listed()  # what was labelled before gets its case at once

    def listed(self) -> TaskList:
        own = super().listed()
        return own.model_copy(update={"tasks": tuple(self._published(line) for line in own.tasks)})

    def decide(self, slug: str, claim: str, decision: Decision) -> TaskLine:
        return self._published(super().decide(slug, claim, decision))

    def saved(self) -> str:
        lines = self.listed().tasks
        written = sum(all(line.done) and not line.word for line in lines)
        return f"{super().saved()}, {written} of {len(lines)} cases are written"

    def _published(self, line: TaskLine) -> TaskLine:
        """The line, and the case where nothing is open; a case that cannot be written is a word in the line."""
        task = self._tasks[line.slug]
        try:
            refuse_table(task, self._cases)
            if not all(line.done):
                return line
            decisions = self._labels.read(task)
            claims = {
                one.id: gold(decisions[one.id], one, annotations=_own(decisions[one.id])) for one in task.claims()
            }
            publish(task, claims, self._cases, self._write, labels=self._labels)
        except CaseError as error:
            return line.model_copy(update={"word": str(error)})
        return line
