"""Add or remove a "not", where the grammar is certain."""

import re
from collections.abc import Iterator

from summarizer.language.patterns import any_of
from summarizer.language.words import WORD
from summarizer.mutation.context import Change, SentenceContext, is_quoted
from summarizer.mutation.lexicon import DENYING, IRREGULAR_PARTICIPLES, PASTS

DENIES = re.compile(rf"(?<![\w'])(?!no\.){any_of(DENYING)}(?![\w'])", re.IGNORECASE)
AUXILIARY = re.compile(
    r"(?<![\w’'-])(?:is|are|was|were|has|have|had|will|would|could|should|must|can)(?=\s{1,3}[a-z\d$£€])(?![\w’'-])"
)
PAST = re.compile(rf"(?<![\w’'-]){any_of(PASTS)}(?![\w’'-])")
DENIED = re.compile(
    r"(?<![\w’'-])(?P<aux>is|are|was|were|has|have|had|will|would|could|should|must|can|do|does|did)\s{1,3}not\b|\b(?P<cannot>cannot)\b|"
    r"(?<![\w’'-])(?P<short>is|are|was|were|has|have|had|would|could|should|do|does|did)n[’']t\b|(?<![\w’'-])(?P<odd>wo|ca)n[’']t\b"
)
NEXT = re.compile(r"\s{1,3}([\w’'-]{1,30})")
CLAUSE_MARK = re.compile(r"[,;:—–()]|\s-\s|[\"“”]|\b(?:and|but|that|who|which)\b")
# Before an auxiliary of the same clause: "not" would be ambiguous, doubled or no English.
BARRED_BEFORE = frozenset(
    "if unless whether until because as than when while before after since although though where wherever how what why once all every each both most "
    "many any either neither nor no none nobody nothing everyone everybody everything never hardly only there here few little some not".split()
)
BARRED_BEFORE_PAST = frozenset("if unless whether until than when as all every each both most only never".split())
BARRED_AFTER_PAST = frozenset("no none nothing only all both about up on some over".split())
BARRED_NEXT = frozenset(
    "not no never only just also even still already always ever all both now most best more almost nearly about rather so too as there he she it they we you i then neither "
    "none nothing nobody hardly barely around roughly some more less fewer in of on at by over under each every and or but".split()
)
BARRED_AFTER = re.compile(
    r"\b(?:because|until|unless|rather than|instead|either|some|already|as well|too|also|so that|in order|any|yet|ever|but|only|nor|at least|more than|little|"
    r"for\s{1,3}(?:[\w-]{1,20}\s{1,3}){0,3}(?:years?|months?|weeks?|days?|hours?|minutes?))\b|n[’']t\b",
    re.IGNORECASE,
)
ADVERBS = frozenset(
    "recently long now never also first since previously formally finally later widely often again newly officially".split()
)
NOT_REMOVED = re.compile(
    r"(?<=\w)\s{1,3}(?:only|all|every\w*|until|just|yet|any\w*|ever|necessarily|even|least|one)\b", re.IGNORECASE
)
NEEDS_NOT = re.compile(
    r"\b(?:any|anyone|anybody|anything|anywhere|yet|ever|either|at all|until|but|nor|much|longer|unless|afford)\b",
    re.IGNORECASE,
)
SPEAKS_FIRST = re.compile(r"(?:^|[,.;:—–“\"]\s{0,3}|\b(?=[a-z])(?:as|than|so|then|where|here|there|only|never|hardly|not|nor|a|an|the|this|his|her|its|their|my|first|red|wild)\s{1,3})\Z", re.IGNORECASE)  # fmt: skip


def negation(context: SentenceContext) -> Iterator[Change]:
    """A "not" put in behind an auxiliary or by "did not", or one taken away."""
    text = context.text
    yield from _denied(text)
    if DENIES.search(text.replace("’", "'")):
        return
    yield from _auxiliaries(text)
    for match in PAST.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        opening = _clause(text, match.start())
        following = NEXT.match(text, match.end())
        if (
            is_quoted(text, *match.span())
            or SPEAKS_FIRST.search(before)
            or not BARRED_BEFORE_PAST.isdisjoint(_words(opening))
            or BARRED_AFTER.search(text, match.end())
            or not following
            or following[1].lower() in BARRED_AFTER_PAST
        ):
            continue
        yield Change(match.start(), match.end(), f"did not {PASTS[match[0]]}")


def _denied(text: str) -> Iterator[Change]:
    """A "not" that can go without a trace."""
    for match in DENIED.finditer(text):
        if (
            is_quoted(text, *match.span())
            or NOT_REMOVED.match(text, match.end())
            or NEEDS_NOT.search(text, match.end())
        ):
            continue
        if match["odd"]:
            new = {"wo": "will", "ca": "can"}[match["odd"]]
        else:
            new = "can" if match["cannot"] else match["aux"] or match["short"]
        yield Change(match.start(), match.end(), new)


def _auxiliaries(text: str) -> Iterator[Change]:
    for match in AUXILIARY.finditer(text):
        following = NEXT.match(text, match.end())
        opening = _clause(text, match.start())
        if (
            is_quoted(text, *match.span())
            or not opening.strip()
            or not BARRED_BEFORE.isdisjoint(_words(opening))
            or BARRED_AFTER.search(text, match.end())
            or not following
            or following[1].lower() in BARRED_NEXT
            or following[1].startswith("un")
            or (match[0] in ("has", "have", "had") and not is_participle(text, following))
        ):
            continue
        yield Change(match.start(), match.end(), f"{match[0]} not")


def _words(text: str) -> list[str]:
    return [match[0].lower() for match in WORD.finditer(text)]


def _clause(text: str, at: int) -> str:
    """What stands before a place in its clause, back to the mark or conjunction that opens it, with that one."""
    marks = [mark.start() for mark in CLAUSE_MARK.finditer(text, 0, at)]
    return text[marks[-1] if marks else 0 : at].lstrip(',;:—–()-"“” ')


def is_participle(text: str, following: re.Match[str]) -> bool:
    word = following[1]
    if word in ADVERBS or word.endswith("ly"):
        further = NEXT.match(text, following.end())
        word = further[1] if further else ""
    return word in IRREGULAR_PARTICIPLES or (
        word.endswith("ed") and len(word) > 4 and word not in ("need", "indeed", "speed")
    )
