"""Which passages are shown for a claim whose deciding sentence the model was not asked for."""

from collections.abc import Sequence

from summarizer.language.sentences import Sentence
from summarizer.retrieval import Index

LEAST_SHARE = 0.3
"""Of a claim's words, weighted by rarity, that its passages must hold.

On the suite 310 of 312 supported and 172 of 173 contradicted claims have that with two passages. The first one is a
sentence that people named for 279 of the 293 supported claims whose words it holds.
"""
MOST = 2  # passages


def covering(claim: str, passages: Sequence[Sentence], index: Index) -> tuple[Sentence, ...]:
    """The best passage, or the two best where one has too few of the claim's words; none where both have."""
    for count in range(1, min(MOST, len(passages)) + 1):
        if (index.covered(claim, passages[:count]) or 0.0) >= LEAST_SHARE:
            return tuple(passages[:count])
    return ()
