"""Compare words as a reader does: signs that look alike, accents, blanks and hyphens at line ends are normalised.

The normalised text knows where each of its characters comes from, so that what is found has a place in the document. A
hyphen within a word is no character of it: `Folded` says where one stands, and where a line end leaves open whether
the word has one.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.markdown import HIDDEN
from summarizer.patience import go_on
from summarizer.schema import Span

SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣", "-"),
    }
)
# Scripts written without spaces: every character is a word of its own.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
WORK = 50_000_000
"""Code points that one search compares before it gives up on places that are no whole words; a quote of which so many
stand in a text is one common letter, or the text says the same over and over."""
A_LOOK = 4_096  # pieces of a text between two looks at the clock
A_TRY = 500  # code points that cost as much as looking at one place
PARTED_END = re.compile(r"(?<=[^\W\d_]{2})-\s{0,9}\Z")
NEGATING_PREFIX = re.compile(r"(?:^|[^\w])(?:non|un|anti|ex|in|im|il|ir|dis|mis|re|de|pre)[-‐]\s{0,8}\Z", re.IGNORECASE)


def search(quote: str, text: str, ignore_case: bool) -> "Search | None":
    """The search by which the quote stands in the document as whole words: as written first, else normalised."""
    exact = Search(Wanted(quote.strip()), text)
    if exact.finds():
        return exact
    return search_folded(quote, text, ignore_case)


def search_folded(quote: str, text: str, ignore_case: bool) -> "Search | None":
    """The same for the normalised quote alone."""
    found = Search(fold(quote, ignore_case).wanted, text, fold_document(text, ignore_case))
    return found if found.finds() else None


class Hyphens(NamedTuple):
    """Places of a normalised text between two characters of a word, in order."""

    sure: Sequence[int] = ()
    """Those that have a hyphen."""
    open: Sequence[int] = ()
    """Those that may have one: there a line ended, or did before somebody put the text on one line."""

    def within(self, start: int, end: int) -> "Hyphens":
        """Those inside of text[start:end], counted from its start."""
        parts = (one[bisect_right(one, start) : bisect_left(one, end)] for one in self)
        return Hyphens(*([at - start for at in part] for part in parts))

    def agree(self, other: "Hyphens") -> bool:
        """Whether two texts of the same characters may have the same hyphens."""
        both = {*self.open, *other.open}
        return both.issuperset(set(self.sure) ^ set(other.sure))


class Wanted(NamedTuple):
    """Words that are looked for."""

    text: str
    hyphens: Hyphens = Hyphens()


class Search:
    """The places of some words in a document, in either direction from anywhere."""

    def __init__(self, wanted: Wanted, source: str, folded: "Folded | None" = None) -> None:
        self._wanted, self._hyphens = wanted
        self._text = folded.text if folded else source
        self._source = source
        self._folded = folded
        self._tries = 1 + WORK // (A_TRY + len(self._wanted))

    def finds(self) -> bool:
        return next(self.onward(0), None) is not None

    def onward(self, start: int) -> Iterator[Span]:
        """The places that begin at `start` of the source or later, in order."""
        at = self._text.find(self._wanted, self._searched(start)) if self._wanted else -1
        for count in range(self._tries):
            if at < 0:
                return
            if not count % A_LOOK:
                go_on()
            place = self._place(at)
            if place and place.start >= start:
                yield place
            at = self._text.find(self._wanted, at + 1)

    def backward(self, end: int) -> Iterator[Span]:
        """The places that begin before `end` of the source, the last first."""
        limit = self._searched(end) + len(self._wanted)
        at = self._text.rfind(self._wanted, 0, limit) if self._wanted else -1
        for count in range(self._tries):
            if at < 0:
                return
            if not count % A_LOOK:
                go_on()
            place = self._place(at)
            if place and place.start < end:
                yield place
            at = self._text.rfind(self._wanted, 0, at + len(self._wanted) - 1)

    def _searched(self, at: int) -> int:
        """The offset in the searched text of one in the source; a little before it where it falls into a piece."""
        return self._folded.folded_of(at) if self._folded else at

    def _place(self, at: int) -> Span | None:
        end = at + len(self._wanted)
        found = self._folded.source_of(at, end) if self._folded else (at, end)
        if not found or not is_whole(self._source, *found):
            return None
        if self._folded and not self._hyphens.agree(self._folded.hyphens.within(at, end)):
            return None
        return self._with_marks(*found)

    def _with_marks(self, start: int, end: int) -> Span:
        """A place with the hidden marks right before and behind it."""
        while start and self._source[start - 1] == HIDDEN:
            start -= 1
        while end < len(self._source) and self._source[end] == HIDDEN:
            end += 1
        return Span(start=start, end=end)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] begins and ends between words, numbers and characters."""
    before, after = text[max(0, start - 16) : start], text[end : end + 2]
    while before and (before[-1] == HIDDEN or unicodedata.category(before[-1]) == "Cf"):
        before = before[:-1]
    first, last = text[start], text[end - 1]
    if unicodedata.combining(first) or (after and unicodedata.combining(after[0])):
        return False
    if first.isalnum() and before and not UNSPACED.match(first):
        if before[-1].isalnum() and not UNSPACED.match(before[-1]):
            return False
        if first.isdigit() and re.search(r"\d[.,]\Z", before):
            return False
        if NEGATING_PREFIX.search(before):
            return False
    if last.isalnum() and after and not UNSPACED.match(last):
        if after[0].isalnum() and not UNSPACED.match(after[0]):
            return False
        if last.isdigit() and re.match(r"[.,]\d", after):
            return False
    return True


class Folded:
    """A normalised text that knows where each of its characters came from."""

    def __init__(self, text: str, starts: list[int], sources: list[tuple[int, int, bool]], hyphens: Hyphens) -> None:
        self.text = text
        self.hyphens = hyphens
        self._starts = starts  # where each piece begins in the normalised text
        self._sources = sources  # (start, end, one-to-one) of each piece in the original

    @property
    def wanted(self) -> Wanted:
        """It as words that are looked for, without the hyphen of a word that goes on behind them."""
        bare = self.text.lstrip()
        start = len(self.text) - len(bare)
        return Wanted(PARTED_END.sub("", bare).rstrip(), self.hyphens.within(start, len(self.text)))

    def folded_of(self, at: int) -> int:
        """Where the piece that holds an offset of the original begins in the normalised text, or would begin."""
        piece = bisect_right(self._sources, at, key=lambda source: source[0]) - 1
        if piece < 0:
            return 0
        start, _, one_to_one = self._sources[piece]
        return self._starts[piece] + (min(at - start, self._length(piece)) if one_to_one else 0)

    def _length(self, piece: int) -> int:
        end = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        return end - self._starts[piece]

    def source_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Offsets in the original of text[start:end]; None where it would cut a character in two."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        source_start, _, one_to_one = self._sources[first]
        if one_to_one:
            source_start += start - self._starts[first]
        elif start != self._starts[first]:
            return None
        last_start, source_end, one_to_one = self._sources[last]
        if one_to_one:
            source_end = last_start + end - self._starts[last]
        elif end != self._starts[last] + self._length(last):
            return None
        return source_start, source_end


MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
UNSEEN = rf"\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff{HIDDEN}"
WITHIN = rf"[-‐‑‒–—―−﹘﹣](?<=[^\W_].|[{MARKS}{UNSEEN}].)(?:(?<=[-‐])\s++)?(?=[{UNSEEN}]{{0,20}}+[^\W_])"
"""A hyphen between two characters of a word, with the line end behind it, or the blank that was one."""
PIECE = re.compile(
    rf"(?P<hyphen>{WITHIN}(?=[{UNSEEN}]{{0,20}}+(?P<digit>\d)?))"
    rf"|(?P<plain>(?:[!-,./0-~](?![{MARKS}])|(?!{WITHIN})-(?!\s)(?![{MARKS}])| (?=[!-~]))++)"
    r"|(?P<wrap>\u00ad[^\S\n]*\r?\n\s*(?=[^\W\d_]))"
    r"|(?P<space>\s+)"
    rf"|(?P<cluster>[\u1100-\u115f][\u1160-\u11ff]*|.[{MARKS}]*)",
    re.DOTALL,
)


VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Says which picture or form of the sign before it is meant; a sign is the same without it."""


def fold(text: str, ignore_case: bool) -> Folded:
    """Normalise quotes, dashes, spaces, invisible characters, ligatures, full-width forms and composition."""
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[tuple[int, int, bool]] = []
    sure: list[int] = []
    left_open: list[int] = []
    length = 0
    for count, match in enumerate(PIECE.finditer(text)):
        if not count % A_LOOK:
            go_on()
        plain = match["plain"]
        if plain is not None:
            folded = plain.translate(SAME)
        elif match["hyphen"] is not None:
            if pieces and _ends_in_word(pieces[-1]):
                (sure if match["digit"] or len(match[0]) == 1 else left_open).append(length)
                continue
            folded = "-" if len(match[0]) == 1 else "- "
        elif match["wrap"] is not None:
            continue
        elif match["space"] is not None:
            folded = " "
        else:
            folded = _fold_cluster(match["cluster"])
        if ignore_case:
            lower = folded.lower()
            folded = lower if len(lower) == len(folded) or plain is None else folded
        if not folded:
            continue
        begin = match.start()
        if folded[0] == " " and pieces and pieces[-1].endswith(" "):
            folded, begin = folded[1:], begin + 1
            if not folded:
                continue
        pieces.append(folded)
        starts.append(length)
        sources.append((begin, match.end(), plain is not None))
        length += len(folded)
    return Folded("".join(pieces), starts, sources, Hyphens(sure, left_open))


fold_document = lru_cache(maxsize=8)(fold)  # one document is searched for many quotes


def _ends_in_word(piece: str) -> bool:
    return piece[-1].isalnum() or unicodedata.combining(piece[-1]) > 0


def _fold_cluster(cluster: str) -> str:
    # Of format (Cf) are soft hyphens, zero-width and direction marks, tags.
    if cluster == HIDDEN or VARIANT.match(cluster) or unicodedata.category(cluster[0]) == "Cf":
        return ""
    code = ord(cluster[0])
    # Only these are the same words in another form. NFKC at large would make "10²" into "102".
    if 0xFB00 <= code <= 0xFB06 or 0xFF01 <= code <= 0xFF5E:
        cluster = unicodedata.normalize("NFKC", cluster)
    return unicodedata.normalize("NFC", cluster).translate(SAME)
