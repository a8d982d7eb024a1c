"""Witnesses beside a judge, and the second look: what else is heard of a claim before its outcome is made.

A witness is another judge whose probabilities are weighed with those of the first. Beside a judge that gives labels it
reads the words that the judge quoted and the best passages. Where the two are far apart, a judge that can be asked
again gets one targeted question; what it answers twice stands, unless the witness is all but sure of the opposite.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from summarizer.calibration import CalibrationProfile
from summarizer.deciding import raw_of
from summarizer.drafts import Judgement, Judgements
from summarizer.errors import BackendError, RepliesError
from summarizer.grounding import Grounded
from summarizer.judging import Doubtful, Judge, Material, Reviewer
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence
from summarizer.schema import Claim, Doubt, Label, Probabilities, Reason

DOUBTED = 0.3  # chance of support below which "supported" is asked about again
BORNE_OUT = 0.9  # chance of support from which on "contradicted" and "not in source" are asked about again
SHARE = 0.2  # of the claims of a run that may be asked about again

Said = Mapping[str, Mapping[str, Probabilities]]
"""By `Claim.id` and the name of a witness."""


class Heard(NamedTuple):
    """What came of asking the witnesses."""

    said: Said
    unread: frozenset[str]
    """Claims in a language that no witness reads, by `Claim.id`."""
    interrupted: frozenset[str] = frozenset()
    """Claims for which a witness had no time any more, likewise."""


async def hear(
    witnesses: Sequence[Judge],
    grounded: Mapping[str, Grounded],
    claims: Sequence[Claim],
    material: Material,
    *,
    profile: CalibrationProfile | None,
) -> Heard:
    """What each witness says of the claims on which it can matter.

    With a calibration profile these are the claims that it weighs, beside sources that are long enough; without
    one those that the judge gave a label.
    """
    said: dict[str, dict[str, Probabilities]] = defaultdict(dict)
    unread, interrupted = set[str](), set[str]()
    asked = [one for one in claims if _matters(grounded[one.id].judgement, profile)]
    if not asked or not witnesses or (profile and _words(material) < profile.witnessed_from):
        return Heard(said, frozenset())
    places = SentenceMap(material.sentences)
    passages = {one.id: _first_quoted(grounded[one.id], material.passages.get(one.id, ()), places) for one in asked}
    shown = material._replace(passages=passages)
    for witness in witnesses:
        for one in (await witness.judge(asked, shown)).judgements:
            if one.probabilities:
                said[one.claim][witness.about.name] = one.probabilities
            elif one.doubt is Doubt.LANGUAGE:
                unread.add(one.claim)
            elif one.failure is Reason.INTERRUPTED:
                interrupted.add(one.claim)
    return Heard(said, frozenset(unread.difference(said)), frozenset(interrupted))


def _matters(judgement: Judgement, profile: CalibrationProfile | None) -> bool:
    if profile is None:
        return judgement.label is not None
    return raw_of(judgement) is not None and profile.weighs(judgement.label)


def _words(material: Material) -> int:
    return sum(len(one.text.split()) for one in material.sentences)


def _first_quoted(found: Grounded, passages: Sequence[Sentence], places: SentenceMap) -> Sequence[Sentence]:
    """The sentences that a judge quoted for its label, then the best passages."""
    if found.judgement.label is None or not found.evidence:
        return passages
    evidence = ((piece.document, piece.span) for piece in found.evidence)
    quoted = [one for document, span in evidence for one in places.over(document, span.start, span.end)]
    return tuple(dict.fromkeys([*quoted, *passages]))


async def look_again(
    judge: Judge, grounded: Mapping[str, Grounded], heard: Said, claims: Sequence[Claim], material: Material
) -> Judgements:
    """Ask the judge again about the claims on which it and its witness are furthest apart; nothing where it cannot be asked."""
    doubts = sorted(_doubts(grounded, heard, claims), key=lambda one: (-one.distance, one.claim.id))
    doubts = doubts[: math.ceil(SHARE * len(claims))]
    if not doubts or not isinstance(judge, Reviewer):
        return Judgements(judgements=())
    try:
        again = await judge.review(doubts, material)
    except (BackendError, RepliesError) as error:
        return Judgements(judgements=(), warnings=(_not_asked(len(doubts), str(error)),))
    before = {one.claim.id: one.label for one in doubts}
    failed = [one.rationale for one in again.judgements if one.failure]
    changed = [
        one
        for one in again.judgements
        if one.label and one.claim in before and _sides_with_the_witness(before[one.claim], one.label)
    ]
    warnings = (_not_asked(len(failed), failed[0]),) if failed else ()
    return again.model_copy(update={"judgements": tuple(changed), "warnings": (*again.warnings, *warnings)})


def _not_asked(count: int, why: str) -> str:
    claims = "1 claim was" if count == 1 else f"{count} claims were"
    return f"{claims} not asked about again, the first answer stands: {why}"


def _doubts(grounded: Mapping[str, Grounded], heard: Said, claims: Sequence[Claim]) -> list[Doubtful]:
    found = []
    for claim in claims:
        label = grounded[claim.id].judgement.label
        chances = [one.supported for one in heard.get(claim.id, {}).values()]
        if label is None or not chances:
            continue
        support = min(chances) if label is Label.SUPPORTED else max(chances)
        if support < DOUBTED if label is Label.SUPPORTED else support >= BORNE_OUT:
            found.append(Doubtful(claim, label, support))
    return found


def _sides_with_the_witness(before: Label, label: Label) -> bool:
    """Whether a second answer says otherwise than the first: a claim is asked about again where the witness does."""
    return (label is Label.SUPPORTED) != (before is Label.SUPPORTED)
