"""Compare words as a reader does: signs that look alike, accents, blanks and hyphens at line ends are normalised.

The normalised text knows where each of its characters comes from, so that what is found has a place in the document.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

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
NEGATING_PREFIX = re.compile(r"(?:^|[^\w])(?:non|un|anti|ex|in|dis|mis|re|de|pre)-\Z", re.IGNORECASE)


def search(quote: str, text: str, ignore_case: bool) -> "Search | None":
    """The search by which the quote stands in the document as whole words: as written first, else normalised."""
    exact = Search(quote.strip(), text, text)
    if exact.finds():
        return exact
    for joined in (True, False):
        folded = fold_document(text, joined, ignore_case)
        search = Search(fold(quote, joined, ignore_case).text.strip(), folded.text, text, folded)
        if search.finds():
            return search
    return None


class Search:
    """The places of some words in a document, in either direction from anywhere."""

    def __init__(self, wanted: str, text: str, source: str, folded: "Folded | None" = None) -> None:
        self._wanted = wanted
        self._text = text  # what is searched: the source, or its normalised form
        self._source = source
        self._folded = folded
        self._tries = 1 + WORK // (A_TRY + len(wanted))

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
        found = self._folded.source_of(at, at + len(self._wanted)) if self._folded else (at, at + len(self._wanted))
        return Span(start=found[0], end=found[1]) if found and is_whole(self._source, *found) else None


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] begins and ends between words, numbers and characters."""
    before, after = text[max(0, start - 8) : start], text[end : end + 2]
    while before and unicodedata.category(before[-1]) == "Cf":
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

    def __init__(self, text: str, starts: list[int], sources: list[tuple[int, int, bool]]) -> None:
        self.text = text
        self._starts = starts  # where each piece begins in the normalised text
        self._sources = sources  # (start, end, one-to-one) of each piece in the original

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
PIECE = re.compile(
    rf"(?P<plain>(?:[!-,./0-~](?![{MARKS}])|-(?!\s)(?![{MARKS}])| (?=[!-~]))++)"
    r"|(?P<wrap>[-‐\u00ad][^\S\n]*\r?\n\s*(?=[^\W\d_]))"
    r"|(?P<space>\s+)"
    rf"|(?P<cluster>[\u1100-\u115f][\u1160-\u11ff]*|.[{MARKS}]*)",
    re.DOTALL,
)


def fold(text: str, joined: bool, ignore_case: bool) -> Folded:
    """Normalise quotes, dashes, spaces, invisible characters, ligatures, full-width forms and composition.

    A hyphen at a line end is dropped with the break where `joined`, else kept without it.
    """
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[tuple[int, int, bool]] = []
    length = 0
    for count, match in enumerate(PIECE.finditer(text)):
        if not count % A_LOOK:
            go_on()
        plain = match["plain"]
        if plain is not None:
            folded = plain.translate(SAME)
        elif match["wrap"] is not None:
            folded = "" if joined or match["wrap"][0] == "\u00ad" else "-"
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
    return Folded("".join(pieces), starts, sources)


fold_document = lru_cache(maxsize=8)(fold)  # one document is searched for many quotes


def _fold_cluster(cluster: str) -> str:
    if unicodedata.category(cluster[0]) == "Cf":  # soft hyphens, zero-width and direction marks, tags
        return ""
    code = ord(cluster[0])
    # Only these are the same words in another form. NFKC at large would make "10²" into "102".
    if 0xFB00 <= code <= 0xFB06 or 0xFF01 <= code <= 0xFF5E:
        cluster = unicodedata.normalize("NFKC", cluster)
    return unicodedata.normalize("NFC", cluster).translate(SAME)
