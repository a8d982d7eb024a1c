"""Scorecards, policies and rows that somebody made by hand, or wants to fool the harness with."""

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import CaseError
from summarizer.evaluation.benchmarks import read_rows, rows_of
from summarizer.evaluation.cards import comparison, figures, history, matrix, to_json, to_text
from summarizer.evaluation.compare import compare
from summarizer.evaluation.gate import judge_card, pinned
from summarizer.evaluation.history import Run
from summarizer.evaluation.matrix import Row
from summarizer.evaluation.metrics import ScoredRun, measure
from summarizer.evaluation.policy import Comparing, load_policy
from summarizer.evaluation.scorecard import Metric, Result, RunFacts, Scorecard, SuiteFacts, load_card
from summarizer.schema import Label
from tests.evaluation.results import JUDGE, UNDECIDED, result

S, C, N = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_IN_SOURCE
EVIL = "</script><b>`|**x** @you [a](javascript:1) \x1b[31m\u202e\x9b31m"
SUITE = '[suite]\nsha256 = "{}"\ncases = 1\nclaims = 1\n'.format("0" * 64)


def card(*results: Result, sha256: str = "0" * 64, name: str = "a suite") -> Scorecard:
    cases = len({one.case for one in results})
    return Scorecard(
        suite=SuiteFacts(name=name, sha256=sha256, cases=cases, claims=len(results)),
        run=RunFacts.model_validate({"version": "1.0.0", **JUDGE}),
        metrics=measure(ScoredRun(results=results)),
        results=results,
    )


def changed(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    whole = json.loads(card(result(1, S, S), result(2, C, C)).model_dump_json())
    change(whole)
    path = tmp_path / "card.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def policy(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gate.toml"
    path.write_text(f"{SUITE}{text}\n", encoding="utf-8")
    return path


def test_a_guardrail_that_cannot_be_measured_has_not_held() -> None:
    before = card(*(result(number, S, UNDECIDED) for number in range(100)))
    after = card(*(result(number, S, S) for number in range(100)))

    found = compare(before, after)

    assert (found.guardrails[0].outcome, found.verdict) == ("not measurable", "inconclusive")
    assert "guardrail false support: not measurable, so it has not held\n" in comparison.to_text(found)
    assert compare(before, after, rules=Comparing(margin={})).verdict == "better"


def test_a_primary_score_that_cannot_be_measured_decides_nothing() -> None:
    before = card(*(result(number, S, UNDECIDED) for number in range(100)))
    after = card(*(result(number, S, S) for number in range(100)))
    rules = Comparing(primary="balanced_accuracy", margin={})

    assert compare(before, after, rules=rules).verdict == "inconclusive"
    assert compare(after, before, rules=rules).verdict == "inconclusive"


def test_a_claim_that_stands_twice_is_not_counted_twice() -> None:
    twice = card(result(1, S, S), result(1, S, S))

    with pytest.raises(CaseError, match="c1: stands twice"):
        compare(twice, card(result(1, S, S)))


def test_claims_of_one_article_belong_together_wherever_they_stand() -> None:
    order = [number for last in range(10) for number in range(last, 80, 10)]
    apart = [card(*(result(number, S, said) for number in order)) for said in (C, S)]
    together = [card(*(result(number, S, said) for number in range(80))) for said in (C, S)]

    assert compare(*apart).cases == 8
    assert compare(*apart).p == compare(*together).p


def test_runs_of_other_inputs_are_compared_with_a_warning() -> None:
    first, second = card(result(1, S, S)), card(result(1, S, S), sha256="1" * 64, name="another")

    assert compare(first, first).warnings == ()
    assert compare(first, second).warnings == (
        "the runs are not of the same labels and inputs: a suite (000000000000) and another (111111111111)",
    )


def test_one_claim_of_one_article_is_called_so() -> None:
    one = card(result(1, S, S))

    assert "\n1 claim of 1 article; " in comparison.to_text(compare(one, one))


def test_a_loss_beyond_the_margin_does_not_look_like_the_margin() -> None:
    before = card(*(result(number, C, C) for number in range(1000)))
    after = card(*(result(number, C, S if number < 21 else C) for number in range(1000)))
    words = comparison.to_text(compare(before, after, rules=Comparing(margin={"false_support": 0.0209})))

    assert "beyond, not proven; worse by 2.10 points, margin 2.09, p" in words


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_makes_no_scorecard(value: float, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"metrics\.0\.value: Input should be a finite number"):
        load_card(changed(tmp_path, lambda whole: whole["metrics"][0].update(value=value)))


def test_an_interval_that_ends_before_it_begins_makes_no_scorecard(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="the lower end of an interval is above the upper one"):
        load_card(changed(tmp_path, lambda whole: whole["metrics"][0].update(value=0.5, low=0.9, high=0.1)))


def test_the_fault_of_a_scorecard_cannot_steer_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        load_card(changed(tmp_path, lambda whole: whole.update({"\x1b[31mred\n::error::x": 1})))

    assert "\x1b" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_data_sets_with_other_scores_than_the_first_are_shown(tmp_path: Path) -> None:
    facts = {"claims": 1, "documents": 1}
    scores = [{"name": f"{name}/rain", "value": 0.25, "n": 4} for name in ("undecided_rate", "auroc")]
    sets = [{"name": "rain", "metrics": scores, **facts}, {"name": "ice", "metrics": scores[1:], **facts}]

    shown = load_card(changed(tmp_path, lambda whole: whole.update(datasets=sets)))

    head, rows = figures.dataset_table(shown)
    assert head[3:] == ("claims undecided", "area under the ROC curve")
    assert rows == [("rain", "1", "1", "25.0", "25.0"), ("ice", "1", "1", "-", "25.0")]
    assert "ice" in to_text(shown)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.9996, "99.96"), (0.0004, "0.04"), (1.0, "100.0"), (0.0, "0.0"), (-0.0, "0.0"), (0.995, "99.5"), (1e-12, "0.0")],
)
def test_some_is_printed_neither_as_all_nor_as_none(value: float, shown: str) -> None:
    assert figures.number("balanced_accuracy", value) == shown


def test_no_difference_has_no_minus() -> None:
    assert figures.change("balanced_accuracy", -0.0) == "+0.0"
    assert figures.change("brier", -0.0001) == "+0.000"
    assert figures.change("balanced_accuracy", -0.0004) == "-0.04"


def test_the_base_of_a_precision_is_of_decisions_and_open_claims_alone() -> None:
    found = card(result(1, S, C), result(2, C, C), result(3, C, S), result(4, C, UNDECIDED)).metric(
        "precision/contradicted"
    )

    assert found is not None
    assert (found.n, found.base, found.undecided) == (2, 3, 1)


def failed(found: Scorecard, path: Path) -> list[str]:
    return [one.words for one in judge_card(found, load_policy(path)) if not one.passed and one.name != "suite"]


def test_a_bar_on_a_sum_needs_no_twenty_claims(tmp_path: Path) -> None:
    few = card(result(1, S, S))
    few = few.model_copy(update={"metrics": (*few.metrics, Metric(name="cost_usd", value=0.5, n=1))})

    assert failed(few, policy(tmp_path, "[ceiling]\ncost_usd = 1.0")) == []
    assert failed(few, policy(tmp_path, "[ceiling]\ncost_usd = 0.2")) == ["cost_usd: 0.500, ceiling 0.200"]


def test_a_share_beyond_all_meets_no_bar(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda whole: whole["metrics"][0].update(value=7, n=50, base=50))

    assert failed(load_card(path), policy(tmp_path, "[floor]\nbalanced_accuracy = 0.8")) == [
        "balanced_accuracy: goes from 0 to 1, and the scorecard says 7"
    ]


def test_a_value_that_misses_its_bar_does_not_look_like_it(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda whole: whole["metrics"][0].update(value=0.7996, n=50, base=50))
    drop = "[drop]\nbalanced_accuracy = 0.02\n[baseline]\nbalanced_accuracy = 0.82"

    assert failed(load_card(path), policy(tmp_path, "[floor]\nbalanced_accuracy = 0.8")) == [
        "balanced_accuracy: 0.7996, floor 0.8000"
    ]
    assert failed(load_card(path), policy(tmp_path, drop)) == [
        "balanced_accuracy: 0.7996, baseline 0.8200, may be worse by 0.0200"
    ]


def test_a_score_that_never_has_an_interval_is_not_said_to_want_articles(tmp_path: Path) -> None:
    ece = Metric(name="ece", value=0.1, n=50)
    found = card(result(1, S, S)).model_copy(update={"metrics": (ece,)})

    words = failed(found, policy(tmp_path, "[ceiling]\nece = { high = 0.2 }"))

    assert words == ["ece: high end of the interval none in this run, ceiling 0.200"]


def test_a_run_without_claims_cannot_be_pinned(tmp_path: Path) -> None:
    bars = load_policy(policy(tmp_path, "[floor]\nbalanced_accuracy = 0.1"))

    with pytest.raises(CaseError, match="no claims that count"):
        pinned(card(), bars, allow_regression=True)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[ceiling]\ncost_usd = inf", "ceiling.cost_usd: Input should be a finite number"),
        ("[ceiling]\ncost_usd = nan", "ceiling.cost_usd: Input should be a finite number"),
        ("[drop]\ncalls = inf\n[baseline]\ncalls = 3", "drop.calls: Input should be a finite number"),
        ("[floor]\nbalanced_accuracy = true", "floor.balanced_accuracy: Input should be a valid number"),
        ('[floor]\nbalanced_accuracy = "0.8"', "floor.balanced_accuracy: Input should be a valid number"),
        (
            "[floor]\nbalanced_accuracy = { low = 0.1, hgih = 2 }",
            "floor.balanced_accuracy: no end of a bar is called 'hgih'; use value, low or high",
        ),
    ],
)
def test_a_bar_that_is_no_number_is_told_so(text: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=re.escape(fault)):
        load_policy(policy(tmp_path, text))


def test_hostile_names_stay_names_in_every_form_of_several_runs() -> None:
    evil = card(result(EVIL, S, C, text=EVIL, case=EVIL), name=EVIL)
    runs, rows = [Run(EVIL, evil), Run(EVIL, evil)], [Row(EVIL, evil), Row(EVIL, evil)]
    printed = [to_json(evil), comparison.to_text(compare(evil, evil, names=(EVIL, EVIL)))]
    printed += [history.to_text(runs), history.to_json(runs), matrix.to_text(rows), matrix.to_json(rows)]
    pages = [history.to_html(runs), matrix.to_html(rows)]

    assert not [text for text in printed + pages for sign in ("\x1b", "\u202e", "\x9b") if sign in text]
    assert not [page for page in pages if "<b>" in page or "</script><" in page]
    assert not [sign for sign in ("<b>", "**", "@you", "](", "`") if sign in matrix.to_markdown(rows)]


def test_files_of_one_name_keep_their_claims_apart(tmp_path: Path) -> None:
    paths = [tmp_path / name / "rows.jsonl" for name in ("one", "two")]
    for path in paths:
        path.parent.mkdir()
        path.write_text('{"document": "Snow fell.", "claim": "Snow fell.", "label": 1}\n', encoding="utf-8")

    assert len({row.id for row in rows_of(paths)}) == 2
    with pytest.raises(CaseError, match="is named twice"):
        list(rows_of([paths[0], tmp_path / "one" / ".." / "one" / "rows.jsonl"]))


def test_a_table_whose_columns_are_called_alike_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("document,claim,label,claim\nSnow fell.,Snow fell.,1,It rained.\n", encoding="utf-8")

    with pytest.raises(CaseError, match="line 1: has two columns 'claim'"):
        list(read_rows(path))


def test_a_table_may_be_called_tsv(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("document\tclaim\tlabel\nSnow fell.\tSnow fell.\t1\n", encoding="utf-8")

    assert [row.claim for row in read_rows(path)] == ["Snow fell."]
