"""Numbers, dates and names of ten locales: an equal one in another form is no finding, one that differs shows both sides.

The pairs are a sample that `python -m benchmarks.locales --sample FILE` writes; `docs/figures/locales.md` has all of them.
"""

import json
from pathlib import Path

import pytest

from summarizer.findings import Passage, compare

PAIRS = [
    json.loads(line) for line in Path(__file__).with_name("locales.jsonl").read_text(encoding="utf-8").splitlines()
]
KINDS = sorted({pair["kind"] for pair in PAIRS})


@pytest.mark.parametrize("kind", KINDS)
def test_an_equal_value_in_another_form_is_no_finding(kind: str) -> None:
    own = [pair for pair in PAIRS if pair["kind"] == kind and pair["same"]]

    assert len(own) >= 5
    assert [pair for pair in own if compare(pair["claim"], Passage(pair["source"]))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_that_differs_is_shown_beside_that_of_the_source(kind: str) -> None:
    own = [pair for pair in PAIRS if pair["kind"] == kind and not pair["same"]]

    assert len(own) >= 5
    assert [
        pair for pair in own if not any(one.source for one in compare(pair["claim"], Passage(pair["source"])))
    ] == []


def test_the_sample_has_ten_locales() -> None:
    assert len({pair["locale"] for pair in PAIRS}) == 10


@pytest.mark.parametrize(
    ("claim", "source", "differs"),
    [
        ("It opened on Tuesday, 26 October 2010.", "It opened on 26.10.2010.", False),
        ("It opened on Friday, 26 October 2010.", "It opened on 26.10.2010.", True),
        ("The port counted 1850 visitors.", "The port counted 1,850 visitors.", False),
        ("It rose to 14.9 percent.", "It rose to 15.1 % in May.", True),
        ("The prize went to Anna J. Holm.", "The prize went to Anna Holm.", False),
        ("The prize went to A. Holm.", "The prize went to Anna Holm.", False),
        ("The prize went to A. Holm.", "The prize went to Bert Holm. Anna Grau came.", True),
        ("Dott. Rossetti came.", "Rossetti came.", False),
        ("The crossing takes 24 – 41 minutes.", "The crossing takes 24 to 41 minutes.", False),
        ("Der Preis stieg um 5 Mio. Euro.", "Der Preis stieg um 5.000.000 Euro.", False),
    ],
)  # fmt: skip
def test_forms_that_a_reader_takes_for_the_same_are_so(claim: str, source: str, differs: bool) -> None:
    assert bool(compare(claim, Passage(source))) is differs
