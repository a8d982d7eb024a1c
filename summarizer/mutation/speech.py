"""Drop the speaker of an opinion, or change a word inside a quotation."""

import re
from collections.abc import Iterator

from summarizer.language.patterns import any_of
from summarizer.language.quotations import QUOTED
from summarizer.language.speakers import VERB, attributions
from summarizer.language.words import content_stems
from summarizer.mutation.context import SAME_CONTENT, Change, SentenceContext, like_case
from summarizer.mutation.lexicon import ANTONYMS, JUDGEMENTS, OPINING, QUOTED_WORDS, UNQUOTED
from summarizer.mutation.numbers import like_words, spelled

BARE_CLAUSE = re.compile(r"(?:said|says|believes|believed|thinks|thought|argued|argues)\Z")  # with or without "that"
THAT_CLAUSE = re.compile(
    r"(?:claimed|claims|alleged|alleges|warned|warns|insisted|insists|suggested|suggests|complained|complains|maintained|maintains|contended|contends|"
    r"fears|feared|estimates|estimated|predicts|predicted|conceded|concedes|added|adds|stated|noted)\Z"
)
# Where a clause begins that stands by itself: never with a pronoun, which would point to the speaker.
OPENING = re.compile(
    r"(?<=\w)\s{1,3}(?:(?:on\s{1,3}[A-Z][a-z]{2,8}day|afterwards|later)\s{1,3})?(?P<that>that\s{1,3})?"
    r"(?!(?:he|she|it|they|we|I|you|this|that|these|those|there|so|to|in|on|at|of|for|his|her|their|its|nothing|yes|no|if|when|such|as)\b)(?=[A-Za-z])"
)
APPOSED = re.compile(
    r"(?<=\w)(?!\w)\s{0,3}(?:,[^;:.“”\"]{2,120},|,)?\s{0,3}(?:\w{4,20}ly\s{1,3}|also\s{1,3}|has\s{1,3}|had\s{1,3})?"
)
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|does|do|did|will|must|should|cannot|can)\b|\b[a-z]{3,}ed\b")
LEANING = re.compile(
    r"\b(?:would|could|might|he|she|his|her|they|them|him|I|we|our|and\s{1,3}that)\b"
)  # on the speaker, or on the verb of saying
LABELLED = re.compile(
    r"\b(?:according|opinion|view|likely|probably|perhaps|alleged\w*|reportedly|appear\w*|seem\w*)\b"
)  # still somebody's word
AT_THE_END = re.compile(r",\s{1,3}[^,]{2,60}\s{1,3}(?:said|says|argued|argues|claimed|claims|alleged|warned|insisted|believes|complained)\.\Z|,\s{1,3}(?:said|says|argued|argues|claimed|warned|insisted|complained)\s{1,3}[^,]{2,60}(?:,[^,]{2,80})?\.\Z|,\s{1,3}according\s{1,3}to\s{1,3}[^,]{2,80}\.\Z")  # fmt: skip
ALLEGING = re.compile(
    r"(?:claim|estimat|predict|alleg|argu|insist|believ|think|thought|complain|maintain|contend|fear|warn|suggest|conced)"
)
JUDGED = re.compile(
    rf"\b(?:is|are|was|were|be|been)\s{{1,3}}(?:(?:not|an?|the|very|so|quite|simply|just)\s{{1,3}}){{0,3}}{any_of(JUDGEMENTS)}\b"
    rf"|\b{any_of(OPINING)}\b",
    re.IGNORECASE,
)
QUOTED_WORD = re.compile(
    rf"(?<![\w’'-]){any_of({**QUOTED_WORDS, **{word: '' for word in ANTONYMS if word not in UNQUOTED}})}(?![\w’'-])",
    re.IGNORECASE,
)
NOT_MEANT = re.compile(
    r"(?<=\w)\s{1,3}(?:now|here|away|there|across|and\s{1,3}for\s{1,3}all|as|to\b(?=\s{1,3}date))|-", re.IGNORECASE
)
WITHIN_A_PHRASE = re.compile(
    r"(?:\b(?:for|years|at|no|how|as|per|after|by|a\s{1,3}long|one)\s{1,3}|-)\Z", re.IGNORECASE
)


def dropped_attribution(context: SentenceContext) -> Iterator[Change]:
    """An opinion or allegation without its speaker; refused where another sentence states it too."""
    text = context.text
    if QUOTED.search(text) or '"' in text:
        return
    for one in attributions(text):
        opening = OPENING.match(text, one.verb_end)
        bare = BARE_CLAUSE.match(one.verb) or (THAT_CLAUSE.match(one.verb) and opening and opening["that"])
        if not opening or not bare or one.start > one.verb_start or not _begins(text, one.start):
            continue
        clause = text[opening.end() :]
        if (
            APPOSED.fullmatch(text, one.end, one.verb_start)
            and _is_opinion(clause, one.verb)
            and _is_only_there(clause, context)
        ):
            yield Change(0, opening.end() + 1, clause[:1].upper())
    behind = AT_THE_END.search(text)
    if behind:
        clause = text[: behind.start()]
        if (
            _is_opinion(clause, behind[0])
            and _is_only_there(clause, context)
            and re.match(r"(?:The|An?|[A-Z][a-z]+)\s", clause)
        ):
            yield Change(behind.start(), len(text), ".")


def _begins(text: str, at: int) -> bool:
    """Whether nothing but an office or an article goes before a speaker: "The mayor, Ana Pell"."""
    return bool(re.fullmatch(r"(?:[\w’'.-]{1,20},?\s{1,3}){0,5}", text[:at])) and not FINITE.search(text[:at])


def _is_opinion(clause: str, verb: str) -> bool:
    if VERB.search(clause) or LABELLED.search(clause) or LEANING.search(clause) or not FINITE.search(clause):
        return False
    return bool(JUDGED.search(clause) or ALLEGING.search(verb))


def _is_only_there(clause: str, context: SentenceContext) -> bool:
    """Whether no other sentence states so much of the clause that the article may vouch for it."""
    wanted = frozenset(content_stems(clause))
    return all(len(wanted & frozenset(content_stems(other))) < SAME_CONTENT * len(wanted) for other in context.others)


def quotation(context: SentenceContext) -> Iterator[Change]:
    """One word inside the quotation marks replaced."""
    for quoted in QUOTED.finditer(context.text):
        inside = quoted.start() + 1, quoted.end() - 1
        for match in QUOTED_WORD.finditer(context.text, *inside):
            before = context.text[max(0, match.start() - 12) : match.start()]
            if NOT_MEANT.match(context.text, match.end()) or WITHIN_A_PHRASE.search(before):
                continue
            word = match[0].lower()
            new = QUOTED_WORDS.get(word) or ANTONYMS[word]
            if not re.search(rf"\b{new}\b", quoted[0], re.IGNORECASE):
                yield Change(match.start(), match.end(), like_case(new, match[0]))
        for match in spelled(context.text):
            if inside[0] <= match.start() and match.end() <= inside[1]:
                for new in like_words(match[0]):
                    yield Change(match.start(), match.end(), new, (new,))
