"""The passages for a claim: the sentences that share most of its rare words.

Inverse document frequency over the sentences of the sources, by stems. On
benchmarks with gold evidence this finds the right sentence among the first
three in nearly all cases; judging it is what is hard.
"""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from summarizer.language.sentences import Sentence
from summarizer.language.words import STOP_WORDS, WORD, content_stems, stem

PASSAGES = 5  # sentences per claim; more adds distractors, not evidence


class Index:
    """The sentences of the sources, searchable for a fixed set of queries.

    Only words that some query holds are indexed, so that a book costs one scan.
    """

    def __init__(self, texts: Mapping[str, str], sentences: Sequence[Sentence], queries: Iterable[str]) -> None:
        self._sentences = sentences
        self._wanted = {wanted for query in queries for wanted in content_stems(query)}
        self._postings: dict[str, set[int]] = defaultdict(set)
        offset = 0
        by_document: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in sentences:
            by_document[sentence.document].append(sentence)
        for document, own in by_document.items():
            self._scan(texts[document], [sentence.start for sentence in own], offset)
            offset += len(own)

    def _scan(self, text: str, starts: list[int], offset: int) -> None:
        prefixes = {wanted[:2] for wanted in self._wanted}
        known: dict[str, str | None] = {}
        for match in WORD.finditer(text):
            form = match[0]
            if form not in known:
                lower = form.lower()
                hopeless = lower in STOP_WORDS or lower[:2] not in prefixes
                found = None if hopeless else stem(form)
                known[form] = found if found in self._wanted else None
            wanted = known[form]
            if wanted is not None:
                self._postings[wanted].add(offset + bisect_right(starts, match.start()) - 1)

    def idf(self, wanted: str) -> float:
        """Inverse document frequency of a stem over the sentences; highest for a stem in none of them."""
        return math.log(1 + len(self._sentences) / (1 + len(self._postings.get(wanted, ()))))

    def search(self, query: str, *, limit: int = PASSAGES) -> tuple[Sentence, ...]:
        """Return at most `limit` sentences that share words with the query, best first; ties in source order."""
        scores: Counter[int] = Counter()
        for wanted in sorted(set(content_stems(query))):
            weight = self.idf(wanted)
            for position in self._postings.get(wanted, ()):
                scores[position] += weight  # type: ignore[assignment]
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return tuple(self._sentences[position] for position, _ in best)

    def covered(self, query: str, passages: Iterable[Sentence]) -> float | None:
        """Share of the query's words, weighted by rarity, that the passages hold; None where it has none."""
        held = {found for passage in passages for found in content_stems(passage.text)}
        weights = {wanted: self.idf(wanted) for wanted in set(content_stems(query))}
        total = math.fsum(weights.values())
        if not total:
            return None
        return math.fsum(weight for wanted, weight in weights.items() if wanted in held) / total
