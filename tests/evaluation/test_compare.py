"""Better, worse, or no evidence: and two runs of the same thing are mostly no evidence."""

import random

import pytest
from tests.scoring.test_metrics import result

from summarizer.errors import CaseError
from summarizer.evaluation.compare import compare
from summarizer.evaluation.scorecard import Result, RunFacts, Scorecard, SuiteFacts
from summarizer.schema import Label

ARTICLES, EACH = 24, 10


def card(results: list[Result]) -> Scorecard:
    suite = SuiteFacts(name="a suite", sha256="0" * 64, cases=ARTICLES, claims=len(results))
    return Scorecard(suite=suite, run=RunFacts(version="1", backend="embedded"), metrics=(), results=tuple(results))


def run(draw: random.Random, accuracy: float, hardness: list[float]) -> Scorecard:
    """A run whose articles are hard or easy together."""
    results = []
    for number in range(ARTICLES * EACH):
        gold = Label.SUPPORTED if number % 2 else Label.CONTRADICTED
        wrong = Label.CONTRADICTED if number % 2 else Label.SUPPORTED
        right = draw.random() < accuracy + hardness[number // EACH]
        results.append(result(number, gold, gold if right else wrong))
    return card(results)


def test_the_same_thing_twice_is_called_different_in_at_most_five_of_a_hundred() -> None:
    draw = random.Random(17)  # noqa: S311
    called = 0
    for _ in range(200):
        # Each run has articles that it finds hard for reasons of its own: the noise is in the article.
        first, second = (run(draw, 0.65, [draw.uniform(-0.25, 0.25) for _ in range(ARTICLES)]) for _ in range(2))
        called += compare(first, second, times=200).verdict != "no evidence"

    assert called <= 15  # 10 are expected of a test that is exact; 15 is 1.6 standard errors above


def test_a_real_gain_is_found_and_named() -> None:
    draw = random.Random(23)  # noqa: S311
    hardness = [draw.uniform(-0.1, 0.1) for _ in range(ARTICLES)]
    before, after = run(draw, 0.55, hardness), run(draw, 0.8, hardness)

    found = compare(before, after)
    back = compare(after, before)

    assert found.verdict == "better"
    assert back.verdict == "worse"
    assert found.p <= 0.05
    assert found.only_second > found.only_first
    assert found.differences[0].value == pytest.approx((found.only_second - found.only_first) / found.claims)
    assert found.visible < 0.2
    assert sum(one.gained for one in found.changes) == found.only_second


def test_runs_of_other_claims_are_not_compared() -> None:
    with pytest.raises(CaseError, match="share no claims"):
        compare(card([result(1, Label.SUPPORTED, None)]), card([result(2, Label.SUPPORTED, None)]))
    with pytest.raises(CaseError, match="labelled or worded otherwise"):
        compare(card([result(1, Label.SUPPORTED, None)]), card([result(1, Label.CONTRADICTED, None)]))


def test_claims_of_one_run_only_are_left_out_and_counted() -> None:
    both, more = [result(1, Label.SUPPORTED, None)], [result(2, Label.SUPPORTED, None)]

    found = compare(card(both), card(both + more))

    assert found.claims == 1
    assert found.warnings == ("1 claims are in one of the two only, and are left out",)


def test_unchecked_is_not_right() -> None:
    found = compare(card([result(1, Label.SUPPORTED, Label.SUPPORTED)]), card([result(1, Label.SUPPORTED, None)]))

    assert (found.only_first, found.only_second) == (1, 0)
