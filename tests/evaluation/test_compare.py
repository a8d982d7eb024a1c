"""Better, worse, or inconclusive: and two runs of the same thing are mostly inconclusive."""

import random

import pytest

from summarizer.errors import CaseError
from summarizer.evaluation.cards.comparison import to_text
from summarizer.evaluation.compare import compare
from summarizer.evaluation.metrics import DEFINITIONS, Share
from summarizer.evaluation.policy import Comparing
from summarizer.evaluation.scorecard import Result, RunFacts, Scorecard, SuiteFacts
from summarizer.schema import Doubt, Label, Reason
from tests.evaluation.results import JUDGE, UNCHECKED, UNDECIDED, result

ARTICLES, EACH = 24, 10
TIMES = 200  # a rate of ten of a hundred is over five of them in 99 of 100 simulations so long


def card(results: list[Result]) -> Scorecard:
    suite = SuiteFacts(name="a suite", sha256="0" * 64, cases=ARTICLES, claims=len(results))
    return Scorecard(
        suite=suite, run=RunFacts.model_validate({"version": "1", **JUDGE}), metrics=(), results=tuple(results)
    )


def run(draw: random.Random, accuracy: float, hardness: list[float]) -> Scorecard:
    """A run whose articles are hard or easy together."""
    results = []
    for number in range(len(hardness) * EACH):
        gold = Label.SUPPORTED if number % 2 else Label.CONTRADICTED
        wrong = Label.CONTRADICTED if number % 2 else Label.SUPPORTED
        right = draw.random() < accuracy + hardness[number // EACH]
        results.append(result(number, gold, gold if right else wrong))
    return card(results)


def called_different(
    draw: random.Random, articles: int, times: int, *, spread: float = 0.25, rules: Comparing | None = None
) -> int:
    """How often two runs of the same thing are, where each finds articles hard for reasons of its own."""
    called = 0
    for _ in range(times):
        first, second = (run(draw, 0.65, [draw.uniform(-spread, spread) for _ in range(articles)]) for _ in range(2))
        called += compare(first, second, rules=rules).verdict != "inconclusive"
    return called


def test_the_same_thing_twice_is_called_different_in_at_most_five_of_a_hundred() -> None:
    assert called_different(random.Random(19), ARTICLES, TIMES) <= TIMES * 0.05  # noqa: S311


@pytest.mark.parametrize("margin", [{"false_support": 0.02}, {"false_support": 0.0, "false_alarms": 0.02}])
def test_that_holds_with_few_articles_and_several_guardrails(margin: dict[str, float]) -> None:
    """As many drawings of each number of articles."""
    draw, rules, sizes = random.Random(7), Comparing(margin=margin), (1, 2, 3, 5, 6, 7, 10, 36)  # noqa: S311

    called = [called_different(draw, articles, TIMES // len(sizes), rules=rules) for articles in sizes]

    assert sum(called) <= TIMES * 0.05, called


def test_the_same_thing_twice_is_called_different_in_at_most_five_of_a_hundred_with_few_changes() -> None:
    """A judge that is asked twice changes its mind on one claim in ten, in some articles more than in others."""
    draw = random.Random(19)  # noqa: S311
    called = 0
    for _ in range(TIMES):
        results: list[list[Result]] = [[], []]
        for article in range(20):
            unsure = draw.uniform(0, 0.2)
            for number in range(10 * article, 10 * article + 10):
                gold = Label.SUPPORTED if number % 2 else Label.CONTRADICTED
                usual = draw.choice([*Label])
                for side in results:
                    side.append(result(number, gold, draw.choice([*Label]) if draw.random() < unsure else usual))
        called += compare(card(results[0]), card(results[1])).verdict != "inconclusive"

    assert called <= TIMES * 0.05


def test_a_loss_of_eleven_claims_against_one_won_over_twenty_articles_is_found_eight_times_of_ten() -> None:
    draw = random.Random(31)  # noqa: S311
    found = 0
    for _ in range(TIMES):
        numbers = draw.sample(range(200), 12)  # which claims change, of ten in each article
        before = [result(n, Label.CONTRADICTED, Label.CONTRADICTED) for n in range(200)]
        after = list(before)
        for n in numbers[1:]:
            after[n] = result(n, Label.CONTRADICTED, Label.NOT_IN_SOURCE)  # no guardrail is touched
        before[numbers[0]] = result(numbers[0], Label.CONTRADICTED, Label.NOT_IN_SOURCE)
        found += compare(card(before), card(after)).verdict == "worse"

    assert found >= TIMES * 0.8


def with_support(unsound_passed: float, sound_passed: float) -> Scorecard:
    """A run of 20 articles that passes those shares of the ten unsupported and ten supported claims of each."""
    results = []
    for number in range(400):
        article, place = divmod(number, 20)
        gold = Label.SUPPORTED if place < 10 else Label.CONTRADICTED
        share = sound_passed if place < 10 else unsound_passed
        passed = (place % 10) + (article % 10) / 10 < 10 * share
        facts = {"case": f"case{article:02}"}
        results.append(result(number, gold, Label.SUPPORTED if passed else Label.CONTRADICTED, **facts))
    return card(results)


def test_a_run_that_raises_false_support_is_worse_however_much_accuracy_it_gains() -> None:
    careful, careless = with_support(0.02, 0.1), with_support(0.35, 0.95)

    found = compare(careful, careless)

    accuracy = next(one for one in found.differences if one.name == "accuracy_three_way_all")
    assert accuracy.value is not None
    assert accuracy.value > 0.2
    assert found.verdict == "worse"
    assert [(one.name, one.outcome) for one in found.guardrails] == [("false_support", "broken")]
    assert compare(careful, careless, rules=Comparing(margin={"false_support": 0.5})).verdict == "better"


def test_a_rise_beyond_the_margin_that_may_be_chance_is_never_better() -> None:
    before, after = with_support(0.02, 0.1), with_support(0.02, 0.95)
    results = list(after.results)
    more = [n for n in range(60) if n % 20 >= 10 and results[n].label is Label.CONTRADICTED][:6]
    for place in more:  # six of 200, in one article: three points, and the margin is two
        results[place] = result(place, Label.CONTRADICTED, Label.SUPPORTED, case=results[place].case)

    found = compare(before, card(results))

    assert found.p < 0.001
    assert (found.guardrails[0].outcome, found.verdict) == ("beyond, not proven", "inconclusive")


def with_rise(articles: int, risen: int, *, each: int = 5) -> tuple[Scorecard, Scorecard]:
    """Two runs: the second passes every unsupported claim of some articles, and the first none of any."""
    before, after = [], []
    for number in range(articles * each):
        case = f"case{number // each:02}"
        passed = Label.SUPPORTED if number // each < risen else Label.CONTRADICTED
        before.append(result(number, Label.CONTRADICTED, Label.CONTRADICTED, case=case))
        after.append(result(number, Label.CONTRADICTED, passed, case=case))
    return card(before), card(after)


@pytest.mark.parametrize(("articles", "over"), [(1, "claims"), (2, "claims"), (6, "claims"), (7, "articles")])
def test_few_articles_are_enough_to_break_a_guardrail(articles: int, over: str) -> None:
    found = compare(*with_rise(articles, articles, each=8), rules=Comparing(primary="false_alarms"))

    (guardrail,) = found.guardrails
    assert (guardrail.outcome, guardrail.over, found.verdict) == ("broken", over, "worse")
    assert guardrail.p <= 0.01


def test_a_rise_whose_interval_is_wholly_beyond_the_margin_is_proof() -> None:
    """In six of 36 articles: no p over articles can then be under one per cent."""
    before, after = with_rise(36, 6)

    (guardrail,) = compare(before, after).guardrails

    assert guardrail.p == pytest.approx(1 / 64)
    assert guardrail.low is not None
    assert guardrail.low > 0.02
    assert guardrail.outcome == "broken"
    assert compare(before, after).verdict == "worse"
    assert compare(before, after, rules=Comparing(margin={"false_support": 0.2})).guardrails[0].outcome == "held"


def test_a_loss_of_a_score_that_should_be_high_has_an_interval_too() -> None:
    rules = Comparing(primary="false_alarms", margin={"recall_unsupported": 0.02})

    (guardrail,) = compare(*with_rise(36, 6), rules=rules).guardrails

    assert guardrail.outcome == "broken"
    assert guardrail.loss == pytest.approx(1 / 6)
    assert guardrail.low is not None
    assert guardrail.high is not None
    assert 0.02 < guardrail.low < 1 / 6 < guardrail.high


def test_few_changed_claims_of_few_articles_are_no_proof() -> None:
    found = compare(*with_rise(2, 1), rules=Comparing(primary="false_alarms"))  # five claims of one article

    assert (found.guardrails[0].outcome, found.verdict) == ("beyond, not proven", "inconclusive")


def test_no_change_is_no_proof_that_nothing_can_change() -> None:
    before, _ = with_rise(10, 0)

    rise = next(one for one in compare(before, before).differences if one.name == "false_support")

    assert rise.high is not None
    assert rise.high == pytest.approx(0.093, abs=0.001)
    assert rise.low == -rise.high


@pytest.mark.parametrize(
    ("articles", "primary", "effect", "words"),
    [
        (
            5,
            "accuracy_three_way_all",
            None,
            "no difference can be detected: that takes 6 articles with claims that count",
        ),
        (6, "accuracy_three_way_all", 6 / 30, "minimum detectable effect 20.0 points"),
        (6, "false_alarms", None, "not measurable, so no difference can be detected"),
    ],
)
def test_no_effect_is_detectable_that_no_test_over_these_articles_can_reach(
    articles: int, primary: str, effect: float | None, words: str
) -> None:
    before, _ = with_rise(articles, 0)

    found = compare(before, before, rules=Comparing(primary=primary))

    assert found.minimum_detectable_effect == (None if effect is None else pytest.approx(effect))
    assert f"(decides), {words}; McNemar" in to_text(found)


def test_articles_without_a_claim_that_counts_make_nothing_detectable() -> None:
    before, _ = with_rise(5, 0)
    sound = [result(n, Label.SUPPORTED, Label.SUPPORTED, case=f"sound{n}") for n in range(100, 120)]

    alone = compare(
        card([*before.results, *sound]), card([*before.results, *sound]), rules=Comparing(primary="false_support")
    )

    assert (alone.cases, alone.minimum_detectable_effect) == (25, None)


def test_the_policy_names_the_score_that_decides() -> None:
    found = compare(with_support(0.0, 0.1), with_support(0.0, 0.9), rules=Comparing(primary="false_alarms"))

    assert (found.primary, found.verdict) == ("false_alarms", "better")  # lower is better


@pytest.mark.parametrize("name", ["auroc", "cost_usd"])
def test_what_cannot_be_paired_claim_by_claim_decides_nothing(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be compared claim by claim"):
        Comparing(primary=name)


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
    assert found.minimum_detectable_effect is not None
    assert found.minimum_detectable_effect < 0.2
    assert sum(one.gained for one in found.changes) == found.only_second


def test_runs_of_other_claims_are_not_compared() -> None:
    with pytest.raises(CaseError, match="share no claims"):
        compare(card([result("a", Label.SUPPORTED, UNCHECKED)]), card([result("b", Label.SUPPORTED, UNCHECKED)]))
    with pytest.raises(CaseError, match="another label in the second"):
        compare(card([result(1, Label.SUPPORTED, UNCHECKED)]), card([result(1, Label.CONTRADICTED, UNCHECKED)]))


def test_claims_whose_ids_have_moved_are_paired_by_their_words() -> None:
    """As in a table without ids, where one row is taken out, one is put in and one is worded anew."""
    words = ["Snow fell.", "Two roads shut.", "Nobody was hurt.", "A school closed."]
    now = ["A tree fell.", *words[1:3], "Both schools closed."]
    first, second = (
        [
            result(at, Label.SUPPORTED, Label.SUPPORTED, case=case, article="ab", text=one)
            for at, one in enumerate(texts)
        ]
        for case, texts in (("storm", words), ("gale", [*now, "Two roads shut."]))
    )

    found = compare(card(first), card(second[1:] + second[:1]))

    assert (found.claims, found.changes) == (2, ())
    assert found.warnings == ("5 claims are in only one of the two, and are left out",)


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
    first = [result(number, Label.SUPPORTED, Label.SUPPORTED if number % 2 else UNDECIDED) for number in range(60)]
    second = [
        result(number, Label.SUPPORTED, Label.SUPPORTED if number % 4 else Label.CONTRADICTED) for number in range(60)
    ]

    found = next(one for one in compare(card(first), card(second)).differences if one.name == "selective_accuracy")

    assert (found.first, found.second) == (1.0, 0.75)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= -0.25 <= found.high
