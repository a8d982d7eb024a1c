"""Offices that the evidence gives otherwise: somebody has one in the claim, and another in the evidence.

Measured at chance on natural claims (benchmarks/findings.py). Kept for the pairs of words
that it shows; nothing may be decided by it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from summarizer.findings.differences import Difference, Kind, Passage, only
from summarizer.language.names import same_name
from summarizer.language.offices import LEXICON, OFFICE_WORD, Binding, bindings, canonical
from summarizer.language.source_text import LONG
from summarizer.language.words import stem, stems
from summarizer.schema import FindingKind

REACH = 300  # code points around a name of a long source in which its office may stand
MOST = 300  # places of one name that are looked at
ANY_BODY = frozenset(stem(word) for word in LEXICON["any_body"])


def find(claim: str, passage: Passage) -> list[Difference]:
    """Find the offices that stand nowhere beside their holders, each beside the one that the evidence gives."""
    found = []
    for mine in bindings(claim):
        known = (other for piece in _pieces(mine, passage.source) for other in bindings(piece))
        if not any(_agree(mine, other) for other in known) and not _stands_near(mine, passage.source):
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
        for piece in _pieces(mine, source)
        for line in piece.split("\n")
    )


def _pieces(mine: Binding, source: str) -> Sequence[str]:
    """What of a source may tell the office of somebody: all of it, or of a long one what stands around the name."""
    if len(source) < LONG:
        return (source,)
    return tuple(piece for token in mine.name.tokens for piece in _around(token, source))


@lru_cache(maxsize=512)
def _around(token: str, source: str) -> tuple[str, ...]:
    """The pieces of a source around a word in any case, up to `MOST` of them."""
    letters = "".join(f"[{re.escape(letter + letter.upper()[:1])}]" for letter in token)
    found: list[tuple[int, int]] = []
    whole = (
        one for one in re.finditer(rf"{letters}(?!\w)", source) if not source[one.start() - 1 : one.start()].isalnum()
    )
    for match in islice(whole, MOST):
        start, end = max(0, match.start() - REACH), match.end() + REACH
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return tuple(source[start:end] for start, end in found)


def _names_others(mine: Binding, known: Sequence[Binding]) -> bool:
    """Whether a line gives the office to somebody else."""
    return any(one.office == mine.office and not same_name(one.name, mine.name) for one in known)


ENTRY = Kind("offices", "an office of somebody to whom the evidence gives another one; at chance", find)
