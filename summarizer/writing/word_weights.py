"""How likely each word of a text is to stand in a summary of it.

A logistic model of five features, fitted on the words of 200 news articles and their summaries by
`python -m benchmarks.writers ... --fit`: how many sentences hold the word, how early it comes, whether it is a name or
a number. docs/decisions/0070 has the figures.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from summarizer.language.words import Word

LEAD = 10  # sentences whose words count as those of the beginning, less from one to the next


class Features(NamedTuple):
    """What is known of a word in its text, or the weight of each."""

    share: float
    """Logarithm of the number of sentences that hold it, as a share of that of all sentences."""
    place: float
    """Where it first comes: 0 at the beginning, 1 at the end."""
    lead: float
    """How much of the beginning holds it: 1 for the first sentence, 1/2 for the second, ..."""
    name: float
    """Whether it is written with a capital within a sentence."""
    number: float


WEIGHTS = Features(share=3.38, place=-2.80, lead=0.56, name=0.48, number=0.74)
BIAS = -1.78


class Read(NamedTuple):
    """A sentence of prose, read once."""

    words: Sequence[Word]
    rank: int
    """Sentences before it in its part of the text."""


def features(read: Sequence[Read], titles: Sequence[Sequence[Word]] = ()) -> dict[str, Features]:
    """The features of each content word of a text, by its stem; a title counts as its beginning."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    lead: Counter[str] = Counter()
    names: set[str] = set()
    for words, rank in read:
        stems = dict.fromkeys(word.key for word in words if word.content)
        counts.update(stems.keys())
        names.update(word.key for word in words if word.content and word.capital)
        for stem in stems:
            first[stem] = min(rank, first.get(stem, rank))
            if rank < LEAD:
                lead[stem] += 1 / (1 + rank)  # type: ignore[assignment]
    for title in titles:
        for stem in {word.key for word in title if word.content} & first.keys():
            lead[stem] += 1
    size = len(read)
    return {
        stem: Features(
            share=math.log(count) / math.log(size + 1),
            place=first[stem] / size,
            lead=float(lead[stem]),
            name=float(stem in names),
            number=float(stem[0].isdigit()),
        )
        for stem, count in counts.items()
    }


def likelihoods(known: Mapping[str, Features]) -> dict[str, float]:
    """How likely each stem is to stand in a summary."""
    return {stem: 1 / (1 + math.exp(-_logit(found))) for stem, found in known.items()}


def _logit(found: Features) -> float:
    return BIAS + math.fsum(weight * value for weight, value in zip(WEIGHTS, found, strict=True))
