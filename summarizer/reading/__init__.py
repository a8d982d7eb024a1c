"""A file, standard input or a web page to `Document`: its text, by its format, or one clear error."""

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import BinaryIO, Literal

from summarizer.errors import InputError, UsageError
from summarizer.reading.addresses import is_url, name_of
from summarizer.reading.decoding import OTHER_FORMATS, decode, printable_name
from summarizer.reading.formats import Extract, extract
from summarizer.reading.formats.sniff import ENDINGS, Format, is_binary, sniff
from summarizer.schema import Document, Record

__all__ = ["MAX_BYTES", "MAX_FILE_BYTES", "OTHER_FORMATS", "Reading", "decode", "only_names", "printable_name", "read", "read_all", "read_document", "read_documents"]  # fmt: skip

MAX_BYTES = 8 * 1024 * 1024  # a 1,000-page book is 3.4 MB of text
MAX_FILE_BYTES = 32 * 1024 * 1024  # of a PDF or Word file, most of which is pictures and type
LONGEST_NAME = 255  # code points; no file has a longer name
SUFFIXES = frozenset({".txt", ".md", ".markdown", ".rst", ".odt", ".epub", ".rtf", ".doc", *ENDINGS})


class Reading(Record):
    """A document as it was read, with what its file says about it besides the text.

    A report has no place for title, byline and date, so they stay here.
    """

    document: Document
    """The text; every offset of a report refers to it."""
    title: str | None = None
    """Of the article, where a web page or the front matter of a text states it."""
    byline: str | None = None
    """Who wrote it, likewise."""
    date: str | None = None
    """When it was published, likewise: `2026-11-02`."""
    format: Format = Format.TEXT
    """That of the file. The text of any but `TEXT` was taken out of it, so that its lines are not those of the file."""
    warnings: tuple[str, ...] = ()
    """What was left out or changed in reading; these go into the report."""


def read_documents(
    sources: Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    allow_url: bool = False,
    max_text: int = MAX_BYTES,
) -> tuple[Document, ...]:
    """Read every source in order; their ids are `d1`, `d2`, ... See `read_all`."""
    return tuple(
        reading.document for reading in read_all(sources, encoding=encoding, allow_url=allow_url, max_text=max_text)
    )


def read_all(
    sources: Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    allow_url: bool = False,
    max_text: int = MAX_BYTES,
) -> tuple[Reading, ...]:
    """Read every source in order; their ids are `d1`, `d2`, ... See `read`.

    Files of the same name in different folders keep their folders in their names.
    """
    given = tuple(sources)
    readings = tuple(
        read(source, id=f"d{number}", encoding=encoding, allow_url=allow_url, max_text=max_text)
        for number, source in enumerate(given, start=1)
    )
    names = [reading.document.name for reading in readings]
    return tuple(
        reading
        if names.count(reading.document.name) == 1
        else reading.model_copy(
            update={"document": reading.document.model_copy(update={"name": printable_name(source)})}
        )
        for reading, source in zip(readings, given, strict=True)
    )


def read_document(source: str | os.PathLike[str], *, id: str = "d1", encoding: str | None = None) -> Document:
    """Read the text of one file, or of standard input where `source` is `-`. See `read`."""
    return read(source, id=id, encoding=encoding).document


def read(
    source: str | os.PathLike[str],
    *,
    id: str = "d1",
    encoding: str | None = None,
    allow_url: bool = False,
    max_text: int = MAX_BYTES,
) -> Reading:
    """Read one file, standard input where `source` is `-`, or a web page where that is allowed.

    Text stays as it is, but that each line ends with LF or CRLF; of HTML, PDF and Word files the text is taken out.
    The document is named by the file alone, so that a report does not depend on where the file lay. Raises `InputError`
    for what is missing, no file, too large, broken, locked, empty or not in its encoding. `max_text` is the limit in bytes for plain
    text in a file or on standard input; what has to be taken apart and what comes from the web keeps its own.
    """
    name = printable_name(source)
    if is_url(name):
        return _read_url(name, id=id, encoding=encoding, allowed=allow_url)
    found = extract(_bytes_of(source, name, max_text), name=name, encoding=encoding)
    return _reading(found, id=id, name=printable_name(os.path.basename(source)))  # noqa: PTH119 (bytes too)


def only_names(text: str) -> Literal["file", "address"] | None:
    """What a text names where it is a name and nothing else, so that whoever gave it as a text meant something else.

    >>> only_names("notes/press release.md"), only_names("https://example.org/a"), only_names("Snow fell.")
    ('file', 'address', None)
    """
    name = text.strip()
    if is_url(name) and len(name.split()) == 1:
        return "address"
    return (
        "file" if len(name) <= LONGEST_NAME and "\n" not in name and PurePath(name).suffix.lower() in SUFFIXES else None
    )


def _read_url(url: str, *, id: str, encoding: str | None, allowed: bool) -> Reading:
    if not allowed:
        raise UsageError(f"{url}: is a web address; add --allow-url to fetch it")
    from summarizer.reading.fetch import fetch  # noqa: PLC0415 (the network only where it is asked for)

    page = fetch(url)
    found = extract(page.data, name=url, stated=page.format, encoding=encoding or page.encoding)
    return _reading(found._replace(warnings=(*page.warnings, *found.warnings)), id=id, name=name_of(url))


def _reading(found: Extract, *, id: str, name: str) -> Reading:
    return Reading(
        document=Document.of(found.text, id=id, name=name),
        title=found.title,
        byline=found.byline,
        date=found.date,
        format=found.format,
        warnings=tuple(f"{name}: {warning}" for warning in found.warnings),
    )


def _bytes_of(source: str | os.PathLike[str], name: str, max_text: int) -> bytes:
    if os.fspath(source) == "-":
        return _within_limit(sys.stdin.buffer, "-", max_text)
    if not os.fspath(source):
        raise InputError('"": the name of a file is empty; name one, or use - for standard input')
    try:
        if stat.S_ISDIR(Path(source).stat().st_mode):
            raise InputError(f"{name}: is a directory; name the files in it")
        with Path(source).open("rb") as file:
            return _within_limit(file, name, max_text)
    except FileNotFoundError as error:
        raise InputError(f"{name}: no such file; check the name, or use - for standard input") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: cannot read: {getattr(error, 'strerror', None) or error}") from error


def _within_limit(file: BinaryIO, name: str, max_text: int) -> bytes:
    data = file.read(MAX_BYTES + 1)
    limit, hint = MAX_BYTES, ""
    if is_binary(data):
        limit = MAX_FILE_BYTES
    elif len(data) > MAX_BYTES and sniff(data, name=name) is Format.TEXT:
        limit, hint = max_text, "raise the limit with --max-text, "
    if len(data) > MAX_BYTES:
        data += file.read(limit + 1 - len(data)) if limit >= len(data) else b""
    if len(data) > limit:
        size = f"{limit / 1024**2:g}"
        raise InputError(f"{name}: larger than {size} MB; {hint}split it, or give the chapter that you need")
    return data
