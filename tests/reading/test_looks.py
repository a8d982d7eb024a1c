"""What the look of a text means: struck, raised and lowered text, symbols, heads that run on."""

import pytest

from summarizer.reading.formats import extract
from summarizer.reading.formats.pages import without_running_heads
from summarizer.reading.formats.symbols import sign
from tests.reading.made import docx, paragraph


def test_word_symbols_and_raised_figures_are_read_and_struck_text_is_not() -> None:
    symbol = '<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r></w:p>'
    raised = (
        '<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>4</w:t></w:r></w:p>'
    )
    struck = paragraph("forty", properties="<w:strike/>")

    found = extract(docx(symbol + raised + struck + paragraph("fifty")), name="a.docx")

    assert found.text == "≥\n\n10⁴\n\nfifty"
    assert found.warnings == ("struck text was not read: 5 characters",)


def test_a_sign_of_an_unknown_font_is_counted() -> None:
    found = extract(
        docx(paragraph("Tarn") + '<w:p><w:r><w:sym w:font="Symbol" w:char="F0FF"/></w:r></w:p>'), name="a.docx"
    )

    assert found.warnings == ("1 sign of a symbol font was not read",)


@pytest.mark.parametrize(
    ("font", "number", "shown"), [("Wingdings", "F0FE", "☑"), ("Symbol", "F061", "α"), ("Symbol", "zz", None)]
)
def test_a_symbol_is_a_character_or_unknown(font: str, number: str, shown: str | None) -> None:
    assert sign(font, number) == shown


def test_a_page_without_what_it_strikes_out() -> None:
    page = "<html><body><article><p>The toll of the bridge in Tarn is <del>30</del> <ins>45</ins> crowns for each of the carts that cross it.</p><p>The lake holds 10<sup>5</sup> litres of water in a dry and hot summer, the baker of the town said.</p></article></body></html>"

    found = extract(page.encode(), name="a.html")

    assert "is 45 crowns" in " ".join(found.text.split())
    assert "10⁵ litres" in found.text
    assert any("struck text (2 characters)" in warning for warning in found.warnings)


def test_heads_that_most_pages_have_are_left_out() -> None:
    pages = [f"Annals of Tarn, page {number}\nText {name}." for number, name in enumerate(("one", "two", "three"), 1)]

    kept, taken = without_running_heads(pages)

    assert kept == ["\nText one.", "\nText two.", "\nText three."]
    assert taken == 3
