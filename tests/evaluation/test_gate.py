"""What the gate lets through and what it does not; what cannot be measured never passes."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer.components import Components
from summarizer.drafts import Judgement, Judgements, QuoteDraft
from summarizer.errors import CaseError
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.gate import doubts, first_policy, judge_card, pinned, takes_place
from summarizer.evaluation.metrics import ScoredRun, measure
from summarizer.evaluation.policy import Policy, load_policy, repinned, to_toml
from summarizer.evaluation.run import evaluate
from summarizer.evaluation.scorecard import Metric, RunFacts, Scorecard, SuiteFacts
from summarizer.extraction.sentences import SentenceExtractor
from summarizer.judging import Material
from summarizer.schema import Claim, Component, Label, Probabilities, Reason
from summarizer.writing.extractive import ExtractiveWriter
from tests.evaluation.results import JUDGE, UNDECIDED, result

EVALS = Path(__file__).parents[2] / "evals"
DIGEST = "a" * 64


def card(**values: float | None) -> Scorecard:
    """A scorecard of forty claims with these metrics."""
    results = tuple(result(number, Label.SUPPORTED, Label.SUPPORTED) for number in range(40))
    metrics = tuple(Metric(name=name, value=value, n=0 if value is None else 40) for name, value in values.items())
    suite = SuiteFacts(name="a suite", sha256=DIGEST, cases=4, claims=40)
    return Scorecard(
        suite=suite, run=RunFacts.model_validate({"version": "1", **JUDGE}), metrics=metrics, results=results
    )


def policy(**more: Any) -> Policy:
    return Policy.model_validate({"suite": {"sha256": DIGEST, "cases": 4, "claims": 40}, **more})


def failures(scorecard: Scorecard, held_to: Policy) -> list[str]:
    return [one.words for one in judge_card(scorecard, held_to) if not one.passed]


def test_a_run_that_meets_every_bar_passes() -> None:
    good = policy(
        require=["f1/supported"],
        floor={"macro_f1": 0.6},
        ceiling={"false_support": 0.1},
        drop={"recall_unsupported": 0.02},
        baseline={"recall_unsupported": 0.5},
    )

    assert (
        failures(card(**{"f1/supported": 0.0}, macro_f1=0.6, false_support=0.1, recall_unsupported=0.481), good) == []
    )


@pytest.mark.parametrize(
    ("values", "bars", "words"),
    [
        ({"macro_f1": 0.59}, {"floor": {"macro_f1": 0.6}}, ["macro_f1: 0.590, floor 0.600"]),
        ({"false_support": 0.11}, {"ceiling": {"false_support": 0.1}}, ["false_support: 0.110, ceiling 0.100"]),
        (
            {"recall_unsupported": 0.47},
            {"drop": {"recall_unsupported": 0.02}, "baseline": {"recall_unsupported": 0.5}},
            ["recall_unsupported: 0.470, baseline 0.500, may be worse by 0.020"],
        ),
        (
            {"false_alarms": 0.2},
            {"drop": {"false_alarms": 0.05}, "baseline": {"false_alarms": 0.1}},
            ["false_alarms: 0.200, baseline 0.100, may be worse by 0.050"],
        ),
        ({}, {"require": ["brier"]}, ["brier: not measurable in this run"]),
        (
            {"macro_f1": None},
            {"floor": {"macro_f1": 0.0}},
            ["macro_f1: not measurable in this run", "macro_f1: not measurable, floor 0.000"],
        ),
        (
            {"macro_f1": 0.9},
            {"floor": {"macro_f1": 0.6}, "fewest": 41},
            ["macro_f1: rests on 40 claims, and at least 41 are needed"],
        ),
    ],
)
def test_a_bar_that_is_not_met_is_named(
    values: dict[str, float | None], bars: dict[str, Any], words: list[str]
) -> None:
    assert failures(card(**values), policy(**bars)) == words


def test_a_shrunk_or_edited_suite_fails() -> None:
    good = policy(floor={"macro_f1": 0.1})
    whole = card(macro_f1=0.9)
    shrunk = whole.model_copy(update={"suite": whole.suite.model_copy(update={"claims": 39})})
    edited = whole.model_copy(update={"suite": whole.suite.model_copy(update={"sha256": "b" * 64})})
    without = whole.model_copy(update={"results": whole.results[:-1]})

    assert failures(shrunk, good)[0] == "suite: 4 cases, 39 claims; pinned: 4 cases, 40 claims"
    assert failures(edited, good) == [
        "suite: labels or inputs have changed (bbbbbbbbbbbb instead of aaaaaaaaaaaa); pin it again"
    ]
    assert failures(without, good) == ["suite: 39 results for 40 claims"]


def test_pinning_lowers_no_bar_unasked() -> None:
    before = policy(drop={"macro_f1": 0.0}, baseline={"macro_f1": 0.6})

    assert pinned(card(macro_f1=0.7), before).baseline == {"macro_f1": 0.7}
    with pytest.raises(CaseError, match=r"macro_f1: would be pinned at 0\.500, worse than 0\.600"):
        pinned(card(macro_f1=0.5), before)
    assert pinned(card(macro_f1=0.5), before, allow_regression=True).baseline == {"macro_f1": 0.5}
    with pytest.raises(CaseError, match="not measurable"):
        pinned(card(), before, allow_regression=True)


def test_pinning_a_smaller_suite_is_a_regression() -> None:
    larger = Policy.model_validate({"suite": {"sha256": DIGEST, "cases": 4, "claims": 41}, "floor": {"macro_f1": 0.1}})

    with pytest.raises(CaseError, match="has 40 claims, and 41 were pinned"):
        pinned(card(macro_f1=0.7), larger)


def test_a_policy_survives_its_file(tmp_path: Path) -> None:
    own = policy(floor={"recall_unsupported/number": 0.25}, drop={"brier": 0.01}, baseline={"brier": 0.2})
    path = tmp_path / "gate.toml"
    path.write_text(to_toml(own), encoding="utf-8")

    assert load_policy(path) == own


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("floor = [", "is not TOML"),
        (f"floor = {'[' * 20_000}", "is not TOML: it is nested too deep"),
        ("[floor]\nmacro_f1 = 0.5", "suite: is missing"),
        (f'[suite]\nsha256 = "{DIGEST}"\ncases = 4\nclaims = 40', "asks for nothing"),
        (
            f'[suite]\nsha256 = "{DIGEST}"\ncases = 4\nclaims = 40\n[flor]\na = 1',
            "flor: there is no such field; there are: suite, ",
        ),
        (
            f'[suite]\nsha256 = "{DIGEST}"\ncases = 4\nclaims = 40\n[drop]\nbrier = 0.1',
            "drop: brier has no value under",
        ),
    ],
)
def test_a_policy_that_cannot_be_used_is_named(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CaseError) as error:
        load_policy(path)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("bars", "words"),
    [
        (
            "[floor]\nballanced_accuracy = 0.5",
            "floor: no metric is called 'ballanced_accuracy'; did you mean 'balanced_accuracy'?",
        ),
        (
            "[ceiling]\nfalse_supports = 0.5",
            "ceiling: no metric is called 'false_supports'; did you mean 'false_support'?",
        ),
        (
            '[drop]\n"recall_unsupported/nunber" = 0.1',
            "drop: no metric is called 'recall_unsupported/nunber'; did you mean 'recall_unsupported/number'?",
        ),
        (
            "[floor]\nmacro_f1 = 0.5\n[baseline]\nbrierr = 0.5",
            "baseline: no metric is called 'brierr'; did you mean 'brier'?",
        ),
        ("[floor]\nqqq = 0.5", "floor: no metric is called 'qqq'; `summarizer eval metrics` lists them"),
        ("[floor]\nprecision = 0.5", "floor: no metric is called 'precision'; did you mean"),
        (
            "[floor]\nfalse_support = 0.1",
            "floor: lower is better for false_support, so it takes a ceiling; put it under [ceiling]",
        ),
        (
            "[ceiling]\nmacro_f1 = 0.9",
            "ceiling: higher is better for macro_f1, so it takes a floor; put it under [floor]",
        ),
    ],
)
def test_a_bar_on_no_metric_or_on_the_wrong_side_names_the_fix(bars: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(f'[suite]\nsha256 = "{DIGEST}"\ncases = 4\nclaims = 40\n{bars}\n', encoding="utf-8")

    with pytest.raises(CaseError) as error:
        load_policy(path)

    assert str(error.value).removeprefix(f"{path}: ").startswith(words)


@pytest.mark.parametrize(
    ("bars", "words"),
    [
        ("[floor]\nbalanced_accuracy = 80", "balanced_accuracy goes from 0 to 1, and 80 is outside; for 80 per cent write 0.8"),
        ("[ceiling]\nfalse_support = { high = 12.5 }", "and 12.5 is outside; for 12.5 per cent write 0.125"),
        ("[floor]\nmacro_f1 = -1", "macro_f1 goes from 0 to 1, and -1 is outside, under [floor]"),
        ("[floor]\nbalanced_accuracy_all = 0.5", "'balanced_accuracy_all' is called 'balanced_accuracy' now"),
        ("[floor]\nmacro_f1 = 0.5\n[compare.margin]\nfalse_support = 2", "for 2 per cent write 0.02"),
        ("[floor]\nmacro_f1 = 0.5\n[compare]\nprimary = 'brier'", "brier cannot be compared claim by claim"),
        ("[floor]\nmacro_f1 = {}", "a bar needs value, low or high"),
        ("[floor]\nmacro_f1 = { hihg = 0.5 }", "floor.macro_f1: no end of a bar is called 'hihg'; use value, low or high"),
        ("[ceiling]\ncalls = -3", "calls is never below 0, and -3 is; under [ceiling]"),
    ],
)  # fmt: skip
def test_a_bar_that_no_run_could_mean_names_the_fix(bars: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(f'[suite]\nsha256 = "{DIGEST}"\ncases = 4\nclaims = 40\n{bars}\n', encoding="utf-8")

    with pytest.raises(CaseError) as error:
        load_policy(path)

    assert words in str(error.value)


def test_a_bar_may_be_for_an_end_of_the_interval() -> None:
    metric = Metric(name="macro_f1", value=0.8, low=0.7, high=0.9, n=40)
    scorecard = card().model_copy(update={"metrics": (metric,)})
    few = card().model_copy(update={"metrics": (metric.model_copy(update={"low": None, "high": None, "articles": 3}),)})

    assert failures(scorecard, policy(floor={"macro_f1": {"value": 0.8, "low": 0.7}})) == []
    assert failures(scorecard, policy(floor={"macro_f1": {"low": 0.75}})) == [
        "macro_f1: low end of the interval 0.700, floor 0.750"
    ]
    assert failures(few, policy(floor={"macro_f1": {"low": 0.1}})) == [
        "macro_f1: low end of the interval none, too few articles, floor 0.100"
    ]


def test_fewest_counts_each_claim_once() -> None:
    undecided = [result(number, Label.SUPPORTED, UNDECIDED) for number in range(19)]
    metrics = measure(ScoredRun(undecided))
    scorecard = card().model_copy(update={"metrics": metrics})

    assert failures(scorecard, policy(floor={"accuracy_three_way_all": 0.0}, fewest=19)) == []
    assert failures(scorecard, policy(floor={"accuracy_three_way_all": 0.0}, fewest=20)) == [
        "accuracy_three_way_all: rests on 19 claims, and at least 20 are needed"
    ]


@pytest.mark.parametrize(
    ("run", "kept", "other_labels", "takes"),
    [
        (0.7, 0.7, False, True),
        (0.5, 0.7, False, False),
        (0.5, 0.5, False, True),  # nothing that meets the policy is lost
        (0.5, 0.7, True, True),  # which is to be pinned
    ],
)
def test_a_run_that_misses_a_bar_takes_the_place_of_none_that_meets_it(
    run: float, kept: float, other_labels: bool, takes: bool
) -> None:
    before, after = card(macro_f1=kept), card(macro_f1=run)
    if other_labels:
        after = after.model_copy(update={"suite": after.suite.model_copy(update={"sha256": "b" * 64})})

    assert takes_place(after, before, policy(floor={"macro_f1": 0.6})) is takes


def test_a_first_policy_is_met_by_its_run_and_by_no_much_worse_one(tmp_path: Path) -> None:
    def of(wrong: int) -> Scorecard:
        results = [
            result(number, (Label.SUPPORTED, Label.CONTRADICTED)[number % 2], Label.SUPPORTED if number % 10 < wrong else (Label.SUPPORTED, Label.CONTRADICTED)[number % 2])
            for number in range(80)
        ]  # fmt: skip
        return card().model_copy(
            update={
                "metrics": measure(ScoredRun(results)),
                "results": tuple(results),
                "suite": SuiteFacts(name="a suite", sha256=DIGEST, cases=8, claims=80),
            }
        )

    first = first_policy(of(2))
    path = tmp_path / "gate.toml"
    path.write_text(to_toml(first), encoding="utf-8")

    assert load_policy(path) == first
    assert failures(of(2), first) == []
    assert any(words.startswith("false_support: ") for words in failures(of(8), first))


def test_a_run_that_was_hardly_answered_is_no_start() -> None:
    golds = (Label.SUPPORTED, Label.CONTRADICTED)
    results = tuple(result(n, golds[n % 2], Reason.UNAVAILABLE) for n in range(40))
    scored = ScoredRun(results=results, reports=[], rounds=[results])
    empty = card().model_copy(update={"results": results, "metrics": measure(scored)})

    assert doubts(empty, first_policy(empty)) == (
        "100.0 per cent of the claims were not answered in this run; repair that, and pin it again",
        "every run meets [floor] balanced_accuracy, [floor] recall_unsupported, [ceiling] unanswered; "
        "write a bar of your own there",
    )


def test_a_misspelt_requirement_is_named_too() -> None:
    with pytest.raises(ValueError, match="did you mean 'f1/supported'"):
        policy(require=["f1/suported"], floor={"macro_f1": 0.1})


@pytest.mark.parametrize("name", ["embedded", "replay"])
def test_the_policies_of_ci_name_metrics_that_exist(name: str) -> None:
    assert load_policy(EVALS / "gates" / f"{name}.toml").suite.claims > 0


class FaultyJudge:
    """A judge with a planted fault."""

    about = Component(name="faulty")
    destination = "the text stays in this test"
    remote = False

    def __init__(self, fault: str) -> None:
        self._fault = fault

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        drafts = []
        for number, claim in enumerate(claims):
            best = material.passages[claim.id][:1] or material.sentences[:1]
            quotes = tuple(QuoteDraft(text=one.text, sentence=one.id) for one in best)
            if self._fault == "misquotes":
                quotes = tuple(QuoteDraft(text=f"{one.text} It is so.") for one in best)
            if self._fault == "never supports":
                drafts.append(Judgement(claim=claim.id, label=Label.NOT_IN_SOURCE))
            elif self._fault == "never decides":
                drafts.append(Judgement(claim=claim.id, probabilities=Probabilities.of(1, 1, 1)))
            elif self._fault != "skips claims" or number % 2:
                drafts.append(Judgement(claim=claim.id, label=Label.SUPPORTED, quotes=quotes))
        return Judgements(judgements=tuple(drafts))

    async def close(self) -> None:
        """Nothing is held."""


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("supports everything", "false_support: "),
        ("never supports", "false_alarms: "),
        ("never decides", "balanced_accuracy: "),
        ("misquotes", "misquotes: "),
        ("skips claims", "unanswered: "),
    ],
)
def test_a_planted_fault_turns_the_gate_red_for_its_own_reason(fault: str, reason: str) -> None:
    """The job that must fail, with the policy that CI holds the embedded backend to."""
    components = Components(ExtractiveWriter(), SentenceExtractor(), FaultyJudge(fault))

    found = failures(evaluate(load_suite(), components), load_policy(EVALS / "gates" / "embedded.toml"))

    assert any(words.startswith(reason) for words in found), found


def test_pinning_keeps_what_the_writer_noted() -> None:
    policy = Policy.model_validate(tomllib.loads(NOTED))
    newer = policy.model_copy(update={"baseline": {"recall_unsupported": 0.75}})

    assert repinned(NOTED, newer) == NOTED.replace("0.5  # of spring", "0.75")


def test_pinning_leaves_a_comment_above_the_table_that_it_is_about() -> None:
    text = NOTED.replace("\n[drop]", "\n# Agreed with the editors in May.\n\n# Each for a reason.\n[drop]")
    policy = Policy.model_validate(tomllib.loads(text))
    newer = policy.model_copy(update={"suite": policy.suite.model_copy(update={"cases": 3})})

    assert repinned(text, newer) == text.replace("cases = 2", "cases = 3").replace("0.5  # of spring", "0.5")


def test_a_policy_written_in_one_line_is_written_anew() -> None:
    policy = Policy.model_validate(tomllib.loads(NOTED))
    text = NOTED.replace("[baseline]\n# as measured on the machine of the office\n", "baseline.")

    assert Policy.model_validate(tomllib.loads(repinned(text, policy))) == policy


NOTED = """# Ours. Ask Mara before you lower a floor.
fewest = 20

[suite]
sha256 = "{sha}"
cases = 2
claims = 40

[drop]  # shares
"recall_unsupported" = 0.02  # two claims

[baseline]
# as measured on the machine of the office
"recall_unsupported" = 0.5  # of spring
""".replace("{sha}", "0" * 64)
