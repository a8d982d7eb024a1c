"""What the readers read out of a text: places that slice back, values whatever way they are written."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from summarizer.language.english import same_language
from summarizer.language.names import names_in
from summarizer.language.numerals import values
from summarizer.language.offices import bindings
from summarizer.language.quantities import stated_quantities
from summarizer.language.speakers import attributions
from summarizer.language.time_expressions import time_expressions
from summarizer.language.words import words
from tests.texts import nasty_text

READERS: tuple[Callable[[str], Any], ...] = (
    words, names_in, stated_quantities, time_expressions, attributions, bindings,
)  # fmt: skip


@settings(max_examples=300)
@given(nasty_text)
def test_every_reader_says_where_its_words_stand(text: str) -> None:
    for reader in READERS:
        for one in reader(text):
            assert 0 <= one.start < one.end <= len(text)
            assert getattr(one, "form", text[one.start : one.end]) == text[one.start : one.end]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("120000", 120_000),
        ("120,000", 120_000),
        ("120 thousand", 120_000),
        ("120\u00a0000", 120_000),
        ("2.5 million", 2_500_000),
        ("2.5m", 2_500_000),
        ("two and a half million", 2_500_000),
        ("Forty-eight", 48),
        ("forty eight", 48),
        ("a dozen", 12),
        ("half a million", 500_000),
        ("one hundred and five", 105),
        ("the 3rd", 3),
        ("the twenty-first", 21),
    ],
)
def test_a_number_has_one_value_whatever_way_it_is_written(written: str, value: float) -> None:
    assert value in values(f"They counted {written} of them.").counts


@pytest.mark.parametrize(
    ("text", "dimension", "base"),
    [
        ("The line is 34 miles long.", "length", 54_717.696),
        ("It did 50 kilometres an hour.", "speed", 50),
        ("It was 50 kilometres an hour later.", "length", 50_000),
        ("It was minus ten degrees Celsius.", "temperature", -10),
        ("It cost €3.40.", "money:EUR", 3.4),
        ("It cost 12 million euros.", "money:EUR", 12_000_000),
        ("It rose by 5 per cent.", "percent", 5),
        ("It rose by five percentage points.", "points", 5),
        ("Holm, a 34-year-old baker, left.", "age", 34),
        ("It holds 31 ferries.", "count", 31),
        ("It came third.", "ordinal", 3),
        ("Tarn won 3-2 at home.", "score", 3_002),
        ("The bus is Route 41.", "label", 41),
        ("It is Ardmoor’s 14 ferries.", "count", 14),
        ("Two-thirds left.", "fraction", pytest.approx(66.67, abs=0.01)),
        ("9 out of 10 left.", "fraction", 90),
        ("Nine in every ten left.", "fraction", 90),
    ],
)
def test_a_quantity_has_a_dimension_and_a_value_in_its_base_unit(text: str, dimension: str, base: float) -> None:
    (only,) = stated_quantities(text)

    assert (only.dimension, only.base) == (dimension, base)


def test_the_words_that_make_a_number_a_bound_are_kept() -> None:
    assert [one.bound for one in stated_quantities("More than 900 sheep and exactly 12 goats, 3 dogs.")] == [
        "more than",
        "exactly",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It closed on 3 May.", [("date", None, 5, 3)]),
        ("It closed on May 3, 2021.", [("date", 2021, 5, 3)]),
        ("It closed on 2021-05-03.", [("date", 2021, 5, 3)]),
        ("It closed in May.", [("date", None, 5, None)]),
        ("it closed in may and reopened in september.", [("date", None, 5, None), ("date", None, 9, None)]),
        ("It closed in 1998.", [("year", 1998, None, None)]),
        ("They may close it.", []),
        ("May Holm closed it.", []),
        ("Augusta beat the Marchers at Junebug.", []),
        ("He sold 1998 houses.", []),
        ("Some 9 out of 10 left 3 ago lip, 4 set pieces and 5 Mars bars.", []),
        ("They set 2030 as a goal; Mars 2020 landed.", [("year", 2030, None, None), ("year", 2020, None, None)]),
        ("Em 9 de out e le 3 mars.", [("date", None, 10, 9), ("date", None, 3, 3)]),
        ("It was signed on 17 set 1912 and 5 Mars 1913.", [("date", 1912, 9, 17), ("date", 1913, 3, 5)]),
    ],
)
def test_dates_are_read_and_other_words_are_not(text: str, read: list[tuple[str, Any, Any, Any]]) -> None:
    found = [
        (one.kind, one.year and one.year[0], one.month and one.month[0], one.day and one.day[0])
        for one in time_expressions(text)
    ]

    assert found == read


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("It runs from 3 to 7 July in Tarn.", "3 to 7 July", (3, 7)),
        ("It runs between 12 and 15 May.", "12 and 15 May", (12, 15)),
        ("It was on the 4th, 5th and 6th of October 2021.", "the 4th, 5th and 6th of October 2021", (4, 5, 6)),
        ("The Open, August 3-11 Orlando, is over.", "August 3-11", (3, 11)),
        ("It ran on May 3, 10 and 12–15, 2024.", "May 3, 10 and 12–15, 2024", (3, 10, 12, 15)),
        ("Am 24./25. Dezember ist zu.", "24./25. Dezember", (24, 25)),
        ("Du 3 au 7 juillet en ville.", "3 au 7 juillet", (3, 7)),
        ("On March 3 and 10 people left.", "March 3", (3, 3)),
        ("From July 3 to 7 people were ill.", "July 3", (3, 3)),
        ("Holm, 24, 5 May 2020", "5 May 2020", (5, 5)),
        ("They worked from 9 to 5 May and June.", "5 May", (5, 5)),
        ("It left on July 3 and 5 p.m. was late.", "July 3", (3, 3)),
        ("It left on July 7-3.", "July 7", (7, 7)),
    ],
)
def test_every_day_of_a_range_or_list_is_read_with_its_month(text: str, words: str, days: tuple[int, ...]) -> None:
    first = next(one for one in time_expressions(text) if one.month)

    assert (text[first.start : first.end], first.day) == (words, days)


def test_a_day_between_two_months_belongs_to_its_own() -> None:
    assert [(one.month, one.day) for one in time_expressions("May 3 and 4 June; 3 May to 4 June; July 3 to 7 August")] == [
        ((5, 5), (3, 3)), ((6, 6), (4, 4)),
        ((5, 5), (3, 3)), ((6, 6), (4, 4)),
        ((7, 7), (3, 3)), ((8, 8), (7, 7)),
    ]  # fmt: skip


def test_times_and_quarters_are_no_numbers() -> None:
    text = "At 5 p.m. and 18:30 it told of the second quarter, of Q3 and of noon."

    assert [one.kind for one in time_expressions(text)] == ["time", "time", "quarter", "quarter", "time"]
    assert stated_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("On Tuesday Olaf Holm met NATO’s Jens Pell in Tarn.", ["Olaf Holm", "NATO", "Jens Pell", "Tarn"]),
        ("Mr. Pell left St. Brannoc.", ["Mr. Pell", "St. Brannoc"]),
        ("Noor al-Hamadi and Ludwig van der Holm came.", ["Noor al-Hamadi", "Ludwig van der Holm"]),
        ("The council met. Nobody came.", []),
        ("Police Sergeant Ana Pell left. Police met Lee Fox.", ["Police Sergeant Ana Pell", "Lee Fox"]),
    ],
)
def test_a_name_is_a_run_of_capitals(text: str, names: list[str]) -> None:
    assert [one.form for one in names_in(text)] == names


def test_a_single_word_at_the_start_of_a_sentence_may_be_no_name() -> None:
    assert [(one.form, one.initial) for one in names_in("Sheep grazed. Ana Pell saw Tarn.")] == [
        ("Sheep", True),
        ("Ana Pell", False),
        ("Tarn", False),
    ]


ENGLISH_SOURCE = (
    "The mayor of Harrow Bay said on Monday that the old mill would be closed in spring, because the roof had become "
    "too dangerous for visitors. Firefighters treated nine hikers. Ana Pell leads the council."
)


@pytest.mark.parametrize(
    ("claim", "same"),
    [
        ("Firefighters treated nine hikers, Ana Pell said.", True),
        ("The old mill would be closed.", True),
        ("Die alte Mühle von Harrow Bay wird im Frühling geschlossen.", False),
        ("Le maire de Harrow Bay a fermé le vieux moulin au printemps.", False),
        ("El alcalde de Harrow Bay cerró el viejo molino.", False),
    ],
)
def test_a_short_claim_is_of_the_language_whose_words_it_shares(claim: str, *, same: bool) -> None:
    assert same_language(claim, ENGLISH_SOURCE) is same


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("China claims that the reef is its own.", "China"),
        ("Billboard reports that the tour is over.", "Billboard"),
        ("The union demands that the yard stays open.", "The union"),
    ],
)
def test_a_verb_that_may_be_a_noun_has_its_speaker_behind_the_first_word_too(text: str, speaker: str) -> None:
    assert [one.speaker for one in attributions(text)] == [speaker]
