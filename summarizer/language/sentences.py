"""Split text into sentences with exact offsets: one scan for candidates, one decision for each.

A candidate is a terminator (`.`, `!`, `?`, `…`, `。` and their kin) or a line
break. Whether it ends a sentence is decided from the word before it and the
word after it, never from the whole text, so the cost is linear. Left out on
purpose: anything learned. `docs/figures/sentences.md` has the
comparison with the libraries that were measured.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from summarizer.language.detection import language_of, likeliest
from summarizer.language.english import is_english, small_words
from summarizer.language.lexicon import lexicon
from summarizer.language.line_breaks import Wraps
from summarizer.language.markdown_blocks import blanked
from summarizer.language.patterns import any_of
from summarizer.language.source_text import LONG
from summarizer.schema import Document

LEXICON = {name: frozenset(words) for name, words in lexicon("sentences").items()}
NOT_THE_END = LEXICON["leading"] | LEXICON["before_number"] | LEXICON["may_end"]
# Behind figures with a stop: "12. März", "19. Jahrhundert".
ORDINALLY = frozenset({"mai", "mei", "maj", "jahrhundert", "jahrhunderts", "jh", "mal"}) | frozenset(
    month for month in lexicon("calendar", "world")["months"] if len(month) > 3
)
MONTHS_CUT = frozenset(month for month in lexicon("calendar", "world")["months"] if len(month) <= 5)
UNIT_LETTERS = frozenset("mlgths")
"""Behind figures; elsewhere they stand for other words: "1,80 m. Elle ..." and "m. Petit"."""
AND_SO_ON = frozenset({"etc", "usw", "usf", "enz", "itd", "itp", "ecc"})
OTHERS = frozenset({"de", "es", "fr", "it", "nl", "pl", "pt"})
LOOKED_AT = 4_000  # code points from which the language is told
CLOSERS = "\"'”’»)\\]」』）】》›"
OPENERS = "\"'“‘«([„「『（【《¿¡‹"

CANDIDATE = re.compile(
    r"(?P<dots>\.(?:[ \u00a0]\.){2,}|[.!?…]+|[。！？｡؟۔।॥]+)"
    rf"(?P<close>(?:[{CLOSERS}]|“(?![^\s,;:.)]))*(?:[ \u00a0\u202f]»(?![^\W\d_]))?)"
    r"(?P<note>(?:[ ]?[¹²³⁴-⁹]+(?![^\s])|\[\^?\d{1,3}\]|\[\^[\w-]{1,20}\]|【[^【】\n]{1,80}】|[*†‡]|~~|[¹²³⁴-⁹])*)"
    r"(?P<gap>\s*)"
    r"|\n\s*"
)
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
MARKER = 40  # code points, white space included, within which a list number stands
LONGEST = 2_000  # code points of a sentence
WORD_BEFORE = re.compile(r"[^\s(\[“\"'‘«„—–/]*\Z")
NUMBER = re.compile(r"#|\d|[A-Z]{1,4}[-/]?\d{1,4}(?:\d\d|[-/]\d)|[IVXLC]+[.!?]{0,3}\Z")  # "5", "EX12345", "IV"
LETTERED = re.compile(r"[A-Z]{1,3}\d|[B-HJ-Z]\.?\Z")  # "Sch. A1", "Fig. B"; "Fig. A" would be "Fig." and an article
CITING = re.compile(r"(?:[(\[]|\b(?:[Ii]n|at|[Ss]ee|[Uu]nder|per|to)\s{1,3})\Z")
PART = re.compile(r"\([a-z]{1,4}\)")  # "para. (b)"
CONTRACTED = frozenset({"s", "d", "ll"})
LETTER_BEFORE = re.compile(r"(?<!\w)[A-Za-z]\.\s?[A-Za-z]\Z")
WORD_AFTER = re.compile(r"[^\s]{1,40}")
SPEECH_AFTER = re.compile(
    rf"(?<!\w)(?:[A-Z][\w.’'-]{{0,30}}\s{{1,3}}){{1,4}}{any_of(lexicon('sentences')['speech'])}\b"
)


class Abbreviations(NamedTuple):
    """What of a language tells a stop from the end of a sentence."""

    leading: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    starters: frozenset[str]
    own_may_end: frozenset[str]
    """Those that are not English."""
    dotted_end: bool
    """Whether figures with a stop may be an ordinal before any noun: "der 3. Preis"."""
    is_english: bool


@cache
def abbreviations(language: str | None) -> Abbreviations:
    """Those of English and of one more language."""
    own = lexicon("sentences", language) if language in OTHERS else {}
    leading, before_number, may_end, starters = (
        LEXICON[name] | frozenset(own.get(name, ())) for name in ("leading", "before_number", "may_end", "starters")
    )
    return Abbreviations(
        leading, before_number, may_end, starters, frozenset(own.get("may_end", ())), language == "de", not own
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
    offsets = []
    start = 0
    for end in _ends(text):
        for piece_start, piece_end in ((start, end),) if end - start <= LONGEST else _cut(text, start, end):
            piece = text[piece_start:piece_end]
            bare = piece.lstrip()
            if bare:
                begun = piece_end - len(bare)
                offsets.append((begun, begun + len(bare.rstrip())))
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
    if dots[0] in "。！？｡" or (dots[0] == "…" and not gap and UNSPACED.match(text, after)):
        return _ends_without_space(text, candidate)
    if not gap:
        return (bool(candidate["note"]) and text[after].isupper()) or _lacks_space(text, candidate)
    word = _word_after(text, after)
    if not _begins_sentence(word):
        if _is_spaced_stop(text, candidate, word):
            return True
        opens_quote = word[0] in OPENERS and dots == "." and not candidate["close"]
        before = _word_before(text, candidate.start())
        counts = PART.match(word) and before.lower() in LEXICON["before_number"]
        return opens_quote and len(before) > 3 and not counts
    if dots == ".":
        return candidate["close"] != "" or _full_stop(text, begun, candidate, word)
    if candidate["close"] and dots[-1] in "?!…؟":
        caseless = word[0].isalpha() and not word[0].isupper()
        return not caseless and not SPEECH_AFTER.match(text, after)
    return True


def _is_spaced_stop(text: str, candidate: re.Match[str], word: str) -> bool:
    """Whether the text has a space before its stops, as corpora have that are cut into tokens and put in lower case."""
    stop = candidate.start()
    if candidate[0].strip() != "." or stop < 2 or text[stop - 1] != " " or not word[0].isalpha():
        return False
    before = _word_before(text, stop - 1).lower()
    return (len(before) > 1 or not before.isalpha()) and before not in NOT_THE_END and "." not in before


def _full_stop(text: str, begun: int, candidate: re.Match[str], following: str) -> bool:
    stop = candidate.start()
    before = _word_before(text, stop)
    if not before:
        return True
    if _is_list_marker(text, begun, candidate):
        return False
    bare = following.strip(OPENERS + CLOSERS + ",;:.!?")
    head = bare.split("’")[0].split("'")[0]
    lower = "str" if before.endswith("str") and before[0].isupper() else before.lower()  # "Hauptstr. 5"
    known = _abbreviations_of(text, lower)
    starts = head in known.starters
    if before.isdigit():
        return not (len(before) <= 2 and _is_ordinal(text[max(begun, stop - 20) : stop].split(), head, known))
    if lower in LEXICON["lower_dotted_leading"] or (lower == "z" and following.startswith("B.")):
        return False
    if lower in ("a.m", "p.m", "am", "pm") and known.is_english:
        return head not in LEXICON["after_clock"] and not head[:1].isdigit()
    cited = lower in LEXICON["cited"] and CITING.search(text, max(begun, stop - len(before) - 9), stop - len(before))
    if (lower in known.before_number or cited) and _has_number(text, begun, stop, following):
        return False
    if before in UNIT_LETTERS and text[max(begun, stop - 3) : stop - 1].strip()[-1:].isdigit():
        return not bare[:1].isdigit()
    if lower in known.leading or before == "M" or (bare[:1].isdigit() and lower in MONTHS_CUT | {"str"}):
        return False
    if "." in before:
        return lower == "j.-c" or _dotted(before, starts=starts)
    return _letter_or_word(text, begun, stop, head, known)


def _has_number(text: str, begun: int, stop: int, following: str) -> bool:
    """Whether a number follows a word such as "No" or "s", which is no label ("plan B. 3 of") and no end of another ("Ana’s. I")."""
    before, number = _word_before(text, stop), following.strip(OPENERS + CLOSERS + ",;:")
    if _is_label(text, begun, stop) or (before in CONTRACTED and text.endswith(("'", "’"), 0, stop - len(before))):
        return False
    if before in LEXICON["also_words"]:
        return number != "I" and NUMBER.match(number) is not None
    return NUMBER.match(number) is not None or LETTERED.match(number) is not None


def _is_label(text: str, begun: int, stop: int) -> bool:
    """Whether a letter before a stop is the name of what stands before it: "plan B", "vitamin C"."""
    preceding = text[max(begun, stop - 40) : stop].split()
    if len(preceding) < 2 or len(preceding[-1]) != 1:
        return False
    return preceding[-2][0].upper() + preceding[-2][1:] in LEXICON["single_letter_ends"]


def _letter_or_word(text: str, begun: int, stop: int, head: str, known: Abbreviations) -> bool:
    """Decide for "i. d. R.", for a letter by itself and for what may end a sentence."""
    before, starts = _word_before(text, stop), head in known.starters
    lower = "str" if before.endswith("str") and before[0].isupper() else before.lower()
    if known.dotted_end and LETTER_BEFORE.search(text, max(begun, stop - 6), stop):  # "h. c.", "i. d. R."
        return starts
    if len(before) == 1 and before.isalpha() and lower not in known.own_may_end:
        return _single_letter(text, begun, stop, starts=starts)
    if lower in known.may_end:
        return _may_end(lower, head, known, starts=starts)
    return True


def _may_end(lower: str, head: str, known: Abbreviations, *, starts: bool) -> bool:
    """Decide for "Inc.", "etc." and "Mio." by the word behind."""
    if head[:1].isdigit() and lower in known.own_may_end:
        return False
    if lower in AND_SO_ON and not known.is_english:
        return starts or (head[:1].isupper() and not known.dotted_end)
    if lower in ("jr", "sr") or lower in known.own_may_end:
        return starts
    company = lower in ("inc", "co", "corp", "ltd", "llc", "plc", "etc")
    return starts or (company and head not in LEXICON["after_company"])


def _is_ordinal(words: list[str], head: str, known: Abbreviations) -> bool:
    """Whether figures with a stop count something: "am 3. Mai", "der 3. Preis"."""
    article = words[-2].lower() if len(words) > 1 else ""
    if head.lower() in ORDINALLY:
        return True
    if known.dotted_end and head in known.starters - {"Morgen"}:  # "am 5. Es regnete", but "am 5. Morgen"
        return False
    return known.dotted_end or article in LEXICON["before_ordinal"]


def _abbreviations_of(text: str, before: str) -> Abbreviations:
    """Those that matter for a word before a stop; the language is told only where it makes a difference."""
    if not (before.isdigit() or len(before) == 1 or "." in before or before in elsewhere()):
        return abbreviations(None)
    return _abbreviations_in(text)


@lru_cache(maxsize=4)  # asked at every stop of a text
def _abbreviations_in(text: str) -> Abbreviations:
    shown = text[:LOOKED_AT]
    return abbreviations(
        None if is_english(shown) or small_words(shown) > 0 else language_of(shown) or likeliest(shown)
    )


@cache
def elsewhere() -> frozenset[str]:
    """The abbreviations of all languages but English."""
    every = (lexicon("sentences", code) for code in OTHERS)
    return frozenset(word for own in every for name in ("leading", "before_number", "may_end") for word in own[name])


def _dotted(before: str, *, starts: bool) -> bool:
    """Decide for "U.S.", "Ph.D.", "J.R.R." and decimals or host names."""
    parts = before.replace("-", "").split(".")  # "J.-P."
    if all(len(part) <= 2 and part.isalpha() for part in parts):
        return starts
    if len(parts[-1]) == 1 and parts[-1].isupper() and all(len(part) <= 2 for part in parts[:-1]):
        return starts
    return True


def _single_letter(text: str, begun: int, stop: int, *, starts: bool) -> bool:
    """Decide for an initial ("J. Vance") against a label ("Plan B. The")."""
    letter = text[stop - 1]
    if not letter.isupper():  # a single Arabic letter is a title, but behind figures the era of a year
        return letter.islower() or text[max(begun, stop - 3) : stop - 1].strip()[-1:].isdigit()
    if starts:
        return True
    return _is_label(text, begun, stop)


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
    so_far = text[begun : candidate.start()].strip().lstrip("#*_> \t")
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
