"""Guard for claims: one that says more than its own summary sentence is not the summary's claim."""

from summarizer.guards.dates import dates
from summarizer.guards.findings import Passage
from summarizer.guards.naming import names
from summarizer.guards.numbers import numbers


def excess(text: str, origin: str, summary: str) -> str | None:
    """Say what a claim has that the summary has not, or None.

    Numbers and dates must stand in the sentence that the claim comes from; a name
    may come from elsewhere in the summary, where it stood for a pronoun.
    """
    own = Passage(text=origin)
    for finding in (*numbers(text, own), *dates(text, own), *names(text, Passage(text=origin, document=summary))):
        if finding.source is None or finding.sure:
            return text[finding.start : finding.end]
    return None
