"""The extractive writer takes whole sentences that say together what the source is about."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.language.sentences import sentences
from summarizer.language.statements import bare
from summarizer.language.words import words
from summarizer.schema import Document
from summarizer.writing import Length
from summarizer.writing.extractive import ExtractiveWriter, choose
from summarizer.writing.word_weights import Read, features, likelihoods

ARTICLE = (
    "HARROW BAY (AP) - The council of Harrow Bay voted on Monday to build a new bridge over the bay. "
    "It was the longest debate that anybody could remember. "
    "Mayor Ana Pell (left) shakes hands with the engineer Lee Marsh. "
    "The bridge will cost 12 million pounds, and the county pays for half of it. "
    "The council of Harrow Bay voted to build the bridge over the bay after a long debate on Monday. "
    "But the ferry will run until the bridge is open. "
    "Lee Marsh, the engineer of the bridge, said that work on it would begin in May. "
    "“I never liked the ferry anyway,” said a fisherman. "
    "A bakery near the pier sells cakes in the shape of a boat on most days of the summer."
)


def written(text: str, length: Length) -> str:
    return asyncio.run(ExtractiveWriter().write(sentences(Document.of(text)), length)).text


def three(text: str) -> list[str]:
    return [place.text for place in choose(sentences(Document.of(text)), Length(3, "sentences"))]


def test_the_news_is_told_once_without_captions_and_asides() -> None:
    assert three(ARTICLE) == [
        "The council of Harrow Bay voted on Monday to build a new bridge over the bay.",
        "The bridge will cost 12 million pounds, and the county pays for half of it.",
        "Lee Marsh, the engineer of the bridge, said that work on it would begin in May.",
    ]


def test_a_page_with_menus_comments_and_pictures_is_summed_up_from_its_text() -> None:
    menu = "Home\nSport\nPictures of the bay\n"
    captions = "A boat with three red stripes on its side passes the pier.\n(Photo: Lee Marsh)\n" * 4
    comments = "## 12 comments on this\n" + "The bridge over the bay is what the council should never have built.\n" * 9
    page = f"{menu}# A bridge for Harrow Bay\n{ARTICLE}\n{captions}{comments}"

    assert three(page) == three(ARTICLE)


def test_points_of_a_list_are_sentences_and_stay_apart() -> None:
    points = [
        "The council of Harrow Bay voted on Monday for a new bridge",
        "The county pays for half of the bridge and the town for the rest",
    ]
    page = f"# Bridge\n\n* {points[0]} [2]\n* Cost: 12\n* {points[1].replace('half', '**half**')}\n\nMore is in the minutes."

    text = written(page, Length(2, "sentences"))

    assert [one.text for one in sentences(Document.of(text))] == points


def test_a_paper_gives_what_it_found() -> None:
    filling = "The bridges of the county were weighed on forty days with the same scales as in the year before. "
    found = "Bridges of steel near the sea lose a tenth of their strength in eight years."
    paper = (
        "Introduction\nBridges of steel lose strength in every winter, and nobody knows how much of it.\n"
        f"Methods\n{filling * 5}\nResults\nThe scales gave the same weight on nearly all of the days.\nConclusion\n{found}"
    )

    assert found in three(paper)


def test_minutes_give_what_was_decided() -> None:
    minutes = (
        "Minutes of the bridge committee\nPresent: Ana Pell (chair), Lee Marsh\nApologies: Joan Fry\n"
        "1. Last meeting\nThe minutes of the last meeting were approved without a change.\n"
        "2. Paint\nThe rails of the bridge have rusted since the autumn of last year. Two firms have given a price for paint.\n"
        "It was agreed to accept the lower price for the paint.\n"
        "3. Other business\nThe lamps of the bridge were praised by a visitor from Hull."
    )

    chosen = [place.text for place in choose(sentences(Document.of(minutes)), Length(2, "sentences"))]

    assert "It was agreed to accept the lower price for the paint." in chosen
    assert not any("last meeting" in text for text in chosen)


@pytest.mark.parametrize("most", [16, 30, 45])
def test_a_length_in_words_is_kept(most: int) -> None:
    text = written(ARTICLE, Length(most, "words"))

    assert 0 < len(words(text)) <= most


def test_at_least_one_sentence_comes_back() -> None:
    assert len(choose(sentences(Document.of(ARTICLE)), Length(3, "words"))) == 1
    assert three("- milk\n- eggs") == ["milk", "eggs"]


@pytest.mark.parametrize(("amount", "unit", "told"), [(1, "sentences", 0), (2, "sentences", 1), (16, "words", 2)])
def test_where_nothing_is_prose_an_item_comes_with_its_lead_in(amount: int, unit: str, told: int) -> None:
    items = ["raise the age of retirement to 68", "abolish the free bus pass", "cut the benefit for children"]
    page = "The budget does not:\n" + "\n".join(f"- {item}" for item in items)

    text = written(page, Length(amount, unit))  # type: ignore[arg-type]

    assert text.split("\n\n") == ["The budget does not:", *items[:told]]


def test_sentences_that_would_be_read_as_one_stay_two() -> None:
    source = "the bay froze in January of that year.\n\nthe ferry of the island was closed for weeks."

    text = written(source, Length(2, "sentences"))

    assert [one.text for one in sentences(Document.of(text))] == source.split("\n\n")


def test_a_summary_shorter_than_asked_for_says_so() -> None:
    split = sentences(Document.of(ARTICLE))

    draft = asyncio.run(ExtractiveWriter().write(split, Length(8, "sentences")))

    assert draft.warnings == ("only 4 of the 8 sentences asked for: the source has no more that can be read alone",)


PIECES = st.sampled_from(
    [
        *ARTICLE.split(". "), "\n", "# Title\n", "He left. ", "“Quoted.” ", "No. 5 won by 1,204 votes to 987. ",
        "橋が月曜日に開通した。", "Der Rat stimmte am 3. Mai für die neue Brücke über die Bucht. ", "(Photo: AP)\n", ". ",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=30), st.integers(1, 12), st.sampled_from(["sentences", "words"]))
def test_what_is_chosen_stands_in_the_source_in_its_order(pieces: list[str], amount: int, unit: str) -> None:
    split = sentences(Document.of(" ".join(pieces)))

    chosen = choose(split, Length(amount, unit))  # type: ignore[arg-type]

    assert [place.sentence.number for place in chosen] == sorted({place.sentence.number for place in chosen})
    assert all(place.text in bare(place.sentence.text) for place in chosen)
    assert len(chosen) <= amount or unit == "words"
    assert bool(chosen) == bool(split)


def test_words_that_come_early_and_often_are_likelier_in_a_summary() -> None:
    split = [words("A bridge opens in Harrow Bay."), words("The bridge is long."), words("Cakes are sold nearby.")]

    likely = likelihoods(features([Read(own, rank) for rank, own in enumerate(split)]))

    assert likely["bridg"] > likely["open"] > likely["cake"]


def test_a_title_counts_as_a_beginning() -> None:
    read = [Read(words("Cakes and bridges are sold nearby."), 12)]

    without, with_title = (likelihoods(features(read, titles)) for titles in ([], [words("The bridges")]))

    assert with_title["bridg"] > without["bridg"]
    assert with_title["cake"] == without["cake"]


def test_many_lines_alike_crowd_out_no_news() -> None:
    news = ["The bridge over the bay will be closed for nine weeks from June, the county said."]
    news += ["Two boats sank when the old pier fell into the water, and nobody was hurt."]
    towns = (
        f"{first}{last}"
        for first in ("Ard", "Bel", "Cor", "Dun", "Esk")
        for last in "ham ton wick bury ford by ley sea".split()
    )
    lines = [f"A ferry to the island of {town} leaves from the pier at noon on every day of June." for town in towns]

    found = three(" ".join([*news, *lines]))

    assert found[:2] == news
    assert len(found) == 3


TALK = (
    "SMITH: Thank you very much. The town will not close the ferry this year or the next, whatever is said.\n\n"
    "JONES: The ferry will close in June, according to the figures of the county. Nobody on the island was asked.\n\n"
    "SMITH: Good luck with that. The bridge will bring 900 jobs to the island by the year 2031.\n\n"
)


def test_what_somebody_says_in_a_transcript_follows_who_says_it() -> None:
    text = written(TALK, Length(4, "sentences"))

    assert text
    for one in sentences(Document.of(text)):
        before = text[: one.end]
        speaker = "JONES" if one.text in TALK.split("\n\n")[1] else "SMITH"
        assert before.rfind(speaker) == max(before.rfind("SMITH"), before.rfind("JONES")) >= 0
    assert len(sentences(Document.of(text))) <= 4


def test_an_answer_follows_its_question() -> None:
    pairs = [
        "Q: Did you take money from the builder of the bridge?\nA: Never, not a single pound, and I have told the council so.",
        "Q: Will you resign over the bridge?\nA: No, and nobody on the council has asked me to resign.",
    ]

    text = written("\n\n".join(pairs), Length(2, "sentences"))

    assert text in [pair.replace("\n", " ") for pair in pairs]


def test_a_german_summary_has_no_pronoun_of_a_sentence_that_it_left_out() -> None:
    text = (
        "Der Stadtrat hat am Montag eine neue Brücke über den Hafen beschlossen. Sie soll 12 Millionen Euro kosten und im Mai "
        "fertig sein. Dagegen stimmte nur die Partei der Fischer des Hafens. Die Hälfte der Kosten trägt der Landkreis am See."
    )

    assert three(text) == [one.text for one in sentences(Document.of(text)) if one.text.startswith(("Der ", "Die "))]
