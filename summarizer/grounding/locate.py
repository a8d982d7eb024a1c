"""Find the words of a quote in a document.

A quote is located exactly, or after a reversible normalisation, so that
the evidence is always the document's own words. Never by similarity: a score
of 97.6 per cent is how "$5.2 million" passes for "$4.2 million".
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from summarizer.grounding.folding import SAME, Folded, Search, Wanted, fold, is_whole, search, search_folded
from summarizer.grounding.marks import without_marks, without_marks_of_document
from summarizer.schema import Document, Evidence, Span

ELLIPSIS = re.compile(r"[\[(]\s{0,3}(?:…|\.\.\.|\. \. \.)\s{0,3}[\])]|…|\.\.\.|\. \. \.")
MAX_OCCURRENCES = 10_000  # of one quote in one document; a hostile quote is one common letter
MOST_PARTS = 12  # of a quote with ellipses; more are no quotation
PASSAGE = 1_200  # code points that the pieces of one quote with an ellipsis may span

SIGNS = {same: "".join(chr(code) for code, one in SAME.items() if one == same) + same for same in ("'", '"', "-")}
MOST_ISLANDS = 500
LONGEST_QUOTE = 700  # code points on either side of an unusual character that are looked at with it
BOOK = 200_000  # code points from which on a text is not normalised to look for some words
TAKEN_APART = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\ufb00-\ufb06\uff01-\uff5e\u1100-\u11ff\U000e0000-\U000e01ef]"
)
ANY_HYPHEN = f"[{re.escape(SIGNS['-'])}]"
PARTED = r"[-‐]\s{1,99}+"  # where a line end parts a word
FIRST_LETTER = re.compile(r"\A\W{0,20}+([^\W\d_])")

Find = Callable[[str, str, bool], Search | None]


def locate(
    quote: str, document: Document, *, near: Sequence[Span] = (), ignore_case: bool = False
) -> tuple[Evidence, ...]:
    """Find the words of `quote` in `document`; empty where they do not stand there.

    One piece of evidence, or one for each part of a quote joined by an ellipsis,
    in order and within one passage. Of several places the one inside the first
    span of `near` that has any is taken, else the nearest to it, else the first.
    """
    for find, text in _attempts(quote, ignore_case):
        if place := _nearest(find, text, document, ignore_case, near):
            return (_evidence(document, place),)
    parts = [part for part in ELLIPSIS.split(quote.strip()) if part.strip()]
    if not 2 <= len(parts) <= MOST_PARTS:
        return ()
    return _in_order(parts, document, near, ignore_case)


def stands_in(quote: str, text: str, *, ignore_case: bool = True) -> bool:
    """Whether `quote` stands in `text`, as whole words."""
    if not text:
        return False
    find = _stands_in_book if len(text) > BOOK and _islands(text, ignore_case) is not None else search
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


def _attempts(quote: str, ignore_case: bool) -> Iterator[tuple[Find, str]]:
    """What to look for, in order: the words as they are given, then with another first letter, then as words alone."""
    readings = list(_readings(quote))
    if not ignore_case:
        readings += [other for one in readings if (other := _begun_otherwise(one))]
    for find in (search, _search_words):
        yield from ((find, one) for one in readings)


def _begun_otherwise(quote: str) -> str:
    """The words with a capital at the start in place of a small letter, or the other way round; empty for a single word.

    Who quotes a piece of a sentence begins it like a whole one, or the other way round; other capitals tell words apart.
    """
    first = FIRST_LETTER.match(quote)
    if not first or len(quote.split()) < 2:
        return ""
    return quote[: first.start(1)] + first[1].swapcase() + quote[first.end(1) :]


def _search_words(quote: str, text: str, ignore_case: bool) -> Search | None:
    """The search by which a quote stands in a document but for marks that are no words, in either of them."""
    words, shown = without_marks(quote), without_marks_of_document(text)
    return None if words == quote and shown == text else search_folded(words, shown, ignore_case)


def _evidence(document: Document, span: Span) -> Evidence:
    return Evidence(document=document.id, span=span, quote=span.of(document.text))


def _nearest(find: Find, text: str, document: Document, ignore_case: bool, near: Sequence[Span]) -> Span | None:
    if near and (own := _within(text.strip(), document, near[0])):
        return own
    found = find(text, document.text, ignore_case)
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
        if is_whole(document.text, at, at + len(wanted)):
            return Span(start=at, end=at + len(wanted))
        at = document.text.find(wanted, at + 1, target.end)
    return None


def _distance(place: Span, target: Span) -> int:
    return max(target.start - place.end, place.start - target.end, 0)


def _in_order(parts: list[str], document: Document, near: Sequence[Span], ignore_case: bool) -> tuple[Evidence, ...]:
    best: tuple[int, tuple[Span, ...]] | None = None
    found = {part: _first(part, document.text, ignore_case) for part in dict.fromkeys(parts)}
    if not all(found.values()):
        return ()
    each = {part: list(islice(one.onward(0), MAX_OCCURRENCES)) for part, one in found.items() if one}
    starts = {part: [place.start for place in own] for part, own in each.items()}
    for first in each[parts[0]]:
        cost = min((_distance(first, target) for target in near), default=first.start)
        if best is not None and cost >= best[0]:
            continue
        chain = [first]
        for part in parts[1:]:
            following = bisect_right(starts[part], chain[-1].end - 1)
            if following == len(each[part]) or starts[part][following] > first.start + PASSAGE:
                break
            chain.append(each[part][following])
        between = document.text[first.start : chain[-1].end]
        if len(chain) < len(parts) or len(between) > PASSAGE or re.search(r"\n[^\S\n]*\n", between):
            continue
        best = (cost, tuple(chain))
    return tuple(_evidence(document, span) for span in best[1]) if best else ()


def _first(quote: str, text: str, ignore_case: bool) -> Search | None:
    attempts = (find(one, text, ignore_case) for find, one in _attempts(quote, ignore_case))
    return next((found for found in attempts if found), None)


@lru_cache(maxsize=4)
def _islands(text: str, ignore_case: bool) -> "tuple[tuple[str, Folded], ...] | None":
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
    return tuple((piece, fold(piece, ignore_case)) for piece in pieces)


@lru_cache(maxsize=4)  # of few books: what is known of one goes with it
def _answers(_text: str, _ignore_case: bool) -> dict[str, bool]:
    """What was asked of a book: judge, witness and remarks look for the same words."""
    return {}


def _stands_in_book(quote: str, text: str, ignore_case: bool) -> bool:
    """The same as a search of the normalised text, for one that is too long to be normalised for one answer."""
    known = _answers(text, ignore_case)
    if quote not in known:
        known[quote] = _is_found_in_book(quote, text, ignore_case)
    return known[quote]


def _is_found_in_book(quote: str, text: str, ignore_case: bool) -> bool:
    wanted = fold(quote, ignore_case).wanted
    if not wanted.text:
        return False
    pattern = re.compile("".join(_in_any_form(wanted, ignore_case)))
    found = pattern.search(text)
    while found and not is_whole(text, *found.span()):
        found = pattern.search(text, found.start() + 1)
    if found is not None:
        return True
    islands = _islands(text, ignore_case) or ()
    return any(Search(wanted, piece, folded).finds() for piece, folded in islands)


def _in_any_form(wanted: Wanted, ignore_case: bool) -> Iterator[str]:
    """Patterns for the characters of some words, and for the hyphens between them."""
    sure, left_open = (frozenset(one) for one in wanted.hyphens)
    for at, character in enumerate(wanted.text):
        if at in sure:
            yield f"(?:{ANY_HYPHEN}|{PARTED})"
        elif at in left_open:
            yield f"(?:{ANY_HYPHEN}|{PARTED})?"
        elif at and character.isalpha() and wanted.text[at - 1].isalnum():
            yield f"(?:{PARTED})?"
        yield _any_form(character, ignore_case)


def _any_form(character: str, ignore_case: bool) -> str:
    """A pattern for the characters that are normalised to this one."""
    if character == " ":
        return r"\s{1,99}+"
    cases = {character, character.upper(), character.title()} if ignore_case else {character}
    return f"[{re.escape(''.join(sorted(one for one in cases if len(one) == 1)) + SIGNS.get(character, ''))}]"
