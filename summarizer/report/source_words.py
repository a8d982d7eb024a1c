"""Words of a source with the place where they stand, for a reader."""

from typing import Any, NamedTuple

from summarizer.reading.places import Places
from summarizer.report.layout import as_read_in
from summarizer.schema import Evidence, Report, Span


class Words(NamedTuple):
    """Words of a source, with their place."""

    document: str
    name: str
    place: str
    span: Span
    quote: str
    """To the letter, for programs."""
    plain: str
    """As a reader sees them: on one line, without the marks of Markdown."""

    @property
    def where(self) -> str:
        return f"{self.name}, {self.place}"

    def record(self) -> dict[str, Any]:
        return {
            "document": self.document, "name": self.name, "place": self.place,
            "start": self.span.start, "end": self.span.end, "quote": self.quote,
        }  # fmt: skip


class Sources:
    """The sources of a report, read once for the places of everything that is quoted from them."""

    def __init__(self, report: Report) -> None:
        self._documents = {one.id: (one, Places(one)) for one in report.documents}

    def words(self, evidence: Evidence) -> Words:
        document, places = self._documents[evidence.document]
        place, plain = str(places.of(evidence.span)), as_read_in(document.text, evidence.span)
        return Words(document.id, document.name, place, evidence.span, evidence.quote, plain or evidence.quote)

    def within(self, evidence: Evidence, words: str) -> Words:
        """Those words of a piece of evidence, or all of it where they do not stand in it."""
        start = evidence.span.start + max(evidence.quote.find(words), 0)
        if words not in evidence.quote:
            return self.words(evidence)
        return self.words(
            Evidence(document=evidence.document, span=Span(start=start, end=start + len(words)), quote=words)
        )
