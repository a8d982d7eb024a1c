"""What a reader of a format returns."""

import re
from typing import NamedTuple

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


def cleaned(text: str) -> str:
    r"""Return text from a binary format with plain line ends and without control characters, which are no words.

    >>> cleaned("one\r\ntwo\x00")
    'one\ntwo'
    """
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "page"), counted(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
