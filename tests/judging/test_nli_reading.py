"""What a claim is read with: the window that decides, without the sentences that its answer does not need."""

from typing import cast

import pytest

from summarizer.judging.nli.model import Chances, CrossEncoder
from summarizer.judging.nli.reading import Reading, trimmed
from summarizer.judging.nli.values import DOUBT, differs_in_a_value
from summarizer.judging.nli.windows import Window
from summarizer.language.sentences import sentences
from summarizer.schema import Claim, Document, Kind, Label, Span

TEXT = "Snow fell on Monday. The library lost 31 books in the flood. Nobody was hurt. The council met."
OWN = sentences(Document.of(TEXT, id="d1"))


def says(**chances: Chances) -> CrossEncoder:
    """A model that gives the chances of the first of some words that the evidence holds; `else_` where it holds none."""

    def scored(_claim: str, evidence: str) -> Chances:
        return next((found for word, found in chances.items() if word in evidence), chances["else_"])

    return cast("CrossEncoder", scored)


def numbers(window: Window) -> list[int]:
    return [one.number for one in window.sentences]


def test_support_by_one_of_two_sentences_shows_that_one() -> None:
    yes, no = Chances(0.95, 0.01, 0.04), Chances(0.1, 0.1, 0.8)
    model = says(library=yes, else_=no)

    assert numbers(trimmed("c", Reading(yes, Window(OWN[:2]), Window(OWN[:2])), model)) == [1]


def test_support_that_needs_both_sentences_shows_both() -> None:
    yes, no = Chances(0.95, 0.01, 0.04), Chances(0.1, 0.1, 0.8)
    both = Window(OWN[:2])
    model = cast("CrossEncoder", lambda _claim, evidence: yes if evidence == both.text else no)

    assert numbers(trimmed("c", Reading(yes, both, both), model)) == [0, 1]


def test_a_contradiction_in_a_large_window_shows_what_contradicts() -> None:
    against, no = Chances(0.02, 0.9, 0.08), Chances(0.1, 0.1, 0.8)

    assert numbers(trimmed("c", Reading(against, Window(OWN), Window(OWN[2:3])), says(flood=against, else_=no))) == [1]


def test_what_the_source_does_not_say_shows_the_nearest_passage_and_reads_nothing_again() -> None:
    unsaid = Chances(0.1, 0.2, 0.7)
    model = cast("CrossEncoder", lambda _claim, _evidence: pytest.fail("a pair was read"))

    assert numbers(trimmed("c", Reading(unsaid, Window(OWN), Window(OWN[2:3])), model)) == [2]


def judged(chances: Chances) -> Label | None:
    text = "The library lost 32 books in the flood."
    claim = Claim(id="c1", text=text, kind=Kind.EVENT, origin=Span(start=0, end=len(text)))
    found = differs_in_a_value(claim, [OWN[1]], TEXT, says(else_=chances))
    if found and found.probabilities:
        assert found.probabilities.supported <= DOUBT
    return found.label if found else None


def test_another_value_in_the_same_words_contradicts_where_the_model_does_not_clearly_support_it() -> None:
    assert judged(Chances(0.1, 0.8, 0.1)) is Label.CONTRADICTED
    assert judged(Chances(0.62, 0.35, 0.03)) is Label.CONTRADICTED
    assert judged(Chances(0.97, 0.02, 0.01)) is None
    assert judged(Chances(0.3, 0.3, 0.4)) is None
