"""Words in quotation marks that stand nowhere in the source, beside those that it has nearly so."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, zip_longest
from operator import attrgetter

from summarizer.findings.differences import Difference, Kind, Passage
from summarizer.findings.vocabulary import folded, has_words, words_of
from summarizer.grounding.folding import search
from summarizer.grounding.locate import ELLIPSIS, MAX_OCCURRENCES
from summarizer.grounding.opposed import NEGATORS
from summarizer.language.quotations import LETTER, QUOTED
from summarizer.language.turning import turning_words
from summarizer.language.words import STOP_WORDS, content_stems
from summarizer.schema import FindingKind, Span

CLOSING = ".,;:!?…"
WORD = re.compile(r"\w[\w’'-]*")
ALIKE = 0.6  # share of its words that the quotation has in common with what it should say
LONGEST = 400  # words of a line that is laid beside a quotation; a longer one is no sentence, and takes seconds
FEWEST = 3  # words in common, in order, one of them with content
EDITORS = re.compile(r"(?<!\w)(\[[^\[\]]{1,200}\]|\([^()]{1,200}\))(?!\w)")
"""What an editor put into a quotation, or in the place of its words: "[the council]", "(the council)"."""
ENDED = re.compile(r"(?<!\w)(?P<begun>[^\W\d_]{2,40}+)\[[^\W\d_]{1,4}\](?!\w)")
"""A word with the ending that an editor gave it: "want[s]"."""
ENDING = 4  # letters that such a word may have more in the source
REPLACED = 80  # code points of the source that the editor's words may stand for
MARKS = CLOSING + " \t\n-–—"


def find(claim: str, passage: Passage) -> list[Difference]:
    """Find quoted words that stand nowhere in the source, but for case, typography and end marks."""
    found = []
    for match in QUOTED.finditer(claim):
        inner = match.lastindex or 1
        quoted = match[inner].strip().strip(CLOSING).strip()
        if not quoted or has_words(quoted, passage.source) or _is_edited(quoted, passage.source):
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


def _is_edited(quoted: str, source: str) -> bool:
    """Whether the source has all but the editor's words, in order, and each bracket stands for few of its words and no "not".

    >>> said = "We will fight this."
    >>> [_is_edited(one, said) for one in ("[They] will fight this", "[They] will stop this", "We will [not] fight this")]
    [True, False, False]
    """
    if "[" not in quoted and "(" not in quoted:
        return False
    forms = _with_its_endings(LETTER.sub(r"\1", quoted), source)
    return any(
        (not EDITORS.search(one) or content_stems(EDITORS.sub(" ", one)))
        and has_words(EDITORS.sub(" … ", one), source)
        and all(_stands_close(part, source) for part in ELLIPSIS.split(one))
        for one in forms
    )


def _with_its_endings(quoted: str, source: str) -> Iterator[str]:
    """The quotation, with a word that has the editor's ending as each word of the source that begins so."""
    found = ENDED.search(quoted)
    if not found:
        yield quoted
        return
    begun = folded(found["begun"])
    for word in sorted(words_of(source)):
        if word.startswith(begun) and len(word) <= len(begun) + ENDING:
            yield f"{quoted[: found.start()]}{word}{quoted[found.end() :]}"


def _stands_close(quoted: str, source: str) -> bool:
    """Whether the words before and behind each bracket stand so in the source that the editor's may stand for those between."""
    pieces = EDITORS.split(quoted)
    places: list[Span] | None = None
    editors = ""
    for piece, bracket in zip_longest(pieces[::2], pieces[1::2], fillvalue=""):
        if words := piece.strip(MARKS):
            found = search(words, source, True)
            every = islice(found.onward(0), MAX_OCCURRENCES) if found else ()
            places = [one for one in every if _may_stand(editors, places, one, source)]
            editors = ""
        editors += bracket
    return places != [] and _may_stand_for(editors, "")


def _may_stand(editors: str, before: Sequence[Span] | None, place: Span, source: str) -> bool:
    """Whether the editor's words may stand between one of the places before and this one."""
    if before is None:
        return _may_stand_for(editors, "")
    first = bisect_left(before, place.start - REPLACED, key=attrgetter("end"))
    near = before[first : bisect_right(before, place.start, key=attrgetter("end"))]
    return any(_may_stand_for(editors, source[one.end : place.start]) for one in near)


def _may_stand_for(editors: str, words: str) -> bool:
    return bool(turning_words(editors).keys() & NEGATORS) == bool(turning_words(words).keys() & NEGATORS)


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
