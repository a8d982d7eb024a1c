"""The default backend: no key, no network, no language model.

It writes by extraction, reads a summary sentence by sentence, and judges by
matching words, numbers and names. Where words alone cannot decide it says so.
"""

from collections.abc import Mapping, Sequence

from summarizer.backends import Length
from summarizer.backends.embedded.claims import extract_claims
from summarizer.backends.embedded.judge import judge_claim
from summarizer.backends.embedded.writer import write_summary
from summarizer.drafts import ClaimDraft, SummaryDraft, VerdictDraft
from summarizer.reading.sentences import Sentence
from summarizer.schema import Claim, Document, PromptDigest


class EmbeddedBackend:
    """Extraction and matching in plain Python."""

    name = "embedded"
    model: str | None = None
    destination = "the text stays on this machine"
    prompts: tuple[PromptDigest, ...] = ()

    def write(
        self,
        documents: Sequence[Document],  # noqa: ARG002 (the sentences hold all that extraction needs)
        sentences: Sequence[Sentence],
        length: Length,
    ) -> SummaryDraft:
        return SummaryDraft(text=write_summary(sentences, length))

    def extract(self, summary: Document) -> tuple[ClaimDraft, ...]:
        return extract_claims(summary)

    def judge(self, claims: Sequence[Claim], passages: Mapping[str, Sequence[Sentence]]) -> tuple[VerdictDraft, ...]:
        return tuple(judge_claim(claim, passages.get(claim.id, ())) for claim in claims)
