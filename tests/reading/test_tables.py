"""Tables of every format: a row a line, all that a cell holds in it; and sentences that no mark of a page parts."""

import pytest

from summarizer import check
from summarizer.reading.formats import extract
from tests.reading.made import docx, paragraph
from tests.reading.test_books import epub, odt

IN_CELLS = [
    ("<ul><li>salt</li><li>rope</li></ul>", "salt, rope"),
    ("<ol><li><p>salt</p></li><li><p>rope</p></li></ol>", "salt, rope"),
    ("<p>Salt is sold.</p><p>So is rope.</p>", "Salt is sold. So is rope."),
    ("salt<br>rope", "salt rope"),
    ("<table><tr><td>salt</td><td>5</td></tr><tr><td>rope</td><td>7</td></tr></table>", "salt, 5; rope, 7"),
    ("<div>salt <b>and</b> ro<i>pe</i></div>", "salt and rope"),
]


def table(cell: str) -> str:
    """A page with a table in which one cell holds some markup."""
    return (
        "<p>The county lists all that its towns sell on the market in a table that hangs in the hall of the town.</p>"
        f"<table><tr><th>Town</th><th>Goods</th></tr><tr><td>Ostra</td><td>{cell}</td></tr><tr><td>Pell</td><td>iron</td></tr></table>"
        "<p>The council spoke about the market for a long time and came to no decision about the stalls in it.</p>"
    )


@pytest.mark.parametrize(("cell", "text"), [*IN_CELLS, ("<dl><dt>Salt</dt><dd>5</dd></dl>", "Salt: 5")])
def test_what_stands_in_a_cell_of_a_page_is_read_in_its_row(cell: str, text: str) -> None:
    found = extract(f"<html><body><article>{table(cell)}</article></body></html>".encode(), name="a.html")

    assert f"\n\nTown\tGoods\nOstra\t{text}\nPell\tiron\n\n" in found.text


@pytest.mark.parametrize(("cell", "text"), IN_CELLS)
def test_what_stands_in_a_cell_of_a_book_is_read_in_its_row(cell: str, text: str) -> None:
    page = f"<html><body>{table(cell).replace('<br>', '<br/>')}</body></html>"
    found = extract(epub(**{"OPS/one.xhtml": page}), name="a.epub")

    assert f"\n\nTown\tGoods\nOstra\t{text}\nPell\tiron\n\n" in found.text


def test_a_table_within_a_cell_adds_no_cell_to_its_row() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('salt')}</w:tc><w:tc>{paragraph('5')}</w:tc></w:tr></w:tbl>"
    of_word = docx(f"<w:tbl><w:tr><w:tc>{paragraph('Ostra')}</w:tc><w:tc>{inner}</w:tc></w:tr></w:tbl>")

    def cell(content: str) -> str:
        return f"<table:table-cell>{content}</table:table-cell>"

    def row(*cells: str) -> str:
        return f"<table:table><table:table-row>{''.join(map(cell, cells))}</table:table-row></table:table>"

    of_office = odt(row("<text:p>Ostra</text:p>", row("<text:p>salt</text:p>", "<text:p>5</text:p>")))

    assert extract(of_word, name="a.docx").text == "Ostra\tsalt, 5"
    assert extract(of_office, name="a.odt").text == "Ostra\tsalt, 5"


def test_the_columns_of_a_page_that_is_laid_out_as_a_table_are_paragraphs() -> None:
    one, two = "The council of Ostra met on Monday. " * 30, "It spoke about the roads in the valley. " * 30
    page = f"<table><tr><td><p>{one}</p><p>{two}</p></td></tr></table>"

    assert extract(page.encode(), name="a.html").text == f"{one.strip()}\n\n{two.strip()}"


@pytest.mark.parametrize("tag", "a abbr b code em i mark q small span strong sub sup time u".split())
def test_words_within_a_sentence_of_a_short_page_stay_in_it(tag: str) -> None:
    page = f"<p>The building <{tag}>near the river</{tag}> cost 54 million.</p><p>It <{tag}>is</{tag}> blue now.</p>"
    found = extract(page.encode(), name="a.html").text.replace("“", "").replace("”", "").replace('"', "")

    assert found == "The building near the river cost 54 million.\n\nIt is blue now."


def test_a_row_of_a_page_supports_what_it_says_and_nothing_else() -> None:
    page = table("salt and rope").encode()
    source = extract(page, name="a.html").text

    report = check("Pell sells iron.\nOstra sells iron.", source)

    assert [one.outcome.kind == "verdict" and one.outcome.label for one in report.checks] == ["supported", False]


def test_a_fraction_of_a_raised_and_a_lowered_figure_is_one() -> None:
    page = "<p>The path is 3<sup>1</sup>/<sub>2</sub> miles long, which takes an hour for most of the people of the town.</p>"

    assert "is 3 1/2 miles" in extract(page.encode(), name="a.html").text


def test_a_page_with_thousands_of_bold_words_is_read() -> None:
    page = "<p>" + "<b>So</b> it goes. " * 20_000 + "</p>"

    assert len(extract(page.encode(), name="a.html").text) == 20_000 * len("So it goes. ") - 1
