"""A proposed wording of a sentence as swaps of its words, so that an edit is no larger than what it changes."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from summarizer.repair.pairs import Origin, Swap
from summarizer.schema import Check, Evidence, Span

WORD = re.compile(r"\S+")
ASIDE = 1  # words that two changes may have between them and be one edit


def rewritten(check: Check, place: Span, summary: str, text: str, evidence: Evidence | None) -> tuple[Swap, ...]:
    """The swaps that make `text` of the words of the summary at `place`; none where they are the same."""
    before, after = list(WORD.finditer(place.of(summary))), list(WORD.finditer(text))
    found = []
    for i1, i2, j1, j2 in _changes([one[0] for one in before], [one[0] for one in after]):
        start, end = place.start + before[i1].start(), place.start + before[i2 - 1].end()
        new = text[after[j1].start() : after[j2 - 1].end()]
        found.append(Swap(start, end, new, check.claim.id, "reworded by the model", evidence, Origin.MODEL))
    return tuple(found)


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The runs of words that differ, none of them empty: what is put in or left out takes a word beside it along."""
    if not before or not after:
        return
    runs: list[tuple[int, int, int, int]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        near = runs and i1 - runs[-1][1] <= ASIDE
        begins = runs.pop()[::2] if near else (i1, j1)
        runs.append((begins[0], i2, begins[1], j2))
    for i1, i2, j1, j2 in runs:
        if i1 < i2 and j1 < j2:
            yield i1, i2, j1, j2
        elif i1 > 0 and j1 > 0:
            yield i1 - 1, i2, j1 - 1, j2
        else:
            yield i1, i2 + 1, j1, j2 + 1
