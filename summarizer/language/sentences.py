"""Split text into sentences with exact offsets: one scan for candidates, one decision for each.

A candidate is a terminator (`.`, `!`, `?`, `…`, `。` and their kin) or a line
break. Whether it ends a sentence is decided from the word before it and the
word after it, never from the whole text, so the cost is linear. Left out on
purpose: language detection, and anything learned. `docs/figures/sentences.md` has the
comparison with the libraries that were measured.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.line_breaks import Wraps
from summarizer.language.patterns import any_of
from summarizer.schema import Document

LEXICON = {name: frozenset(words) for name, words in lexicon("sentences").items()}
LEADING, MAY_END, STARTERS = LEXICON["leading"], LEXICON["may_end"], LEXICON["starters"]
CLOSERS = "\"'”’»)\\]」』）】》›"
OPENERS = "\"'“‘«([„「『（【《¿¡‹"

CANDIDATE = re.compile(
    r"(?P<dots>\.(?:[ \u00a0]\.){2,}|[.!?…]+|[。！？｡؟۔।॥]+)"
    rf"(?P<close>[{CLOSERS}]*(?:[ \u00a0\u202f]»(?![^\W\d_]))?)"
    r"(?P<note>(?:\[\^?\d{1,3}\]|【[^【】\n]{1,80}】|[*†‡]|[¹²³⁴-⁹])*)"
    r"(?P<gap>\s*)"
    r"|\n\s*"
)
MARKER = 40  # code points, white space included, within which a list number stands
LONGEST = 2_000  # code points of a sentence
WORD_BEFORE = re.compile(r"[^\s(\[“\"'‘«„—–/]*\Z")
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

    @property
    def id(self) -> str:
        """Name of the sentence within a report: `d1:12`."""
        return f"{self.document}:{self.number}"


def sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of a document in order.

    >>> [s.text for s in sentences(Document.of("No. 5 won. U.S. officials left."))]
    ['No. 5 won.', 'U.S. officials left.']
    """
    return tuple(
        Sentence(document.id, number, start, end, document.text[start:end])
        for number, (start, end) in enumerate(sentence_offsets(document.text))
    )


LINE_BREAKS = str.maketrans("\r\n", "  ")


def on_one_line(sentence: str) -> str:
    """A sentence with its line breaks as spaces; every other place stays where it is."""
    return sentence.translate(LINE_BREAKS)


@lru_cache(maxsize=4)  # a report is made of the text that was just read
def sentence_offsets(text: str) -> tuple[tuple[int, int], ...]:
    """Return half-open offsets of the sentences of `text`, without the white space around them.

    What goes on for more than `LONGEST` code points is a table, a list or a text
    without stops; it is cut at white space, so that no later step meets a giant.
    """
    offsets = []
    start = 0
    for end in _ends(text):
        for piece_start, piece_end in _cut(text, start, end):
            piece = text[piece_start:piece_end]
            lead = len(piece) - len(piece.lstrip())
            if lead < len(piece):
                offsets.append((piece_start + lead, piece_start + len(piece.rstrip())))
        start = end
    return tuple(offsets)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        space = max(text.rfind(" ", start, start + LONGEST), text.rfind("\n", start, start + LONGEST))
        cut = space if space > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _ends(text: str) -> Iterator[int]:
    wraps = Wraps(text)
    begun = 0
    for candidate in CANDIDATE.finditer(text):
        if candidate["dots"] is None:
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
    if dots[0] in "。！？｡":
        return _ends_without_space(text, candidate)
    if not gap:
        return (bool(candidate["note"]) and text[after].isupper()) or _lacks_space(text, candidate)
    word = _word_after(text, after)
    if not _begins_sentence(word):
        opens_quote = word[0] in OPENERS and dots == "." and not candidate["close"]
        return opens_quote and len(_word_before(text, candidate.start())) > 3
    if dots == ".":
        return candidate["close"] != "" or _full_stop(text, begun, candidate, word)
    if candidate["close"] and dots[-1] in "?!…؟":
        caseless = word[0].isalpha() and not word[0].isupper()
        return not caseless and not SPEECH_AFTER.match(text, after)
    return True


def _full_stop(text: str, begun: int, candidate: re.Match[str], following: str) -> bool:
    stop = candidate.start()
    before = _word_before(text, stop)
    if not before:
        return True
    if _is_list_marker(text, begun, candidate):
        return False
    bare = following.strip(OPENERS + CLOSERS + ",;:.!?")
    head = bare.split("’")[0].split("'")[0]
    lower = before.lower()
    if before.isdigit():
        article = text[max(begun, stop - 20) : stop].split()[-2:-1]
        return not (len(before) <= 2 and article and article[0] in LEXICON["before_ordinal"])
    if lower in LEXICON["lower_dotted_leading"] or (lower == "z" and following.startswith("B.")):
        return False
    if lower in ("a.m", "p.m", "am", "pm"):
        return head not in LEXICON["after_clock"] and not head[:1].isdigit()
    if lower in LEXICON["before_number"] and (bare[:1].isdigit() or bare[:1] == "#" or re.fullmatch(r"[IVXLC]+", bare)):
        return False
    if lower in LEADING or before == "M":
        return False
    if "." in before:
        return _dotted(before, head)
    if len(before) == 1 and before.isalpha():
        return _single_letter(text, begun, stop, before, head)
    if lower in MAY_END:
        if lower in ("jr", "sr"):
            return head in STARTERS
        return head in STARTERS or (
            lower in ("inc", "co", "corp", "ltd", "llc", "plc", "etc") and head not in LEXICON["after_company"]
        )
    return True


def _dotted(before: str, head: str) -> bool:
    """Decide for "U.S.", "Ph.D.", "J.R.R." and decimals or host names."""
    parts = before.split(".")
    if all(len(part) <= 2 and part.isalpha() for part in parts):
        return head in STARTERS
    if len(parts[-1]) == 1 and parts[-1].isupper() and all(len(part) <= 2 for part in parts[:-1]):
        return head in STARTERS
    return True


def _single_letter(text: str, begun: int, stop: int, letter: str, head: str) -> bool:
    """Decide for an initial ("J. Vance") against a label ("Plan B. The")."""
    if not letter.isupper():
        return letter.islower()  # a single Arabic letter is a title
    if head in STARTERS:
        return True
    preceding = text[max(begun, stop - 40) : stop - 1].split()
    return bool(preceding) and preceding[-1] in LEXICON["single_letter_ends"]


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
    before = _word_before(text, candidate.start())
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
    so_far = text[begun : candidate.start()].strip()
    if not so_far or len(so_far) > 4 or candidate["dots"] != ".":
        return False
    if not re.fullmatch(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4}|[IVX]{1,4})", so_far):
        return False
    line_start = text.rfind("\n", 0, candidate.start()) + 1
    return not text[line_start : candidate.start() - len(so_far)].strip() or so_far.isdigit()


def _word_before(text: str, stop: int) -> str:
    match = WORD_BEFORE.search(text, max(0, stop - 40), stop)
    return match[0] if match else ""


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
