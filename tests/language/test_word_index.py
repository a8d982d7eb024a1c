"""Words of the sources by place, each form looked up once."""

from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import sentences
from summarizer.language.word_index import BREAK, WordIndex
from summarizer.schema import Document

ONE = Document.of("Snow fell on the hills. The cans can hold snow.", id="d1")
OTHER = Document.of("Snow again.\n\nWard\tVotes\nSouth\t987", id="d2")
SPLIT = (*sentences(ONE), *sentences(OTHER))


def test_each_word_has_its_place_and_its_sentence() -> None:
    words = WordIndex(SPLIT)
    places = words.places(["snow", "can", "rain"])

    assert {key: list(own) for key, own in places.items()} == {"snow": [0, 9, 10 + BREAK], "can": [6, 7]}
    assert list(words.holders(places["snow"])) == [0, 1, 2]
    assert [SPLIT[position].text for position in words.holders(places["can"])] == ["The cans can hold snow."]
    assert words.length == len("Snow fell on the hills The cans can hold snow Snow again Ward Votes South 987".split())


def test_a_word_without_content_is_told_from_one_that_looks_like_it() -> None:
    words = WordIndex(SPLIT)

    assert list(words.places(["can"], content=True)["can"]) == [6]  # "cans"; "can" carries none
    assert words.sentences_with("can") == 1
    assert words.sentences_with("snow") == 3
    assert words.sentences_with("rain") == 0


def test_between_two_documents_stands_no_word() -> None:
    words = WordIndex(SPLIT)

    assert words.number_at(10) == words.number_at(-1) == words.number_at(10_000) == 0
    assert words.number_at(9) == words.number_of("snow")


def test_sentences_are_found_by_name_and_by_place() -> None:
    found = SentenceMap(SPLIT)

    assert [found[one.id] for one in SPLIT] == list(SPLIT)
    assert list(found) == [one.id for one in SPLIT]
    assert found.get("d1:99") is found.get("d3:0") is found.get("d1:x") is found.at("d2", -1) is None
    assert [one.text for one in found.over("d1", 20, 30)] == ["Snow fell on the hills.", "The cans can hold snow."]
    assert found.over("d1", 23, 24) == ()
    assert {"south", "987", "ward", "vote"} == found.stems_of_rows("d2")
