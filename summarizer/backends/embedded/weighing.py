"""What the trees make of claims that the strict rules leave open.

`supported` and `not_in_source` need a probability outside the band between them;
within it the claim is uncertain, unless a choice is forced. A claim all of whose
words one sentence has, and which the strict rules did not accept, is that sentence
cut or turned: trees that count words cannot see which, and do not call it supported.
"""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.backends import Material
from summarizer.backends.embedded.features import measure
from summarizer.backends.embedded.judge import decided, doubt, quote_of
from summarizer.backends.embedded.overlap import Ranked
from summarizer.backends.embedded.source import Source
from summarizer.backends.embedded.statements import Statement, read_statement
from summarizer.backends.embedded.trees import Checker, checker
from summarizer.drafts import VerdictDraft
from summarizer.reading.sentences import Sentence
from summarizer.schema import Claim, Label, Reason

REARRANGED = "one sentence has all its words, but does not say it in them; it takes a reader to decide"
ENOUGH = 0.95  # share of what the whole cover holds; a further sentence for less shows nothing


class Weighed(NamedTuple):
    """A claim with its probability and the sentences that it rests on."""

    probability: float
    """Calibrated probability that the sources support it."""
    rearranged: bool
    """Whether one sentence has all its words."""
    evidence: tuple[int, ...]
    """Positions of one to five sentences of the sources, best first; none where no sentence shares a word with it."""


def judge_claims(claims: Sequence[Claim], material: Material, *, decide: bool = False) -> tuple[VerdictDraft, ...]:
    """Propose a verdict for each claim: by the strict rules, then by the trees.

    `decide` forces a choice between `supported` and `not_in_source` where neither is clear.
    """
    trained = checker()
    read = [read_statement(claim.text) for claim in claims]
    source = Source(material.documents, material.sentences, read)
    return tuple(
        _draft(claim, material.passages.get(claim.id, ()), weigh(one, source, trained), material, decide=decide)
        for claim, one in zip(claims, read, strict=True)
    )


def weigh(statement: Statement, source: Source, trained: Checker) -> Weighed:
    """Weigh a claim against its sources."""
    features, ranked = measure(statement, source, trained.rarity)
    probability = trained.probability(trained.score(features))
    return Weighed(probability, features["best_plain"] == 1.0, _shown(ranked))


def _shown(ranked: Ranked) -> tuple[int, ...]:
    """The fewest sentences of the cover that hold nearly all that it holds."""
    whole = ranked.share(ranked.cover)
    sizes = range(1, len(ranked.cover) + 1)
    return next((ranked.cover[:size] for size in sizes if ranked.share(ranked.cover[:size]) >= ENOUGH * whole), ())


def _draft(
    claim: Claim, passages: Sequence[Sentence], weighed: Weighed, material: Material, *, decide: bool
) -> VerdictDraft:
    trained = checker()
    if strict := decided(claim, passages):
        bound = max if strict.outcome is Label.SUPPORTED else min
        confidence = bound(weighed.probability, trained.rules[strict.outcome.value])
        return strict.model_copy(update={"confidence": round(confidence, 4)})
    outcome = _outcome(weighed, trained, decide=decide)
    shown = [material.sentences[position] for position in weighed.evidence]
    return VerdictDraft(
        claim=claim.id,
        outcome=outcome,
        quotes=tuple(quote_of(sentence) for sentence in shown),
        rationale=_reason(claim, shown, weighed, outcome),
        confidence=round(weighed.probability, 4),
    )


def _reason(claim: Claim, shown: Sequence[Sentence], weighed: Weighed, outcome: Label | Reason) -> str:
    if outcome is Label.SUPPORTED:
        count = len(shown)
        return f"words, names and figures stand together in {count} sentence{'s' if count > 1 else ''} of the source"
    return REARRANGED if weighed.rearranged and outcome is Reason.UNCERTAIN else doubt(claim, shown)


def _outcome(weighed: Weighed, trained: Checker, *, decide: bool) -> Label | Reason:
    band = trained.band
    if decide:
        return Label.SUPPORTED if weighed.probability >= band.forced and weighed.evidence else Label.NOT_IN_SOURCE
    if weighed.probability >= band.supported and weighed.evidence and not weighed.rearranged:
        return Label.SUPPORTED
    return Label.NOT_IN_SOURCE if weighed.probability <= band.not_in_source else Reason.UNCERTAIN
