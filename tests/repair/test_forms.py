"""Words of the source keep the form of the place that they are put into."""

import pytest

from summarizer.repair.forms import fitted


def put(text: str, words: str, new: str, *, opens: bool = False, name: bool = False) -> str:
    start = text.index(words)
    place = fitted(text, start, start + len(words), new, opens=opens, name=name)
    return text[: place.start] + place.after + text[place.end :]


@pytest.mark.parametrize(
    ("text", "words", "new", "after"),
    [
        ("Two boats sank.", "Two", "four", "Four boats sank."),
        ("He swam 5 km.", "5", "7 km", "He swam 7 km."),
        ("It rained on Tuesday.", "Tuesday", "on Monday", "It rained on Monday."),
        ("She won a silver medal.", "silver", "iron", "She won an iron medal."),
        ("She is an actor.", "actor", "painter", "She is a painter."),
        ("She is an actor.", "actor", "the minister", "She is the minister."),
        ("It took an hour.", "hour", "unusual day", "It took an unusual day."),
        ("It took an hour.", "hour", "one-year pause", "It took a one-year pause."),
        ("It took a week.", "week", "hour", "It took an hour."),
        ("It fell by 12%.", "12%", "nine\n per cent", "It fell by nine per cent."),
        ("A 5-kilometre walk.", "5", "7-kilometre", "A 7-kilometre walk."),
    ],
)
def test_the_words_fit(text: str, words: str, new: str, after: str) -> None:
    assert put(text, words, new) == after


def test_the_capital_of_a_sentence_of_the_source_is_left_there_but_not_that_of_a_name() -> None:
    assert put("It hit all of them.", "all", "Most", opens=True) == "It hit most of them."
    assert put("It hit all of them.", "all", "Orla", opens=True, name=True) == "It hit Orla of them."
    assert put("It hit all of them.", "all", "NATO", opens=True) == "It hit NATO of them."
