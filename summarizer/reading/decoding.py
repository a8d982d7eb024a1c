"""Bytes of a text file to the text that they are, or one clear error; nothing is replaced or guessed."""

import codecs
import os
import re

from summarizer.errors import InputError
from summarizer.language.patterns import LONE_SURROGATE

# The longer marks first: the UTF-32 mark begins with the UTF-16 one.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What browsers take the names for that pages and servers give, as the Encoding Standard has it.
BY_BROWSERS = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "iso8859-1", "us-ascii", "ascii", "windows-1252", "x-user-defined"), "cp1252"),
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip

CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_:.-]{1,40})|<\?xml[^>]{0,100}?encoding\s{0,3}=\s{0,3}[\"']([A-Za-z0-9_:.-]{1,40})",
    re.IGNORECASE,
)
WITHIN = 4_096  # bytes in which a page names its encoding
# Encodings in which no name can be read as ASCII; the HTML standard takes a page that names one for UTF-8.
WIDE = re.compile(r"utf[-_]?(?:16|32)[-_]?(?:[lb]e)?|(?:iso-10646-)?ucs-[24]|(?:cs)?unicode(?:feff|fffe)?")

# What people give by mistake, known by its first bytes.
OTHER_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Word file"),
    (b"\xd0\xcf\x11\xe0", "an old or locked Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def decode(data: bytes, *, name: str, encoding: str | None = None) -> str:
    """Return the text of `data`, without a byte order mark; nothing is replaced or guessed.

    The encoding is the one given, else that of the byte order mark, else UTF-8.
    """
    for start, what in OTHER_FORMATS:
        if data.startswith(start):
            raise InputError(f"{name}: is {what}; save it as plain text first")
    mark, by_mark = marked(data)
    codec = encoding or by_mark or "utf-8"
    body = data[len(mark) :] if by_mark and _same_codec(codec, by_mark) else data
    try:
        text = body.decode(codec)
    except LookupError as error:
        raise InputError(f"{name}: unknown encoding {codec!r}; try --encoding cp1252 or utf-16") from error
    except UnicodeError as error:
        offset = getattr(error, "start", 0) + len(data) - len(body)
        hint = "is it a text file?" if b"\0" in data[:4096] else "if it is older Windows text, add --encoding cp1252"
        raise InputError(
            f"{name}: not {codec.upper()}: cannot decode byte {data[offset : offset + 1].hex() or '-'} at offset {offset}; {hint}"
        ) from error
    if lone := LONE_SURROGATE.search(text):
        raise InputError(
            f"{name}: not {codec.upper()}: half of a sign at character {lone.start()}; is the encoding right?"
        )
    if "\0" in text:
        raise InputError(f"{name}: binary: a zero byte at character {text.index(chr(0))}; give a plain text file")
    if not text.strip():
        raise InputError(f"{name}: empty: there is no text in it; give a file with an article or summary")
    return text


def marked(data: bytes) -> tuple[bytes, str | None]:
    """The byte order mark that the data begins with and its encoding; empty and None without one."""
    return next(((mark, codec) for mark, codec in BYTE_ORDER_MARKS if data.startswith(mark)), (b"", None))


def codec_of(label: str) -> str:
    """The encoding that a page or a server means by a name.

    >>> codec_of("ISO-8859-1"), codec_of("utf-8")
    ('cp1252', 'utf-8')
    """
    return BY_BROWSERS.get(label.lower(), label.lower())


def stated_codec(data: bytes) -> str | None:
    """The encoding that a page names in its first bytes; None where it names none, or begins with a byte order mark."""
    if marked(data)[1]:
        return None
    found = CHARSET.search(data[:WITHIN])
    if found is None:
        return None
    label = (found[1] or found[2]).decode("ascii").lower()
    return "utf-8" if WIDE.fullmatch(label) else codec_of(label)


def printable_name(source: str | os.PathLike[str]) -> str:
    """Return a file name as people wrote it, with undecodable bytes escaped and no folder of this machine added."""
    return os.fsencode(source).decode("utf-8", "backslashreplace")


def _same_codec(one: str, other: str) -> bool:
    """Whether a mark for `other` is a mark for `one` too ("utf-16" reads "utf-16-le" marks by itself)."""
    try:
        return codecs.lookup(one).name in (other, "utf-8-sig" if other == "utf-8" else other)
    except LookupError:
        return False
