"""Headings without a mark state nothing, and what states something is never taken for one."""

import pytest
from hypothesis import given, settings

from summarizer.extraction.sentences import extract_claims
from summarizer.language.headings import names_only, unmarked_headings
from summarizer.language.sentences import sentence_offsets
from summarizer.schema import Document
from tests.texts import nasty_text

SAID = "The bridge was closed for repairs in the spring."
FELL = "The river fell to its lowest level."
NAMING = [
    "Main points", "Key takeaways", "KEY FACTS", "Key Takeaways from the Report", "The death", "The mayor's resignation",
    "Legal challenge", "Bird flu in Cambodia", "Effects on schools", "Background to the dispute", "Court ruling",
    "Next steps for the council", "Main points of the court case", "Proposed changes", "Other developments",
    "What we know so far", "Why it matters", "What happens next",
]  # fmt: skip
STATING = [
    "Mayor resigns after vote", "Mayor to resign", "Council to close pool", "Council votes on plan", "Talks collapse",
    "Talks in Geneva collapse", "Police arrest mayor", "Police arrest the mayor", "Union challenges the ruling",
    "Critics reject plan", "Mayor and deputy quit", "Girl dead", "Risk low", "Vaccine effective", "Inflation up",
    "Killed in crash", "Bridge closed", "Mayor facing trial", "Team lost final", "No injuries", "More deaths expected",
    "All clear", "Two dead in crash", "56 cases since 2014", "Why the mayor resigned", "The risk is low", "We won", "I'm out",
    "Vote: council for plan", "Mayor, bishop in court", "Bridge closed – for good",
]  # fmt: skip


@pytest.mark.parametrize("line", NAMING)
def test_a_line_that_only_names_what_stands_below_states_nothing(line: str) -> None:
    assert names_only(line)
    assert checked(f"{line}\n\n{SAID}") == [SAID]
    assert checked(f"{line}\n- {SAID}\n- {FELL}") == [SAID, FELL]


@pytest.mark.parametrize("line", STATING)
def test_a_line_that_states_something_is_judged_wherever_it_stands(line: str) -> None:
    assert not names_only(line)
    assert line in checked(f"{line}\n\n{SAID}")
    assert line in checked(f"{line}\n=====\n\n{SAID}")


def checked(summary: str) -> list[str]:
    """The claims of a summary that state something."""
    return [one.text for one in extract_claims(Document.of(summary)) if one.checkable]


def test_an_underlined_line_and_one_with_a_picture_are_headings() -> None:
    assert checked(f"Key facts\n=========\n\n{SAID}\n\nThe river\n---------\n\n{FELL}") == [SAID, FELL]
    assert checked(f"📌 Key facts\n\n{SAID}") == [SAID]


def test_an_item_of_a_list_is_a_heading_of_the_lines_below_it_alone() -> None:
    assert checked(f"1. **The bridge**\n   - {SAID}\n2. **The river**\n   - {FELL}") == [SAID, FELL]
    assert checked(f"1. **The bridge**\n\n{SAID}") == [SAID]
    assert checked(f"- The bridge\n- The river\n\n{SAID}") == ["The bridge", "The river", SAID]


def test_a_line_with_no_text_below_is_judged() -> None:
    assert checked(f"{SAID}\n\nThe river") == [SAID, "The river"]
    assert checked("Fire at the mill\n\nFlood in the valley") == ["Fire at the mill", "Flood in the valley"]


def test_half_a_sentence_and_a_cell_are_no_headings() -> None:
    assert checked("The council of the town\n\nmet in the hall on Monday.")[0] == "The council of the town"
    assert checked(f"North\tSouth\n{SAID}") == ["North South", SAID]


def test_a_line_of_a_language_without_a_list_is_judged() -> None:
    assert checked("Bürgermeister tritt ab\n\nDer Rat der Stadt hat das am Montag in der Sitzung gesagt.")[0] == (
        "Bürgermeister tritt ab"
    )


@settings(max_examples=200)
@given(nasty_text)
def test_every_heading_begins_a_sentence_and_is_not_the_last(text: str) -> None:
    starts = [start for start, _ in sentence_offsets(text)]

    assert unmarked_headings(text) <= set(starts[:-1])
