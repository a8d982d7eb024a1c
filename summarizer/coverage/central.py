"""Key sentences by centrality and place: what the source dwells on, more so near its beginning."""

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from summarizer.language.sentences import Sentence
from summarizer.language.signs import asks
from summarizer.language.word_index import WordIndex
from summarizer.language.words import content_stems
from summarizer.writing.outline import HEADING_WORDS, is_heading
from summarizer.writing.standing import OF_THE_PAGE

SHARE, FEWEST, MOST = 0.15, 3, 12  # of the source's sentences are key
SHORTEST = 5  # content words; below that it is an aside
TITLE_WORDS = 20  # of a first line without a stop
ADDRESS = re.compile(r"(?:://|\bwww\.)\S{1,2000}")
LEAD = 0.5  # what the first sentence of a document gains over the last


def wanted(sentences: Sequence[object]) -> int:
    """How many sentences of a source are key."""
    return min(MOST, max(FEWEST, round(SHARE * len(sentences))))


def central(words: WordIndex, beside: AbstractSet[tuple[str, int]] = frozenset()) -> list[int]:
    """The positions of the key sentences among those of the source, in its order.

    None is among those `beside`, and none is a heading or a question where at least half of the others are not.
    """
    weights = dict(_weights(words, beside))
    prose = {position for position in weights if _says_something(words.sentences[position])}
    if 2 * len(prose) < len(weights):  # a list without stops, every line of which looks like a heading
        prose = set(weights)
    best = heapq.nsmallest(wanted(words.sentences), prose, key=lambda position: (-weights[position], position))
    return sorted(best)


def _says_something(sentence: Sentence) -> bool:
    """Whether it is neither question nor heading, nor the title of its document, a first line without a stop or colon.

    One that has little beside an address, or is what a page says of itself and to its readers, says nothing either.
    """
    if OF_THE_PAGE.search(sentence.text):
        return False
    bare = ADDRESS.sub("", sentence.text)
    if len(bare) < len(sentence.text) and len(content_stems(bare)) < SHORTEST:
        return False
    titled = sentence.number == 0 and not sentence.text.rstrip().endswith(":")
    return not asks(sentence.text) and not is_heading(sentence.text, TITLE_WORDS if titled else HEADING_WORDS)


def _weights(words: WordIndex, beside: AbstractSet[tuple[str, int]]) -> Iterator[tuple[int, float]]:
    """Position and weight of each sentence that may be key."""
    logarithms = [math.log(count) if count else 0.0 for count in words.held]
    sizes = Counter(sentence.document for sentence in words.sentences)
    for position, sentence in enumerate(words.sentences):
        if beside and (sentence.document, sentence.number) in beside:
            continue
        own = words.content_of(position)
        if len(own) < SHORTEST:
            continue
        dwelt_on = math.fsum(map(logarithms.__getitem__, own)) / math.sqrt(len(own))
        if dwelt_on:
            yield position, dwelt_on * (1 + LEAD * (1 - sentence.number / sizes[sentence.document]))
