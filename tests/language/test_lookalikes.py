"""Letters that only look Latin are compared as Latin ones, and reported."""

import pytest

from summarizer import api
from summarizer.components import assemble
from summarizer.findings import Passage, compare
from summarizer.language.lookalikes import mixed_words, with_plain_letters
from summarizer.schema import Label, Verdict
from summarizer.settings import resolve


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The m\u0430yor of H\u0430rrow B\u0430y", "The mayor of Harrow Bay"),
        ("She b0ught a p1ace, and g00gled it.", "She bought a place, and googled it."),
        ("The mayor 0pened 5O sh0ps.", "The mayor opened 50 shops."),
        ("It cost 0hours, 0min and 0km; H2O, 0x1f", "It cost 0hours, 0min and 0km; H2O, 0x1f"),
        ("Мэр купил дом в Москве.", "Мэр купил дом в Москве."),
        ("H2O, the 2010s, room10b, mp3, α-carbon", "H2O, the 2010s, room10b, mp3, α-carbon"),
    ],
)
def test_only_words_of_two_alphabets_are_folded(text: str, plain: str) -> None:
    assert with_plain_letters(text) == plain


def test_such_a_word_makes_no_finding_and_a_warning() -> None:
    source = "The m\u0430yor of Oberw\u0430ld resigned on Monday."

    report = api.check(
        "The mayor of Oberwald resigned on Monday.", source, backend=assemble(resolve({"backend": "embedded"}))
    )

    assert list(mixed_words(source)) == ["m\u0430yor", "Oberw\u0430ld"]
    assert compare("Oberwald lost.", Passage("Oberw\u0430ld lost.")) == ()
    outcome = report.checks[0].outcome
    assert isinstance(outcome, Verdict)
    assert outcome.label is Label.SUPPORTED
    assert outcome.evidence[0].quote == source
    assert [one for one in report.run.warnings if "alphabets" in one] == [
        "source 1: 2 words mix alphabets whose letters look alike, “m\u0430yor” first; compared as Latin"
    ]


def test_figures_in_place_of_letters_are_reported() -> None:
    claim = "The mayor opened shops in Oberwald."
    report = api.check(claim, "The mayor 0pened sh0ps in Oberwald.", backend=assemble(resolve({"backend": "embedded"})))

    assert report.checks[0].outcome.kind == "verdict"
    assert [one for one in report.run.warnings if "figures" in one] == [
        "source 1: 2 words have figures and letters in place of each other, “0pened” first; compared as what they look like"
    ]
