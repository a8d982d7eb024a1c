"""Who speaks in a transcript, in each of the ways in which one is written down."""

import pytest

from summarizer.language.sentences import sentences
from summarizer.schema import Document
from summarizer.writing import Length
from summarizer.writing.extractive import choose
from summarizer.writing.turns import turns

SAID = [
    ("Ana Pell", "The council has cut the grant for the ferry. The pier of the island needs paint."),
    ("Lee Marsh", "Nobody agreed to that. The paint of the pier was paid for in May."),
    ("Ana Pell", "The bill for the paint came back from the bank. The painter wants his money by Friday."),
    ("Lee Marsh", "The bank has made a mistake with the bill. The painter will have it on Monday."),
]
FORMS = [
    "{who}: {words}",
    "**{who}:** {words}",
    "{who} (chair): {words}",
    "{who} (00:{at}): {words}",
    "[00:00:{at}] {who}: {words}",
    "12/02/2026, 14:{at} - {who}: {words}",
    "{who}:\n{words}",
    "{who}  00:00:{at}\n{words}",
    "{who} (00:{at}):\n{words}",
    "0:00:{at}.120 --> 0:00:{at}.480\n{who}\n{words}",
]


def transcript(form: str) -> str:
    return "\n\n".join(form.format(who=who, words=words, at=10 + at) for at, (who, words) in enumerate(SAID))


@pytest.mark.parametrize("form", FORMS)
def test_each_sentence_of_a_summary_follows_who_says_it(form: str) -> None:
    chosen = choose(sentences(Document.of(transcript(form))), Length(8, "sentences"))

    assert len(chosen) > 2
    for place in chosen:
        speaker, _, said = place.text.partition(": ")
        own = " ".join(words for who, words in SAID if speaker in (who, f"{who} (chair)"))
        assert said in own


@pytest.mark.parametrize("head", ["{who}: ", "{who}  0:03:11\n"])
def test_in_a_long_turn_a_sentence_is_told_with_its_speaker_alone(head: str) -> None:
    filling = "The old ferry of the island has taken people to the pier on every day of the year since then. " * 5
    text = "\n\n".join(head.format(who=who) + filling + words for who, words in SAID)

    texts = {place.text for place in choose(sentences(Document.of(text)), Length(4, "sentences"))}

    assert "Ana Pell: The council has cut the grant for the ferry." in texts


def test_a_short_answer_is_not_told_without_its_question() -> None:
    text = "Post: Will the coach stay for the cup?\n\nAna Pell: For two years.\n\nPost: The tickets have been sold out.\n\nAna Pell: The team will win the cup in May."

    texts = [place.text for place in choose(sentences(Document.of(text)), Length(4, "sentences"))]

    assert texts == ["Post: The tickets have been sold out.", "Ana Pell: The team will win the cup in May."]


def test_the_names_before_turns_are_no_words_that_a_summary_would_have() -> None:
    said = [
        ("Project Manager", "Yes, and thank you all for that one."),
        ("Industrial Designer", "The battery lasts nine months."),
        ("Project Manager", "That is what we thought as well, and thank you."),
        ("Industrial Designer", "The case costs four euros."),
    ]
    text = "\n\n".join(f"{who}: {words}" for who, words in said)

    texts = {place.text for place in choose(sentences(Document.of(text)), Length(2, "sentences"))}

    assert texts == {f"{said[1][0]}: {said[1][1]}", f"{said[3][0]}: {said[3][1]}"}


def test_behind_a_heading_in_a_transcript_nobody_is_given_the_word() -> None:
    text = (
        transcript(FORMS[0])
        + "\n\n[AD BREAK]\n\nThis mattress on the island ferry is the best that the council has paid for."
    )

    assert not any("mattress" in place.text for place in choose(sentences(Document.of(text)), Length(9, "sentences")))


@pytest.mark.parametrize(
    "text",
    [
        "Background: Rain fell.\nResults: Snow fell.\nBackground: Hail fell.\nResults: It froze.",
        "Fact: Rain fell.\nNote: Snow fell.\nFact: Hail fell.\nNote: It froze.",
        "Day 1: Rain fell.\nDay 2: Snow fell.\nDay 3: Hail fell.\nDay 4: It froze.",
        "Pell: Rain fell. " + "Snow fell on the hill. " * 40 + "Marsh: Hail fell. Pell: It froze.",
    ],
)
def test_labels_of_other_kinds_are_no_speakers(text: str) -> None:
    assert turns(sentences(Document.of(text))) == ()
