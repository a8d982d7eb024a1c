"""Tables of a PDF, which are words with room between them: rows with tabs between their cells, and running text as it was."""

import random
import textwrap
from collections.abc import Iterator, Sequence

import pytest

from summarizer import check
from tests.reading.test_columns import REPLY, STORY, Set, column, pages

pytestmark = pytest.mark.usefixtures("read_here")

PLACES = (72, 200, 330)
ROWS = (("Town", "People", "Mayor"), ("Ostra", "31000", "Ilka Voss"), ("Pell", "8200", "Karl Aune"), ("Dunn", "900", "Eva Lind"))  # fmt: skip


def table(rows: Sequence[Sequence[str]], *, step: float = 16, places: Sequence[float] = PLACES) -> list[Set]:
    return [
        (text, places[at], 560 - step * number, 10)
        for number, row in enumerate(rows)
        for at, text in enumerate(row)
        if text
    ]


def rows_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if "\t" in line]


def test_the_cells_of_a_row_are_parted_by_tabs_and_a_row_speaks_for_itself() -> None:
    text = pages([*column(STORY), *table(ROWS)]).text
    report = check("Karl Aune is the mayor of Pell.\nThe mayor of Ostra is Karl Aune.", text)

    assert "\n".join("\t".join(row) for row in ROWS) in text
    assert [one.outcome.kind == "verdict" and one.outcome.label for one in report.checks] == ["supported", False]


def test_rows_with_much_room_between_them_are_one_table() -> None:
    text = pages([*column(STORY), *table(ROWS, step=30)]).text

    assert "\n".join("\t".join(row) for row in ROWS) in text


def test_an_empty_cell_keeps_its_place() -> None:
    rows = (*ROWS, ("Marl", "", "Jon Orm"), ("", "41100", "all"), ("Tarn", "5", ""))

    assert rows_of(pages(table(rows)).text) == ["\t".join(row).rstrip("\t") for row in rows]


def test_a_head_whose_spaces_are_all_as_wide_has_cells_like_its_rows() -> None:
    rows = (("Tow", "Peo", "May"), *ROWS[1:])
    text = pages(table(rows, places=(72, 112, 152))).text

    assert rows_of(text)[0] == "Tow\tPeo\tMay"


def spread(text: str, draw: random.Random, *, left: float, width: int) -> Iterator[Set]:
    """Lines of which each word stands for itself, with more room than words have, as in a narrow justified column."""
    for number, line in enumerate(textwrap.wrap(text, width)):
        x = left
        for word in line.split():
            yield word, x, 600 - 12 * number, 10
            x += 5.2 * len(word) + draw.uniform(5, 22)


@pytest.mark.parametrize("seed", range(20))
def test_running_text_with_wide_spaces_is_never_parted(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 (a sample, not a secret)
    narrow = draw.choice((24, 34, 60))

    assert rows_of(pages([*spread(STORY + REPLY, draw, left=60, width=narrow)]).text) == []


def test_the_items_of_a_list_are_no_table() -> None:
    items = [(f"{at}.", f"Item {at} of the list") for at in range(1, 8)]

    assert rows_of(pages(table(items, places=(72, 90))).text) == []
