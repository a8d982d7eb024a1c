"""The gate: hold a scorecard to a policy. What cannot be measured fails, never passes."""

import math

from summarizer.errors import CaseError
from summarizer.evaluation.intervals import FEWEST
from summarizer.evaluation.metrics import definition_of
from summarizer.evaluation.policy import End, PinnedSuite, Policy, bars_of
from summarizer.evaluation.scorecard import BarCheck, Metric, Scorecard
from summarizer.evaluation.statistics import ALIKE, digits_apart

FLOORS = ("balanced_accuracy", "recall_unsupported")
CEILINGS = ("false_support", "false_alarms", "unanswered")
DROPS = ("balanced_accuracy", "recall_unsupported", "false_support")
MAY_DROP = 0.02  # two claims of a hundred
MOST_UNANSWERED = 0.1  # from there on a run says more of its server than of its judge


def judge_card(card: Scorecard, policy: Policy) -> tuple[BarCheck, ...]:
    """Hold a scorecard to a policy; every check, passed and failed."""
    asked = [*policy.require, *policy.floor, *policy.ceiling, *policy.drop]
    return (
        *_suite(card, policy.suite),
        *(_measurable(card, name, policy.fewest) for name in dict.fromkeys(asked)),
        *(_floor(card, name, end, bar) for name, one in policy.floor.items() for end, bar in bars_of(one).items()),
        *(_ceiling(card, name, end, bar) for name, one in policy.ceiling.items() for end, bar in bars_of(one).items()),
        *(_not_worse(card, name, policy.baseline[name], by) for name, by in policy.drop.items()),
    )


def with_bars(card: Scorecard, policy: Policy) -> Scorecard:
    """The scorecard with what the policy asks of it, so that every form shows it."""
    return card.model_copy(update={"bars": judge_card(card, policy)})


def takes_place(card: Scorecard, kept: Scorecard, policy: Policy) -> bool:
    """Whether a run takes the place of the scorecard that is kept.

    Not where it misses a bar that the other meets over the same labels and inputs: a run that got worse would be what
    later ones are compared with. Over others there is nothing to compare with, and a new pin is due.
    """
    return card.suite.sha256 != kept.suite.sha256 or _meets(card, policy) or not _meets(kept, policy)


def _meets(card: Scorecard, policy: Policy) -> bool:
    return all(one.passed for one in judge_card(card, policy))


def _check(passed: bool, name: str, words: str) -> BarCheck:
    return BarCheck(name=name, passed=passed, words=words)


def _suite(card: Scorecard, pinned: PinnedSuite) -> tuple[BarCheck, ...]:
    facts = card.suite
    counts = _check(
        (facts.cases, facts.claims) == (pinned.cases, pinned.claims),
        "suite",
        f"suite: {facts.cases} cases, {facts.claims} claims; pinned: {pinned.cases} cases, {pinned.claims} claims",
    )
    same = facts.sha256 == pinned.sha256
    words = "suite: labels and inputs are the pinned ones"
    changed = (
        f"suite: labels or inputs have changed ({facts.sha256[:12]} instead of {pinned.sha256[:12]}); pin it again"
    )
    complete = len(card.counted()) == facts.claims
    return (
        counts,
        _check(same, "suite", words if same else changed),
        _check(complete, "suite", f"suite: {len(card.counted())} results for {facts.claims} claims"),
    )


def _measurable(card: Scorecard, name: str, fewest: int) -> BarCheck:
    metric = card.metric(name)
    if metric is None or metric.value is None:
        return _check(False, name, f"{name}: not measurable in this run")
    if not _is_of_claims(name):
        return _check(True, name, f"{name}: measured over the whole run")
    if not 0 <= metric.value <= 1:
        return _check(False, name, f"{name}: goes from 0 to 1, and the scorecard says {metric.value:g}")
    base = metric.n if metric.base is None else metric.base
    return _check(base >= fewest, name, f"{name}: rests on {base} claims, and at least {fewest} are needed")


def _is_of_claims(name: str) -> bool:
    """Whether a metric is a share or a mean over claims; a count or a sum rests on the whole run."""
    definition = definition_of(name)
    return definition is None or definition.unit in ("share", "score")


def _value(card: Scorecard, name: str) -> float | None:
    metric = card.metric(name)
    return metric.value if metric else None


def _floor(card: Scorecard, name: str, end: End, least: float) -> BarCheck:
    value, about = _at(card, name, end)
    met = value is not None and value >= least - ALIKE
    return _check(met, name, f"{about}{_beside(value, least, 'floor')}")


def _ceiling(card: Scorecard, name: str, end: End, most: float) -> BarCheck:
    value, about = _at(card, name, end)
    met = value is not None and value <= most + ALIKE
    return _check(met, name, f"{about}{_beside(value, most, 'ceiling')}")


def _beside(value: float | None, bar: float, what: str) -> str:
    """`0.712, floor 0.700`, with so many digits that a value that misses the bar does not look like it."""
    if value is None:
        return f", {what} {bar:.3f}"
    digits = digits_apart(value, bar, least=3)
    return f"{value:.{digits}f}, {what} {bar:.{digits}f}"


def _at(card: Scorecard, name: str, end: End) -> tuple[float | None, str]:
    """The value or an end of the interval, and the words before it; where there is none, why."""
    metric = card.metric(name)
    if metric is None or metric.value is None:
        return None, f"{name}: not measurable"
    if end == "value":
        return metric.value, f"{name}: "
    bound = metric.low if end == "low" else metric.high
    return bound, f"{name}: {end} end of the interval {_why_none(metric) if bound is None else ''}"


def _why_none(metric: Metric) -> str:
    few = metric.articles is not None and metric.articles < FEWEST
    return "none, too few articles" if few else "none in this run"


def _not_worse(card: Scorecard, name: str, before: float, by: float) -> BarCheck:
    value = _value(card, name)
    if value is None:
        return _check(False, name, f"{name}: not measurable, baseline {before:.3f}, may be worse by {by:.3f}")
    lost = _loss(name, before, value)
    digits = digits_apart(lost, by, least=3)
    words = f"{name}: {value:.{digits}f}, baseline {before:.{digits}f}, may be worse by {by:.{digits}f}"
    return _check(lost <= by + ALIKE, name, words)


def _loss(name: str, before: float, after: float) -> float:
    """By how much a metric is worse than it was; negative where it is better."""
    definition = definition_of(name)
    better = definition.better if definition else "neither"
    if better == "neither":
        return 0.0
    return after - before if better == "lower" else before - after


def pinned(card: Scorecard, policy: Policy, *, allow_regression: bool = False) -> Policy:
    """The policy with suite and baseline of this run.

    Raises a `CaseError` where that would lower a bar, unless it is allowed: a value of
    the baseline that gets worse, or a suite with fewer claims.
    """
    if not card.counted():
        raise CaseError("the run has no claims that count, so it cannot be pinned")
    names = [*policy.baseline, *(name for name in policy.drop if name not in policy.baseline)]
    values = {name: _value(card, name) for name in names}
    unknown = [name for name, value in values.items() if value is None]
    if unknown:
        raise CaseError(f"{unknown[0]}: not measurable in this run, so it cannot be pinned")
    worse = [name for name, before in policy.baseline.items() if _loss(name, before, values[name] or 0.0) > ALIKE]
    if worse and not allow_regression:
        raise CaseError(
            f"{worse[0]}: would be pinned at {values[worse[0]]:.3f}, worse than {policy.baseline[worse[0]]:.3f}; "
            "--allow-regression pins it anyway"
        )
    if card.suite.claims < policy.suite.claims and not allow_regression:
        raise CaseError(
            f"the suite has {card.suite.claims} claims, and {policy.suite.claims} were pinned; "
            "--allow-regression pins it anyway"
        )
    suite = PinnedSuite(sha256=card.suite.sha256, cases=card.suite.cases, claims=card.suite.claims)
    return policy.model_copy(
        update={"suite": suite, "baseline": {name: value for name, value in values.items() if value is not None}}
    )


def first_policy(card: Scorecard) -> Policy:
    """A policy that this run meets: bars at the ends of its intervals, a baseline, and false support as a guardrail.

    Raises a `CaseError` where the run has nothing to hold a later one to.
    """
    floor = {name: bar for name in FLOORS if (bar := _first_bar(card, name)) is not None}
    ceiling = {name: bar for name in CEILINGS if (bar := _first_bar(card, name)) is not None}
    baseline = {name: value for name in DROPS if (value := _value(card, name)) is not None}
    if not baseline:
        raise CaseError("the run has no score to start from: its claims need labels, and some must be unsupported")
    metrics = [card.metric(name) for name in (*floor, *ceiling, *baseline)]
    bases = [one.base or one.n for one in metrics if one]
    return Policy(
        suite=PinnedSuite(sha256=card.suite.sha256, cases=card.suite.cases, claims=card.suite.claims),
        fewest=max(1, min(20, *bases)),
        floor=dict(floor),
        ceiling=dict(ceiling),
        drop=dict.fromkeys(baseline, MAY_DROP),
        baseline=baseline,
    )


def doubts(card: Scorecard, policy: Policy) -> tuple[str, ...]:
    """Why a policy that this run is pinned in may hold later ones to little: for people, a line each."""
    lost = _value(card, "unanswered") or 0.0
    open_bars = [f"[floor] {name}" for name, bar in policy.floor.items() if bars_of(bar).get("value") == 0]
    open_bars += [
        f"[ceiling] {name}"
        for name, bar in policy.ceiling.items()
        if (definition := definition_of(name)) and definition.unit == "share" and bars_of(bar).get("value") == 1
    ]
    return (
        *([f"{100 * lost:.1f} per cent of the claims were not answered in this run; repair that, and pin it again"]
          if lost > MOST_UNANSWERED else []),
        *([f"every run meets {', '.join(open_bars)}; write a bar of your own there"] if open_bars else []),
    )  # fmt: skip


def _first_bar(card: Scorecard, name: str) -> float | None:
    """The end of the interval on the bad side, in whole per cent; without an interval ten points beside the value."""
    metric = card.metric(name)
    if metric is None or metric.value is None:
        return None
    if name in FLOORS:
        low = metric.value - 0.1 if metric.low is None else metric.low
        return max(0, math.floor(100 * low)) / 100
    high = metric.value + 0.1 if metric.high is None else metric.high
    return min(100, math.ceil(100 * high)) / 100
