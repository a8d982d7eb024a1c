"""The source's own sentence in the place of a statement that it contradicts, where no swap of words will do."""

import re
from collections.abc import Mapping, Sequence

from summarizer.language.names import names_in
from summarizer.language.quotations import QUOTED
from summarizer.language.sentences import Sentence
from summarizer.language.words import stems, words
from summarizer.repair.pairs import Origin, Swap
from summarizer.schema import Check, Document, Evidence, Label, Span, Verdict
from summarizer.writing.standing import leans

LONGEST = 40  # words of a sentence that may stand for a statement
SHARED = 0.3  # of the words of a statement that the sentence has, at least: it speaks of the same thing
TIMES, MORE = 2, 10  # and as many words as the statement that often, and these
OF_THE_SPEAKER = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]e|[Yy]ou|[Yy]our)\b")
OF_ANOTHER = re.compile(r"\b(?:he|she|him|her|hers|his|they|them|their|theirs)\b", re.IGNORECASE)
ENDS = (".", "!", "。", "！", "।", "؟")


def own_sentence(
    check: Check, place: Span, summary: str, documents: Mapping[str, Document], split: Mapping[str, Sequence[Sentence]]
) -> Swap | None:
    """The sentence that contradicts a statement, where it can stand for it; `place` is that of the statement's sentence."""
    outcome = check.outcome
    if not isinstance(outcome, Verdict) or outcome.label is not Label.CONTRADICTED:
        return None
    said, room = " ".join(summary.split()), TIMES * len(words(place.of(summary))) + MORE
    able = [
        one
        for piece in outcome.evidence
        for one in split[piece.document]
        if one.start < piece.span.end and one.end > piece.span.start
        if _stands_alone(one, documents[piece.document].text)
        if len(words(one.text)) <= min(LONGEST, room) and " ".join(one.text.split()) not in said
    ]
    nearest = max(able, key=lambda one: _in_common(check.claim.text, one.text), default=None)
    if nearest is None or _in_common(check.claim.text, nearest.text) < SHARED:
        return None
    span = Span(start=nearest.start, end=nearest.end)
    evidence = Evidence(document=nearest.document, span=span, quote=nearest.text)
    after = " ".join(nearest.text.split())
    reason = "contradicted; this is what the source says"
    return Swap(place.start, place.end, after, check.claim.id, reason, evidence, Origin.SENTENCE)


def _in_common(claim: str, sentence: str) -> float:
    """Share of the words of a claim that a sentence has."""
    own = stems(claim)
    return len(own & stems(sentence)) / len(own) if own else 0.0


def _stands_alone(sentence: Sentence, source: str) -> bool:
    """Whether a sentence says all of itself, and in the voice of the text: it is not in somebody's mouth."""
    bare = QUOTED.sub("", sentence.text)
    pronoun, names = OF_ANOTHER.search(bare), names_in(bare)
    named = pronoun is None or any(name.start < pronoun.start() for name in names)
    return (
        named
        and not leans(sentence.text)
        and not OF_THE_SPEAKER.search(bare)
        and not any(sign in bare for sign in '“”"«»\n')
        and sentence.text.rstrip("\"'”’»)")[-1:] in ENDS
        and not _is_spoken(source, sentence.start)
    )


def _is_spoken(source: str, at: int) -> bool:
    """Whether a quotation that began earlier in the paragraph goes on there."""
    before = source[source.rfind("\n\n", 0, at) + 1 : at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”") or before.count("«") > before.count("»")
