"""Which key sentences of the source the summary covers, and which it omits."""

import math
from collections import Counter
from collections.abc import Sequence

from summarizer.language.sentences import Sentence
from summarizer.language.words import content_stems
from summarizer.schema import Coverage, Document, Evidence, KeySentence, Span

SHARE, FEWEST, MOST = 0.15, 3, 12  # of the source's sentences are key
ENOUGH = 0.5  # share of a key sentence's weighted stems that the summary must have
SHORTEST = 5  # content words; below that it is a headline or an aside
LEAD = 0.5  # what the first sentence of a document gains over the last


def cover(summary: Document, sentences: Sequence[Sentence]) -> Coverage:
    """Choose the key sentences by centrality and place, and look for each in the summary.

    A lexical measure: a key sentence put in entirely different words counts as omitted.
    """
    covered_stems = set(content_stems(summary.text))
    stems = [frozenset(content_stems(sentence.text)) for sentence in sentences]
    counts = Counter(known for own in stems for known in own)
    sizes = Counter(sentence.document for sentence in sentences)

    def weight(position: int) -> float:
        own, sentence = stems[position], sentences[position]
        if len(own) < SHORTEST:
            return 0.0
        dwelt_on = math.fsum(math.log(counts[known]) for known in own) / math.sqrt(len(own))
        return dwelt_on * (1 + LEAD * (1 - sentence.number / sizes[sentence.document]))

    wanted = min(MOST, max(FEWEST, round(SHARE * len(sentences))))
    ranked = sorted(((weight(position), -position) for position in range(len(sentences))), reverse=True)
    key = sorted(-position for score, position in ranked[:wanted] if score > 0)
    return Coverage(key_sentences=tuple(_key_sentence(sentences[at], stems[at], counts, covered_stems) for at in key))


def covers(summary: Document, sentences: Sequence[Sentence], quotes: Sequence[str]) -> list[bool]:
    """Whether the summary covers each of the quotes, by the same measure; the sentences are those of their source."""
    covered_stems = set(content_stems(summary.text))
    counts = Counter(known for sentence in sentences for known in set(content_stems(sentence.text)))
    return [_share(frozenset(content_stems(quote)), counts, covered_stems) >= ENOUGH for quote in quotes]


def _key_sentence(
    sentence: Sentence, stems: frozenset[str], counts: Counter[str], covered_stems: set[str]
) -> KeySentence:
    evidence = Evidence(
        document=sentence.document, span=Span(start=sentence.start, end=sentence.end), quote=sentence.text
    )
    return KeySentence(evidence=evidence, covered=_share(stems, counts, covered_stems) >= ENOUGH)


def _share(stems: frozenset[str], counts: Counter[str], covered_stems: set[str]) -> float:
    """Share of the stems that the summary has, rarer ones weighing more; 0 where there are none."""
    weights = {known: 1 / math.sqrt(max(1, counts[known])) for known in sorted(stems)}
    whole = math.fsum(weights.values())
    return math.fsum(weights[known] for known in weights if known in covered_stems) / whole if whole else 0.0
