"""The source's own sentence in the place of a statement, where it speaks of the same thing and no swap of words will do."""

from collections.abc import Mapping, Sequence

from summarizer.language.sentences import Sentence, sentence_offsets
from summarizer.language.speakers import attributions
from summarizer.language.turning import turning_words
from summarizer.language.words import content_stems, stems, words
from summarizer.repair.alone import Alone, ways
from summarizer.repair.pairs import Origin, Swap
from summarizer.schema import Check, Document, Label, Span, Verdict

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


def own_sentence(
    check: Check, place: Span, summary: str, documents: Mapping[str, Document], split: Mapping[str, Sequence[Sentence]]
) -> Swap | None:
    """The sentence that a statement was judged by, where it can stand for it; `place` is that of the statement's sentence."""
    outcome, claim = check.outcome, check.claim.text
    if not isinstance(outcome, Verdict):
        return None
    others, room = _beside(summary, place), TIMES * len(words(place.of(summary))) + MORE

    def fits(way: Alone) -> bool:
        return (
            len(words(way.text)) <= min(LONGEST, room)
            and not _is_said(way.text, others)
            and _is_of_the_same(claim, way.text, outcome.label)
        )

    shown = [
        one
        for piece in check.shown
        for one in split[piece.document]
        if one.start < piece.span.end and one.end > piece.span.start
        if _in_common(claim, one.text)  # a name that is put in is not all that both have
    ]
    able = [
        way
        for one in shown
        if (way := next(filter(fits, ways(one, documents[one.document], split[one.document], claim)), None))
    ]
    nearest = max(able, key=lambda way: _in_common(claim, way.text), default=None)
    if nearest is None:
        return None
    wrong = "contradicted" if outcome.label is Label.CONTRADICTED else "said otherwise"
    first, *more = nearest.evidence
    return Swap(
        place.start, place.end, nearest.text, check.claim.id, f"{wrong}; {nearest.how}", first, Origin.SENTENCE,
        tuple(more),
    )  # fmt: skip


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
