"""The passages for a claim: the sentences that share most of its rare words.

Inverse document frequency over the sentences of the sources, by stems. On
benchmarks with gold evidence this finds the right sentence among the first
three in nearly all cases; judging it is what is hard.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable

from summarizer.language.sentences import Sentence
from summarizer.language.word_index import WordIndex
from summarizer.language.words import content_stems

PASSAGES = 5  # sentences per claim; more adds distractors, not evidence


class Index:
    """The sentences of the sources, searchable for a fixed set of queries."""

    def __init__(self, words: WordIndex, queries: Iterable[str]) -> None:
        self._sentences = words.sentences
        wanted = {stem for query in queries for stem in content_stems(query)}
        places = words.places(wanted, content=True)
        self._postings = {stem: words.holders(own) for stem, own in places.items()}

    def idf(self, wanted: str) -> float:
        """Inverse document frequency of a stem over the sentences; highest for a stem in none of them."""
        return math.log(1 + len(self._sentences) / (1 + len(self._postings.get(wanted, ()))))

    def search(self, query: str, *, limit: int = PASSAGES) -> tuple[Sentence, ...]:
        """Return at most `limit` sentences that share words with the query, best first; ties in source order."""
        scores: defaultdict[int, float] = defaultdict(float)
        for wanted in sorted(set(content_stems(query))):
            weight = self.idf(wanted)
            for position in self._postings.get(wanted, ()):
                scores[position] += weight
        least = min(heapq.nlargest(limit, scores.values()), default=0.0)
        best = sorted((-score, position) for position, score in scores.items() if score >= least)
        return tuple(self._sentences[position] for _, position in best[:limit])

    def covered(self, query: str, passages: Iterable[Sentence]) -> float | None:
        """Share of the query's words, weighted by rarity, that the passages hold; None where it has none."""
        held = {found for passage in passages for found in content_stems(passage.text)}
        weights = {wanted: self.idf(wanted) for wanted in set(content_stems(query))}
        total = math.fsum(weights.values())
        if not total:
            return None
        return math.fsum(weight for wanted, weight in weights.items() if wanted in held) / total
