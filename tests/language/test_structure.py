"""What of a text is no running words is told by its marks: captions, notes, quoted blocks, heads of e-mails, edges of pages."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language.sentences import sentence_offsets
from summarizer.language.statements import bare, running
from summarizer.language.structure import structure_of

PAGE = (
    "The ferry to Skerry Point leaves at noon. It takes ninety minutes in calm weather and two hours in a storm, and\n"
)
BOATS = {7: "Anna", 8: "Berta", 9: "Clara", 10: "Dora"}
BOOK = "".join(
    f"{PAGE[:-5]} with {boat}\n\n   - {number} -\n\fANNALS OF THE FERRY      1912\n\n" for number, boat in BOATS.items()
)
MAIL = """From: Ines Aldous <ines@ferry.example>
To: Jon Farrow
Date: Tue, 4 June 2024 09:12
Subject: End of the night ferry

The night ferry stays.

On Mon, 3 June 2024 at 17:02, Jon Farrow
wrote:
> The night ferry ends in May. Thirty sailors go.
>> Says who?
"""


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in structure_of(text).blocks]


@pytest.mark.parametrize(
    "line",
    [
        "Figure 2: Boats by year", "Fig. 3a. Boats by year", "**Table 1.** Boats by year", "Photo: A boat at the pier.", "(Photo: Jon Farrow)",
        "Abb. 4: Boote je Jahr", "Image caption A boat at the pier", "Caption: A boat.",
    ],
)  # fmt: skip
def test_a_line_that_names_itself_a_caption_is_one(line: str) -> None:
    assert found(f"\n\n{line}\n\nThe boats sail at noon.\n") == [("caption", line)]


@pytest.mark.parametrize(
    "line", ["Figure 2 shows the boats.", "Photographs hung on the wall.", "Tables: none is free.", "The map: a gift."]
)
def test_a_sentence_about_a_figure_is_running_text(line: str) -> None:
    assert found(line) == []


def test_a_credit_makes_the_line_above_it_a_caption() -> None:
    assert found("Boats sail.\n\nA boat at the pier\n(Photo: Jon Farrow)\n") == [
        ("caption", "A boat at the pier\n(Photo: Jon Farrow)")
    ]


@pytest.mark.parametrize(
    ("text", "note", "before"),
    [
        ("It cost 3 million.[1] Nobody paid.\n\n[1] Without the piers.\n", "[1] Without the piers.", "million."),
        ("It opened in 1994³ at noon.\n\n3. The old one in 1901.\n", "3. The old one in 1901.", "1994"),
        ("Fees fell.[^fee] Boats sailed.\n\n[^fee]: For adults.\n", "[^fee]: For adults.", "fell."),
        ("Fees fell.* Boats sailed.\n\n* For adults.\n", "* For adults.", "fell."),
        ("Fees fell.¹ ² Boats sailed.\n\n¹ For adults.\n² In May.\n", "² In May.", "fell.¹ "),
    ],
)
def test_a_note_knows_where_its_mark_stands(text: str, note: str, before: str) -> None:
    last = structure_of(text).blocks[-1]

    assert (last.kind, text[last.start : last.end]) == ("note", note)
    assert text[: last.anchor].endswith(before)


@pytest.mark.parametrize(
    "text", ["Do this:\n\n1. Sail.\n2. Land.\n", "It has 10⁶ cells.\n\n* One\n* Two\n* Three\n* Four\n", "[1] Alone."]
)
def test_a_list_without_marks_in_the_text_is_no_notes(text: str) -> None:
    assert found(text) == []


def test_a_block_behind_angle_brackets_is_somebody_elses_and_a_callout_is_not() -> None:
    text = "Sailors objected to the new hours.\n\n> It is a shame.\n> — Jon Farrow\n\n> [!NOTE]\n> Tickets are dearer.\n\n> 5 boats came.\n"

    assert found(text) == [("quoted", "> It is a shame.\n> — Jon Farrow")]
    assert structure_of(text).blocks[0].speaker == "Jon Farrow"


def test_a_text_that_stands_behind_angle_brackets_from_end_to_end_quotes_nobody() -> None:
    assert found("> The ferry stays.\n> It sails at noon.\n") == []


def test_an_e_mail_has_a_writer_and_quotes_an_earlier_one() -> None:
    known = structure_of(MAIL)

    assert [one.kind for one in known.blocks] == ["head", "head", "quoted", "quoted"]
    writers = [
        known.writer(MAIL.index(words)) for words in ("The night ferry stays", "The night ferry ends", "Says who")
    ]
    assert writers == ["Ines Aldous", "Jon Farrow", ""]


def test_what_stands_below_an_original_message_is_its_writers() -> None:
    text = "No.\n\n-----Original Message-----\nFrom: Jon Farrow\nSubject: Ferry\n\nThe ferry ends.\n"

    assert structure_of(text).writer(text.index("The ferry ends")) == "Jon Farrow"
    assert structure_of(text).blocks[-1].kind == "quoted"


def test_numbers_that_count_on_and_lines_that_come_again_beside_them_are_edges_of_pages() -> None:
    kinds = [(kind, words.strip()) for kind, words in found(BOOK)]

    assert kinds == [
        part
        for number in (7, 8, 9, 10)
        for part in (("page", f"- {number} -"), ("page", "ANNALS OF THE FERRY      1912"))
    ]


@pytest.mark.parametrize("text", ["Scores\n\n12\n\n14\n\n15\n", "1\n2\n3\n4\n", f"{PAGE}\n12\n\n{PAGE}\n40\n\n{PAGE}"])
def test_other_lines_of_figures_are_no_page_numbers(text: str) -> None:
    assert found(text) == []


def test_breaks_of_pages_within_one_line_cost_no_more_than_the_line() -> None:
    begun = time.process_time()

    assert not structure_of("Snow fell." + "\f" * 30_000 + "Rain fell.").blocks
    assert time.process_time() - begun < 5  # over 15 where the line is read again for each of them


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("> The hall,[1] built in 1994³,\n> has 90 m² of glass.", "The hall, built in 1994, has 90 m² of glass."),
        ("Some 1200¹ ships of 10⁶ came.[^2]", "Some 1200 ships of 10⁶ came."),
        ("[^1]: Mean of 14 fields.", "Mean of 14 fields."),
        ("It has 40 miles² of ice, says a study² of May.", "It has 40 miles² of ice, says a study of May."),
    ],
)
def test_a_sentence_is_read_without_the_marks_of_notes_and_of_quoting(sentence: str, read: str) -> None:
    assert running(sentence) == read


def test_marks_of_notes_stay_with_their_sentence_and_out_of_a_claim() -> None:
    text = "Readers are older.¹ ² They read more.†"

    assert [text[start:end] for start, end in sentence_offsets(text)] == ["Readers are older.¹ ²", "They read more.†"]
    assert [bare(text[start:end]) for start, end in sentence_offsets(text)] == ["Readers are older.", "They read more."]


@given(
    st.lists(
        st.sampled_from(
            [
                "> a",
                "\n",
                "From: b",
                "Subject: c",
                "[1] d",
                "e.[1]",
                "Photo: f",
                "\f",
                "7",
                "8",
                "9",
                "* g",
                "h wrote:",
                " ",
            ]
        )
    )
)
def test_blocks_lie_within_their_text_whatever_it_is(lines: list[str]) -> None:
    text = "\n".join(lines)

    for one in structure_of(text).blocks:
        assert 0 <= one.start <= one.end <= len(text)
        assert one.anchor < max(1, one.start)
