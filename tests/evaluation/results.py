"""Results of invented claims, built from what came of them."""

from functools import lru_cache
from typing import Any

from summarizer.evaluation.scorecard import Result
from summarizer.schema import Doubt, Label, Modality, Probabilities, Reason

UNDECIDED, UNCHECKED = Doubt.NOT_SURE, Reason.BAD_REPLY
JUDGE = {"extractor": {"name": "sentences"}, "judge": {"name": "lexical"}}
"""The components of a run, as `RunFacts` takes them."""


@lru_cache(maxsize=4_096, typed=True)  # records are frozen, and a simulation draws the same few hundred again and again
def result(number: int | str, gold: Label, said: Label | Doubt | Reason, **more: Any) -> Result:
    """The result of a claim that was decided, left undecided or left unchecked; of ten numbers each is one article."""
    facts: dict[str, Any] = {
        "case": f"case{int(number) // 10:02}" if isinstance(number, int) else "storm",
        "claim": f"c{number}" if isinstance(number, int) else number,
        "text": "A claim." if isinstance(number, int) else f"Claim {number}.",
        "writer": "planted",
        "split": "dev",
        "gold": gold,
        "error": None if gold is Label.SUPPORTED else "number",
        "difficulty": "medium",
        "modality": Modality.ASSERTED,
    }
    if isinstance(said, Label):
        facts |= {"outcome": "verdict", "label": said}
    elif isinstance(said, Doubt):
        facts |= {"outcome": "undecided", "doubt": said}
    else:
        facts |= {"outcome": "unchecked", "reason": said}
    return Result(**(facts | more))


def support(probability: float) -> Probabilities:
    """Probabilities with that much for support."""
    return Probabilities.of(probability, 0, 1 - probability)
