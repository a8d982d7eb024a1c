"""The source's own sentence in the place of a statement, where it speaks of the same thing and no swap of words will do."""

import re
from collections.abc import Mapping, Sequence

from summarizer.language.datelines import without_dateline
from summarizer.language.names import names_in
from summarizer.language.quotations import QUOTED, still_open
from summarizer.language.sentences import Sentence, sentence_offsets
from summarizer.language.speakers import attributions
from summarizer.language.turning import turning_words
from summarizer.language.words import content_stems, stems, word_count
from summarizer.repair.as_read import ADDRESS, as_read
from summarizer.repair.forms import with_capital
from summarizer.repair.pairs import Origin, Swap
from summarizer.schema import Check, Document, Evidence, Label, Span, Verdict
from summarizer.writing.standing import leans

LONGEST = 40  # words of a sentence that may stand for a statement
ALIKE = (
    0.45  # of the words of a statement that the sentence has: it speaks of the same thing, whatever comes first in both
)
SHARED = 0.3  # the same where it has what comes first in the statement
FEWEST = 2  # words that both have
ALL_BUT_ONE = (
    0.8  # of the words of a statement that the source is said not to have: a hedge or a speaker may be missing
)
SAID_ALREADY = 0.6  # of the words of the sentence that another one of the summary has
TIMES, MORE = 2, 10  # and as many words as the statement that often, and these
OF_THE_SPEAKER = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]e|[Yy]ou|[Yy]our)\b")
OF_ANOTHER = re.compile(r"\b(?:he|she|him|her|hers|his|they|them|their|theirs)\b", re.IGNORECASE)
POINTING = re.compile(
    r"\b(?:this|these|those|such)\b(?!\s(?:year|week|month|morning|afternoon|evening|summer|winter|spring|autumn|season|who|as)s?\b)"
    r"|\bthat(?:\s\w{1,40})?(?=\s*[.,;:!?)]|\Z)|\bthat\s(?:and|but|or|because|in|on|at|as|when)\b"
    r"|\b(?:did|do|does|doing|sa(?:id|ys?)|thinks?|thought|hopes?|hoped)\sso\b",
    re.IGNORECASE,
)
"""Words that stand for what another sentence says."""
HEAD = re.compile(r"\A[A-Z][A-Z .’'-]{1,40}(?P<more>,\s[^\n–—-]{1,40}?)?\s{0,2}[-–—]{1,2}\s{1,2}(?=[\"“A-Z])")
"""A dateline, "TARN, 12 March - The council", or another word before a sentence: "MYTH - The bridge is closed"."""
ENDS = (".", "!", "。", "！", "।", "؟")


def own_sentence(
    check: Check, place: Span, summary: str, documents: Mapping[str, Document], split: Mapping[str, Sequence[Sentence]]
) -> Swap | None:
    """The sentence that a statement was judged by, where it can stand for it; `place` is that of the statement's sentence."""
    outcome, claim = check.outcome, check.claim.text
    if not isinstance(outcome, Verdict):
        return None
    others, room = _beside(summary, place), TIMES * word_count(place.of(summary)) + MORE
    able = [
        one
        for piece in check.shown
        for one in split[piece.document]
        if one.start < piece.span.end and one.end > piece.span.start
        if _stands_alone(one, documents[piece.document].text)
        if word_count(one.text) <= min(LONGEST, room) and not _is_said(one.text, others)
        if _is_of_the_same(claim, as_read(one.text).text, outcome.label)
    ]
    nearest = max(able, key=lambda one: _in_common(claim, one.text), default=None)
    if nearest is None:
        return None
    span = Span(start=nearest.start, end=nearest.end)
    evidence = Evidence(document=nearest.document, span=span, quote=nearest.text)
    after = with_capital(_without_dateline(" ".join(as_read(nearest.text).text.split())))
    wrong = "contradicted" if outcome.label is Label.CONTRADICTED else "said otherwise"
    reason = f"{wrong}; this is what the source says"
    return Swap(place.start, place.end, after, check.claim.id, reason, evidence, Origin.SENTENCE)


def _without_dateline(text: str) -> str:
    """A sentence without place and date, or place and agency, before it."""
    head = HEAD.match(text)
    return text[head.end() :] if head and head["more"] else without_dateline(text)


def _beside(summary: str, place: Span) -> list[str]:
    """The other sentences of a summary."""
    return [summary[start:end] for start, end in sentence_offsets(summary) if end <= place.start or start >= place.end]


def _is_said(sentence: str, others: Sequence[str]) -> bool:
    return any(_in_common(sentence, one) >= SAID_ALREADY for one in others)


def _in_common(claim: str, sentence: str) -> float:
    """Share of the words of a claim that a sentence has."""
    own = stems(claim)
    return len(own & stems(sentence)) / len(own) if own else 0.0


def _is_of_the_same(claim: str, sentence: str, label: Label) -> bool:
    """Whether a sentence says of the same thing something else, or says what the claim does with a hedge or a speaker."""
    shared = _in_common(claim, sentence)
    if label is not Label.CONTRADICTED:
        limits = attributions(sentence) or turning_words(sentence) - turning_words(claim)
        return shared >= ALL_BUT_ONE and bool(limits)
    if len(stems(claim) & stems(sentence)) < FEWEST:
        return False
    return shared >= ALIKE or (shared >= SHARED and content_stems(claim)[0] in stems(sentence))


def _stands_alone(sentence: Sentence, source: str) -> bool:
    """Whether a sentence says all of itself, and in the voice of the text: it is not in somebody's mouth."""
    text = _without_dateline(as_read(sentence.text).text.strip())
    bare = QUOTED.sub("", text)
    pronoun, names = OF_ANOTHER.search(bare), names_in(bare)
    named = pronoun is None or any(name.start < pronoun.start() for name in names)
    return (
        named
        and not leans(text)
        and not HEAD.match(text)
        and not POINTING.search(bare)
        and not re.search(ADDRESS, text, re.IGNORECASE)
        and not OF_THE_SPEAKER.search(bare)
        and not any(sign in bare for sign in '“”"«»\n')
        and text.rstrip("\"'”’»)")[-1:] in ENDS
        and not _is_spoken(source, sentence.start)
    )


def _is_spoken(source: str, at: int) -> bool:
    """Whether a quotation that began earlier in the paragraph goes on there."""
    before = source[source.rfind("\n\n", 0, at) + 1 : at]
    return before.count('"') % 2 == 1 or still_open(before) > 0
