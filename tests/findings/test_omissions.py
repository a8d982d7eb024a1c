"""An exception, a condition or a denial that a summary leaves out is said, and one that it has is not."""

import pytest

from summarizer.findings.omissions import left_out
from summarizer.findings.remarks import SplitDocument
from summarizer.language.sentences import sentences as sentences_of
from summarizer.schema import Claim, Document, Evidence, Kind, Span


def missing(claim: str, source: str, summary: str | None = None) -> list[str]:
    document = Document.of(source, id="d1", name="article")
    split = sentences_of(document)
    shown = [Evidence(document="d1", span=Span(start=split[0].start, end=split[0].end), quote=split[0].text)]
    made = Claim(id="c1", text=claim, kind=Kind.EVENT, origin=Span(start=0, end=len(claim)))
    found = left_out(made, shown, {"d1": SplitDocument(document, split)}, summary or claim)
    for one in found:
        assert one.evidence
        assert one.evidence.span.of(source) == one.evidence.quote
    return [one.evidence.quote for one in found if one.evidence]


CLOSED = "All schools in the region were closed on Friday"


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        (f"{CLOSED}.", f"{CLOSED}, except for the two in Marl.", ["except for the two in Marl"]),
        ("The water comes in 2031.", "The water comes in 2031, provided that parliament votes the money.",
         ["provided that parliament votes the money"]),
        ("The pool will be closed.", "The pool will be closed unless a buyer is found, Lamm said.",
         ["unless a buyer is found, Lamm said"]),
        ("The auditor said the mayor had known of the gap.", "The auditor said the mayor had known of the gap. She denied that.",
         ["She denied that."]),
        # What the claim says itself, what it does not take, and what denies something else.
        (f"{CLOSED}, but for two in Marl.", f"{CLOSED}, except for the two in Marl.", []),
        ("Snow fell on Friday.", "Snow fell on Friday and all schools in the region were closed, except for the two in Marl.", []),
        ("Rain fell on the hills.", "All schools were closed, except for two. She denied that.", []),
        ("The auditor said the mayor had known.", "The auditor said the mayor had known. She denied a meeting had been held.", []),
        ("Only those over 60 may enter.", "Only those over 60 may enter. The doors open at nine.", []),
    ],
)  # fmt: skip
def test_what_limits_or_denies_the_words_of_a_claim_is_found(claim: str, source: str, words: list[str]) -> None:
    assert missing(claim, source) == words


@pytest.mark.parametrize("more", ["Two schools in Marl stayed open.", "Those in Marl did not close."])
def test_what_another_sentence_of_the_summary_says_is_not_left_out(more: str) -> None:
    assert missing(f"{CLOSED}.", f"{CLOSED}, except for the two in Marl.", f"{CLOSED}. {more}") == []


def test_a_denial_that_the_summary_has_in_its_own_words_is_not_left_out() -> None:
    claim = "The auditor said the mayor had known of the gap."

    assert missing(claim, f"{claim} She denied that.", f"{claim} The mayor rejects the accusation.") == []
