"""What an extractor drops, cuts, turns or makes up hides nothing: the sentence itself is judged."""

import time
from itertools import count
from typing import Any

import pytest

from summarizer.extraction.accounting import MOST_OF_A_SENTENCE, account
from summarizer.extraction.sentences import extract_claims
from summarizer.grounding import ground_claims
from summarizer.schema import Claim, Document, Kind, Span

NUMBERS = count(1)


def claim(summary: Document, text: str, *, sentence: int = 0, checkable: bool = True) -> Claim:
    starts = [0, *(place + 2 for place in range(len(summary.text)) if summary.text[place : place + 2] == ". ")]
    start = starts[sentence]
    end = summary.text.find(".", start) + 1
    span = Span(start=start, end=end)
    return Claim(id=f"c{next(NUMBERS)}", text=text, origin=span, kind=Kind.EVENT, checkable=checkable)


def texts(summary: str, *claims: str, clear: float | None = None, checkable: bool = True) -> list[str]:
    document = Document.of(summary, id="summary", name="summary")
    given = [claim(document, text, checkable=checkable) for text in claims]
    entails = None if clear is None else lambda _claim, _text: clear
    return [one.text for one in account(given, document, entails).claims if one.checkable]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("The library will close.", ["The library will not close."]),
        ("Snow fell on the hills in the night and the mayor resigned after a bribe.", ["Snow fell on the hills."]),
        ("Snow shut 120 roads on the hills.", ["Snow shut roads on the hills."]),
        ("The mayor resigned on Monday after snow fell.", ["Snow fell."]),
        ("Twelve nurses left the ward.", ["Nurses left the ward."]),
        ("Ana Rell did not resign.", ["Ana Rell did resign."]),
        ("The bridge may reopen in May.", ["The bridge will reopen in May."]),
        ("Ana Rell met Tomas Brandt in Tarn.", ["Ana Rell was in Tarn."]),
        ("The council closed every school except two.", ["The council closed every school."]),
    ],
)
@pytest.mark.parametrize("clear", [None, 0.5])
def test_a_sentence_that_its_claims_do_not_speak_for_is_judged(
    sentence: str, claims: list[str], clear: float | None
) -> None:
    assert sentence in texts(sentence, *claims, clear=clear)


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("Snow fell on the hills.", ["Snow fell on the hills."]),
        ("Snow fell and the mayor resigned.", ["Snow fell.", "The mayor resigned."]),
        (
            "The mayor of Tarn resigned on Monday.",
            ["The mayor of Tarn resigned.", "The mayor of Tarn resigned on Monday."],
        ),
    ],
)
def test_claims_that_say_what_the_sentence_says_need_no_further_question(sentence: str, claims: list[str]) -> None:
    assert texts(sentence, *claims) == claims


def test_other_words_speak_for_a_sentence_where_both_are_clearly_read_out_of_each_other() -> None:
    sentence, other = "The mayor stepped down on Monday.", "The mayor resigned on Monday."

    assert texts(sentence, other, clear=0.95) == [other]
    assert texts(sentence, other, clear=0.6) == [other, sentence]
    assert texts(sentence, other) == [other, sentence]


@pytest.mark.parametrize(
    ("sentence", "false"),
    [
        ("The library will close.", "The library will not close."),
        ("Snow shut roads.", "Snow shut 12 roads."),
        ("The mayor resigned.", "The mayor may resign."),
        ("The mayor resigned.", "Tomas Brandt resigned."),
    ],
)
def test_a_claim_that_the_summary_does_not_make_goes_and_is_counted(sentence: str, false: str) -> None:
    document = Document.of(sentence, id="summary", name="summary")

    accounted = account([claim(document, false)], document, lambda _claim, _text: 1.0)

    assert [one.text for one in accounted.claims] == [sentence]
    assert accounted.dropped == 1


SAID = "A library could be built by the lake, said Mayor Dora Finn."
SPEAKER = {"speaker": "Mayor Dora Finn"}
UNHEARD = {"checkable": False}
HIDDEN: dict[str, tuple[str, list[tuple[str, dict[str, Any]]]]] = {
    "its speaker": (SAID, [("A library could be built by the lake", SPEAKER)]),
    "another speaker": (SAID, [("A library could be built by the lake", {"speaker": "Mayor Dora Finn of the lake"})]),
    "a part": ("The council voted, and 300 people died.", [("The council voted", {"speaker": "and 300 people died"})]),
    "a speaker apart": (SAID, [("A library could be built by the lake", {}), ("said Mayor Dora Finn", {})]),
    "a speaker of nothing": (
        "Ana Rell, elected in May, said the roof leaks.",
        [("Ana Rell, elected in May", {}), ("the roof leaks", {})],
    ),
    "asked": ("The mayor resigned.", [("The mayor resigned?", UNHEARD)]),
    "announced": ("Snow fell and the mayor resigned.", [("Snow fell", {}), ("the mayor resigned:", UNHEARD)]),
    "words": ("Snow fell and the mayor resigned.", [("Snow fell", {}), ("mayor", UNHEARD), ("resigned", UNHEARD)]),
}


@pytest.mark.parametrize(("sentence", "claims"), HIDDEN.values(), ids=HIDDEN)
def test_what_nobody_judges_speaks_for_no_sentence(sentence: str, claims: list[tuple[str, dict[str, Any]]]) -> None:
    document = Document.of(sentence, id="summary", name="summary")
    given = [claim(document, text).model_copy(update=more) for text, more in claims]

    accounted = account(given, document, lambda _claim, _text: 0.0)

    assert sentence in [one.text for one in accounted.claims if one.checkable]
    assert all(one.speaker is None or one.speaker in one.text for one in accounted.claims)


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "Ana Rell said snow fell and argued the road should shut.",
            ["Ana Rell said snow fell.", "Ana Rell said the road should shut."],
        ),
        (
            "Ana Rell, elected in May, said the roof leaks.",
            ["Ana Rell, elected in May, said the roof leaks.", "Ana Rell was elected in May."],
        ),
        ("Ana Rell said snow fell, while Tomas Brandt said rain fell.", ["Ana Rell said snow fell.", "Tomas Brandt said rain fell."]),
    ],
)  # fmt: skip
def test_claims_that_keep_their_speaker_speak_for_their_sentence(sentence: str, claims: list[str]) -> None:
    assert texts(sentence, *claims, clear=0.95) == claims


def test_an_extractor_does_not_say_what_need_not_be_checked() -> None:
    assert texts("The mayor resigned on Monday.", "The mayor resigned on Monday.", checkable=False) != []
    assert texts("Did the mayor resign?", checkable=False) == []


@pytest.mark.parametrize("stated", ["Snow fell on the hills.", "It snowed."])
def test_what_a_question_only_asks_is_no_statement_without_a_check(stated: str) -> None:
    document = Document.of("Did snow fall on the hills? Rain fell.", id="summary", name="summary")
    asked, whole = Span(start=0, end=27), Span(start=0, end=38)
    given = [
        Claim(id="c1", text=stated, origin=asked, kind=Kind.EVENT, checkable=False),
        Claim(id="c2", text="Rain fell.", origin=whole, kind=Kind.EVENT, checkable=False),
    ]

    accounted = account(given, document)

    told = [(one.text, one.checkable) for one in accounted.claims]
    assert told == [("Did snow fall on the hills?", False), ("Rain fell.", True)]
    assert accounted.dropped == 1


def test_what_a_question_takes_for_granted_is_judged() -> None:
    document = Document.of("Why did the mayor resign?", id="summary", name="summary")
    given = Claim(id="c1", text="The mayor did resign.", origin=Span(start=0, end=25), kind=Kind.EVENT)

    assert [one.text for one in account([given], document).claims if one.checkable] == ["The mayor did resign."]


def test_a_flood_of_claims_of_one_sentence_is_cut_and_said() -> None:
    document = Document.of("Snow fell on the hills.", id="summary", name="summary")
    same = [claim(document, "Snow fell on the hills.") for _ in range(2_000)]
    different = [claim(document, f"Snow fell on the hills{'!' * number}") for number in range(200)]

    assert [one.text for one in account(same, document).claims] == ["Snow fell on the hills."]
    accounted = account(different, document)
    assert len(accounted.claims) == MOST_OF_A_SENTENCE + 1
    assert "180 claims over 20 of one sentence were left out; the sentence was judged" in accounted.warnings


def test_a_summary_of_thousands_of_sentences_is_accounted_for_in_one_pass() -> None:
    summary = Document.of("? " * 2_500, id="summary")
    claims = ground_claims(extract_claims(summary), summary)
    begun = time.process_time()

    assert len(account(claims, summary).claims) == 2_500
    assert time.process_time() - begun < 3  # over 6 where each claim is held against each sentence
