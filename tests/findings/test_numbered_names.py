"""Names that only their number or generation tells apart."""

import pytest

from summarizer import check
from summarizer.findings import Passage, compare
from summarizer.schema import Label, Verdict

DIFFERENT = [
    ("World War II ended the works at Lomme.", "World War I ended the works at Lomme."),
    ("World War I ended the works at Lomme.", "World War II ended the works at Lomme."),
    ("King Osric XIV built the road to Lomme.", "King Osric XVI built the road to Lomme."),
]
SAME = [
    ("Elizabeth II opened the dam.", "Queen Elizabeth II opened the dam."),
    ("Yesterday Anna Voss and I went home.", "Anna Voss went home."),
    ("Otto Lind Jr. spoke in Lomme.", "Otto Lind spoke in Lomme."),
]


@pytest.mark.parametrize(("source", "claim"), DIFFERENT)
def test_another_number_is_found_and_contradicts(source: str, claim: str) -> None:
    (found,) = compare(claim, Passage(source))
    (one,) = check(claim, f"{source} Snow fell in the hills on the day after.").checks

    assert found.source is not None
    assert isinstance(one.outcome, Verdict)
    assert one.outcome.label is Label.CONTRADICTED


@pytest.mark.parametrize(("source", "claim"), SAME)
def test_the_same_number_or_none_is_no_difference(source: str, claim: str) -> None:
    assert compare(claim, Passage(source)) == ()
