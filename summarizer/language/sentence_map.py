"""The sentences of the sources, found by their name and by their place, with nothing stored for each of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

from summarizer.language.rows import is_row
from summarizer.language.sentences import Sentence
from summarizer.language.words import content_stems


class SentenceMap(Mapping[str, Sentence]):
    """Sentences by `Sentence.id`; they come document after document, each in its order and from number 0."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._bounds: dict[str, tuple[int, int]] = {}  # of each document
        at = 0
        while at < len(sentences):
            document = sentences[at].document
            end = bisect_right(sentences, False, at, key=lambda one: one.document != document)
            self._bounds[document] = (at, end)
            at = end
        self.stems_of_rows = lru_cache(maxsize=None)(self._stems_of_rows)

    def __getitem__(self, name: str) -> Sentence:
        document, _, number = name.rpartition(":")
        found = self.at(document, int(number)) if number.isascii() and number.isdecimal() else None
        if found is None or found.id != name:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (one.id for one in self._sentences)

    def __len__(self) -> int:
        return len(self._sentences)

    def at(self, document: str, number: int) -> Sentence | None:
        """The sentence of that number; None where the document has none."""
        start, end = self._bounds.get(document, (0, 0))
        return self._sentences[start + number] if 0 <= number < end - start else None

    def of(self, document: str) -> Sequence[Sentence]:
        """All sentences of a document."""
        start, end = self._bounds.get(document, (0, 0))
        return self._sentences[start:end]

    def over(self, document: str, start: int, end: int) -> Sequence[Sentence]:
        """The sentences of a document that some part of `text[start:end]` stands in."""
        low, high = self._bounds.get(document, (0, 0))
        first = bisect_right(self._sentences, start, low, high, key=attrgetter("end"))
        return self._sentences[first : bisect_left(self._sentences, end, first, high, key=attrgetter("start"))]

    def _stems_of_rows(self, document: str) -> frozenset[str]:
        """The stems of all rows of cells of a document."""
        return frozenset(stem for one in self.of(document) if is_row(one.text) for stem in content_stems(one.text))
