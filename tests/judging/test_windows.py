"""The windows of the nli judge: growing, with the sentences around, and never across documents."""

from summarizer.judging.nli.windows import MOST_WORDS, Window, windows
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence, sentences
from summarizer.schema import Document

TEXT = "One stands first. Two comes next. Three follows it. Four is behind. Five is last but one. Six ends it."


def split(text: str, name: str = "d1") -> tuple[Sentence, ...]:
    return sentences(Document.of(text, id=name))


def numbers(found: tuple[Window, ...]) -> list[list[int]]:
    return [[one.number for one in window.sentences] for window in found]


def test_windows_hold_sentences_of_one_document_in_its_order() -> None:
    first, second = split("Snow fell. It was cold.")
    (other,) = split("Snow fell again.", "d2")

    found = windows([second, other, first], SentenceMap([first, second, other]))

    assert [window.text for window in found] == ["Snow fell. It was cold."]


def test_marks_of_markdown_are_not_read() -> None:
    own = split("Do **not** put the base in water.")

    assert windows(own, SentenceMap(own))[0].text == "Do not put the base in water."


def test_the_last_window_adds_what_stands_around_the_best_passages() -> None:
    own = split(TEXT)

    assert numbers(windows([own[4], own[1]], SentenceMap(own))) == [[1, 4], [0, 1, 3, 4, 5]]
    assert numbers(windows([own[2]], SentenceMap(own))) == [[2], [1, 2, 3]]


def test_a_source_of_one_sentence_has_one_window() -> None:
    own = split("Snow fell.")

    assert numbers(windows(own, SentenceMap(own))) == [[0]]


def test_the_last_window_holds_what_fits_and_the_best_passage_always() -> None:
    long = " ".join(["word"] * 100)
    own = split(f"A {long} one. A {long} two. A short three. A {long} four.")

    found = windows([own[1], own[0], own[2]], SentenceMap(own))

    assert [len(own), numbers(found)[-1]] == [4, [1, 2]]
    assert len(found[-1].text.split()) <= MOST_WORDS


def test_a_neighbour_of_signs_alone_is_left_out() -> None:
    own = split("Snow fell on Monday.\n\n…”\n\nThe road was shut.")

    assert numbers(windows([own[0]], SentenceMap(own))) == [[0]]


def test_a_row_is_read_alone_under_a_header_whose_corner_is_empty() -> None:
    own = split("\t2015\t2025\ncars\t12,000\t15,500\nlorries\t2,200\t2,500")

    found = windows([own[2], own[1]], SentenceMap(own))

    assert [window.text for window in found] == [
        "lorries; 2015: 2,200; 2025: 2,500",
        "cars; 2015: 12,000; 2025: 15,500",
    ]
