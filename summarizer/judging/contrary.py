"""A judge that is sure of everything: a dry run counts with it the most second questions that a run can ask."""

from collections.abc import Sequence

from summarizer.drafts import Judgement, Judgements
from summarizer.judging import Material
from summarizer.schema import Claim, Component, Probabilities


class Contrary:
    """Calls every claim supported; stand-ins for answers call none so."""

    about = Component(name="second questions at most")
    destination = "nothing is read: a dry run"
    remote = False

    async def judge(self, claims: Sequence[Claim], _material: Material) -> Judgements:
        sure = Probabilities.of(1.0, 0.0, 0.0)
        return Judgements(judgements=tuple(Judgement(claim=one.id, probabilities=sure) for one in claims))

    async def close(self) -> None:
        """Nothing is held."""
