"""What a reader sees of a source, and that every character of it is found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.repair.as_read import as_read

PIECES = st.lists(
    st.sampled_from("** __ * _ ` ~~ [ ]( ) https://x.org/a > # - 1. \n [^1] 45 euros é <b> \\* ".split(" "))
)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("The building cost __45 million euros__.", "The building cost 45 million euros."),
        ("- Mayor `Elena Brandt` came on [12 *March*](https://x.org).[^1]", "Mayor Elena Brandt came on 12 March."),
        ("> A quoted\n> line of low-\nlying land[1].", "A quoted\nline of low-lying land."),
        ("# Trains to ~~every~~ ferry [run](page.html)", "Trains to every ferry run"),
        ("![a photo](a.png)Prices <b>stay</b>.", "Prices stay."),
        ("Half of **bold goes on.", "Half of bold goes on."),
        ("snake_case and 3 * 4 * 5 stay.", "snake_case and 3 * 4 * 5 stay."),
        ("J. Vance won.", "J. Vance won."),
    ],
)
def test_marks_links_and_bullets_are_not_seen(written: str, seen: str) -> None:
    assert as_read(written).text == seen


@given(PIECES.map(" ".join) | PIECES.map("".join))
def test_every_character_that_is_seen_stands_where_it_is_said_to(written: str) -> None:
    read = as_read(written)

    assert "".join(written[place] for place in read.places) == read.text
    assert list(read.places) == sorted(set(read.places))
