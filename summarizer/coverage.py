"""Which key sentences of the source the summary covers, covers in part, and omits.

Key sentences are chosen by centrality and place. One is omitted where no sentence of the summary takes its words from
it, nor follows from it as the embedded judge sees it; it is covered where the summary repeats it or, again by the
judge, says it. What lies between is covered in part. Measured in docs/decisions/0042.
"""

import heapq
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from summarizer.language.english import is_english
from summarizer.language.sentences import Sentence
from summarizer.language.sentences import sentences as sentences_of
from summarizer.language.word_index import WordIndex
from summarizer.language.words import content_stems
from summarizer.schema import Coverage, Document, Evidence, KeySentence, KeyStatus, Span

SHARE, FEWEST, MOST = 0.15, 3, 12  # of the source's sentences are key
ENOUGH = 0.5  # share of a key sentence's weighted stems that the summary must have, where words alone decide
REPEATED = 0.9  # from that share on nobody has to be asked: one sentence of the summary has the words
SHORTEST = 5  # content words; below that it is a headline or an aside
LEAD = 0.5  # what the first sentence of a document gains over the last
SAID = 0.5  # probability from which on the summary says a key sentence, or the sentence says something of the summary
TOUCHED = 0.3  # share of the weighted stems of a summary's sentence that a key sentence must have to be in it at all
ASKED = 2  # sentences of the summary that are asked about, those that share most words with the key sentence

Entailment = Callable[[str, str], float]
"""How likely it is that a claim, the first text, follows from the second."""

Counts = Callable[[str], int]
"""In how many sentences of the source a stem carries content."""


def cover(
    summary: Document,
    words: WordIndex,
    entails: Entailment | None = None,
    beside: AbstractSet[tuple[str, int]] = frozenset(),
) -> Coverage:
    """Choose the key sentences and look for each in the summary; `words` are those of the source.

    The sentences `beside`, by document and number, are captions, notes and the like; none of them is key.

    Without `entails`, words alone decide, and a key sentence put in entirely different words counts as omitted; so they
    do where the summary is not English or only repeats sentences of the source.
    """
    sentences = words.sentences
    wanted = min(MOST, max(FEWEST, round(SHARE * len(sentences))))
    best = heapq.nsmallest(wanted, ((-weight, position) for position, weight in _weights(words, beside)))
    key = [sentences[position] for position in sorted(position for _, position in best)]
    reader = _Reader(summary, words.sentences_with, entails if _needs_asking(summary, sentences) else None)
    return Coverage(key_sentences=tuple(_key_sentence(one, reader) for one in key))


def _weights(words: WordIndex, beside: AbstractSet[tuple[str, int]]) -> Iterator[tuple[int, float]]:
    """Position and weight of each sentence that may be key: how central it is, more so near the beginning."""
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


def covers(summary: Document, sentences: Sequence[Sentence], quotes: Sequence[str]) -> list[bool]:
    """Whether the summary has enough of the words of each of the quotes; the sentences are those of their source."""
    return [share >= ENOUGH for share in shares(summary, sentences, quotes)]


def shares(summary: Document, sentences: Sequence[Sentence], quotes: Sequence[str]) -> list[float]:
    """Share of the weighted stems of each of the quotes that the summary has."""
    counts = Counter(stem for sentence in sentences for stem in set(content_stems(sentence.text)))
    covered_stems = set(content_stems(summary.text))
    return [_Weighed.of(set(content_stems(quote)), counts.__getitem__).share(covered_stems) for quote in quotes]


def statuses(
    summary: Document, sentences: Sequence[Sentence], quotes: Sequence[str], entails: Entailment | None
) -> list[KeyStatus]:
    """How much the summary covers of each of the quotes, as `cover` sees its own key sentences."""
    counts = Counter(stem for sentence in sentences for stem in set(content_stems(sentence.text)))
    reader = _Reader(summary, counts.__getitem__, entails)
    return [reader.status(quote)[0] for quote in quotes]


def _needs_asking(summary: Document, sentences: Sequence[Sentence]) -> bool:
    """Whether the summary has words of its own, in a language that the embedded judge reads."""
    own = {" ".join(sentence.text.split()) for sentence in sentences_of(summary)}
    begun = tuple(one.split(" ", 1)[0] for one in own)
    for sentence in sentences:
        if sentence.text.startswith(begun):
            own.discard(" ".join(sentence.text.split()))
        if not own:
            return False
    return is_english(summary.text)


class _Reader:
    """Looks for key sentences in one summary."""

    def __init__(self, summary: Document, counts: Counts, entails: Entailment | None) -> None:
        self._counts, self._entails = counts, entails
        self._sentences = [" ".join(sentence.text.split()) for sentence in sentences_of(summary)]
        self._stems = [frozenset(content_stems(text)) for text in self._sentences]
        self._weighed = [_Weighed.of(stems, counts) for stems in self._stems]
        self._all = frozenset[str]().union(*self._stems)

    def status(self, quote: str) -> tuple[KeyStatus, float | None]:
        """How much of the quote the summary covers, and how likely it says it where that was asked."""
        stems, text = frozenset(content_stems(quote)), " ".join(quote.split())
        mine = _Weighed.of(stems, self._counts)
        touched = max((own.share(stems) for own in self._weighed), default=0.0) >= TOUCHED
        between = KeyStatus.PARTLY if touched else KeyStatus.OMITTED
        if self._entails is None:
            return (KeyStatus.COVERED if mine.share(self._all) >= ENOUGH else between), None
        shares = [mine.share(own) for own in self._stems]
        if max(shares, default=0.0) >= REPEATED:
            return KeyStatus.COVERED, None
        best = sorted(range(len(shares)), key=lambda at: (-shares[at], at))[:ASKED]
        together = " ".join(self._sentences[at] for at in sorted(best))
        said = max(self._entails(text, one) for one in dict.fromkeys((self._sentences[best[0]], together)))
        if said >= SAID:
            return KeyStatus.COVERED, round(said, 4)
        if not touched and any(shares[at] and self._entails(self._sentences[at], text) >= SAID for at in best):
            between = KeyStatus.PARTLY
        return between, round(said, 4)


def _key_sentence(sentence: Sentence, reader: _Reader) -> KeySentence:
    evidence = Evidence(
        document=sentence.document, span=Span(start=sentence.start, end=sentence.end), quote=sentence.text
    )
    status, said = reader.status(sentence.text)
    return KeySentence(evidence=evidence, status=status, entailed=said)


class _Weighed(NamedTuple):
    """The stems of a text with what each weighs: rarer ones more."""

    weights: Mapping[str, float]
    whole: float

    @classmethod
    def of(cls, stems: Iterable[str], counts: Counts) -> "_Weighed":
        weights = {known: 1 / math.sqrt(max(1, counts(known))) for known in sorted(stems)}
        return cls(weights, math.fsum(weights.values()))

    def share(self, covered_stems: frozenset[str] | set[str]) -> float:
        """Share of the stems that some others cover; 0 where there are none."""
        if not self.whole or covered_stems.isdisjoint(self.weights):
            return 0.0
        return math.fsum(self.weights[known] for known in self.weights if known in covered_stems) / self.whole
