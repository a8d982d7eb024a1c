"""The default backend: no key, no network, no language model.

It writes by extraction, reads a summary sentence by sentence, and judges by strict
rules over words, numbers and names, then by boosted trees over the same. Where
neither is confident it says so.
"""

from collections.abc import Sequence

from summarizer.backends import Length, Material
from summarizer.backends.embedded.claims import extract_claims
from summarizer.backends.embedded.weighing import judge_claims
from summarizer.backends.embedded.writer import write_summary
from summarizer.drafts import ClaimDrafts, SummaryDraft, VerdictDrafts
from summarizer.reading.sentences import Sentence
from summarizer.schema import Claim, Document, PromptDigest


class EmbeddedBackend:
    """Extraction and matching in plain Python.

    `decide` forces a choice between `supported` and `not_in_source` on every claim
    that would be uncertain; the guards may still take a `supported` away.
    """

    name = "embedded"
    model: str | None = None
    destination = "the text stays on this machine"
    remote = False
    prompts: tuple[PromptDigest, ...] = ()

    def __init__(self, *, decide: bool = False) -> None:
        self._decide = decide

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
        return VerdictDrafts(verdicts=judge_claims(claims, material, decide=self._decide))

    async def close(self) -> None:
        """Nothing is held."""
