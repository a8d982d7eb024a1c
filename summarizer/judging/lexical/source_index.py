"""The sources, read once for many claims: where each word of some claim stands."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from summarizer.language.numerals import number_of
from summarizer.language.sentences import Sentence
from summarizer.language.statements import Statement
from summarizer.language.words import WORD, key_of
from summarizer.schema import Document

PREFIX = 5  # letters; words that begin alike are often kin where their stems differ
BREAK = 50  # places between two documents, so that no window or run spans both


class SourceIndex:
    """Where the words of some claims stand in the sources; words that no claim holds are only counted.

    That keeps a book to one scan, and stems only what can be asked for.
    """

    def __init__(
        self, documents: Sequence[Document], sentences: Sequence[Sentence], statements: Iterable[Statement]
    ) -> None:
        self.documents = {document.id: document for document in documents}
        self.sentences = sentences
        self.text = "\n".join(document.text for document in documents)
        """All sources from end to end."""
        self.places: Mapping[str, list[int]]
        """For each key the places of its words: numbers that count the words of all sources."""
        self.keys: dict[int, str] = {}
        """The key at a place; nothing where no claim holds the word."""
        self.numbers: set[float] = set()
        self.holders: dict[str, set[int]] = {}
        """For each key the positions of the sentences that hold it."""
        self.length = 0
        wanted = {word.key for statement in statements for word in statement.words}
        wanted |= {key for statement in statements for name in statement.names for key in name}
        self.places = self._scan(wanted)
        self.starts = frozenset(key[:PREFIX] for key in self.holders if len(key) > PREFIX)
        """How the long ones of its keys begin."""
        self.by_document: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in sentences:
            self.by_document[sentence.document].append(sentence)

    def _scan(self, wanted: set[str]) -> Mapping[str, list[int]]:
        prefixes = {key[:2] for key in wanted}
        known: dict[str, _Known] = {}
        places: dict[str, list[int]] = defaultdict(list)
        starts = {(one.document, one.start): position for position, one in enumerate(self.sentences)}
        self._first: list[int] = []  # place of the first word at or after the start of each sentence
        at = 0
        for document in self.documents.values():
            own = sorted(start for name, start in starts if name == document.id)
            reached = 0
            for match in WORD.finditer(document.text):
                while reached < len(own) and own[reached] <= match.start():
                    self._first.append(at)
                    reached += 1
                form = match[0]
                found = known.get(form)
                if found is None:
                    found = known[form] = _known(form, wanted, prefixes)
                if found.key is not None:
                    places[found.key].append(at)
                    self.keys[at] = found.key
                if found.number is not None:
                    self.numbers.add(found.number)
                at += 1
            self._first += [at] * (len(own) - reached)
            self.length += at
            at += BREAK
        for key, own_places in places.items():
            self.holders[key] = {self.sentence_at(place) for place in own_places}
        return places

    def sentence_at(self, place: int) -> int:
        """Position of the sentence that holds a place."""
        return max(0, bisect_right(self._first, place) - 1)


class _Known(NamedTuple):
    key: str | None
    number: float | None


def _known(form: str, wanted: set[str], prefixes: set[str]) -> _Known:
    hopeless = form[:2].lower() not in prefixes
    key = None if hopeless else key_of(form)[0]
    return _Known(key if key in wanted else None, number_of(form))
