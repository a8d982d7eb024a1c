"""Compare a claim with its source by code: pure functions, no model, no network.

Each kind of finding is a module of this package with an `ENTRY`: what of the claim stands
nowhere in the source, and the words of the evidence to put beside it where there is one
candidate. A finding is shown; it changes no verdict.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module

from summarizer.findings.differences import Difference, Kind, Passage
from summarizer.language.sentences import Sentence, on_one_line

MODULES = ("quotations", "numbers", "dates", "names", "offices")
"""One for each kind, in the order of their findings."""


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind of finding."""
    return tuple(import_module(f"{__name__}.{module}").ENTRY for module in MODULES)


def compare(claim: str, passage: Passage) -> tuple[Difference, ...]:
    """Find what differs, of every kind; offsets of the evidence are of `passage.text`."""
    return tuple(difference for kind in kinds() for difference in kind.find(claim, passage))


def passage_of(evidence: Sequence[Sentence], source: str) -> Passage:
    """The evidence as one text in the order of its document: each sentence on a line of its own."""
    return Passage(together(sorted(set(evidence), key=lambda one: one.number)), source)


def together(sentences: Sequence[Sentence]) -> str:
    """Some sentences, each on a line of its own; places within them are counted as in their own texts."""
    return "\n".join(on_one_line(one.text) for one in sentences)


__all__ = ["Difference", "Kind", "Passage", "compare", "kinds", "passage_of", "together"]
