"""Settle the claims on which two annotators disagree, and write the case once nothing is open."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from summarizer.errors import CaseError, UsageError
from summarizer.evaluation.cases import Difficulty, GoldClaim
from summarizer.evaluation.label.decisions import Decision, check_words, gold
from summarizer.evaluation.label.publishing import publish
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


class Pair(NamedTuple):
    """What both annotators say of one claim, both of them done."""

    claim: Statement
    first: Decision
    second: Decision

    @property
    def labels(self) -> tuple[Label, ...]:
        return tuple(one.label for one in (self.first, self.second) if one.label)

    @property
    def differs(self) -> bool:
        """Whether they differ in what a score or its parts depend on: label, kind of error, ambiguity."""
        one, other = gold(self.first, self.claim), gold(self.second, self.claim)
        return (one.label, one.error, one.ambiguous) != (other.label, other.error, other.ambiguous)


class TaskState(NamedTuple):
    """How far an article has come."""

    pairs: tuple[Pair, ...]
    settled: dict[str, Decision]
    """What the adjudicator has decided, by claim."""
    waiting: tuple[str, ...]
    """What is still to be labelled, and by whom."""

    @property
    def disputed(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.differs)

    def decided(self, pair: Pair) -> bool:
        return pair.claim.id in self.settled and self.settled[pair.claim.id].done


class Adjudication:
    """The store of the adjudicator, who sees the claims on which two annotators disagree, and the reasons of both.

    Decisions are kept in `labels/FIRST+SECOND/`, so that they outlive a stop; a `+` is in
    no annotator's name.
    """

    def __init__(self, folder: Path, tasks: Sequence[Task], *, first: str, second: str, write: Write) -> None:
        check_name(first)
        check_name(second)
        if first.casefold() == second.casefold():
            raise UsageError(f"{first} and {second}: name two annotators, not one twice")
        self._cases = folder / "cases"
        self._write = write
        self._tasks = {task.slug: task for task in tasks}
        self._both = Labels(folder, first, write), Labels(folder, second, write)
        self._own = Labels(folder, f"{first}+{second}", write)
        for task in tasks:
            self._outcome(task)  # an article without a dispute gets its case at once

    @property
    def slugs(self) -> frozenset[str]:
        return frozenset(self._tasks)

    def listed(self) -> TaskList:
        lines = tuple(self._line(task) for task in self._tasks.values())
        return TaskList(mode="adjudicate", names=tuple(one.name for one in self._both), tasks=lines)

    def show(self, slug: str) -> TaskView:
        task = self._tasks[slug]
        state = self._state(task)
        names = [one.name for one in self._both]
        claims = (
            ClaimToLabel(
                id=pair.claim.id,
                text=pair.claim.text,
                decision=state.settled.get(pair.claim.id, Decision()),
                others=(
                    OtherDecision(name=names[0], decision=pair.first),
                    OtherDecision(name=names[1], decision=pair.second),
                ),
            )
            for pair in state.disputed
        )
        return shown(task, claims=tuple(claims))

    def decide(self, slug: str, claim: str, decision: Decision) -> TaskLine:
        """Keep a decision, and write the case if it was the last. Raises a `CaseError` where it has no reason."""
        task = self._tasks[slug]
        statement = statement_of(task, claim)
        if claim not in {pair.claim.id for pair in self._state(task).disputed}:
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
        disputed = [(one, pair) for one in states for pair in one.disputed]
        settled = sum(one.decided(pair) for one, pair in disputed)
        written = sum(not line.word for line in self.listed().tasks)
        return f"{settled} of {len(disputed)} disputed claims are settled, {written} of {len(states)} cases are written"

    def _state(self, task: Task) -> TaskState:
        first, second = (one.read(task) for one in self._both)
        pairs, waiting = [], {one.name: 0 for one in self._both}
        for claim in task.claims():
            both = first.get(claim.id, Decision()), second.get(claim.id, Decision())
            for labels, decision in zip(self._both, both, strict=True):
                waiting[labels.name] += not decision.done
            if both[0].done and both[1].done:
                pairs.append(Pair(claim, *both))
        words = tuple(f"{name} has {count} to label" for name, count in waiting.items() if count)
        return TaskState(tuple(pairs), dict(self._own.read(task)), words)

    def _line(self, task: Task) -> TaskLine:
        state = self._state(task)
        done = tuple(state.decided(pair) for pair in state.disputed)
        return TaskLine(slug=task.slug, article=task.document.name, done=done, word=self._outcome(task))

    def _outcome(self, task: Task) -> str:
        """Write the case of an article where nothing is open; else say what is."""
        state = self._state(task)
        if state.waiting:
            return ", ".join(state.waiting)
        still = sum(not state.decided(pair) for pair in state.disputed)
        if still:
            return f"{still} to settle"
        try:
            self._publish(task, state)
        except CaseError as error:
            return str(error)
        return ""

    def _publish(self, task: Task, state: TaskState) -> None:
        claims = {pair.claim.id: _settled(pair, state) for pair in state.pairs}
        publish(task, claims, self._cases, self._write)


def _settled(pair: Pair, state: TaskState) -> GoldClaim:
    decision = state.settled[pair.claim.id] if pair.differs else _agreed(pair)
    return gold(decision, pair.claim, annotations=pair.labels)


def _agreed(pair: Pair) -> Decision:
    """One decision of two that say the same: all sets of evidence, all notes, the harder difficulty.

    Where the rest differs (the pair of the conflict, speaker, modality) the first annotator's stands.
    """
    one, other = pair.first, pair.second
    levels = get_args(Difficulty)
    return one.model_copy(
        update={
            "evidence": (*one.evidence, *other.evidence),
            "speaker": one.speaker or other.speaker,
            "difficulty": max(one.difficulty, other.difficulty, key=levels.index),
            "note": " / ".join(dict.fromkeys(note for note in (one.note.strip(), other.note.strip()) if note)),
        }
    )
