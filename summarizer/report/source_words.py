"""Words of a source with the place where they stand, for a reader."""

from typing import Any, NamedTuple

from summarizer.reading.places import Places
from summarizer.schema import Evidence, Report, Span

BEGINNING = 80  # characters; enough to know a sentence again


class Words(NamedTuple):
    """Words of a source, with their place."""

    document: str
    name: str
    place: str
    span: Span
    quote: str

    @property
    def where(self) -> str:
        return f"{self.name}, {self.place}"

    @property
    def beginning(self) -> str:
        """The first words, cut off with an ellipsis where there are many."""
        words = " ".join(self.quote.split())
        if len(words) <= BEGINNING:
            return words
        start = words[:BEGINNING]
        return f"{start.rsplit(' ', 1)[0].rstrip(' ,;:–—-')}…"

    def record(self) -> dict[str, Any]:
        return {
            "document": self.document, "name": self.name, "place": self.place,
            "start": self.span.start, "end": self.span.end, "quote": self.quote,
        }  # fmt: skip


class Sources:
    """The sources of a report, read once for the places of everything that is quoted from them."""

    def __init__(self, report: Report) -> None:
        self._places = {document.id: (document.name, Places(document)) for document in report.documents}

    def words(self, evidence: Evidence) -> Words:
        name, places = self._places[evidence.document]
        return Words(evidence.document, name, str(places.of(evidence.span)), evidence.span, evidence.quote)
