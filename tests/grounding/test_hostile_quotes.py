"""A quote that somebody wrote to keep the search busy is searched for like any other."""

import time

import pytest

from summarizer.grounding import locate
from summarizer.schema import Document

LONG = 140_000  # code points of a quote
LIMIT = 20.0  # seconds of processor time; a search that compares the quote at every place takes minutes


@pytest.mark.parametrize(
    ("words", "before", "after", "found"),
    [
        ("ab ", "b ", "a", False),  # stands nearly everywhere, and nowhere as whole words
        ("ab ", "b “", "a", False),
        ("a", "", "", False),
        ("the ", "", "zebra", False),
        ("the ", "", "the", True),
    ],
)
def test_a_long_quote_that_stands_everywhere_and_nowhere_is_soon_given_up(
    words: str, before: str, after: str, found: bool
) -> None:
    document = Document.of(words * (2_000_000 // len(words)))
    started = time.process_time()

    pieces = locate(before + words * (LONG // len(words)) + after, document)

    assert bool(pieces) is found
    assert time.process_time() - started < LIMIT


def test_a_word_that_is_a_piece_of_thousands_of_others_is_still_found() -> None:
    text = "cart " * 20_000 + "Her art is shown."

    (piece,) = locate("art", Document.of(text))

    assert piece.span.of(text) == "art"
    assert text[: piece.span.start].endswith("Her ")
