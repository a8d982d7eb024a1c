"""Whether one run is better than another: paired by claim, clustered by article.

The verdict rests on the articles, because claims of one article depend on each other: the signs of the differences
per article are flipped at random (Fisher's randomisation test). A guardrail is a score that must not get worse by more
than its margin, whatever the primary score does; it is broken where that test says so, or the interval of the loss is
wholly beyond the margin, or, with so few articles that no test over them can say anything, McNemar's test over claims.
The primary score and the guardrails share an error rate of five per cent. McNemar's exact test over claims is given as
well, as the field expects it. Which scores can be compared, and which way is better, is in the registry of metrics;
which decide, in the policy.
"""

from collections.abc import Sequence
from typing import Literal

from summarizer.errors import CaseError
from summarizer.evaluation.cases import GoldLabel
from summarizer.evaluation.intervals import difference_interval, minimum_detectable_effect
from summarizer.evaluation.metrics import MetricDefinition, definitions
from summarizer.evaluation.policy import Comparing
from summarizer.evaluation.scorecard import PredictedLabel, Result, Scorecard, is_right
from summarizer.evaluation.statistics import (
    ALIKE,
    LEVEL,
    Interval,
    Ratios,
    mcnemar,
    score,
    sign_flip,
)
from summarizer.evaluation.twins import result_twins
from summarizer.schema import Label, Record

PRIMARY_RATE = 0.04  # two-sided; six articles that all change one way give 0.031
Pair = tuple[Result, Result]
Sides = tuple[list[Ratios], list[Ratios]]
"""The sums of both runs, by article."""
GUARDRAIL_RATE = 0.01  # one-sided, shared by all guardrails; seven articles that all get worse give 0.008
PROOF_RATE = 0.05  # of the intervals of all guardrails together; for a single one it is the interval that is printed


class Difference(Record):
    """How a score changed from the first run to the second."""

    name: str
    """Name of the metric."""
    first: float | None
    """Value in the first run; null where it cannot be measured."""
    second: float | None
    """Value in the second run."""
    low: float | None = None
    """Lower bound of the 95 per cent interval of the difference."""
    high: float | None = None
    """Upper bound."""

    @property
    def value(self) -> float | None:
        """Second less first."""
        return None if self.first is None or self.second is None else self.second - self.first


class Change(Record):
    """A claim on which the runs differ."""

    case: str
    """Id of the case."""
    claim: str
    """Id of the claim."""
    text: str
    """The claim."""
    gold: GoldLabel
    """Its true label."""
    first: PredictedLabel
    """What the first run made of it."""
    second: PredictedLabel
    """What the second run made of it."""

    @property
    def gained(self) -> bool:
        """Whether the second run is right where the first was not."""
        return is_right(self.second, self.gold) and not is_right(self.first, self.gold)

    @property
    def lost(self) -> bool:
        """Whether the first run is right where the second is not."""
        return is_right(self.first, self.gold) and not is_right(self.second, self.gold)


class Guardrail(Record):
    """A score that must not get worse by more than a margin."""

    name: str
    """Name of the metric."""
    margin: float
    """By how much it may get worse."""
    loss: float | None
    """By how much it did, negative where it got better; null where it cannot be measured."""
    low: float | None = None
    """Lower bound of the interval of the loss, of 95 per cent for all guardrails together; null under five articles."""
    high: float | None = None
    """Upper bound."""
    p: float
    """One-sided p of getting worse."""
    over: Literal["articles", "claims"] = "articles"
    """What that p is over: claims where the articles are so few that even all of them getting worse may be chance."""
    outcome: Literal["held", "broken", "beyond, not proven", "not measurable"]
    """`broken`: worse by more than the margin, and not by chance, as the p or the interval says. `beyond, not proven`
    may be chance. What is not measurable in one of the runs has not held."""


class Comparison(Record):
    """Two runs over the same claims."""

    first: str
    """Name of the first run."""
    second: str
    """Name of the second run."""
    claims: int
    """Claims that both runs have."""
    cases: int
    """Articles that they come from."""
    only_first: int
    """Claims that only the first run gets right."""
    only_second: int
    """Claims that only the second run gets right."""
    mcnemar: float
    """p of McNemar's exact test over claims."""
    primary: str
    """Name of the score that decides where every guardrail holds."""
    p: float
    """Its p over articles."""
    minimum_detectable_effect: float | None
    """Smallest difference in it that these articles would show with a power of 80 per cent; null where they are too few
    to show any, or it cannot be measured."""
    guardrails: tuple[Guardrail, ...] = ()
    """The scores that must not get worse, in the order of the policy."""
    differences: tuple[Difference, ...]
    """The scores that are compared, in the order of the registry."""
    changes: tuple[Change, ...]
    """Claims on which the runs differ."""
    warnings: tuple[str, ...] = ()
    """What a reader should know before trusting the verdict."""
    verdict: Literal["better", "worse", "inconclusive"]
    """What the second run is, compared with the first."""


def compare(
    first: Scorecard,
    second: Scorecard,
    *,
    names: tuple[str, str] = ("first", "second"),
    rules: Comparing | None = None,
) -> Comparison:
    """Compare two scorecards claim by claim; undecided and unchecked are not right.

    Raises a `CaseError` where they share no claims, or give one of them two true labels.
    """
    rules = rules or Comparing()
    pairs, warnings = _paired(first, second)
    clusters = _by_article(pairs)
    primary = definitions()[rules.primary]
    sides = _sides(primary, clusters)
    p = sign_flip(_gains(primary, sides))
    guardrails = tuple(
        _guardrail(definitions()[name], margin, clusters, of=len(rules.margin)) for name, margin in rules.margin.items()
    )
    only_first = sum(a.right and not b.right for a, b in pairs)
    only_second = sum(b.right and not a.right for a, b in pairs)
    return Comparison(
        first=names[0],
        second=names[1],
        claims=len(pairs),
        cases=len(clusters),
        only_first=only_first,
        only_second=only_second,
        mcnemar=mcnemar(only_first, only_second),
        primary=primary.name,
        p=p,
        minimum_detectable_effect=_detectable(primary, clusters),
        guardrails=guardrails,
        differences=tuple(_difference(one, clusters) for one in definitions().values() if one.compared),
        changes=tuple(
            Change(case=a.case, claim=a.claim, text=a.text, gold=a.gold, first=a.predicted, second=b.predicted)
            for a, b in pairs
            if a.predicted != b.predicted
        ),
        warnings=warnings,
        verdict=_verdict(_gain(primary, sides), p, guardrails),
    )


def _verdict(
    gain: float | None, p: float, guardrails: Sequence[Guardrail]
) -> Literal["better", "worse", "inconclusive"]:
    """Worse for a broken guardrail, whatever the primary score does; better only where all of them hold."""
    if any(one.outcome == "broken" for one in guardrails):
        return "worse"
    if gain is None:
        return "inconclusive"
    if p <= PRIMARY_RATE and gain < 0:
        return "worse"
    if p <= PRIMARY_RATE and gain > 0 and all(one.outcome == "held" for one in guardrails):
        return "better"
    return "inconclusive"


def _guardrail(metric: MetricDefinition, margin: float, clusters: Sequence[Sequence[Pair]], *, of: int) -> Guardrail:
    """What came of one of so many guardrails."""
    sides = _sides(metric, clusters)
    gain = _gain(metric, sides)
    if gain is None:
        return Guardrail(name=metric.name, margin=margin, loss=None, p=1.0, outcome="not measurable")
    loss, rate = -gain, GUARDRAIL_RATE / of
    p, over = _p_of_loss(metric, clusters, sides, rate)
    low, high = _interval(metric, clusters, sides, level=1 - PROOF_RATE / of) or (None, None)
    if metric.better != "lower" and low is not None and high is not None:
        low, high = -high, -low
    outcome: Literal["held", "broken", "beyond, not proven"] = "held"
    if loss > margin + ALIKE:
        proven = p <= rate or (low is not None and low > margin + ALIKE)
        outcome = "broken" if proven else "beyond, not proven"
    return Guardrail(name=metric.name, margin=margin, loss=loss, low=low, high=high, p=p, over=over, outcome=outcome)


def _p_of_loss(
    metric: MetricDefinition, clusters: Sequence[Sequence[Pair]], sides: Sides, rate: float
) -> tuple[float, Literal["articles", "claims"]]:
    """The one-sided p of getting worse, and what it is over: claims where no p over the articles can reach the rate."""
    held = _holding(metric, clusters)
    if 0.5 ** len(held) <= rate:
        return sign_flip([-one for one in _gains(metric, sides)], sides="above"), "articles"
    changes = _gains(metric, _sides(metric, [[pair] for own in held for pair in own]))
    return mcnemar(sum(one > ALIKE for one in changes), sum(one < -ALIKE for one in changes), sides="above"), "claims"


def _detectable(metric: MetricDefinition, clusters: Sequence[Sequence[Pair]]) -> float | None:
    """The minimum detectable effect of a score; None where no difference in it can be detected."""
    sides = _sides(metric, _holding(metric, clusters))
    if _gain(metric, sides) is None:
        return None
    most = max(sum(own[part][1] for own in side) for side in sides for part in range(len(metric.compared)))
    return minimum_detectable_effect(_gains(metric, sides), 1 / (len(metric.compared) * most), level=1 - PRIMARY_RATE)


def _holding(metric: MetricDefinition, clusters: Sequence[Sequence[Pair]]) -> list[Sequence[Pair]]:
    """The articles that have claims that count for the score."""
    return [own for own in clusters if any(share.of(pair[0]) for share in metric.compared for pair in own)]


def _by_article(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The pairs of each article, also where a file has them apart, or only one scorecard says which article it is."""
    found: dict[str, list[Pair]] = {}
    for first, second in pairs:
        found.setdefault(first.article or second.article or first.case, []).append((first, second))
    return [*found.values()]


def _paired(first: Scorecard, second: Scorecard) -> tuple[list[Pair], tuple[str, ...]]:
    for card in (first, second):
        _check_once(card)
    found = zip(first.counted(), result_twins(first.counted(), second.counted()), strict=True)
    pairs = [(one, other) for one, other in found if other]
    if not pairs:
        raise CaseError("the two scorecards share no claims; compare runs of the same suite")
    for a, b in pairs:
        if not _same_gold(a, b):
            raise CaseError(f"{a.claim}: has another label in the second scorecard; run both again")
    coarse = sum(a.gold != b.gold for a, b in pairs)
    pairs = [(a, b) if a.gold == b.gold else (_on_two_classes(a), _on_two_classes(b)) for a, b in pairs]
    alone = len(first.counted()) + len(second.counted()) - 2 * len(pairs)
    words = "claim is in only one of the two, and is" if alone == 1 else "claims are in only one of the two, and are"
    warnings = [f"{alone} {words} left out"] if alone else []
    if first.suite.sha256 != second.suite.sha256:
        names = f"{first.suite.name} ({first.suite.sha256[:12]}) and {second.suite.name} ({second.suite.sha256[:12]})"
        warnings.append(f"the runs are not of the same labels and inputs: {names}")
    if coarse:
        words = "1 claim is" if coarse == 1 else f"{coarse} claims are"
        warnings.append(f"{words} compared on two classes: one run says no more than unsupported there")
    return pairs, tuple(warnings)


def _check_once(card: Scorecard) -> None:
    """Raise a `CaseError` where a claim stands twice in a scorecard: it would count twice."""
    seen: set[str] = set()
    for one in card.counted():
        if one.claim in seen:
            raise CaseError(f"{one.claim}: stands twice in a scorecard; run it again")
        seen.add(one.claim)


def _same_gold(a: Result, b: Result) -> bool:
    """Whether the true labels agree, where one may say no more than `unsupported`."""
    return a.gold == b.gold or ("unsupported" in (a.gold, b.gold) and Label.SUPPORTED not in (a.gold, b.gold))


def _on_two_classes(one: Result) -> Result:
    return one.model_copy(update={"gold": "unsupported"})


def _sides(metric: MetricDefinition, clusters: Sequence[Sequence[Pair]]) -> Sides:

    def side(place: int) -> list[Ratios]:
        return [[share.ratio([pair[place] for pair in own]) for share in metric.compared] for own in clusters]

    return side(0), side(1)


def _gain(metric: MetricDefinition, sides: Sides) -> float | None:
    """By how much the second run is better; None where the score cannot be measured in one of them."""
    before, after = map(score, sides)
    if before is None or after is None:
        return None
    return before - after if metric.better == "lower" else after - before


def _gains(metric: MetricDefinition, sides: Sides) -> list[float]:
    """What each article adds to the gain."""
    before, after = sides
    parts = range(len(metric.compared))
    bottoms = [(sum(own[part][1] for own in before), sum(own[part][1] for own in after)) for part in parts]
    sign = -1.0 if metric.better == "lower" else 1.0
    return [
        sign
        * sum(
            (new[part][0] / b if b else 0.0) - (old[part][0] / a if a else 0.0)
            for part, (a, b) in zip(parts, bottoms, strict=True)
        )
        / len(bottoms)
        for old, new in zip(before, after, strict=True)
    ]


def _difference(metric: MetricDefinition, clusters: Sequence[Sequence[Pair]]) -> Difference:
    sides = _sides(metric, clusters)
    before, after = map(score, sides)
    low, high = _interval(metric, clusters, sides) or (None, None)
    return Difference(name=metric.name, first=before, second=after, low=low, high=high)


def _interval(
    metric: MetricDefinition, clusters: Sequence[Sequence[Pair]], sides: Sides, *, level: float = LEVEL
) -> Interval | None:
    """The interval of the second value less the first."""
    return difference_interval(*sides, raised=_raised(metric, clusters), level=level)


def _raised(metric: MetricDefinition, clusters: Sequence[Sequence[Pair]]) -> list[Ratios] | None:
    """By article the claims that are a hit in the second run alone; None where a claim is more than a hit or none."""
    counted = not any(share.value or share.weight for share in metric.compared)
    if not counted or any(share.of(a) != share.of(b) for share in metric.compared for own in clusters for a, b in own):
        return None
    return [
        [
            (float(sum(share.hit(b) and not share.hit(a) for a, b in base)), float(len(base)))
            for share in metric.compared
            for base in [[pair for pair in own if share.of(pair[0])]]
        ]
        for own in clusters
    ]
