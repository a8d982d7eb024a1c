"""What the trees make of claims that the strict rules leave open.

`supported` and `not_in_source` need a probability outside the band between them;
within it the judgement has no label. A claim all of whose
words one sentence has, and which the strict rules did not accept, is that sentence
cut or turned: trees that count words cannot see which, and do not call it supported.
"""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.drafts import Judgement
from summarizer.judging import Material
from summarizer.judging.lexical.features import measure
from summarizer.judging.lexical.overlap import Ranked
from summarizer.judging.lexical.rules import decided, doubt, quote_of
from summarizer.judging.lexical.source_index import SourceIndex
from summarizer.judging.lexical.trees import Checker, checker
from summarizer.judging.turns import in_turn
from summarizer.language.english import same_language
from summarizer.language.statements import Statement, read_statement
from summarizer.llm.ledger import Ledger
from summarizer.schema import Claim, Doubt, Label, Probabilities

REARRANGED = "one sentence has all its words, but does not say it in them; it takes a reader to decide"
OTHER_LANGUAGE = "claim and source are not in one language; the embedded judge compares words"
ENOUGH = 0.95  # share of what the whole cover holds; a further sentence for less shows nothing


class ClaimScore(NamedTuple):
    """A claim with its probability and the sentences that it rests on."""

    probability: float
    """Calibrated probability that the sources support it."""
    rearranged: bool
    """Whether one sentence has all its words."""
    evidence: tuple[int, ...]
    """Positions of one to five sentences of the sources, best first; none where no sentence shares a word with it."""


def judge_claims(claims: Sequence[Claim], material: Material, ledger: Ledger | None = None) -> tuple[Judgement, ...]:
    """Judge each claim: by the strict rules, then by the trees."""
    trained = checker()
    read = {claim.id: read_statement(claim.text) for claim in claims}
    index, source = SourceIndex(material.word_index(), list(read.values())), material.source

    def one(claim: Claim) -> Judgement:
        found = _judgement(claim, weigh(read[claim.id], index, trained), material, source)
        return found if same_language(claim.text, source) else _of_another_language(found)

    return tuple(in_turn(claims, one, ledger))


def weigh(statement: Statement, source: SourceIndex, trained: Checker) -> ClaimScore:
    """Weigh a claim against its sources."""
    features, ranked = measure(statement, source, trained.rarity)
    probability = trained.probability(trained.score(features))
    return ClaimScore(probability, features["best_plain"] == 1.0, _shown(ranked))


def _shown(ranked: Ranked) -> tuple[int, ...]:
    """The fewest sentences of the cover that hold nearly all that it holds."""
    whole = ranked.share(ranked.cover)
    sizes = range(1, len(ranked.cover) + 1)
    return next((ranked.cover[:size] for size in sizes if ranked.share(ranked.cover[:size]) >= ENOUGH * whole), ())


def _judgement(claim: Claim, weighed: ClaimScore, material: Material, source: str) -> Judgement:
    trained = checker()
    if strict := decided(claim, material.passages.get(claim.id, ()), source):
        return strict.model_copy(update={"probabilities": _of_a_rule(strict, weighed, trained)})
    label = _label(weighed, trained)
    shown = [material.sentences[position] for position in weighed.evidence]
    return Judgement(
        claim=claim.id,
        label=label,
        probabilities=Probabilities.of(weighed.probability, 0, 1 - weighed.probability),
        quotes=tuple(quote_of(sentence) for sentence in shown),
        rationale=_reason(weighed, label, len(shown)) or doubt(claim, shown, source),
    )


def _of_another_language(judgement: Judgement) -> Judgement:
    """A claim that shares no words with a source in another language is not accused of that."""
    if judgement.label is not Label.NOT_IN_SOURCE:
        return judgement
    return Judgement(claim=judgement.claim, doubt=Doubt.LANGUAGE, quotes=judgement.quotes, rationale=OTHER_LANGUAGE)


def _of_a_rule(strict: Judgement, weighed: ClaimScore, trained: Checker) -> Probabilities:
    """What a strict rule is worth on labelled claims; the trees tell no contradiction from what the source lacks."""
    if strict.label is Label.SUPPORTED:
        supported = max(weighed.probability, trained.rules["supported"])
        return Probabilities.of(supported, 0, 1 - supported)
    rule = "contradicted" if strict.label is Label.CONTRADICTED else "not_in_source"
    supported = min(weighed.probability, trained.rules[rule])
    contradicted = 1 - supported if strict.label is Label.CONTRADICTED else 0
    return Probabilities.of(supported, contradicted, 1 - supported - contradicted)


def _reason(weighed: ClaimScore, label: Label | None, count: int) -> str:
    """The reason that the numbers themselves give; empty where the words have to be compared."""
    if label is Label.SUPPORTED:
        return f"words, names and figures stand together in {count} sentence{'s' if count > 1 else ''} of the source"
    return REARRANGED if weighed.rearranged and label is None else ""


def _label(weighed: ClaimScore, trained: Checker) -> Label | None:
    band = trained.band
    if weighed.probability >= band.supported and weighed.evidence and not weighed.rearranged:
        return Label.SUPPORTED
    return Label.NOT_IN_SOURCE if weighed.probability <= band.not_in_source else None
