"""Scores against scikit-learn, and what they say of the unchecked."""

import random
from typing import Any

import pytest

from summarizer.evaluation.metrics import measure, reliability
from summarizer.evaluation.scorecard import Metric, Result
from summarizer.schema import Label, Modality, Reason

LABELS = list(Label)


def result(number: int, gold: Label, label: Label | None, **more: Any) -> Result:
    facts: dict[str, Any] = {
        "case": f"case{number // 10:02}",
        "claim": f"c{number}",
        "text": "A claim.",
        "writer": "planted",
        "split": "dev",
        "gold": gold,
        "error": None if gold is Label.SUPPORTED else "number",
        "difficulty": "easy",
        "modality": Modality.ASSERTED,
        "label": label,
        "reason": Reason.UNCERTAIN if label is None else None,
    }
    return Result(**(facts | more))


def drawn(n: int = 200, *, unchecked: float = 0.0) -> list[Result]:
    draw = random.Random(4)  # noqa: S311
    found = []
    for number in range(n):
        gold = draw.choice(LABELS)
        label = gold if draw.random() < 0.6 else draw.choice(LABELS)
        found.append(result(number, gold, None if draw.random() < unchecked else label))
    return found


def value(metrics: tuple[Metric, ...], name: str) -> float | None:
    return next(one for one in metrics if one.name == name).value


def test_scores_are_those_of_scikit_learn() -> None:
    from sklearn.metrics import balanced_accuracy_score, f1_score, precision_score, recall_score

    results = drawn()
    gold, said = [one.gold.value for one in results], [one.label.value for one in results if one.label]
    binary = [one == "supported" for one in gold], [one == "supported" for one in said]

    found = measure(results)

    assert value(found, "balanced_accuracy") == pytest.approx(balanced_accuracy_score(*binary))
    assert value(found, "macro_f1") == pytest.approx(f1_score(gold, said, average="macro"))
    assert value(found, "recall_unsupported") == pytest.approx(recall_score(*binary, pos_label=False))
    for label in Label:
        own = {"labels": [label.value], "average": "macro"}
        assert value(found, f"precision/{label}") == pytest.approx(precision_score(gold, said, **own))
        assert value(found, f"recall/{label}") == pytest.approx(recall_score(gold, said, **own))
        assert value(found, f"f1/{label}") == pytest.approx(f1_score(gold, said, **own))


def test_every_score_lies_in_its_interval_and_says_how_many_it_rests_on() -> None:
    for one in measure(drawn(unchecked=0.3)):
        if one.low is not None and one.high is not None:
            assert one.value is not None
            assert one.low <= one.value <= one.high, one.name
        assert one.value is None or one.n > 0, one.name


def test_unchecked_claims_stand_beside_the_score_and_not_in_it() -> None:
    right = [result(number, Label.SUPPORTED, Label.SUPPORTED) for number in range(10)]
    right += [result(number, Label.NOT_IN_SOURCE, Label.CONTRADICTED) for number in range(10, 20)]
    left_out = [result(number, Label.SUPPORTED, None) for number in range(20, 60)]

    found = {one.name: one for one in measure([*right, *left_out])}

    assert found["balanced_accuracy"].value == 1.0
    assert (found["balanced_accuracy"].n, found["balanced_accuracy"].unchecked) == (20, 40)
    assert found["balanced_accuracy_all"].value == pytest.approx((10 / 50 + 1) / 2)
    assert found["unchecked_rate"].value == pytest.approx(40 / 60)
    assert found["false_alarms"].value == 0.0


def test_a_share_that_is_alike_in_every_article_is_not_therefore_certain() -> None:
    found = {one.name: one for one in measure([result(number, Label.SUPPORTED, None) for number in range(20)])}

    rate = found["unchecked_rate"]
    assert (rate.value, rate.high) == (1.0, 1.0)
    assert rate.low == pytest.approx(0.8389, abs=1e-4)  # Wilson's bound of 20 of 20


def test_what_cannot_be_measured_is_none_and_never_nought() -> None:
    found = {one.name: one for one in measure([result(0, Label.SUPPORTED, None)])}

    assert found["balanced_accuracy"].value is None
    assert found["recall_unsupported"].value is None
    assert found["brier"].value is None
    assert found["evidence_precision"].value is None
    assert found["unchecked_rate"].value == 1.0


def test_brier_and_bins_are_of_the_probability_of_support() -> None:
    from sklearn.metrics import brier_score_loss

    draw = random.Random(8)  # noqa: S311
    results = [
        result(number, draw.choice(LABELS), Label.SUPPORTED, confidence=round(draw.random(), 3))
        for number in range(100)
    ]
    gold = [one.gold is Label.SUPPORTED for one in results]
    said = [one.confidence or 0.0 for one in results]

    bins = reliability(results)

    assert value(measure(results), "brier") == pytest.approx(brier_score_loss(gold, said))
    assert sum(one.n for one in bins) == 100
    assert all(one.mean is None or one.low <= one.mean <= one.high for one in bins)
