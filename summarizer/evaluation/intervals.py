"""Intervals of scores over articles: few of them, of unequal size, with claims that depend on each other.

The variance is that of the linearised score over articles, adjusted for the weight of each article (CR2), with
Satterthwaite's degrees of freedom (Bell and McCaffrey 2002); a score between 0 and 1 gets Wilson's interval with the
effective number of claims that this makes, so that it holds near the ends too, and a difference of two runs is never
surer than the shares of claims that changed. The least difference that could be told from chance goes by the same
quantiles. `python -m benchmarks.intervals` prints how often each of eight methods
covers the truth.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from summarizer.evaluation.statistics import LEVEL, Interval, Ratios, fewest_to_differ, score

FEWEST = 5  # articles; with fewer no method covers the truth as often as it says
POWER = 0.80
T = TypeVar("T")
GROUPS = 100  # scores that leave out a part of the articles; more of them change no digit that is printed


class Spread(NamedTuple):
    """How uncertain a score is."""

    variance: float
    degrees: float
    """Degrees of freedom of the variance."""


@lru_cache(maxsize=4096)
def student(degrees: float, level: float = LEVEL) -> float:
    """Two-sided quantile of Student's t, for any positive degrees of freedom.

    >>> round(student(4), 3), round(student(9.5), 3)
    (2.776, 2.244)
    """
    low, high = 0.0, 1.0
    while _outside(high, degrees) > 1 - level:
        low, high = high, 2 * high
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _outside(middle, degrees) > 1 - level else (low, middle)
    return (low + high) / 2


def _outside(t: float, degrees: float) -> float:
    """Probability that |T| is above t."""
    return _incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t))


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction (Numerical Recipes, 6.4)."""
    if x <= 0 or x >= 1:
        return min(1.0, max(0.0, x))
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(b, a, 1 - x)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(1 - x)
    )  # fmt: skip
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 300):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / (1 + term * d), 1 + term / c
            fraction *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return front * fraction / a


def spread(influences: Sequence[float], weights: Sequence[float]) -> Spread | None:
    """CR2 from what each article adds to the error of a score and its weight; None under five articles.

    The weights add up to 1; an article of weight 0 has no claims that count.
    """
    held = [(own, weight) for own, weight in zip(influences, weights, strict=True) if weight]
    if len(held) < FEWEST:
        return None
    variance = math.fsum(own * own / (1 - weight) for own, weight in held)
    adjusted = [weight * weight / (1 - weight) for _, weight in held]
    square = math.fsum(weight * weight for _, weight in held)
    square += math.fsum(adjusted) ** 2 - math.fsum(one * one for one in adjusted)
    return Spread(variance, 1 / square)


def influences(clusters: Sequence[Ratios]) -> tuple[list[float], list[float]]:
    """What each article adds to the error of `score`, to first order, and its weight; every part has a base."""
    parts = range(len(clusters[0]))
    bottoms = [math.fsum(own[part][1] for own in clusters) for part in parts]
    ratios = [math.fsum(own[part][0] for own in clusters) / bottoms[part] for part in parts]
    count = len(parts)
    adds = [
        math.fsum((own[part][0] - ratios[part] * own[part][1]) / bottoms[part] for part in parts) / count
        for own in clusters
    ]
    return adds, [math.fsum(own[part][1] / bottoms[part] for part in parts) / count for own in clusters]


def share_interval(clusters: Sequence[Ratios], *, counted: bool = True, level: float = LEVEL) -> Interval | None:
    """The interval of `score` where that lies between 0 and 1; None under five articles.

    `counted` says that each claim is a hit or none: then the interval is never narrower than that of independent claims.
    """
    value = score(clusters)
    if value is None:
        return None
    found = spread(*influences(clusters))
    if found is None:
        return None
    parts = range(len(clusters[0]))
    bottoms = [math.fsum(own[part][1] for own in clusters) for part in parts]
    alone = 0.0
    if counted:
        ratios = [math.fsum(own[part][0] for own in clusters) / bottoms[part] for part in parts]
        alone = math.fsum(r * (1 - r) / n for r, n in zip(ratios, bottoms, strict=True)) / len(parts) ** 2
    most = len(parts) ** 2 / math.fsum(1 / n for n in bottoms)
    return wilson_like(value, found._replace(variance=max(found.variance, alone)), most, level=level)


def wilson_like(value: float, found: Spread, most: float, *, level: float = LEVEL) -> Interval:
    """Wilson's interval with the claims that the spread is worth; `most` where all are alike and nothing spreads."""
    n = value * (1 - value) / found.variance if found.variance > 1e-18 and 0 < value < 1 else most
    square = student(round(found.degrees, 6), level) ** 2 / n
    middle = (value + square / 2) / (1 + square)
    half = math.sqrt(square * (value * (1 - value) + square / 4)) / (1 + square)
    # Exact at the ends, where rounding would put the bound beside the value itself.
    return Interval(
        max(0.0, middle - half) if value > 0 else 0.0,
        min(1.0, middle + half) if value < 1 else 1.0,
    )


def difference_interval(
    before: Sequence[Ratios],
    after: Sequence[Ratios],
    *,
    raised: Sequence[Ratios] | None = None,
    level: float = LEVEL,
) -> Interval | None:
    """The interval of the second score less the first, over the same articles; None under five of them.

    `raised` are the sums of the claims that only the second run has in its numerator, where every claim is a hit or
    none and has the same base in both runs. With it the interval is never narrower than that of the shares of claims
    that changed either way: a few changes, or none, do not say that nothing can change.
    """
    first, second = score(before), score(after)
    if first is None or second is None:
        return None
    old, old_weights = influences(before)
    new, new_weights = influences(after)
    adds = [b - a for a, b in zip(old, new, strict=True)]
    weights = [(a + b) / 2 for a, b in zip(old_weights, new_weights, strict=True)]
    found = spread(adds, weights)
    if found is None:
        return None
    reach = student(round(found.degrees, 6), level) * math.sqrt(found.variance)
    low, high = second - first - reach, second - first + reach
    if raised is not None and (wide := _of_changes(before, after, raised, level)):
        low, high = min(low, wide.low), max(high, wide.high)
    return Interval(max(-1.0, low), min(1.0, high))


def _of_changes(
    before: Sequence[Ratios], after: Sequence[Ratios], raised: Sequence[Ratios], level: float
) -> Interval | None:
    """The share raised less the share lowered, with both intervals squared and added (Newcombe 1998, Zou 2008)."""
    lowered = [
        [(up + old - new, base) for (old, base), (new, _), (up, _) in zip(*own, strict=True)]
        for own in zip(before, after, raised, strict=True)
    ]
    up, down = score(raised), score(lowered)
    ups, downs = share_interval(raised, level=level), share_interval(lowered, level=level)
    if up is None or down is None or ups is None or downs is None:
        return None
    return Interval(
        up - down - math.hypot(up - ups.low, downs.high - down),
        up - down + math.hypot(ups.high - up, down - downs.low),
    )


def jackknife(clusters: Sequence[T], compute: Callable[[Sequence[T]], float | None]) -> Spread | None:
    """The spread of any score, from its values without an article each (without a part of them, where they are many).

    None under five articles, and where the score cannot be measured without one of them.
    """
    if len(clusters) < FEWEST:
        return None
    groups = min(len(clusters), GROUPS)
    values = []
    for group in range(groups):
        value = compute([own for place, own in enumerate(clusters) if place % groups != group])
        if value is None:
            return None
        values.append(value)
    mean = math.fsum(values) / groups
    return Spread((groups - 1) / groups * math.fsum((one - mean) ** 2 for one in values), groups - 1.0)


def plain_interval(value: float, found: Spread) -> Interval:
    """The value and t standard errors on both sides."""
    reach = student(round(found.degrees, 6)) * math.sqrt(found.variance)
    return Interval(value - reach, value + reach)


def minimum_detectable_effect(
    differences: Sequence[float], least: float, *, level: float = LEVEL, power: float = POWER
) -> float | None:
    """The smallest true difference that `sign_flip` over such clusters would find with `power`; None where it finds none.

    That of the paired t-test, to which it comes near. `differences` are what each cluster adds to the difference of the
    scores; `least` is what one claim adds.
    """
    count, fewest = len(differences), fewest_to_differ(level)
    if count < fewest:
        return None
    mean = math.fsum(differences) / count
    variance = math.fsum((one - mean) ** 2 for one in differences) / (count - 1)
    reach = student(count - 1, level) + student(count - 1, 2 * power - 1)  # of the test, and of one side
    # Where next to nothing differed, one claim in each of the fewest clusters is the least that could have been seen.
    return min(1.0, max(fewest * least, reach * math.sqrt(variance * count)))
