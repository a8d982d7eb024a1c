"""A witness is heard where it can matter, and a judge is asked again where both are far apart."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from summarizer import check
from summarizer.calibration import CalibrationProfile, Equation, Thresholds
from summarizer.components import Components, openai_backend
from summarizer.deciding import DecisionOptions
from summarizer.drafts import Judgement, Judgements, QuoteDraft
from summarizer.errors import UnavailableError
from summarizer.extraction.sentences import SentenceExtractor
from summarizer.hearing import SHARE, hear
from summarizer.judging import Doubtful, Material
from summarizer.judging.nli import NliJudge
from summarizer.schema import Check, Claim, Component, Doubt, Label, Probabilities, Reason, Undecided, Verdict
from tests.characters import blocks, picks, verdict
from tests.fakes import ScriptedWriter
from tests.fault_server import FaultServer

ARTICLE = "Snow fell on the hills in the night. The library will not close. The ferry to Tarn costs 40 crowns."
CLAIM = "The ferry to Tarn costs 40 crowns a trip."
PLAIN = Equation(bias=0.0, scale=1.0)
PROFILE = CalibrationProfile(
    version=1,
    name="test",
    judge="judge",
    model="judge",
    prior=0.5,
    support=PLAIN,
    contradiction=PLAIN,
    thresholds=Thresholds(supported=0.8, flagged=0.6),
)
OTHERS = [f"The ferry to Tarn costs 40 crowns in week {number}." for number in range(1, 10)]


class Stub:
    """Gives every claim the same label or probabilities, and keeps what it was asked."""

    destination = "the text stays in this test"
    remote = False

    def __init__(self, name: str, label: Label | None = None, supported: float | None = None) -> None:
        self.about = Component(name=name)
        self.asked: list[str] = []
        self.first: list[str] = []
        self._label = label
        self._probabilities = None if supported is None else Probabilities.of(supported, 0, 1 - supported)

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        self.asked += [one.text for one in claims]
        self.first += [material.passages[one.id][0].text for one in claims]
        return Judgements(judgements=tuple(self.answer(one, self._label) for one in claims))

    def answer(self, claim: Claim, label: Label | None) -> Judgement:
        quotes = (QuoteDraft(text="The library will not close."),)
        return Judgement(claim=claim.id, label=label, probabilities=self._probabilities, quotes=quotes)

    async def close(self) -> None:
        """Nothing is held."""


class Quoting(Stub):
    """Calls every claim supported by the same sentence."""

    def __init__(self, quote: str) -> None:
        super().__init__("judge", Label.SUPPORTED)
        self._quote = quote

    def answer(self, claim: Claim, label: Label | None) -> Judgement:
        return Judgement(claim=claim.id, label=label, quotes=(QuoteDraft(text=self._quote),))


class Reviewing(Stub):
    """Says something else, or fails, when it is asked again."""

    def __init__(self, label: Label, again: Label | Reason | Exception) -> None:
        super().__init__("judge", label)
        self.doubts: list[Doubtful] = []
        self._again = again

    async def review(self, doubts: Sequence[Doubtful], material: Material) -> Judgements:
        assert material.sentences
        self.doubts += doubts
        if isinstance(self._again, Exception):
            raise self._again
        if isinstance(self._again, Reason):
            failures = (Judgement(claim=one.claim.id, failure=self._again, rationale="no answer") for one in doubts)
            return Judgements(judgements=tuple(failures))
        return Judgements(judgements=tuple(self.answer(one.claim, self._again) for one in doubts))


def run(judge: Stub, witness: Stub, *claims: str) -> tuple[list[Check], tuple[str, ...]]:
    built = Components(ScriptedWriter(), SentenceExtractor(), judge, witnesses=(witness,))
    report = check(" ".join(claims or (CLAIM,)), f"{ARTICLE} {' It rained.' * 40}", backend=built)
    return list(report.checks), report.run.warnings


@pytest.mark.parametrize(
    ("first", "support", "again", "outcome"),
    [
        (Label.SUPPORTED, 0.1, Label.NOT_IN_SOURCE, Label.NOT_IN_SOURCE),  # the second answer sides with the witness
        (Label.SUPPORTED, 0.1, Label.SUPPORTED, Label.SUPPORTED),  # what it says twice stands
        (Label.SUPPORTED, 0.001, Label.SUPPORTED, None),  # unless the witness is all but sure
        (Label.SUPPORTED, 0.5, Label.NOT_IN_SOURCE, Label.SUPPORTED),  # not far apart: not asked
        (Label.NOT_IN_SOURCE, 0.95, Label.SUPPORTED, Label.SUPPORTED),
        (Label.NOT_IN_SOURCE, 0.95, Label.CONTRADICTED, Label.NOT_IN_SOURCE),  # unsupported either way
        (Label.CONTRADICTED, 0.8, Label.SUPPORTED, Label.CONTRADICTED),
    ],
)
def test_a_second_answer_counts_where_it_sides_with_the_witness(
    first: Label, support: float, again: Label, outcome: Label | None
) -> None:
    (one,), _ = run(Reviewing(first, again), Stub("witness", supported=support))

    assert (one.outcome.label if isinstance(one.outcome, Verdict) else None) == outcome


@pytest.mark.parametrize(
    ("summary", "outcome"),
    [
        ("Gebaut wurde der Turm von Harrow im Jahr 1912, und hoch ist er 54 Meter.", None),
        ("Gebaut wurde der Turm von Harrow im Jahr 1912, und hoch ist er 45 Meter.", Label.SUPPORTED),
    ],
)
def test_another_value_stands_against_support_that_no_witness_can_read(summary: str, outcome: Label | None) -> None:
    source = (
        "Der Turm von Harrow ist 45 Meter hoch und wurde im Jahr 1912 gebaut. Die Stadt will ihn im Herbst verkaufen."
    )
    judge = Quoting(source.split(". ", maxsplit=1)[0] + ".")
    built = Components(ScriptedWriter(""), SentenceExtractor(), judge, witnesses=(NliJudge(),))

    (one,) = check(summary, source, backend=built).checks

    assert (one.outcome.label if isinstance(one.outcome, Verdict) else None) == outcome
    if isinstance(one.outcome, Undecided):
        assert one.outcome.reason is Doubt.JUDGES_DISAGREE
        assert "no second judge reads this claim" in one.outcome.rationale
        assert one.outcome.findings


def test_judges_that_stay_apart_leave_the_claim_undecided_and_both_are_named() -> None:
    (one,), _ = run(Stub("judge", Label.SUPPORTED), Stub("witness", supported=0.001))

    assert isinstance(one.outcome, Undecided)
    assert (one.outcome.reason, one.outcome.leaning) == (Doubt.JUDGES_DISAGREE, Label.SUPPORTED)
    assert one.outcome.judges == ("judge", "witness")


def test_no_more_than_a_fifth_of_the_claims_is_asked_about_again() -> None:
    judge = Reviewing(Label.SUPPORTED, Label.NOT_IN_SOURCE)

    checks, _ = run(judge, Stub("witness", supported=0.1), *OTHERS)

    assert len(judge.doubts) == 2
    assert len(judge.doubts) <= SHARE * len(checks) + 1


@pytest.mark.parametrize("again", [Reason.TRUNCATED, UnavailableError("the server is gone")])
def test_a_second_look_that_fails_leaves_the_first_answer_and_says_so(again: Reason | Exception) -> None:
    (one,), warnings = run(Reviewing(Label.SUPPORTED, again), Stub("witness", supported=0.1))

    assert isinstance(one.outcome, Verdict)
    assert [warning for warning in warnings if "1 claim was not asked about again" in warning] != []


def test_a_witness_reads_what_the_judge_quoted_first() -> None:
    witness = Stub("witness", supported=0.5)

    run(Stub("judge", Label.SUPPORTED), witness)

    assert witness.first == ["The library will not close."]


def test_a_witness_is_not_asked_where_it_cannot_matter() -> None:
    claim = Claim(id="c1", text=CLAIM, origin={"start": 0, "end": 5}, kind="event")  # type: ignore[arg-type]
    judgements = {
        "label": Judgement(claim="c1", label=Label.SUPPORTED),
        "open": Judgement(claim="c1", probabilities=Probabilities.of(0.5, 0, 0.5)),
        "failed": Judgement(claim="c1", failure=Reason.TRUNCATED),
    }
    from summarizer.grounding import Grounded

    def asked(name: str, profile: CalibrationProfile | None) -> bool:
        witness = Stub("witness", supported=0.5)
        grounded = {"c1": Grounded(judgements[name], (), (), misquotes=0)}
        material = Material((), (), {"c1": ()})
        witness.first = []
        try:
            asyncio.run(hear([witness], grounded, [claim], material, profile=profile))
        except IndexError:  # the stub looks at the first passage, and there is none
            return True
        return bool(witness.asked)

    weighing = PROFILE.model_copy(update={"weighs_labels": True})
    assert [asked(name, None) for name in judgements] == [True, False, False]
    assert [asked(name, PROFILE) for name in judgements] == [False, True, False]
    assert [asked(name, weighing) for name in judgements] == [True, True, False]


def test_no_witness_is_heard_beside_a_source_that_is_too_short_for_it() -> None:
    def heard(words: int) -> bool:
        profile = PROFILE.model_copy(update={"witnessed_from": words})
        witness = Stub("witness", supported=0.5)
        judge = Stub("judge", supported=0.5)
        built = Components(
            ScriptedWriter(), SentenceExtractor(), judge, DecisionOptions(profile=profile), witnesses=(witness,)
        )
        check(CLAIM, ARTICLE, backend=built)
        return bool(witness.asked)

    size = len(ARTICLE.split())
    assert heard(0)
    assert heard(size)
    assert not heard(size + 1)


def two_minds(request: dict[str, Any]) -> str:
    """Supports every claim with words of the source that have nothing to do with it, and thinks better of it."""
    if picks(request):
        assert "second reading" in request["messages"][0]["content"]
        assert 'The first reader answered "supported"; the second one doubts' in request["messages"][-1]["content"]
        return json.dumps({"label": "not_in_source", "sentences": []})
    given = blocks(request)
    first = next(iter(given["source"].items()))
    return json.dumps({"verdicts": [verdict(one, "supported", *first) for one in given["claims"]]})


def test_a_language_model_is_asked_again_with_the_prompt_for_it() -> None:
    with FaultServer(models={"two minds": two_minds}) as server:
        backend = openai_backend(model="two minds", base_url=server.base_url, claims="sentence")
        (one,) = check("The museum bought a painting for nine million crowns.", ARTICLE, backend=backend).checks

    assert len(server.calls) == 2
    assert isinstance(one.outcome, Verdict)
    assert one.outcome.label is Label.NOT_IN_SOURCE


def test_without_a_witness_nothing_is_asked_again() -> None:
    with FaultServer(models={"two minds": two_minds}) as server:
        backend = openai_backend(model="two minds", base_url=server.base_url, claims="sentence", witness="none")
        (one,) = check("The museum bought a painting for nine million crowns.", ARTICLE, backend=backend).checks

    assert len(server.calls) == 1
    assert isinstance(one.outcome, Verdict)
    assert one.outcome.label is Label.SUPPORTED
