"""What the look of a text means: struck, raised and lowered text, symbols, heads that run on."""

import pytest

from summarizer.errors import InputError
from summarizer.reading.formats import Extract, extract
from summarizer.reading.formats.symbols import sign
from tests.reading.made import WORD, docx, paragraph, pdf_of


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


def test_a_page_says_what_its_look_shows_of_quotations_captions_and_notes() -> None:
    page = (
        '<html><body><article><p>The council of Tarn voted for a toll on the bridge, after a debate of six hours.<sup><a href="#n">1</a></sup></p>'
        "<figure><img src=a.png><figcaption>Carts before the town hall.</figcaption></figure>"
        "<blockquote><p>Nobody asked the bakers.</p><cite>Ana Pell</cite></blockquote>"
        "<p>The bakers of the town meet on Friday in the hall of the school to talk about a strike of a week.</p>"
        '<ol><li id="n">Without the nights, which are free.</li></ol></article></body></html>'
    )

    found = extract(page.encode(), name="a.html").text

    assert "six hours.[1]\n\nCaption: Carts before the town hall." in found
    assert "> Nobody asked the bakers.\n\n> — Ana Pell\n\nThe bakers" in found
    assert found.endswith("[1] Without the nights, which are free.")


@pytest.mark.parametrize(
    ("block", "read"),
    [
        ("<p>Nobody asked.</p><footer>Ana Pell in <cite>The Post</cite></footer>", ["> Nobody asked.", "> — Ana Pell in The Post"]),
        ("Nobody asked.<cite>Ana Pell</cite>", ["> Nobody asked.", "> — Ana Pell"]),
        ("<em>Nobody</em> asked.<br>They slept.", ["> Nobody asked.", "> They slept."]),
        ("<div>Nobody asked.</div><div>They slept.</div>", ["> Nobody asked.", "> They slept."]),
    ],
)  # fmt: skip
def test_all_words_of_a_quoted_block_are_marked_whatever_they_stand_in(block: str, read: list[str]) -> None:
    prose = "<p>The council of Tarn voted for a toll on the bridge, after a debate of six hours with the bakers of the town.</p>"

    found = extract(f"<article>{prose}<blockquote>{block}</blockquote>{prose}</article>".encode(), name="a.html").text

    assert found.split("\n\n")[1:3] == read


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("where <i>x</i><sub>n<sub>2</sub></sub> is", "where xn2 is"),
        ("of six hours<sup><a href=#n><sup>1</sup></a></sup> in", "of six hours[1] in"),
        ("so<math><math><mn>5</mn></math></math> in", "so 5 in"),
    ],
)
def test_marks_and_equations_of_a_page_may_stand_in_others(markup: str, read: str) -> None:
    page = f"<article><p>The council of Tarn voted for a toll on the bridge, {markup} the hall of the school.</p></article>"

    assert read in extract(page.encode(), name="a.html").text


def test_a_page_of_empty_cells_is_empty() -> None:
    with pytest.raises(InputError, match="empty: the page shows no text by itself"):
        extract(b"<html><table><tr><td></td><td></td></tr></table></html>", name="a.html")


def test_a_number_that_links_to_a_note_is_no_figure_of_the_word_before_it_and_signs_that_link_are_left_out() -> None:
    page = (
        '<html><body><article><h2>The bridge of Tarn<a href="#tarn">¶</a></h2>'
        '<p>The toll brought in 85,000<a href="#n1" id="r1">1</a> crowns in <em>1994</em><a href="#n2">2</a> and rose by a tenth.<a href="#n1">1</a> '
        'It is paid by carts, as chapter <a href="#c3">3</a> says, and (<a href="#c4">4</a>) by those who drive cattle over the bridge.</p>'
        '<div><a id="n1" href="#r1">1</a><div><p>Without the nights.</p></div></div>'
        '<ol><li id="n2"><p>Half a year. <a href="#r2">↩</a></p></li></ol></article></body></html>'
    )

    found = extract(page.encode(), name="a.html").text

    assert "85,000[1] crowns in 1994[2] and rose by a tenth.[1] It is" in found
    assert "chapter 3 says, and (4) by" in found
    assert found.endswith("[1] Without the nights.\n\n- [2] Half a year.")
    assert "¶" not in found


def test_a_word_file_says_what_its_styles_and_notes_are() -> None:
    def styled(style: str, text: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    body = (
        '<w:p><w:r><w:t>It cost 14 crowns.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r></w:p>'
        + styled("IntenseQuote", "A shame.") + styled("Caption", "A cart") + styled("Caption", "Figure 2: A cart") + styled("Title", "Tolls")
    )  # fmt: skip
    notes = {
        f"word/{kind}s.xml": f'<w:{kind}s xmlns:w="{WORD}"><w:{kind} w:id="{number}">{paragraph("Without nights.")}</w:{kind}></w:{kind}s>'
        for kind, number in (("footnote", 2), ("endnote", 1))
    }

    assert extract(docx(body, parts=notes), name="a.docx").text.split("\n\n") == [
        "It cost 14 crowns.[2][^e1]", "> A shame.", "Caption: A cart", "Figure 2: A cart", "Tolls",
        "[2] Without nights.", "[^e1]: Without nights.",
    ]  # fmt: skip


def page_of(content: str) -> Extract:
    stream = content.encode("cp1252")
    return extract(pdf_of([b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)]), name="a.pdf")


def test_a_line_through_words_of_a_pdf_strikes_them_and_one_under_them_does_not() -> None:
    text = "BT /F1 11 Tf 72 700 Td (The fee is 90 120 crowns.) Tj ET 0.5 w"

    struck = page_of(f"{text} 123 703.5 m 136 703.5 l S")
    underlined = page_of(f"{text} 123 698.5 m 136 698.5 l S")

    assert " ".join(struck.text.split()) == "The fee is 120 crowns."
    assert struck.warnings == ("struck text was not read: 2 characters",)
    assert underlined.text == "The fee is 90 120 crowns."
    assert underlined.warnings == ()


def below_a_picture(size: int, *, left: int = 72) -> str:
    """The text of a page with a line of some size under a picture, and a paragraph under that."""
    picture = f"q 300 0 0 150 {left} 600 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID FF> EI Q"
    line = f"BT /F1 {size} Tf 72 584 Td (The ferry lies in the dock of Tarn.) Tj ET"
    lines = [
        "The ferry of Tarn runs twice a day until March, the owner of the ferry said, since it has to be",
        "mended.",
    ]
    shown = [f"BT /F1 11 Tf 72 {556 - 14 * at} Td ({text}) Tj ET" for at, text in enumerate(lines)]
    return page_of(" ".join([picture, line, *shown])).text


def test_small_type_close_under_a_picture_is_its_caption() -> None:
    assert below_a_picture(8).startswith("Caption: The ferry lies in the dock of Tarn.\n\nThe ferry of Tarn")


def test_a_line_of_the_text_under_a_picture_and_one_beside_it_are_no_captions() -> None:
    assert "Caption" not in below_a_picture(11)
    assert "Caption" not in below_a_picture(8, left=380)


def test_a_raised_figure_that_begins_a_line_of_its_own_belongs_to_the_word_before() -> None:
    base, raised, rest = (
        "BT /F1 11 Tf 72 700 Td (It grew 10) Tj ET",
        "BT /F1 9 Tf 120.4 708 Td (6) Tj ET",
        "( cells in May.) Tj ET",
    )
    found = page_of(f"{base} {raised} BT /F1 11 Tf 126 700 Td {rest}")

    assert found.text == "It grew 10⁶ cells in May."
