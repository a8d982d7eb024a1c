"""A piece of a sentence that leaves behind what turns it is no copy of it."""

import pytest

from summarizer import check
from summarizer.judging.copies import leaves_its_turn_behind
from summarizer.schema import Label, Verdict

LEFT_BEHIND = [
    ("Hanne allegedly sold the boats.", "Hanne sold the boats."),
    ("Divers believe that the wreck lies off Lomme.", "The wreck lies off Lomme."),
    ("The mill plans to hire 50 hands.", "The mill hired 50 hands."),
    ("The ferry almost ran aground at dusk.", "The ferry ran aground at dusk."),
    ("It is not true that the wells of Lomme are dry.", "The wells of Lomme are dry."),
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


def test_a_hostile_passage_takes_no_time() -> None:
    assert not leaves_its_turn_behind("a b c " * 60 + "d", "c b a " * 2_000)
