"""From the bytes of a file to its text: plain text as it is, everything else by the reader of its format.

Third-party libraries read untrusted bytes in a process of their own, with a limit on time and memory
(`sandbox`). Offsets of a report refer to the text that comes out here.
"""

import importlib.util

from summarizer.errors import InputError
from summarizer.reading.decoding import decode
from summarizer.reading.formats.extract import MAX_TEXT, Extract
from summarizer.reading.formats.sniff import Format, sniff

# What each format needs beyond the standard library, and the extra that installs it.
NEEDS = {Format.HTML: (("trafilatura", "lxml"), "web"), Format.PDF: (("pypdfium2",), "pdf")}

__all__ = ["Extract", "Format", "extract"]


def extract(data: bytes, *, name: str, stated: Format | None = None, encoding: str | None = None) -> Extract:
    """Return the text of a file with what is known about it.

    The format comes from the first bytes, then from the end of the name or from `stated`, which is what a server says.
    Raises `InputError` for what is broken, too large, locked or without text, and for a format whose extra is
    not installed.
    """
    kind = sniff(data, name=name, stated=stated)
    if kind is Format.TEXT:
        return Extract(decode(data, name=name, encoding=encoding))
    _require(kind, name)
    if kind is Format.DOCX:
        from summarizer.reading.formats.docx import read_docx  # noqa: PLC0415 (zipfile and expat only where needed)

        found = read_docx(data, name=name)
    else:
        from summarizer.reading.formats.sandbox import extract_apart  # noqa: PLC0415 (only where needed)

        found = extract_apart(data, format=kind, name=name, encoding=encoding)
    if len(found.text) > MAX_TEXT:
        raise InputError(f"{name}: holds more than {MAX_TEXT // 1024**2} million characters; split it")
    return found


def _require(format: Format, name: str) -> None:
    modules, extra = NEEDS.get(format, ((), ""))
    for module in modules:
        if importlib.util.find_spec(module) is None:
            raise InputError(
                f"{name}: reading {format.value} needs {module}: pip install 'checked-summarizer[{extra}]'"
            )
