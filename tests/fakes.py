"""Small components that do what they are told and fail loudly on what they are not."""

from collections.abc import Sequence

from summarizer.components import Components
from summarizer.drafts import ClaimDraft, ClaimDrafts, Judgement, Judgements, SummaryDraft
from summarizer.extraction.sentences import SentenceExtractor
from summarizer.judging import Material
from summarizer.language.sentences import Sentence
from summarizer.schema import Claim, Component, Document
from summarizer.writing import Length


class ScriptedWriter:
    """Writes the summary that it was built with."""

    about = Component(name="scripted", model="a script")
    destination = "the text stays in this test"
    remote = False
    takes_sentences = False

    def __init__(self, summary: str | None = None) -> None:
        self._summary = summary

    async def write(self, sentences: Sequence[Sentence], length: Length) -> SummaryDraft:
        assert self._summary is not None, f"no summary of {length} is scripted"
        assert sentences
        return SummaryDraft(text=self._summary)

    async def close(self) -> None:
        """Nothing is held."""


class ScriptedExtractor:
    """Gives the claims that it was built with."""

    about = Component(name="scripted", model="a script")
    destination = "the text stays in this test"
    remote = False

    def __init__(self, *claims: ClaimDraft) -> None:
        self._claims = claims

    async def extract(self, summary: Document, proposed: tuple[ClaimDraft, ...] | None = None) -> ClaimDrafts:
        assert proposed is None, "the scripted writer proposes nothing"
        assert summary.text
        return ClaimDrafts(claims=self._claims)

    async def close(self) -> None:
        """Nothing is held."""


class ScriptedJudge:
    """Gives the judgements that it was built with."""

    about = Component(name="scripted", model="a script")
    destination = "the text stays in this test"
    remote = False

    def __init__(self, *judgements: Judgement) -> None:
        self._judgements = judgements

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        assert set(material.passages) == {claim.id for claim in claims}
        return Judgements(judgements=self._judgements)

    async def close(self) -> None:
        """Nothing is held."""


def scripted(
    *judgements: Judgement, summary: str | None = None, claims: Sequence[ClaimDraft] | None = None
) -> Components:
    """Components that give what they are told; the claims are the sentences of the summary where none are given."""
    extractor = SentenceExtractor() if claims is None else ScriptedExtractor(*claims)
    return Components(ScriptedWriter(summary), extractor, ScriptedJudge(*judgements))
