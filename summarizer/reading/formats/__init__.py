"""From the bytes of a file to its text: plain text as it is, everything else by the reader of its format.

Third-party libraries read untrusted bytes in a process of their own, with a limit on time and memory
(`sandbox`). Offsets of a report refer to the text that comes out here.
"""

import importlib.util

from summarizer.errors import InputError
from summarizer.reading.formats import text
from summarizer.reading.formats.extract import MAX_TEXT, Extract
from summarizer.reading.formats.readers import READERS, Reader
from summarizer.reading.formats.sniff import Format, sniff

__all__ = ["Extract", "Format", "extract"]


def extract(data: bytes, *, name: str, stated: Format | None = None, encoding: str | None = None) -> Extract:
    """Return the text of a file with what is known about it.

    The format comes from the first bytes, then from the end of the name or from `stated`, which is what a server says.
    Raises `InputError` for what is broken, too large, locked or without text, and for a format whose extra is
    not installed.
    """
    kind = sniff(data, name=name, stated=stated)
    if kind is Format.TEXT:
        return text.read(data, name=name, encoding=encoding)
    reader = READERS[kind]
    _require(reader, kind, name)
    if reader.sandboxed:
        from summarizer.reading.formats.sandbox import extract_apart  # noqa: PLC0415 (only where needed)

        found = extract_apart(data, format=kind, name=name, encoding=encoding)
    else:
        found = reader.read(data, name=name, encoding=encoding)
    if len(found.text) > MAX_TEXT:
        raise InputError(f"{name}: holds more than {MAX_TEXT // 1024**2} million characters; split it")
    return found._replace(format=kind)


def _require(reader: Reader, format: Format, name: str) -> None:
    for module in reader.needs:
        if importlib.util.find_spec(module) is None:
            raise InputError(
                f"{name}: reading {format.value} needs {module}: pip install 'checked-summarizer[{reader.extra}]'"
            )
