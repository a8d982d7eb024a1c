"""Intervals and tests for claims that come in articles: claims of one article depend on each other.

Pure functions, no randomness but a seeded one. Tested against scipy and scikit-learn.
"""

import math
import random
from collections.abc import Sequence
from itertools import product
from statistics import NormalDist
from typing import NamedTuple

RESAMPLES = 2_000
SEED = 20_240_227
LEVEL = 0.95
POWER = 0.80
EXACT = 14  # clusters up to which every sign pattern is counted: 2^14 is quick


class Interval(NamedTuple):
    low: float
    high: float


Ratios = Sequence[tuple[float, float]]
"""Numerators and denominators; a score is the mean of the ratios of their sums over articles."""


def wilson(hits: int, n: int, *, level: float = LEVEL) -> Interval | None:
    """Score interval of a plain share (Wilson 1927); None where there is nothing to share.

    >>> [round(bound, 3) for bound in wilson(8, 10)]
    [0.49, 0.943]
    """
    if n == 0:
        return None
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, square = hits / n, z * z / n
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * math.sqrt(share * (1 - share) / n + square / (4 * n))
    # Exact at the ends, where rounding would put the bound beside the share itself.
    return Interval(max(0.0, middle - half) if hits else 0.0, min(1.0, middle + half) if hits < n else 1.0)


def score(clusters: Sequence[Ratios], weights: Sequence[int] | None = None) -> float | None:
    """Mean of the ratios of sums over clusters, each taken `weights` times; None where a denominator is 0.

    >>> score([[(1, 2)], [(3, 4)]])
    0.6666666666666666
    """
    if not clusters:
        return None
    found = []
    for position in range(len(clusters[0])):
        times = weights or [1] * len(clusters)
        bottom = sum(weight * own[position][1] for weight, own in zip(times, clusters, strict=True))
        if not bottom:
            return None
        top = sum(weight * own[position][0] for weight, own in zip(times, clusters, strict=True))
        found.append(top / bottom)
    return math.fsum(found) / len(found)


def resamples(clusters: int, *, times: int = RESAMPLES, seed: int = SEED) -> list[list[int]]:
    """How often each cluster is drawn, in each of many draws with replacement."""
    draw = random.Random(seed)  # noqa: S311 (statistics, not secrets)
    found = []
    for _ in range(times):
        counts = [0] * clusters
        for _ in range(clusters):
            counts[draw.randrange(clusters)] += 1
        found.append(counts)
    return found


def percentiles(values: Sequence[float], *, level: float = LEVEL) -> Interval:
    """The middle `level` of the values, by linear interpolation."""
    ordered = sorted(values)

    def at(share: float) -> float:
        position = share * (len(ordered) - 1)
        below = math.floor(position)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (position - below) * (ordered[above] - ordered[below])

    return Interval(at((1 - level) / 2), at((1 + level) / 2))


def bootstrap(clusters: Sequence[Ratios], draws: Sequence[Sequence[int]]) -> Interval | None:
    """Percentile interval of `score` over draws of whole clusters; None for fewer than two clusters."""
    held = [own for own in clusters if any(bottom for _, bottom in own)]
    if len(held) < 2:
        return None
    values = [value for weights in draws if (value := score(clusters, weights)) is not None]
    return percentiles(values) if values else None


def mcnemar(only_first: int, only_second: int) -> float:
    """Exact two-sided p of McNemar's test: claims that one run gets right and the other wrong.

    >>> mcnemar(1, 9)
    0.021484375
    """
    n, least = only_first + only_second, min(only_first, only_second)
    if n == 0:
        return 1.0
    tail: float = math.fsum(math.comb(n, k) for k in range(least + 1)) / 2**n
    return min(1.0, 2 * tail)


def sign_flip(differences: Sequence[float], *, times: int = 10_000, seed: int = SEED) -> float:
    """Two-sided p of a sum of per-cluster differences under random signs (Fisher's randomisation test).

    Exact for up to 14 clusters that differ, else by a seeded draw, in which the data themselves count once.
    """
    own = [one for one in differences if one]
    seen = abs(math.fsum(own)) - 1e-12
    if not own:
        return 1.0
    if len(own) <= EXACT:
        signs = list(product((-1, 1), repeat=len(own)))
        return sum(abs(sum(s * d for s, d in zip(sign, own, strict=True))) >= seen for sign in signs) / len(signs)
    draw = random.Random(seed)  # noqa: S311 (statistics, not secrets)
    hits = sum(abs(sum(one if draw.random() < 0.5 else -one for one in own)) >= seen for _ in range(times))
    return (hits + 1) / (times + 1)


def minimum_detectable_effect(
    differences: Sequence[float], n: int, *, level: float = LEVEL, power: float = POWER
) -> float:
    """The smallest true difference that a test over such clusters would find with `power`.

    `differences` are sums per cluster, `n` is the number of claims; the result is a share of claims.
    """
    count = len(differences)
    if count < 2 or not n:
        return 1.0
    mean = math.fsum(differences) / count
    variance = math.fsum((one - mean) ** 2 for one in differences) / (count - 1)
    normal = NormalDist()
    reach = normal.inv_cdf((1 + level) / 2) + normal.inv_cdf(power)
    # Where nothing differed, one flipped claim is the least that could have been seen.
    return min(1.0, max(1 / n, reach * math.sqrt(variance * count) / n))


class Kappa(NamedTuple):
    """Cohen's kappa of two annotators."""

    value: float | None
    interval: Interval | None
    n: int
    agreed: int


def kappa(clusters: Sequence[Sequence[tuple[str, str]]], draws: Sequence[Sequence[int]] | None = None) -> Kappa:
    """Cohen's kappa (1960) of pairs of labels, with an interval over clusters.

    None where only one label occurs, so that there is nothing to agree about by chance.
    """
    pairs = [pair for own in clusters for pair in own]
    value = _kappa(pairs)
    values = []
    for weights in draws or ():
        drawn = [pair for own, weight in zip(clusters, weights, strict=True) for _ in range(weight) for pair in own]
        if (found := _kappa(drawn)) is not None:
            values.append(found)
    return Kappa(value, percentiles(values) if values else None, len(pairs), sum(a == b for a, b in pairs))


def _kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    n = len(pairs)
    if not n:
        return None
    agreed = sum(first == second for first, second in pairs) / n
    labels = sorted({label for pair in pairs for label in pair})
    chance = math.fsum(
        sum(first == label for first, _ in pairs) / n * (sum(second == label for _, second in pairs) / n)
        for label in labels
    )
    return None if chance >= 1 else (agreed - chance) / (1 - chance)
