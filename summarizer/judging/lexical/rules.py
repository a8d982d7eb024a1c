"""Judge a claim by strict rules over its words, and say so where they do not decide.

`supported` needs a sentence of the source that is the claim, or a clause of one that
is, word after word, with the same negations, hedges and speakers' verbs around it.
`contradicted` needs a passage that tells the same but for one number or date.
`not_in_source` needs a source without a single word of it. Everything else is uncertain here.
"""

import re
from collections.abc import Sequence

from summarizer.drafts import Judgement, PairDraft, QuoteDraft
from summarizer.findings import Difference, Passage, compare, passage_of, together
from summarizer.grounding import stands_in
from summarizer.judging.copies import NEARBY, says_the_same
from summarizer.language.quantities import BOUND_BEFORE
from summarizer.language.sentences import Sentence
from summarizer.language.words import content_stems, words
from summarizer.schema import Claim, FindingKind, Label

ALIGNED = 0.6  # share that the best passage must hold before a differing value in it contradicts the claim
DECISIVE = frozenset({FindingKind.NUMBER, FindingKind.DATE})

OPEN_DATE = re.compile(r"\b(?:before|after|by|since|until|till|from)\s{1,3}(?:the\s{1,3})?\Z", re.IGNORECASE)


def decided(claim: Claim, passages: Sequence[Sentence], source: str) -> Judgement | None:
    """The verdict that the strict rules give; None where they leave the claim open. `source` is all sources together."""
    if not passages:
        note = "no word of the claim stands in the source"
        return Judgement(claim=claim.id, label=Label.NOT_IN_SOURCE, rationale=note)
    for passage in passages:
        if says_the_same(claim.text, passage.text):
            return Judgement(
                claim=claim.id,
                label=Label.SUPPORTED,
                quotes=(quote_of(passage),),
                rationale="the source says it in the same words",
            )
    return _contradicted(claim, passages[0], source)


def _contradicted(claim: Claim, best: Sentence, source: str) -> Judgement | None:
    """A verdict where the best passage tells what the claim tells, but for one value that no source has."""
    wanted = set(content_stems(claim.text))
    if len(wanted & set(content_stems(best.text))) < ALIGNED * len(wanted):
        return None
    for one in compare(claim.text, Passage(together([best]), source)):
        if one.source is None or one.kind not in DECISIVE or leaves_open(claim.text, one):
            continue
        claimed, given = claim.text[one.start : one.end], best.text[slice(*one.source)]
        if are_quotable(claim, claimed, best, given):
            quote = QuoteDraft(text=given, sentence=best.id)
            return Judgement(
                claim=claim.id,
                label=Label.CONTRADICTED,
                quotes=(quote_of(best),),
                pairs=(PairDraft(kind=one.kind, claim_words=claimed, source=quote),),
                rationale=one.note,
            )
    return None


def are_quotable(claim: Claim, claimed: str, sentence: Sentence, given: str) -> bool:
    """Whether words of a claim and of a sentence are whole words there, so that they can be shown side by side."""
    return stands_in(claimed, claim.text, ignore_case=False) and stands_in(given, sentence.text, ignore_case=False)


def leaves_open(text: str, one: Difference) -> bool:
    """Whether the words before a value of a text leave open that the source's holds as well."""
    return not one.beyond and is_open(text, one.start)


def is_open(text: str, start: int) -> bool:
    """Whether a value of a text is a bound, so that another value may hold as well: "more than 28", "after May"."""
    before = text[max(0, start - NEARBY) : start]
    return BOUND_BEFORE.search(before) is not None or OPEN_DATE.search(before) is not None


def quote_of(sentence: Sentence) -> QuoteDraft:
    """A whole sentence as evidence."""
    return QuoteDraft(text=sentence.text, sentence=sentence.id)


def doubt(claim: Claim, shown: Sequence[Sentence], source: str) -> str:
    """What stands between a claim and the sentences that are shown with it, or all sources together."""
    evidence = [one for one in shown if one.document == shown[0].document]  # pairs come from one document
    if notes := dict.fromkeys(one.note for one in compare(claim.text, passage_of(evidence, source))):
        return "; ".join(notes)
    held = {known for sentence in shown for known in content_stems(sentence.text)}
    missing = sorted(set(content_stems(claim.text)) - held)
    if not missing:
        return "no passage says it in the same words; it takes a reader to decide"
    forms = {word.key: word.form for word in words(claim.text)}
    return "the nearest passages do not have: " + ", ".join(forms.get(known, known) for known in missing)
