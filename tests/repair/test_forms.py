"""Words of the source keep the form of the place that they are put into."""

import pytest

from summarizer.repair.forms import fitted


def put(text: str, words: str, new: str, *, opens: bool = False, name: bool = False, article: str = "") -> str:
    start = text.index(words)
    place = fitted(text, start, start + len(words), new, opens=opens, name=name, article=article)
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
        ("She chose a CT scanner.", "CT", "MRI", "She chose an MRI scanner."),
        ("It is an Irish firm.", "Irish", "US", "It is a US firm."),
        ("It is an Irish firm.", "Irish", "U.S.", "It is a U.S. firm."),
        ("It is an Irish firm.", "Irish", "Ukrainian", "It is a Ukrainian firm."),
        ("It is an old site.", "old", "UNESCO", "It is a UNESCO site."),
        ("It is an old base.", "old", "NATO", "It is a NATO base."),
        ("It is a tall tower.", "tall", "HSBC", "It is an HSBC tower."),
        ("He took a coach.", "coach", "X-ray", "He took an X-ray."),
        ("He saw a known body.", "known", "unidentified", "He saw an unidentified body."),
        ("It is a £5m deal.", "£5m", "£8m", "It is an £8m deal."),
        ("> Two boats sank.", "Two", "four", "> Four boats sank."),
        ("Samsung phones sold.", "Samsung", "iPhone", "iPhone phones sold."),
        ("It was sold on 4 Mar. Nobody came.", "4 Mar.", "5 March 2025", "It was sold on 5 March 2025. Nobody came."),
        ("“It was sold on 4 Mar.” Nobody came.", "4 Mar.", "5 May", "“It was sold on 5 May.” Nobody came."),
        ("It left at 3 p.m. Monday.", "3 p.m.", "15:00", "It left at 15:00 Monday."),
        ("It left at 5pm.", "5pm", "3 p.m.", "It left at 3 p.m."),
        ("A 5-kilometre walk.", "5", "7-kilometre", "A 7-kilometre walk."),
    ],
)
def test_the_words_fit(text: str, words: str, new: str, after: str) -> None:
    assert put(text, words, new) == after


def test_the_capital_of_a_sentence_of_the_source_is_left_there_but_not_that_of_a_name() -> None:
    assert put("It hit all of them.", "all", "Most", opens=True) == "It hit most of them."
    assert put("It hit all of them.", "all", "Orla", opens=True, name=True) == "It hit Orla of them."
    assert put("It hit all of them.", "all", "NATO", opens=True) == "It hit NATO of them."


def test_the_article_of_the_source_comes_with_its_words() -> None:
    assert put("It is a French site.", "French", "SIM", article="a") == "It is a SIM site."
    assert put("It took a FAQ page.", "FAQ", "RSVP", article="an") == "It took an RSVP page."
    assert put("It was a new unit.", "new", "old", article="an") == "It was an old unit."
