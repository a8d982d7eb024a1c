"""How often nominal 95 per cent intervals cover the truth, with few articles whose claims depend on each other.

    python -m benchmarks.intervals > docs/figures/intervals.md

Claims are drawn in articles of unequal size (log-normal, coefficient of variation 0.6, as the built-in suite has).
An article has a rate of its own: a beta distribution whose intra-class correlation is 0.02, 0.1 or 0.2. Scores are
shares, near 0 and 1 too; balanced accuracy, whose halves depend on the article together; and differences of two runs.
"""

import argparse
import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

Array = NDArray[np.float64]
CLUSTERS = (2, 3, 4, 5, 6, 10, 20, 36)
CORRELATIONS = (0.02, 0.1, 0.2)
SEED = 20_261_129
RESAMPLES = 400


class Drawn(NamedTuple):
    """Many samples of one setting: sums by sample, article and part of the score."""

    name: str
    truth: float
    top: Array
    bottom: Array
    share: bool
    """Whether the score is a share between 0 and 1, and no difference."""


def sizes(draw: np.random.Generator, shape: tuple[int, ...], mean: float) -> Array:
    spread = math.sqrt(math.log(1 + 0.6**2))
    found: Array = np.maximum(1, np.round(draw.lognormal(math.log(mean) - spread**2 / 2, spread, shape)))
    return found


def rates(draw: np.random.Generator, shape: tuple[int, ...], mean: float, correlation: float) -> Array:
    both = (1 - correlation) / correlation
    found: Array = draw.beta(mean * both, (1 - mean) * both, shape)
    return found


def samples(clusters: int, times: int) -> Iterator[Drawn]:
    """Every setting, with that many articles."""
    draw = np.random.default_rng([SEED, clusters])
    shape = (times, clusters)
    for correlation in CORRELATIONS:
        for truth, mean in ((0.05, 9), (0.1, 9), (0.3, 9), (0.65, 17), (0.9, 17), (0.5, 3)):
            bottom = sizes(draw, shape, mean)
            top = draw.binomial(bottom.astype(int), rates(draw, shape, truth, correlation)).astype(float)
            yield Drawn(f"share {truth}, {mean} claims", truth, top[..., None], bottom[..., None], share=True)
        # A lenient judge of an article finds its sound claims and misses its errors: the halves pull against each other.
        lenient = draw.uniform(-1, 1, shape) * math.sqrt(3 * correlation * 0.8 * 0.2)
        halves, hits = [sizes(draw, shape, 9) for _ in range(2)], []
        for half, middle, sign in zip(halves, (0.8, 0.6), (1, -1), strict=True):
            hits.append(draw.binomial(half.astype(int), np.clip(middle + sign * lenient, 0, 1)).astype(float))
        expected = [np.clip(mean + sign * np.linspace(-1, 1, 20_001) * math.sqrt(3 * correlation * 0.16), 0, 1).mean()
                    for mean, sign in ((0.8, 1), (0.6, -1))]  # fmt: skip
        hit = np.asarray(np.stack(hits, -1), dtype=np.float64)
        yield Drawn(
            "balanced accuracy",
            float(np.mean(expected)),
            hit,
            np.stack(halves, -1),
            share=True,
        )
        bottom = sizes(draw, shape, 17)
        whole = bottom.astype(int)
        changed = draw.binomial(whole, rates(draw, shape, 0.15, correlation))
        gained = draw.binomial(changed, rates(draw, shape, 0.35, correlation))
        net: Array = np.asarray(2 * gained - changed, dtype=np.float64)[..., None]
        yield Drawn("difference of accuracy", -0.3 * 0.15, net, bottom[..., None], share=False)


def score(top: Array, bottom: Array) -> Array:
    """Mean over the parts of the ratio of sums over articles."""
    found: Array = (top.sum(-2) / bottom.sum(-2)).mean(-1)
    return found


def influence(one: Drawn) -> Array:
    """What each article adds to the error of the score, to first order."""
    ratio = one.top.sum(1, keepdims=True) / one.bottom.sum(1, keepdims=True)
    found: Array = ((one.top - ratio * one.bottom) / one.bottom.sum(1, keepdims=True)).mean(-1)
    return found


def leverage(one: Drawn) -> Array:
    found: Array = (one.bottom / one.bottom.sum(1, keepdims=True)).mean(-1)
    return found


def linear(one: Drawn) -> tuple[Array, Array]:
    """CR1: variance of the linearised score, and degrees of freedom."""
    own = influence(one)
    count = own.shape[1]
    return count / (count - 1) * (own**2).sum(1), np.full(len(own), count - 1.0)


def cr2(one: Drawn) -> tuple[Array, Array]:
    """CR2 (Bell and McCaffrey 2002): residuals adjusted for leverage, Satterthwaite's degrees of freedom."""
    own, lever = influence(one), leverage(one)
    variance = (own**2 / (1 - lever)).sum(1)
    # Under independent claims of equal variance the article sums have variances as their leverages.
    count = own.shape[1]
    frees = np.empty(len(own))
    for place, h in enumerate(lever):
        shape = np.eye(count) - np.outer(h, np.ones(count))
        middle = shape @ np.diag(h) @ shape.T / np.sqrt(np.outer(1 - h, 1 - h))
        frees[place] = np.trace(middle) ** 2 / (middle**2).sum()
    return variance, frees


def jackknife(one: Drawn) -> tuple[Array, Array]:
    """CR3: variance over scores that leave one article out, which is exact for any score."""
    top, bottom = one.top.sum(1, keepdims=True) - one.top, one.bottom.sum(1, keepdims=True) - one.bottom
    without = (top / bottom).mean(-1)
    count = without.shape[1]
    variance = (count - 1) / count * ((without - without.mean(1, keepdims=True)) ** 2).sum(1)
    return variance, np.full(len(variance), count - 1.0)


Variance = Callable[[Drawn], tuple[Array, Array]]


def plain(variance: Variance) -> Callable[[Drawn], tuple[Array, Array]]:
    """Score plus and minus t standard errors."""

    def interval(one: Drawn) -> tuple[Array, Array]:
        value, (spread, free) = score(one.top, one.bottom), variance(one)
        reach = student.ppf(0.975, free) * np.sqrt(spread)
        return value - reach, value + reach

    return interval


def wilson(variance: Variance) -> Callable[[Drawn], tuple[Array, Array]]:
    """Wilson's interval with the effective number of claims and t; for a difference the plain one."""

    def interval(one: Drawn) -> tuple[Array, Array]:
        if not one.share:
            return plain(variance)(one)
        value, (spread, free) = score(one.top, one.bottom), variance(one)
        parts = one.bottom.shape[-1]
        ratio = one.top.sum(1) / one.bottom.sum(1)
        alone = (ratio * (1 - ratio) / one.bottom.sum(1)).sum(-1) / parts**2  # were the claims independent
        spread = np.maximum(spread, alone)
        most = parts**2 / (1 / one.bottom.sum(1)).sum(-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            n = np.where(spread > 0, value * (1 - value) / spread, most)
        square = student.ppf(0.975, free) ** 2 / n
        middle = (value + square / 2) / (1 + square)
        half = np.sqrt(square * (value * (1 - value) + square / 4)) / (1 + square)
        return middle - half, middle + half

    return interval


def percentile(one: Drawn) -> tuple[Array, Array]:
    """The middle 95 per cent of scores over articles drawn with replacement."""
    draw = np.random.default_rng(SEED)
    count = one.top.shape[1]
    values = []
    for _ in range(RESAMPLES):
        weights = draw.multinomial(count, np.full(count, 1 / count), len(one.top))[..., None]
        with np.errstate(divide="ignore", invalid="ignore"):
            values.append(score(one.top * weights, one.bottom * weights))
    low, high = np.nanpercentile(values, [2.5, 97.5], axis=0)
    # As before: with no spread at all, Wilson's interval over claims.
    top, bottom = one.top.sum((1, 2)), one.bottom.sum((1, 2))
    free = 1.959964**2 / bottom
    middle, half = (top / bottom + free / 2) / (1 + free), free / (1 + free) * np.sqrt(0.25 + 0 * free)
    flat = (low == high) & one.share
    return np.where(flat, middle - half, low), np.where(flat, middle + half, high)


def wild(one: Drawn) -> tuple[Array, Array]:
    """Wild cluster bootstrap of t (Cameron, Gelbach and Miller 2008), Webb's six weights.

    The null is imposed by inversion, so that here the interval is only asked whether it holds the truth.
    """
    draw = np.random.default_rng(SEED)
    count = one.top.shape[1]
    webb = np.array([-math.sqrt(1.5), -1, -math.sqrt(0.5), math.sqrt(0.5), 1, math.sqrt(1.5)])
    value = score(one.top, one.bottom)
    parts = one.top.sum(1, keepdims=True) / one.bottom.sum(1, keepdims=True)
    null = parts + (one.truth - value)[:, None, None]
    own = ((one.top - null * one.bottom) / one.bottom.sum(1, keepdims=True)).mean(-1)
    lever = leverage(one)

    def statistic(terms: Array) -> Array:
        total = terms.sum(-1, keepdims=True)
        rest = terms - lever * total
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Array = np.abs(total[..., 0]) / np.sqrt((rest**2).sum(-1))
        return found

    seen, extreme = statistic(own), np.zeros(len(own))
    for _ in range(RESAMPLES):
        extreme += statistic(own * webb[draw.integers(0, 6, (len(own), count))]) >= seen - 1e-12
    held = (extreme + 1) / (RESAMPLES + 1) > 0.05
    return np.where(held, -np.inf, np.nan), np.where(held, np.inf, np.nan)


METHODS: dict[str, Callable[[Drawn], tuple[Array, Array]]] = {
    "percentile bootstrap": percentile,
    "t, CR1": plain(linear),
    "t, CR2 and Satterthwaite": plain(cr2),
    "t, jackknife": plain(jackknife),
    "wild bootstrap, Webb": wild,
    "Wilson t, CR1": wilson(linear),
    "Wilson t, CR2 and Satterthwaite": wilson(cr2),
    "Wilson t, jackknife": wilson(jackknife),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1_000, help="samples of each setting")
    parser.add_argument("--settings", action="store_true")
    given = parser.parse_args()
    print(f"| method | {' | '.join(f'{n} articles' for n in CLUSTERS)} | width at 5, 10, 36 |")
    print(f"| --- | {' | '.join('---:' for _ in CLUSTERS)} | ---: |")
    drawn = {n: list(samples(n, given.times)) for n in CLUSTERS}
    for name, method in METHODS.items():
        cells, widths = [], []
        for n, settings in drawn.items():
            covered, wide = [], []
            for one in settings:
                low, high = method(one)
                covered.append(float(((low <= one.truth + 1e-12) & (one.truth - 1e-12 <= high)).mean()))
                wide.append(float((high - low).mean()))
                if given.settings:
                    print(name, n, one.name, covered[-1])
            cells.append(f"{100 * np.mean(covered):.1f} ({100 * min(covered):.1f})")
            if n in (5, 10, 36):
                widths.append("-" if not np.isfinite(wide).all() else f"{100 * np.mean(wide):.1f}")
        print(f"| {name} | {' | '.join(cells)} | {', '.join(widths)} |")


if __name__ == "__main__":
    main()
