"""Offices that the evidence gives otherwise: somebody has one in the claim, and another in the evidence.

Measured at chance on natural claims (benchmarks/findings.py). Kept for the pairs of words
that it shows; nothing may be decided by it.
"""

from collections.abc import Sequence

from summarizer.findings.differences import Difference, Kind, Passage, only
from summarizer.language.names import same_name
from summarizer.language.offices import LEXICON, OFFICE_WORD, Binding, bindings, canonical
from summarizer.language.words import stem, stems
from summarizer.schema import FindingKind

ANY_BODY = frozenset(stem(word) for word in LEXICON["any_body"])


def find(claim: str, passage: Passage) -> list[Difference]:
    """Find the offices that stand nowhere beside their holders, each beside the one that the evidence gives."""
    own = bindings(claim)
    source = bindings(passage.source) if own else ()
    found = []
    for mine in own:
        if not any(_agree(mine, other) for other in source) and not _stands_near(mine, passage.source):
            theirs = [other for other in bindings(passage.text) if same_name(mine.name, other.name)]
            if other := only(theirs, passage.text):
                words = passage.text[other.start : other.end]
                note = f"the source says “{' '.join(words.split())}”"
                found.append(Difference(FindingKind.OFFICE, mine.start, mine.end, (other.start, other.end), note))
    return found


def _agree(mine: Binding, other: Binding) -> bool:
    """Whether two texts give somebody the same office, as far as both say what it is of."""
    if not same_name(mine.name, other.name) or mine.office != other.office:
        return False
    own, theirs = mine.scope - ANY_BODY, other.scope - ANY_BODY
    return not own or not theirs or any(one[:5] == two[:5] for one in own for two in theirs)


def _stands_near(mine: Binding, source: str) -> bool:
    """Whether some line has the name, the office and all that it is of, in a form that was not parsed."""
    return any(
        mine.name.tokens[-1] in line.lower()
        and any(canonical(office) == mine.office for office in OFFICE_WORD.findall(line))
        and mine.scope - ANY_BODY <= stems(line)
        and not _names_others(mine, bindings(line))
        for line in source.split("\n")
    )


def _names_others(mine: Binding, known: Sequence[Binding]) -> bool:
    """Whether a line gives the office to somebody else."""
    return any(one.office == mine.office and not same_name(one.name, mine.name) for one in known)


ENTRY = Kind("offices", "an office of somebody to whom the evidence gives another one; at chance", find)
