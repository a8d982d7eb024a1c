"""Broken turns: the opposite, of how many, and how firmly."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from summarizer.evaluation.mutate.denials import NEXT, is_participle
from summarizer.evaluation.mutate.lexicon import (
    COMING,
    PARTICIPLES,
    TURNED,
    TURNED_BY_FIGURES,
    TURNED_TO_FIGURES,
)
from summarizer.evaluation.mutate.scene import Change, Scene, is_quoted, like_case
from summarizer.findings.numbers import stated_quantities
from summarizer.language.patterns import any_of
from summarizer.language.time_expressions import time_expressions
from summarizer.language.units import ONES, TENS

OPPOSITE = re.compile(rf"(?<![\w’'-]){any_of({**TURNED, **TURNED_BY_FIGURES, **TURNED_TO_FIGURES})}(?![\w’'-])")
DENIES = re.compile(
    r"\b(?=[bcdfhnrw])(?:not|never|no|cannot|neither|nor|without|hardly|barely|denied|denies|rather\s{1,3}than|failed|refused)\b|n[’']t\b",
    re.IGNORECASE,
)
BY_FIGURE_AFTER = re.compile(
    r"(?<=\w)(?!\w)(?:\s{1,3}(?:sharply|slightly|steeply|again|further|nearly|almost|about|more|steadily|only|just|a\s{1,3}further|another))?"
    r"(?:\s{1,3}(?:in|of)\s{1,3}[\w’'-]{1,20}(?:\s{1,3}[\w’'-]{1,20}){0,4})?\s{1,3}(?:(?:by|to|from|of|at)\s{1,3})?(?:(?:a|an|about|some|nearly|almost|more\s{1,3}than|around|just)\s{1,3}){0,2}[$£€]?\d"
)
SEASON_BEFORE = re.compile(
    r"\b(?:last|next|this|every|gave|give|each)\s{1,3}\Z", re.IGNORECASE
)  # "last fall", "gave rise"
TO_FIGURE_AFTER = re.compile(
    r"(?<=ed)(?:\s{1,3}(?!and\b|but\b)[\w’'-]{1,20}){0,6}\s{1,3}(?:to|by|from)\s{1,3}(?:(?:about|some|nearly|almost|a|an)\s{1,3})?[$£€]?\d"
)
PARTICLE_AFTER = re.compile(r"(?<=\w)\s{1,3}(?:out|up|off|over|apart|behind|short|through|into|down|back|known|selling|interests?|bidder|man|woman|and|or|himself|herself|themselves)\b")  # fmt: skip
OTHER_PARTY = re.compile(r"\s(?:to|from)\s")  # "sold to", "bought from"
BOTH_SIDES = re.compile(
    r"\b(?:men and women|women and men|north and south|profit and loss|sooner|former)\b", re.IGNORECASE
)
IN_TIME = re.compile(
    r"\s{1,3}(?:the|his|her|its|their)\s{1,3}(?!(?:day|days|week|weeks|month|months|year|years|hour|hours|minute|minutes|court|judge|board|committee|council|tribunal|magistrates|jury|house|camera|name)\b)[a-z]"
)
IDIOM_BEFORE = re.compile(
    r"\b(?:named|look|looks|looked|looking|called|sought|go|goes|went|take|takes|took|put|brought|appeared|appear|came|modelled|a|day|immediately|soon|shortly|long|even|only|just)\s{1,3}\Z",
    re.IGNORECASE,
)
BESIDE_A_NAME = re.compile(r"\s{1,3}[A-Z]")
NUMBER_AFTER = rf"(?=\s{{1,3}}(?:\d|[$£€]|{any_of([*ONES, *TENS])}\b))"


class Frame(NamedTuple):
    """What has to stand, or must not stand, right beside a word for its opposite to be English."""

    words: frozenset[str]
    side: Literal["before", "after"]
    wanted: bool
    pattern: re.Pattern[str]


FRAMES = (
    Frame(frozenset(("before", "after")), "after", True, IN_TIME),
    Frame(frozenset(("before", "after")), "before", False, IDIOM_BEFORE),
    Frame(frozenset(("bought", "sold")), "after", False, OTHER_PARTY),
    Frame(frozenset(("north", "south")), "after", False, BESIDE_A_NAME),
    Frame(frozenset(("inside", "outside")), "after", True, re.compile(r"\A\s{1,3}(?:the|an?|his|her|its|their)\b")),
    Frame(frozenset(("legal", "illegal", "lawful", "unlawful", "guilty")), "before", True, re.compile(r"\b(?:is|was|are|were|be|been|pleaded|found)\s{1,3}\Z")),
    Frame(frozenset(("best", "worst", "better", "worse")), "after", False, re.compile(r"\A\s{1,3}(?:of|off|than)\b")),
    Frame(frozenset(("reduce", "win", "lose")), "before", False, re.compile(r"\b(?:an?|the)\s{1,3}\Z")),
    Frame(frozenset(("longer",)), "before", False, re.compile(r"\bno\s{1,3}\Z")),
    Frame(frozenset(("up", "down")), "after", False, re.compile(r"\A\s{1,3}to\b")),
    Frame(frozenset(("won", "lost", "opposed", "wins", "win", "lose")), "after", True, re.compile(r"\A\s{1,3}(?:the|an?|by|all|\d|his|her|its|their)\b")),
)  # fmt: skip

QUANTIFIERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![\w’'-])some\s{1,3}of\s{1,3}(?=(?:the|its|his|her|their|those)\b)", re.IGNORECASE), "all of "),
    (re.compile(r"(?<![\w’'-])some(?=\s{1,3}(?:[a-z-]{3,20}\s{1,3}){0,1}[a-z]{3,20}[^s\W\d]s\b)(?!\s{1,3}(?:time|other|way|days?|years?|weeks?|months?|hours|minutes))", re.IGNORECASE), "all"),
    (re.compile(r"(?<![\w’'-])most\s{1,3}of\s{1,3}(?=(?:the|its|his|her|their|those|them|whom|which)\b)", re.IGNORECASE), "none of "),
    (re.compile(r"(?<![\w’'-])many\s{1,3}of\s{1,3}(?=(?:the|its|his|her|their|those|them|whom|which)\b)", re.IGNORECASE), "few of "),
    (re.compile(r"(?<![\w’'-])(?<!so )(?<!as )(?<!too )(?<!how )(?<!great )(?<!good )(?<!not )(?<!that )many(?=\s{1,3}[a-z-]{3,20}[^s\W\d]s\b)", re.IGNORECASE), "few"),
    (re.compile(r"(?<![\w’'-])none\s{1,3}of\s{1,3}(?=(?:the|its|his|her|their|those|them|whom|which)\b)(?!(?:[\w’'-]{1,20}\s{1,3}){0,4}(?:was|is|has|does)\b)", re.IGNORECASE), "all of "),
    (re.compile(r"(?<![\w’'-])all\s{1,3}of\s{1,3}(?=(?:the|its|his|her|their|those|them|whom|which)\b)(?!the\s{1,3}(?:time|way)\b)", re.IGNORECASE), "none of "),
    (re.compile(rf"(?<![\w’'-])all{NUMBER_AFTER}", re.IGNORECASE), "none of the"),
    (re.compile(r"(?<![\w’'-])everyone\b(?!\s{1,3}else)", re.IGNORECASE), "no one"),
    (re.compile(r"(?<![\w’'-])(?:no\s{1,3}one|nobody)\b(?!\s{1,3}(?:else|has\s{1,3}ever|but))", re.IGNORECASE), "everyone"),
    (re.compile(r"(?<![\w’'-])every(?=\s{1,3}(?:[a-z-]{3,20}\s{1,3})?(?:member|resident|house|home|school|village|town|game|match|vote|voter|patient|passenger|clinic|age|team|party|state|department|store|shop|worker|employee)\b)", re.IGNORECASE), "no"),
    (re.compile(r"(?<=\b(?:has|had|was) )never\b(?!\s{1,3}(?:before|again|mind|ever|mere|such|more|to|any))", re.IGNORECASE), "always"),
    (re.compile(rf"(?<![\w’'-])at\s{{1,3}}least{NUMBER_AFTER}", re.IGNORECASE), "at most"),
    (re.compile(rf"(?<![\w’'-])no\s{{1,3}}(?:more|fewer|less)\s{{1,3}}than{NUMBER_AFTER}", re.IGNORECASE), ""),
    (re.compile(rf"(?<![\w’'-])(?<!no )more\s{{1,3}}than{NUMBER_AFTER}", re.IGNORECASE), "less than"),
    (re.compile(rf"(?<![\w’'-])(?<!no )(?:fewer|less)\s{{1,3}}than{NUMBER_AFTER}", re.IGNORECASE), "more than"),
    (re.compile(rf"(?<![\w’'-])up\s{{1,3}}to{NUMBER_AFTER}", re.IGNORECASE), "at least"),
)  # fmt: skip
NO_QUANTIFIER_BEFORE = re.compile(
    r"\b(?=[a-z]{2})(?:not|nearly|almost|after|above|in|at|of|for|from|far|much|any|once|and|than|virtually|all)\s{1,3}\Z",
    re.IGNORECASE,
)
CONTRAST = re.compile(r"\b(?:others?|any\w*|ever|but|except|rest|yet|not)\b|n[’']t\b", re.IGNORECASE)

MODALITIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![\w’'-])may(?=\s{1,3}(?:not\s{1,3}|also\s{1,3}|well\s{1,3})?(?!have\b|not\b|also\b|well\b)[a-z]{2,20}\b)"), "will"),
    (re.compile(r"(?<![\w’'-])might(?=\s{1,3}(?:not\s{1,3}|also\s{1,3})?(?!have\b|not\b|also\b|well\b)[a-z]{2,20}\b)"), "will"),
    (re.compile(rf"(?<![\w’'-])could(?=\s{{1,3}}{any_of(COMING)}\b)"), "will"),
    (re.compile(r"(?<=\b(?:is|re|as) )(?:expected|likely|hoped|thought|believed)(?=\s{1,3}to\s{1,3}(?!have\b)[a-z])"), "certain"),
    (re.compile(r"(?<=\bwere )(?:expected|likely)(?=\s{1,3}to\s{1,3}(?!have\b)[a-z])"), "certain"),
    (re.compile(r"(?<![\w’'-])(?:probably|possibly)\b"), "certainly"),
    (re.compile(r"(?<=\b(?:is|re|as) )considering\b(?=\s{1,3}(?:an?\b|the\b|whether\b|[a-z]{3,20}ing\b))(?!\s{1,3}whether)"), "planning"),
    (re.compile(r"(?<=\bbeen )(?:suspected|accused)(?=\s{1,3}of\b)|(?<=\b(?:is|re|as) )(?:suspected|accused)(?=\s{1,3}of\b)|(?<=\bwere )(?:suspected|accused)(?=\s{1,3}of\b)"), "convicted"),
    (re.compile(r"(?<![\w’'-])hopes\s{1,3}to(?=\s{1,3}[a-z])"), "will"),
    (re.compile(r"(?<![\w’'-])allegedly(?=\s{1,3}[a-z])"), "demonstrably"),
    (re.compile(r"(?<![\w’'-])(?:appears|seems)\s{1,3}to(?=\s{1,3}[a-z])"), "is certain to"),
)  # fmt: skip
PLANS = re.compile(
    rf"(?<![\w’'-])(?:plans|planned|intends|intended|is\s{{1,3}}due|is\s{{1,3}}set|is\s{{1,3}}scheduled)\s{{1,3}}to\s{{1,3}}({any_of(PARTICIPLES)})\b"
)
TIMED = re.compile(
    r"\b(?:next|tomorrow|later|soon|by|when|until|if|within|this|after|once|before|in\s{1,3}(?:two|three|four|five|six))\b"
)
CONDITIONAL = re.compile(r"\b(?:if|unless|whether|should|would)\b", re.IGNORECASE)
REPORTED_PAST = re.compile(
    r"\b(?:said|told|warned|argued|claimed|added|suggested|wrote|estimated|predicted|conceded|feared|thought|believed|was|were|had)\b"
)


def antonym(scene: Scene) -> Iterator[Change]:
    """A word exchanged for its opposite, where nothing denies it and no fixed phrase holds it."""
    text = scene.text
    if BOTH_SIDES.search(text):
        return
    for match in OPPOSITE.finditer(text):
        word = match[0]
        new = TURNED_BY_FIGURES.get(word) or TURNED_TO_FIGURES.get(word) or TURNED[word]
        if is_quoted(text, *match.span()) or DENIES.search(text, max(0, match.start() - 50), match.start()):
            continue
        if _is_fixed(text, match) or re.search(rf"\b{new}\b", text):
            continue
        if word.startswith("criti") or new.startswith("criti"):
            new = new.replace("ised", "ized") if re.search(r"\w{3}ized\b", scene.article) else new
        yield Change(match.start(), match.end(), new)


def _is_fixed(text: str, match: re.Match[str]) -> bool:
    """Whether the word is part of a phrase in which its opposite would be nonsense."""
    word, end = match[0], match.end()
    before = text[max(0, match.start() - 20) : match.start()]
    if PARTICLE_AFTER.match(text, end) or text[end : end + 1] == "-":
        return True
    if word in TURNED_BY_FIGURES and (SEASON_BEFORE.search(before) or not BY_FIGURE_AFTER.match(text, end)):
        return True
    if word in TURNED_TO_FIGURES and not TO_FIGURE_AFTER.match(text, end):
        return True
    return any(
        word in one.words and bool(one.pattern.search(before if one.side == "before" else text[end:])) is not one.wanted
        for one in FRAMES
    )


def quantifier(scene: Scene) -> Iterator[Change]:
    """Of how many something is said, never weakened to what the stronger word already says."""
    text = scene.text
    for pattern, new in QUANTIFIERS:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 14) : match.start()]
            if is_quoted(text, *match.span()) or NO_QUANTIFIER_BEFORE.search(before) or not new:
                continue
            if new.strip() in (
                "all",
                "all of",
                "always",
                "no one",
                "everyone",
                "no",
                "none of",
                "few",
                "few of",
                "none of the",
            ) and CONTRAST.search(text):
                continue
            yield Change(
                match.start(),
                match.start() + len(match[0].rstrip()),
                like_case(_counted(text, match, new.strip()), match[0]),
            )


def _counted(text: str, match: re.Match[str], new: str) -> str:
    """ "Fewer than" before what is counted, "less than" before what is measured."""
    if new != "less than":
        return new
    figure = next((one for one in stated_quantities(text) if one.start <= match.end() + 1 < one.end), None)
    return "fewer than" if figure and figure.dimension == "count" and figure.nouns else new


def modality(scene: Scene) -> Iterator[Change]:
    """What may be told as what will be, and a plan as done."""
    text = scene.text
    for pattern, new in MODALITIES:
        for match in pattern.finditer(text):
            if is_quoted(text, *match.span()) or (new == "will" and _is_barred_from_coming(text, match)):
                continue
            past = new == "will" and match[0] in ("might", "could") and REPORTED_PAST.search(text, 0, match.start())
            yield Change(match.start(), match.end(), "would" if past else new)
    for match in PLANS.finditer(text):
        if (
            is_quoted(text, *match.span())
            or TIMED.search(text, match.end())
            or any(one.start > match.end() for one in time_expressions(text))
        ):
            continue
        has = "had" if match[0].startswith(("planned", "intended")) else "has"
        yield Change(match.start(), match.end(), f"{has} {PARTICIPLES[match[1]]}")


def _is_barred_from_coming(text: str, match: re.Match[str]) -> bool:
    """Whether "will" would be no English, or no firmer: under a condition, under "neither", or of what is guessed at."""
    guess = re.match(r"\s{1,3}be\b", text[match.end() :])
    further = NEXT.match(text, match.end() + guess.end()) if guess else None
    guessed = guess and not (further and is_participle(text, further))
    return bool(
        guessed
        or CONDITIONAL.search(text)
        or re.search(r"\b(?:neither|nor|no)\b", text[: match.start()], re.IGNORECASE)
    )
