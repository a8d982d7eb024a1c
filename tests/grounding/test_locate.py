"""A quote is found where it stands, word for word, and nowhere else."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.grounding import locate, stands_in
from summarizer.schema import Document, Span
from tests.texts import nasty_text


def quotes(quote: str, text: str, *, ignore_case: bool = False) -> list[str]:
    return [piece.quote for piece in locate(quote, Document.of(text), ignore_case=ignore_case)]


@settings(max_examples=2_000)
@given(text=nasty_text.filter(str.strip), quote=nasty_text)
def test_whatever_is_located_slices_back(text: str, quote: str) -> None:
    document = Document.of(text)

    for piece in locate(quote, document):
        assert piece.span.of(document.text) == piece.quote


@settings(max_examples=500)
@given(data=st.data(), text=nasty_text.filter(lambda text: len(text.split()) > 1))
def test_whole_words_of_a_text_are_found_in_any_form(data: st.DataObject, text: str) -> None:
    tokens = text.split()
    start = data.draw(st.integers(0, len(tokens) - 1))
    quote = " ".join(tokens[start : data.draw(st.integers(start + 1, len(tokens)))])
    written = data.draw(
        st.sampled_from([quote, unicodedata.normalize("NFC", quote), unicodedata.normalize("NFD", quote)])
    )
    document = Document.of(text)

    found = locate(written, document)

    assert all(piece.span.of(document.text) == piece.quote for piece in found)
    if quote.replace(" ", "").isascii() and quote.replace(" ", "").isalpha() and "-" not in text:
        assert [piece.quote.split() for piece in found] == [quote.split()]


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("the mayor's car", "It was the mayor’s car.", "the mayor’s car"),
        ('"never"', "He said “never” twice.", "“never”"),
        ("10-12 May", "From 10–12 May only.", "10–12 May"),
        ("5 km away", "It was 5\u00a0km  away.", "5\u00a0km  away"),
        ("cooperate", "They co\u00adoper\u200bate.", "co\u00adoper\u200bate"),
        ("café", "The cafe\u0301 shut.", "cafe\u0301"),
        ("cafe\u0301", "The café shut.", "café"),
        ("⚠ Roads are ❤ shut", "⚠\ufe0f Roads are ❤\ufe0f shut.", "⚠\ufe0f Roads are ❤\ufe0f shut"),
        ("✔\ufe0f Roads are shut", "✔ Roads are shut.", "✔ Roads are shut"),
        ("葛城 fell", "The 葛\U000e0100城 fell.", "葛\U000e0100城 fell"),
        ("final offer", "A ﬁnal offer.", "ﬁnal offer"),
        ("ABC1", "Sold by ＡＢＣ１ today.", "ＡＢＣ１"),
        ("an example of it", "It is an exam-\nple of it.", "an exam-\nple of it"),
        ("a well-known man", "He is a well-\nknown man.", "a well-\nknown man"),
        (
            "The government of a well-known town",
            "The govern-\nment of a well-\nknown town.",
            "The govern-\nment of a well-\nknown town",
        ),
        (
            "The govern- ment of a well- known town",
            "The govern-\nment of a well-\nknown town.",
            "The govern-\nment of a well-\nknown town",
        ),
        (
            "the government of inter- and national towns",
            "the govern- ment of inter- and na- tional towns",
            "the govern- ment of inter- and na- tional towns",
        ),
        ("the mayor's well-", "the mayor’s well-\nknown town", "the mayor’s well"),
        ("Covid-19 in 2019-2020", "Covid-\n19 in 2019-\n2020.", "Covid-\n19 in 2019-\n2020"),
        ("low-lying land", "the low-\n> lying land", "low-\n> lying land"),
        ("on two lines", "It stands on\r\ntwo lines.", "on\r\ntwo lines"),
        ("“It is over.”", "He said it is over. It is over. Really.", "It is over."),
        ("東京", "彼は東京へ行った。", "東京"),
    ],
)
def test_typography_is_no_hindrance(quote: str, text: str, found: str) -> None:
    assert quotes(quote, text) == [found]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("$5.2 million", "It cost $4.2 million."),
        ("2 million", "It cost 4.2 million."),
        ("5", "It cost 5,000 or 5.2."),
        ("art", "The party started."),
        ("102", "About 10² of them."),
        ("profit", "A non-profit body."),
        ("The Mayor", "He met the mayor."),
        ("cafe", "The cafe\u0301 shut."),
        ("fi", "A ﬁnal offer."),
        ("", "Anything."),
        (" “” ", "Anything."),
        ("never any troops", "There were never troops."),
    ],
)
def test_what_does_not_stand_there_is_not_found(quote: str, text: str) -> None:
    assert quotes(quote, text) == []


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("resign", "They re-sign it."),
        ("They re-sign it", "They resign it."),
        ("1012 May", "From 10-12 May only."),
        ("20192020", "In 2019-\n2020."),
        ("the season", "the 2019-\nseason"),
        ("likely to close", "It is un-\nlikely to close."),
        ("possible to close", "It is im-\npossible to close."),
    ],
)
def test_a_line_end_leaves_open_a_hyphen_and_nothing_else(quote: str, text: str) -> None:
    assert quotes(quote, text) == []


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("Snow shut two roads in Tarn", "**Snow** shut *two* `roads` in [Tarn](https://a.b/c).", "**Snow** shut *two* `roads` in [Tarn](https://a.b/c)"),
        ("It closed. It opened.", "**It closed. It opened.**", "It closed. It opened."),
        ("It **closed** on Monday", "It closed on Monday.", "It closed on Monday"),
        ("Snow fell in the night", "> Snow fell\n> in the night.", "Snow fell\n> in the night"),
        ("in 2020. The area grew", "in 2020.[1] The area[^2] grew", "in 2020.[1] The area[^2] grew"),
        ("called it 'a betrayal' twice", "He called it “a betrayal” twice.", "called it “a betrayal” twice"),
        ("called it a betrayal twice", "He called it “a betrayal” twice.", "called it “a betrayal” twice"),
        ('called it \\"a betrayal\\" twice', "He called it “a betrayal” twice.", "called it “a betrayal” twice"),
        ("the 'Agenda 2030' of it", 'the "Agenda 2030" of it', 'the "Agenda 2030" of it'),
        ("Said it was old", "She said it was old.", "said it was old"),
        ("the library will stay", "The library will stay.", "The library will stay"),
        ("\"we stay,\" she said", "“We stay,” she said.", "“We stay,” she said"),
    ],
)  # fmt: skip
def test_what_is_no_word_is_no_hindrance(quote: str, text: str, found: str) -> None:
    assert quotes(quote, text) == [found]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Sales rose 51 per cent", "Sales rose 5[1](https://a.b/c) per cent."),
        ("Sales rose 5.1 per cent", "Sales rose 5.[1](https://a.b/c) per cent."),
        ("a dose of mg a day", "a dose of [50] mg a day"),
        ("call argv of it", "call argv[1] of it"),
        ("It is not open", "It is ~~not~~ open."),
        ("It is open now", "It is ~~not~~ open now."),
        ('a mast of 5" or more', "a mast of 5' or more"),
        ("the graph of f(x) is flat", "the graph of f'(x) is flat"),
        ("a dose\n5 mg or more", "a dose\n> 5 mg or more"),
        ("a profit body", "a non-*profit* body"),
        ("it cant be", "it can't be"),
        ("2 3 apples", "2*3 apples"),
        ("the Us left", "the US left"),
        ("may", "It is May."),
    ],
)
def test_a_sign_that_means_something_is_no_mark(quote: str, text: str) -> None:
    assert quotes(quote, text) == []


DISTINCT = "snow fell on 48 roads near Tarn while the well-known ferry of 1,204 tons lost €4.2 million".split()
DRESSES = ("{}", "{}", "**{}**", "*{}*", "`{}`", "“{}”", "'{}'", "[{}](https://a.b/c)")


@st.composite
def dressed(draw: st.DrawFn) -> tuple[list[str], str]:
    """Words, each once, and a text of them with marks around some of them and line ends within others."""
    words = draw(st.permutations(DISTINCT))
    written = []
    for word in words:
        parted = f"{word[:2]}-\n{word[2:]}" if word.isalpha() and len(word) > 3 else word
        written.append(draw(st.sampled_from([parted, *(dress.format(word) for dress in DRESSES)])))
    return words, draw(st.sampled_from([" ", "\n"])).join(written)


@settings(max_examples=500)
@given(data=st.data(), made=dressed())
def test_the_words_of_a_text_are_found_without_its_marks_and_no_other_words_are(
    data: st.DataObject, made: tuple[list[str], str]
) -> None:
    words, text = made
    start = data.draw(st.integers(0, len(words) - 3))
    own = words[start : data.draw(st.integers(start + 3, len(words)))]
    at = data.draw(st.integers(1, len(own) - 2))
    changed = data.draw(
        st.sampled_from([[*own[:at], *own[at + 1 :]], [*own[:at], "not", *own[at:]], [*own[:at], "49", *own[at + 1 :]]])
    )

    assert quotes(" ".join(own), text)
    assert quotes(" ".join(changed), text) == []


def test_case_is_ignored_only_where_asked() -> None:
    assert quotes("THE MAYOR", "He met the mayor.", ignore_case=True) == ["the mayor"]
    assert stands_in("THE MAYOR", "He met the mayor.")


def test_an_ellipsis_joins_pieces_of_one_passage_in_order() -> None:
    text = "The mayor, who was ill, resigned on Monday."

    assert quotes("The mayor … resigned", text) == ["The mayor", "resigned"]
    assert quotes("The mayor [...] resigned", text) == ["The mayor", "resigned"]
    assert quotes("The mayor (…) resigned", text) == ["The mayor", "resigned"]
    assert quotes("The mayor [. . .] resigned", text) == ["The mayor", "resigned"]
    assert quotes("resigned … The mayor", text) == []


def test_an_ellipsis_does_not_reach_over_a_paragraph() -> None:
    assert quotes("The mayor … resigned", "The mayor spoke.\n\nA minister resigned.") == []


def test_of_several_places_the_one_in_the_named_sentence_is_taken() -> None:
    text = "Snow fell. It was cold. Snow fell again."
    document = Document.of(text)

    second = locate("Snow fell", document, near=(Span(start=24, end=40),))

    assert [piece.span.start for piece in second] == [24]
    assert [piece.span.start for piece in locate("Snow fell", document)] == [0]


def test_of_several_places_the_nearest_is_taken_where_none_is_inside() -> None:
    document = Document.of("Snow fell. It was cold. Snow fell again. Then came spring at last.")

    found = locate("Snow fell", document, near=(Span(start=45, end=50),))

    assert [piece.span.start for piece in found] == [24]


@given(words=st.lists(st.sampled_from(["snow", "Snow", "“snow”", "ﬁre", "fire", "snow\u00ad", "a", "e\u0301t\u00e9", "-"]), min_size=1, max_size=30), quote=st.sampled_from(["snow", "fire", "été", "a", "“snow”"]), start=st.integers(0, 120), length=st.integers(1, 40))  # fmt: skip
def test_the_nearest_place_is_that_of_a_search_through_all(
    words: list[str], quote: str, start: int, length: int
) -> None:
    document = Document.of(" ".join(words))
    near = Span(start=start, end=start + length)
    places: list[Span] = []
    while found := locate(quote, document, near=(Span(start=places[-1].end if places else 0, end=10_000),)):
        if places and found[0].span.start < places[-1].end:
            break
        places.append(found[0].span)

    found = locate(quote, document, near=(near,))

    inside = [place for place in places if near.start <= place.start and place.end <= near.end]
    distance = {place: max(near.start - place.end, place.start - near.end, 0) for place in places}
    nearest = min(places, key=lambda place: (distance[place], place.start), default=None)
    assert [one.span for one in found] == ([inside[0]] if inside else [nearest] if nearest else [])
