"""Guards take support away; they never give it."""

import pytest

from summarizer.drafts import ClaimDrafts, Judgement, QuoteDraft
from summarizer.pipeline import check
from summarizer.schema import Document, Label, Reason, Unchecked, Verdict
from tests.fakes import ScriptedBackend

ARTICLE = (
    "The council met on Monday. All 31 members backed the new bridge over the Arne. "
    "Ana Pell claimed that the mayor had hidden a report about the old bridge. "
    "The ferry will not stop at night. Most shops in Quay Street stay open."
)


def judged(claim: str, *quotes: str, label: Label = Label.SUPPORTED) -> Verdict | Unchecked:
    """What becomes of a claim for which an obedient judge quotes real words of the source."""
    answer = Judgement(claim="c1", outcome=label, quotes=tuple(QuoteDraft(text=quote) for quote in quotes))
    (only,) = check(claim, ARTICLE, backend=ScriptedBackend(answer)).checks
    return only.outcome


def test_support_that_no_guard_doubts_stays() -> None:
    outcome = judged("All 31 members backed the bridge.", "All 31 members backed the new bridge over the Arne.")

    assert isinstance(outcome, Verdict)
    assert outcome.label is Label.SUPPORTED


def test_one_value_against_another_turns_support_into_contradiction() -> None:
    outcome = judged("All 32 members backed the new bridge.", "All 31 members backed the new bridge over the Arne.")

    assert isinstance(outcome, Verdict)
    assert outcome.label is Label.CONTRADICTED
    assert [pair.evidence.quote for pair in outcome.conflicts] == ["31"]
    assert outcome.judges == ("scripted", "guards")


def test_a_quote_cannot_hide_the_words_around_it() -> None:
    outcome = judged("The ferry will stop at night.", "stop at night")

    assert not (isinstance(outcome, Verdict) and outcome.label is Label.SUPPORTED)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The mayor had hidden a report about the old bridge.", "the mayor had hidden a report about the old bridge"),
        ("All shops in Quay Street stay open.", "Most shops in Quay Street stay open."),
        ("Lee Fox claimed that the mayor had hidden a report.", "Ana Pell claimed that the mayor had hidden a report"),
    ],
)
def test_a_real_quote_that_says_something_else_is_no_support(claim: str, quote: str) -> None:
    outcome = judged(claim, quote)

    assert not (isinstance(outcome, Verdict) and outcome.label is Label.SUPPORTED)


def test_a_doubt_without_a_pair_leaves_the_claim_disputed() -> None:
    outcome = judged("The council met on Monday because of a flood.", "The council met on Monday.")

    assert isinstance(outcome, Unchecked)
    assert (outcome.reason, outcome.detail) == (Reason.DISPUTED, "the evidence gives no such cause, purpose or result")


def test_a_guard_never_makes_a_claim_supported() -> None:
    outcome = judged("All 31 members backed the new bridge.", label=Label.NOT_IN_SOURCE)

    assert isinstance(outcome, Verdict)
    assert outcome.label is Label.NOT_IN_SOURCE


def test_a_claim_that_adds_to_its_summary_is_dropped_and_counted() -> None:
    answer = Judgement(claim="c1", outcome=Label.NOT_IN_SOURCE)

    report = check("All members backed the bridge.", ARTICLE, backend=AddingBackend(answer))

    assert [one.claim.text for one in report.checks] == ["All members backed the bridge."]  # the sentence stays
    assert report.run.dropped_claims == 1


class AddingBackend(ScriptedBackend):
    """Reads a number into the summary that is not there."""

    async def extract(self, summary: Document) -> ClaimDrafts:
        (draft,) = (await super().extract(summary)).claims
        return ClaimDrafts(claims=(draft.model_copy(update={"text": "All 31 members backed the bridge."}),))
