"""How much of each key sentence a summary covers.

One is omitted where no sentence of the summary takes its words from it, nor follows from it as the embedded judge sees
it; it is covered where the summary repeats it or, again by the judge, says it. What lies between is covered in part.
Measured in docs/decisions/0042.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from summarizer.language.english import is_english
from summarizer.language.sentences import Sentence
from summarizer.language.sentences import sentences as sentences_of
from summarizer.language.word_index import WordIndex
from summarizer.language.words import content_stems
from summarizer.schema import Coverage, Document, Evidence, KeySentence, KeyStatus, Span

ENOUGH = 0.5  # share of a key sentence's weighted stems that the summary must have, where words alone decide
REPEATED = 0.9  # from that share on nobody has to be asked: one sentence of the summary has the words
SAID = 0.5  # probability from which on the summary says a key sentence, or the sentence says something of the summary
TOUCHED = 0.3  # share of the weighted stems of a summary's sentence that a key sentence must have to be in it at all
HELD = 0.2  # share of its weighted stems that they must have to be asked at all: with fewer they never said it
NEAR = 0.25  # the same of a summary's sentence, to ask whether it follows from a key sentence
NEAREST = 2  # sentences of the summary that are looked at, those that share most words with the key sentence

Entailment = Callable[[str, str], float]
"""How likely it is that a claim, the first text, follows from the second."""

Counts = Callable[[str], int]
"""In how many sentences of the source a stem carries content."""


def read(summary: Document, words: WordIndex, positions: Iterable[int], entails: Entailment | None = None) -> Coverage:
    """Look in the summary for the sentences at `positions` of the source; `words` are those of the source.

    Without `entails`, words alone decide, and a key sentence put in entirely different words counts as omitted; so they
    do where the summary is not English or only repeats sentences of the source.
    """
    reader = _Reader(summary, words.sentences_with, entails if _needs_asking(summary, words.sentences) else None)
    return Coverage(key_sentences=tuple(_key_sentence(words.sentences[at], reader) for at in sorted(positions)))


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
    """How much the summary covers of each of the quotes, as `read` sees key sentences."""
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
        best = sorted(range(len(shares)), key=lambda at: (-shares[at], at))[:NEAREST]
        said = self._said(self._entails, text, mine, best)
        if said is not None and said >= SAID:
            return KeyStatus.COVERED, round(said, 4)
        near = [at for at in best if self._weighed[at].share(stems) >= NEAR]
        if not touched and any(self._entails(self._sentences[at], text) >= SAID for at in near):
            between = KeyStatus.PARTLY
        return between, None if said is None else round(said, 4)

    def _said(self, entails: Entailment, text: str, mine: "_Weighed", best: Sequence[int]) -> float | None:
        """How likely the nearest sentence says it; None where the nearest have too few of its words."""
        if mine.share(frozenset[str]().union(*(self._stems[at] for at in best))) < HELD:
            return None
        return entails(text, self._sentences[best[0]])


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
