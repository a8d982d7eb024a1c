"""Near copies: a piece that leaves behind what turns it, and a name in the place of a pronoun."""

import pytest

from summarizer import check
from summarizer.judging.copies import is_taken_back, leaves_its_turn_behind, names_who_it_is
from summarizer.schema import Label, Verdict

LEFT_BEHIND = [
    ("Hanne allegedly sold the boats.", "Hanne sold the boats."),
    ("Divers believe that the wreck lies off Lomme.", "The wreck lies off Lomme."),
    ("The mill plans to hire 50 hands.", "The mill hired 50 hands."),
    ("The ferry almost ran aground at dusk.", "The ferry ran aground at dusk."),
    ("It is not true that the wells of Lomme are dry.", "The wells of Lomme are dry."),
    ("The wells of Lomme are dry (this is not true).", "The wells of Lomme are dry."),
    ("The wells of Lomme are dry, it was wrongly reported.", "The wells of Lomme are dry."),
    ("The wells of Lomme are dry, which is a lie.", "The wells of Lomme are dry."),
    ("The wells of Lomme are dry – but that is false.", "The wells of Lomme are dry."),
]
WHOLE = [
    ("Hanne, who may stand for the council, sold the boats.", "Hanne sold the boats."),
    ("The board said that the mill will hire 50 hands.", "The mill will hire 50 hands."),
    ("Hanne allegedly sold the boats.", "Hanne allegedly sold the boats."),
    ("The wreck lies off Lomme, and nobody dives there.", "The wreck lies off Lomme."),
]


@pytest.mark.parametrize(("source", "claim"), LEFT_BEHIND)
def test_it_is_told_and_never_supported(source: str, claim: str) -> None:
    (one,) = check(claim, f"{source} Snow fell in the hills on the day after.").checks

    assert leaves_its_turn_behind(claim, source)
    assert not (isinstance(one.outcome, Verdict) and one.outcome.label is Label.SUPPORTED)


@pytest.mark.parametrize(("source", "claim"), WHOLE)
def test_what_turns_something_else_is_left_alone(source: str, claim: str) -> None:
    assert not leaves_its_turn_behind(claim, source)


@pytest.mark.parametrize(
    "source",
    [
        "The wells of Lomme are dry.",
        "Hanne found the wells of Lomme are dry, if deep.",
        "They deny that the wells of Lomme are dry; yet the wells of Lomme are dry.",
        "Nobody doubts the report of the board in May, by which the wells of Lomme are dry.",
    ],
)
def test_what_the_source_says_itself_is_not_taken_back(source: str) -> None:
    assert not is_taken_back("The wells of Lomme are dry.", source)


PRONOUNS = [
    ("The mayor of Lomme alleged that the wells were dry.", "She alleged that the wells were dry.", True),
    ("“It rained for a week,” Hanne told the board.", "“It rained for a week,” he told the board.", True),
    ("The board paid Hanne's lawyer.", "The board paid her lawyer.", True),
    ("Hanne alleged that the wells were full.", "She alleged that the wells were dry.", False),
    ("She alleged that the wells were dry.", "She alleged that the wells were dry.", False),
    ("Hanne sold the boats.", "The board sold the boats.", False),
]


@pytest.mark.parametrize(("claim", "passage", "alike"), PRONOUNS)
def test_a_name_for_a_pronoun_is_told(claim: str, passage: str, *, alike: bool) -> None:
    assert names_who_it_is(claim, passage) is alike


def test_a_name_for_a_pronoun_is_not_called_a_contradiction() -> None:
    source = (
        "The mayor of Lomme, Hanne Orr, spoke on Monday. She alleged that the museum had known of the gap in the "
        "records since at least 1996 and had kept quiet to protect its reputation."
    )
    claim = (
        "The mayor of Lomme alleged that the museum had known of the gap in the records since at least 1996 and had "
        "kept quiet to protect its reputation."
    )

    (one,) = check(claim, source).checks

    assert not (isinstance(one.outcome, Verdict) and one.outcome.label is not Label.SUPPORTED)
