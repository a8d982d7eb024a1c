"""Which format bytes are in: by their beginning, and only then by the end of the name."""

import re
from enum import StrEnum
from pathlib import PurePath

from summarizer.errors import InputError
from summarizer.reading.decoding import OTHER_FORMATS, marked

PDF_START = b"%PDF-"
ZIP_START = b"PK\x03\x04"
SHOWN = 2_048  # bytes that are looked at
HTML_START = re.compile(
    r"\A\s*(?:<\?xml\b[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*){0,5}<(?:!doctype\s+html|html)\b", re.I | re.S
)
SUBTITLES_START = re.compile(
    r"\A(?:WEBVTT(?=[ \t\r\n])|\s*\d{1,6}[ \t]*\r?\n[ \t]*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}[ \t]*-->)"
)


# The head of a mail up to the field that says how its parts are written, which a copied head does not have.
MAIL_START = re.compile(
    r"\A(?:From [^\n]{1,200}\n)?(?:[A-Za-z][\w-]{0,60}:[^\n]*+\n(?:[ \t][^\n]*+\n){0,99}+){0,99}?MIME-Version:", re.I
)


class Format(StrEnum):
    """A format that can be read; the value is its name for people."""

    TEXT = "text"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "Word"
    ODT = "OpenDocument"
    EPUB = "EPUB"
    SUBTITLES = "subtitles"
    MAIL = "e-mail"


BINARY = {
    Format.PDF: "a PDF", Format.DOCX: "a Word file", Format.ODT: "an OpenDocument file", Format.EPUB: "an EPUB",
}  # fmt: skip
# The first part of such a file is called `mimetype` and says what it is.
ZIPPED = {
    Format.ODT: b"mimetypeapplication/vnd.oasis.opendocument.text",
    Format.EPUB: b"mimetypeapplication/epub+zip",
}
ENDINGS = {
    ".htm": Format.HTML, ".html": Format.HTML, ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".odt": Format.ODT, ".ott": Format.ODT, ".epub": Format.EPUB,
    ".srt": Format.SUBTITLES, ".vtt": Format.SUBTITLES,
    ".eml": Format.MAIL, ".mhtml": Format.MAIL, ".mht": Format.MAIL,
    ".docx": Format.DOCX, ".docm": Format.DOCX, ".dotx": Format.DOCX,
}  # fmt: skip


def is_binary(start: bytes) -> bool:
    """Whether a file that begins like this is a PDF or a ZIP file, which may be larger than a text.

    >>> is_binary(b"%PDF-1.7"), is_binary(b"The mayor")
    (True, False)
    """
    return start.startswith((PDF_START, ZIP_START))


def sniff(data: bytes, *, name: str, stated: Format | None = None) -> Format:
    """Return the format of `data`.

    Raises `InputError` where the name promises a PDF or Word file and the bytes are not one: a file that is cut off or
    mislabelled would be read as rubbish.
    """
    if data.startswith(PDF_START):
        return Format.PDF
    if data.startswith(ZIP_START):
        return next((form for form, mark in ZIPPED.items() if mark in data[:SHOWN]), Format.DOCX)
    if any(data.startswith(start) for start, _ in OTHER_FORMATS):
        return Format.TEXT  # whose reader names what it is
    if HTML_START.match(_beginning(data)):
        return Format.HTML
    if SUBTITLES_START.match(_beginning(data)):
        return Format.SUBTITLES
    if MAIL_START.match(_beginning(data)):
        return Format.MAIL
    promised = stated or ENDINGS.get(PurePath(name).suffix.lower())
    if not data.strip() or promised is None:
        return Format.TEXT
    if what := BINARY.get(promised):
        raise InputError(
            f"{name}: is called {what} and does not begin as one; rename it if it is text, else get it again"
        )
    return promised


def _beginning(data: bytes) -> str:
    mark, codec = marked(data)
    return data[len(mark) : SHOWN].decode(codec or "latin-1", "ignore")
