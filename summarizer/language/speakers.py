"""Who is given the word in a text: speakers and the verbs of saying beside them."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.names import Name, names_in
from summarizer.language.offices import OFFICES
from summarizer.language.patterns import any_of

LEXICON = lexicon("speakers")
SAYING = any_of(LEXICON["sayings"])
VERB = re.compile(rf"\b{SAYING}\b")
# Words after which the speaker follows.
PASSIVE_BY = rf"(?:(?:was|were|been|being|is|are)\s{{1,3}}(?:\w{{1,30}}\s{{1,3}})?(?:{SAYING}|put|made)|expressed|predicted|voiced)"
BY = re.compile(
    rf"\b(?=[abceipsvw])(?:according\s{{1,3}}to|{any_of(LEXICON['words_of_somebody'])}s?\s{{1,3}}by|"
    r"in\s{1,3}the\s{1,3}(?:view|opinion|words|eyes)\s{1,3}of|"
    rf"{PASSIVE_BY}\s{{1,3}}(?:[^.;:\"“”,]{{0,50}}\s)?by)\s{{1,3}}",
    re.IGNORECASE,
)
# "Ana: I will come."; what follows "Funding: The state pays." speaks in nobody's person, and the label is a topic.
DIALOGUE = re.compile(
    r"(?:^|(?<=[\n.?!]))[ \t]{0,3}([A-Z][\w’'-]{1,30}(?:\s[A-Z][\w’'-]{1,30})?):\s"
    r"(?=\s{0,3}[\"“«]|[^\n]{0,300}?\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]e|[Yy]ou|[Yy]our)\b)",
    re.MULTILINE,
)
OPINION_OF = re.compile(r"['’]s?\s+(?:opinion|view|eyes|words|account)\b")
BODY = any_of([*LEXICON["bodies"], "chief executive", *OFFICES])
SPOKEN_FOR = re.compile(
    r"(?<![\w’'-])(?=\w)(?:(?:the|an?|some|several|many|local|senior|its|his|her|their|one)\s{1,3}+){0,2}"
    rf"(?:[\w’'-]{{1,30}}+\s{{1,3}}+){{0,2}}?{BODY}(?![\w-])",
    re.IGNORECASE,
)
# Verbs that may stand before their subject: "..., said Ana Pell".
INVERTING = frozenset(LEXICON["inverting"])
CONVENED = re.compile(
    r"\s{1,3}(?:an?\s{1,3})?(?:emergency|special|snap|session|meeting|vote|election|strike|off\b|for\b|on\b)"
)
# "Syria feared air strikes" is nobody's word; "Pell feared that the bridge would close" is.
FEELING = frozenset(LEXICON["feelings"])
CLAUSE = re.compile(
    r"\b(?:that|would|could|might|will|may|can|should|must|is|are|was|were|has|have|had)\b", re.IGNORECASE
)
PRONOUN_SUBJECT = re.compile(r"\b(?:he|she|they|it|who|I|we)\s+(?:\w+\s+)?\Z")
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s{1,3}(?:\w{1,20}ly\s{1,3}|also\s{1,3}|now\s{1,3}|later\s{1,3})?\Z"
)  # "was dismissed"
ITS_CONTENT = re.compile(r"\s{1,9}(?:that|it|this|there|he|she|they)\b")
WITHIN_CLAUSE = re.compile(r"[^.;:\"“”]{0,80}")
SECOND_VERB = re.compile(r"\b(?:and|but)\s{1,9}(?:also\s{1,9})?\Z")
BELONGING = re.compile(r"\s{1,9}(?:of|from|at|for)\s{1,9}[^,;]{2,60}\s")
UNDER_PREPOSITION = re.compile(
    r"\b(?:of|for|in|at|from|to|with|against|by|on)\s+(?:the\s+|an?\s+)?(?:[a-z-]{1,30}\s+){0,2}\Z"
)
CLAUSE_MARKS = ("\n", '"', "”", ";", ":", ". ", "? ", " that ", " but ", " while ")
BODY_WORDS = re.compile(rf"\A(?:[a-z-]{{1,20}}+\s{{1,3}}+){{0,2}}?{any_of(OFFICES)}(?![\w-])", re.IGNORECASE)
APPOSED = re.compile(r"(?:\s{1,3}(?:of|from|at|for)\s{1,3}[^,]{2,60})?,")
TITLE_STOP = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gov|Gen|Sen|Rep|Lt|Sgt|Col|Capt|St|[A-Z])\Z")
REACH = 140  # code points to the left of a verb that its subject may stand in


class Attribution(NamedTuple):
    """A speaker and the verb that gives the word; offsets are of the text that was looked at."""

    speaker: str
    start: int
    end: int
    verb: str
    verb_start: int
    verb_end: int


@lru_cache(maxsize=256)
def attributions(text: str) -> tuple[Attribution, ...]:
    """Return who is given the word in a text, in order; pronouns name nobody and are left out.

    >>> [(a.speaker, a.verb) for a in attributions("The deal is off, said Ana Pell. Police denied it.")]
    [('Ana Pell', 'said'), ('Police', 'denied')]
    """
    known = names_in(text)
    found = []
    behind = [(phrase, subject) for phrase in BY.finditer(text) if (subject := _starting(text, phrase.end(), known))]
    for verb in VERB.finditer(text):
        if any(phrase.start() <= verb.start() < phrase.end() for phrase, _ in behind):
            continue
        if verb[0] in ("called", "calls") and CONVENED.match(text, verb.end()):
            continue
        if verb[0] in FEELING and not _has_a_clause(text, verb.end()):
            continue
        subject = _apposed(text, verb, known) or _after(text, verb, known) or _before(text, verb, known)
        if subject:
            found.append(Attribution(text[slice(*subject)], *subject, verb[0], verb.start(), verb.end()))
    for phrase, subject in behind:
        found.append(Attribution(text[slice(*subject)], *subject, phrase[0].strip(), phrase.start(), phrase.end()))
    for line in DIALOGUE.finditer(text):
        found.append(Attribution(line[1], line.start(1), line.end(1), ":", line.end(1), line.end()))
    for name in known:
        if opinion := OPINION_OF.match(text, name.end):
            found.append(
                Attribution(name.form, name.start, name.end, opinion[0].strip(), opinion.start(), opinion.end())
            )
    return tuple(sorted(found, key=lambda one: one.verb_start))


def _has_a_clause(text: str, at: int) -> bool:
    """Whether a clause of its own follows at `at`, before the next comma."""
    window = WITHIN_CLAUSE.match(text, at)
    return window is not None and CLAUSE.search(window[0].partition(",")[0]) is not None


def _apposed(text: str, verb: re.Match[str], known: tuple[Name, ...]) -> tuple[int, int] | None:
    """The subject over an apposition: "Boyd Lanning, the county sheriff, said investigators" is his word."""
    if not text[max(0, verb.start() - REACH) : verb.start()].rstrip().endswith(","):
        return None
    subject = _before(text, verb, known)
    return subject if subject and text[subject[1] : subject[1] + 1] == "," else None


def _after(text: str, verb: re.Match[str], known: tuple[Name, ...]) -> tuple[int, int] | None:
    """The subject of an inverted clause: `"...," said Ana Pell`."""
    before = text[max(0, verb.start() - REACH) : verb.start()].rstrip()
    if not before or before[-1] not in ',"”’?!»' or verb[0] not in INVERTING:
        return None
    if ITS_CONTENT.match(text, verb.end()):
        return None
    return _starting(text, verb.end(), known)


def _starting(text: str, at: int, known: tuple[Name, ...]) -> tuple[int, int] | None:
    """A name or body that begins at `at`, or the name that an office there is put before."""
    at += len(text[at:]) - len(text[at:].lstrip())
    window = WITHIN_CLAUSE.match(text, at)
    reach = window.end() if window else at
    for name in _starting_in(known, at, reach):
        between = text[at : name.start].strip(" ,")
        if name.possessive:  # "the hospital's chief medical officer"
            holder = SPOKEN_FOR.search(text, name.end, reach)
            if not between and holder:
                return name.start, holder.end()
            continue
        if not between or SPOKEN_FOR.fullmatch(between):
            bearer = _with_office(text, name, known)
            return bearer.start, bearer.end
    body = SPOKEN_FOR.match(text, at)
    return (body.start(), body.end()) if body else None


def _starting_in(known: tuple[Name, ...], start: int, end: int) -> tuple[Name, ...]:
    """Those of the names, which are in their order, that begin from `start` on and before `end`."""
    first = bisect_left(known, start, key=lambda one: one.start)
    return known[first : bisect_left(known, end, first, key=lambda one: one.start)]


def _with_office(text: str, name: Name, known: tuple[Name, ...]) -> Name:
    """The name behind an office of a body: "said Lodestar Capital analyst Ana Pell"."""
    for other in _starting_in(known, name.end + 1, name.end + REACH):
        if BODY_WORDS.fullmatch(text[name.end : other.start].strip()):
            return other
    return name


def _before(text: str, verb: re.Match[str], known: tuple[Name, ...]) -> tuple[int, int] | None:
    """The subject to the left of the verb, over an apposition, within its clause."""
    left = max(0, verb.start() - REACH)
    clause = max(left, *(_last(text, mark, left, verb.start()) for mark in CLAUSE_MARKS))
    subject = text[clause : verb.start()]
    if PRONOUN_SUBJECT.search(subject) or PASSIVE.search(subject):
        return None
    apposition = subject.rstrip().endswith(",")
    free = [
        name
        for name in _starting_in(known, clause, verb.start())
        if name.end <= verb.start() and not name.possessive and not UNDER_PREPOSITION.search(text[clause : name.start])
    ]
    for name in free if apposition else reversed(free):
        between = text[name.end : verb.start()]
        near = len(between.split()) <= (1 if name.initial else 3) and "," not in between
        if near and not VERB.search(between):
            return name.start, name.end
        if apposition and APPOSED.match(between):
            return _named(text, name, free)
    bodies = list(SPOKEN_FOR.finditer(text, clause, verb.start()))
    if bodies and len(text[bodies[-1].end() : verb.start()].split()) <= 2:
        return bodies[-1].start(), bodies[-1].end()
    if SECOND_VERB.search(subject):  # "Ana Pell kept her seat and argued"
        begun = max(left, _last(text, ". ", left, verb.start()), _last(text, "\n", left, verb.start()))
        first = next(
            (
                name
                for name in known
                if begun <= name.start < verb.start()
                and not name.possessive
                and not UNDER_PREPOSITION.search(text[begun : name.start])
            ),
            None,
        )
        if first:
            return first.start, first.end
    return _of_a_body(text, clause, verb, free)


def _named(text: str, name: Name, free: list[Name]) -> tuple[int, int]:
    """The name in apposition: "The First Secretary, Helena Trowse, said" is Helena Trowse's word."""
    for other in free:
        if text[name.end : other.start] == ", " and text[other.end : other.end + 1] == ",":
            return other.start, other.end
    return name.start, name.end


def _of_a_body(text: str, clause: int, verb: re.Match[str], free: list[Name]) -> tuple[int, int] | None:
    """ "Tobias Quill of the Green Harbour campaign said": a name with what it belongs to in between."""
    for name in free:
        between = text[name.end : verb.start()]
        if name.start - clause < 40 and BELONGING.fullmatch(between):
            return name.start, name.end
    return None


def _last(text: str, mark: str, start: int, end: int) -> int:
    at = text.rfind(mark, start, end)
    while at >= 0 and mark == ". " and TITLE_STOP.search(text[max(0, at - 5) : at]):
        at = text.rfind(mark, start, at)
    return at + len(mark) if at >= 0 else start
