"""What a metric is: a name, a unit, which way is better, a meaning in one line, and how to compute it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from summarizer.evaluation.cases import Case
from summarizer.evaluation.intervals import share_interval
from summarizer.evaluation.scorecard import Metric, Result
from summarizer.evaluation.statistics import Interval, Ratios, score
from summarizer.schema import Label, Report

Better = Literal["higher", "lower", "neither"]
Unit = Literal["share", "score", "count", "tokens", "USD"]
"""A share is printed in per cent; a score is a number from 0 to 1 that is not a share of anything."""
Section = Literal["headline", "label", "error", "difficulty", "further"]
"""The table of a scorecard in which a metric stands."""

Test = Callable[[Result], bool]


@dataclass(frozen=True)
class ScoredRun:
    """What a metric may look at."""

    results: Sequence[Result]
    """The claims that count, in the order of the suite."""
    reports: Sequence[Report] = ()
    """The reports of the summaries that could be checked."""
    written: Sequence[tuple[Case, Report]] = ()
    """Each article with the summary that the run wrote of it, where it was asked to."""
    rounds: Sequence[Sequence[Result]] = ()
    """The results of each repeat, the first included."""

    @cached_property
    def articles(self) -> tuple[tuple[Result, ...], ...]:
        """The results of each article."""
        found: dict[str, list[Result]] = {}
        for one in self.results:
            found.setdefault(one.cluster, []).append(one)
        return tuple(map(tuple, found.values()))


Compute = Callable[[str, ScoredRun], Metric | None]
"""From the full name of a metric and a run to its value; None where the run was not asked to measure it."""


class Further(NamedTuple):
    """Parts of a family that are known by their form alone."""

    may_be: Callable[[str], bool]
    occurring: Callable[[ScoredRun], Sequence[str]]
    """Those of a run, in order."""
    described: str
    """In a few words."""


class Share(NamedTuple):
    """Of the claims that pass `of`, the share that pass `hit`."""

    of: Test
    hit: Test
    value: Callable[[Result], float] | None = None
    """What a claim adds to the numerator, where it is not yes or no."""
    weight: Callable[[Result], float] | None = None
    """What a claim adds to the denominator, where it is not 1."""

    def ratio(self, results: Iterable[Result]) -> tuple[float, float]:
        """Numerator and denominator."""
        base = [one for one in results if self.of(one)]
        top = math.fsum(map(self.value, base)) if self.value else float(sum(map(self.hit, base)))
        return top, math.fsum(map(self.weight, base)) if self.weight else float(len(base))


class MetricDefinition(NamedTuple):
    """A metric, or a family of metrics with one part for each label, kind of error, ..."""

    name: str
    """`balanced_accuracy`; of a family `recall_unsupported/*`."""
    title: str
    """A few words for a table."""
    meaning: str
    """One line that says what is counted."""
    better: Better
    unit: Unit
    compute: Compute
    parts: tuple[str, ...] = ()
    """What may stand in place of the `*` of a family."""
    further: "Further | None" = None
    """What else may, where a suite brings parts with it; None where it cannot."""
    section: Section = "further"
    column: str = ""
    """Head of its column in the matrix of runs; empty where it has none."""
    compared: tuple[Share, ...] = ()
    """The shares whose mean it is, where a comparison of two runs shows its difference; empty where it does not."""

    @property
    def names(self) -> tuple[str, ...]:
        """The full names: one for a metric, one for each part of a family."""
        return self.names_of(self.parts) if self.parts else (self.name,)

    def names_of(self, parts: Iterable[str]) -> tuple[str, ...]:
        """The full names of some parts of a family."""
        return tuple(self.name.replace("*", part) for part in parts)

    def has(self, part: str) -> bool:
        """Whether a family has a part of that name."""
        return part in self.parts or (self.further is not None and self.further.may_be(part))


def mean(*shares: Share) -> Compute:
    """The mean of some shares, with an interval over articles."""

    def compute(name: str, run: ScoredRun) -> Metric:
        ratios: list[Ratios] = [[share.ratio(own) for share in shares] for own in run.articles]
        interval = share_interval(ratios, counted=not any(share.value for share in shares)) if ratios else None
        found = measured(name, score(ratios), interval, run.results, shares)
        return found.model_copy(update={"articles": sum(any(bottom for _, bottom in own) for own in ratios)})

    return compute


def by_part(of: Callable[[str], Compute], occurs: Callable[[str, Sequence[Result]], bool] | None = None) -> Compute:
    """A family: the part of the name chooses what to compute; a part that does not occur is not measured."""

    def compute(name: str, run: ScoredRun) -> Metric | None:
        part = name.partition("/")[2]
        return of(part)(name, run) if occurs is None or occurs(part, run.results) else None

    return compute


def measured(
    name: str, value: float | None, interval: Interval | None, results: Sequence[Result], shares: Sequence[Share]
) -> Metric:
    """A metric of some shares, with the claims that it rests on and those that it would rest on, had they a verdict."""
    left_out = [one for one in results if not one.decided and any(share.of(_as_decided(one)) for share in shares)]
    return Metric(
        name=name,
        value=value,
        low=interval.low if interval and value is not None else None,
        high=interval.high if interval and value is not None else None,
        n=sum(any(share.of(one) for share in shares) for one in results),
        base=sum(any(share.of(one) or share.of(_as_decided(one)) for share in shares) for one in results),
        undecided=sum(one.outcome == "undecided" for one in left_out),
        unchecked=sum(one.outcome == "unchecked" for one in left_out),
    )


def with_interval(
    name: str, value: float | None, interval: Interval | None, n: int, articles: int | None = None
) -> Metric:
    """A metric that does not rest on single claims."""
    low, high = interval or (None, None)
    return Metric(name=name, value=value, low=low, high=high, n=n, articles=articles)


def _as_decided(one: Result) -> Result:
    """An open claim as if it had been given its true label: whether it would have been in the base of a score."""
    if one.decided:
        return one
    return one.model_copy(
        update={"outcome": "verdict", "label": Label.NOT_IN_SOURCE if one.gold == "unsupported" else one.gold}
    )


def always(_: Result) -> bool:
    return True


def decided(one: Result) -> bool:
    return one.decided


def unsupported(one: Result) -> bool:
    return not supported(one)


def supported(one: Result) -> bool:
    return one.gold == "supported"


def flagged(one: Result) -> bool:
    """Decided to be unsupported; an undecided or unchecked claim is not flagged."""
    return one.label in ("contradicted", "not_in_source")


def passed(one: Result) -> bool:
    """Decided to be supported."""
    return one.label == "supported"


def both(first: Test, second: Test) -> Test:
    return lambda one: first(one) and second(one)
