"""The words of a text that stand for people: which names may be those of persons, what is said of them, and who has no name.

No list knows all of them. Where one errs it is to take a word for a person: callers leave what is in doubt.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.names import GENERATIONS, Name, names_in, plain
from summarizer.language.names import TITLES as NAME_TITLES
from summarizer.language.offices import OFFICES
from summarizer.language.patterns import any_of
from summarizer.language.quotations import QUOTED

Sex = Literal["he", "she"]
LEXICON = lexicon("persons")
PEOPLE = frozenset(LEXICON["people"]) | frozenset(OFFICES)
ALONE = PEOPLE - frozenset(LEXICON["offices_of_bodies"]) - {"source", "relative", "subject"}
"""Offices and the like that no body has."""
TITLES = frozenset(LEXICON["titles"])
SEX_OF_WORD: dict[str, Sex] = {
    **dict.fromkeys(LEXICON["male"], "he"),
    **dict.fromkeys(LEXICON["female"], "she"),
}
SEX_OF_NAME: dict[str, Sex] = {
    **{name.lower(): "he" for name in LEXICON["male_names"]},
    **{name.lower(): "she" for name in LEXICON["female_names"]},
}
BEFORE_A_NAME = PEOPLE | TITLES | frozenset(LEXICON["openers"]) | NAME_TITLES
NOT_OF_PEOPLE = frozenset(LEXICON["not_of_people"])
OPENERS = frozenset(LEXICON["openers"])
ADJECTIVES = frozenset(LEXICON["adjectives"])
BEFORE_PEOPLE = frozenset(LEXICON["before_people"])
PERSON_WORD = re.compile(rf"(?<![\w’'-]){any_of(sorted(PEOPLE))}(?![\w-])", re.IGNORECASE)
OF_EVERY = re.compile(r"\b(?:every|each|any|no|as(?: an?| the)?|per)\s(?:[\w-]{1,20}\s){0,2}\Z", re.IGNORECASE)
BY_ENDING = re.compile(
    r"\b(?:an?|the|his|her|their|its|this|that|one|former|new|local)\s(?:[a-z-]{2,20}\s){0,2}?(?P<word>[a-z-]{2,24}(?:er|or|ist|ian|ee|man|woman))(?![\w-])",
    re.IGNORECASE,
)
"""Other words for a person: "a stallholder", "the lobbyist"."""
THINGS = frozenset(LEXICON["things"])
STANDS_FOR_ONE = re.compile(
    r"\s?(?:[,.;:]|\Z|(?:who|was|is|had|has|and|of|from|in|at|to|with|said|says|told)\b|[a-z]{2,20}ed\b)"
)
AGE = re.compile(r",\s\d{1,3}(?=[,.;]|\sand\b)|\s\(\d{1,3}\)")
WHO = re.compile(r",\s(?:who|whose)\b")
APPOSED = re.compile(r",\s(?:\d{1,3},\s)?(?P<phrase>[\w’'&-]{1,40}(?:\s[\w’'&-]{1,40}){0,14})(?=,\s|[.;]|\Z)")
BEFORE_COMMA = re.compile(r"(?:^|[.;:”\"]\s|,\s)(?P<phrase>(?:[\w’'&-]{1,40}\s){0,9}[\w’'&-]{1,40}),\s\Z")
OF = re.compile(r"\s(?:of|for|at|in|from|with|on|who|and)\s")
THE = re.compile(r"\b(?:the|its|their|an?)\s(?P<between>(?:[a-z][\w-]{0,20}\s){0,2})\Z", re.IGNORECASE)
PLACED = re.compile(r"\b(?P<verb>[a-z]{1,20}\s)?(?:in|near|outside|throughout)\s\Z")
OF_A_BODY = re.compile(
    r"(?:['’]s?)?\s(?:shares?|stock|headquarters|shareholders|subsidiary|factory|factories|plants?|customers|employees|workforce)\b"
    r"|['’]s?\s(?:chief\s(?:executive|financial)|managing\sdirector|finance\sdirector|board|annual|profits?|revenues?|chairm[ae]n|chairwoman)\b"
)
HELD_IN = frozenset(LEXICON["held_in"])
BEHIND_HER = (
    "(?:in|on|at|to|for|by|and|or|as|because|but|with|from|when|after|before|of|that|over|about|into|down|up|out|again|off|if|while|until|since"
    "|through|under|than|the|an?|not|so|is|was|would|will|had|has|could|should|may|might|last|this|next|yesterday|today)"
)
"""Before them "her" is no owner: "replaced her in May"."""
OWN = re.compile(rf"\b(?P<his>his|himself)\b|\b(?P<her>herself|her(?=\s\w)(?!\s{BEHIND_HER}\b))\b")
DETERMINER = re.compile(r"(?<![\w’'-])(?:the|an?|its|their|his|her|one|[\w-]{1,30}[’']s?)\s", re.IGNORECASE)
ENDS_THERE = re.compile(r"(?:\s(?:of|from|for|at)\s[^,;:]{2,60})?[,.](?=\s|\Z)")
"""Behind a name whose bearer is called something before it: "the premier, Ana Pell of the Greens, "."""
OF_BEFORE = re.compile(r"\b(?:of|for|at|in)\s\Z")
IS = re.compile(r"\Awho\s(?:is|was|became|works as|worked as)\s")
LEADS_UP = re.compile(r"\s(?:[a-z-]{2,20}\s){1,3}(?=[A-ZÀ-ÖØ-Þ])")
"""Behind the first word of a sentence: "Election commissioner Bram Tolliver"."""
REFLEXIVE = re.compile(r"\s(him|her)self\b")
REACH = 120  # code points before a name in which it is said what its bearer is


class Mention(NamedTuple):
    """A name in a sentence."""

    text: str
    name: Name


def own_tokens(name: Name) -> tuple[str, ...]:
    """The words of a name without titles and offices before it.

    >>> own_tokens(names_in("On Monday Finance Minister Ana Pell left.")[0])
    ('ana', 'pell')
    """
    parts = [plain(part) for part in name.form.split()]
    if parts[0] in SEX_OF_NAME:
        return name.tokens
    title = max((at for at, part in enumerate(parts[:-1]) if part in BEFORE_A_NAME), default=-1)
    return tuple(part for part in parts[title + 1 :] if part not in GENERATIONS) or name.tokens


def is_balanced(text: str) -> bool:
    """Whether every quotation that begins in a text ends there."""
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”") and text.count("«") == text.count("»")


def unquoted(text: str) -> str:
    """A text with the words inside its quotation marks as signs that are none.

    >>> unquoted("“Yes,” he said.")
    '“\\x00\\x00\\x00\\x00” he said.'
    """
    return QUOTED.sub(lambda match: match[0][0] + "\0" * (len(match[0]) - 2) + match[0][-1], text)


def head_of(phrase: str) -> str:
    """The word of a phrase that says what somebody is, in lower case.

    >>> head_of("the council's head of transport"), head_of("a retired mail carrier")
    ('head', 'carrier')
    """
    first = OF.split(phrase.strip())[0].split()
    return first[-1].lower() if first else ""


def is_of_thing(mention: Mention) -> bool:
    """Whether the words beside a name are such as stand beside places and bodies: "in Tarn", "Lodestar's shares"."""
    text, name = mention
    placed = not name.possessive and _is_placed(text, name)
    return placed or OF_A_BODY.match(text, name.end) is not None


def _is_placed(text: str, name: Name) -> bool:
    found = PLACED.search(text, max(0, name.start - REACH), name.start)
    return found is not None and (found["verb"] or "").strip() not in HELD_IN


def is_shown_a_person(mention: Mention) -> bool:
    """Whether the words beside a name are such as stand beside people alone."""
    text, name = mention
    if NOT_OF_PEOPLE.intersection(own_tokens(name)):
        return False
    titled = {plain(part) for part in name.form.split()[: -len(own_tokens(name))]}
    if titled & (TITLES | ALONE) or AGE.match(text, name.end) or WHO.match(text, name.end):
        return True
    return any(word in ALONE for word in _beside(mention))


def sex_beside(mention: Mention) -> Sex | None:
    """What the words beside a name show of its bearer."""
    text, name = mention
    titled = [plain(part) for part in name.form.split()[: -len(own_tokens(name))]]
    shown: set[Sex] = {SEX_OF_WORD[word] for word in [*titled, *_beside(mention)] if word in SEX_OF_WORD}
    if reflexive := REFLEXIVE.match(text, name.end):
        shown.add("he" if reflexive[1] == "him" else "she")
    return shown.pop() if len(shown) == 1 else None


def _beside(mention: Mention) -> Iterator[str]:
    """What a name is called: "spokeswoman Ana Pell", "Ana Pell, the mayor,", "his wife, Ana Pell"."""
    text, name = mention
    before = text[: name.start]
    if before.endswith(" ") and (words := before.split()):
        yield words[-1].lower()
    if not name.possessive and (apposed := APPOSED.match(text, name.end)):
        yield head_of(apposed["phrase"])
    if text[name.end : name.end + 1] == "," and (ahead := BEFORE_COMMA.search(text, 0, name.start)):
        yield head_of(ahead["phrase"])


def may_be_person(text: str, name: Name) -> bool:
    """Whether a name may be that of a person, as far as its own words and those before it show.

    >>> text = "Ana Pell met the Civic Union and the World Bank in Tarn, and Lodestar."
    >>> [name.form for name in names_in(text) if may_be_person(text, name)]
    ['Ana Pell', 'Lodestar']
    """
    tokens = own_tokens(name)
    if NOT_OF_PEOPLE.intersection(tokens) or (name.form.isupper() and len(name.form) > 1):
        return False
    if name.initial and (
        tokens[0].endswith(("s", "men")) or tokens[0] in PEOPLE | OPENERS or LEADS_UP.match(text, name.end)
    ):
        return False
    before = text[max(0, name.start - REACH) : name.start]
    if len(tokens) > 1 and (the := THE.search(before)):
        between = the["between"].split()
        if not any(word in PEOPLE or word in BEFORE_PEOPLE for word in between):
            return False
    return name.possessive or not _is_placed(text, name)


def person_words(text: str) -> Iterator[str]:
    """The words of a text for one person, in lower case; those that say what somebody is who is named are left out.

    >>> list(person_words("The teacher praised the mayor, Ana Pell, and every child met Lee Fox, a poet."))
    ['teacher']
    """
    names = [name for name in names_in(text) if may_be_person(text, name)]
    named = [span for name in names for span in _beside_spans(text, name)]
    for match in PERSON_WORD.finditer(text):
        word, at = match[0].lower(), match.start()
        if any(start <= at < end for start, end in named) or OF_EVERY.search(text, max(0, at - REACH), at):
            continue
        if word not in ADJECTIVES or STANDS_FOR_ONE.match(text, match.end()):
            yield word
    for match in BY_ENDING.finditer(text):
        word, at = match["word"].lower(), match.start("word")
        if word not in THINGS | PEOPLE and not any(start <= at < end for start, end in named):
            yield word


def _beside_spans(text: str, name: Name) -> Iterator[tuple[int, int]]:
    """A name, and where a text says what its bearer is, before it and behind it."""
    start, end = name.start, name.end
    before = text[max(0, start - REACH) : start]
    if before.endswith(", ") and ENDS_THERE.match(text, end):
        determiners = [
            one.start() for one in DETERMINER.finditer(before) if not OF_BEFORE.search(before, 0, one.start())
        ]
        if determiners and head_of(before[determiners[-1] : -2]) in PEOPLE:
            start -= len(before) - determiners[-1]
    elif words := before.split():
        start -= len(words[-1]) + 1 if words[-1].lower() in PEOPLE and before.endswith(" ") else 0
    while apposed := APPOSED.match(text, end):
        phrase = apposed["phrase"]
        if not (phrase.strip().isdigit() or head_of(IS.sub("", phrase)) in PEOPLE):
            break
        end = apposed.end()
    yield start, end
