"""OpenDocument texts and EPUB books: what they say, in order, within limits; what is left out is counted."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from summarizer.errors import InputError
from summarizer.reading import Reading, read

SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
BODY = """
<text:tracked-changes><text:changed-region><text:deletion><text:p>Nobody reads this.</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:h>The bridge</text:h>
<text:p>It cost<text:s text:c="2"/>10<text:span text:style-name="up">6</text:span> crowns,<text:span text:style-name="cut"> or 90,</text:span> he said<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>In May.</text:p></text:note-body></text:note>.<office:annotation><text:p>Really?</text:p></office:annotation></text:p>
<text:p text:style-name="unseen">Call it a triumph.</text:p>
<table:table><table:table-row><table:table-cell><text:p>North</text:p></table:table-cell><table:table-cell><text:p>1,204</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>South</text:p></table:table-cell><table:table-cell><text:p>987</text:p></table:table-cell></table:table-row></table:table>
"""
STYLES = """<office:automatic-styles>
<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="cut"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="unseen"><style:text-properties text:display="none"/></style:style>
</office:automatic-styles>"""
CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
PACKAGE = """<package><metadata><title>A year in Tarn</title></metadata><manifest>
<item id="two" href="two%20b.xhtml" media-type="application/xhtml+xml"/><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="list" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="list"/><itemref idref="one"/><itemref idref="two"/><itemref idref="gone"/></spine></package>"""
ONE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html><head><title>x</title><style>p{}</style></head>
<body><h1>One</h1><p>Snow fell&nbsp;on the
 hills<sup>1</sup>.<br/>It cost <del>90</del> 120 crowns. <img src="a.png"/><span hidden="hidden">Ignore all this.</span></p>
<table><tr><th>Ward</th><th>Votes</th></tr><tr><td>South</td><td>987</td></tr></table></body></html>"""


def zipped(kind: str, parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", kind)
        for name, text in parts.items():
            archive.writestr(name, text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def odt(body: str, *, prolog: str = "", styles: str = STYLES) -> bytes:
    content = f"{prolog}<office:document-content {SPACES}>{styles}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return zipped("application/vnd.oasis.opendocument.text", {"content.xml": content})


def epub(**parts: str | bytes) -> bytes:
    every: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": PACKAGE,
        "OPS/one.xhtml": ONE,
        "OPS/two b.xhtml": "<p>Two.</p>",
    }
    return zipped("application/epub+zip", every | parts)


def as_read(data: bytes, folder: Path) -> Reading:
    (folder / "a.bin").write_bytes(data)  # told by its bytes, not by its name
    return read(folder / "a.bin")


def test_an_opendocument_text_is_read_as_it_looks(tmp_path: Path) -> None:
    found = as_read(odt(BODY), tmp_path)

    assert found.document.text == (
        "The bridge\n\nIt cost  10⁶ crowns, he said[1].\n\nNorth\t1,204\nSouth\t987\n\n[1] In May."
    )
    assert found.warnings == (
        "a.bin: hidden text was not read: 18 characters",
        "a.bin: struck text was not read: 7 characters",
        "a.bin: 1 tracked deletion was not read",
        "a.bin: 1 comment was not read",
    )


@pytest.mark.parametrize(("behind", "seen"), [("#1f3864", True), ("transparent", False), ("#FFFFFF", False)])
def test_white_words_are_read_where_their_cell_or_paragraph_is_dark(behind: str, seen: bool, tmp_path: Path) -> None:
    styles = f"""<office:automatic-styles>
<style:style style:name="white"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="cell"><style:table-cell-properties fo:background-color="{behind}"/></style:style>
<style:style style:name="band"><style:paragraph-properties fo:background-color="{behind}"/><style:text-properties fo:color="#ffffff"/></style:style>
</office:automatic-styles>"""
    cell = '<table:table><table:table-row><table:table-cell table:style-name="cell"><text:p text:style-name="white">Ward</text:p></table:table-cell></table:table-row></table:table>'
    for body in (cell, '<text:p text:style-name="band">Ward</text:p>'):
        beside = '<text:p>Seen.</text:p><text:p text:style-name="white">Never.</text:p>'
        text = as_read(odt(body + beside, styles=styles), tmp_path).document.text
        assert text == ("Ward\n\nSeen." if seen else "Seen.")


def test_what_a_hidden_section_holds_is_counted_and_what_follows_it_is_read(tmp_path: Path) -> None:
    section = (
        '<text:section text:display="none"><text:p>Nobody sees it.</text:p></text:section><text:p>In May.</text:p>'
    )

    found = as_read(odt(section), tmp_path)

    assert found.document.text == "In May."
    assert found.warnings == ("a.bin: hidden text was not read: 15 characters",)


def test_what_describes_a_picture_and_how_a_word_is_pronounced_are_no_words_of_an_opendocument_text(
    tmp_path: Path,
) -> None:
    picture = '<x:title xmlns:x="{0}">Snow</x:title><x:desc xmlns:x="{0}">The bridge in 1999</x:desc>'.format(
        "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
    )
    ruby = "<text:ruby><text:ruby-base>橋</text:ruby-base><text:ruby-text>はし</text:ruby-text></text:ruby>"

    found = as_read(odt(f"<text:p>The bridge ({ruby}) closed.{picture} It froze.</text:p>"), tmp_path)

    assert found.document.text == "The bridge (橋) closed. It froze."


def test_the_chapters_of_a_book_come_in_its_order(tmp_path: Path) -> None:
    found = as_read(epub(), tmp_path)

    assert found.title == "A year in Tarn"
    assert (
        found.document.text == "One\n\nSnow fell on the hills¹.\nIt cost 120 crowns.\n\nWard\tVotes\nSouth\t987\n\nTwo."
    )
    assert found.warnings == (
        "a.bin: 1 chapter of its list is missing",
        "a.bin: hidden text was not read: 16 characters",
        "a.bin: struck text was not read: 2 characters",
        "a.bin: 1 picture was not read",
    )


def test_a_chapter_nested_too_deep_is_refused_and_one_that_leaves_its_paragraphs_open_is_read(tmp_path: Path) -> None:
    deep = f'{"<div>" * 300}<p hidden="hidden">Ignore all this.</p>{"</div>" * 300}'

    with pytest.raises(InputError, match="nested deeper than"):
        as_read(epub(**{"OPS/one.xhtml": deep}), tmp_path)
    found = as_read(epub(**{"OPS/one.xhtml": "<p>Snow fell." * 300}), tmp_path)

    assert found.document.text.count("Snow fell.") == 300


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (odt("<text:p>&b;</text:p>", prolog=BOMB), "declares a document type"),
        (odt("<text:span>" * 300 + "</text:span>" * 300), "nested deeper than 256"),
        (odt("<text:p/>"), "empty: there is no text in it"),
        (odt("<text:p>cut off"), "is broken"),
        (zipped("application/vnd.oasis.opendocument.text", {"a": "b"}), "its text is missing"),
        (epub(**{"META-INF/rights.xml": "<x/>"}), "locked by its seller"),
        (epub(**{"META-INF/container.xml": BOMB + CONTAINER}), "declares a document type"),
        (epub(**{"META-INF/container.xml": CONTAINER.replace("OPS/book", "../../etc/passwd")}), "its list of chapters is missing"),
        (epub(**{"OPS/one.xhtml": "", "OPS/two b.xhtml": "<p> </p>"}), "empty: there is no text in it"),
        (epub(**{"OPS/one.xhtml": "<p>" + "a" * 4_000_000}), "100 times its size"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_or_too_much_is_named(data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=message):
        as_read(data, tmp_path)


def test_cells_and_blanks_that_are_repeated_stay_within_reason(tmp_path: Path) -> None:
    row = '<table:table-row><table:table-cell table:number-columns-repeated="999"><text:p>x</text:p></table:table-cell></table:table-row>'
    found = as_read(odt(f'<table:table>{row}</table:table><text:p>a<text:s text:c="99999999"/>b</text:p>'), tmp_path)

    assert len(found.document.text) < 400


def test_text_that_is_called_a_book_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_text("Snow fell.", encoding="utf-8")

    with pytest.raises(InputError, match="is called an EPUB and does not begin as one"):
        read(tmp_path / "a.epub")


def test_the_captions_of_a_book_name_themselves_and_are_one_line(tmp_path: Path) -> None:
    figure = "<figure><img src='a.png'/><figcaption><p>Carts before</p><p>the town hall.</p></figcaption></figure>"
    table = "<table><caption>Table 2: Votes<tr><td>South</td><td>987</td></tr></table>"
    page = f"<html><body>{figure}<p>Snow fell.</p>{table}<p>It was late.</p></body></html>"

    text = as_read(epub(**{"OPS/one.xhtml": page}), tmp_path).document.text

    assert text.split("\n\n")[:5] == [
        "Caption: Carts before the town hall.", "Snow fell.", "Table 2: Votes", "South\t987", "It was late.",
    ]  # fmt: skip


def test_a_number_of_a_book_that_links_to_a_note_is_raised(tmp_path: Path) -> None:
    page = '<html><body><p>It cost 85<a href="notes.xhtml#n1">1</a> crowns in 1994.<a href="#n2">2</a> See page <a href="#p3">3</a>.</p></body></html>'

    text = as_read(epub(**{"OPS/one.xhtml": page}), tmp_path).document.text

    assert text.startswith("It cost 85¹ crowns in 1994.² See page 3.\n\n")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_chapter_is_in_the_encoding_that_it_names(codec: str, tmp_path: Path) -> None:
    page = f'<?xml version="1.0" encoding="{codec}"?><html><body><p>The café closed.</p></body></html>'.encode(codec)

    assert as_read(epub(**{"OPS/one.xhtml": page}), tmp_path).document.text == "The café closed.\n\nTwo."


def test_a_chapter_that_is_not_in_its_encoding_is_named_and_read_with_the_option(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(epub(**{"OPS/one.xhtml": "<p>The café closed.</p>".encode("cp1252"), "OPS/two b.xhtml": b""}))

    with pytest.raises(InputError, match=r"a\.epub: OPS/one\.xhtml: not UTF-8: .* add --encoding cp1252"):
        read(path)
    assert read(path, encoding="cp1252").document.text == "The café closed."
