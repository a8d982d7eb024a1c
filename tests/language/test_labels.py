"""Labels before words that a text gives and does not say itself."""

import pytest

from summarizer.language.labels import Labelled, is_said_by, label_over, speakers_of, unsaid_in
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import sentences
from summarizer.schema import Document

TEXT = """Myth: Garlic cures colds. It kills them.
Fact: It does not.

**Myth #2:** Snow is hot.

Ana Pell (chair): The bridge is closed. It stays so.
BRANDT: No, it is open.

Name: Ada
Phone: 17

Q: The mill closed?
A: In May.

He said: it rained on the hill."""


def test_a_label_holds_up_to_the_next_one_or_a_blank_line() -> None:
    found = {}
    for one in sentences(Document.of(TEXT)):
        label = label_over(TEXT, one.start, one.end)
        found[one.text] = label and (label.form, label.kind)

    assert found == {
        "Myth: Garlic cures colds.": ("Myth", "unsaid"),
        "It kills them.": ("Myth", "unsaid"),
        "Fact: It does not.": None,
        "**Myth #2:** Snow is hot.": ("Myth", "unsaid"),
        "Ana Pell (chair): The bridge is closed.": ("Ana Pell", "speaker"),
        "It stays so.": ("Ana Pell", "speaker"),
        "BRANDT: No, it is open.": ("BRANDT", "speaker"),
        "Name: Ada": None,
        "Phone: 17": None,
        "Q: The mill closed?": ("Q", "question"),
        "A: In May.": None,
        "He said: it rained on the hill.": None,
    }
    assert speakers_of(TEXT) == {"Ana Pell", "BRANDT"}


def test_a_number_behind_a_label_is_no_part_of_it() -> None:
    text = "Myth 2: Snow is hot."

    assert label_over(text, 0, len(text)) == Labelled("Myth", "unsaid", 7)


SECTIONS = "## Myth\nIt heals. It helps.\n\nIt does.\n\n## Sales\nIt sells.\n\nMYTH\n\nIt lasts.\n\nIt rusts.\n❌ It glows.\n✅ It shines."


@pytest.mark.parametrize("text", [TEXT, SECTIONS, "MYTH:\nIt heals.\nFACT:\nIt rusts.", f"\n{SECTIONS}\n{TEXT}"])
def test_all_that_a_text_does_not_say_is_what_its_labels_say_one_by_one(text: str) -> None:
    document = Document.of(text, id="d1")
    found = sentences(document)
    labels = [(one, label_over(text, one.start, one.end)) for one in found]

    unsaid = {one.number for one, label in labels if label and label.kind == "unsaid"}
    heads = {one.number for one in found if one.text.startswith("#") or one.text.isupper()}

    assert {number for _, number in unsaid_in([document], SentenceMap(found))} - heads == unsaid - heads != set()


@pytest.mark.parametrize(
    ("who", "label", "same"), [("Ana Pell", "PELL", True), ("Dr Pell", "Ana Pell", True), ("Ana Pell", "Brandt", False)]
)
def test_a_surname_is_enough_for_a_speaker(who: str, label: str, same: bool) -> None:
    assert is_said_by(who, label) is same


@pytest.mark.parametrize(
    "text",
    [
        "Misconception – Copper heals joints.\nReality – No study has found it.",
        "**Myth** — Copper heals joints.\n**Fact** — No study has found it.",
        "❌ Copper heals joints.\n✅ No study has found it.",
        "- ❌ Copper heals joints.\n- ✅ No study has found it.",
    ],
)
def test_a_dash_or_a_cross_says_so_too(text: str) -> None:
    kinds = [label_over(text, one.start, one.end) for one in sentences(Document.of(text))]

    assert [found and found.kind for found in kinds] == ["unsaid", None]


def test_a_dash_behind_other_words_is_no_label() -> None:
    text = "Myth: Copper heals joints.\nThe Ulm Times – a paper – has said so for years."

    found = [label_over(text, one.start, one.end) for one in sentences(Document.of(text))]

    assert [one and one.kind for one in found] == ["unsaid", "unsaid"]


@pytest.mark.parametrize("label", ["MYTH", "Myth #1", "## Myth", "**Myth**", "Misconception:", "Rumour 2"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_label_on_a_line_of_its_own_holds_for_what_stands_under_it(label: str, gap: str) -> None:
    fact = "## FACT" if label.startswith("##") else "FACT"
    text = f"Bracelets are sold in Tarn.\n\n{label}{gap}Copper heals joints.\n\n{fact}\nNo study has found it.\n"
    kinds = {one.text: label_over(text, one.start, one.end) for one in sentences(Document.of(text))}

    unsaid = [one for one, found in kinds.items() if found and found.kind == "unsaid" and "FACT" not in one]
    assert unsaid == ["Copper heals joints."]


@pytest.mark.parametrize(
    "text",
    [
        "MYTH\nBracelets heal.\n\nThe town sells them.",
        "# Myth\n\nBracelets heal.\n\n# Sales\n\nThe town sells them.",
        "Claims\nThe town sells them.",
        "False\nThe town sells them.",
        "The myth of Tarn\nThe town sells them.",
    ],
)
def test_a_label_on_a_line_of_its_own_holds_for_nothing_else(text: str) -> None:
    last = sentences(Document.of(text))[-1]

    assert (last.text, label_over(text, last.start, last.end)) == ("The town sells them.", None)


def test_what_a_text_takes_back_is_unsaid() -> None:
    document = Document.of(
        "The port opened its plant in May. An earlier version of this article said that it closed it. "
        "A post says that the plant poisons the river. That is a lie. The council tests the river."
    )

    assert {number for _, number in unsaid_in([document], SentenceMap(sentences(document)))} == {1, 2}
