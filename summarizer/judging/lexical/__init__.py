"""The embedded judge: no key, no network, no language model.

Strict rules over words, numbers and names first, then boosted trees over the same. Where
neither is sure it gives probabilities and no label.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.drafts import Judgements
from summarizer.judging import Material
from summarizer.judging.lexical.claim_score import judge_claims
from summarizer.schema import Claim, Component

if TYPE_CHECKING:
    from summarizer.judging.registry import JudgeContext


class LexicalJudge:
    """Matching and counting in plain Python."""

    about = Component(name="lexical")
    destination = "the text stays on this machine"
    remote = False

    def __init__(self, context: "JudgeContext | None" = None) -> None:
        self._ledger = context.ledger if context else None

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        return Judgements(judgements=judge_claims(claims, material, self._ledger))

    async def close(self) -> None:
        """Nothing is held."""
