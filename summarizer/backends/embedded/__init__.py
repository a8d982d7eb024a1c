"""The default backend: no key, no network, no language model.

It writes by extraction, reads a summary sentence by sentence, and judges by
matching words, numbers and names. Where words alone cannot decide it says so.
"""

from collections.abc import Sequence

from summarizer.backends import Length, Material
from summarizer.backends.embedded.claims import extract_claims
from summarizer.backends.embedded.judge import judge_claim
from summarizer.backends.embedded.writer import write_summary
from summarizer.drafts import ClaimDrafts, SummaryDraft, VerdictDrafts
from summarizer.reading.sentences import Sentence
from summarizer.schema import Claim, Document, PromptDigest


class EmbeddedBackend:
    """Extraction and matching in plain Python."""

    name = "embedded"
    model: str | None = None
    destination = "the text stays on this machine"
    remote = False
    prompts: tuple[PromptDigest, ...] = ()

    async def write(
        self,
        documents: Sequence[Document],  # noqa: ARG002 (the sentences hold all that extraction needs)
        sentences: Sequence[Sentence],
        length: Length,
    ) -> SummaryDraft:
        return SummaryDraft(text=write_summary(sentences, length))

    async def extract(self, summary: Document) -> ClaimDrafts:
        return ClaimDrafts(claims=extract_claims(summary))

    async def judge(self, claims: Sequence[Claim], material: Material) -> VerdictDrafts:
        return VerdictDrafts(
            verdicts=tuple(judge_claim(claim, material.passages.get(claim.id, ())) for claim in claims)
        )

    async def close(self) -> None:
        """Nothing is held."""
