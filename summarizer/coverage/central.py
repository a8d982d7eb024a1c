"""Key sentences by centrality and place: what the source dwells on, more so near its beginning."""

import heapq
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from summarizer.language.word_index import WordIndex
from summarizer.writing.outline import HEADING_WORDS, is_heading

SHARE, FEWEST, MOST = 0.15, 3, 12  # of the source's sentences are key
SHORTEST = 5  # content words; below that it is an aside
TITLE_WORDS = 20  # of a first line without a stop
LEAD = 0.5  # what the first sentence of a document gains over the last


def wanted(sentences: Sequence[object]) -> int:
    """How many sentences of a source are key."""
    return min(MOST, max(FEWEST, round(SHARE * len(sentences))))


def central(words: WordIndex, beside: AbstractSet[tuple[str, int]] = frozenset()) -> list[int]:
    """The positions of the key sentences among those of the source, in its order; none is a heading or among those `beside`."""
    weights = ((-weight, position) for position, weight in _weights(words, beside))
    best = heapq.nsmallest(wanted(words.sentences), weights)
    return sorted(position for _, position in best)


def _weights(words: WordIndex, beside: AbstractSet[tuple[str, int]]) -> Iterator[tuple[int, float]]:
    """Position and weight of each sentence that may be key."""
    logarithms = [math.log(count) if count else 0.0 for count in words.held]
    sizes = Counter(sentence.document for sentence in words.sentences)
    for position, sentence in enumerate(words.sentences):
        if beside and (sentence.document, sentence.number) in beside:
            continue
        own = words.content_of(position)
        if len(own) < SHORTEST or is_heading(sentence.text, HEADING_WORDS if sentence.number else TITLE_WORDS):
            continue
        dwelt_on = math.fsum(map(logarithms.__getitem__, own)) / math.sqrt(len(own))
        if dwelt_on:
            yield position, dwelt_on * (1 + LEAD * (1 - sentence.number / sizes[sentence.document]))
