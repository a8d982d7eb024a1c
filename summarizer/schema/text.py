"""Texts and places in them. Offsets are half-open and count code points."""

import hashlib
import re
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from summarizer.errors import InputError

Text = Annotated[str, Field(min_length=1)]
# Those of Unicode beside LF and CRLF, which some programs write as CR CR LF; a form feed ends a page.
LINE_ENDS = re.compile("[\r\v\x85\u2028\u2029](?<!\r(?=\r?\n))")


class Record(BaseModel):
    """A frozen record: no unknown fields, no assignment, documented fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)


class Span(Record):
    """A half-open range of code points: `text[start:end]`."""

    start: Annotated[int, Field(ge=0)]
    """First code point, counted from 0."""
    end: Annotated[int, Field(gt=0)]
    """One past the last code point."""

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"an empty span: {self.start} to {self.end}")
        return self

    def of(self, text: str) -> str:
        """Return the words that the span covers.

        >>> Span(start=4, end=9).of("the words here")
        'words'
        """
        return text[self.start : self.end]


class Document(Record):
    """A text as read; every offset of a report refers to one."""

    id: Text
    """Short name within the report: `d1`, `d2` for sources, `summary` for the summary."""
    name: str
    """Where it came from, for people: a file name, or `-` for standard input."""
    text: Text
    """The text, with its spaces as they were; its lines end with LF or CRLF."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 of the text in UTF-8, in hexadecimal."""

    @model_validator(mode="after")
    def _digest_matches(self) -> Self:
        if self.sha256 != _digest(self.text):
            raise ValueError(f"document {self.id}: the text does not have this SHA-256")
        return self

    @classmethod
    def of(cls, text: str, *, id: str = "d1", name: str = "-") -> Self:
        r"""Build a document from text alone; a rarer line end is a line feed, and every offset stays as it was.

        Raises an `InputError` for half a surrogate pair, which no UTF-8 can hold.

        >>> Document.of("Rain fell.\rSnow fell.\r\n").text
        'Rain fell.\nSnow fell.\r\n'
        """
        text = LINE_ENDS.sub("\n", text)
        try:
            digest = _digest(text)
        except UnicodeEncodeError as error:
            raise InputError(
                f"{name}: has half a surrogate pair at character {error.start}; decode it with its other half, or leave it out"
            ) from None
        return cls(id=id, name=name, text=text, sha256=digest)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Evidence(Record):
    """Words of a source, proven: `document.text[span.start:span.end] == quote`."""

    document: Text
    """`Document.id` of the source."""
    span: Span
    """Where the words stand in that document."""
    quote: Text
    """The words themselves."""
