"""Intervals against scipy, by hand, and by how often they cover the truth with few articles."""

import pytest

from benchmarks.intervals import samples
from summarizer.evaluation.intervals import difference_interval, jackknife, share_interval, spread, student
from summarizer.evaluation.statistics import Ratios, score


@pytest.mark.parametrize("degrees", [0.7, 1, 1.5, 4, 9.5, 35, 300])
def test_student_is_that_of_scipy(degrees: float) -> None:
    from scipy.stats import t

    assert student(degrees) == pytest.approx(t.ppf(0.975, degrees), rel=1e-9)
    assert student(degrees, 0.8) == pytest.approx(t.ppf(0.9, degrees), rel=1e-9)


def test_degrees_of_freedom_are_those_of_the_matrices_of_bell_and_mccaffrey() -> None:
    import numpy as np

    weights = np.array([0.5, 0.2, 0.1, 0.1, 0.06, 0.04])
    rest = np.eye(6) - np.outer(weights, np.ones(6))
    middle = rest @ np.diag(weights) @ rest.T / np.sqrt(np.outer(1 - weights, 1 - weights))

    found = spread([1.0] * 6, [*map(float, weights)])

    assert found is not None
    assert found.degrees == pytest.approx(np.trace(middle) ** 2 / (middle**2).sum())


def test_of_articles_of_one_size_the_spread_is_the_standard_error_of_their_mean() -> None:
    from statistics import stdev

    shares = [0.2, 0.5, 0.9, 0.4, 0.6]
    whole = score([[(own, 1.0)] for own in shares])
    assert whole is not None

    found = spread([(own - whole) / 5 for own in shares], [0.2] * 5)

    assert found is not None
    assert found.variance == pytest.approx(stdev(shares) ** 2 / 5)
    assert found.degrees == pytest.approx(4)


@pytest.mark.parametrize("articles", [5, 10, 36])
def test_nominal_95_per_cent_covers_at_least_92_per_cent(articles: int) -> None:
    covered = drawn = 0
    for one in samples(articles, 40):
        for top, bottom in zip(one.top.tolist(), one.bottom.tolist(), strict=True):
            clusters = [[*zip(hits, n, strict=True)] for hits, n in zip(top, bottom, strict=True)]
            nothing: list[Ratios] = [[(0.0, n) for _, n in own] for own in clusters]
            interval = share_interval(clusters) if one.share else difference_interval(nothing, clusters)
            assert interval is not None
            covered += interval.low <= one.truth <= interval.high
            drawn += 1

    assert covered >= 0.92 * drawn


@pytest.mark.parametrize("articles", [5, 10, 36])
@pytest.mark.parametrize(
    ("right", "lost", "gained"),
    [(0.9, 0.02, 0.0), (0.9, 0.1, 0.0), (0.6, 0.05, 0.0), (0.9, 0.02, 0.2), (0.05, 0.3, 0.03)],
)
def test_differences_cover_where_few_claims_change(articles: int, right: float, lost: float, gained: float) -> None:
    """Claims that are lost or gained come together in articles too: intra-class correlations of 0.1."""
    import numpy as np

    draw = np.random.default_rng([20_261_129, articles])
    shape, times, covered = (500, articles), 500, 0
    sizes = draw.integers(4, 26, shape)
    before = draw.binomial(sizes, draw.beta(9 * right, 9 * (1 - right), shape))
    down = draw.binomial(before, draw.beta(9 * lost, 9 * (1 - lost), shape))
    rates = draw.beta(9 * gained, 9 * (1 - gained), shape) if gained else np.zeros(shape)
    up = draw.binomial(sizes - before, rates)
    for n, old, fell, rose in zip(sizes.tolist(), before.tolist(), down.tolist(), up.tolist(), strict=True):
        first, second, raised = (
            [[(float(top), float(bottom))] for top, bottom in zip(tops, n, strict=True)]
            for tops in (old, [a - b + c for a, b, c in zip(old, fell, rose, strict=True)], rose)
        )
        interval = difference_interval(first, second, raised=raised)
        assert interval is not None
        assert interval.low < interval.high
        covered += interval.low <= (1 - right) * gained - right * lost <= interval.high

    assert covered >= 0.92 * times


def test_under_five_articles_there_is_no_interval() -> None:
    four: list[Ratios] = [[(1.0, 2.0)]] * 4

    assert share_interval(four) is None
    assert difference_interval(four, four) is None
    assert jackknife(four, lambda _: 0.5) is None
    assert share_interval([*four, [(1.0, 2.0)]]) is not None
    assert share_interval([*four, [(0.0, 0.0)]]) is None  # an article without claims that count is none


def test_an_interval_over_articles_is_wider_than_one_over_claims() -> None:
    """Ten articles, each all right or all wrong: twenty claims of one article are one piece of evidence."""
    together: list[Ratios] = [[(20.0 * (article % 2), 20.0)] for article in range(10)]
    apart: list[Ratios] = [[(float(claim % 2), 1.0)] for claim in range(200)]

    wide, narrow = share_interval(together), share_interval(apart)

    assert wide is not None
    assert narrow is not None
    assert wide.high - wide.low > 3 * (narrow.high - narrow.low)


def test_a_share_that_is_alike_in_every_article_is_not_therefore_certain() -> None:
    found = share_interval([[(4.0, 4.0)]] * 5)

    assert found is not None
    assert found.high == 1.0
    assert 0.6 < found.low < 0.8
