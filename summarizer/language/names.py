"""Names of people, places and bodies in a text, found by their capitals.

No list of names and no model: a name is a run of capitalised words. The first
word of a sentence is one only where it goes on as a name or where the rest of
the text writes it with a capital too.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.abbreviations import STARTERS
from summarizer.language.words import STOP_WORDS

CAPITAL = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|Lt|Sgt|Col|Capt|Cllr|Rev|St|Mt|Jr|Sr)\.|[A-Z]\.(?:[A-Z]\.)*|(?:[dDlLO][’']|(?:al|el|ad|ar|as|ash|at)-)?[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w’'-]*)"
PARTICLE = r"(?:de|da|di|do|du|dos|das|del|della|la|le|van|von|der|den|ter|ten|zu|bin|ibn|al|el|&)"
RUN = re.compile(
    rf"(?=[A-ZÀ-ÖØ-ÞĀ-ŽА-Я]|[dl][’']|[ae][a-z]{{1,2}}-)(?:{CAPITAL})(?:[^\S\n]+(?:{PARTICLE}[^\S\n]+){{0,2}}{CAPITAL})*"
)
POSSESSIVE = re.compile(r"['’]s?\Z")
INITIAL = re.compile(r"[A-Z]\.\Z")
PART = re.compile(r"\S+")
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million half dozens hundreds thousands".split()
)
TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron count countess rev reverend father sister "
    "president vice vice-president premier prime minister chancellor secretary general governor senator sen rep "
    "representative congressman congresswoman mayor councillor cllr alderman chairman chairwoman chair chief executive "
    "ceo cfo coo director manager captain coach judge justice attorney prosecutor sheriff deputy detective inspector "
    "superintendent sergeant constable officer colonel col major maj lieutenant lt admiral king queen prince princess "
    "pope bishop archbishop cardinal ambassador foreign defence defense finance interior health home spokesman "
    "spokeswoman spokesperson head leader gov gen sgt cpl supt insp det commissioner commander brigadier "
    "acting former the".split()
)


# Names in -ing: any other capitalised word in -ing before a name at the start of a sentence is its verb.
NO_VERBS = frozenset(
    "beijing boeing browning chongqing darling fielding golding hastings harding hearing herring keating king manning nanjing "
    "pickering redding ring rowling sibling spalding spring sterling stirling viking wyoming worthing nursing housing building banking".split()
)


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


@lru_cache(maxsize=4_096)
def _without_titles(form: str) -> tuple[str, ...]:
    parts = [plain(part) for part in form.split()]
    kept = tuple(part for part in parts if part not in TITLES)
    return kept or tuple(parts)


@lru_cache(maxsize=16_384)
def plain(part: str) -> str:
    """A word of a name in lower case, without its possessive ending."""
    return _owner(part).strip(".,").lower()


def _owner(part: str) -> str:
    """A word without its possessive ending."""
    return POSSESSIVE.sub("", part) if "'" in part or "’" in part else part


@lru_cache(maxsize=256)
def names_in(text: str) -> tuple[Name, ...]:
    """Return the names in a text in order.

    >>> [name.form for name in names_in("On Tuesday Olaf Scholz met NATO’s Jens Stoltenberg in Paris.")]
    ['Olaf Scholz', 'NATO', 'Jens Stoltenberg', 'Paris']
    """
    return tuple(name for match in RUN.finditer(text) for name in _parts(text, match.start(), match.end()))


def _parts(text: str, start: int, end: int) -> Iterator[Name]:
    """Split a run at possessives and leave out calendar words and the capital of a sentence's first word."""
    group: list[tuple[int, int]] = []
    for match in PART.finditer(text, start, end):
        word, at = match[0], match.start()
        bare_word = plain(word)
        first, last = not group, at + len(word) >= end
        if (
            bare_word in CALENDAR
            or (bare_word in STOP_WORDS and not word.isupper())
            or word in ("I", "A")
            or (first and bare_word in NUMBERS)
            or (word in STARTERS and not word.isupper() and ((first and last) or _begins(text, at)))
            or (first and not last and _is_verb(bare_word) and _begins(text, at))
        ):
            yield from _name(text, group, possessive=False)
            group = []
            continue
        bare = _owner(word)
        group.append((at, at + len(bare)))
        if bare != word:
            yield from _name(text, group, possessive=True)
            group = []
    yield from _name(text, group, possessive=False)


def _is_verb(word: str) -> bool:
    """Whether a capitalised first word is the sentence's verb: "Closing Kirrin would"."""
    return word.endswith("ing") and word not in NO_VERBS


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


# The same body or country under another name. Small on purpose: what one article calls by two names.
ALIASES = tuple(
    frozenset(group.split("|"))
    for group in (
        "uk|united kingdom|britain|british|great britain", "us|u.s|u.s.a|usa|united states|america|american|americans", "eu|european union|europe",
        "un|u.n|united nations", "kyiv|kiev", "nato|north atlantic treaty organization|alliance", "uae|united arab emirates", "russia|russian|russians|kremlin|moscow",
        "ukraine|ukrainian|ukrainians", "france|french|paris", "germany|german|germans|berlin", "poland|polish|poles|warsaw", "spain|spanish", "italy|italian|italians|rome",
        "china|chinese|beijing", "japan|japanese|tokyo", "ireland|irish", "scotland|scottish|scots", "wales|welsh", "england|english", "israel|israeli|israelis",
        "netherlands|dutch|holland", "denmark|danish|danes", "sweden|swedish|swedes", "norway|norwegian|norwegians", "finland|finnish|finns", "greece|greek|greeks",
        "turkey|turkish|türkiye|turks", "czech republic|czech|czechia", "switzerland|swiss", "austria|austrian", "belgium|belgian", "portugal|portuguese", "hungary|hungarian",
        "canada|canadian|canadians", "mexico|mexican", "brazil|brazilian", "india|indian", "pakistan|pakistani", "iran|iranian", "iraq|iraqi", "egypt|egyptian",
        "australia|australian", "new zealand|new zealander", "south korea|korea|korean", "vietnam|vietnamese", "cuba|cuban", "syria|syrian", "lebanon|lebanese",
    )
)  # fmt: skip


def same_name(one: Name, other: Name) -> bool:
    """Whether two names may be of one bearer: a surname and the full name, an abbreviation, an alias."""
    return _same_bearer(one.tokens, other.tokens)


@lru_cache(maxsize=16_384)
def _same_bearer(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if set(mine) <= set(theirs) or set(theirs) <= set(mine):
        return True
    joined = {" ".join(mine), " ".join(theirs)}
    return any(joined <= group for group in ALIASES) or _is_short_for(mine, theirs) or _is_short_for(theirs, mine)


def _is_short_for(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """ "RFU" for "Rugby Football Union"."""
    if len(short) != 1 or len(full) < 2:
        return False
    initials = "".join(part[0] for part in full if part not in ("of", "the", "and", "for"))
    return len(initials) > 1 and short[0].replace(".", "") == initials
