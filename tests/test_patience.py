"""After a stop signal code has a moment for what was answered; what it does not reach is interrupted, and never support."""

import asyncio
import time
from collections.abc import Sequence

import pytest

from summarizer.api import check
from summarizer.components import Components
from summarizer.drafts import Judgement, Judgements, QuoteDraft
from summarizer.extraction.sentences import SentenceExtractor
from summarizer.grounding import locate
from summarizer.judging import Material
from summarizer.judging.nli import NliJudge
from summarizer.llm import ledger as ledgers
from summarizer.llm.ledger import Ledger
from summarizer.patience import OutOfTimeError, limited
from summarizer.schema import Claim, Component, Document, Label, Report, Unchecked, Verdict
from summarizer.writing.extractive import ExtractiveWriter

ARTICLE = "Snow fell on Monday. The mayor of Harrow Bay closed two roads. Schools stay open all week."
SUMMARY = "Snow fell on Monday. The mayor closed two roads."


class Believing:
    """A judge that calls everything supported, with words that have to be looked for or with the best passage."""

    destination = "the text stays in this test"
    remote = False

    def __init__(self, quote: str = "") -> None:
        self.about = Component(name="believing")
        self._quote = quote

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        return Judgements(
            judgements=tuple(
                Judgement(
                    claim=one.id,
                    label=Label.SUPPORTED,
                    quotes=(QuoteDraft(text=self._quote or material.passages[one.id][0].text),),
                )
                for one in claims
            )
        )

    async def close(self) -> None:
        """Nothing is held."""


def reasons(report: Report) -> list[str]:
    return [one.outcome.reason.value if isinstance(one.outcome, Unchecked) else "judged" for one in report.checks]


def built(judge: Believing, ledger: Ledger, *, witness: bool = False) -> Components:
    beside = (NliJudge(),) if witness else ()
    return Components(ExtractiveWriter(), SentenceExtractor(), judge, witnesses=beside, overdue=ledger.is_overdue)


@pytest.fixture
def overdue(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """The ledger of a run that was stopped long ago."""
    monkeypatch.setattr(ledgers, "GRACE", -1.0)
    found = Ledger()
    found.stop()
    return found


def test_what_no_witness_had_time_to_read_is_interrupted(overdue: Ledger) -> None:
    report = check(SUMMARY, ARTICLE, backend=built(Believing(), overdue, witness=True))

    assert reasons(report) == ["interrupted", "interrupted"]


def test_words_that_there_was_no_time_to_look_for_are_no_misquote(overdue: Ledger) -> None:
    report = check(SUMMARY, ARTICLE, backend=built(Believing("zebras everywhere, all of them"), overdue))

    assert reasons(report) == ["interrupted", "interrupted"]


def test_a_run_that_was_stopped_just_now_keeps_what_was_answered() -> None:
    ledger = Ledger()
    ledger.stop()

    report = check(SUMMARY, ARTICLE, backend=built(Believing(), ledger))

    assert [isinstance(one.outcome, Verdict) for one in report.checks] == [True, True]


def test_the_search_for_a_quote_in_a_book_ends_when_its_time_is_over() -> None:
    book = Document.of("The council – it met – said “no”. " * 100_000)
    until = time.process_time() + 0.1

    with limited(lambda: time.process_time() > until), pytest.raises(OutOfTimeError):
        locate("zebras – everywhere", book)

    assert time.process_time() - until < 0.5


def test_another_run_at_the_same_time_has_its_own_time() -> None:
    async def looked_for(over: bool) -> bool:
        with limited(lambda: over):
            await asyncio.sleep(0)
            try:
                return bool(
                    locate("Snow – fell", Document.of("Snow – fell on Monday."))
                    or locate("zebra", Document.of(ARTICLE))
                )
            except OutOfTimeError:
                return False

    async def both() -> list[bool]:
        return list(await asyncio.gather(looked_for(True), looked_for(False)))

    assert asyncio.run(both()) == [False, True]
