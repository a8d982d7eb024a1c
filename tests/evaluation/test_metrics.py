"""Scores against scikit-learn, what they say of the undecided and unchecked, and the registry that holds them."""

import random
import time
from collections.abc import Sequence

import pytest

from summarizer.evaluation.metrics import (
    DEFINITIONS,
    MetricDefinition,
    ScoredRun,
    Share,
    definition_of,
    metric_names,
    nearest_name,
    register,
    reliability,
    risk_coverage,
)
from summarizer.evaluation.metrics import measure as measure_run
from summarizer.evaluation.scorecard import Metric, Result
from summarizer.schema import Doubt, Label, Reason
from tests.evaluation.results import UNCHECKED, UNDECIDED, result, support

LABELS = list(Label)
OPEN: list[Doubt | Reason] = [UNDECIDED, UNCHECKED]
SAID: list[Label | Doubt] = [Label.SUPPORTED, UNDECIDED]
SUPPORTED, CONTRADICTED, ABSENT = LABELS


def measure(results: Sequence[Result]) -> tuple[Metric, ...]:
    return measure_run(ScoredRun(results))


def drawn(n: int = 200, *, left_open: float = 0.0) -> list[Result]:
    draw = random.Random(4)  # noqa: S311
    found = []
    for number in range(n):
        gold = draw.choice(LABELS)
        label = gold if draw.random() < 0.6 else draw.choice(LABELS)
        found.append(result(number, gold, draw.choice(OPEN) if draw.random() < left_open else label))
    return found


def value(metrics: tuple[Metric, ...], name: str) -> float | None:
    return next(one for one in metrics if one.name == name).value


def test_scores_are_those_of_scikit_learn() -> None:
    from sklearn.metrics import balanced_accuracy_score, f1_score, precision_score, recall_score

    results = drawn()
    gold, said = [str(one.gold) for one in results], [one.label.value for one in results if one.label]
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


def test_where_claims_are_only_unsupported_what_needs_the_two_labels_is_not_measurable() -> None:
    coarse = [result(number, ABSENT, said) for number, said in ((3, SUPPORTED), (4, ABSENT))]
    only = [
        result(1, SUPPORTED, SUPPORTED),
        result(2, SUPPORTED, CONTRADICTED),
        *(one.model_copy(update={"gold": "unsupported"}) for one in coarse),
    ]

    some = measure([*only, result(5, CONTRADICTED, CONTRADICTED)])

    found = measure(only)
    assert value(found, "precision/supported") == 1 / 2
    assert value(found, "f1/supported") == 1 / 2
    for name in ("macro_f1", "precision/contradicted", "recall/contradicted", "f1/contradicted", "f1/not_in_source"):
        assert value(found, name) is None, name
    assert value(some, "precision/contradicted") == 1 / 2


def test_every_score_lies_in_its_interval_and_says_how_many_it_rests_on() -> None:
    for one in measure(drawn(left_open=0.3)):
        if one.low is not None and one.high is not None:
            assert one.value is not None
            assert one.low <= one.value <= one.high, one.name
        assert one.value is None or one.n > 0, one.name


def test_undecided_and_unchecked_claims_are_counted_beside_a_score_and_not_in_it() -> None:
    right = [result(number, SUPPORTED, SUPPORTED) for number in range(10)]
    right += [result(number, ABSENT, CONTRADICTED) for number in range(10, 20)]
    undecided = [result(number, SUPPORTED, UNDECIDED, leaning=SUPPORTED) for number in range(20, 50)]
    unchecked = [result(number, SUPPORTED, UNCHECKED) for number in range(50, 60)]

    found = {one.name: one for one in measure([*right, *undecided, *unchecked])}

    decided = found["selective_balanced_accuracy"]
    assert (decided.value, decided.n, decided.base, decided.undecided, decided.unchecked) == (1.0, 20, 60, 30, 10)
    assert found["balanced_accuracy"].value == pytest.approx((10 / 50 + 1) / 2)
    assert found["undecided_rate"].value == pytest.approx(30 / 60)
    assert found["unchecked_rate"].value == pytest.approx(10 / 60)
    assert found["false_alarms"].value == 0.0
    assert found["false_support"].value == 0.0


def test_selective_accuracy_is_of_the_decided_and_decision_coverage_says_how_many_they_are() -> None:
    results = [
        result(1, SUPPORTED, SUPPORTED),
        result(2, CONTRADICTED, CONTRADICTED),
        result(3, ABSENT, CONTRADICTED),
        result(4, SUPPORTED, UNDECIDED, leaning=SUPPORTED),
        result(5, SUPPORTED, UNCHECKED),
    ]

    found = {one.name: one.value for one in measure(results)}

    assert found["selective_accuracy"] == pytest.approx(2 / 3)
    assert found["decision_coverage"] == pytest.approx(3 / 5)
    assert found["accuracy_three_way_all"] == pytest.approx(2 / 5)


def test_undecided_is_an_answer_and_a_failed_call_is_none() -> None:
    results = [result(1, SUPPORTED, Doubt.JUDGES_DISAGREE), result(2, SUPPORTED, Reason.UNAVAILABLE)]
    results += [result(3, SUPPORTED, Reason.MISQUOTE), result(4, SUPPORTED, Reason.NOT_CHECKABLE)]

    assert value(measure(results), "unanswered") == 1 / 4


def test_a_share_that_is_alike_in_every_article_is_not_therefore_certain() -> None:
    found = {one.name: one for one in measure([result(number, SUPPORTED, UNCHECKED) for number in range(20)])}

    rate = found["unchecked_rate"]
    assert (rate.value, rate.low) == (1.0, None)  # two articles
    many = {one.name: one for one in measure([result(number, SUPPORTED, UNCHECKED) for number in range(200)])}
    assert many["unchecked_rate"].low == pytest.approx(0.9785, abs=1e-3)


@pytest.mark.parametrize("said", [UNDECIDED, UNCHECKED])
def test_what_cannot_be_measured_is_none_and_never_zero(said: Doubt | Reason) -> None:
    found = {one.name: one for one in measure([result(0, SUPPORTED, said)])}

    for name in (
        "selective_balanced_accuracy",
        "balanced_accuracy",
        "selective_accuracy",
        "brier",
        "evidence_precision",
    ):
        assert found[name].value is None, name
    assert found["decision_coverage"].value == 0.0


def test_brier_and_bins_are_of_the_probability_of_support() -> None:
    from sklearn.metrics import brier_score_loss

    draw = random.Random(8)  # noqa: S311
    results = [
        result(number, draw.choice(LABELS), draw.choice(SAID), probabilities=support(draw.random()))
        for number in range(100)
    ]
    gold = [one.gold is Label.SUPPORTED for one in results]
    said = [one.support or 0.0 for one in results]

    bins = reliability(results)

    assert value(measure(results), "brier") == pytest.approx(brier_score_loss(gold, said))
    assert sum(one.n for one in bins) == 100
    assert all(one.mean is None or one.low <= one.mean <= one.high for one in bins)


def test_every_metric_says_what_it_is() -> None:
    for one in DEFINITIONS.values():
        assert one.title, one.name
        assert one.meaning, one.name
        assert "\n" not in one.meaning, one.name
        assert one.name.endswith("/*") == bool(one.parts), one.name


def test_names_are_those_that_a_run_can_have() -> None:
    assert {one.name for one in measure(drawn())} <= set(metric_names())


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("balanced_accuracy", "higher"), ("false_support", "lower"), ("undecided_rate", "lower"), ("brier", "lower"),
        ("recall_unsupported", "higher"), ("recall_unsupported/number", "higher"), ("precision/supported", "higher"),
    ],
)  # fmt: skip
def test_a_name_has_its_direction(name: str, better: str) -> None:
    definition = definition_of(name)

    assert definition is not None
    assert definition.better == better


@pytest.mark.parametrize(
    ("misspelt", "nearest"),
    [
        ("ballanced_accuracy", "balanced_accuracy"), ("false_supports", "false_support"),
        ("recall_unsupported/nunber", "recall_unsupported/number"), ("precision/suported", "precision/supported"),
        ("zzz", None),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_unknown_and_has_a_nearest_one(misspelt: str, nearest: str | None) -> None:
    assert definition_of(misspelt) is None
    assert nearest_name(misspelt) == nearest


@pytest.mark.parametrize("name", ["precision", "accuracy", "precision/*", "brier/x", ""])
def test_a_family_is_no_metric_and_a_metric_has_no_parts(name: str) -> None:
    assert definition_of(name) is None


def test_no_name_is_taken_twice() -> None:
    taken = MetricDefinition("brier", "t", "m", "lower", "score", lambda *_: None)

    with pytest.raises(ValueError, match="already called 'brier'"):
        register(taken)


def test_shares_are_ratios_of_sums() -> None:
    everything = Share(lambda _: True, lambda one: one.right)

    assert everything.ratio([result(1, SUPPORTED, SUPPORTED), result(2, SUPPORTED, UNDECIDED)]) == (1.0, 2.0)


def test_rankings_are_those_of_scikit_learn_and_have_intervals() -> None:
    from sklearn.metrics import average_precision_score, roc_auc_score

    draw = random.Random(8)  # noqa: S311
    results = [
        result(number, draw.choice(LABELS), UNDECIDED, probabilities=support(round(draw.random(), 1)))
        for number in range(100)
    ]
    gold = [one.gold is Label.SUPPORTED for one in results]
    said = [one.support or 0.0 for one in results]

    found = {one.name: one for one in measure(results)}

    assert found["auroc"].value == pytest.approx(roc_auc_score(gold, said))
    wanted = average_precision_score([not one for one in gold], [1 - one for one in said])
    assert found["average_precision"].value == pytest.approx(wanted)
    for name in ("auroc", "average_precision", "aurc"):
        one = found[name]
        assert one.low is not None
        assert one.high is not None
        assert one.value is not None
        assert one.low < one.value < one.high


def test_the_risk_coverage_curve_ends_at_all_claims_and_its_area_is_the_mean_of_its_risks() -> None:
    said = [(SUPPORTED, 0.95), (SUPPORTED, 0.9), (ABSENT, 0.8), (ABSENT, 0.4)]
    results = [result(n, gold, UNDECIDED, probabilities=support(p)) for n, (gold, p) in enumerate(said)]

    curve = risk_coverage(results)

    assert [(one.coverage, one.risk) for one in curve] == [(0.25, 0), (0.5, 0), (0.75, pytest.approx(1 / 3)), (1, 0.25)]
    assert value(measure(results), "aurc") == pytest.approx((0 + 0 + 1 / 3 + 1 / 4) / 4)


def test_claims_that_are_all_equally_sure_take_no_longer() -> None:
    one, other = (result(n, gold, UNDECIDED, probabilities=support(1)) for n, gold in enumerate((SUPPORTED, ABSENT)))
    begun = time.process_time()

    curve = risk_coverage([one, other] * 10_000)

    assert time.process_time() - begun < 1
    assert {round(point.risk, 9) for point in curve} == {0.5}
