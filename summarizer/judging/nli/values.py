"""Contradictions on which two readers agree: words alone find another value, and the network does not bear the claim out."""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.drafts import Judgement
from summarizer.findings import Difference, compare, passage_of
from summarizer.judging.lexical.rules import DECISIVE, are_quotable, decided
from summarizer.judging.nli.model import CrossEncoder
from summarizer.judging.nli.replacing import Replacement, as_measured, contradiction, differing, instead
from summarizer.language.sentences import Sentence
from summarizer.language.statements import running
from summarizer.schema import Claim, FindingKind, Label

HALF = 0.5  # raw chance of contradiction from which on the model contradicts
ABOUT, CLEARLY = 0.1, 0.9
"""Chances of not in source and of support up to which a passage speaks of a claim and does not clearly support it."""
AGREED = (FindingKind.DATE, FindingKind.OFFICE)
"""Kinds of difference that words alone find too often where there is none, and the model, too, but seldom both."""
PLAINLY = 0.7  # raw chance of contradiction from which on the model says the same of such a difference
DOUBT = (
    0.29  # chance of support that stays where words and model find another value, by `python -m benchmarks.replacing`
)


def differs_in_a_value(
    claim: Claim, passages: Sequence[Sentence], source: str, model: CrossEncoder
) -> Judgement | None:
    """A contradiction on which two readers agree.

    Words alone find another number or date in the best passage, which says the same otherwise, and the model, which
    reads that passage by itself, finds that it contradicts the claim, or at least speaks of it and does not clearly
    support it. `python -m benchmarks.replacing` prints how right that is.
    """
    strict = decided(claim, passages, source) if passages else None
    if strict is None or strict.label is not Label.CONTRADICTED:
        return None
    chances = model(claim.text, running(passages[0].text))
    speaks_of_it = chances.not_in_source < ABOUT and chances.supported < CLEARLY
    if chances.contradicted < HALF and not speaks_of_it:
        return None
    return strict.model_copy(update={"probabilities": as_measured(chances.supported, DOUBT), "rationale": ""})


class Compared(NamedTuple):
    """What words alone find of a claim, laid beside the best passages of the document of the best one."""

    sentences: tuple[Sentence, ...]
    """In their order, as `differences` count their places."""
    differences: tuple[Difference, ...]

    def differing(self, claim: Claim, model: CrossEncoder) -> Judgement | None:
        """A contradiction by words that stand in no source."""
        at = 0
        for sentence in self.sentences:
            if found := differing(claim, sentence, self.differences, at, model):
                return found
            at += len(sentence.text) + 1
        values = [one for one in self.differences if one.kind in DECISIVE and not (one.reckoned or one.source)]
        return instead(claim, self.sentences, values, model) if values else None

    def rests_on_a_sum(self, claim: Claim, judgement: Judgement) -> bool:
        """Whether a judgement rests on a number of the claim that follows from others of the passages."""
        words = {claim.text[one.start : one.end] for one in self.differences if one.reckoned}
        return any(pair.claim_words in words for pair in judgement.pairs)

    def agreed(self, claim: Claim, model: CrossEncoder) -> Judgement | None:
        """A contradiction by another date or office of a sentence that the model, too, finds to contradict the claim."""
        at = 0
        for sentence in self.sentences:
            for one in self.differences:
                inside = one.source and at <= one.source[0] and one.source[1] <= at + len(sentence.text)
                read = running(sentence.text)
                if not (one.source and inside and one.kind in AGREED and model.fits(claim.text, read)):
                    continue
                theirs = sentence.text[one.source[0] - at : one.source[1] - at]
                if not are_quotable(claim, claim.text[one.start : one.end], sentence, theirs):
                    continue
                chances = model(claim.text, read)
                if chances.contradicted >= PLAINLY and chances.supported < ABOUT:
                    other = Replacement(one.kind, one.start, one.end, theirs)
                    return contradiction(claim, sentence, other, as_measured(chances.supported, DOUBT))
            at += len(sentence.text) + 1
        return None


def compared(claim: Claim, passages: Sequence[Sentence], source: str) -> Compared:
    """Compare the words of a claim with those of its passages; `source` is all sources together."""
    own = {one for one in passages if one.document == passages[0].document}
    sentences = tuple(sorted(own, key=lambda one: one.number))
    return Compared(sentences, compare(claim.text, passage_of(sentences, source)) if sentences else ())
