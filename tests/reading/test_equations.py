"""Equations of Word, web pages and books as a line of text: never as another number, and counted where there is no such line."""

import pytest

from summarizer.reading.formats import extract
from tests.reading.made import docx
from tests.reading.test_books import epub

pytestmark = pytest.mark.usefixtures("read_here")

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def of_word(*parts: str) -> tuple[str, tuple[str, ...]]:
    """The text and the warnings of a Word file with an equation between two words."""
    equation = f"<m:oMath {MATH}>{''.join(parts)}</m:oMath>"
    words = ('<w:r><w:t xml:space="preserve">' + text + "</w:t></w:r>" for text in ("About ", " birds."))
    found = extract(docx("<w:p>" + equation.join(words) + "</w:p>"), name="a.docx")
    return found.text, found.warnings


POWER = f"<m:sSup><m:e>{run('10')}</m:e><m:sup>{run('6')}</m:sup></m:sSup>"
FRACTION = f"<m:f><m:num>{run('3')}</m:num><m:den>{run('4')}</m:den></m:f>"
ROOT = f"<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/><m:e>{run('2')}</m:e></m:rad>"


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((POWER,), "10⁶"),
        ((FRACTION,), "3/4"),
        ((run("2"), FRACTION), "2 3/4"),
        ((FRACTION, POWER), "3/4 10⁶"),
        ((run("1"), run("06")), "106"),
        ((f"<m:sSup><m:e>{run('10')}</m:e><m:sup>{run('−3')}</m:sup></m:sSup>",), "10⁻³"),
        ((f"<m:sSup><m:e>{run('a+b')}</m:e><m:sup>{run('n')}</m:sup></m:sSup>",), "(a+b)^n"),
        ((f"<m:sSub><m:e>{run('H')}</m:e><m:sub>{run('2')}</m:sub></m:sSub>", run("O")), "H₂O"),
        ((run("x="), ROOT), "x = √2"),
        ((f"<m:f><m:num>{run('a+b')}</m:num><m:den>{run('2')}</m:den></m:f>",), "(a+b)/2"),
        ((f"<m:d><m:e>{run('5')}</m:e></m:d>",), "(5)"),
    ],
)
def test_an_equation_of_word_is_read_as_it_stands(parts: tuple[str, ...], text: str) -> None:
    assert of_word(*parts) == (f"About {text} birds.", ())


@pytest.mark.parametrize(
    "part",
    [
        f"<m:m><m:mr><m:e>{run('1')}</m:e><m:e>{run('2')}</m:e></m:mr></m:m>",
        f"<m:f><m:fPr><m:type m:val='noBar'/></m:fPr><m:num>{run('3')}</m:num><m:den>{run('2')}</m:den></m:f>",
        f"<m:nary><m:sub>{run('1')}</m:sub><m:sup>{run('9')}</m:sup><m:e>{run('7')}</m:e></m:nary>",
    ],
)
def test_an_equation_without_a_form_on_one_line_is_left_out_as_a_whole_and_counted(part: str) -> None:
    text, warnings = of_word(run("5"), part)

    assert " ".join(text.split()) == "About birds."
    assert warnings == ("1 equation was not read",)


def test_figures_beside_an_equation_are_not_joined_to_it() -> None:
    body = f"<w:p><w:r><w:t>2</w:t></w:r><m:oMath {MATH}>{FRACTION}</m:oMath><w:r><w:t>5</w:t></w:r></w:p>"

    assert extract(docx(body), name="a.docx").text == "2 3/4 5"


@pytest.mark.parametrize(
    ("position", "before", "shown"), [(10, "10", "10⁸"), (-6, "CO", "CO₈"), (2, "10", "108"), (10, "of ", "of 8")]
)
def test_a_run_that_is_moved_behind_a_word_is_raised_or_lowered(position: int, before: str, shown: str) -> None:
    moved = f'<w:r><w:rPr><w:position w:val="{position}"/></w:rPr><w:t>8</w:t></w:r>'
    body = f'<w:p><w:r><w:t xml:space="preserve">{before}</w:t></w:r>{moved}</w:p>'

    assert extract(docx(body), name="a.docx").text == shown


POWER_OF_PAGE = "<msup><mn>10</mn><mn>6</mn></msup>"
PAGE = "<p>The lake of Tarn holds <math>{0}</math> litres in a dry summer, as the bakers of the town told us.</p>"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (POWER_OF_PAGE, "10⁶"),
        ("<mfrac><mn>3</mn><mn>4</mn></mfrac>", "3/4"),
        ("<mrow><mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow>", "2 1/2"),
        ("<msubsup><mi>x</mi><mi>max</mi><mn>2</mn></msubsup>", "x_max²"),
        ("<mroot><mn>8</mn><mn>3</mn></mroot>", "∛8"),
        (f"<semantics>{POWER_OF_PAGE}<annotation>10^{{6}}</annotation></semantics>", "10⁶"),
        ("<mn>5</mn>\n <mtext>barrels of salt</mtext>", "5 barrels of salt"),
    ],
)
def test_an_equation_of_a_page_and_of_a_book_is_read_as_it_stands(markup: str, text: str) -> None:
    page = PAGE.format(markup)
    of_page = extract(f"<html><body><article>{page}</article></body></html>".encode(), name="a.html")
    of_book = extract(epub(**{"OPS/one.xhtml": f"<html><body>{page}</body></html>"}), name="a.epub")

    assert f"holds {text} litres" in of_page.text
    assert of_page.warnings == ()
    assert f"holds {text} litres" in of_book.text


def test_an_unreadable_equation_of_a_page_and_of_a_book_is_counted() -> None:
    page = PAGE.format("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>")
    of_page = extract(f"<html><body><article>{page}</article></body></html>".encode(), name="a.html")
    of_book = extract(epub(**{"OPS/one.xhtml": f"<html><body>{page}</body></html>"}), name="a.epub")

    assert "1 equation was not read" in of_page.warnings
    assert "1 equation was not read" in of_book.warnings
    assert "12" not in of_page.text + of_book.text
