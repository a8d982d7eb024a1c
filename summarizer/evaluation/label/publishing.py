"""Write the case of an article whose claims are all labelled, and the store of an annotator who labels alone."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from summarizer.errors import CaseError
from summarizer.evaluation.case_files import parse_case
from summarizer.evaluation.cases import CaseFile, GoldClaim, GoldSummary
from summarizer.evaluation.label.decisions import Decision, gold
from summarizer.evaluation.label.store import Labelling, TaskLine, TaskList, Write, make_folder, to_json
from summarizer.evaluation.label.tasks import Task
from summarizer.schema import Label


def publish(
    task: Task, claims: Mapping[str, GoldClaim], folder: Path, write: Write, *, annotators: tuple[str, ...] = ()
) -> None:
    """Write `cases/SLUG.json`, unless it is there already to the letter. Raises a `CaseError` for a broken case."""
    _refuse_two_labels(claims.values())
    file = CaseFile(
        article=task.document.name,
        kind=task.kind,
        split=task.split,
        key_sentences=task.key_sentences,
        annotators=annotators,
        summaries=tuple(
            GoldSummary(writer=one.writer, claims=tuple(claims[claim.id] for claim in one.claims))
            for one in task.summaries
        ),
    )
    text = to_json(file)
    parse_case(f"{task.slug}.json", text, task.document.text)
    make_folder(folder)
    path = folder / f"{task.slug}.json"
    if not (path.exists() and path.read_bytes() == text.encode("utf-8")):
        write(path, text)


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
        if not all(line.done):
            return line
        task = self._tasks[line.slug]
        decisions = self._labels.read(task)
        try:
            claims = {
                one.id: gold(decisions[one.id], one, annotations=_own(decisions[one.id])) for one in task.claims()
            }
            publish(task, claims, self._cases, self._write)
        except CaseError as error:
            return line.model_copy(update={"word": str(error)})
        return line
