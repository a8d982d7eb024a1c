"""Which sentences of the evidence say the same as the claim, as far as shared words can show it."""

from collections.abc import Sequence
from functools import lru_cache

from summarizer.findings.differences import P
from summarizer.language.sentences import sentence_offsets
from summarizer.language.words import stems

SHARED = 0.3  # share of the claim's content words that a sentence must have to count as aligned
WHOLE = 0.5  # or share of the sentence's own, where the claim puts several together
FEWEST = 2  # content words in common


@lru_cache(maxsize=256)
def aligned_sentences(claim: str, text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences of a text that are aligned with the claim."""
    wanted = stems(claim)
    found = []
    for start, end in sentence_offsets(text):
        own = stems(text[start:end])
        shared = len(wanted & own)
        if shared >= FEWEST and (shared >= SHARED * len(wanted) or shared >= WHOLE * len(own)):
            found.append((start, end))
    return tuple(found)


def aligned(claim: str, text: str, places: Sequence[P]) -> list[P]:
    """Those of some places of a text that lie in a sentence aligned with the claim."""
    offsets = aligned_sentences(claim, text)
    return [one for one in places if any(start <= one.start and one.end <= end for start, end in offsets)]
