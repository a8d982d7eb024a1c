"""The words of the sources, read once: for every running word the number of what it is looked up by.

Retrieval, the embedded judge and the choice of key sentences all ask which sentence holds which word. A book has
millions of words and few distinct ones: each distinct form is looked up once, and a running word costs four bytes.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress, count

from summarizer.language.sentences import Sentence
from summarizer.language.words import WORD, key_of

BREAK = 50  # places between two documents, so that no run of words spans both
NOTHING = 0
"""The number of no word: what stands between two documents."""


class _Forms(dict[str, int]):
    """The number of each form, found when it is first met: twice that of its key, and one more where it carries content."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_met: dict[str, int] = {}

    def __missing__(self, form: str) -> int:
        key, content = key_of(form)
        number = 2 * self.keys_met.setdefault(key, len(self.keys_met) + 1) + content
        self[form] = number
        return number


class WordIndex:
    """Where the words of some sentences stand; a place counts the words of all of them."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self._forms = _Forms()
        self._words = array("I")
        self._first = array("I")  # the place of the first word of each sentence
        number, document = self._forms.__getitem__, ""
        for sentence in sentences:
            if self._first and sentence.document != document:
                self._words.extend([NOTHING] * BREAK)
            document = sentence.document
            self._first.append(len(self._words))
            self._words.extend(map(number, WORD.findall(sentence.text)))
        self._known = frozenset(self._forms.values())
        self._content = frozenset(number for number in self._known if number & 1)
        self._places: dict[int, array[int]] = {}
        self.length = len(self._words) - BREAK * (len({one.document for one in sentences}) - 1 if sentences else 0)
        """Running words."""

    @property
    def forms(self) -> Iterable[str]:
        """Each distinct word as it is written."""
        return self._forms.keys()

    def number_of(self, key: str) -> int:
        """The number of a key; `NOTHING` where no word has it."""
        return self._forms.keys_met.get(key, NOTHING)

    def number_at(self, place: int) -> int:
        """The number of the key of the word at a place; `NOTHING` where there is no word."""
        return self._words[place] >> 1 if 0 <= place < len(self._words) else NOTHING

    def places(self, keys: Iterable[str], *, content: bool = False) -> Mapping[str, "array[int]"]:
        """The places of some keys, in order; with `content` only those of words that carry content."""
        numbers = {key: number for key in keys if (number := self.number_of(key))}
        self._look_for({2 * number + 1 for number in numbers.values()})
        if not content:
            self._look_for({2 * number for number in numbers.values()})
        found = {}
        for key, number in numbers.items():
            own, others = self._places.get(2 * number + 1), None if content else self._places.get(2 * number)
            both = array("I", sorted([*own, *others])) if own and others else own or others
            if both:
                found[key] = both
        return found

    def _look_for(self, numbers: set[int]) -> None:
        """Find the places of some words, but for those that were looked for before."""
        unknown = self._known.intersection(numbers).difference(self._places)
        if not unknown:
            return
        wanted = bytearray(2 * len(self._forms.keys_met) + 2)
        for number in unknown:
            wanted[number] = 1
            self._places[number] = array("I")
        words, places = self._words, self._places
        for place in compress(count(), map(wanted.__getitem__, words)):
            places[words[place]].append(place)

    def holders(self, places: "array[int]") -> "array[int]":
        """The positions of the sentences that hold some places, in order."""
        first, found, after, end, count = self._first, array("I"), 0, -1, len(self._first)
        for place in places:
            if place >= end:
                after = bisect_right(first, place, after)
                end = first[after] if after < count else len(self._words)
                found.append(after - 1)
        return found

    def bounds(self, position: int) -> tuple[int, int]:
        """The places where the words of a sentence begin and end."""
        end = self._first[position + 1] if position + 1 < len(self._first) else len(self._words)
        return self._first[position], end

    def content_of(self, position: int) -> frozenset[int]:
        """The words of a sentence that carry content, as they are numbered in `held`."""
        start, end = self.bounds(position)
        return self._content.intersection(self._words[start:end])

    def sentences_with(self, key: str) -> int:
        """In how many sentences a key carries content."""
        return self.held[2 * self.number_of(key) + 1]

    @cached_property
    def held(self) -> "array[int]":
        """For each word in how many sentences it carries content."""
        counts = array("I", bytes(4 * (2 * len(self._forms.keys_met) + 2)))
        for position in range(len(self._first)):
            for number in self.content_of(position):
                counts[number] += 1
        return counts
