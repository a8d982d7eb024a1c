"""What a reader of a format returns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from summarizer.errors import InputError
from summarizer.reading.formats.raised import with_plain_fractions
from summarizer.reading.formats.sniff import Format

MAX_TEXT = 8 * 1024 * 1024  # code points; a 1,000-page book is 3.4 million
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Extract(NamedTuple):
    """The text of a file, and what a reader should know about it."""

    text: str
    warnings: tuple[str, ...] = ()
    """Without the name of the file."""
    title: str | None = None
    byline: str | None = None
    date: str | None = None
    format: Format = Format.TEXT


def cleaned(text: str) -> str:
    r"""Return text from a binary format with plain line ends and without control characters, which are no words.

    >>> cleaned("one\r\ntwo\x00")
    'one\ntwo'
    """
    return with_plain_fractions(CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def whole(paragraphs: Sequence[str], warnings: Iterable[str], name: str) -> Extract:
    """The paragraphs of a document, parted by blank lines. Raises an `InputError` where there is no text in them."""
    text = cleaned("\n\n".join(paragraphs))
    if not text.strip():
        raise InputError(f"{name}: empty: there is no text in it; give a file with an article or summary")
    return Extract(text, tuple(warnings))


def unread(*, hidden: int, struck: int, deleted: int) -> Iterator[str]:
    """Warnings about what a word processor does not print as text: code points, but for tracked deletions."""
    if hidden:
        yield f"hidden text was not read: {counted(hidden, 'character')}"
    if struck:
        yield f"struck text was not read: {counted(struck, 'character')}"
    if deleted:
        yield f"{counted(deleted, 'tracked deletion')} {'was' if deleted == 1 else 'were'} not read"


def row_of(cells: Iterable[str], *, nested: bool) -> str:
    r"""A row of cells on one line, parted by tabs; that of a table within a cell by commas, so that it adds no cell.

    >>> row_of(["Pell", "salt\nrope"], nested=False), row_of(["salt", "rope"], nested=True)
    ('Pell\tsalt rope', 'salt, rope')
    """
    lines = (" ".join(cell.replace("\t", " ").splitlines()) for cell in cells)
    return ", ".join(line for line in lines if line.strip()) if nested else "\t".join(lines)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "page"), counted(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
