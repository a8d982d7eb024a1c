"""Control questions: false for certain, the same every time, and what becomes of a judge that lets them pass."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from summarizer import check
from summarizer.components import Components
from summarizer.controls import COUNT, Standing, standing
from summarizer.controls import control_claims as control_claims_of
from summarizer.drafts import Judgement, Judgements, QuoteDraft
from summarizer.extraction.sentences import SentenceExtractor
from summarizer.judging import Material
from summarizer.language.sentences import sentences
from summarizer.schema import (
    Claim,
    Component,
    Document,
    Doubt,
    Label,
    Probabilities,
    Reason,
    Report,
    Span,
    Undecided,
    Verdict,
)
from tests.fakes import ScriptedWriter

ARTICLES = sorted((Path(__file__).parents[1] / "evals" / "articles").glob("*.txt"))
SOURCE = (
    "The council of Tarn voted 7 to 4 on Monday to close the swimming pool in June. "
    "Mayor Ana Rell said the pool had cost the town 90,000 crowns a year. "
    "Her deputy, Piet Lamm, opposed the plan and asked for a new pool by the lake. "
    "The library of Tarn was opened in 1931 and has 41,000 books."
)
SUMMARY = "The pool of Tarn is to be closed in June. It was expensive to run. A new one was asked for."


def claim(number: int, text: str = "It was expensive to run.") -> Claim:
    return Claim(id=f"c{number}", text=text, origin=Span(start=0, end=5), kind="event")  # type: ignore[arg-type]


def control_claims(claims: Sequence[Claim], document: Document) -> tuple[Claim, ...]:
    return control_claims_of(claims, [document], sentences(document))


class Judging:
    """Answers each claim by a rule of its text, and keeps what it was asked."""

    destination = "the text stays in this test"
    remote = False

    def __init__(self, name: str, rule: Callable[[str], Judgement]) -> None:
        self.about = Component(name=name)
        self.asked: list[str] = []
        self._rule = rule

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        assert material.sentences
        self.asked += [one.text for one in claims]
        return Judgements(judgements=tuple(self._rule(one.text).model_copy(update={"claim": one.id}) for one in claims))

    async def close(self) -> None:
        """Nothing is held."""


def yes(_: str) -> Judgement:
    return Judgement(claim="c1", label=Label.SUPPORTED, quotes=(QuoteDraft(text=SOURCE.split(". ", maxsplit=1)[0]),))


def no(_: str) -> Judgement:
    return Judgement(claim="c1", label=Label.NOT_IN_SOURCE)


def only_what_was_given(text: str) -> Judgement:
    return yes(text) if text in SUMMARY else no(text)


def silent_on_what_was_not(text: str) -> Judgement:
    return yes(text) if text in SUMMARY else Judgement(claim="c1", failure=Reason.TRUNCATED, rationale="no answer")


def run(rule: Callable[[str], Judgement], support: float, *, controls: bool = True) -> tuple[Report, Judging]:
    def unsure(_: str) -> Judgement:
        return Judgement(claim="c1", probabilities=Probabilities.of(support, 0, 1 - support))

    judge = Judging("judge", rule)
    witness = Judging("witness", unsure)
    built = Components(ScriptedWriter(), SentenceExtractor(), judge, witnesses=(witness,), controls=controls)
    return check(SUMMARY, SOURCE, backend=built), judge


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_every_article_gives_control_questions_that_it_does_not_say(article: Path) -> None:
    document = Document.of(article.read_text(encoding="utf-8"), id="d1")

    found = control_claims([claim(1)], document)

    assert len(found) == COUNT
    said = {" ".join(one.text.split()).lower() for one in sentences(document)}
    assert not said & {one.text.lower() for one in found}
    assert found == control_claims([claim(1)], document)


def test_they_are_numbered_behind_the_claims_and_more_in_a_long_run() -> None:
    document = Document.of(ARTICLES[1].read_text(encoding="utf-8"), id="d1")

    found = control_claims([claim(number) for number in range(1, 32)], document)

    assert [one.id for one in found] == ["c32", "c33", "c34", "c35"]


@pytest.mark.parametrize(
    "text", ["Yes.", "Der Rat von Tarn hat am Montag mit 7 zu 4 Stimmen die Schließung beschlossen."]
)
def test_a_source_that_gives_none_is_no_error(text: str) -> None:
    assert control_claims([claim(1)], Document.of(text, id="d1")) == ()


def test_a_judge_that_lets_them_pass_is_believed_only_where_the_witness_agrees() -> None:
    doubted, judge = run(yes, 0.3)
    borne_out, _ = run(yes, 0.9)

    assert len(judge.asked) == 3 + COUNT
    outcomes = [one.outcome for one in doubted.checks]
    assert [one.reason for one in outcomes if isinstance(one, Undecided)] == [Doubt.JUDGES_DISAGREE] * 3
    assert all(isinstance(one.outcome, Verdict) for one in borne_out.checks)
    assert "called 2 of 2 false statements about this source supported" in " ".join(doubted.run.warnings)
    assert {one.name: one.value for one in doubted.run.settings}["control_questions"] == "0 of 2 right"


def test_a_judge_that_sees_them_is_believed() -> None:
    report, _ = run(only_what_was_given, 0.5)

    assert all(isinstance(one.outcome, Verdict) for one in report.checks)
    assert len(report.checks) == 3
    assert {one.name: one.value for one in report.run.settings}["control_questions"] == "2 of 2 right"
    assert report.run.warnings == ()


def test_without_answers_nothing_is_said_of_a_judge() -> None:
    report, _ = run(silent_on_what_was_not, 0.5)

    assert all(isinstance(one.outcome, Verdict) for one in report.checks)
    assert "control_questions" not in {one.name for one in report.run.settings}


def test_a_run_without_controls_asks_none() -> None:
    report, judge = run(yes, 0.5, controls=False)

    assert len(judge.asked) == 3
    assert all(isinstance(one.outcome, Verdict) for one in report.checks)


@pytest.mark.parametrize(
    ("failed", "asked", "lost"),
    [(0, 2, False), (1, 1, False), (1, 2, False), (2, 2, True), (2, 4, False), (3, 4, True)],
)
def test_standing_is_lost_by_most_and_at_least_two(failed: int, asked: int, lost: bool) -> None:
    assert Standing(asked, ("x",) * failed).lost is lost


def test_only_labels_count_for_the_standing() -> None:
    asked = [claim(1), claim(2), claim(3), claim(4)]
    said = [
        Judgement(claim="c1", label=Label.SUPPORTED),
        Judgement(claim="c2", label=Label.CONTRADICTED),
        Judgement(claim="c3", failure=Reason.UNAVAILABLE),
    ]

    assert standing(asked, said) == Standing(2, ("It was expensive to run.",))


@pytest.mark.parametrize(
    "sentence",
    [
        "Earlier work found 34 such species in parts of Tarn [ 8, 10 ].",
        "The field grew by 12 per cent as |x|^{2} = 4 shows.",
        "The map of Tarn in fig. 12 has 31 roads.",
        "Maybe the council of Tarn should have 12 members.",
        "We were 12 and the road to Tarn was closed.",
        "Some parents suspected that the 40 girls were poisoned.",
        "the council of Tarn voted 7 to 4 on Monday.",
        "The council of Tarn voted 7 to 4 on Monday to close the li-\nbrary in June.",
    ],
)
def test_a_sentence_whose_change_may_change_nothing_makes_no_control(sentence: str) -> None:
    assert control_claims([claim(1)], Document.of(sentence, id="d1")) == ()
