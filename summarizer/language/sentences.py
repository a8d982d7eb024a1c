"""Split text into sentences with exact offsets: one scan for candidates, one decision for each.

A candidate is a terminator (`.`, `!`, `?`, `…`, `。` and their kin) or a line
break. Whether it ends a sentence is decided from the word before it and the
word after it, never from the whole text, so the cost is linear. Left out on
purpose: anything learned. `docs/figures/sentences.md` has the
comparison with the libraries that were measured.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.full_stops import CLOSERS, LEXICON, OPENERS, ends_a_sentence, word_before
from summarizer.language.lexicon import lexicon
from summarizer.language.line_breaks import Wraps
from summarizer.language.markdown_blocks import blanked
from summarizer.language.patterns import any_of
from summarizer.language.source_text import LONG
from summarizer.schema import Document

NOT_THE_END = LEXICON["leading"] | LEXICON["before_number"] | LEXICON["may_end"]

CANDIDATE = re.compile(
    r"(?P<dots>\.(?:[ \u00a0]\.){2,}|[.!?…]+|[。！？｡؟۔।॥]+)"
    rf"(?P<close>(?:[{CLOSERS}]|[“«](?![^\s,;:.)]))*(?:[ \u00a0\u202f]»(?![^\W\d_]))?)"
    r"(?P<note>(?:[ ]?[¹²³⁴-⁹]+(?![^\s])|\[\^?\d{1,3}\]|\[\^[\w-]{1,20}\]|【[^【】\n]{1,80}】|[*†‡]|~~|[¹²³⁴-⁹])*)"
    r"(?P<gap>\s*)"
    r"|\n\s*|(?P<bullet>[•‣▪●](?=\s))"
)
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
MARKER = 40  # code points, white space included, within which a list number stands
ENDS_AN_ITEM = (*CLOSERS, *".!?;,…")
LONGEST = 2_000  # code points of a sentence
PART = re.compile(r"\([a-z]{1,4}\)")  # "para. (b)"
WORD_AFTER = re.compile(r"[^\s]{1,40}")
SPEECH_AFTER = re.compile(
    rf"(?<!\w)(?:[A-Z][\w.’'-]{{0,30}}\s{{1,3}}){{1,4}}{any_of(lexicon('sentences')['speech'])}\b"
)


class Sentence(NamedTuple):
    """One sentence of a document; `document.text[start:end] == text`."""

    document: str
    """`Document.id`."""
    number: int
    """Position among the sentences of the document, from 0."""
    start: int
    end: int
    text: str
    line_ends: int = 0
    """Of the document before it, behind the sentence before: with one it begins a line, with more a paragraph."""

    @property
    def id(self) -> str:
        """Name of the sentence within a report: `d1:12`."""
        return f"{self.document}:{self.number}"


def sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of a document in order.

    >>> [s.text for s in sentences(Document.of("No. 5 won. U.S. officials left."))]
    ['No. 5 won.', 'U.S. officials left.']
    """
    text, offsets = document.text, sentence_offsets(document.text)
    ends = (0, *(end for _, end in offsets))
    return tuple(
        Sentence(document.id, number, start, end, text[start:end], text.count("\n", before, start))
        for number, ((start, end), before) in enumerate(zip(offsets, ends, strict=False))
    )


LINE_BREAKS = str.maketrans("\r\n", "  ")


def on_one_line(sentence: str) -> str:
    """A sentence with its line breaks as spaces; every other place stays where it is."""
    return sentence.translate(LINE_BREAKS)


def sentence_offsets(text: str) -> tuple[tuple[int, int], ...]:
    """Return half-open offsets of the sentences of `text`, without the white space around them.

    What goes on for more than `LONGEST` code points is a table, a list or a text
    without stops; it is cut at white space, so that no later step meets a giant.
    Front matter and comments of Markdown are white space.
    """
    return _offsets(text) if len(text) < LONG else _offsets_of_source(text)


@lru_cache(maxsize=256)  # a passage is read with many claims
def _offsets(text: str) -> tuple[tuple[int, int], ...]:
    return _split(text)


@lru_cache(maxsize=4)  # a report is made of the text that was just read, and no passage takes its place
def _offsets_of_source(text: str) -> tuple[tuple[int, int], ...]:
    return _split(text)


def _split(given: str) -> tuple[tuple[int, int], ...]:
    text = blanked(given)
    wraps = Wraps(text)
    offsets = []
    start = 0
    for end in _ends(text, wraps):
        for piece_start, piece_end in ((start, end),) if end - start <= LONGEST else _cut(text, start, end):
            piece = text[piece_start:piece_end]
            bare = piece.lstrip()
            if bare:
                begun, stop = piece_end - len(bare), piece_start + len(piece.rstrip())
                offsets.append((wraps.before_months.get(begun, begun), stop))
        start = end
    return tuple(offsets)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        space = max(text.rfind(" ", start, start + LONGEST), text.rfind("\n", start, start + LONGEST))
        cut = space if space > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _ends(text: str, wraps: Wraps) -> Iterator[int]:
    begun = 0
    for candidate in CANDIDATE.finditer(text):
        if candidate["bullet"]:
            if _begins_item(text, candidate.start()):
                begun = candidate.start()
                yield begun
        elif candidate["dots"] is None:
            if wraps.breaks(candidate.start(), candidate.end()):
                begun = candidate.end()
                yield candidate.start()
        elif _terminates(text, begun, candidate, wraps):
            begun = candidate.end()
            yield candidate.end("note")
    yield len(text)


def _terminates(text: str, begun: int, candidate: re.Match[str], wraps: "Wraps") -> bool:
    after = candidate.end()
    if after == len(text):
        return True
    gap = candidate["gap"]
    if "\n" in gap and wraps.breaks(candidate.end("note"), after):
        return not _is_list_marker(text, begun, candidate)
    dots = candidate["dots"]
    if dots[0] in "。！？｡" or (dots[0] == "…" and not gap and UNSPACED.match(text, after)):
        return _ends_without_space(text, candidate)
    if not gap:
        return (bool(candidate["note"]) and text[after].isupper()) or _lacks_space(text, candidate)
    word = _word_after(text, after)
    if not _begins_sentence(word):
        if _is_spaced_stop(text, candidate, word):
            return True
        opens_quote = word[0] in OPENERS and dots == "." and not candidate["close"]
        before = word_before(text, candidate.start())
        counts = PART.match(word) and before.lower() in LEXICON["before_number"]
        return opens_quote and len(before) > 3 and not counts
    if dots == ".":
        if candidate["close"]:
            return True
        is_marker = word_before(text, candidate.start()) and _is_list_marker(text, begun, candidate)
        return not is_marker and ends_a_sentence(text, begun, candidate.start(), word)
    if candidate["close"] and dots[-1] in "?!…؟":
        caseless = word[0].isalpha() and not word[0].isupper()
        return not caseless and not SPEECH_AFTER.match(text, after)
    return True


def _begins_item(text: str, bullet: int) -> bool:
    """Whether a bullet within a line begins an item, as in a list that lost its line ends."""
    before = text[max(0, bullet - MARKER) : bullet]
    return before[-1:] in (" ", "\t") and (before.rstrip(" \t")[-1:].isalnum() or before.rstrip()[-1:] in ENDS_AN_ITEM)


def _is_spaced_stop(text: str, candidate: re.Match[str], word: str) -> bool:
    """Whether the text has a space before its stops, as corpora have that are cut into tokens and put in lower case."""
    stop = candidate.start()
    if candidate[0].strip() != "." or stop < 2 or text[stop - 1] != " " or not word[0].isalpha():
        return False
    before = word_before(text, stop - 1).lower()
    return (len(before) > 1 or not before.isalpha()) and before not in NOT_THE_END and "." not in before


def _ends_without_space(text: str, candidate: re.Match[str]) -> bool:
    """Decide for full-width terminators, which need no space after them."""
    after = text[candidate.end()]
    if candidate["close"]:
        return not re.match(
            r"[とっ、，,]|[\u4e00-\u9fff]{1,6}[说道问称說問稱]", text[candidate.end() : candidate.end() + 8]
        )
    return after not in "、，,」』）"


def _lacks_space(text: str, candidate: re.Match[str]) -> bool:
    """Decide for "ended.The next": a word, a stop and a capitalised word that are no host name."""
    if candidate["dots"] != "." or candidate["close"]:
        return False
    before = word_before(text, candidate.start())
    word = _word_after(text, candidate.end())
    if (
        any(mark in before for mark in ".@/\\_:")
        or len(before) < 3
        or not before[1:].isalpha()
        or not before[1:].islower()
    ):
        return False
    plain = word.rstrip(CLOSERS + ",;:")
    return (
        len(word) > 1 and word[0].isupper() and plain[1:].replace("’", "").isalpha() and plain[1:].islower()
    ) or word in ("A", "I")


def _is_list_marker(text: str, begun: int, candidate: re.Match[str]) -> bool:
    """Whether the sentence so far is nothing but "1." or "b." or "iv."."""
    if candidate.start() - begun > MARKER:
        return False
    so_far = text[begun : candidate.start()].strip().lstrip("#*_> \t")
    if not so_far or len(so_far) > 4 or candidate["dots"] != ".":
        return False
    if not re.fullmatch(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4}|[IVX]{1,4})", so_far):
        return False
    line_start = text.rfind("\n", 0, candidate.start()) + 1
    return not text[line_start : candidate.start() - len(so_far)].strip() or so_far.isdigit()


def _word_after(text: str, start: int) -> str:
    match = WORD_AFTER.match(text, start)
    return match[0] if match else ""


def _begins_sentence(word: str) -> bool:
    bare = word.lstrip(OPENERS + "-–—•*")
    if not bare:
        return word[0] in OPENERS or word[0] in "-–—•*"
    if bare[0].islower():  # "iPlan" and "eBay" begin sentences; "said" does not
        return any(letter.isupper() for letter in bare[1:4]) and "@" not in bare
    return bare[0] not in ",;:)]"
