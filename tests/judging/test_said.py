"""What a source gives as a myth, asks, or has somebody else say bears out nothing."""

import pytest

from summarizer import api
from summarizer.components import assemble
from summarizer.schema import Label, Undecided, Verdict
from summarizer.settings import resolve

MYTHS = """Myth: Garlic cures a cold within two days. It kills the virus in the blood.
Fact: Garlic does not cure a cold. No trial has shown that it helps.
"""
TALK = """Ana Pell: The bridge will be closed for the whole of June. Buses will go by Tarn.
Tomas Brandt: The town has no money for new buses.
"""
ASKED = "Q: The mill closed in May. Is that right?\nA: No, the mill will close in June.\n"


@pytest.mark.parametrize(
    ("claim", "source", "supported"),
    [
        ("Garlic cures a cold within two days.", MYTHS, False),
        ("It kills the virus in the blood.", MYTHS, False),
        ("Garlic does not cure a cold.", MYTHS, True),
        ("Myth: Garlic cures a cold within two days.", MYTHS, True),
        ("The mill closed in May.", ASKED, False),
        ("Ana Pell said the bridge will be closed for the whole of June.", TALK, True),
        ("Tomas Brandt said the bridge will be closed for the whole of June.", TALK, False),
        ("Buses will go by Tarn.", TALK, True),
    ],
)
def test_words_are_of_whoever_says_them(claim: str, source: str, supported: bool) -> None:
    report = api.check(claim, source, backend=assemble(resolve({"backend": "embedded"})))

    outcome = report.checks[0].outcome
    assert isinstance(outcome, (Verdict, Undecided))
    assert (isinstance(outcome, Verdict) and outcome.label is Label.SUPPORTED) is supported
