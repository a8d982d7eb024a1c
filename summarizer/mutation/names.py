"""Replace names, offices and speakers."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from summarizer.language.names import TITLES, Name, names_in, plain
from summarizer.language.offices import OFFICES, bindings, canonical
from summarizer.language.patterns import any_of
from summarizer.language.quantities import quantities
from summarizer.language.speakers import SAYING, Attribution, attributions
from summarizer.language.time_expressions import time_expressions
from summarizer.language.words import STOP_WORDS
from summarizer.mutation.context import Change, SentenceContext, is_quoted, like_case, stands
from summarizer.mutation.lexicon import PORTFOLIOS_EXCHANGED, POSTS_EXCHANGED, ROLES_EXCHANGED

# Words of names that no person bears.
NO_PERSON = frozenset(
    "council institute university league union party board group centre center court bank company ltd inc plc corp road lane street bridge hall house museum hospital "
    "station school college committee commission agency ministry department office service services line trust association federation club cup act bill river lake "
    "mount bay harbour harbor port cape island islands county city town state states north south east west new old great upper lower saint st church park square office "
    "energy steam rail railway airlines airport motors pharma therapeutics medical systems times post herald gazette news review award prize festival studio theatre "
    "gallery society authority police army navy force national royal international united free green labour liberal democratic conservative people's front alliance "
    "movement assembly parliament senate congress chamber gulf sea ocean valley falls hill hills ridge wood forest beach coast point pass dam reef law statute rovers wanderers albion athletic steel field wells traders salt co-operative cooperative homes holdings exchange partners industries region district".split()
)
TITLE = re.compile(r"(Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Judge|Justice)\.?\s{1,3}(?=[A-Z])")
APPOSED = re.compile(r",\s{1,3}(?:\d{2},|who\s)")
GENDERED = {
    "Mr": "he",
    "Sir": "he",
    "Lord": "he",
    "Mrs": "she",
    "Ms": "she",
    "Miss": "she",
    "Dame": "she",
    "Lady": "she",
}
PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers|himself|herself)\b", re.IGNORECASE)
JOINED = re.compile(r"\s{1,3}(?:and|or|to|from)\s{1,3}(the\s{1,3})?")
THE = re.compile(r"\b[Tt]he\s{1,3}\Z")
OF_A_NAME = re.compile(r"\b[A-Z][\w’'-]{1,30}\s{1,3}(?:of|and|for|in)\s{1,3}(?:the\s{1,3})?\Z")
NAME_OF = re.compile(r"\s{1,3}(?:of|for|and)\s{1,3}(?:the\s{1,3})?[A-Z]")
NEXT_WORD = re.compile(r"\s{1,3}([a-z][\w’'-]{0,30})")
ROLE = re.compile(rf"(?<![\w-]){any_of(ROLES_EXCHANGED)}(?![\w’'-])", re.IGNORECASE)
PORTFOLIO = re.compile(
    rf"(?<![\w-])(?=[acdefhjmst])(?:{any_of(PORTFOLIOS_EXCHANGED)}(?=\s{{1,3}}(?:minister|secretary|spokesman|spokeswoman)\b)|"
    rf"{any_of(POSTS_EXCHANGED)}(?=\s{{1,3}}director\b))",
    re.IGNORECASE,
)
UNDER = re.compile(
    r"\b(?=[acdfghijpv])(?:deputy|vice|assistant|junior|attorney|general|private|press|home|foreign|first|interior|permanent|co)[\s-]{1,3}\Z",
    re.IGNORECASE,
)
NO_SPEECH = frozenset("hopes hoped expects expected felt feels".split())
SAYS = re.compile(rf"{SAYING}|according\s{{1,3}}to", re.IGNORECASE)
STATE_OFFICES = {"President": ("prime minister",)}  # a title before a name: the head of a state
COMPOUND = re.compile(
    r"(?<=\w)\s{1,3}(?:general|secretary|editor|executive|minister|officer|director|union|of\s{1,3}state)\b",
    re.IGNORECASE,
)


class Person(NamedTuple):
    """Somebody whom an article names in full."""

    full: str
    last: str
    title: str = ""
    """ "Mr" where the article goes on so; else empty."""
    gender: str = ""
    """ "he" or "she" as far as the article shows it."""


def name(context: SentenceContext) -> Iterator[Change]:
    """Another person of the article in the same form, or a place that it joins to the one in the sentence."""
    people = people_of(context.article)
    speaking = [(one.start, one.end) for one in attributions(context.text)]
    for one in _names(context.text):
        if any(start < one.end and one.start < end for start, end in speaking):
            continue
        if person := _bearer(one, people):
            yield from _exchanged(context, one, person, people)
        elif _stands_alone(context.text, one):
            yield from _joined(context, one, people)


def attribution_swap(context: SentenceContext) -> Iterator[Change]:
    """What somebody says given to somebody else who speaks in the article."""
    people = people_of(context.article)
    voices = _voices(context.article)
    speakers = tuple(one for one in people if any(re.search(rf"\b{re.escape(one.last)}\b", voice) for voice in voices))
    for said in attributions(context.text):
        if is_quoted(context.text, said.start, said.end) or not SAYS.fullmatch(said.verb) or said.verb in NO_SPEECH:
            continue
        for one in _names(context.text):
            if not (said.start <= one.start and one.end <= said.end):
                continue
            if person := _bearer(one, people):
                yield from _exchanged(context, one, person, speakers)
            else:
                yield from _other_body(context, said, one)


def role(context: SentenceContext) -> Iterator[Change]:
    """Another office for somebody whom the sentence names with one."""
    held = _held(context.article)
    for bound in bindings(context.text):
        for match in (
            *ROLE.finditer(context.text, bound.start, bound.end),
            *PORTFOLIO.finditer(context.text, bound.start, bound.end),
        ):
            inside_name = bound.name.start <= match.start() < bound.name.end
            if inside_name or is_quoted(context.text, *match.span()):
                continue
            before = context.text[max(0, match.start() - 14) : match.start()]
            old = match[0].lower()
            if UNDER.search(before) or (COMPOUND.match(context.text, match.end()) and old in ROLES_EXCHANGED):
                continue
            options = (
                STATE_OFFICES.get(match[0])
                or ROLES_EXCHANGED.get(old)
                or (PORTFOLIOS_EXCHANGED if old in PORTFOLIOS_EXCHANGED else POSTS_EXCHANGED)
            )
            for new in options:
                if new != old and (bound.name.tokens[-1], canonical(new.split()[-1])) not in held - {
                    (bound.name.tokens[-1], bound.office)
                }:
                    yield Change(match.start(), match.end(), like_case(new, match[0]), (new,) if " " in new else ())


@lru_cache(maxsize=16)
def _voices(article: str) -> tuple[str, ...]:
    """Who speaks in an article."""
    return tuple(one.speaker for one in attributions(article))


@lru_cache(maxsize=16)
def _held(article: str) -> frozenset[tuple[str, str]]:
    """Last names and the offices that an article gives to them."""
    return frozenset((one.name.tokens[-1], one.office) for one in bindings(article))


@lru_cache(maxsize=16)
def people_of(article: str) -> tuple[Person, ...]:
    """The people of an article: full names with an office, an age or a title, and speakers whose last word stands alone."""
    every = names_in(article)
    alone = {one.tokens[0] for one in every if len(one.tokens) == 1}
    sure = {one.name.tokens for one in bindings(article)}
    voices = " | ".join(one.speaker for one in attributions(article))
    titles = {last: match[1] for match in TITLE.finditer(article) if (last := _last_word(article, match.end()))}
    found: dict[str, Person] = {}
    for one in every:
        bare = _without_office(one.form)
        parts = bare.split()
        if not 2 <= len(parts) <= 4 or any(plain(part) in NO_PERSON for part in parts) or not parts[0][:1].isupper():
            continue
        if one.form == bare and THE.search(article, max(0, one.start - 6), one.start):  # "the Corn Exchange"
            continue
        speaks = plain(parts[-1]) in alone and stands(parts[-1], voices)
        if speaks or tuple(map(plain, parts)) in sure or APPOSED.match(article, one.end) or parts[-1] in titles:
            found.setdefault(parts[-1], Person(bare, parts[-1], titles.get(parts[-1], "")))
    firsts = {person.full.split()[0] for person in found.values()}
    people = [person for person in found.values() if person.last not in firsts]
    return tuple(person._replace(gender=_gender(article, person, people)) for person in people)


def _gender(article: str, person: Person, people: list[Person]) -> str:
    """ "he" or "she", by the title or by the pronouns that follow the name before anybody else's; else empty."""
    if person.title in GENDERED:
        return GENDERED[person.title]
    counts = {"he": 0, "she": 0}
    for mention in re.finditer(rf"\b{re.escape(person.last)}\b", article):
        window = re.match(r"[^\n“\"]{0,160}", article[mention.end() :])
        reach = window[0] if window else ""
        others = [at for other in people if other is not person and (at := reach.find(other.last)) >= 0]
        if pronoun := PRONOUN.search(reach[: min(others, default=len(reach))]):
            counts["he" if pronoun[0].lower() in ("he", "his", "him", "himself") else "she"] += 1
    return "" if counts["he"] == counts["she"] else max(counts, key=lambda one: counts[one])


def _last_word(article: str, at: int) -> str:
    """The surname that a title goes before: the last word of the run of capitals."""
    run = re.compile(r"(?:[A-Z][\w’'-]{0,30}\s{0,1}){1,3}").match(article, at)
    return re.sub(r"['’]s?\Z", "", run[0].split()[-1]) if run and run[0].split() else ""


def _without_office(form: str) -> str:
    """ "Dolores Finch" of "State Senator Dolores Finch"."""
    parts = form.split()
    offices = [at for at, part in enumerate(parts) if plain(part) in TITLES or plain(part) in OFFICES]
    return " ".join(parts[offices[-1] + 1 :] if offices else parts)


def _names(text: str) -> Iterator[Name]:
    """The names of a sentence outside quotations, figures and dates."""
    taken = [(one.start, one.end) for one in time_expressions(text)] + [
        (one.start, one.end) for one in quantities(text)
    ]
    for one in names_in(text):
        if not any(start < one.end and one.start < end for start, end in taken) and not is_quoted(
            text, one.start, one.end
        ):
            yield one


def _bearer(one: Name, people: tuple[Person, ...]) -> Person | None:
    bare = _without_office(one.form)
    return next((person for person in people if bare in (person.full, person.last)), None)


def _exchanged(context: SentenceContext, one: Name, person: Person, people: tuple[Person, ...]) -> Iterator[Change]:
    """Another person in the form of the name: surname for surname, full name for full name."""
    bare = _without_office(one.form)
    start = one.end - len(bare)
    title = TITLE.match(context.text, one.start)
    gendered = PRONOUN.search(context.text)
    for other in people:
        unlike = other.gender != person.gender or not person.gender
        if other.last == person.last or (title and other.title != person.title) or (gendered and unlike):
            continue
        new = other.full if bare == person.full and " " in bare else other.last
        yield Change(start, one.end, new, (other.last,))


def _stands_alone(text: str, one: Name) -> bool:
    """Whether a name is not part of another and not before a noun: "in Sorn,", not "the Sorn council"."""
    if OF_A_NAME.search(text, max(0, one.start - 50), one.start) or NAME_OF.match(text, one.end):
        return False
    following = NEXT_WORD.match(text, one.end)
    return not one.possessive and (not following or following[1] in STOP_WORDS)


def _joined(context: SentenceContext, one: Name, people: tuple[Person, ...]) -> Iterator[Change]:
    """A name that the article joins to this one by "and" or "to": two of a kind, and neither a part of the other."""
    definite = bool(THE.search(context.text, 0, one.start))
    known = [name for name in names_in(context.article) if not name.possessive]
    for left, right in pairwise(known):
        joint = JOINED.fullmatch(context.article, left.end, right.start)
        if not joint or one.form not in (left.form, right.form) or left.form == right.form:
            continue
        leading = bool(THE.search(context.article, max(0, left.start - 6), left.start))
        if leading != bool(joint[1]) or leading != definite or {*left.tokens} & {*right.tokens}:
            continue
        other = right if one.form == left.form else left
        if (
            _is_alone(other)
            and _is_alone(one)
            and not _bearer(other, people)
            and other.form.isupper() == one.form.isupper()
        ):
            yield Change(one.start, one.end, other.form, (other.form,))


def _is_body(one: Name) -> bool:
    """Whether a name is one of a body by its words: "Strait Line", "UTSW"."""
    return one.form.isupper() or any(plain(part) in NO_PERSON for part in one.form.split())


def _is_alone(one: Name) -> bool:
    return len(one.form.split()) <= 2 and not any(
        plain(part) in OFFICES or plain(part) in TITLES for part in one.form.split()
    )


def _other_body(context: SentenceContext, said: Attribution, one: Name) -> Iterator[Change]:
    """Another body that speaks in the article by its name alone."""
    if said.speaker != one.form or one.initial or not _is_body(one):
        return
    people = people_of(context.article)
    definite = bool(THE.search(context.text, 0, one.start))
    for voice in attributions(context.article):
        named = next(
            (name for name in names_in(context.article) if (name.start, name.end) == (voice.start, voice.end)), None
        )
        if (
            not named
            or named.initial
            or named.possessive
            or named.form == one.form
            or _bearer(named, people)
            or not _is_body(named)
        ):
            continue
        if bool(THE.search(context.article, max(0, named.start - 6), named.start)) == definite and voice.verb.endswith(
            "s"
        ) == said.verb.endswith("s"):
            yield Change(one.start, one.end, named.form, (named.form,))
