"""Pages as they are set: columns, figures and notes in them, paragraphs of many lines."""

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

import pytest

from summarizer.language.structure import structure_of
from summarizer.reading.formats import Extract, extract
from tests.reading.made import pdf_of

pytestmark = pytest.mark.usefixtures("read_here")

LEFT, RIGHT, TOP, LEADING = 60, 320, 720, 12
Set = tuple[str, float, float, float]  # a line: its text, its place from the left and from below, the size of its type
STORY = (
    "The council of Tarn met on Monday, and for six hours it talked about the ferry, which nobody wanted to pay for. "
    "In the end the mayor said that the state would have to pay, because the ferry is the only way to the hospital. "
    "A member of the opposition asked what the ferry had cost in the last year, and the treasurer did not know it. "
    "The vote was put off until the week after, when the treasurer is expected to bring the numbers of three years. "
)
REPLY = (
    "The owner of the ferry said that he would stop it on Friday, whatever the council of the town might decide. "
    "He has waited for his money since the spring, and the fuel alone takes more than what the passengers bring. "
    "On the other side of the water nobody was surprised, because the same was said in each of the last years. "
    "The school there has two rooms for pupils who cannot go home, and the teachers have learned to cook for them. "
)


def page(*lines: Set) -> bytes:
    parts = [
        b"BT /F1 %.2f Tf %.2f %.2f Td (%s) Tj ET" % (size, x, y, text.encode("cp1252")) for text, x, y, size in lines
    ]
    stream = b"\n".join(parts)
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)


def pages(*contents: Sequence[Set]) -> Extract:
    return extract(pdf_of([page(*lines) for lines in contents]), name="a.pdf")


def column(text: str, *, left: float = LEFT, top: float = TOP, width: int = 46, size: float = 10) -> list[Set]:
    return [(line, left, top - LEADING * at, size) for at, line in enumerate(textwrap.wrap(text, width))]


def over_columns(text: str, room: float = 0) -> tuple[list[Set], list[Set]]:
    """A text of which six lines stand in the left column and the others in the right one, below some room."""
    lines = column(text)
    return lines[:6], [(words, RIGHT, y + 6 * LEADING - room, size) for words, _, y, size in lines[6:]]


def test_columns_whose_lines_come_by_turns_are_read_one_after_the_other() -> None:
    left, right = column(STORY), column(REPLY, left=RIGHT)
    turns = [line for pair in zip_longest(left, right) for line in pair if line]

    text = pages(
        [
            ("Tarn and its ferry, and what the people on both sides of the water had to say about it", LEFT, 750, 10),
            *turns,
        ]
    ).text

    assert STORY.strip() in text
    assert REPLY.strip() in text
    assert text.index("Tarn and its") < text.index("The council") < text.index("The owner")


def test_three_columns_that_come_by_turns_are_read_one_after_the_other() -> None:
    columns = [column(text, left=40 + 180 * at, width=32) for at, text in enumerate((STORY, REPLY, f"So {STORY}"))]
    turns = [line for row in zip_longest(*columns) for line in row if line]

    text = pages(turns).text

    assert text.split("\n") == [STORY.strip(), REPLY.strip(), f"So {STORY}".strip()]


def test_the_rows_of_a_table_are_not_parted() -> None:
    rows = [(f"Ward number {at} of Tarn", f"{at * 97} votes were counted") for at in range(12)]
    cells = [
        line
        for at, (name, votes) in enumerate(rows)
        for line in ((name, LEFT, TOP - 12 * at, 10), (votes, RIGHT, TOP - 12 * at, 10))
    ]

    text = pages(cells).text

    assert [" ".join(line.split()) for line in text.split("\n")] == [" ".join(row) for row in rows]


def test_a_right_column_that_comes_first_stays_first() -> None:
    text = pages([*column(STORY, left=RIGHT), *column(REPLY)]).text

    assert text.index("The council") < text.index("The owner")


def test_a_figure_in_a_sentence_stands_behind_its_paragraph_and_its_caption_is_one_line() -> None:
    first, rest = over_columns(STORY, 70)
    caption = column("Figure 2: What the ferry has cost since 1990, by year. The line is an esti-", left=RIGHT, size=9)
    caption.append(("mate.", RIGHT, TOP - 12 * len(caption), 9))
    more = column(REPLY, left=RIGHT + 12, top=rest[-1][2] - LEADING)
    more = [(text, RIGHT if at else x, y, size) for at, (text, x, y, size) in enumerate(more)]

    text = pages([*first, ("years", RIGHT + 40, TOP + 20, 7), *caption, *rest, *more]).text

    captions = [text[one.start : one.end] for one in structure_of(text).blocks if one.kind == "caption"]
    assert STORY.strip() in text
    assert captions == ["Figure 2: What the ferry has cost since 1990, by year. The line is an estimate."]
    assert text.index("three years.") < text.index("years\n") < text.index("Figure 2") < text.index("The owner")


@pytest.mark.parametrize("label", ["Fig. 3 ", "Table 2 "])
def test_a_label_without_a_stop_is_one_of_a_caption_where_the_type_is_smaller(label: str) -> None:
    text = pages([*column(STORY), *column(f"{label}The ferry before noon", top=400, size=8)]).text

    assert text.endswith(f"\n\nCaption: {label}The ferry before noon")


def test_a_paragraph_that_begins_with_a_figure_is_no_caption() -> None:
    text = pages([*column(STORY), *column(f"Figure 3 shows the ferry. {REPLY}", top=500)]).text

    assert "Caption" not in text
    assert not structure_of(text).blocks


def test_a_note_in_a_sentence_stands_behind_its_paragraph_with_its_mark_and_its_end() -> None:
    first, rest = over_columns(STORY)
    mark, note, end = (
        ("1", LEFT, 503, 5.5),
        ("The treasurer gave other num-", LEFT + 4, 500, 8),
        ("bers in spring.", RIGHT, 500, 8),
    )

    text = pages([*first, mark, note, *rest, end]).text

    assert text == f"{STORY.strip()}\n\n¹The treasurer gave other numbers\nin spring."


def test_a_paragraph_is_one_line_and_goes_on_over_the_page() -> None:
    half = STORY[:270]
    cut = len(half) - len(half.split()[-1])
    first = [*column(STORY, top=TOP), *column(f"{STORY[:cut]}coun-", top=500)]
    second = column(f"cil of the ferry, it says. {REPLY}")

    found = pages(first, second)

    assert STORY.strip() in found.text
    assert f"{STORY[:cut]}council \fof the ferry, it says. {REPLY.strip()}" in found.text
    assert found.warnings == ("1 word parted at a line end was joined",)


def test_lines_that_leave_room_for_the_next_word_stay_lines() -> None:
    verse = ["Snow on the ferry,", "Ice on the water,", "Nobody comes today"]
    lines = [(text, LEFT, 400 - LEADING * at, 10) for at, text in enumerate(verse)]

    assert pages([*column(STORY), *lines]).text.endswith("\n".join(verse))


def test_a_heading_of_two_lines_has_no_blank_line_in_it() -> None:
    heading = [("The ferry of Tarn", LEFT, 760, 16), ("and its owner", LEFT, 741, 16)]

    assert pages([*heading, *column(STORY)]).text.startswith("The ferry of Tarn\nand its owner\n")


def test_a_head_that_is_drawn_last_is_a_head() -> None:
    contents = [
        [*column(f"{text} {number}.", top=TOP - 12 * number), (f"Tarn Review, {number}", LEFT, 770, 8)]
        for number, text in enumerate((STORY, REPLY, f"But {STORY}"))
    ]

    found = pages(*contents)

    assert "Tarn Review" not in found.text
    assert found.warnings == ("3 running heads and feet of pages were not read",)
