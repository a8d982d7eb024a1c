"""Which key sentences count as covered, partly covered and omitted, by words alone and with a reader of entailment."""

import pytest

from summarizer.coverage import cover, key_positions
from summarizer.coverage.reading import statuses
from summarizer.judging.nli import BUILT_IN
from summarizer.judging.nli.model import cross_encoder
from summarizer.language.sentences import sentences
from summarizer.language.word_index import WordIndex
from summarizer.schema import Document, KeyStatus
from summarizer.writing import Length
from summarizer.writing.extractive import choose

SOURCE = Document.of(
    "Harwick council voted on Monday to take over the town's bus network from April next year, ending thirty years of "
    "private operation. Drivers' union leaders welcomed the vote but asked for a written guarantee on pensions. "
    "The council expects nine million bus passengers in the first year of the network."
)
SPLIT = sentences(SOURCE)
QUOTES = [one.text for one in SPLIT]


def summary(text: str) -> Document:
    return Document.of(text, id="summary")


def refuse(claim: str, text: str) -> float:
    raise AssertionError(f"asked about {claim!r} and {text!r}")


def embedded(claim: str, text: str) -> float:
    return cross_encoder(BUILT_IN)(claim, text).supported


def test_what_takes_some_of_a_sentence_covers_it_in_part() -> None:
    found = statuses(summary("The union leaders asked for a guarantee."), SPLIT, QUOTES, None)

    assert found == [KeyStatus.OMITTED, KeyStatus.PARTLY, KeyStatus.OMITTED]


def test_a_repeated_sentence_is_covered_without_asking() -> None:
    assert statuses(summary(QUOTES[1]), SPLIT, QUOTES[1:2], refuse) == [KeyStatus.COVERED]


def test_a_summary_of_copied_sentences_asks_nobody() -> None:
    keys = cover(summary(f"{QUOTES[0]} {QUOTES[1]}"), WordIndex(SPLIT), refuse).key_sentences

    assert [key.status for key in keys[:2]] == [KeyStatus.COVERED] * 2
    assert all(key.entailed is None for key in keys)


def test_a_summary_in_another_language_asks_nobody() -> None:
    german = summary(
        "Der Rat der Stadt hat am Montag für die Übernahme der Busse gestimmt, und die Fahrer freuen sich."
    )

    assert all(key.entailed is None for key in cover(german, WordIndex(SPLIT), refuse).key_sentences)


def test_a_paraphrase_that_the_judge_reads_counts() -> None:
    said = summary(
        "The people who steer the buses were glad of the result, and the union wants a promise on pensions, on paper "
        "and before the summer, when the first of them are to go over to the public payroll."
    )

    by_words = statuses(said, SPLIT, QUOTES[1:2], None)
    asked = statuses(
        said, SPLIT, QUOTES[1:2], lambda claim, text: 0.9 if text == QUOTES[1] or claim == QUOTES[1] else 0.1
    )

    assert (by_words, asked) == ([KeyStatus.OMITTED], [KeyStatus.COVERED])


def test_what_has_hardly_a_word_of_a_sentence_is_not_asked_about() -> None:
    other = summary("Snow fell on the hills, and nobody in Harwick was surprised.")

    assert statuses(other, SPLIT, QUOTES[1:], refuse) == [KeyStatus.OMITTED] * 2


def test_the_embedded_judge_tells_the_whole_from_a_part() -> None:
    whole = summary(
        "On Monday the council of Harwick voted to take over the bus network in April, after thirty private years."
    )

    assert statuses(whole, SPLIT, QUOTES[2:], embedded) == [KeyStatus.OMITTED]
    assert statuses(whole, SPLIT, QUOTES[:1], embedded)[0] is not KeyStatus.OMITTED


@pytest.mark.parametrize("entails", [None, embedded])
def test_a_summary_of_something_else_omits_everything(entails: object) -> None:
    other = summary("Volcanoes erupted in Iceland.")

    assert statuses(other, SPLIT, QUOTES, entails) == [KeyStatus.OMITTED] * 3  # type: ignore[arg-type]


def quoted(text: str) -> list[str]:
    """The key sentences of a source."""
    found = cover(summary("It rained."), WordIndex(sentences(Document.of(text)))).key_sentences
    return sorted(key.evidence.quote for key in found)


@pytest.mark.parametrize(
    "headline",
    [
        "Harwick council takes over the bus network of the town from April; drivers' union welcomes vote",
        "# Harwick council takes over bus network of the town",
    ],
)
def test_a_headline_is_no_key_sentence(headline: str) -> None:
    assert quoted(f"{headline}\n\n{SOURCE.text}") == sorted(QUOTES)


def test_a_first_line_with_a_stop_may_be_key() -> None:
    line = "Harwick council takes over the bus network of the town from April; drivers' union welcomes vote."

    assert line in quoted(f"{line}\n\n{SOURCE.text}")


def test_a_heading_further_down_is_no_key_sentence() -> None:
    heading = "Harwick council buses: vote of drivers' union"

    assert quoted(f"{QUOTES[0]}\n\n{heading}\n\n{QUOTES[1]} {QUOTES[2]}") == sorted(QUOTES)


@pytest.mark.parametrize(
    "address",
    [
        "https://harwick.example/council/bus-network/vote-of-monday",
        "Timetable: www.harwick.example/bus-network-from-april-next-year",
    ],
)
def test_an_address_is_no_key_sentence(address: str) -> None:
    assert quoted(f"{QUOTES[0]}\n\n{address}\n\n{QUOTES[1]} {QUOTES[2]}") == sorted(QUOTES)


def test_a_question_is_no_key_sentence() -> None:
    question = "Will the council of Harwick take over the buses of the town, and will drivers vote for it?"

    assert quoted(f"{question} {SOURCE.text}") == sorted(QUOTES)


@pytest.mark.parametrize(
    "line",
    [
        "We value your privacy, and the council of Harwick may store and access information on the drivers of buses.",
        "An earlier version of this article said that the council of Harwick took over the buses of the town in May.",
        "Harwick council undertakes no obligation to update any forward-looking statements on the bus network of the town.",
    ],
)
def test_what_a_page_says_of_itself_is_no_key_sentence(line: str) -> None:
    assert quoted(f"{SOURCE.text}\n\n{line}") == sorted(QUOTES)


@pytest.mark.parametrize("mark", ["[1]", "²", "*", "[12][13]"])
def test_a_sentence_with_a_mark_of_a_note_may_be_key(mark: str) -> None:
    first = f"The council of Harwick voted to take over the buses.{mark}"

    assert first in quoted(f"{first}\n\n{QUOTES[1]} {QUOTES[2]}")


def test_a_list_without_stops_has_key_sentences() -> None:
    lines = [
        "Council takes over the town bus network",
        "Drivers of the bus union ask the town for pensions",
        "Nine million bus passengers are expected",
    ]

    assert len(quoted("\n".join(f"- {line}" for line in lines))) == 3


def test_what_a_summary_is_measured_on_is_what_the_extractive_writer_would_take_first() -> None:
    repeated = "The council voted to take over the bus network from April."
    others = (
        "Fares rise by four per cent in the spring.",
        "Rain fell on the square while the crowd waited for news.",
        "A man at the back asked when the meeting would be over.",
    )
    split = sentences(Document.of(" ".join((repeated, *others, repeated))))

    keys = [split[at].text for at in key_positions(split)]

    assert keys.count(repeated) == 1
    assert {one.text for one in choose(split, Length(1, "sentences"))} <= {*keys}


def test_what_stands_beside_the_text_is_never_key() -> None:
    beside = {(SPLIT[0].document, SPLIT[0].number)}

    assert 0 in key_positions(SPLIT)
    assert 0 not in key_positions(SPLIT, beside)
