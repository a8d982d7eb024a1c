"""Find the words of a quote in a document.

A quote is located exactly, or after a reversible normalisation, so that
the evidence is always the document's own words. Never by similarity: a score
of 97.6 per cent is how "$5.2 million" passes for "$4.2 million".
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from summarizer.schema import Document, Evidence, Span

ELLIPSIS = re.compile(r"\[\s{0,3}(?:…|\.\.\.)\s{0,3}\]|…|\.\.\.|\. \. \.")
MAX_OCCURRENCES = 10_000  # of one quote in one document; a hostile quote is one common letter
MOST_PARTS = 12  # of a quote with ellipses; more are no quotation
PASSAGE = 1_200  # code points that the pieces of one quote with an ellipsis may span

SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣", "-"),
    }
)
SIGNS = {same: "".join(chr(code) for code, one in SAME.items() if one == same) + same for same in ("'", '"', "-")}
MOST_ISLANDS = 500
LONGEST_QUOTE = 700  # code points on either side of an unusual character that are looked at with it
BOOK = 200_000  # code points from which on a text is not normalised to look for some words
TAKEN_APART = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufb00-\ufb06\uff01-\uff5e\u1100-\u11ff\U000e0000-\U000e007f]"
)
WRAPPED = r"(?:[-‐][^\S\n]{0,99}+\r?\n\s{0,99}+)?"  # a hyphen at a line end
# Scripts written without spaces: every character is a word of its own.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
NEGATING_PREFIX = re.compile(r"(?:^|[^\w])(?:non|un|anti|ex|in|dis|mis|re|de|pre)-\Z", re.IGNORECASE)


def locate(
    quote: str, document: Document, *, near: Sequence[Span] = (), ignore_case: bool = False
) -> tuple[Evidence, ...]:
    """Find the words of `quote` in `document`; empty where they do not stand there.

    One piece of evidence, or one for each part of a quote joined by an ellipsis,
    in order and within one passage. Of several places the one inside the first
    span of `near` that has any is taken, else the nearest to it, else the first.
    """
    for text in _readings(quote):
        if place := _nearest(text, document, ignore_case, near):
            return (_evidence(document, place),)
    parts = [part for part in ELLIPSIS.split(quote.strip()) if part.strip()]
    if not 2 <= len(parts) <= MOST_PARTS:
        return ()
    return _in_order(parts, document, near, ignore_case)


def stands_in(quote: str, text: str, *, ignore_case: bool = True) -> bool:
    """Whether `quote` stands in `text`, as whole words."""
    if not text:
        return False
    find = _stands_in_book if len(text) > BOOK and _islands(text, ignore_case) is not None else _search
    if any(find(one, text, ignore_case) for one in _readings(quote)):
        return True
    return bool(ELLIPSIS.search(quote)) and bool(locate(quote, Document.of(text), ignore_case=ignore_case))


def _readings(quote: str) -> Iterator[str]:
    """The quote as given, then without the marks that a writer put around it."""
    yield quote
    bare = ELLIPSIS.sub(" ", quote.strip()) if ELLIPSIS.match(quote.strip()) else quote.strip()
    bare = re.sub(r"(?:…|\.\.\.)\s*\Z", "", bare).strip()
    unquoted = bare.translate(SAME)
    if len(unquoted) > 2 and unquoted[0] == unquoted[-1] and unquoted[0] in "\"'":
        bare = bare[1:-1].strip()
    if bare != quote:
        yield bare
    if len(bare) > 1 and bare[-1] in ".,;":
        yield bare[:-1]


def _evidence(document: Document, span: Span) -> Evidence:
    return Evidence(document=document.id, span=span, quote=span.of(document.text))


def _nearest(text: str, document: Document, ignore_case: bool, near: Sequence[Span]) -> Span | None:
    if near and (own := _within(text.strip(), document, near[0])):
        return own
    found = _search(text, document.text, ignore_case)
    if not found or not near:
        return next(found.onward(0), None) if found else None
    ahead = [next(found.onward(target.start), None) for target in near]
    for target, place in zip(near, ahead, strict=True):
        if place and place.end <= target.end:
            return place
    target = near[0]
    sides = [place for place in (next(found.backward(target.start), None), ahead[0]) if place]
    return min(sides, key=lambda place: (_distance(place, target), place.start), default=None)


def _within(wanted: str, document: Document, target: Span) -> Span | None:
    """The first place of some words, as they are written, inside a span; nothing else of the document is read."""
    at = document.text.find(wanted, target.start, target.end) if wanted else -1
    while at >= 0:
        if _is_whole(document.text, at, at + len(wanted)):
            return Span(start=at, end=at + len(wanted))
        at = document.text.find(wanted, at + 1, target.end)
    return None


def _distance(place: Span, target: Span) -> int:
    return max(target.start - place.end, place.start - target.end, 0)


def _in_order(parts: list[str], document: Document, near: Sequence[Span], ignore_case: bool) -> tuple[Evidence, ...]:
    best: tuple[int, tuple[Span, ...]] | None = None
    found = [_search(part, document.text, ignore_case) for part in parts]
    if not all(found):
        return ()
    places = [list(islice(search.onward(0), MAX_OCCURRENCES)) for search in found if search]
    starts = [[place.start for place in own] for own in places]
    for first in places[0]:
        chain = [first]
        for later, begins in zip(places[1:], starts[1:], strict=True):
            following = bisect_right(begins, chain[-1].end - 1)
            if following == len(later) or begins[following] > first.start + PASSAGE:
                break
            chain.append(later[following])
        between = document.text[first.start : chain[-1].end]
        if len(chain) < len(parts) or len(between) > PASSAGE or re.search(r"\n[^\S\n]*\n", between):
            continue
        cost = min((_distance(first, target) for target in near), default=first.start)
        if best is None or cost < best[0]:
            best = (cost, tuple(chain))
    return tuple(_evidence(document, span) for span in best[1]) if best else ()


def _search(quote: str, text: str, ignore_case: bool) -> "_Search | None":
    """The search by which the quote stands in the document as whole words: as written first, else normalised."""
    exact = _Search(quote.strip(), text, text)
    if exact.finds():
        return exact
    for joined in (True, False):
        folded = _folded_document(text, joined, ignore_case)
        search = _Search(_folded(quote, joined, ignore_case).text.strip(), folded.text, text, folded)
        if search.finds():
            return search
    return None


@lru_cache(maxsize=4)
def _islands(text: str, ignore_case: bool) -> "tuple[tuple[str, _Folded], ...] | None":
    """The pieces of a book around the characters that normalising takes apart, joins or leaves out; None where it has many."""
    if not unicodedata.is_normalized("NFC", text):
        return None
    found: list[tuple[int, int]] = []
    for match in islice(TAKEN_APART.finditer(text), MOST_ISLANDS + 1):
        start, end = max(0, match.start() - LONGEST_QUOTE), match.end() + LONGEST_QUOTE
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    if len(found) > MOST_ISLANDS:
        return None
    pieces = [text[start:end] for start, end in found]
    return tuple((piece, _folded(piece, joined, ignore_case)) for piece in pieces for joined in (True, False))


def _stands_in_book(quote: str, text: str, ignore_case: bool) -> bool:
    """The same as a search of the normalised text, for one that is too long to be normalised for one answer."""
    wanted = _folded(quote, False, ignore_case).text.strip()
    if not wanted:
        return False
    pattern = re.compile(WRAPPED.join(_any_form(character, ignore_case) for character in wanted))
    found = pattern.search(text)
    while found and not _is_whole(text, *found.span()):
        found = pattern.search(text, found.start() + 1)
    if found is not None:
        return True
    islands = _islands(text, ignore_case) or ()
    return any(_Search(wanted, folded.text, piece, folded).finds() for piece, folded in islands)


def _any_form(character: str, ignore_case: bool) -> str:
    """A pattern for the characters that are normalised to this one."""
    if character == " ":
        return r"\s{1,99}+"
    if character == "-":
        return rf"[{re.escape(SIGNS['-'])}](?:[^\S\n]{{0,99}}+\r?\n\s{{0,99}}+)?"
    cases = {character, character.upper(), character.title()} if ignore_case else {character}
    return f"[{re.escape(''.join(sorted(one for one in cases if len(one) == 1)) + SIGNS.get(character, ''))}]"


class _Search:
    """The places of some words in a document, in either direction from anywhere."""

    def __init__(self, wanted: str, text: str, source: str, folded: "_Folded | None" = None) -> None:
        self._wanted = wanted
        self._text = text  # what is searched: the source, or its normalised form
        self._source = source
        self._folded = folded

    def finds(self) -> bool:
        return next(self.onward(0), None) is not None

    def onward(self, start: int) -> Iterator[Span]:
        """The places that begin at `start` of the source or later, in order."""
        at = self._text.find(self._wanted, self._searched(start)) if self._wanted else -1
        while at >= 0:
            place = self._place(at)
            if place and place.start >= start:
                yield place
            at = self._text.find(self._wanted, at + 1)

    def backward(self, end: int) -> Iterator[Span]:
        """The places that begin before `end` of the source, the last first."""
        limit = self._searched(end) + len(self._wanted)
        at = self._text.rfind(self._wanted, 0, limit) if self._wanted else -1
        while at >= 0:
            place = self._place(at)
            if place and place.start < end:
                yield place
            at = self._text.rfind(self._wanted, 0, at + len(self._wanted) - 1)

    def _searched(self, at: int) -> int:
        """The offset in the searched text of one in the source; a little before it where it falls into a piece."""
        return self._folded.folded_of(at) if self._folded else at

    def _place(self, at: int) -> Span | None:
        found = self._folded.source_of(at, at + len(self._wanted)) if self._folded else (at, at + len(self._wanted))
        return Span(start=found[0], end=found[1]) if found and _is_whole(self._source, *found) else None


def _is_whole(text: str, start: int, end: int) -> bool:
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


class _Folded:
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


def _folded(text: str, joined: bool, ignore_case: bool) -> _Folded:
    """Normalise quotes, dashes, spaces, invisible characters, ligatures, full-width forms and composition.

    A hyphen at a line end is dropped with the break where `joined`, else kept without it.
    """
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[tuple[int, int, bool]] = []
    length = 0
    for match in PIECE.finditer(text):
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
    return _Folded("".join(pieces), starts, sources)


_folded_document = lru_cache(maxsize=8)(_folded)  # one document is searched for many quotes


def _fold_cluster(cluster: str) -> str:
    if unicodedata.category(cluster[0]) == "Cf":  # soft hyphens, zero-width and direction marks, tags
        return ""
    code = ord(cluster[0])
    # Only these are the same words in another form. NFKC at large would make "10²" into "102".
    if 0xFB00 <= code <= 0xFB06 or 0xFF01 <= code <= 0xFF5E:
        cluster = unicodedata.normalize("NFKC", cluster)
    return unicodedata.normalize("NFC", cluster).translate(SAME)
