"""The gate: hold a scorecard to a policy. What cannot be measured fails, never passes."""

from typing import NamedTuple

from summarizer.errors import CaseError
from summarizer.evaluation.metrics import definition_of
from summarizer.evaluation.policy import PinnedSuite, Policy
from summarizer.evaluation.scorecard import Scorecard

TOLERANCE = 1e-9  # a floor that was pinned at a score is met by that score


class GateCheck(NamedTuple):
    """One thing that the gate looked at."""

    passed: bool
    words: str


def judge_card(card: Scorecard, policy: Policy) -> tuple[GateCheck, ...]:
    """Hold a scorecard to a policy; every check, passed and failed."""
    asked = [*policy.require, *policy.floor, *policy.ceiling, *policy.drop]
    return (
        *_suite(card, policy.suite),
        *(_measurable(card, name, policy.fewest) for name in dict.fromkeys(asked)),
        *(_at_least(card, name, least) for name, least in policy.floor.items()),
        *(_at_most(card, name, most) for name, most in policy.ceiling.items()),
        *(_not_worse(card, name, policy.baseline[name], by) for name, by in policy.drop.items()),
    )


def _suite(card: Scorecard, pinned: PinnedSuite) -> tuple[GateCheck, ...]:
    facts = card.suite
    counts = GateCheck(
        (facts.cases, facts.claims) == (pinned.cases, pinned.claims),
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
        GateCheck(same, words if same else changed),
        GateCheck(complete, f"suite: {len(card.counted())} results for {facts.claims} claims"),
    )


def _measurable(card: Scorecard, name: str, fewest: int) -> GateCheck:
    metric = card.metric(name)
    if metric is None or metric.value is None:
        return GateCheck(False, f"{name}: not measurable in this run")
    base = metric.n + metric.undecided + metric.unchecked
    return GateCheck(base >= fewest, f"{name}: rests on {base} claims, and at least {fewest} are needed")


def _value(card: Scorecard, name: str) -> float | None:
    metric = card.metric(name)
    return metric.value if metric else None


def _at_least(card: Scorecard, name: str, least: float) -> GateCheck:
    value = _value(card, name)
    return GateCheck(value is not None and value >= least - TOLERANCE, f"{name}: {_shown(value)}, floor {least:.3f}")


def _at_most(card: Scorecard, name: str, most: float) -> GateCheck:
    value = _value(card, name)
    return GateCheck(value is not None and value <= most + TOLERANCE, f"{name}: {_shown(value)}, ceiling {most:.3f}")


def _not_worse(card: Scorecard, name: str, before: float, by: float) -> GateCheck:
    value = _value(card, name)
    lost = None if value is None else _loss(name, before, value)
    words = f"{name}: {_shown(value)}, baseline {before:.3f}, may be worse by {by:.3f}"
    return GateCheck(lost is not None and lost <= by + TOLERANCE, words)


def _loss(name: str, before: float, after: float) -> float:
    """By how much a metric is worse than it was; negative where it is better."""
    definition = definition_of(name)
    better = definition.better if definition else "neither"
    if better == "neither":
        return 0.0
    return after - before if better == "lower" else before - after


def _shown(value: float | None) -> str:
    return "not measurable" if value is None else f"{value:.3f}"


def pinned(card: Scorecard, policy: Policy, *, allow_regression: bool = False) -> Policy:
    """The policy with suite and baseline of this run.

    Raises a `CaseError` where that would lower a bar, unless it is allowed: a value of
    the baseline that gets worse, or a suite with fewer claims.
    """
    names = [*policy.baseline, *(name for name in policy.drop if name not in policy.baseline)]
    values = {name: _value(card, name) for name in names}
    unknown = [name for name, value in values.items() if value is None]
    if unknown:
        raise CaseError(f"{unknown[0]}: not measurable in this run, so it cannot be pinned")
    worse = [name for name, before in policy.baseline.items() if _loss(name, before, values[name] or 0.0) > TOLERANCE]
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
