"""Write a summary by choosing sentences: central ones, early ones, none twice.

A sentence is central where its words are those that the article keeps coming
back to; the words of a chosen sentence count less for the next
(a sum-basic with a lead bias). Sentences that need their neighbour to be
understood are left alone.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.drafts import SummaryDraft
from summarizer.language.line_breaks import unwrapped, without_marker
from summarizer.language.sentences import Sentence
from summarizer.language.words import content_stems, words
from summarizer.schema import Component
from summarizer.writing import Length

LEAD_WEIGHT = 0.6  # how much the first sentence gains over one in the middle
NEAR_REPEAT = 0.6  # share of its stems that a sentence may have in common with one already chosen
MIN_WORDS, MAX_WORDS = 6, 60  # shorter is a headline or an aside, longer is a list or a table
CONSIDERED = 2_000  # candidates; of a book only the best by position and centrality
REPEATED = 0.25  # what is left of the weight of a stem that the summary already has

DANGLING = re.compile(
    r"\A(?:[\"'“‘(\[]|(?:he|she|it|they|his|her|its|their|this|that|these|those|but|and|so|or|also|then|such|however|"
    r"meanwhile|moreover|instead|still|there|yet|nor|because|another|both|one|i|we|you|my|our|your|in this|at that|after that)\b)",
    re.IGNORECASE,
)


class ExtractiveWriter:
    """Takes whole sentences of the sources."""

    about = Component(name="extractive")
    destination = "the text stays on this machine"
    remote = False

    async def write(self, sentences: Sequence[Sentence], length: Length) -> SummaryDraft:
        return SummaryDraft(text=write_summary(sentences, length))

    async def close(self) -> None:
        """Nothing is held."""


class _Candidate(NamedTuple):
    order: int
    sentence: Sentence
    stems: frozenset[str]
    lead: float


def write_summary(sentences: Sequence[Sentence], length: Length) -> str:
    """Return whole sentences of the source, in its order, up to the length asked for.

    At least one sentence comes back, even where it is longer than the words asked for.
    """
    candidates = _candidates(sentences)
    weights = _weights(candidates)
    candidates.sort(key=lambda candidate: (-_score(candidate, weights), candidate.order))
    del candidates[CONSIDERED:]
    chosen: list[_Candidate] = []
    room = length.amount
    while candidates and room > 0:
        best = max(candidates, key=lambda candidate: (_score(candidate, weights), -candidate.order))
        candidates = [c for c in candidates if c is not best and not _repeats(c, best)]
        cost = 1 if length.unit == "sentences" else len(words(best.sentence.text))
        if cost > room and chosen:
            continue
        chosen.append(best)
        room -= cost
        for known in best.stems:  # what has been told weighs less from now on
            weights[known] *= REPEATED
    chosen.sort(key=lambda candidate: candidate.order)
    return " ".join(without_marker(unwrapped(candidate.sentence.text)) for candidate in chosen)


def _candidates(sentences: Sequence[Sentence]) -> list[_Candidate]:
    counts = Counter(sentence.document for sentence in sentences)
    found = []
    for order, sentence in enumerate(sentences):
        lead = 1 + LEAD_WEIGHT * math.exp(-8 * sentence.number / counts[sentence.document] - sentence.number / 6)
        found.append(_Candidate(order, sentence, frozenset(content_stems(sentence.text)), lead))
    standing = [candidate for candidate in found if _stands_alone(candidate.sentence.text)]
    return standing or found


def _stands_alone(text: str) -> bool:
    return (
        MIN_WORDS <= len(words(text)) <= MAX_WORDS
        and text.rstrip("\"'”’»)]」』")[-1:] in tuple(".!。！")
        and not DANGLING.match(text)
        and text.count("“") == text.count("”")
        and text.count('"') % 2 == 0
    )


def _weights(candidates: Sequence[_Candidate]) -> dict[str, float]:
    """How much the article dwells on each stem, from the number of sentences that hold it."""
    counts = Counter(known for candidate in candidates for known in candidate.stems)
    return {known: math.log1p(count) for known, count in counts.items()}


def _score(candidate: _Candidate, weights: dict[str, float]) -> float:
    if not candidate.stems:
        return 0.0
    total = math.fsum(weights[known] for known in candidate.stems)
    return candidate.lead * total / math.sqrt(len(candidate.stems) + 8)


def _repeats(candidate: _Candidate, chosen: _Candidate) -> bool:
    smaller = min(len(candidate.stems), len(chosen.stems))
    return bool(smaller) and len(candidate.stems & chosen.stems) / smaller > NEAR_REPEAT
