"""Names of people, places and bodies in a text, found by their capitals.

No list of names and no model: a name is a run of capitalised words. The first
word of a sentence is one only where it goes on as a name or where the rest of
the text writes it with a capital too.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from summarizer.reading.abbreviations import STARTERS
from summarizer.reading.words import STOP_WORDS

CAPITAL = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|Lt|Sgt|Col|Capt|Cllr|Rev|St|Mt|Jr|Sr)\.|[A-Z]\.(?:[A-Z]\.)*|(?:[dDlLO][’'])?[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w’'-]*)"
PARTICLE = r"(?:de|da|di|du|del|della|van|von|der|den|bin|ibn|al|&)"
RUN = re.compile(rf"{CAPITAL}(?:[^\S\n]+(?:{PARTICLE}[^\S\n]+)?{CAPITAL})*")
POSSESSIVE = re.compile(r"['’]s?\Z")
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
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
        parts = [_plain(part) for part in self.form.split()]
        kept = tuple(part for part in parts if part not in TITLES)
        return kept or tuple(parts)


def _plain(part: str) -> str:
    return POSSESSIVE.sub("", part).strip(".,").lower()


def names(text: str) -> list[Name]:
    """Return the names in a text in order.

    >>> [name.form for name in names("On Tuesday Olaf Scholz met NATO’s Jens Stoltenberg in Paris.")]
    ['Olaf Scholz', 'NATO', 'Jens Stoltenberg', 'Paris']
    """
    return [name for match in RUN.finditer(text) for name in _parts(text, match.start(), match.end())]


def _parts(text: str, start: int, end: int) -> Iterator[Name]:
    """Split a run at possessives and leave out calendar words and the capital of a sentence's first word."""
    group: list[tuple[int, int]] = []
    for match in re.finditer(r"\S+", text[start:end]):
        word_start, word_end = start + match.start(), start + match.end()
        word = text[word_start:word_end]
        plain = _plain(word)
        if (
            plain in CALENDAR
            or ((word in STARTERS or plain in STOP_WORDS) and not word.isupper())
            or word in ("I", "A")
        ):
            yield from _name(text, group, possessive=False)
            group = []
            continue
        bare = POSSESSIVE.sub("", word)
        group.append((word_start, word_start + len(bare)))
        if bare != word:
            yield from _name(text, group, possessive=True)
            group = []
    yield from _name(text, group, possessive=False)


def _name(text: str, group: list[tuple[int, int]], *, possessive: bool) -> Iterator[Name]:
    if not group:
        return
    start, end = group[0][0], group[-1][1]
    if text[start:end].endswith(".") and not re.search(r"[A-Z]\.\Z", text[start:end]):
        end -= 1
    initial = len(group) == 1 and _begins(text, start) and not text[start:end].isupper()
    yield Name(start, end, text[start:end], possessive, initial)


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t\"'“‘«([-–—•*")
    return not before or before[-1] in ".!?:;\n…"
