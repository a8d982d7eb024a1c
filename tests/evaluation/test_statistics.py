"""Intervals and tests against the libraries that the field trusts."""

import math
import random

import pytest

from summarizer.evaluation.intervals import minimum_detectable_effect
from summarizer.evaluation.statistics import kappa, mcnemar, score, sign_flip, wilson


@pytest.mark.parametrize(("hits", "n"), [(0, 5), (3, 7), (50, 50), (12, 400)])
def test_wilson_is_that_of_scipy(hits: int, n: int) -> None:
    from scipy.stats import binomtest

    found = wilson(hits, n)
    wanted = binomtest(hits, n).proportion_ci(method="wilson")

    assert found is not None
    assert found == pytest.approx((wanted.low, wanted.high), abs=1e-12)


def test_of_nothing_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize("n", range(1, 60))
def test_a_share_of_none_or_all_lies_in_its_interval(n: int) -> None:
    none, every = wilson(0, n), wilson(n, n)

    assert none is not None
    assert every is not None
    assert (none.low, every.high) == (0.0, 1.0)
    assert score([[(0, 0)]]) is None


@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 9), (5, 5), (30, 12), (0, 6), (2600, 2400)])
def test_mcnemar_is_the_exact_binomial_test_of_scipy(first: int, second: int) -> None:
    from scipy.stats import binomtest

    wanted = binomtest(first, first + second, 0.5).pvalue if first + second else 1.0

    assert mcnemar(first, second) == pytest.approx(wanted, abs=1e-12)


def test_one_side_of_mcnemar_is_that_of_scipy() -> None:
    from scipy.stats import binomtest

    assert mcnemar(2, 9, sides="above") == pytest.approx(binomtest(9, 11, 0.5, alternative="greater").pvalue, abs=1e-12)
    assert mcnemar(0, 0, sides="above") == 1.0


def test_kappa_is_that_of_scikit_learn() -> None:
    from sklearn.metrics import cohen_kappa_score

    draw = random.Random(5)  # noqa: S311
    labels = ("supported", "contradicted", "not_in_source")
    pairs = [(first, first if draw.random() < 0.7 else draw.choice(labels)) for first in draw.choices(labels, k=200)]

    found = kappa(pairs)

    assert found.value is not None
    assert found.value == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)), abs=1e-12)
    assert (found.n, found.alike) == (200, sum(a == b for a, b in pairs))


def test_kappa_of_one_label_says_nothing() -> None:
    assert kappa([("supported", "supported")] * 5).value is None


def test_sign_flips_are_the_permutation_test_of_scipy() -> None:
    import numpy as np
    from scipy.stats import permutation_test

    gains = [3.0, -1.0, 2.0, 0.0, 4.0, 1.0, -2.0, 3.0]
    wanted = permutation_test(
        (np.array(gains),), np.sum, permutation_type="samples", n_resamples=np.inf, alternative="two-sided"
    )

    assert sign_flip(gains) == pytest.approx(wanted.pvalue, abs=1e-12)

    wanted = permutation_test(
        (np.array(gains),), np.sum, permutation_type="samples", n_resamples=np.inf, alternative="greater"
    )
    assert sign_flip(gains, sides="above") == pytest.approx(wanted.pvalue, abs=1e-12)


def test_many_articles_are_drawn_and_give_nearly_the_exact_value() -> None:
    gains = [1.0, -1.0, 1.0] * 6

    assert sign_flip(gains) == pytest.approx(0.2379, abs=0.02)  # two-sided binomial tail of 12 of 18
    assert sign_flip(gains) == sign_flip(gains)
    assert sign_flip([0.0] * 30) == 1.0


def test_what_could_have_been_seen_shrinks_with_more_articles() -> None:
    eight, many = ([one / (10 * n) for one in [1.0, -1.0, 2.0, -2.0] * (n // 4)] for n in (8, 72))

    few, more = minimum_detectable_effect(eight, 1 / 80), minimum_detectable_effect(many, 1 / 720)

    assert few is not None
    assert more is not None
    assert more < few / 2


@pytest.mark.parametrize("count", [6, 8, 12])
def test_an_effect_that_is_detectable_is_found_in_four_of_five_runs(count: int) -> None:
    """By the power of the paired t-test, of which scipy knows the distribution."""
    from scipy.stats import nct, t

    spread = [0.3 * (-1) ** at / count for at in range(count)]  # the articles differ by as much either way
    found = minimum_detectable_effect(spread, 1e-6, level=0.96)

    assert found is not None
    shift = found * math.sqrt(count - 1) / 0.3  # in standard errors
    assert 1 - nct.cdf(t.ppf(0.98, count - 1), count - 1, shift) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize(("level", "fewest"), [(0.90, 5), (0.95, 6), (0.96, 6), (0.99, 8)])
def test_nothing_can_be_seen_over_articles_that_are_too_few_for_the_test(level: float, fewest: int) -> None:
    for count in range(12):
        reached = sign_flip([1.0] * count) <= 1 - level
        assert reached == (count >= fewest)
        found = minimum_detectable_effect([0.0] * count, 0.01, level=level)
        assert found == (pytest.approx(fewest * 0.01) if reached else None)  # a claim in each of the fewest
