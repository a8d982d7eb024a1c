"""HTML, PDF and Word files become their text, and every word of evidence can be found in it."""

import subprocess
import sys
import textwrap
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html

from summarizer import check
from summarizer.errors import InputError
from summarizer.reading import MAX_BYTES, MAX_FILE_BYTES, Reading, read
from summarizer.reading.formats import Format, extract, sandbox
from summarizer.reading.formats.hidden import is_hidden
from summarizer.reading.formats.hyphens import joined
from summarizer.reading.formats.sniff import sniff
from summarizer.reading.places import Place, Places
from summarizer.schema import Document, Span, Verdict
from tests.reading.made import LOCKED, docx, paragraph, pdf, pdf_of, relations

STORY = [
    "The mayor resigned on Monday after the vote of the council.",
    "Snow fell on two roads in the north, and the schools were closed for 3 days.",
    "The company hired 40 engineers in March, its spokeswoman said.",
]
SUMMARY = "Snow fell on two roads in the north. The company hired 90 engineers in March. A dog won a prize."


def page(body: str, *, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def story(kind: str) -> bytes:
    """The same story in each format."""
    if kind == "a.html":
        return page("".join(f"<p>{line}</p>" for line in STORY))
    if kind == "a.pdf":
        first, second, third = (textwrap.wrap(line, 30) for line in STORY)
        return pdf([first, [*second, None, *third]])
    if kind == "a.docx":
        return docx("".join(map(paragraph, STORY)))
    return "\n\n".join(STORY).encode()


def made(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", ["a.html", "a.pdf", "a.docx", "a.md", "a.txt"])
def test_every_span_of_a_report_slices_back_in_every_format(kind: str, tmp_path: Path) -> None:
    reading = read(made(tmp_path, kind, story(kind)))

    report = check(SUMMARY, reading, backend="embedded")

    text = report.documents[0].text
    labels = [one.outcome.label for one in report.checks if isinstance(one.outcome, Verdict)]
    assert labels[:2] == ["supported", "contradicted"]
    assert text == reading.document.text
    assert len(list(report.all_evidence())) >= 3
    assert all(one.span.of(text) == one.quote for one in report.all_evidence())


@pytest.mark.parametrize("kind", ["a.html", "a.pdf", "a.docx"])
def test_a_path_is_read_by_its_format_and_the_same_bytes_give_the_same_text(kind: str, tmp_path: Path) -> None:
    path = made(tmp_path, kind, story(kind))

    report = check("Snow fell on two roads in the north.", path, backend="embedded")

    assert report.checks[0].outcome.kind == "verdict"
    assert read(path) == read(path)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7", "-", Format.PDF),
        (b"PK\x03\x04", "-", Format.DOCX),
        (b"\xef\xbb\xbf\n<!-- saved --><!doctype HTML>", "-", Format.HTML),
        ("<html>".encode("utf-16"), "-", Format.HTML),
        (b"<?xml version='1.0'?><html xmlns='x'>", "a.txt", Format.HTML),
        (b"<p>A fragment.", "a.HTM", Format.HTML),
        (b"<htmlish> words", "-", Format.TEXT),
        (b"# A heading\n\n<div>", "a.md", Format.TEXT),
        (b"%PDF-1.7", "a.txt", Format.PDF),
        (b"", "a.pdf", Format.TEXT),
    ],
)
def test_the_format_is_read_off_the_bytes_first(data: bytes, name: str, expected: Format) -> None:
    assert sniff(data, name=name) is expected


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"Plain text.", "is called a PDF and does not begin as one"),
        ("a.docx", b"Plain text.", "is called a Word file and does not begin as one"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "an old or locked Word file"),
        ("a.pdf", b"", "empty: there is no text in it"),
        ("a.html", b"", "empty: there is no text in it"),
        ("a.html", page(""), "the page shows no text by itself"),
        ("a.html", page("<script>write('x')</script><p hidden>y</p>"), "the page shows no text by itself"),
        ("a.html", b"<html><body>" + b"<div>" * 300 + b"x", "nested deeper than 250"),
        ("a.html", b"<html><meta charset=klingon>x", "unknown encoding 'klingon'"),
        ("a.html", b"<html>caf\xe9", "not UTF-8: cannot decode byte e9 at offset 9"),
        ("a.html", b"\0" * 5000, "binary: a zero byte"),
        ("a.pdf", story("a.pdf")[:-300], "is a broken PDF"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, "is a broken PDF"),
        ("a.pdf", pdf([STORY], encrypt=LOCKED), "is locked with a password"),
        ("a.pdf", pdf([[], []]), "no text on its 2 pages: a scan?; run text recognition"),
        ("a.pdf", pdf([["x"]] * 2001), "has 2,001 pages; at most 2,000 are read"),
        ("a.docx", story("a.docx")[:-30], "the end of the file is missing"),
        ("a.docx", docx(""), "empty: there is no text in it"),
        ("a.docx", docx("<w:p>"), "word/document.xml is broken: mismatched tag"),
        ("a.docx", docx("<w:p>" * 300 + "</w:p>" * 300), "nested deeper than 256"),
        ("a.docx", docx(paragraph("x"), prolog='<!DOCTYPE w [<!ENTITY a "b">]>'), "declares a document type"),
        ("a.docx", docx("&a;"), "undefined entity"),
        ("a.docx", docx("", parts={"_rels/.rels": relations("https://example.org/x.xml", external=True)}), "not a Word document"),
        ("a.docx", docx("", parts={"_rels/.rels": relations("../../etc/passwd")}), "not a Word document"),
        ("a.pptx", docx("", parts={"_rels/.rels": relations("ppt/main.xml"), "ppt/main.xml": "<slides/>"}), "is not a Word document: it holds ppt/main.xml"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line_that_names_it(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read(made(tmp_path, name, data))

    assert words in str(raised.value)
    assert f"{name}: " in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_zip_file_of_another_kind_is_no_word_file() -> None:
    other = BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")

    with pytest.raises(InputError, match=r"is a ZIP file but not a Word document"):
        extract(other.getvalue(), name="a.zip")


# PDF


def test_the_place_of_evidence_in_a_pdf_says_the_page(tmp_path: Path) -> None:
    document = read(made(tmp_path, "a.pdf", story("a.pdf"))).document
    places = Places(document)

    found = [document.text.index(words) for words in ("The mayor", "Snow", "The company")]

    assert [str(places.of(Span(start=at, end=at + 3))) for at in found] == [
        "page 1, paragraph 1, sentence 1",
        "page 2, paragraph 1, sentence 1",
        "page 2, paragraph 2, sentence 1",
    ]


def test_a_sentence_goes_on_over_a_page_break(tmp_path: Path) -> None:
    lines = ["The council of the city met on Monday evening in the old hall, and it", "decided."]
    document = read(made(tmp_path, "a.pdf", pdf([[lines[0]], [lines[1], None, STORY[1]]]))).document

    report = check(
        "The council of the city met on Monday evening in the old hall, and it decided.", document, backend="embedded"
    )

    assert document.text.startswith(f"{lines[0]} \f{lines[1]}\n")
    outcome = report.checks[0].outcome
    assert isinstance(outcome, Verdict)
    assert outcome.evidence[0].quote == f"{lines[0]} \f{lines[1]}"


def test_empty_first_pages_are_counted_as_pages() -> None:
    document = Document.of("\f\fOne.\n\nTwo. Three.\f\n\n Four.")
    places = Places(document)

    found = [places.of(Span(start=document.text.index(word), end=len(document.text))) for word in ("One", "Three", "Four")]  # fmt: skip

    assert found == [Place(1, 1, 3), Place(2, 2, 3), Place(1, 1, 4)]


def test_words_parted_at_line_ends_are_joined_and_counted(tmp_path: Path) -> None:
    lines = ["The mayor resig-", "ned after the coun-", "cil of the low-lying town met on low-", "lying land."]

    reading = read(made(tmp_path, "a.pdf", pdf([lines])))

    assert reading.document.text.split("\n") == ["The mayor resigned after the council of the low-lying town met on low-lying land."]  # fmt: skip
    assert reading.warnings == ("a.pdf: 3 words parted at a line end were joined",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("re-\nsign", "resign"),
        ("20-\nyear", "20-year"),
        ("Anglo-\nSaxon", "Anglo-Saxon"),
        ("well-being and well-\nbeing", "well-being and well-being"),
        ("the coun-\ncil, the council", "the council,\nthe council"),
        ("sea-\nside by the sea on one side", "sea-side\nby the sea on one side"),
        ("the coun-\ncil\nand the council-\nlor", "the council\nand the councillor"),
        ("a coun-\x1fcil of the low-\x1f10", "a council of the low- 10"),
        ("a coun-\x1ecil, and\x1ea low-\x1elying", "a council, \fand \fa lowlying \f"),
        ("a – \nb-\n\nc -\nd", "a – \nb-\n\nc -\nd"),
        ("2019-\n2020", "2019-\n2020"),
        ("end-\n\fpage", "end-\n\fpage"),
    ],
)
def test_a_hyphen_stays_where_the_text_says_that_it_belongs(text: str, expected: str) -> None:
    assert joined(text)[0] == expected


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    reading = read(made(tmp_path, "a.pdf", pdf([["Words."], []])))

    assert reading.warnings == ("a.pdf: 1 of 2 pages have no text (a picture?) and were not read",)


@pytest.mark.parametrize("filters", [b"/FlateDecode", b"[/FlateDecode /FlateDecode]"])
def test_a_pdf_bomb_costs_its_reader_and_nobody_else(filters: bytes, tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(900)) + packer.flush()
    packed = zlib.compress(packed, 9) if b"[" in filters else packed
    bomb = pdf_of([b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(packed), filters, packed)])

    with pytest.raises(InputError, match=r"a\.pdf: the PDF reader gave up"):
        read(made(tmp_path, "a.pdf", bomb))


# HTML


def test_title_byline_and_date_are_kept_beside_the_text(tmp_path: Path) -> None:
    head = '<title>Mayor goes</title><meta name="author" content="Ann Lee"><meta property="article:published_time" content="2026-11-02">'
    reading = read(made(tmp_path, "a.html", page(f"<p>{STORY[0]}</p><p>{STORY[1]}</p>", head=head)))

    assert (reading.title, reading.byline, reading.date) == ("Mayor goes", "Ann Lee", "2026-11-02")
    assert reading.document.text == f"{STORY[0]}\n\n{STORY[1]}"


def test_line_ends_of_the_markup_are_no_line_ends_of_the_text(tmp_path: Path) -> None:
    wrapped = (
        f"<p>{STORY[0].replace(' ', chr(10))}</p>\n<p>{STORY[1].replace(' and', ' <b>and</b>' + chr(13) + chr(10))}</p>"
    )

    reading = read(made(tmp_path, "a.html", page(wrapped)))

    assert reading.document.text == f"{STORY[0]}\n\n{STORY[1]}"


def test_a_date_that_the_page_does_not_state_is_not_guessed(tmp_path: Path) -> None:
    reading = read(made(tmp_path, "a.html", page("<p>The council met on 3 May 2021 in the old hall.</p><p>© 2022</p>")))

    assert reading.date is None


HIDING = [
    'style="display:none"', 'style="DISPLAY : none !important"', "hidden", 'aria-hidden="true"',
    'style="visibility:hidden"', 'style="position:absolute; left:-9999px"', 'style="text-indent:-99em"',
    'style="font-size:0"', 'style="font-size:0.0px"', 'style="font-size:1px"', 'style="opacity:0"', 'style="opacity:.0"',
    'style="color:#fff"', 'style="color:white;background:#FFFFFF"', 'style="color:rgb(255, 255, 255)"',
    'style="color:#123456;background-color:#123456"', 'style="color:transparent"', 'style="height:0;overflow:hidden"',
    'style="clip:rect(0, 0, 0, 0);position:absolute"', 'style="display:/**/none"',
    "popover", 'style="opacity:0.01"', 'style="opacity:1%"', 'style="filter:opacity(0)"', 'style="zoom:0"', 'style="scale:0"',
    'style="transform:rotate(3deg) scale(0.01)"', 'style="transform:translateX(-9999px)"', 'style="translate:-9999px"',
    'style="margin:0 0 0 -9999px"', 'style="position:absolute;left:9999px"', 'style="font:0/0 a"',
    'style="color:rgba(9, 9, 9, 0.0)"', 'style="color:rgb(9 9 9 / 0%)"', 'style="color:#1230"', 'style="color:hsla(9,9%,9%,0)"',
    'style="-webkit-text-fill-color:transparent"', 'style="color:#fefefe"', 'style="color:rgb(250,250,250)"',
    'style="color:#202020;background:#1c1c1c"',
]  # fmt: skip
SHOWING = [
    'style="display:block"', 'aria-hidden="false"', 'style="color:#fff;background:#000"', 'style="left:-10px"',
    'style="font-size:0.8em"', 'style="opacity:0.9"', 'style="color:red"', 'style="background:white"',
    'style="color:white;background:url(x.png)"', 'style="height:0"',
]  # fmt: skip


def test_hidden_text_is_not_read_and_is_counted(tmp_path: Path) -> None:
    secrets = "".join(f"<p {how}>Secret{number} words.</p>" for number, how in enumerate(HIDING))
    body = f"<p>{STORY[0]}</p>{secrets}<p>{STORY[1]}</p><!-- Secret --><script>Secret</script>"

    reading = read(made(tmp_path, "a.html", page(body, head="<style>.a{}</style>")))

    assert reading.document.text == f"{STORY[0]}\n\n{STORY[1]}"
    assert reading.warnings[0] == "a.html: not read: 40 hidden parts (590 characters), 1 comment, 2 scripts and styles"


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("how", SHOWING)
def test_text_that_the_page_shows_is_read(how: str, tmp_path: Path) -> None:
    reading = read(made(tmp_path, "a.html", page(f"<p>{STORY[0]}</p><p {how}>{STORY[1]}</p>")))

    assert STORY[1] in reading.document.text
    assert not any("hidden" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    "style",
    [
        "color:rgb(0,0,0)",
        "color:#000",
        "color:#ddd",
        "color:rgba(0,0,0,0.9)",
        "transform:translate(-50%,-50%)",
        "transform:translate3d(-1200px,0,0)",
        "font:0.9em serif",
        "zoom:1",
        "opacity:80%",
        "scale:1.5",
    ],
)
def test_a_style_that_shows_its_text_hides_none(style: str) -> None:
    assert not is_hidden(html.fragment_fromstring(f'<p style="{style}">It snowed.</p>'))


def test_what_a_page_shows_beside_its_article_is_told(tmp_path: Path) -> None:
    body = f"<p>{STORY[0]}</p><p>{STORY[1]}</p>"
    data = page(body).replace(b"<article>", b"<nav><a href=/>Home</a> <a href=/n>News and more news</a></nav><article>")

    reading = read(made(tmp_path, "a.html", data))

    assert "Home" not in reading.document.text
    assert reading.warnings == ("a.html: read as the article: 136 of the 158 characters that the page shows",)


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ('<html><head><meta charset="iso-8859-1"></head><body><p>“Café” opens.</p>'.encode("cp1252"), None),
        ("<html><body><p>“Café” opens.</p>".encode("utf-16"), None),
        ("<html><body><p>“Café” opens.</p>".encode(), None),
        ("<html><body><p>“Café” opens.</p>".encode("cp1252"), "cp1252"),
    ],
)
def test_a_page_is_decoded_by_its_mark_its_own_words_or_the_option(
    data: bytes, encoding: str | None, tmp_path: Path
) -> None:
    assert read(made(tmp_path, "a.html", data), encoding=encoding).document.text == "“Café” opens."


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("label", ["utf-16", "UTF-16LE", "utf-16be", "utf-32", "unicode", "ucs-2"])
@pytest.mark.parametrize(
    "start",
    [
        "<html><head><meta charset={}></head>",
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head>',
        '<?xml version="1.0" encoding="{}"?><html>',
    ],
)
def test_a_page_that_names_a_wide_encoding_in_ascii_is_in_utf_8(start: str, label: str, tmp_path: Path) -> None:
    text = f"{start.format(label)}<body><p>“Café” opens.</p></body></html>"

    assert read(made(tmp_path, "a.html", text.encode())).document.text == "“Café” opens."
    assert read(made(tmp_path, "b.html", text.encode("utf-16"))).document.text == "“Café” opens."


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("x-user-defined", "cp1252", "“Café” opens."),
        ("gb2312", "gb18030", "朱镕基来了。"),
        ("Shift_JIS", "cp932", "①東京で会った。"),
        ("euc-kr", "cp949", "똠방각하가 왔다."),
        ("iso-8859-9", "cp1254", "“İyi” dedi."),
    ],
)
def test_a_page_means_by_a_name_what_browsers_take_it_for(label: str, codec: str, words: str, tmp_path: Path) -> None:
    data = f"<html><head><meta charset={label}></head><body><p>{words}</p></body></html>".encode(codec)

    assert read(made(tmp_path, "a.html", data)).document.text == words


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("sign", ["\v", "\f", "\x07", "&#11;", "&#12;"])
def test_a_control_character_of_a_page_is_a_space(sign: str, tmp_path: Path) -> None:
    body = f"<p>Snow{sign}fell on two roads.</p><pre>Ice{sign}lay on\nthe piers.</pre>"

    found = read(made(tmp_path, "a.html", page(body)))

    assert found.document.text == "Snow fell on two roads.\n\nIce lay on\n\nthe piers."


def test_markup_that_takes_minutes_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "CPU_SECONDS", 2)

    with pytest.raises(InputError, match="the HTML reader gave up: it needed more than 2 s"):
        read(made(tmp_path, "a.html", page("<p>" + "<b>w</b> " * 200_000 + "</p>")))


def test_the_reader_apart_gets_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-sentinel")

    assert "sk-test-sentinel" not in str(sandbox._environment())


# Word


def test_a_word_file_is_read_as_it_looks(tmp_path: Path) -> None:
    body = (
        paragraph("One & <two>.")
        + '<w:p><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/></w:r><w:r><w:t>low</w:t><w:noBreakHyphen/><w:t>lying</w:t></w:r></w:p>'
        + "<w:tbl><w:tr><w:tc>" + paragraph("Year") + "</w:tc><w:tc>" + paragraph("2026") + "</w:tc></w:tr></w:tbl>"
        + "<w:p><w:ins><w:r><w:t>New.</w:t></w:r></w:ins><w:del><w:r><w:delText>Old.</w:delText></w:r></w:del></w:p>"
        + "<w:p><w:r><w:instrText>HYPERLINK</w:instrText></w:r><w:r><mc:AlternateContent><mc:Choice><w:t>Box.</w:t>"
        + "</mc:Choice><mc:Fallback><w:t>Box.</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + "<w:p><w:moveFrom><w:r><w:t>Gone.</w:t></w:r></w:moveFrom></w:p>"
    )  # fmt: skip
    note = f'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{paragraph("A note.")}</w:footnotes>'

    reading = read(made(tmp_path, "a.docx", docx(body, parts={"word/footnotes.xml": note})))

    assert reading.document.text == "One & <two>.\n\nA\tB\nlow\u2011lying\n\nYear\t2026\n\nNew.\n\nBox.\n\nA note."
    assert reading.warnings == ("a.docx: 1 tracked deletion was not read",)


@pytest.mark.parametrize(
    ("properties", "seen"),
    [
        ("<w:vanish/>", False), ('<w:vanish w:val="false"/>', True), ('<w:color w:val="FFFFFF"/>', False),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>', True), ('<w:sz w:val="2"/>', False),
        ('<w:sz w:val="22"/>', True), ('<w:color w:val="C00000"/>', True),
    ],
)  # fmt: skip
def test_hidden_words_of_a_word_file_are_not_read(properties: str, seen: bool, tmp_path: Path) -> None:
    reading = read(made(tmp_path, "a.docx", docx(paragraph("Seen.") + paragraph("Secret.", properties=properties))))

    assert ("Secret." in reading.document.text) is seen
    assert reading.warnings == (() if seen else ("a.docx: hidden text was not read: 7 characters",))


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(("fill", "seen"), [("1F3864", True), ("auto", False), ("FFFFFF", False)])
def test_white_words_of_a_word_file_are_read_where_their_cell_or_paragraph_is_dark(
    fill: str, seen: bool, tmp_path: Path
) -> None:
    shade = f'<w:shd w:val="clear" w:fill="{fill}"/>'
    white = f"<w:r><w:rPr>{WHITE}</w:rPr><w:t>Ward</w:t></w:r>"
    of_cell = f"<w:tbl><w:tr><w:tc><w:tcPr>{shade}</w:tcPr><w:p>{white}</w:p></w:tc></w:tr></w:tbl>"
    of_paragraph = f"<w:p><w:pPr>{shade}</w:pPr>{white}</w:p>"
    of_its_mark = f"<w:p><w:pPr><w:rPr>{shade}</w:rPr></w:pPr>{white}</w:p>"
    for body, shown in (
        (of_cell, seen),
        (of_paragraph, seen),
        (of_its_mark, False),
        (of_cell + f"<w:p>{white}</w:p>", seen),
    ):
        text = read(made(tmp_path, "a.docx", docx(paragraph("Seen.") + body))).document.text
        assert text == ("Seen.\n\nWard" if shown else "Seen.")


def test_a_word_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = docx("<w:p><w:r><w:t>" + " " * (80 << 20) + "</w:t></w:r></w:p>")

    with pytest.raises(InputError, match="unpacks to more than 64 MB or 100 times its size"):
        extract(bomb, name="a.docx")


def test_a_list_of_parts_that_is_too_long_is_refused() -> None:
    many = docx(paragraph("x"), parts={f"{number}.xml": "" for number in range(25_000)}, compress=False)

    with pytest.raises(InputError, match="has too many parts"):
        extract(many, name="a.docx")


def test_entities_of_a_word_file_are_never_unfolded() -> None:
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'

    with pytest.raises(InputError, match="declares a document type"):
        extract(docx(paragraph("x") + "&b;&c;", prolog=laughs), name="a.docx")


# RunOptions and limits


@pytest.mark.parametrize(
    ("kind", "module", "message"),
    [
        ("a.pdf", "pypdfium2", r"a\.pdf: reading PDF needs pypdfium2: pip install 'checked-summarizer\[pdf\]'"),
        ("a.html", "trafilatura", r"a\.html: reading HTML needs trafilatura: pip install 'checked-summarizer\[web\]'"),
        ("a.html", "lxml", r"a\.html: reading HTML needs lxml: pip install 'checked-summarizer\[web\]'"),
    ],
)
def test_a_missing_extra_is_named(kind: str, module: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(InputError, match=f"^{message}$"):
        extract(story(kind), name=kind)


def test_a_pdf_may_be_larger_than_a_text_and_has_its_limit_too(tmp_path: Path) -> None:
    larger = story("a.pdf") + b"\n" * (MAX_BYTES + 1)
    too_large = story("a.pdf") + b"\n" * MAX_FILE_BYTES

    assert read(made(tmp_path, "a.pdf", larger)).document.text.startswith("The mayor")
    with pytest.raises(InputError, match="larger than 32 MB"):
        read(made(tmp_path, "b.pdf", too_large))


def test_a_run_on_text_imports_no_reader_of_another_format(seed: Path) -> None:
    code = (
        "import sys\nfrom summarizer import cli\n"
        f"sys.argv = ['summarizer', 'summarize', {str(seed)!r}]\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"trafilatura", "lxml", "pypdfium2", "ssl", "http.client", "subprocess", "summarizer.reading.fetch"}  # fmt: skip


@pytest.mark.parametrize("kind", ["a.html", "a.pdf", "a.docx"])
def test_standard_input_is_read_by_what_it_holds(kind: str, tmp_path: Path) -> None:
    summary = made(tmp_path, "s.txt", b"Snow fell on two roads in the north.")
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "check", summary, "--source", "-"],
        input=story(kind), capture_output=True, check=False,
    )  # fmt: skip

    assert (done.returncode, b"supported" in done.stdout) == (0, True), done.stderr


def test_a_folder_is_never_imported_from_because_it_is_current(tmp_path: Path) -> None:
    (tmp_path / "pypdfium2.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (tmp_path / "json.py").write_text("raise SystemExit(9)", encoding="utf-8")
    source = made(tmp_path, "a.pdf", story("a.pdf"))
    code = f"import sys\nsys.path = [p for p in sys.path if p]\nfrom summarizer.reading import read\nprint(read({str(source)!r}).document.name)"
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.stdout == "a.pdf\n", done.stderr


def test_warnings_of_reading_go_into_the_report(tmp_path: Path) -> None:
    source = read(made(tmp_path, "a.pdf", pdf([[*STORY], []])))
    assert isinstance(source, Reading)

    report = check("Snow fell on two roads in the north.", [source], backend="embedded")

    assert "a.pdf: 1 of 2 pages have no text (a picture?) and were not read" in report.run.warnings
