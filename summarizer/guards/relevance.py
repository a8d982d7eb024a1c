"""Whether evidence speaks of what the claim speaks of at all.

An obedient judge can quote a real sentence that says something else. Of claims
with the evidence that a person named, 2 in 100 share fewer words with it than
this asks for; of claims with another sentence of the same article, 99 in 100 do
(benchmarks/relevance.py).
"""

import re

from summarizer.guards.tokens import stems

ENOUGH = 0.34  # share of the claim's content words
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def speaks_of(claim: str, text: str) -> bool:
    """Whether the text has enough of the claim's words; true where words cannot be told apart by spaces and stems."""
    letters = sum(sign.isalpha() for sign in claim)
    wanted = stems(claim)
    if not wanted or len(LATIN.findall(claim)) < letters / 2:
        return True
    return len(wanted & stems(text)) >= ENOUGH * len(wanted)
