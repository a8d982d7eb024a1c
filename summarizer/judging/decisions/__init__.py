"""A decision model as the judge: one question for each claim, with a probability for each of the three labels.

It writes nothing. Which sentence decides is asked in the same way, or not at all: then it is the passage that shares
the claim's words. The words of a quote are the sentence's own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.drafts import Judgements
from summarizer.errors import UnavailableError
from summarizer.judging import Material
from summarizer.judging.decisions.job import Job
from summarizer.judging.decisions.questioning import PROMPTS
from summarizer.judging.shown import evidence_mode
from summarizer.llm.decisions.questions import MOST_QUESTIONS
from summarizer.llm.model import LanguageModel
from summarizer.schema import Claim, Component, Reason, Setting

if TYPE_CHECKING:
    from summarizer.judging.registry import JudgeContext

NAME = "decisions"


class DecisionsJudge:
    """Asks a decision model about all claims at once: what the source says of each, and where."""

    def __init__(self, model: LanguageModel, *, questions_per_request: int = MOST_QUESTIONS) -> None:
        asked = PROMPTS[:1] if model.options.cite == "passages" else PROMPTS
        digests = tuple(model.prompt(name).digest for name in asked)
        self.about = Component(name=NAME, model=model.caller.model, prompts=digests)
        self.destination, self.remote = model.destination, model.remote
        self.language_model = model
        self._most = questions_per_request

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        """Judge some claims. Raises a `BackendError` where no claim had an answer."""
        if not claims:
            return Judgements(judgements=())
        mode = evidence_mode(self.language_model, material)
        job = Job(self.language_model, material, most=self._most, whole=mode == "whole")
        judgements = await job.judge(_with_room(claims, material.controls, self._most))
        if all(one.failure is Reason.UNAVAILABLE for one in judgements):
            raise job.refused or UnavailableError(judgements[0].rationale)
        options = self.language_model.options
        shown = {"evidence": options.evidence, "passages": options.passages, "whole_tokens": options.whole_tokens}
        cite = "passages" if options.cite == "passages" else "sentences"
        found = {"evidence_shown": mode, "questions_per_request": self._most, "cite": cite} | job.wires()
        return Judgements(
            judgements=judgements,
            usage=job.talk.spent("judge"),
            settings=tuple(Setting(name=name, value=str(value)) for name, value in (shown | found).items()),
            warnings=job.warnings(),
        )

    async def close(self) -> None:
        await self.language_model.close()


def _with_room(claims: Sequence[Claim], controls: frozenset[str], most: int) -> list[Claim]:
    """The claims, and as many control questions as fit into the last request."""
    own = [claim for claim in claims if claim.id not in controls]
    room = -len(own) % most
    return [*own, *[claim for claim in claims if claim.id in controls][:room]]


def make_judge(context: "JudgeContext") -> DecisionsJudge:
    """The judge of a run, with the model that its settings name."""
    settings = context.settings
    own = settings["claims_per_call"] if settings.origin("claims_per_call") != "default" else MOST_QUESTIONS
    return DecisionsJudge(context.language_model(), questions_per_request=own)
