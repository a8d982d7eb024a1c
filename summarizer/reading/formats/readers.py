"""Which module reads a format, and what it needs: one row for each format but plain text.

A reader is a function of the bytes: `read(data, *, name, encoding) -> Extract`; `encoding` is the one that the user or a
server stated, if any. It raises an `InputError` for what cannot be read.
"""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from summarizer.reading.formats.extract import Extract
from summarizer.reading.formats.sniff import Format

Read = Callable[..., Extract]


class Reader(NamedTuple):
    """How a format is read."""

    module: str
    """The module of this package whose `read` is the reader; imported when a file needs it."""
    needs: tuple[str, ...] = ()
    """Modules beyond the standard library that must be installed."""
    extra: str = ""
    """The extra that installs them."""
    sandboxed: bool = True
    """Whether it runs in a process of its own, as everything that hands untrusted bytes to a library should."""

    @property
    def read(self) -> Read:
        function: Read = import_module(f"{__package__}.{self.module}").read
        return function


READERS = {
    Format.HTML: Reader("html", needs=("trafilatura", "lxml"), extra="web"),
    Format.PDF: Reader("pdf", needs=("pypdfium2",), extra="pdf"),
    Format.DOCX: Reader("docx", sandboxed=False),
    Format.ODT: Reader("odt", sandboxed=False),
    Format.EPUB: Reader("epub", sandboxed=False),
    Format.SUBTITLES: Reader("subtitles", sandboxed=False),
    Format.MAIL: Reader("mail"),
}
