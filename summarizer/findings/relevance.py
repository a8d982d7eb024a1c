"""Whether evidence speaks of what the claim speaks of at all.

An obedient judge can quote a real sentence that says something else. The two
thresholds were chosen on the dev articles of `evals/`; benchmarks/relevance.py
prints what they do there and on the test articles.
"""

import re

from summarizer.findings.differences import Passage
from summarizer.language.clauses import stems

ENOUGH = 0.2  # share of the claim's content words that the evidence itself must have
WITH_LEAD_IN = 0.4  # and together with the sentences before it, which its pronouns point to
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def is_relevant(claim: str, passage: Passage) -> bool:
    """Whether the passage has enough of the claim's words; true where words cannot be told apart by spaces and stems."""
    letters = sum(sign.isalpha() for sign in claim)
    wanted = stems(claim)
    if not wanted or len(LATIN.findall(claim)) < letters / 2:
        return True
    own = stems(passage.text)
    if len(wanted & own) < ENOUGH * len(wanted):
        return False
    return len(wanted & (own | stems(passage.before))) >= WITH_LEAD_IN * len(wanted)
