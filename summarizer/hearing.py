"""Witnesses beside a judge, and the second look: what else is heard of a claim before its outcome is made.

A witness is another judge whose probabilities are weighed with those of the first. Beside a judge that gives labels it
reads the words that the judge quoted and the best passages. Where the two are far apart, a judge that can be asked
again gets one targeted question; what it answers twice stands, unless the witness is all but sure of the opposite.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from summarizer.drafts import Judgement, Judgements
from summarizer.errors import BackendError, RepliesError
from summarizer.grounding import Grounded
from summarizer.judging import Doubtful, Judge, Material, Reviewer
from summarizer.language.sentences import Sentence
from summarizer.schema import Claim, Label, Probabilities

DOUBTED = 0.3  # chance of support below which "supported" is asked about again
BORNE_OUT = 0.9  # chance of support from which on "contradicted" and "not in source" are asked about again
SHARE = 0.2  # of the claims of a run that may be asked about again

Heard = Mapping[str, Mapping[str, Probabilities]]
"""By `Claim.id` and the name of a witness."""


async def hear(
    witnesses: Sequence[Judge], grounded: Mapping[str, Grounded], claims: Sequence[Claim], material: Material
) -> Heard:
    """What each witness says of the claims that were judged."""
    heard: dict[str, dict[str, Probabilities]] = defaultdict(dict)
    asked = [one for one in claims if one.id in grounded and _is_open(grounded[one.id].judgement)]
    if not asked or not witnesses:
        return heard
    passages = {one.id: _first_quoted(grounded[one.id], material.passages.get(one.id, ()), material) for one in asked}
    shown = material._replace(passages=passages)
    for witness in witnesses:
        for one in (await witness.judge(asked, shown)).judgements:
            if one.probabilities:
                heard[one.claim][witness.about.name] = one.probabilities
    return heard


def _is_open(judgement: Judgement) -> bool:
    return judgement.failure is None and judgement.doubt is None


def _first_quoted(found: Grounded, passages: Sequence[Sentence], material: Material) -> Sequence[Sentence]:
    """The sentences that a judge quoted for its label, then the best passages."""
    if found.judgement.label is None or not found.evidence:
        return passages
    quoted = [
        one
        for one in material.sentences
        for piece in found.evidence
        if one.document == piece.document and one.start < piece.span.end and piece.span.start < one.end
    ]
    return tuple(dict.fromkeys([*quoted, *passages]))


async def look_again(
    judge: Judge, grounded: Mapping[str, Grounded], heard: Heard, claims: Sequence[Claim], material: Material
) -> Judgements:
    """Ask the judge again about the claims on which it and its witness are furthest apart; nothing where it cannot be asked."""
    doubts = sorted(_doubts(grounded, heard, claims), key=lambda one: (-one.distance, one.claim.id))
    doubts = doubts[: math.ceil(SHARE * len(claims))]
    if not doubts or not isinstance(judge, Reviewer):
        return Judgements(judgements=())
    try:
        again = await judge.review(doubts, material)
    except (BackendError, RepliesError) as error:
        count = "1 claim was" if len(doubts) == 1 else f"{len(doubts)} claims were"
        return Judgements(judgements=(), warnings=(f"{count} not asked about again, the first answer stands: {error}",))
    before = {one.claim.id: one for one in doubts}
    changed = [
        one for one in again.judgements if one.label and one.claim in before and _wins(before[one.claim], one.label)
    ]
    return again.model_copy(update={"judgements": tuple(changed)})


def _doubts(grounded: Mapping[str, Grounded], heard: Heard, claims: Sequence[Claim]) -> list[Doubtful]:
    found = []
    for claim in claims:
        label = grounded[claim.id].judgement.label if claim.id in grounded else None
        chances = [one.supported for one in heard.get(claim.id, {}).values()]
        if label is None or not chances:
            continue
        support = min(chances) if label is Label.SUPPORTED else max(chances)
        if support < DOUBTED if label is Label.SUPPORTED else support >= BORNE_OUT:
            found.append(Doubtful(claim, label, support))
    return found


def _wins(before: Doubtful, label: Label) -> bool:
    """Whether a second answer takes the place of the first: it says otherwise, as the witness does."""
    return (label is Label.SUPPORTED) != (before.label is Label.SUPPORTED)
