"""A suite through a backend: alignment, failures, replay, and a scorecard that is the same twice."""

from pathlib import Path
from typing import Any

import pytest
from tests.llm.conftest import server
from tests.evaluation.conftest import ARTICLE, built, case_of, claim, suite_of

from summarizer.components import RunOptions, choose
from summarizer.drafts import Judgement, QuoteDraft
from summarizer.errors import RepliesError
from summarizer.evaluation.cards import to_json
from summarizer.evaluation.cases import Suite
from summarizer.evaluation.run import evaluate
from summarizer.evaluation.scorecard import load_card
from summarizer.judging.lexical import EmbeddedBackend
from summarizer.schema import Label, Reason
from summarizer.settings import resolve
from tests import fault_server as faults
from tests.fakes import ScriptedBackend

SNOW = QuoteDraft(text="Snow fell on the hills in the night and shut two roads.")
MAYOR = QuoteDraft(text="Mayor Ana Pell said 12 members had backed the new bridge.")


def test_each_label_is_held_against_its_claim() -> None:
    backend = ScriptedBackend(
        Judgement(claim="c1", outcome=Label.SUPPORTED, quotes=(SNOW,), confidence=0.9),
        Judgement(claim="c2", outcome=Label.CONTRADICTED, quotes=(MAYOR,)),
        Judgement(claim="c3", outcome=Label.NOT_IN_SOURCE),
    )

    card = evaluate(suite_of(), backend)
    snow, mayor, volcano, library = card.results

    assert [one.label for one in card.results] == [Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_IN_SOURCE, None]
    assert library.reason is Reason.NO_ANSWER
    assert (snow.evidence_precision, snow.evidence_recall, snow.confidence) == (1.0, 1.0, 0.9)
    assert mayor.gold_quotes == ("Mayor Ana Pell said 12 members had backed the new bridge.",)
    assert mayor.pair is False  # right, and without the pair
    assert (volcano.quotes, volcano.pair) == ((), None)
    assert card.suite.claims == 4


def test_the_embedded_backend_shows_the_pair() -> None:
    card = evaluate(suite_of("bay", "cove"), EmbeddedBackend(), coverage=True)
    mayor = next(one for one in card.results if one.claim == "bay-2")

    assert mayor.label is Label.CONTRADICTED
    assert mayor.pair is True
    coverage = card.metric("coverage")
    assert coverage is not None
    assert coverage.value == 1.0  # all four sentences are its summary
    assert coverage.n == 2


def test_two_rounds_of_the_same_flip_nothing() -> None:
    card = evaluate(suite_of(), EmbeddedBackend(), repeat=2)
    flips = card.metric("flips")

    assert flips is not None
    assert (flips.value, flips.n) == (0.0, 4)


def test_the_same_run_gives_the_same_bytes_and_reads_back(tmp_path: Path) -> None:
    first, second = (to_json(evaluate(suite_of(), EmbeddedBackend())) for _ in range(2))
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
        card = evaluate(Suite("two", (*suite_of("bay").cases, cove)), choose("openai", asked))

    assert [one.reason for one in card.results[-2:]] == [Reason.UNAVAILABLE, Reason.UNAVAILABLE]
    assert [one.label for one in card.results[:2]] == [Label.SUPPORTED, Label.CONTRADICTED]


def settings(base_url: str) -> dict[str, str | float]:
    return {"backend": "openai", "model": "honest", "base_url": base_url, "claims": "sentence", "cite": "sentences"}


def test_a_recorded_run_is_scored_again_with_no_server_and_names_what_is_not_in_it(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    with server() as at:
        asked = resolve(settings(at.base_url))
        live = evaluate(suite_of("bay", "cove"), choose("openai", asked, RunOptions(record=path)))

    replayed = evaluate(suite_of("bay", "cove"), choose("replay", asked, RunOptions(replies=path)))

    assert to_json(replayed) == to_json(live)
    with pytest.raises(RepliesError, match=r"1 of 3 cases, record them again: hill \("):
        evaluate(suite_of("bay", "cove", "hill"), choose("replay", asked, RunOptions(replies=path)))
