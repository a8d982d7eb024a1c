"""A sentence of the source in words that stand alone: the name for its pronoun, whose words they are, its first clause."""

import pytest

from summarizer.language.sentences import sentences
from summarizer.repair.alone import AS_IT_IS, ways
from summarizer.repair.quoted import misquoted
from summarizer.schema import Document

MEETING = """\
Treasurer Ana Pell told the board on Monday that the harbour had lost £2 million. She ruled out any sale of the pier. “We are not asking for charity, we are asking for time,” she said. “I would keep the ferry for everyone until 2032.”

Peter Fox of the Harbour Owners asked for a vote. “We have waited for eleven years,” he said. “Piet and I have sailed since 1990. We agree on the costs, not on the ferry.”

The wall may be repaired in March: stones have been brought from Tarn. The ferry will stay; only the fares may rise. The board has three aims: work, homes and peace in the village.
"""


def standing(source: str, beginning: str, claim: str = "") -> list[str]:
    """All ways in which the sentence that begins so can stand alone."""
    document = Document.of(source, id="d1", name="article")
    split = sentences(document)
    one = next(one for one in split if one.text.startswith(beginning))
    found = list(ways(one, document, split, claim))
    for way in found:
        assert way.evidence
        assert all(piece.span.of(source) == piece.quote for piece in way.evidence)
        assert way.evidence[0].quote == one.text
    return [way.text for way in found]


@pytest.mark.parametrize(
    ("beginning", "texts"),
    [
        ("She ruled out", ["Treasurer Ana Pell ruled out any sale of the pier."]),
        (
            "“We are not",
            [
                "“We are not asking for charity, we are asking for time,” Ana Pell said.",
                "Treasurer Ana Pell: “We are not asking for charity, we are asking for time.”",
            ],
        ),
        ("“I would keep", ["Treasurer Ana Pell: “I would keep the ferry for everyone until 2032.”"]),
        (
            "“We have waited",
            ["“We have waited for eleven years,” Peter Fox said.", "Peter Fox: “We have waited for eleven years.”"],
        ),
        ("We agree on the costs", []),  # who "we" are is said before
        (
            "The wall may",
            ["The wall may be repaired in March: stones have been brought from Tarn.", "The wall may be repaired in March."],
        ),
        ("The ferry will stay", ["The ferry will stay; only the fares may rise."]),
    ],
)  # fmt: skip
def test_a_sentence_stands_alone_in_the_words_of_the_source(beginning: str, texts: list[str]) -> None:
    assert standing(MEETING, beginning) == texts


def test_the_name_is_that_of_the_claim_where_the_source_has_it_too() -> None:
    source = "Ms Pell came late. Mayor Ana Pell, 43, opened the bridge. She thanked the builders of Tarn."

    assert standing(source, "She thanked", "Ms Pell blamed the builders.")[0] == "Ms Pell thanked the builders of Tarn."
    assert (
        standing(source, "She thanked", "Pell’s friend blamed the builders.")[0] == "Pell thanked the builders of Tarn."
    )
    assert (
        standing(source, "She thanked", "Mr Fox blamed the builders.")[0]
        == "Mayor Ana Pell thanked the builders of Tarn."
    )


def test_what_was_done_to_a_sentence_and_where_the_name_stands_is_said() -> None:
    source = "Ana Pell, 43, leads the party. She ruled out a deal with the Union."
    document = Document.of(source, id="d1", name="article")
    split = sentences(document)
    (way,) = ways(split[1], document, split, "")

    assert way.how == f"{AS_IT_IS}, with the name for “She”"
    assert [piece.quote for piece in way.evidence] == [split[1].text, split[0].text]


SPOKEN = [
    ("“I stay. I am happy in this town with you,” said Ana Pell. “I will vote in May.”", "“I will", "Ana Pell: “I will vote in May.”"),
    ("Ana Pell said on Friday: “I will vote in May. I will not sell the farm.”", "I will not", "Ana Pell: “I will not sell the farm.”"),
    ("Ana Pell told the court: “I will not sell the farm. I have no debts at all.”", "I have no", "Ana Pell: “I have no debts at all.”"),
    ("“No, I would keep the ban for everyone. I saw the nets,” said Ana Pell, who leads the union.", "“No, I", "Ana Pell: “I would keep the ban for everyone.”"),
    ("“I will vote in May. I will not sell the farm,” said Ana Pell's son. Ana Pell wept.", "“I will vote", None),
    ("“I will vote in May. I will not sell the farm,” said a friend of Ana Pell.", "“I will vote", None),
    ("“I will vote in May. I will not sell the farm,” said the letter that Ana Pell held.", "“I will vote", None),
    ("Ana Pell quoted the mayor as saying: “I will vote in May. I will not sell the farm.”", "I will not", None),
    ("Ana Pell said the mayor told the court: “I will vote in May. I will not sell the farm.”", "I will not", None),
    ("Ana Pell said the sign in the window was clear: “I will vote in May. I will not sell the farm.”", "I will not", None),
    ("“I will vote in May,” said Ana Pell to Karen Holt. “I will not sell the farm.”", "“I will not", None),
    ("“I will vote in May,” said Ana Pell, and Karen Holt replied: “I will not sell the farm.”", "“I will vote", None),
    ("“I will vote in May,” said Ana Pell. Karen Holt shook her head. “I will not sell the farm.”", "“I will not", None),
    ("Ana Pell met Karen Holt in Leeds. “I will vote in May,” she said. “I will not sell the farm.”", "“I will not", None),
    ("“I will vote in May. He told me so: 'I saw it all. I am sure of the date,'” said Ana Pell.", "I am sure", None),
    ("“I will vote in May. It is the best that they can hope for,” said Ana Pell.", "It is the best", None),
    ("“We lost eight in April. We have nets for the others,” said Ana Pell.", "“We lost", None),
]  # fmt: skip


@pytest.mark.parametrize(("source", "beginning", "text"), SPOKEN)
def test_words_are_given_to_who_says_them_only_where_that_is_certain(
    source: str, beginning: str, text: str | None
) -> None:
    found = [one for one in standing(source, beginning) if one.startswith("Ana Pell: “")]

    assert found == ([text] if text else [])


INTERVIEW = """\
Marine biologist Noor Vane, 52, has studied the eels for 19 years. Eliza Thorn spoke to her in Tarsk.

Professor Vane, is the eel saved?

"No. Three times a small number is a small number. I would not fish them."

What is behind the increase?

"We do not know. I have two students for the whole river."

Should the ban be lifted?

"No, I would keep the ban for everyone until 2032."
"""


def test_the_answers_of_an_interview_are_those_of_the_one_whom_it_addresses() -> None:
    assert standing(INTERVIEW, '"No, I would') == ["Noor Vane: “I would keep the ban for everyone until 2032.”"]
    assert standing(INTERVIEW, "I have two") == ["Noor Vane: “I have two students for the whole river.”"]
    two = INTERVIEW.replace("Should the ban", "Mr Fox, should the ban")
    assert standing(two, '"No, I would') == []
    told = INTERVIEW.replace("Should the ban be lifted?", "Her rival, Karen Holt, was asked as well.")
    assert standing(told, '"No, I would') == []
    nobody = INTERVIEW.replace("Professor Vane, is", "Is")
    assert standing(nobody, '"No, I would') == []


def test_a_quotation_with_its_speaker_stands_alone_and_one_that_hangs_on_another_sentence_does_not() -> None:
    assert standing("“We cannot afford the pool,” said mayor Ana Pell.", "“We")[0].startswith("“We cannot")
    assert standing("“They cannot afford the pool,” said mayor Ana Pell.", "“They") == []
    assert standing("“We cannot afford the pool,” police said.", "“We") == []
    assert standing("Parts of Tarn, she warned, may wait until Thursday.", "Parts") == []


@pytest.mark.parametrize(
    ("claim", "sentence", "right"),
    [
        (
            "Pell sells “one crossing in two countries that look the same”.",
            "“We sell one crossing in two languages that look the same,” said Ana Pell.",
            "Pell sells “one crossing in two languages that look the same”.",
        ),
        ("Pell said: “We can afford the new pool.”", "“We cannot afford the new pool,” said Pell.", "Pell said: “We cannot afford the new pool.”"),
        ("Pell spoke of “the longest road”.", "“It was the longest road of my life,” said Pell.", None),
        ("Pell said: “We can afford the new pool.”", "The town can not afford the new pool, said Pell.", None),
        ("Pell said: “We can afford the new pool.”", "“We can afford the new pool,” said Pell.", None),
        ("Pell said: “We can afford the new pool.”", "“Rain fell on the hills of Tarn all night,” said Pell.", None),
    ],
)  # fmt: skip
def test_words_in_quotation_marks_become_those_that_were_said(claim: str, sentence: str, right: str | None) -> None:
    made = [claim[:a] + sentence[c:d] + claim[b:] for a, b, c, d in misquoted(claim, sentence)]

    assert made == ([right] if right else [])
