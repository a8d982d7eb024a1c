"""A suite through some components: alignment, failures, replay, and a scorecard that is the same twice."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from summarizer.components import Components, assemble
from summarizer.drafts import Judgement, PairDraft, QuoteDraft
from summarizer.errors import RepliesError
from summarizer.evaluation.align import of_all_parts, outcome_of
from summarizer.evaluation.answers import Answer, score_suite
from summarizer.evaluation.calibrating import observe
from summarizer.evaluation.cards import to_json
from summarizer.evaluation.cases import Suite
from summarizer.evaluation.compare import compare
from summarizer.evaluation.run import evaluate
from summarizer.evaluation.scorecard import Result, Scorecard, load_card
from summarizer.llm.models import RunOptions
from summarizer.schema import (
    Check,
    Claim,
    Doubt,
    Evidence,
    FindingKind,
    Kind,
    Label,
    Outcome,
    Probabilities,
    Reason,
    Span,
    Unchecked,
    Undecided,
    Verdict,
)
from summarizer.settings import resolve
from tests import fault_server as faults
from tests.evaluation.conftest import ARTICLE, built, case_of, claim, suite_of
from tests.fakes import scripted
from tests.llm.conftest import server

SNOW = QuoteDraft(text="Snow fell on the hills in the night and shut two roads.")
MAYOR = QuoteDraft(text="Mayor Ana Pell said 12 members had backed the new bridge.")
EMBEDDED = assemble(resolve({"backend": "embedded"}))


def test_each_outcome_is_held_against_its_claim() -> None:
    pair = PairDraft(kind=FindingKind.NUMBER, claim_words="21", source=QuoteDraft(text="12"))
    components = scripted(
        Judgement(claim="c1", label=Label.SUPPORTED, quotes=(SNOW,), probabilities=Probabilities.of(0.9, 0.05, 0.05)),
        Judgement(claim="c2", label=Label.CONTRADICTED, quotes=(MAYOR,), pairs=(pair,)),
        Judgement(claim="c3", probabilities=Probabilities.of(0.3, 0.1, 0.6), rationale="far apart"),
    )

    card = evaluate(suite_of(), components)
    snow, mayor, volcano, library = card.results

    assert [one.predicted for one in card.results] == ["supported", "contradicted", "undecided", "unchecked"]
    assert library.reason is Reason.NO_ANSWER
    assert (snow.evidence_precision, snow.evidence_recall, snow.support) == (1.0, 1.0, 0.9)
    assert mayor.gold_quotes == ("Mayor Ana Pell said 12 members had backed the new bridge.",)
    assert mayor.pair is True
    assert (volcano.doubt, volcano.leaning, volcano.detail) == (Doubt.NOT_SURE, Label.NOT_IN_SOURCE, "far apart")
    assert (volcano.quotes, volcano.pair) == ((), None)
    assert card.suite.claims == 4
    assert (str(card.run.extractor), str(card.run.judge), card.run.writer) == ("sentences", "scripted (a script)", None)


def test_a_contradiction_without_the_pair_is_right_all_the_same() -> None:
    card = evaluate(suite_of(), scripted(Judgement(claim="c2", label=Label.CONTRADICTED, quotes=(SNOW,))))
    mayor = card.results[1]

    assert (mayor.right, mayor.pair) == (True, False)


def test_words_that_the_article_has_twice_count_wherever_the_run_shows_them() -> None:
    """The true words stand in the first line too, and the run shows those of the sentence that decides."""
    pair = PairDraft(kind=FindingKind.NUMBER, claim_words="21", source=QuoteDraft(text="12 members"))
    facts = claim("bay-1", "Mayor Ana Pell said 21 members had backed the new bridge.", "contradicted")
    article = f"At a glance, 12 May. {SNOW.text}\n\n{ARTICLE}"
    snow = claim("bay-2", SNOW.text, "supported")
    components = scripted(
        Judgement(claim="c1", label=Label.CONTRADICTED, quotes=(MAYOR,), pairs=(pair,)),
        Judgement(claim="c2", label=Label.SUPPORTED, quotes=(QuoteDraft(text=f"{MAYOR.text} {SNOW.text}"),)),
    )

    card = evaluate(Suite("a suite", (built(case_of(claims=[facts, snow]), article),)), components)

    assert [one.pair for one in card.results] == [True, None]
    assert card.results[1].evidence_recall == 1.0


CLAIM = Claim(id="c1", text="Snow fell.", origin=Span(start=0, end=10), kind=Kind.EVENT)
SUPPORTED = Verdict(label=Label.SUPPORTED, evidence=(Evidence(document="d1", span=Span(start=0, end=4), quote="Snow"),))
CONTRADICTED = SUPPORTED.model_copy(update={"label": Label.CONTRADICTED})
ABSENT = Verdict(label=Label.NOT_IN_SOURCE)
UNDECIDED = Undecided(reason=Doubt.NOT_SURE, leaning=Label.SUPPORTED)
LEANS_AWAY = Undecided(reason=Doubt.JUDGES_DISAGREE, leaning=Label.CONTRADICTED)
UNCHECKED = Unchecked(reason=Reason.BAD_REPLY)


def checks(*outcomes: Outcome) -> list[Check]:
    return [Check(claim=CLAIM, outcome=one) for one in outcomes]


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([SUPPORTED, SUPPORTED], SUPPORTED),
        ([SUPPORTED, UNDECIDED], UNDECIDED),
        ([UNDECIDED, LEANS_AWAY], LEANS_AWAY),
        ([UNDECIDED, UNCHECKED], UNCHECKED),
        ([UNCHECKED, SUPPORTED], UNCHECKED),
        ([UNCHECKED, ABSENT], ABSENT),
        ([UNDECIDED, ABSENT], ABSENT),
        ([ABSENT, UNCHECKED, CONTRADICTED], CONTRADICTED),
    ],
)
def test_a_claim_of_several_parts_is_as_good_as_its_worst(parts: list[Outcome], whole: Outcome) -> None:
    assert outcome_of(checks(*parts)) == whole
    assert outcome_of(checks(*reversed(parts))) == whole


def test_a_claim_without_any_part_has_no_answer() -> None:
    assert outcome_of([]) == Unchecked(reason=Reason.NO_ANSWER, detail="the extractor made no claim of it")


def test_a_claim_is_as_likely_as_the_geometric_mean_of_its_parts() -> None:
    sure, unsure = Probabilities.of(9, 1, 0), Probabilities.of(4, 2, 4)
    parts: list[Outcome] = [
        SUPPORTED.model_copy(update={"probabilities": sure}),
        UNDECIDED.model_copy(update={"probabilities": unsure}),
    ]
    heading = Unchecked(reason=Reason.NOT_CHECKABLE, detail="a heading")

    assert of_all_parts(checks(parts[1])) == unsure
    whole = of_all_parts(checks(*parts))
    assert whole == Probabilities.of(0.6, 0.4 * 2 / 6, 0.4 * 4 / 6)  # the root of 0.9 times 0.4
    assert of_all_parts(checks(*parts, heading)) == whole
    assert of_all_parts(checks(*parts, SUPPORTED)) is None
    assert of_all_parts(checks(*parts, UNCHECKED)) is None


def test_a_part_that_states_nothing_does_not_count_beside_others() -> None:
    heading = Unchecked(reason=Reason.NOT_CHECKABLE, detail="a heading")

    assert outcome_of(checks(SUPPORTED, heading)) == SUPPORTED
    assert outcome_of(checks(heading)) == heading


@pytest.mark.parametrize(
    "facts",
    [
        {"outcome": "verdict"},
        {"outcome": "undecided"},
        {"outcome": "undecided", "label": "supported", "doubt": "not_sure"},
        {"outcome": "unchecked", "doubt": "not_sure"},
        {"outcome": "unchecked", "reason": "budget", "leaning": "supported"},
    ],
)
def test_a_result_cannot_be_two_things(facts: dict[str, Any]) -> None:
    whole = evaluate(suite_of(), EMBEDDED).results[0].model_dump()
    cleared = {"label": None, "leaning": None, "doubt": None, "reason": None}

    with pytest.raises(ValidationError):
        Result.model_validate(whole | cleared | facts)


def test_the_embedded_judge_shows_the_pair() -> None:
    card = evaluate(suite_of("bay", "cove"), EMBEDDED, coverage=True)
    mayor = next(one for one in card.results if one.claim == "bay-2")

    assert mayor.label is Label.CONTRADICTED
    assert mayor.pair is True
    assert str(card.run.writer) == "extractive"
    coverage = card.metric("coverage")
    assert coverage is not None
    assert coverage.value == 1.0  # all four sentences are its summary
    assert coverage.n == 2


def test_two_rounds_of_the_same_flip_nothing_and_an_ambiguous_claim_is_not_among_them() -> None:
    sound, open_one = claim("bay-1", "Snow fell.", "supported"), claim("bay-2", "The bridge is popular.", "supported")
    suite = Suite("a suite", (built(case_of(claims=[sound, open_one | {"ambiguous": True}])),))

    flips = evaluate(suite, EMBEDDED, repeat=2).metric("flips")

    assert flips is not None
    assert (flips.value, flips.n) == (0.0, 1)


def test_two_case_files_about_one_article_are_counted_as_one_article() -> None:
    suite = Suite("a suite", tuple(built(case_of(name)) for name in ("bay", "cove")))
    words = assemble(resolve({"judge": "lexical"}))

    card = evaluate(suite, words, repeat=2, coverage=True)

    counted = {one.name: one.articles for one in card.metrics if one.articles}
    assert {"balanced_accuracy", "auroc", "flips", "coverage", "extraction_precision"} <= set(counted)
    assert set(counted.values()) == {1}
    assert {one.case for one in observe(suite, words).observations} == {"bay"}
    answers = {one.claim: Answer(one.predicted) for one in card.results}
    assert {one.cluster for one in score_suite(suite, answers, Path("a")).results} == {card.results[0].article}
    before = load_before(card)  # as earlier versions wrote it
    assert [compare(one, two).cases for one, two in ((card, card), (before, card), (card, before), (before, before))] == [
        1, 1, 1, 2,
    ]  # fmt: skip


def load_before(card: Scorecard) -> Scorecard:
    """The scorecard as one that does not say which article a claim is of."""
    facts = card.model_dump(mode="json")
    for one in facts["results"]:
        del one["article"]
    return Scorecard.model_validate_json(json.dumps(facts))


def test_the_same_run_gives_the_same_bytes_and_reads_back(tmp_path: Path) -> None:
    first, second = (to_json(evaluate(suite_of(), EMBEDDED)) for _ in range(2))
    path = tmp_path / "card.json"
    path.write_text(first, encoding="utf-8")

    assert first == second
    assert to_json(load_card(path)) == first


def test_one_case_that_gets_no_answer_leaves_the_others_as_they_are() -> None:
    def cove_only(_: int, request: dict[str, Any]) -> faults.Fault | None:
        return faults.server_error(500) if "cove" in str(request["messages"][-1]) else None

    names = [claim(f"cove-{number}", f"The cove is {number} miles wide.", "not_in_source") for number in range(1, 3)]
    cove = built(case_of("cove", names), f"{ARTICLE} cove.")
    with server(fault_for=cove_only) as at:
        asked = resolve(settings(at.base_url) | {"timeout": 5.0, "deadline": 5.0})
        card = evaluate(Suite("two", (*suite_of("bay").cases, cove)), assemble(asked))

    assert [one.reason for one in card.results[-2:]] == [Reason.UNAVAILABLE, Reason.UNAVAILABLE]
    assert [one.decided for one in card.results[:2]] == [True, True]


def settings(base_url: str) -> dict[str, str | float]:
    return {"backend": "openai", "model": "honest", "base_url": base_url, "claims": "sentence", "cite": "sentences"}


def replaying(path: Path) -> Components:
    asked = resolve({"backend": "replay", "model": "honest", "claims": "sentence", "cite": "sentences"})
    return assemble(asked, RunOptions(replies=path))


def test_a_recorded_run_is_scored_again_with_no_server_and_names_what_is_not_in_it(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    with server() as at:
        asked = resolve(settings(at.base_url))
        live = evaluate(suite_of("bay", "cove"), assemble(asked, RunOptions(record=path)))

    replayed = evaluate(suite_of("bay", "cove"), replaying(path))

    assert to_json(replayed) == to_json(live)
    with pytest.raises(RepliesError, match=r"1 of 3 cases, record them again: hill \("):
        evaluate(suite_of("bay", "cove", "hill"), replaying(path))
