"""What could be put in the place of wrong words, and what a proposed wording changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language.sentences import sentences as sentences_of
from summarizer.repair.pairs import swaps
from summarizer.repair.rewriting import rewritten
from summarizer.repair.sentences import own_sentence
from summarizer.schema import Check, Claim, Document, Evidence, Kind, Label, Span, Verdict

SENTENCES = st.lists(st.sampled_from("a b c the 7 Tarn,  (so) ok.".split()), min_size=1, max_size=12).map(" ".join)


def contradicted(claim: str, source: str, quote: str | None = None) -> tuple[Check, Document]:
    document = Document.of(source, id="d1", name="article")
    words = quote or source
    start = document.text.index(words)
    piece = Evidence(document="d1", span=Span(start=start, end=start + len(words)), quote=words)
    check = Check(
        claim=Claim(id="c1", text=claim, kind=Kind.EVENT, origin=Span(start=0, end=len(claim))),
        outcome=Verdict(label=Label.CONTRADICTED, evidence=(piece,), judges=("test",)),
    )
    return check, document


def offered(claim: str, source: str) -> list[str]:
    check, document = contradicted(claim, source)
    split = sentences_of(document)
    found = swaps(check, claim, {"d1": split}, split)
    return [claim[: one.start] + one.after + claim[one.end :] for one in found]


def instead(claim: str, source: str, quote: str | None = None) -> str | None:
    check, document = contradicted(claim, source, quote)
    place = Span(start=0, end=len(claim))
    found = own_sentence(check, place, claim, {"d1": document}, {"d1": sentences_of(document)})
    return found.after if found else None


@pytest.mark.parametrize(
    ("claim", "source", "right"),
    [
        (
            "The bridge opened on Monday.",
            "The bridge opened on Friday, the mayor said.",
            "The bridge opened on Friday.",
        ),
        ("The bridge cost £3 million.", "The £8 million bridge has 40 lamps.", "The bridge cost £8 million."),
        ("Ilse Varn won the race.", "The race was won by Tove Brandt in 40 minutes.", "Tove Brandt won the race."),
        ("It was the smallest crowd.", "It was the biggest crowd of the year.", "It was the biggest crowd."),
    ],
)
def test_values_take_the_place_of_values_of_their_kind(claim: str, source: str, right: str) -> None:
    assert right in offered(claim, source)


def test_no_pronoun_and_no_value_of_another_kind_comes_in() -> None:
    found = offered("Tove Brandt won the race in 40 minutes.", "She won the race for £40,000, who had trained in Tarn.")

    assert not any("She" in one or "£" in one or "who" in one for one in found)


@pytest.mark.parametrize(
    ("claim", "source", "right"),
    [
        ("The board deplored the vote.", "The board welcomed the vote.", "The board welcomed the vote."),
        ("The board deplored the vote.", "She welcomed the vote of the board.", None),
        (
            "The board deplored the vote.",
            "“The board is glad. The board welcomed the vote. It is good,” she said.",
            None,
        ),
        ("The board deplored the vote.", "We welcomed the vote of the board.", None),
        ("The board deplored the vote.", "According to her, the board welcomed the vote.", None),
        ("The board deplored the vote.", "Rain fell on the hills of Tarn all night.", None),
    ],
)
def test_the_sentence_of_the_source_stands_for_a_statement_only_where_it_can(
    claim: str, source: str, right: str | None
) -> None:
    assert instead(claim, source, source.split(". ")[1] + "." if source.startswith("“") else None) == right


@given(SENTENCES, SENTENCES)
def test_the_swaps_of_a_wording_make_that_wording(before: str, after: str) -> None:
    check, _ = contradicted(before, before)
    found = rewritten(check, Span(start=0, end=len(before)), before, after, None)

    made, at = "", 0
    for one in found:
        assert at <= one.start < one.end
        assert one.after
        made, at = made + before[at : one.start] + one.after, one.end
    assert (made + before[at:]).split() == after.split()
