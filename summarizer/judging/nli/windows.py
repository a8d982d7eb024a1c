"""What is read together with a claim: growing windows over the passages of one source.

The passages are the sentences that share most of the claim's rare words. The last window adds the sentences around
them, which say who "he" is and what came of it. Whether words of several sentences may be put together is what the
model was trained to tell. A verdict comes from one window, and only its sentences are shown. What other windows find
and cost is in docs/decisions/0037.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from summarizer.language.line_breaks import unwrapped
from summarizer.language.sentences import Sentence
from summarizer.language.words import words

SIZES = (1, 2)  # passages of the windows before the last; each window holds the one before it
AROUND = ((0, 0), (1, 0), (2, 0), (0, -1), (0, 1), (1, -1), (3, 0))
"""The last window in the order in which it takes sentences: the rank of a passage, and the distance from it."""
MOST_WORDS = 110  # of the last window
LEAST_WORDS = 2  # content words of a sentence that is taken for its place alone


class Window(NamedTuple):
    """Some sentences of one document, in its order."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(unwrapped(sentence.text) for sentence in self.sentences)


Places = Mapping[tuple[str, int], Sentence]
"""The sentences of the sources by document and number."""


def places_of(sentences: Sequence[Sentence]) -> Places:
    """Every sentence by its place."""
    return {(one.document, one.number): one for one in sentences}


def windows(passages: Sequence[Sentence], places: Places) -> tuple[Window, ...]:
    """Growing windows over the passages of a claim, which come best first, in the document of the best one."""
    own = [one for one in passages if one.document == passages[0].document]
    largest = tuple(_around(own, places))
    sizes = [size for size in SIZES if size <= len(own) and size < len(largest)]
    return tuple(window_of(chosen) for chosen in (*(own[:size] for size in sizes), largest))


def _around(own: Sequence[Sentence], places: Places) -> Iterator[Sentence]:
    taken, held = set[int](), 0
    for rank, distance in AROUND:
        passage = own[rank] if rank < len(own) else None
        found = passage and places.get((passage.document, passage.number + distance))
        if not found or found.number in taken or (distance and not _says_something(found)):
            continue
        length = len(found.text.split())
        if taken and held + length > MOST_WORDS:
            continue
        taken.add(found.number)
        held += length
        yield found


def _says_something(sentence: Sentence) -> bool:
    """Whether a sentence has words enough to be shown as evidence."""
    return sum(word.content for word in words(sentence.text)) >= LEAST_WORDS


def window_of(sentences: Sequence[Sentence]) -> Window:
    """Sentences of one document in its order."""
    return Window(tuple(sorted(sentences, key=lambda one: one.number)))
