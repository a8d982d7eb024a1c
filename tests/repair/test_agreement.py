"""A number of the source brings the noun and the verb that agree with it, or does not come."""

import pytest

from summarizer.language.quantities import stated_quantities
from summarizer.repair.agreement import agreeing
from summarizer.schema import Span
from tests.repair.test_tries import offered


@pytest.mark.parametrize(
    ("claim", "source", "right"),
    [
        ("Two councillors have resigned.", "One councillor has resigned, he said.", "One councillor has resigned."),
        ("One councillor has resigned.", "Two councillors have resigned.", "Two councillors have resigned."),
        ("Three ships sank.", "One large ship sank off Tarn.", "One large ship sank."),
        ("The ferry makes four trips a day.", "It makes one trip a day.", "The ferry makes one trip a day."),
        ("Two of the ships have sunk.", "One of the ships has sunk.", "One of the ships has sunk."),
        ("Two men were hurt.", "One man was hurt.", "One man was hurt."),
        ("Two in five pupils walk.", "One in five pupils walks.", "One in five pupils walks."),
        ("Three days were lost.", "One day was lost.", "One day was lost."),
        ("Two sheep grazed.", "One sheep grazed.", "One sheep grazed."),
        ("It is on page 2.", "It is on page 1.", "It is on page 1."),
        ("It has 5 million users.", "It has 1 million users.", "It has 1 million users."),
        ("The strike lasted two days.", "The three-day strike ended.", "The strike lasted three days."),
        ("A 34-year-old man won.", "The man, 36 years old, won.", "A 36-year-old man won."),
    ],
)
def test_a_number_comes_with_what_agrees_with_it(claim: str, source: str, right: str) -> None:
    assert right in offered(claim, source)


@pytest.mark.parametrize(
    ("claim", "source", "wrong"),
    [
        ("Two councillors have resigned.", "One councillor has resigned.", "One councillors"),
        ("Two of the ships have sunk.", "One of the ships has sunk.", "Two of the ships has"),
        ("Two councillors, both old, have resigned.", "One councillor from Tarn has resigned.", "One councillor,"),
        ("Two councillors were fined 60 crowns.", "The mayor fined one ship 60 crowns.", "One"),
        ("The strike lasted two days.", "The one-day strike ended.", "lasted one"),
        ("The strike lasted two days.", "The three-week strike ended.", "lasted three"),
    ],
)
def test_a_number_that_agrees_with_nothing_there_does_not_come(claim: str, source: str, wrong: str) -> None:
    assert not [one for one in offered(claim, source) if wrong in one]


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        ("8 in 10 pupils walk.", "It was 90% of the pupils, he said.", ("8 in 10", "90% of the")),
        ("80% of pupils walk.", "Nine in ten pupils walk.", ("80% of", "Nine in ten")),
        ("80% of pupils walk.", "Half of the pupils walk.", ("80%", "Half")),
        ("Wages rose by 8 per cent.", "Wages fell for 90% of pupils.", ("8 per cent", "90%")),
    ],
)
def test_a_share_comes_with_its_of(claim: str, source: str, words: tuple[str, str]) -> None:
    ours, theirs = (Span(start=one[0].start, end=one[0].end) for one in map(stated_quantities, (claim, source)))

    both = agreeing(claim, ours, source, theirs)

    assert both is not None
    assert (both[0].of(claim), both[1].of(source)) == words
