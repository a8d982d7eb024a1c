"""Find the words of a quote in a document.

A quote is located exactly, or after a normalisation that can be undone, so that
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
PASSAGE = 1_200  # code points that the pieces of one quote with an ellipsis may span

SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣", "-"),
    }
)
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
        places = _places(text, document, ignore_case)
        if place := _nearest(places, near):
            return (_evidence(document, place),)
    parts = [part for part in ELLIPSIS.split(quote.strip()) if part.strip()]
    if len(parts) < 2:
        return ()
    return _in_order(parts, document, near, ignore_case)


def stands_in(quote: str, text: str, *, ignore_case: bool = True) -> bool:
    """Whether `quote` stands in `text`, as whole words."""
    return bool(text) and bool(locate(quote, Document.of(text), ignore_case=ignore_case))


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


def _nearest(places: Iterator[Span], near: Sequence[Span]) -> Span | None:
    if not near:
        return next(places, None)
    found = list(islice(places, MAX_OCCURRENCES))
    for target in near:
        for place in found:
            if target.start <= place.start and place.end <= target.end:
                return place
    target = near[0]
    return min(found, key=lambda place: (_distance(place, target), place.start), default=None)


def _distance(place: Span, target: Span) -> int:
    return max(target.start - place.end, place.start - target.end, 0)


def _in_order(parts: list[str], document: Document, near: Sequence[Span], ignore_case: bool) -> tuple[Evidence, ...]:
    best: tuple[int, tuple[Span, ...]] | None = None
    places = [list(islice(_places(part, document, ignore_case), MAX_OCCURRENCES)) for part in parts]
    for first in places[0]:
        chain = [first]
        for later in places[1:]:
            following = bisect_right([place.start for place in later], chain[-1].end - 1)
            if following == len(later):
                break
            chain.append(later[following])
        between = document.text[first.start : chain[-1].end]
        if len(chain) < len(parts) or len(between) > PASSAGE or re.search(r"\n[^\S\n]*\n", between):
            continue
        cost = min((_distance(first, target) for target in near), default=first.start)
        if best is None or cost < best[0]:
            best = (cost, tuple(chain))
    return tuple(_evidence(document, span) for span in best[1]) if best else ()


def _places(quote: str, document: Document, ignore_case: bool) -> Iterator[Span]:
    """Every place where the quote stands as whole words: as written first, else normalised."""
    found = False
    if quote.strip():
        for start in _occurrences(quote.strip(), document.text):
            end = start + len(quote.strip())
            if _is_whole(document.text, start, end):
                found = True
                yield Span(start=start, end=end)
    if found:
        return
    for joined in (True, False):
        folded = _folded_document(document.text, joined, ignore_case)
        wanted = _folded(quote, joined, ignore_case).text.strip()
        if not wanted:
            return
        for at in _occurrences(wanted, folded.text):
            place = folded.source_of(at, at + len(wanted))
            if place and _is_whole(document.text, *place):
                found = True
                yield Span(start=place[0], end=place[1])
        if found:
            return


def _occurrences(needle: str, text: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


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
        else:
            piece_end = self._starts[last + 1] if last + 1 < len(self._starts) else len(self.text)
            if end != piece_end:
                return None
        return source_start, source_end


MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
PIECE = re.compile(
    rf"(?P<plain>(?:[!-,./0-~](?![{MARKS}])|-(?!\s)(?![{MARKS}])| (?=[!-~]))+)"
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
