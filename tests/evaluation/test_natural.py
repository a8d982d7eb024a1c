"""The summaries as models wrote them: enough of them, labelled twice, and their letters give nothing away."""

from collections import Counter
from functools import lru_cache

from benchmarks.claim_only import within_writers
from summarizer.components import assemble
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.cases import Suite
from summarizer.evaluation.run import evaluate
from summarizer.llm.models import RunOptions
from summarizer.schema import Label
from summarizer.settings import resolve
from tests.conftest import ROOT

FOLDER = ROOT / "evals" / "natural"


@lru_cache(maxsize=1)
def suite() -> Suite:
    return load_suite(FOLDER)


def test_there_are_summaries_of_many_texts_by_several_models() -> None:
    summaries = [summary for case in suite().cases for summary in case.file.summaries]
    words = [len(case.document.text.split()) for case in suite().cases]

    assert len(suite().cases) >= 30
    assert len(summaries) >= 60
    assert min(words) >= 600
    assert max(words) <= 3_000
    assert len({summary.model for summary in summaries}) == 3
    assert all(summary.model and summary.asked for summary in summaries)


def test_there_are_claims_and_natural_errors_enough_and_each_was_labelled_twice() -> None:
    claims = [*suite().claims()]
    errors = [claim for claim in claims if claim.label is not Label.SUPPORTED]

    assert len(claims) >= 500
    assert len(errors) >= 80
    assert all(len(claim.annotations) == 2 for claim in claims)
    assert all(claim.error for claim in errors)


def test_no_article_is_in_both_parts() -> None:
    splits = Counter(case.split for case in suite().cases)

    assert splits == {"dev": 20, "test": 10}


def test_the_letters_of_a_claim_do_not_tell_whether_it_is_supported() -> None:
    *_, (_, claims, _, (low, high)) = within_writers(suite())

    assert claims > 100
    assert low <= 0.5 <= high


def test_the_recorded_replies_answer_every_claim_of_the_test_part() -> None:
    asked = {"backend": "replay", "claims": "sentence", "cite": "sentences", "witness": "none"}
    replies = RunOptions(replies=FOLDER / "replies" / "test.jsonl")
    card = evaluate(load_suite(FOLDER, split="test"), assemble(resolve(asked, environment={}), replies))

    assert len(card.results) > 100
    assert sum(one.outcome == "unchecked" for one in card.results) <= len(card.results) // 20
