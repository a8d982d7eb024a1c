"""Compare a claim with its evidence by code: pure functions, no model, no network.

Each guard takes the claim's text and a `Passage` and returns what differs. They
veto and do not vote: a guard never makes a claim supported.
"""

from collections.abc import Sequence

from summarizer.findings.attribution import attribution
from summarizer.findings.causes import causes
from summarizer.findings.dates import dates
from summarizer.findings.differences import Difference, Guard, Passage
from summarizer.findings.modality import modality
from summarizer.findings.naming import names
from summarizer.findings.negation import negation
from summarizer.findings.numbers import numbers
from summarizer.findings.offices import offices
from summarizer.findings.opposites import opposites
from summarizer.findings.quantifiers import quantifiers
from summarizer.findings.quotations import quotations
from summarizer.language.sentences import Sentence, on_one_line, unbroken
from summarizer.schema import Document

GUARDS: tuple[Guard, ...] = (
    quotations, numbers, dates, names, offices, negation, opposites, quantifiers, modality, attribution, causes
)  # fmt: skip
WHOLE = 60_000  # code points; about 10,000 words
PART = 20_000
LEAD_IN = 6  # sentences before the evidence that its pronouns and anchors may point to


def compare(claim: str, passage: Passage) -> tuple[Difference, ...]:
    """Run every guard; offsets of the evidence are of `passage.text`."""
    return tuple(finding for guard in GUARDS for finding in guard(claim, passage))


def passage_of(evidence: Sequence[Sentence], document: Document, every: Sequence[Sentence]) -> Passage:
    """The evidence as one text in the order of its document, whose sentences are `every`, with its lead-in.

    Sentences stand on lines of their own, and each on one line: no name or number runs over from one to the next.
    """
    chosen = sorted({sentence.number for sentence in evidence})
    first = chosen[0] if chosen else 0
    before = together(every[max(0, first - LEAD_IN) : first])
    text = together([every[number] for number in chosen])
    if len(document.text) <= WHOLE:
        return Passage(text=text, before=before, document=unbroken(document.text, every, 0, len(document.text)))
    # Parts begin at fixed places, so that claims about one chapter share what was read off it.
    middle = every[first].start // PART * PART
    part = unbroken(document.text, every, max(0, middle - PART), middle + 2 * PART)
    return Passage(text=text, before=before, document=part, source=document.text)


def together(sentences: Sequence[Sentence]) -> str:
    """Some sentences, each on a line of its own; places within them are counted as in their own texts."""
    return "\n".join(on_one_line(one.text) for one in sentences)


__all__ = ["GUARDS", "Difference", "Guard", "Passage", "compare", "passage_of", "together"]
