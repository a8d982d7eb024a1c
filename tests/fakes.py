"""Small backends that do what they are told and fail loudly on what they are not."""

from collections.abc import Sequence

from summarizer.backends import Length, Material
from summarizer.backends.embedded.claims import extract_claims
from summarizer.drafts import ClaimDrafts, SummaryDraft, VerdictDraft, VerdictDrafts
from summarizer.reading.sentences import Sentence
from summarizer.schema import Claim, Document, PromptDigest


class ScriptedBackend:
    """Gives the verdicts it was built with; its claims are the sentences of the summary."""

    name = "scripted"
    model: str | None = "a script"
    destination = "the text stays in this test"
    remote = False
    prompts: tuple[PromptDigest, ...] = ()

    def __init__(self, *verdicts: VerdictDraft, summary: str | None = None) -> None:
        self._verdicts = verdicts
        self._summary = summary

    async def write(self, documents: Sequence[Document], sentences: Sequence[Sentence], length: Length) -> SummaryDraft:
        assert self._summary is not None, f"no summary scripted for {len(documents)} documents of {length}"
        assert sentences
        return SummaryDraft(text=self._summary)

    async def extract(self, summary: Document) -> ClaimDrafts:
        return ClaimDrafts(claims=extract_claims(summary))

    async def judge(self, claims: Sequence[Claim], material: Material) -> VerdictDrafts:
        assert set(material.passages) == {claim.id for claim in claims}
        return VerdictDrafts(verdicts=self._verdicts)

    async def close(self) -> None:
        """Nothing is held."""
