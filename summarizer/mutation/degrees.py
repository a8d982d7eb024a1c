"""Change how many something is said of, and how firmly."""

import re
from collections.abc import Iterator

from summarizer.language.patterns import any_of
from summarizer.language.quantities import stated_quantities
from summarizer.language.time_expressions import time_expressions
from summarizer.language.units import ONES, TENS
from summarizer.mutation.context import Change, SentenceContext, is_quoted, like_case
from summarizer.mutation.lexicon import COMING, PARTICIPLES
from summarizer.mutation.negations import NEXT, is_participle

NUMBER_AFTER = rf"(?=\s{{1,3}}(?:\d|[$£€]|{any_of([*ONES, *TENS])}\b))"
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


def quantifier(context: SentenceContext) -> Iterator[Change]:
    """Another quantity word, never one that the original implies."""
    text = context.text
    for pattern, new in QUANTIFIERS:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 14) : match.start()]
            if is_quoted(text, *match.span()) or NO_QUANTIFIER_BEFORE.search(before):
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


def modality(context: SentenceContext) -> Iterator[Change]:
    """A possibility stated as a fact, and a plan as done."""
    text = context.text
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
