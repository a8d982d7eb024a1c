"""Agreement of annotators is what the literature prints, and a label that is missing counts as nothing."""

import pytest

from summarizer.errors import CaseError
from summarizer.evaluation.agreement import agreements, to_text
from summarizer.evaluation.cases import Suite
from summarizer.evaluation.statistics import alpha, kappa
from tests.evaluation.conftest import ARTICLE, built, case_of, claim

S, C, N = "supported", "contradicted", "not_in_source"
# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections B and C: annotators by claims.
TWO_ANNOTATORS = ("aabbdcccedda", "babbbccceddd")
FOUR_ANNOTATORS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def suite(*columns: tuple[str | None, ...], annotators: tuple[str, ...] = (), articles: int = 1) -> Suite:
    """A suite in which each claim, of each article anew, has these labels."""

    def one(number: int) -> dict[str, object]:
        claims = [
            claim(f"{number}-{at}", f"The library will not close {at}.", S, evidence=[["The library will not close."]],
                  annotations=list(labels), note="settled")
            for at, labels in enumerate(columns)
        ]  # fmt: skip
        return case_of(f"bay{number}", claims, annotators=list(annotators))

    return Suite("a suite", tuple(built(one(number), f"{ARTICLE} {number}.") for number in range(articles)))


def units(rows: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(label for label in unit if label != ".") for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(("rows", "expected"), [(TWO_ANNOTATORS, (0.692, 12, 9)), (FOUR_ANNOTATORS, (0.743, 11, 8))])
def test_alpha_is_that_of_the_published_examples(rows: tuple[str, ...], expected: tuple[float, int, int]) -> None:
    value, n, alike = alpha(units(rows))

    assert value is not None
    assert (round(value, 3), n, alike) == expected


def test_alpha_of_one_label_says_nothing() -> None:
    assert alpha([(S, S, S)] * 5).value is None


def test_two_annotators_have_a_kappa() -> None:
    found = agreements(suite((S, S), (S, N), (N, N), (S,)))

    assert {one.measure for one in found} == {"kappa"}
    assert (found[0].agreed.n, found[0].agreed.alike) == (3, 2)


def test_kappa_keeps_annotators_apart_whom_cases_name_in_another_order() -> None:
    one = suite((S, S), (S, N), (N, N), annotators=("ana", "ben"))
    same, turned = (
        suite((S, N), (S, N), (S, S), annotators=("ana", "ben")),
        suite((N, S), (N, S), (S, S), annotators=("ben", "ana")),
    )

    found, wanted = (agreements(Suite("both", (*one.cases, *other.cases)))[0] for other in (turned, same))

    assert found == wanted
    assert found.agreed == kappa([(S, S), (S, N), (N, N), (S, N), (S, N), (S, S)])


def test_several_cases_of_one_article_are_one_article_and_make_no_interval() -> None:
    apart = suite((S, S), (S, N), (N, N), articles=5)
    one = Suite("a suite", tuple(case._replace(document=apart.cases[0].document) for case in apart.cases))

    assert agreements(apart)[0].interval is not None
    assert agreements(one)[0].interval is None
    assert agreements(one)[0].agreed == agreements(apart)[0].agreed


def test_more_annotators_have_an_alpha_with_an_interval_over_articles_and_a_kappa_two_by_two() -> None:
    found = agreements(suite((S, S, S), (S, N, None), (None, N, N), annotators=("ana", "ben", "cas"), articles=6))

    assert to_text(found).splitlines()[0] == (
        "all three labels                           alpha 0.431 (0.431 to 0.431), 12 of 18 alike"
    )
    assert [(one.name, one.measure, one.agreed.n) for one in found[4:]] == [
        ("ana and ben", "kappa", 12), ("ben and cas", "kappa", 12),
    ]  # fmt: skip


def test_annotators_are_told_apart_by_name_where_cases_have_others() -> None:
    one, other = suite((S, S), annotators=("ana", "ben")), suite((N, S), annotators=("ben", "cas"))

    found = agreements(Suite("both", (*one.cases, *other.cases)))

    assert {each.measure for each in found} == {"alpha"}
    assert found[0].interval is None  # two articles


def test_a_suite_without_two_labels_of_a_claim_is_refused() -> None:
    with pytest.raises(CaseError, match="no claim has the labels of two annotators"):
        agreements(suite((S, None), (None, N)))


@pytest.mark.parametrize(
    ("annotators", "words"),
    [
        (("ana", "ben", "cas"), "0-0: annotations: 2 for 3 annotators; null for no label"),
        (("ana", "ana"), "annotators: a name is there twice"),
    ],
)
def test_labels_have_as_many_places_as_annotators(annotators: tuple[str, ...], words: str) -> None:
    with pytest.raises(CaseError, match=words):
        suite((S, S), annotators=annotators)
