"""Better, worse, or inconclusive: and two runs of the same thing are mostly inconclusive."""

import random

import pytest

from summarizer.errors import CaseError
from summarizer.evaluation.compare import compare
from summarizer.evaluation.metrics import DEFINITIONS, Share
from summarizer.evaluation.scorecard import Result, RunFacts, Scorecard, SuiteFacts
from summarizer.schema import Doubt, Label, Reason
from tests.evaluation.results import JUDGE, UNCHECKED, UNDECIDED, result

ARTICLES, EACH = 24, 10


def card(results: list[Result]) -> Scorecard:
    suite = SuiteFacts(name="a suite", sha256="0" * 64, cases=ARTICLES, claims=len(results))
    return Scorecard(
        suite=suite, run=RunFacts.model_validate({"version": "1", **JUDGE}), metrics=(), results=tuple(results)
    )


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
        called += compare(first, second, times=200).verdict != "inconclusive"

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
    accuracy = next(one for one in found.differences if one.name == "accuracy_three_way_all")
    assert accuracy.value == pytest.approx((found.only_second - found.only_first) / found.claims)
    assert found.minimum_detectable_effect < 0.2
    assert sum(one.gained for one in found.changes) == found.only_second


def test_runs_of_other_claims_are_not_compared() -> None:
    with pytest.raises(CaseError, match="share no claims"):
        compare(card([result(1, Label.SUPPORTED, UNCHECKED)]), card([result(2, Label.SUPPORTED, UNCHECKED)]))
    with pytest.raises(CaseError, match="another label or wording"):
        compare(card([result(1, Label.SUPPORTED, UNCHECKED)]), card([result(1, Label.CONTRADICTED, UNCHECKED)]))


def test_claims_are_paired_by_their_ids_in_whatever_order_a_run_has_them() -> None:
    results = [
        result("a", Label.SUPPORTED, Label.SUPPORTED),
        result("b", Label.CONTRADICTED, Label.SUPPORTED),
        result("c", Label.NOT_IN_SOURCE, UNDECIDED),
    ]

    found = compare(card(results), card(results[::-1]))

    assert (found.claims, found.changes, found.only_first, found.only_second) == (3, (), 0, 0)


def test_claims_of_one_run_only_are_left_out_and_counted() -> None:
    both, more = [result(1, Label.SUPPORTED, UNCHECKED)], [result(2, Label.SUPPORTED, UNCHECKED)]

    found = compare(card(both), card(both + more))

    assert found.claims == 1
    assert found.warnings == ("1 claim is in only one of the two, and is left out",)


@pytest.mark.parametrize("said", [UNDECIDED, UNCHECKED])
def test_a_claim_without_a_verdict_is_not_right(said: Doubt | Reason) -> None:
    found = compare(card([result(1, Label.SUPPORTED, Label.SUPPORTED)]), card([result(1, Label.SUPPORTED, said)]))

    assert (found.only_first, found.only_second) == (1, 0)
    assert (found.changes[0].first, found.changes[0].lost, found.changes[0].gained) == ("supported", True, False)


def test_undecided_and_unchecked_are_told_apart() -> None:
    before, after = (card([result(1, Label.SUPPORTED, said)]) for said in (UNCHECKED, UNDECIDED))

    found = compare(before, after)

    assert [(one.first, one.second) for one in found.changes] == [("unchecked", "undecided")]
    rates = {one.name: one.value for one in found.differences if one.name in ("undecided_rate", "unchecked_rate")}
    assert rates == {"undecided_rate": 1.0, "unchecked_rate": -1.0}


def test_scores_whose_base_depends_on_the_run_are_compared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    decided = (Share(lambda one: one.decided, lambda one: one.right),)
    selective = DEFINITIONS["selective_accuracy"]._replace(compared=decided)
    monkeypatch.setitem(DEFINITIONS, "selective_accuracy", selective)
    first = [result(number, Label.SUPPORTED, Label.SUPPORTED if number % 2 else UNDECIDED) for number in range(40)]
    second = [
        result(number, Label.SUPPORTED, Label.SUPPORTED if number % 4 else Label.CONTRADICTED) for number in range(40)
    ]

    found = next(one for one in compare(card(first), card(second)).differences if one.name == "selective_accuracy")

    assert (found.first, found.second) == (1.0, 0.75)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= -0.25 <= found.high
