"""Evidence for a claim: the sentences that retrieval finds, in the order of the text.

A short text is its own evidence. A longer one is read in up to three ways:
the best three sentences, the best five, and the best one between its
neighbours. A single sentence is evidence for a claim only where it holds most
of the claim's words, for else a sound claim would be taught as unsupported.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from summarizer.language.sentences import Sentence, sentences
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from summarizer.schema import Document
from training.rows import Pair, Row, text_of

SHORT = 90  # words up to which a text is its own evidence
LONG_CLAIM = 30  # words from which five sentences are read first
LONGEST_CLAIM = 75  # words; the product judges sentence by sentence, so longer ones teach little
HELD = 0.85  # share of the claim's words, weighted by rarity, that one sentence must hold to stand alone


class Source:
    """A document whose sentences can be searched for a known set of claims."""

    def __init__(self, text: str, claims: Iterable[str]) -> None:
        self._text = text
        self._short = len(text.split()) <= SHORT
        if self._short:
            return
        self.sentences: tuple[Sentence, ...] = tuple(sentences(Document.of(text, id="d1", name="d")))
        self._index = Index(WordIndex(self.sentences), claims)

    def best(self, claim: str, count: int) -> str:
        """Return the best `count` sentences for a claim, in the order of the text."""
        if self._short:
            return self._text
        return text_of(self._index.search(claim, limit=count) or self.sentences[:count])

    def readings(self, claim: str) -> tuple[str, ...]:
        """Return evidence in up to four forms, the one that suits the claim first."""
        if self._short:
            return (self._text,)
        counts = (5, 3) if len(claim.split()) > LONG_CLAIM else (3, 5)
        found = [self.best(claim, count) for count in counts]
        hits = self._index.search(claim, limit=1)
        if hits:
            at = hits[0].number
            found.append(text_of(self.sentences[max(0, at - 1) : at + 2]))
            if (self._index.covered(claim, hits) or 0.0) >= HELD:
                found.append(hits[0].text)
        return tuple(dict.fromkeys(found))


def pairs_of(rows: Iterable[Row]) -> Iterator[Pair]:
    """Yield a pair for each row, the rows of a document together; claims that are too long are left out."""
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if len(row.claim.split()) <= LONGEST_CLAIM:
            by_document[row.document].append(row)
    for document, own in by_document.items():
        source = Source(document, [row.claim for row in own])
        for row in own:
            yield Pair(row.id, row.dataset, row.claim, source.readings(row.claim), row.target)
