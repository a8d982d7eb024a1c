"""A judge that knows the truth loses nothing by what stands around it: the bar for everything behind the judge."""

import json
import lzma
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from summarizer import Components, check
from summarizer.drafts import ClaimDraft, ClaimDrafts, Judgement, Judgements, QuoteDraft
from summarizer.evaluation.case_files import load_suite
from summarizer.judging import Material
from summarizer.language.sentences import sentence_offsets
from summarizer.schema import Check, Claim, Component, Document, Label, Verdict
from tests.fakes import ScriptedWriter

DEV = Path(__file__).parents[3] / "shared" / "benchmarks" / "dev.jsonl.xz"
LEAST = 0.99  # of the sound claims that come out supported


class Truth(NamedTuple):
    """What a claim is, and the words that decide it, where somebody named them."""

    label: Label
    quotes: Sequence[str] = ()


class GoldExtractor:
    """Gives the labelled claims of a summary, each as it is written there."""

    about = Component(name="gold")
    destination = "the text stays in this test"
    remote = False

    def __init__(self, claims: Sequence[str]) -> None:
        self._claims = claims

    async def extract(self, summary: Document, proposed: tuple[ClaimDraft, ...] | None = None) -> ClaimDrafts:
        assert proposed is None
        assert summary.text
        return ClaimDrafts(claims=tuple(ClaimDraft(text=claim, quote=claim) for claim in self._claims))

    async def close(self) -> None:
        """Nothing is held."""


class PerfectJudge:
    """Gives the true label, with the words that decide it, or with the best passage where nobody named any."""

    about = Component(name="perfect")
    destination = "the text stays in this test"
    remote = False

    def __init__(self, gold: Mapping[str, Truth]) -> None:
        self._gold = gold

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        return Judgements(judgements=tuple(self._judgement(claim, material) for claim in claims))

    async def close(self) -> None:
        """Nothing is held."""

    def _judgement(self, claim: Claim, material: Material) -> Judgement:
        gold = self._gold[claim.text]
        quotes = [QuoteDraft(text=quote) for quote in gold.quotes]
        if not quotes:
            best = (material.passages[claim.id] or material.sentences)[0]
            quotes = [QuoteDraft(text=best.text, sentence=best.id)]
        return Judgement(claim=claim.id, label=gold.label, quotes=tuple(quotes))


def outcomes(document: Document, gold: Mapping[str, Truth]) -> list[Check]:
    components = Components(ScriptedWriter(), GoldExtractor(list(gold)), PerfectJudge(gold))
    report = check(Document.of("\n\n".join(gold)), document, backend=components)
    assert [one.claim.text for one in report.checks] == list(gold)
    return list(report.checks)


def test_the_sound_claims_of_the_suite_come_out_supported() -> None:
    sound = kept = 0
    for case in load_suite(None).cases:
        for summary in case.file.summaries:
            truths = {
                one.text: Truth(Label(one.label), one.evidence[0] if one.evidence else ()) for one in summary.claims
            }
            for one, gold in zip(outcomes(case.document, truths), summary.claims, strict=True):
                sound += gold.label is Label.SUPPORTED
                supported = isinstance(one.outcome, Verdict) and one.outcome.label is Label.SUPPORTED
                kept += gold.label is Label.SUPPORTED and supported
                assert supported <= (gold.label is Label.SUPPORTED), f"{case.id}: {gold.text}"

    assert sound > 300
    assert kept >= LEAST * sound


def test_the_sound_sentences_that_people_labelled_come_out_supported() -> None:
    if not DEV.is_file():
        pytest.skip("the labelled claims are not beside this checkout")
    with lzma.open(DEV, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    sound = [
        row
        for row in rows
        if row["label"] == 1
        and len(sentence_offsets(row["claim"])) == 1
        and len(row["document"].split()) > 2 * len(row["claim"].split())  # a source, and no sentence beside a sentence
    ]
    kept = 0
    for row in sound:
        text = " ".join(row["claim"].split())
        (one,) = outcomes(Document.of(row["document"]), {text: Truth(Label.SUPPORTED)})
        kept += isinstance(one.outcome, Verdict) and one.outcome.label is Label.SUPPORTED

    assert len(sound) > 500
    assert kept >= LEAST * len(sound)
