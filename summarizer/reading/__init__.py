"""Bytes to `Document`: text in UTF-8 or by its byte order mark, exactly as it was, or one clear error."""

import codecs
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import InputError
from summarizer.schema import Document

MAX_BYTES = 8 * 1024 * 1024  # a 1,000-page book is 3.4 MB of text

# The longer marks first: the UTF-32 mark begins with the UTF-16 one.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What people give by mistake, known by its first bytes.
OTHER_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Word file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def read_documents(sources: Iterable[str | os.PathLike[str]], *, encoding: str | None = None) -> tuple[Document, ...]:
    """Read every source in order; their ids are `d1`, `d2`, ... See `read_document`.

    Files of the same name in different folders keep their folders in their names.
    """
    given = tuple(sources)
    documents = tuple(
        read_document(source, id=f"d{number}", encoding=encoding) for number, source in enumerate(given, start=1)
    )
    names = [document.name for document in documents]
    return tuple(
        document if names.count(document.name) == 1 else document.model_copy(update={"name": printable_name(source)})
        for document, source in zip(documents, given, strict=True)
    )


def read_document(source: str | os.PathLike[str], *, id: str = "d1", encoding: str | None = None) -> Document:
    """Read one file, or standard input where `source` is `-`.

    The document is named by the file alone, so that a report does not depend on
    where the file lay. Raises `InputError` for what is missing, no file, too large, binary, empty or
    not in its encoding; the message names the offset of the first bad byte.
    """
    name = printable_name(source)
    data = _bytes_of(source, name)
    return Document.of(decode(data, name=name, encoding=encoding), id=id, name=printable_name(os.path.basename(source)))  # noqa: PTH119 (bytes too)


def decode(data: bytes, *, name: str, encoding: str | None = None) -> str:
    """Return the text of `data`, without a byte order mark; nothing is replaced or guessed.

    The encoding is the one given, else that of the byte order mark, else UTF-8.
    """
    for start, what in OTHER_FORMATS:
        if data.startswith(start):
            raise InputError(f"{name}: is {what}; save it as plain text first")
    mark, by_mark = next(((m, e) for m, e in BYTE_ORDER_MARKS if data.startswith(m)), (b"", None))
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
    if "\0" in text:
        raise InputError(f"{name}: binary: a zero byte at character {text.index(chr(0))}; give a plain text file")
    if not text.strip():
        raise InputError(f"{name}: empty: there is no text in it; give a file with an article or summary")
    if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html")):
        raise InputError(f"{name}: is HTML; save the article as plain text first")
    return text


def printable_name(source: str | os.PathLike[str]) -> str:
    """Return a file name as people wrote it, with undecodable bytes escaped and no folder of this machine added."""
    return os.fsencode(source).decode("utf-8", "backslashreplace")


def _same_codec(one: str, other: str) -> bool:
    """Whether a mark for `other` is a mark for `one` too ("utf-16" reads "utf-16-le" marks by itself)."""
    try:
        return codecs.lookup(one).name in (other, "utf-8-sig" if other == "utf-8" else other)
    except LookupError:
        return False


def _bytes_of(source: str | os.PathLike[str], name: str) -> bytes:
    if os.fspath(source) == "-":
        return _within_limit(sys.stdin.buffer, "-")
    try:
        if stat.S_ISDIR(Path(source).stat().st_mode):
            raise InputError(f"{name}: is a directory; name the files in it")
        with Path(source).open("rb") as file:
            return _within_limit(file, name)
    except FileNotFoundError as error:
        raise InputError(f"{name}: no such file; check the name, or use - for standard input") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: cannot read: {getattr(error, 'strerror', None) or error}") from error


def _within_limit(file: BinaryIO, name: str) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: larger than {MAX_BYTES // 1024**2} MB; split it, or give the chapter that you need")
    return data
