"""Tables of every format: a row a line, all that a cell holds in it; and sentences that no mark of a page parts."""

import pytest

from summarizer import check
from summarizer.reading.formats import extract
from summarizer.schema import Label, Verdict
from tests.reading.made import docx, paragraph
from tests.reading.test_books import epub, odt

pytestmark = pytest.mark.usefixtures("read_here")

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


def test_the_blocks_of_a_short_page_are_paragraphs_and_rows_of_their_own() -> None:
    code, rows = (
        "<pre>mend roads</pre>",
        "<table><tr><th>Road</th><th>Year</th></tr><tr><td>Mill Road</td><td>1931</td></tr></table>",
    )
    page = f"<article><h1>Roads</h1><p>Roads of Ostra are to be mended in May, at a cost of 54 million crowns.</p><h2>How</h2>{code}<p>It is slow.</p>{rows}</article>"

    assert extract(page.encode(), name="a.html").text.split("\n\n") == [
        "Roads", "Roads of Ostra are to be mended in May, at a cost of 54 million crowns.", "How", "mend roads", "It is slow.", "Road\tYear\nMill Road\t1931",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", "a abbr b code em i mark q small span strong sub sup time u".split())
def test_words_within_a_sentence_of_a_short_page_stay_in_it(tag: str) -> None:
    page = f"<p>The building <{tag}>near the river</{tag}> cost 54 million.</p><p>It <{tag}>is</{tag}> blue now.</p>"
    found = extract(page.encode(), name="a.html").text.replace("“", "").replace("”", "").replace('"', "")

    assert found == "The building near the river cost 54 million.\n\nIt is blue now."


def test_a_paragraph_that_is_a_division_of_several_pieces_is_read_whole_and_labels_side_by_side_are_not_joined() -> (
    None
):
    plain = "<div><span>The council of Ostra met for six hours on Monday and spoke about the roads in the valley.</span></div>"
    parts = "<div><span>The work will cost </span><span><a href=/x>54 million</a></span><span>, of which the county pays half.</span></div>"
    labels = "<div><span>Opening in the year</span><span>1931</span> <span>Repairs in the year</span><span>1987.</span></div>"
    code = (
        "<pre><span>mend</span><span>.</span><span>run</span>(<span>retries</span><span>=</span><span>5</span>)</pre>"
    )
    page = f"<article><h1>Roads</h1>{plain}{code}{parts}{plain.replace('Monday', 'Friday')}{labels}</article>"

    found = extract(page.encode(), name="a.html").text

    assert "\n\nThe work will cost 54 million, of which the county pays half.\n\n" in found
    assert "Opening in the year 1931 Repairs in the year 1987." in found
    assert "\n\nmend.run(retries=5)\n\n" in found


@pytest.mark.parametrize("deed", ["trades in", "sells"])
def test_a_row_of_a_page_supports_what_it_says_and_nothing_else(deed: str) -> None:
    page = table("salt and rope").encode()
    source = extract(page, name="a.html").text

    report = check(f"Pell {deed} iron.\nOstra {deed} iron.", source)

    sells, other = (one.outcome for one in report.checks)
    assert isinstance(sells, Verdict)
    assert sells.label is Label.SUPPORTED
    assert not isinstance(other, Verdict) or other.label is not Label.SUPPORTED


def test_a_fraction_of_a_raised_and_a_lowered_figure_is_one() -> None:
    page = "<p>The path is 3<sup>1</sup>/<sub>2</sub> miles long, which takes an hour for most of the people of the town.</p>"

    assert "is 3 1/2 miles" in extract(page.encode(), name="a.html").text


def test_a_page_with_thousands_of_bold_words_is_read() -> None:
    page = "<p>" + "<b>So</b> it goes. " * 20_000 + "</p>"

    assert len(extract(page.encode(), name="a.html").text) == 20_000 * len("So it goes. ") - 1


ROWS = ["Stall\tOwner\tRent", "Cheese\tPaul\t55", "Cheese\tRita\t60", "Bread\t\t44", "Fish\tclosed\tclosed"]
"""A table in which one cell is two rows high, one is empty and one is two columns wide."""


def test_a_tall_a_wide_and_an_empty_cell_of_a_page_stand_under_their_headers() -> None:
    markup = (
        "<table><tr><th>Stall</th><th>Owner</th><th>Rent</th></tr><tr><td rowspan=2>Cheese</td><td>Paul</td><td>55</td></tr>"
        "<tr><td>Rita</td><td>60</td></tr><tr><td>Bread</td><td></td><td>44</td></tr><tr><td>Fish</td><td colspan=2>closed</td></tr></table>"
    )
    page = table("salt").replace("<table>", f"{markup}<table>", 1)

    assert (
        "\n".join(ROWS) in extract(f"<html><body><article>{page}</article></body></html>".encode(), name="a.html").text
    )


def test_those_of_a_word_file_do_too() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    rows = [
        cell("Stall") + cell("Owner") + cell("Rent"),
        cell("Cheese", '<w:vMerge w:val="restart"/>') + cell("Paul") + cell("55"),
        cell("", "<w:vMerge/>") + cell("Rita") + cell("60"),
        cell("Bread") + cell("") + cell("44"),
        cell("Fish") + cell("closed", '<w:gridSpan w:val="2"/>'),
    ]
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)

    assert extract(docx(f"<w:tbl>{body}</w:tbl>"), name="a.docx").text == "\n".join(ROWS)


def test_a_title_over_a_table_stands_once() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    rows = [cell("Rents", '<w:gridSpan w:val="2"/>'), cell("7") + cell("7")]
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)

    assert extract(docx(f"<w:tbl>{body}</w:tbl>"), name="a.docx").text == "Rents\n7\t7"


def test_those_of_an_open_document_do_too() -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    rows = [
        cell("Stall") + cell("Owner") + cell("Rent"),
        cell("Cheese", 'table:number-rows-spanned="2"') + cell("Paul") + cell("55"),
        covered + cell("Rita") + cell("60"),
        cell("Bread") + "<table:table-cell/>" + cell("44"),
        cell("Fish") + cell("closed", 'table:number-columns-spanned="2"') + covered,
    ]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)

    assert extract(odt(f"<table:table>{body}</table:table>"), name="a.odt").text == "\n".join(ROWS)


def test_a_term_stands_before_what_is_said_of_it_and_no_reading_is_glued_to_a_word() -> None:
    terms = "<dl><dt>Opening day</dt><dd>4 May</dd><dt>Closing day:</dt><dd><p>9 May</p></dd></dl>"
    page = table("salt").replace("<table>", f"{terms}<p>The <ruby>漢字<rt>kanji</rt></ruby> hangs there.</p><table>", 1)

    text = extract(f"<html><body><article>{page}</article></body></html>".encode(), name="a.html").text

    assert "- Opening day: 4 May" in text
    assert "- Closing day: 9 May" in text
    assert "The 漢字 hangs there." in text


def test_a_table_of_cells_that_claim_to_be_huge_is_read_in_linear_time() -> None:
    wide = "<tr><td rowspan=9999 colspan=9999>a</td><td rowspan=9999>b</td></tr>"
    page = table("salt").replace("<table>", f"<table>{wide * 2_000}</table><table>", 1)

    assert len(extract(f"<html><body><article>{page}</article></body></html>".encode(), name="a.html").text) < 100_000
