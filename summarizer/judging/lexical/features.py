"""A claim and its sources as numbers: what the trees see.

Coverage, runs and missing words are weighted by rarity. Pure Python, in the order of `MEASURES`.
"""

from summarizer.judging.lexical.details import alignment, figures, missing, turns
from summarizer.judging.lexical.overlap import Ranked, Rarity, coverage, rank, runs
from summarizer.judging.lexical.source_index import SourceIndex
from summarizer.language.statements import Statement

MEASURES = (coverage, runs, missing, figures, alignment, turns)
DIGITS = 4  # after the point: a threshold between two values is the same on every machine


def measure(statement: Statement, source: SourceIndex, rarity: Rarity) -> tuple[dict[str, float], Ranked]:
    """Return the features of a claim by name, and the sentences that they come from."""
    ranked = rank(statement, source, rarity)
    found = {
        "words": float(len(statement.words)),
        "content": float(len(statement.content)),
        "rarest": max(ranked.weights.values(), default=0.0),
        "weight": ranked.total / max(1, len(ranked.weights)),
        "source_words": float(source.length),
        "source_sentences": float(len(source.sentences)),
    }
    for measured in MEASURES:
        found |= measured(statement, source, ranked)
    return {name: round(value, DIGITS) for name, value in found.items()}, ranked
