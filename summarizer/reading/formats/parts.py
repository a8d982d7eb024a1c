"""The XML parts of a document in a ZIP file, told to a listener in one pass.

Expat keeps no tree, so that depth and memory are bounded; a document type declaration, and with it every entity, ends
the reading. Nothing that a part points to is opened.
"""

from typing import Protocol
from xml.parsers import expat

from summarizer.errors import InputError
from summarizer.reading.formats.archive import Archive

MAX_DEPTH = 256


class Listener(Protocol):
    """Receives the contents of a part, in order; a tag is its namespace, a space and its name."""

    def started(self, tag: str, attributes: dict[str, str]) -> None: ...
    def ended(self, tag: str) -> None: ...
    def said(self, text: str) -> None: ...


def tell(archive: Archive, part: str, listener: Listener, name: str) -> None:
    """Tell a listener what is in a part. Raises an `InputError` for what is broken, too deep or declares a document type."""
    depth = 0

    def started(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise InputError(f"{name}: {part} is nested deeper than {MAX_DEPTH}; save the article as plain text")
        listener.started(tag, attributes)

    def ended(tag: str) -> None:
        nonlocal depth
        depth -= 1
        listener.ended(tag)

    def declared(*_: object) -> None:
        raise InputError(f"{name}: {part} declares a document type, which is not read; save the article as plain text")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler = listener.said
    try:
        for chunk in archive.chunks(part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputError(f"{name}: {part} is broken: {error}; save it again") from error
