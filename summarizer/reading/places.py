"""Where a span stands, in words that a person can follow: page, paragraph and sentence."""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from summarizer.language.markdown_blocks import blanked
from summarizer.language.sentences import sentence_offsets
from summarizer.schema import Document, Span

BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
LINE = re.compile(r"\n\s*")
PAGE = re.compile(r"\f[^\S\f]*")


class Place(NamedTuple):
    """All counted from 1: the sentence within its paragraph, the paragraph within its page."""

    paragraph: int
    sentence: int
    page: int | None = None
    """None in a text without page breaks."""

    def __str__(self) -> str:
        within = f"paragraph {self.paragraph}, sentence {self.sentence}"
        return f"page {self.page}, {within}" if self.page else within


class Places:
    """The pages, paragraphs and sentences of one document.

    Pages are parted by form feeds, paragraphs by blank lines; in a text without either, each line is a paragraph.
    """

    def __init__(self, document: Document) -> None:
        text = blanked(document.text)
        lead = len(text) - len(text.lstrip())
        self._has_pages = "\f" in text
        breaks = BLANK_LINE if self._has_pages or BLANK_LINE.search(text.strip()) else LINE
        self._pages = [0, *(match.end() for match in PAGE.finditer(text))]
        self._paragraphs = sorted({lead, *self._pages[1:], *(match.end() for match in breaks.finditer(text, lead))})
        self._sentences = [start for start, _ in sentence_offsets(document.text)]

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """Where each paragraph begins."""
        return tuple(self._paragraphs)

    def of(self, span: Span) -> Place:
        """Return where the span begins."""
        paragraph = max(0, bisect_right(self._paragraphs, span.start) - 1)
        sentence = bisect_right(self._sentences, span.start)
        before = bisect_right(self._sentences, self._paragraphs[paragraph] - 1)
        page = bisect_right(self._pages, span.start)
        first = bisect_left(self._paragraphs, self._pages[page - 1])
        return Place(paragraph - first + 1, max(1, sentence - before), page if self._has_pages else None)
