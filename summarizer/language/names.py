"""Names of people, places and bodies in a text, found by their capitals.

No list of names and no model: a name is a run of capitalised words. The first word of a
sentence is marked, because its capital may be that of the sentence.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of
from summarizer.language.signs import PLAIN_HYPHENS
from summarizer.language.time_expressions import ALL_WEEKDAYS, MONTHS
from summarizer.language.words import STOP_WORDS

LEXICON = lexicon("names")
TITLES = frozenset(LEXICON["titles"]) | frozenset(lexicon("names", "world")["titles"])
HALF_TITLES = frozenset(LEXICON["half_titles"])
OF_TITLES = frozenset(LEXICON["of_titles"])
OFFICES = frozenset(lexicon("offices")["offices"]) - frozenset(LEXICON["given_names"])
STARTERS = frozenset(lexicon("sentences")["starters"])
CALENDAR = frozenset(MONTHS) | frozenset(ALL_WEEKDAYS)
GENERATIONS = frozenset({"jr", "sr"})
"""Behind a name; before one "Sr." is a title in Spanish."""
SAME: dict[str, str] = {name: group[0] for group in LEXICON["same"] for name in group}
NO_NAMES = TITLES | GENERATIONS
NUMBERS = frozenset(LEXICON["numbers"])
LETTER = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯⅠ-Ⅿ"
INSIDE = "\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060\ufeff"  # combining accents, and what nobody sees
REST = rf"[\w’'{INSIDE}\u2010\u2011-]*"
PREFIX = r"(?:[dDlLO][’']|(?:al|el|ad|ar|as|ash|at)-)?"
CAPITAL = rf"(?:{any_of(LEXICON['abbreviated_titles'])}\.|[A-Z]\.(?:[A-Z]\.)*|{PREFIX}[{LETTER}]{REST}(?:–(?=[{LETTER}]){REST}){{0,4}})"
RUN = re.compile(
    rf"(?<![\w{INSIDE}])(?=[{LETTER}](?!\]\w)|[dl][’']|[ae][a-z]{{1,2}}-)(?:{CAPITAL})"  # "[T]he" is one word
    rf"(?:[^\S\n]+(?:{any_of(LEXICON['particles'])}[^\S\n]+){{0,2}}{CAPITAL})*"
)
POSSESSIVE = re.compile(r"['’]s?\Z")
INITIAL = re.compile(r"[A-Z]\.\Z")
PART = re.compile(r"\S+")
ROMAN = re.compile("[ⅰ-ⅿ]")  # "Magnus Ⅳ" is Magnus IV
SHORT = re.compile(r"[A-Z]{2,5}\Z")
"""Letters that stand for a title or for the words of another name: "PM", "DCI"."""

SHORTEST, LONGEST, LEFT_OUT = 3, 5, 3
"""Letters of a short form, and fewest that it leaves out: "Dan" is Daniel, but "Paul" is not Paula."""
DERIVING = frozenset({"ern", "ian", "ean", "ese", "ish"})
"""Endings of another word of the same origin: "South" is not Southern, "Niger" is not Nigerian."""


class Name(NamedTuple):
    """A name in a text; `text[start:end] == form`."""

    start: int
    end: int
    form: str
    possessive: bool
    initial: bool
    """Whether it is a single word at the start of a sentence, so that it may be no name at all."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words of the name in lower case, without titles."""
        return _without_titles(self.form)

    @property
    def bearer(self) -> tuple[str, ...]:
        """Those of them behind a person's title: "warren" of "Massachusetts Senator Warren"; all where it has none."""
        return _bearer(self.form)


@lru_cache(maxsize=4_096)
def _bearer(form: str) -> tuple[str, ...]:
    return _without_titles(" ".join(form.split()[_bearer_at(form) :]))


@lru_cache(maxsize=4_096)
def _bearer_at(form: str) -> int:
    """Which part of a name is the first behind the last title that is a person's; 0 where there is none."""
    parts = [plain(part) for part in form.split()]
    if len(parts) == 2 and parts[0] in OFFICES and parts[1] not in NO_NAMES:  # "Striker Kane"
        return 1
    for at in range(len(parts) - 1, 0, -1):
        of_a_person = parts[at - 1] not in HALF_TITLES or (at > 1 and parts[at - 2] in TITLES)
        if parts[at - 1] in TITLES and of_a_person and not NO_NAMES.issuperset(parts[at:]):
            return at
    return 0


@lru_cache(maxsize=4_096)
def _without_titles(form: str) -> tuple[str, ...]:
    parts = [plain(part) for part in form.split()]
    return tuple(part for at, part in enumerate(parts) if not _is_title(parts, at)) or tuple(parts)


def _is_title(parts: Sequence[str], at: int) -> bool:
    """Whether a word of a name is a title, or part of the title behind it."""
    if parts[at] in GENERATIONS and at > 0:
        return False
    return parts[at] in TITLES or (parts[at] in OF_TITLES and not TITLES.isdisjoint(parts[at + 1 : at + 2]))


@lru_cache(maxsize=16_384)
def plain(part: str) -> str:
    """A word of a name in lower case, without its possessive ending, its dashes as hyphens."""
    own = POSSESSIVE.sub("", part).strip(".,").lower().translate(PLAIN_HYPHENS)
    return unicodedata.normalize("NFKC", own) if ROMAN.search(own) else own


@lru_cache(maxsize=256)
def names_in(text: str) -> tuple[Name, ...]:
    """Return the names in a text in order.

    >>> [name.form for name in names_in("On Tuesday Olaf Scholz met NATO’s Jens Stoltenberg in Paris.")]
    ['Olaf Scholz', 'NATO', 'Jens Stoltenberg', 'Paris']
    """
    return tuple(name for match in RUN.finditer(text) for name in _parts(text, match.start(), match.end()))


def _parts(text: str, start: int, end: int) -> Iterator[Name]:
    """Split a run at possessives; leave out calendar words and the capital of a sentence's first word."""
    group: list[tuple[int, int]] = []
    for match in PART.finditer(text, start, end):
        word, at = match[0], match.start()
        alone = not group and at + len(word) >= end
        numbered = word == "I" and len(group) > 1  # "World War I", "John Paul I"
        starts = word in STARTERS and not word.isupper() and (alone or _begins(text, at))
        if (_is_no_name(word, first=not group) and not numbered) or (
            starts and not (plain(word) in OF_TITLES and _has_title_at(text, match.end(), end))
        ):
            yield from _name(text, group, possessive=False)
            group = []
            continue
        owner = POSSESSIVE.sub("", word)
        group.append((at, at + len(owner)))
        if owner != word:
            yield from _name(text, group, possessive=True)
            group = []
    yield from _name(text, group, possessive=False)


def _is_no_name(word: str, *, first: bool) -> bool:
    known = plain(word)
    if all(part in CALENDAR for part in known.split("-")) or word in ("I", "A"):
        return True
    return (known in STOP_WORDS and not word.isupper()) or (first and known in NUMBERS)


def _name(text: str, group: list[tuple[int, int]], *, possessive: bool) -> Iterator[Name]:
    if not group:
        return
    start, end = group[0][0], group[-1][1]
    if text[start:end].endswith(".") and not INITIAL.search(text[start:end]):
        end -= 1
    initial = len(group) == 1 and _begins(text, start) and not text[start:end].isupper()
    yield Name(start, end, text[start:end], possessive, initial)


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t\"'“‘«([-–—•*")
    return not before or before[-1] in ".!?:;\n…"


def _has_title_at(text: str, start: int, end: int) -> bool:
    following = PART.search(text, start, end)
    return following is not None and plain(following[0]) in TITLES


def same_name(one: Name, other: Name) -> bool:
    """Whether two names may be of one bearer: a surname and the full name, "PM Sunak" and "Prime Minister Rishi Sunak".

    What stands before a title in one of them alone is of the office: "Massachusetts Senator Warren" is "Elizabeth Warren".
    """
    pairs = ((one.tokens, other.tokens), bearers(one, other))
    return any(set(mine) <= set(theirs) or set(theirs) <= set(mine) for mine, theirs in pairs)


def bearers(one: Name, other: Name) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of two names by which their bearers are told from each other."""
    before, above = ({*name.tokens} - {*name.bearer} for name in (one, other))
    apart = before and above and before.isdisjoint(above)  # "Texas Senator Warren" and "Massachusetts Senator Warren"
    mine, theirs = (one.tokens, other.tokens) if apart else (one.bearer, other.bearer)
    return (
        mine[min(title_in_short(one, other), len(mine) - 1) :],
        theirs[min(title_in_short(other, one), len(theirs) - 1) :],
    )


def title_in_short(one: Name, other: Name) -> int:
    """How many words a name has up to letters that stand for the other's title; 0 where it has none.

    >>> title_in_short(*names_in("PM Sunak is Prime Minister Rishi Sunak."))
    1
    """
    initials = "".join(part[0].upper() for part in other.form.split()[: _bearer_at(other.form)])
    short = (at for at, part in enumerate(one.form.split()[:-1], 1) if SHORT.match(part) and initials.endswith(part))
    return max(short, default=0)


def begins_in_short(name: Name) -> bool:
    """Whether a name begins with letters that stand for several words, as no given name does: "PM Sunak", "BBC News"."""
    return SHORT.match(name.form.split()[0]) is not None and not name.form.isupper()


def same_given_name(one: str, other: str) -> bool:
    """Whether two words before the last of a name, in small letters, may be one in short and in full.

    >>> same_given_name("man", "manchester"), same_given_name("bob", "rob")
    (True, True)
    >>> same_given_name("ann", "anna"), same_given_name("south", "southern")
    (False, False)
    """
    short, full = sorted((one, other), key=len)
    rest = full.removeprefix(short)
    begins = SHORTEST <= len(short) <= LONGEST and LEFT_OUT <= len(rest) < len(full) and rest not in DERIVING
    return begins or SAME.get(one, one) == SAME.get(other, other)
