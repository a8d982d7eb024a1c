"""Whether a full stop ends a sentence, or belongs to an abbreviation, an initial, an ordinal or a number.

Decided from the word before it and the word after it. Left out on purpose: anything learned.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from summarizer.language.days import is_of_day
from summarizer.language.detection import language_of, likeliest
from summarizer.language.english import is_english, small_words
from summarizer.language.lexicon import languages, lexicon

LEXICON = {name: frozenset(words) for name, words in lexicon("sentences").items()}
MONTHS_CUT = frozenset(month for month in lexicon("calendar", "world")["months"] if len(month) <= 5)
UNIT_LETTERS = frozenset("mlgths")
"""Behind figures; elsewhere they stand for other words: "1,80 m. Elle ..." and "m. Petit"."""
AND_SO_ON = frozenset({"etc", "usw", "usf", "enz", "itd", "itp", "ecc"})
OTHERS = frozenset(languages()) - {"en", "world"}
LOOKED_AT = 4_000  # code points from which the language is told
CLOSERS = "\"'”’»)\\]」』）】》›"
OPENERS = "\"'“‘«([„「『（【《¿¡‹"
WORD_BEFORE = re.compile(r"[^\s(\[“\"'‘«„—–/]*\Z")
NUMBER = re.compile(r"#|\d|[A-Z]{1,4}[-/]?\d{1,4}(?:\d\d|[-/]\d)|[IVXLC]+[.!?]{0,3}\Z")  # "5", "EX12345", "IV"
LETTERED = re.compile(r"[A-Z]{1,3}\d|[B-HJ-Z]\.?\Z")  # "Sch. A1", "Fig. B"; "Fig. A" would be "Fig." and an article
CITING = re.compile(r"(?:[(\[]|\b(?:[Ii]n|at|[Ss]ee|[Uu]nder|per|to)\s{1,3})\Z")
CONTRACTED = frozenset({"s", "d", "ll"})
LETTER_BEFORE = re.compile(r"(?<!\w)[A-Za-z]\.\s?[A-Za-z]\Z")


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


def ends_a_sentence(text: str, begun: int, stop: int, following: str) -> bool:
    """Whether the full stop at `text[stop]` ends the sentence that begins at `begun`; `following` is the word behind it.

    >>> ends_a_sentence("See s. 1 of it.", 0, 5, "1"), ends_a_sentence("It is plan B. 3 came.", 0, 12, "3")
    (False, True)
    """
    before = word_before(text, stop)
    if not before:
        return True
    bare = following.strip(OPENERS + CLOSERS + ",;:.!?")
    head = bare.split("’")[0].split("'")[0]
    lower = "str" if before.endswith("str") and before[0].isupper() else before.lower()  # "Hauptstr. 5"
    known = _abbreviations_of(text, lower)
    starts = head in known.starters
    if (figures := before.lstrip("*_")).isdigit():
        words = text[max(begun, stop - 20) : stop].split()
        return not (len(figures) <= 2 and (is_of_day(text, stop) or _is_ordinal(words, head, known)))
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
    before, number = word_before(text, stop), following.strip(OPENERS + CLOSERS + ",;:")
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
    before, starts = word_before(text, stop), head in known.starters
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
    """Whether figures with a stop count something: "zum 3. Mal", "der 3. Preis"."""
    article = words[-2].lower() if len(words) > 1 else ""
    if head.lower() == "mal":
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


def word_before(text: str, stop: int) -> str:
    match = WORD_BEFORE.search(text, max(0, stop - 40), stop)
    return match[0] if match else ""
