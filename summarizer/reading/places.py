"""Where a span stands, in words that a person can follow: paragraph and sentence."""

import re
from bisect import bisect_right
from typing import NamedTuple

from summarizer.reading.sentences import sentence_offsets
from summarizer.schema import Document, Span

BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
LINE = re.compile(r"\n\s*")


class Place(NamedTuple):
    """Both counted from 1; the sentence within its paragraph."""

    paragraph: int
    sentence: int

    def __str__(self) -> str:
        return f"paragraph {self.paragraph}, sentence {self.sentence}"


class Places:
    """The paragraphs and sentences of one document.

    Paragraphs are parted by blank lines; in a text without any, each line is one.
    """

    def __init__(self, document: Document) -> None:
        text = document.text
        lead = len(text) - len(text.lstrip())
        breaks = BLANK_LINE if BLANK_LINE.search(text.strip()) else LINE
        self._paragraphs = [lead, *(match.end() for match in breaks.finditer(text, lead))]
        self._sentences = [start for start, _ in sentence_offsets(text)]

    def of(self, span: Span) -> Place:
        """Return where the span begins."""
        paragraph = max(0, bisect_right(self._paragraphs, span.start) - 1)
        sentence = bisect_right(self._sentences, span.start)
        before = bisect_right(self._sentences, self._paragraphs[paragraph] - 1)
        return Place(paragraph + 1, max(1, sentence - before))
