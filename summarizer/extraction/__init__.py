"""The seam of extraction: a summary in, its claims out.

An extractor proposes; `accounting` makes sure that every sentence of the summary is checked.
"""

from typing import Protocol

from summarizer.drafts import ClaimDraft, ClaimDrafts
from summarizer.schema import Component, Document


class Extractor(Protocol):
    """Splits a summary into claims."""

    about: Component
    """Name, model and prompts, for the report."""
    destination: str
    """Where the text goes, for the reader."""
    remote: bool
    """Whether it waits for a network, so that it needs an event loop."""

    async def extract(self, summary: Document, proposed: tuple[ClaimDraft, ...] | None = None) -> ClaimDrafts:
        """Split a summary into claims; `proposed` are the claims that its writer listed, which the extractor may use."""

    async def close(self) -> None:
        """Let go of connections and files; it may be used again afterwards."""
