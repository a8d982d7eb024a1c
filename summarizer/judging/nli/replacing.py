"""What would be true: the claim with words of the source in the place of its own, read beside that sentence.

The network half believes another number, name or unit: it has learnt what a sentence is about more than what it says to
the letter. But it reads a sentence as support for the claim with the right value in it, and that value beside the
claim's own is what stands against it. `python -m benchmarks.replacing` prints what that is worth.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.drafts import Judgement, PairDraft, QuoteDraft
from summarizer.findings import Difference
from summarizer.findings.rivals import rivals
from summarizer.judging.lexical.rules import are_quotable, is_open, leaves_open
from summarizer.judging.nli.model import CrossEncoder
from summarizer.language.sentences import Sentence
from summarizer.language.statements import running
from summarizer.language.words import content_stems
from summarizer.schema import Claim, FindingKind, Label, Probabilities

ENOUGH = {True: 0.7, False: 0.8}
"""How surely a sentence must say the claim with the words put in: where no source has the claim's own, and where one may."""
DIGITS = re.compile(r"\d[\d.,]*")
MOST = 2  # values of the same sort that are put in
LIKE = 0.5  # share of the claim's content words, with the others put in, that the sentence must have to be asked at all
DOUBT = {True: 0.14, False: 0.40}
"""Chance of support that stays in each case where four in five claims are sound: measured on the dev parts."""
CONTRADICTED = (
    0.95  # of the rest: 120 of 126 unsound claims of the dev parts that a rule finds and that have a label of three
)


class Replacement(NamedTuple):
    """Words of the claim, and those of a sentence that could stand there."""

    kind: FindingKind
    start: int
    end: int
    text: str


def differing(
    claim: Claim, sentence: Sentence, differences: Sequence[Difference], at: int, model: CrossEncoder
) -> Judgement | None:
    """A contradiction by words that stand in no source, where the sentence says the claim with its own in their place.

    `differences` are those of the claim from a passage, in which the sentence begins at `at`.
    """
    found = []
    for one in differences:
        if one.source and at <= one.source[0] and one.source[1] <= at + len(sentence.text):
            words = sentence.text[one.source[0] - at : one.source[1] - at]
            # "By 6 points" is no bound where the source has 6 too, in another unit.
            if leaves_open(claim.text, one) and not _same_number(claim.text[one.start : one.end], words):
                continue
            found.append(Replacement(one.kind, one.start, one.end, words))
    return _contradicted(claim, sentence, found, model, nowhere=True)


def instead(
    claim: Claim, sentences: Sequence[Sentence], values: Sequence[Difference], model: CrossEncoder
) -> Judgement | None:
    """The same by the value of any of the sentences that is put most surely in the place of one that stands in no source.

    `values` are those beside which words alone put no other.
    """
    places = {(one.start, one.end) for one in values}
    best = None
    for sentence in sentences:
        alike = [one for one in _of_a_sort(claim, sentence) if (one.start, one.end) in places][:MOST]
        for one in alike:
            if (said := _said_with(claim, sentence, one, model)) >= ENOUGH[True] and (best is None or said > best[0]):
                best = said, sentence, one
    return _than_own(claim, *best, model, nowhere=True) if best else None


def rivalled(claim: Claim, sentence: Sentence, model: CrossEncoder) -> Judgement | None:
    """The same by a name, date or number of the sentence, for a claim that nothing bears out as it stands."""
    return _contradicted(claim, sentence, [*_of_a_sort(claim, sentence)][:MOST], model, nowhere=False)


def _of_a_sort(claim: Claim, sentence: Sentence) -> Iterator[Replacement]:
    for own, other in rivals(claim.text, sentence.text):
        if not is_open(claim.text, own.start):
            yield Replacement(own.kind, own.start, own.end, sentence.text[other.start : other.end])


def _same_number(words: str, others: str) -> bool:
    """Whether two quantities have their number in common."""
    number = DIGITS.search(words)
    return number is not None and number[0] in DIGITS.findall(others)


def as_measured(supported: float, most: float) -> Probabilities:
    """The chances of what a rule calls contradicted: as the model has its support, and at most what was measured."""
    supported = min(supported, most)
    contradicted = CONTRADICTED * (1 - supported)
    return Probabilities.of(supported, contradicted, 1 - supported - contradicted)


def _contradicted(
    claim: Claim, sentence: Sentence, found: Sequence[Replacement], model: CrossEncoder, *, nowhere: bool
) -> Judgement | None:
    for one in found:
        said = _said_with(claim, sentence, one, model)
        if said >= ENOUGH[nowhere] and (judgement := _than_own(claim, said, sentence, one, model, nowhere=nowhere)):
            return judgement
    return None


def _said_with(claim: Claim, sentence: Sentence, one: Replacement, model: CrossEncoder) -> float:
    """How surely the sentence says the claim with those words put in; 0 where it has too few of its words to be asked.

    0 as well where the words of either side are no whole words: "Amish" of "non-Amish".
    """
    if not are_quotable(claim, claim.text[one.start : one.end], sentence, one.text):
        return 0.0
    text = f"{claim.text[: one.start]}{' '.join(one.text.split())}{claim.text[one.end :]}"
    wanted = set(content_stems(text))
    if len(wanted & set(content_stems(sentence.text))) < LIKE * len(wanted):
        return 0.0
    read = running(sentence.text)
    fits = model.fits(claim.text, read) and model.fits(text, read)
    return model(text, read).supported if fits else 0.0


def _than_own(
    claim: Claim, said: float, sentence: Sentence, one: Replacement, model: CrossEncoder, *, nowhere: bool
) -> Judgement | None:
    """A contradiction where the sentence says that more surely than the claim as it stands."""
    own = model(claim.text, running(sentence.text)).supported
    return contradiction(claim, sentence, one, as_measured(own, DOUBT[nowhere])) if said > own else None


def contradiction(claim: Claim, sentence: Sentence, other: Replacement, probabilities: Probabilities) -> Judgement:
    """A contradiction by a sentence, with the words of both side by side."""
    words = claim.text[other.start : other.end]
    pair = PairDraft(kind=other.kind, claim_words=words, source=QuoteDraft(text=other.text, sentence=sentence.id))
    quotes = (QuoteDraft(text=sentence.text, sentence=sentence.id),)
    return Judgement(
        claim=claim.id, label=Label.CONTRADICTED, quotes=quotes, pairs=(pair,), probabilities=probabilities
    )
