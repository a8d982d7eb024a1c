"""Which sentences of the evidence tell what the claim tells, as far as shared words can show it."""

from collections.abc import Sequence
from functools import lru_cache

from summarizer.findings.differences import P
from summarizer.language.sentences import sentence_offsets
from summarizer.language.words import stems

TOLD = 0.3  # share of the claim's content words that a sentence must have to tell the same thing
WHOLE = 0.5  # or share of the sentence's own, where the claim puts several together
FEWEST = 2  # content words in common


@lru_cache(maxsize=256)
def aligned_sentences(claim: str, text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences of a text that tell what the claim tells."""
    wanted = stems(claim)
    found = []
    for start, end in sentence_offsets(text):
        own = stems(text[start:end])
        shared = len(wanted & own)
        if shared >= FEWEST and (shared >= TOLD * len(wanted) or shared >= WHOLE * len(own)):
            found.append((start, end))
    return tuple(found)


def aligned(claim: str, text: str, places: Sequence[P]) -> list[P]:
    """Those of some places of a text that lie in a sentence which tells what the claim tells."""
    told = aligned_sentences(claim, text)
    return [one for one in places if any(start <= one.start and one.end <= end for start, end in told)]
