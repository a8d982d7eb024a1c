"""Another wording of a sentence as swaps of its words, so that an edit is no larger than what it changes."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from summarizer.repair.pairs import MARKS, Origin, Swap, is_half_marked
from summarizer.schema import Check, Span

WORD = re.compile(r"[^\s*_~`](?:\S*[^\s*_~`])?")
"""Without the marks of Markdown around it, which stay where they are."""
STAYS = 0.6  # of the words of a sentence that may change where it is shown word by word
REWORDED = "reworded by the model"
"""The reason of an edit whose words a model proposed."""
ASIDE = 1  # words that two changes may have between them and be one edit


def rewritten(check: Check, place: Span, summary: str, text: str) -> tuple[Swap, ...]:
    """The swaps that make `text` of the words of the summary at `place`; none where they are the same."""
    whole = Swap(place.start, place.end, text, check.claim.id, REWORDED, None, Origin.MODEL)
    return in_words(whole, summary)


def in_words(whole: Swap, summary: str) -> tuple[Swap, ...]:
    """The same as swaps of the words that differ; none where they are the same."""
    text = whole.after
    before, after = list(WORD.finditer(summary[whole.start : whole.end])), list(WORD.finditer(text))
    found = []
    for i1, i2, j1, j2 in _changes([one[0] for one in before], [one[0] for one in after]):
        start, end = _with_marks(summary, whole.start + before[i1].start(), whole.start + before[i2 - 1].end())
        found.append(whole._replace(start=start, end=end, after=text[after[j1].start() : after[j2 - 1].end()]))
    return tuple(found)


def _with_marks(summary: str, start: int, end: int) -> tuple[int, int]:
    """The words with the marks around them, where half of those are among the words."""
    if not is_half_marked(summary[start:end]):
        return start, end
    while start > 0 and summary[start - 1] in MARKS:
        start -= 1
    while end < len(summary) and summary[end] in MARKS:
        end += 1
    return start, end


def smallest(whole: Swap, summary: str) -> tuple[Swap, ...]:
    """A sentence for a statement as swaps of the words that differ, where most stay: else a reader sees it better whole."""
    parts = in_words(whole, summary)
    changed = sum(max(len(WORD.findall(summary[one.start : one.end])), len(WORD.findall(one.after))) for one in parts)
    most = max(len(WORD.findall(summary[whole.start : whole.end])), len(WORD.findall(whole.after)))
    whole_marks = not any(is_half_marked(summary[one.start : one.end]) for one in parts)
    return parts if parts and changed <= most * STAYS and whole_marks else (whole,)


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
