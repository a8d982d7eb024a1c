"""Who holds which office according to a text: "Polish Prime Minister Donald Tusk", "Ana Pell, head of transport"."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.names import Name, names_in
from summarizer.language.patterns import LETTERS, any_of, spelled
from summarizer.language.words import STOP_WORDS, stem

LEXICON = lexicon("offices")
OFFICES: list[str] = LEXICON["offices"]
SAME: dict[str, str] = {word: group[0] for group in LEXICON["same"] for word in group}
LED: dict[str, str] = LEXICON["led"]
OFFICE = rf"{any_of(OFFICES)}s?"
OFFICE_WORD = re.compile(rf"\b{OFFICE}\b", re.IGNORECASE)
LEADS = re.compile(
    rf"(?:,\s{{1,3}}who\s{{1,3}}(?:is\s{{1,3}})?|\s{{1,3}})(?P<verb>{any_of(LED)})\s{{1,3}}(?P<what>[^.,;:]{{3,60}}?)(?=\s{{1,3}}and\b|[.,;:]|$)",
    re.IGNORECASE,
)
WHAT_IT_IS_OF = re.compile(r"\b(?:of|for|at|in)\s{1,3}(?:(?:the|an?|its|their|his|her)\s{1,3})?\Z")
OF = re.compile(r"\s(?:of|for|at|in)\s")
OWNER = re.compile(r"[^\W\d_]+(?:['’]s)?")
UNBROKEN = r"[^\s.;:,()“”\"]{1,40}+"  # a word inside a phrase
OF_WHAT = rf"(?:\s{{1,9}}(?:of|for|at|in)\s{{1,9}}{UNBROKEN}(?:\s{{1,9}}{UNBROKEN}){{0,4}})?"
UP_TO_NAME = r"(?:,\s{1,9}|\s{1,9}is\s{1,9}|\s{1,9}was\s{1,9}|\s{1,9})(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Prof)\.?\s{1,9})?\Z"
OFFICE_BEFORE_NAME = re.compile(rf"(?<![\w-])({OFFICE}{OF_WHAT}){UP_TO_NAME}", re.IGNORECASE)
UNSPACED = re.compile(r"\S+")
BREAK = re.compile(r"[.;:,()“”\"]")
MODIFIERS = 6  # words before an office that may say of what it is
BEHIND_NAME = re.compile(
    r"(?:,\s{1,9}(?:\d{1,3},\s{1,9})?(?:who\s{1,9}(?:is|was)\s{1,9})?|\s{1,9}(?:is|was|became|becomes|remains)\s{1,9})"
    r"((?:the|a|an|its|their|his|her|one of the|[A-Z][\w’' -]{0,40}['’]s?|former|then|chief|deputy|vice|senior|"
    rf"{OFFICE})\b[^.;:,()“”\"]{{0,70}}(?!\w))"
)
PHRASE_START = re.compile(
    r"\b(?:and|but|that|said|told|while|as|when|from|to|by|with|than|over|through|the|an?|its|their|his|her|whose)\s"
)
MANY = re.compile(rf"\A{any_of(OFFICES)}s\b", re.IGNORECASE)
PHRASE_END = re.compile(r"\b(?:and|but|that|said|told|who|which|while|as|when|was|is|has|had|will)\b")
VERB_FIRST = re.compile(r"\s{0,9}(?:said|told|met)")
REACH = 90  # code points between a name and its office


class Binding(NamedTuple):
    """Somebody has an office; offsets cover both."""

    name: Name
    office: str
    scope: frozenset[str]
    """Stems of what the office is of: "head of transport", "Polish prime minister"."""
    start: int
    end: int


@lru_cache(maxsize=64)
def bindings(text: str) -> tuple[Binding, ...]:
    """Return who holds which office according to a text.

    >>> [(b.name.form, b.office, sorted(b.scope)) for b in bindings("The head of transport, Ana Pell, met Lee Fox, a coach.")]
    [('Ana Pell', 'boss', ['transport']), ('Lee Fox', 'manager', [])]
    """
    found: list[Binding] = []
    for name in names_in(text):
        own = _titled(name)
        if own:
            found.append(own)
        found += _before(text, name)
        found += _behind(text, name)
    return tuple(found)


def _office(words: str) -> tuple[str, frozenset[str]] | None:
    """The office that a phrase names, and what it is of."""
    matches = list(OFFICE_WORD.finditer(words))
    if not matches:
        return None
    of = OF.search(words)
    heads = [match for match in matches if not of or match.start() < of.start()]
    head = (heads or matches)[-1]
    scope = frozenset(
        stem(word)
        for word in OWNER.findall(words[: head.start()] + " " + words[head.end() :])
        if word.lower() not in STOP_WORDS and word.lower() not in ("former", "then", "acting", "new", "s")
    )
    return canonical(head[0]), scope


def canonical(word: str) -> str:
    """The one word for an office that has several."""
    lower = spelled(word)
    lower = lower if lower in OFFICES else lower.removesuffix("s")
    return SAME.get(lower, lower)


def _titled(name: Name) -> Binding | None:
    """ "Polish Prime Minister Donald Tusk": the office stands within the run of capitals."""
    offices = list(OFFICE_WORD.finditer(name.form))
    rest = name.form[offices[-1].end() :].strip() if offices else ""
    office = _office(name.form[: offices[-1].end()]) if offices else None
    if not office or not rest:
        return None
    inner = Name(name.end - len(rest), name.end, rest, name.possessive, initial=False)
    return Binding(inner, *office, name.start, name.end)


def _before(text: str, name: Name) -> Iterator[Binding]:
    """ "Its secretary, Bashir Nolland" and "the club's chairman Rodney Askwith", and "whose captain is Neil Hargest"."""
    window = text[max(0, name.start - REACH) : name.start]
    if WHAT_IT_IS_OF.search(window):  # "the leader of the National Path"
        return
    lead = OFFICE_BEFORE_NAME.search(window)
    if lead:
        begun = _phrase_start(window[: lead.start()])
        phrase = PHRASE_START.split(window[begun : lead.end(1)])[-1]
        if OFFICE_WORD.search(phrase) and (office := _office(phrase)):
            yield Binding(name, *office, name.start - len(window) + begun, name.end)


def _phrase_start(before: str) -> int:
    """Where the phrase begins whose office follows: at most so many words back, over no mark."""
    marks = list(BREAK.finditer(before))
    own = list(UNSPACED.finditer(before, marks[-1].end() if marks else 0))
    return own[-MODIFIERS:][0].start() if own and before[-1].isspace() else len(before)


def _behind(text: str, name: Name) -> Iterator[Binding]:
    """ "Ana Pell, the head of transport," and "Ana Pell, who leads the Greens"."""
    window = text[name.end : name.end + REACH]
    leads = LEADS.match(window)
    if leads:
        scope = frozenset(stem(word) for word in LETTERS.findall(leads["what"]) if word.lower() not in STOP_WORDS)
        yield Binding(name, canonical(LED[spelled(leads["verb"])]), scope, name.start, name.end + leads.end())
        return
    apposed = BEHIND_NAME.match(window)
    if apposed:
        phrase = PHRASE_END.split(apposed[1])[0]
        if MANY.match(phrase):  # ", lawyers had warned"
            return
        if OFFICE_WORD.search(phrase) and not VERB_FIRST.match(phrase) and (office := _office(phrase)):
            yield Binding(name, *office, name.start, name.end + apposed.end())
