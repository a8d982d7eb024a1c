"""Intervals and tests for claims that come in articles: claims of one article depend on each other.

Pure functions, no randomness but a seeded one. Tested against scipy and scikit-learn.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate, groupby
from statistics import NormalDist
from typing import Literal, NamedTuple

SEED = 20_240_227
LEVEL = 0.95
ALIKE = 1e-9  # what rounding makes of equal scores
LARGEST = 20_000  # different sums that are followed: half a second


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


def score(clusters: Sequence[Ratios]) -> float | None:
    """Mean of the ratios of sums over clusters; None where a denominator is 0.

    >>> score([[(1, 2)], [(3, 4)]])
    0.6666666666666666
    """
    if not clusters:
        return None
    found = []
    for position in range(len(clusters[0])):
        bottom = sum(own[position][1] for own in clusters)
        if not bottom:
            return None
        found.append(sum(own[position][0] for own in clusters) / bottom)
    return math.fsum(found) / len(found)


def digits_apart(one: float, other: float, *, least: int, most: int = 8) -> int:
    """How many digits two numbers need so that they are printed alike only where they are alike.

    >>> digits_apart(0.7996, 0.8, least=3), digits_apart(0.7, 0.8, least=3)
    (4, 3)
    """
    if abs(one - other) <= ALIKE:
        return least
    return next((count for count in range(least, most) if f"{one:.{count}f}" != f"{other:.{count}f}"), most)


def auc(scores: Sequence[tuple[float, bool]]) -> float | None:
    """Area under the ROC curve; equal scores count half. None where one of the classes is empty.

    >>> auc([(0.9, True), (0.4, True), (0.4, False), (0.1, False)])
    0.875
    """
    won, below, above = 0.0, 0, 0
    for _, tied in groupby(sorted(scores), key=lambda one: one[0]):
        golds = [gold for _, gold in tied]
        true = sum(golds)
        won += true * (below + (len(golds) - true) / 2)
        below, above = below + len(golds) - true, above + true
    return won / (above * below) if above and below else None


def mcnemar(only_first: int, only_second: int, *, sides: Literal["both", "above"] = "both") -> float:
    """Exact p of McNemar's test: claims that one run gets right and the other wrong.

    `above` asks whether there are more of the second than chance makes, `both` whether they are unlike.

    >>> mcnemar(1, 9), mcnemar(0, 7, sides="above")
    (0.021484375, 0.0078125)
    """
    n = only_first + only_second
    if n == 0:
        return 1.0
    least = only_first if sides == "above" else min(only_first, only_second)
    ways = accumulate(range(least), lambda count, k: count * (n - k) // (k + 1), initial=1)
    tail = sum(ways) / (1 << n)  # of whole numbers: as floats they overflow from 1,030 claims on
    return tail if sides == "above" else min(1.0, 2 * tail)


def sign_flip(
    differences: Sequence[float], *, sides: Literal["both", "above"] = "both", times: int = 10_000, seed: int = SEED
) -> float:
    """p of a sum of per-cluster differences under random signs (Fisher's randomisation test).

    `above` asks for sums as high as the one seen, `both` for sums as far from 0. Exact where the sums are few, as they
    are for counts of claims; else by a seeded draw, in which the data themselves count once.
    """
    own = [one for one in differences if one]
    if not own:
        return 1.0
    reach: Callable[[float], float] = abs if sides == "both" else float
    seen = reach(math.fsum(own)) - 1e-9
    sums: dict[float, float] = {0.0: 1.0}
    for one in own:
        after: dict[float, float] = {}
        for total, chance in sums.items():
            for next_ in (round(total - one, 12), round(total + one, 12)):
                after[next_] = after.get(next_, 0.0) + chance / 2
        sums = after
        if len(sums) > LARGEST:
            break
    else:
        return min(1.0, math.fsum(chance for total, chance in sums.items() if reach(total) >= seen))
    draw = random.Random(seed)  # noqa: S311 (statistics, not secrets)
    hits = sum(reach(sum(one if draw.random() < 0.5 else -one for one in own)) >= seen for _ in range(times))
    return (hits + 1) / (times + 1)


def fewest_to_differ(level: float = LEVEL) -> int:
    """The fewest clusters over which `sign_flip` can reach a p of 1 - `level`: where all move one way, it is 2 / 2**n.

    >>> fewest_to_differ(0.96)
    6
    """
    return math.ceil(math.log2(2 / (1 - level)))


class Agreed(NamedTuple):
    """A coefficient of agreement over claims that have two labels or more."""

    value: float | None
    """None where only one label occurs, so that there is nothing to agree about by chance."""
    n: int
    alike: int
    """Of them, those with the same label from everybody."""


def kappa(pairs: Sequence[Sequence[str]]) -> Agreed:
    """Cohen's kappa (1960) of pairs of labels, always of the same two annotators."""
    return Agreed(_kappa(pairs), len(pairs), _alike(pairs))


def _kappa(pairs: Sequence[Sequence[str]]) -> float | None:
    n = len(pairs)
    if not n:
        return None
    agreed = _alike(pairs) / n
    labels = sorted({label for pair in pairs for label in pair})
    chance = math.fsum(
        sum(first == label for first, _ in pairs) / n * (sum(second == label for _, second in pairs) / n)
        for label in labels
    )
    return None if chance >= 1 else (agreed - chance) / (1 - chance)


def alpha(units: Sequence[Sequence[str]]) -> Agreed:
    """Krippendorff's alpha ("Computing Krippendorff's Alpha-Reliability", 2011) of names: any number a claim.

    A claim with one label says nothing.


    >>> alpha([("a", "a"), ("a", "b", "b"), ("b", "b"), ("b",)])
    Agreed(value=0.5, n=3, alike=2)
    """
    held = [unit for unit in units if len(unit) > 1]
    return Agreed(_alpha(held), len(held), _alike(held))


def _alpha(units: Sequence[Sequence[str]]) -> float | None:
    counts = [Counter(unit) for unit in units]
    whole = sum(counts, Counter())
    n = whole.total()
    expected = n * n - sum(count * count for count in whole.values())
    if not expected:
        return None
    observed = math.fsum(
        (own.total() ** 2 - sum(count * count for count in own.values())) / (own.total() - 1) for own in counts
    )
    return 1 - (n - 1) * observed / expected


def _alike(units: Sequence[Sequence[str]]) -> int:
    return sum(len(set(unit)) == 1 for unit in units)
