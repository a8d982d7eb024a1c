"""A chat model as the judge: a label for each claim, with the words of the source or the sentences that decide it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.drafts import Judgements
from summarizer.errors import UnavailableError
from summarizer.judging import Doubtful, Material
from summarizer.judging.chat.groups import Answers, Job
from summarizer.judging.shown import evidence_mode, has_at_most
from summarizer.llm.model import SOURCE_LIMITS, EvidenceMode, LanguageModel
from summarizer.llm.side_by_side import side_by_side
from summarizer.schema import Claim, Label, Reason, Setting

if TYPE_CHECKING:
    from summarizer.judging.registry import JudgeContext


class ChatJudge:
    """Asks a model for verdicts: one call for each group of claims, side by side."""

    def __init__(self, model: LanguageModel) -> None:
        prompt = "pick" if model.options.cite == "sentences" else "judge"
        self.about = model.component("chat", prompt, "review")
        self.destination, self.remote = model.destination, model.remote
        self.language_model = model

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        """Judge some claims. Raises a `BackendError` where no group had an answer."""
        if not claims:
            return Judgements(judgements=())
        mode = self._evidence(material)
        job = Job(self.language_model, material, whole=mode == "whole")
        ledger, picks = self.language_model.ledger, self.language_model.options.cite == "sentences"
        groups = _groups(claims, material.controls, 1 if picks else self.language_model.options.claims_per_call)
        if ledger:
            ledger.expect(len(claims) - len(material.controls))

        async def one(group: Sequence[Claim]) -> Answers:
            answers = await (job.pick(group[0]) if picks else job.group(group))
            if ledger:
                ledger.settle(sum(claim.id not in material.controls for claim in group))
            return answers

        judged = await side_by_side([one(group) for group in groups])
        judgements = tuple(judgement for group in judged for judgement in group)
        if mode == "narrow" and self.language_model.options.evidence == "auto" and not picks:
            judgements = await self._looked_for(judgements, claims, material, job)
        if judgements and all(one.failure is Reason.UNAVAILABLE for one in judgements):
            raise job.faults.refused or UnavailableError(judgements[0].rationale)
        return Judgements(
            judgements=judgements,
            usage=job.talk.spent("judge"),
            settings=(*self.language_model.options.settings(), Setting(name="evidence_shown", value=mode)),
            warnings=(*job.faults.warnings(), *job.talk.warnings()),
        )

    async def _looked_for(self, judgements: Answers, claims: Sequence[Claim], material: Material, job: Job) -> Answers:
        """The judgements, with what the whole source says of claims that their passages leave open, where it can be shown.

        A passage is found by its words, and a source may say a claim in others.
        """
        left = {one.claim for one in judgements if one.label is Label.NOT_IN_SOURCE} - material.controls
        if not left or not has_at_most(SOURCE_LIMITS[0], self.language_model, material):
            return judgements
        size = self.language_model.options.claims_per_call
        groups = _groups([one for one in claims if one.id in left], frozenset(), size)
        job.show_all()
        found = await side_by_side([job.group(group, or_nothing=True) for group in groups])
        said = {one.claim: one for group in found for one in group if one.label not in (None, Label.NOT_IN_SOURCE)}
        return tuple(said.get(one.claim, one) for one in judgements)

    async def review(self, doubts: Sequence[Doubtful], material: Material) -> Judgements:
        """Ask about each of these claims again, one call for each."""
        job = Job(self.language_model, material, whole=False)
        asked = await side_by_side([job.pick(one.claim, doubt=_in_words(one)) for one in doubts])
        judgements = tuple(judgement for answers in asked for judgement in answers)
        return Judgements(judgements=judgements, usage=job.talk.spent("judge"))

    async def close(self) -> None:
        await self.language_model.close()

    def _evidence(self, material: Material) -> EvidenceMode:
        options = self.language_model.options
        if options.evidence == "auto" and options.cite == "sentences":
            return "narrow"
        return evidence_mode(self.language_model, material)


def _groups(claims: Sequence[Claim], controls: frozenset[str], size: int) -> list[tuple[Claim, ...]]:
    """Groups of `size` claims; the control questions travel with the last one, unless each claim is asked alone."""
    own = claims if size == 1 else [claim for claim in claims if claim.id not in controls]
    groups = [tuple(own[at : at + size]) for at in range(0, len(own), size)]
    if size > 1:
        groups[-1] += tuple(claim for claim in claims if claim.id in controls)
    return groups


def _in_words(doubtful: Doubtful) -> str:
    other = "thinks" if doubtful.label is not Label.SUPPORTED else "doubts"
    return f'The first reader answered "{doubtful.label.value}"; the second one {other} that the sentences say it.'


def make_judge(context: "JudgeContext") -> ChatJudge:
    """The judge of a run, with the model that its settings name."""
    return ChatJudge(context.language_model())
