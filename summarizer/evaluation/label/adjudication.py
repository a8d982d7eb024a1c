"""Settle the claims on which annotators disagree, and write the case once nothing is open."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from summarizer.errors import CaseError, UsageError
from summarizer.evaluation.cases import Difficulty, GoldClaim
from summarizer.evaluation.label.decisions import Decision, check_words, gold
from summarizer.evaluation.label.publishing import publish, refuse_only_tables, refuse_table
from summarizer.evaluation.label.store import (
    ClaimToLabel,
    Labels,
    OtherDecision,
    TaskLine,
    TaskList,
    TaskView,
    Write,
    check_name,
    shown,
    statement_of,
)
from summarizer.evaluation.label.tasks import Statement, Task
from summarizer.schema import Label

LONGEST = 200  # letters of a folder's name, which file systems take


class Answers(NamedTuple):
    """What the annotators say of one claim, those of them who are done with it."""

    claim: Statement
    decisions: tuple[Decision | None, ...]
    """In the order of the annotators; None from who is not done."""

    @property
    def given(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one)

    @property
    def labels(self) -> tuple[Label | None, ...]:
        return tuple(one.label if one else None for one in self.decisions)

    @property
    def differ(self) -> bool:
        """Whether they differ in what a score or its parts depend on: label, kind of error, ambiguity."""
        said = [gold(one, self.claim) for one in self.given]
        return len({(one.label, one.error, one.ambiguous) for one in said}) > 1


class TaskState(NamedTuple):
    """How far an article has come."""

    answers: tuple[Answers, ...]
    """Of the claims that enough annotators are done with."""
    settled: dict[str, Decision]
    """What the adjudicator has decided, by claim."""
    waiting: tuple[str, ...]
    """What is still to be labelled, and by whom."""

    @property
    def disputed(self) -> tuple[Answers, ...]:
        return tuple(one for one in self.answers if one.differ)

    def decided(self, one: Answers) -> bool:
        return one.claim.id in self.settled and self.settled[one.claim.id].done


class Adjudication:
    """The store of the adjudicator, who sees the claims on which annotators disagree, and the reasons of each.

    `fewest` annotators must be done with a claim, and all of them by default. Decisions are
    kept in `labels/FIRST+SECOND/`, so that they outlive a stop; a `+` is in no annotator's name, and another order of
    the names finds them again.
    """

    def __init__(
        self, folder: Path, tasks: Sequence[Task], *, names: Sequence[str], fewest: int | None = None, write: Write
    ) -> None:
        _check_names(names)
        if fewest is not None and fewest > len(names):
            raise UsageError(f"--fewest {fewest}: only {len(names)} annotators are named")
        self._cases = folder / "cases"
        self._write = write
        self._tasks = {task.slug: task for task in tasks}
        self._all = tuple(Labels(folder, name, write) for name in names)
        self._fewest = fewest or len(names)
        self._own = Labels(folder, _kept_under(folder / "labels", names), write)
        refuse_only_tables(tasks, self._cases)
        for task in tasks:
            self._outcome(task)  # an article without a dispute gets its case at once

    @property
    def slugs(self) -> frozenset[str]:
        return frozenset(self._tasks)

    def listed(self) -> TaskList:
        lines = tuple(self._line(task) for task in self._tasks.values())
        return TaskList(mode="adjudicate", names=tuple(one.name for one in self._all), tasks=lines)

    def show(self, slug: str) -> TaskView:
        task = self._tasks[slug]
        state = self._state(task)
        claims = (
            ClaimToLabel(
                id=one.claim.id,
                text=one.claim.text,
                decision=state.settled.get(one.claim.id, Decision()),
                others=tuple(
                    OtherDecision(name=labels.name, decision=decision)
                    for labels, decision in zip(self._all, one.decisions, strict=True)
                    if decision
                ),
            )
            for one in state.disputed
        )
        return shown(task, claims=tuple(claims))

    def decide(self, slug: str, claim: str, decision: Decision) -> TaskLine:
        """Keep a decision, and write the case if it was the last. Raises a `CaseError` where it has no reason."""
        task = self._tasks[slug]
        statement = statement_of(task, claim)
        if claim not in {one.claim.id for one in self._state(task).disputed}:
            raise CaseError(f"{claim}: the annotators no longer disagree on it; load the page again")
        check_words(decision, statement, task.document.text)
        if decision.done:
            gold(decision, statement)
            if not decision.note.strip():
                raise CaseError(f"{claim}: Write the reason of the decision first (w).")
        self._own.keep(task, statement, decision)
        return self._line(task)

    def saved(self) -> str:
        states = [self._state(task) for task in self._tasks.values()]
        disputed = [(state, one) for state in states for one in state.disputed]
        settled = sum(state.decided(one) for state, one in disputed)
        written = sum(not line.word for line in self.listed().tasks)
        return f"{settled} of {len(disputed)} disputed claims are settled, {written} of {len(states)} cases are written"

    def _state(self, task: Task) -> TaskState:
        kept = [labels.read(task) for labels in self._all]
        every = [Answers(claim, tuple(_done(one.get(claim.id)) for one in kept)) for claim in task.claims()]
        enough = tuple(one for one in every if len(one.given) >= self._fewest)
        return TaskState(enough, dict(self._own.read(task)), tuple(self._waiting(every, len(enough))))

    def _waiting(self, every: Sequence[Answers], enough: int) -> Iterator[str]:
        if enough == len(every):
            return
        if self._fewest < len(self._all):
            yield f"{len(every) - enough} have fewer than {self._fewest} labels"
            return
        for place, labels in enumerate(self._all):
            if left := sum(one.decisions[place] is None for one in every):
                yield f"{labels.name} has {left} to label"

    def _line(self, task: Task) -> TaskLine:
        state = self._state(task)
        done = tuple(map(state.decided, state.disputed))
        return TaskLine(slug=task.slug, article=task.document.name, done=done, word=self._outcome(task))

    def _outcome(self, task: Task) -> str:
        """Write the case of an article where nothing is open; else say what is."""
        state = self._state(task)
        try:
            refuse_table(task, self._cases)
            if state.waiting:
                return ", ".join(state.waiting)
            if still := sum(not state.decided(one) for one in state.disputed):
                return f"{still} to settle"
            self._publish(task, state)
        except CaseError as error:
            return str(error)
        return ""

    def _publish(self, task: Task, state: TaskState) -> None:
        claims = {one.claim.id: _settled(one, state) for one in state.answers}
        publish(task, claims, self._cases, self._write, labels=self._own, others=self._all)


def _check_names(names: Sequence[str]) -> None:
    for name in names:
        check_name(name)
    if len({name.casefold() for name in names}) < max(2, len(names)):
        raise UsageError(f"{' and '.join(names)}: name two annotators or more, each of them once")
    if len("+".join(names)) > LONGEST:
        raise UsageError(f"the names of the annotators have more than {LONGEST} letters together")


def _kept_under(labels: Path, names: Sequence[str]) -> str:
    """The folder of what was settled between these annotators, in whatever order they were named then."""
    given = "+".join(names)
    kept = sorted(path.name for path in labels.glob("*+*") if sorted(path.name.split("+")) == sorted(names))
    return given if given in kept or not kept else kept[0]


def _done(decision: Decision | None) -> Decision | None:
    return decision if decision and decision.done else None


def _settled(one: Answers, state: TaskState) -> GoldClaim:
    decision = state.settled[one.claim.id] if one.differ else _agreed(one.given)
    return gold(decision, one.claim, annotations=one.labels)


def _agreed(decisions: Sequence[Decision]) -> Decision:
    """One decision of several that say the same: all sets of evidence, all notes, the harder difficulty.

    Where the rest differs (the pair of the conflict, speaker, modality) the first annotator's stands.
    """
    levels = get_args(Difficulty)
    notes = dict.fromkeys(note for one in decisions if (note := one.note.strip()))
    return decisions[0].model_copy(
        update={
            "evidence": tuple(own for one in decisions for own in one.evidence),
            "speaker": next((one.speaker for one in decisions if one.speaker), ""),
            "difficulty": max((one.difficulty for one in decisions), key=levels.index),
            "note": " / ".join(notes),
        }
    )
