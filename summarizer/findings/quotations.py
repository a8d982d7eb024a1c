"""Words in quotation marks that stand nowhere in the source, beside those that it has nearly so."""

import re
from difflib import SequenceMatcher
from itertools import islice

from summarizer.findings.differences import Difference, Kind, Passage
from summarizer.findings.vocabulary import folded, has_words
from summarizer.language.quotations import QUOTED
from summarizer.language.words import STOP_WORDS
from summarizer.schema import FindingKind

CLOSING = ".,;:!?…"
WORD = re.compile(r"\w[\w’'-]*")
ALIKE = 0.6  # share of its words that the quotation has in common with what it should say
LONGEST = 400  # words of a line that is laid beside a quotation; a longer one is no sentence, and takes seconds
FEWEST = 3  # words in common, in order, one of them with content


def find(claim: str, passage: Passage) -> list[Difference]:
    """Find quoted words that stand nowhere in the source, but for case, typography and end marks."""
    found = []
    for match in QUOTED.finditer(claim):
        inner = match.lastindex or 1
        quoted = match[inner].strip().strip(CLOSING).strip()
        if not quoted or has_words(quoted, passage.source):
            continue
        near = _nearest(quoted, passage.text)
        if near is None:
            note = f"“{' '.join(quoted.split())}” does not appear in the source"
            found.append(Difference(FindingKind.QUOTATION, *match.span(), None, note))
            continue
        start = match.start(inner) + match[inner].index(quoted)
        note = f"the source says “{' '.join(passage.text[slice(*near)].split())}”"
        found.append(Difference(FindingKind.QUOTATION, start, start + len(quoted), near, note))
    return found


def _nearest(quoted: str, text: str) -> tuple[int, int] | None:
    """The place of a line of the text that is the quotation but for some words; None where no place is."""
    mine = [folded(one[0]) for one in WORD.finditer(quoted)]
    best: tuple[int, int, int] = (0, 0, 0)
    at = 0
    for line in text.split("\n"):
        words = [(one.start() + at, one.end() + at) for one in islice(WORD.finditer(line), LONGEST + 1)]
        at += len(line) + 1
        if len(words) > LONGEST:
            continue
        theirs = [folded(text[start:end]) for start, end in words]
        blocks = [one for one in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks() if one.size]
        shared = sum(one.size for one in blocks)
        telling = any(not STOP_WORDS.issuperset(mine[one.a : one.a + one.size]) for one in blocks)
        if blocks and telling and shared > best[0]:
            first, last = blocks[0], blocks[-1]
            begins = max(0, first.b - first.a)
            ends = min(len(theirs), last.b + last.size + len(mine) - last.a - last.size)
            if ends - begins <= len(mine) / ALIKE:
                best = (shared, words[begins][0], words[ends - 1][1])
    shared, start, end = best
    return (start, end) if shared >= FEWEST and shared >= ALIKE * len(mine) else None


ENTRY = Kind("quotations", "words in quotation marks that stand nowhere in the source", find)
