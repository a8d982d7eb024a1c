"""Bytes become exactly the text they are, or one clear error."""

from pathlib import Path

import pytest

from summarizer.errors import InputError
from summarizer.language.sentences import sentences
from summarizer.reading import MAX_BYTES, decode, printable_name, read, read_document, read_documents
from summarizer.reading.places import Place, Places
from summarizer.schema import Document, Span


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-8"])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(encoding: str) -> None:
    assert decode("Żubr – 5 €\r\n".encode(encoding), name="a.txt") == "Żubr – 5 €\r\n"


def test_a_text_keeps_its_line_feeds_and_their_carriage_returns(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"One.\r\nTwo.\n\r\nThree.\r\r\n")

    assert read_document(file).text == "One.\r\nTwo.\n\r\nThree.\r\r\n"


def test_the_front_matter_of_a_text_says_who_wrote_what_and_when(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: Snow\nauthor: Jon Farrow\ndate: 2024-05-03T10:00\n---\nIt fell.\n", encoding="utf-8")

    reading = read(file)

    assert (reading.title, reading.byline, reading.date) == ("Snow", "Jon Farrow", "2024-05-03")
    assert reading.document.text == file.read_text(encoding="utf-8")


def test_a_text_of_front_matter_and_comments_alone_is_empty(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: Snow\n---\n<!-- It fell. -->\n", encoding="utf-8")

    with pytest.raises(
        InputError, match=r"empty: it has front matter \(20 characters\), 1 comment \(17 characters\) and"
    ):
        read(file)


@pytest.mark.parametrize("end", ["\r", "\v", "\x85", "\u2028", "\u2029"])
def test_a_line_may_end_as_any_system_ends_it(end: str, tmp_path: Path) -> None:
    lines = ("Bridge of Tarn open", "By Jon Farrow", "3 May 2024", "The mayor opened it, the council said.")
    file = tmp_path / "a.txt"
    file.write_bytes(end.join(lines).encode())

    document = read_document(file)

    assert tuple(one.text for one in sentences(document)) == lines
    assert len(document.text) == len(end.join(lines))
    assert {document.text[one.start : one.end] == one.text for one in sentences(document)} == {True}


def test_an_undecodable_byte_is_named_by_its_offset() -> None:
    with pytest.raises(InputError, match=r"a\.txt: not UTF-8: cannot decode byte e9 at offset 3; .*--encoding cp1252"):
        decode("café".encode("latin-1"), name="a.txt")


def test_the_offset_counts_the_byte_order_mark() -> None:
    with pytest.raises(InputError, match="offset 5"):
        decode(b"\xef\xbb\xbfab\xff", name="a.txt")


def test_another_encoding_is_read_where_it_is_named() -> None:
    assert decode("café".encode("cp1252"), name="a.txt", encoding="cp1252") == "café"


def test_an_unknown_encoding_is_an_error() -> None:
    with pytest.raises(InputError, match="unknown encoding 'klingon'"):
        decode(b"text", name="a.txt", encoding="klingon")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t \r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"text\0more", "binary: a zero byte at character 4"),
        (b"%PDF-1.7 ...", "is a PDF; save it as plain text"),
        (b"PK\x03\x04...", "is a ZIP or Word file"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decode(data, name="a.txt")


def test_a_file_over_the_limit_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as big:
        big.truncate(MAX_BYTES * 100)

    with pytest.raises(InputError, match="larger than 8 MB"):
        read_document(file)


def test_the_limit_of_plain_text_may_be_raised_and_no_other(tmp_path: Path) -> None:
    text, page = tmp_path / "long.txt", tmp_path / "long.html"
    text.write_bytes(b"snow fell\n" * (MAX_BYTES // 10 + 1))
    page.write_bytes(b"<!doctype html><p>" + text.read_bytes())

    assert len(read(text, max_text=2 * MAX_BYTES).document.text) > MAX_BYTES
    with pytest.raises(InputError, match="larger than 8 MB; raise the limit with --max-text"):
        read(text)
    text.write_bytes(text.read_bytes() * 2)
    with pytest.raises(InputError, match=r"larger than 8\.5 MB"):
        read(text, max_text=MAX_BYTES + MAX_BYTES // 16)
    with pytest.raises(InputError, match="larger than 8 MB; split it"):
        read(page, max_text=4 * MAX_BYTES)


def test_a_name_with_undecodable_bytes_is_escaped() -> None:
    assert printable_name("caf\udce9.txt") == "caf\\xe9.txt"


def test_places_count_paragraphs_and_sentences_from_one() -> None:
    document = Document.of("Headline\n\nOne. Two.\nStill the same paragraph.\n\nThree. Four.")
    places = Places(document)

    found = [
        places.of(Span(start=document.text.index(word), end=len(document.text))) for word in ("Head", "Two", "Four")
    ]

    assert found == [Place(1, 1), Place(2, 2), Place(3, 2)]


def test_front_matter_and_comments_are_no_paragraphs() -> None:
    document = Document.of("---\ntitle: x\n\nlist: []\n---\nOne.\n\n<!-- a\n\nb -->\n\nTwo.")

    assert Places(document).of(Span(start=document.text.index("Two"), end=len(document.text))) == Place(2, 1)


def test_lines_are_paragraphs_where_no_line_is_blank() -> None:
    document = Document.of("One. Two.\nThree. Four.")

    assert Places(document).of(Span(start=document.text.index("Four"), end=22)) == Place(2, 2)


def test_a_report_does_not_depend_on_where_the_file_lay(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = tmp_path / "one" / "a.txt", tmp_path / "two" / "a.txt"
    one.write_text("Rain.", encoding="utf-8")
    two.write_text("Snow.", encoding="utf-8")

    assert read_document(one).name == "a.txt"
    assert [document.name for document in read_documents([one, two])] == [str(one), str(two)]
