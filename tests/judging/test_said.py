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


CORRECTED = """The mill at Orm makes paper for the schools of the county.

Correction: An earlier version of this article said the mill at Orm had closed in March. It closes in May.
"""
LIE = "Jon Farrow said that the mill at Orm had closed in March. That is a lie. The mill makes paper."


@pytest.mark.parametrize(
    ("claim", "source", "supported"),
    [
        ("The mill at Orm had closed in March.", CORRECTED, False),
        ("The mill at Orm was shut in March.", CORRECTED, False),
        ("The mill at Orm makes paper for the schools of the county.", CORRECTED, True),
        ("An earlier version of this article said the mill at Orm had closed in March.", CORRECTED, True),
        ("The mill at Orm had closed in March.", LIE, False),
        ("Jon Farrow said that the mill at Orm had closed in March.", LIE, True),
        ("The mill makes paper.", LIE, True),
        ("The mill burned in May.", "The mill burned in May. This claim is false.", False),
        ("The mill burned in May.", "The mill burned in May. This claim is said to be false by few.", True),
    ],
)
def test_what_a_source_takes_back_bears_out_nothing(claim: str, source: str, supported: bool) -> None:
    report = api.check(claim, source, backend=assemble(resolve({"backend": "embedded"})))

    outcome = report.checks[0].outcome
    assert isinstance(outcome, (Verdict, Undecided))
    assert (isinstance(outcome, Verdict) and outcome.label is Label.SUPPORTED) is supported


STRUCK = """The ferry to Orm sails at noon. A ticket costs ~~30~~ 45 crowns.

- ~~The mill closed in March~~
- ~~The mayor resigned.~~ The mayor stays.

<del>All sailors lose their jobs.</del>
"""


@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        ("A ticket costs 45 crowns.", True),
        ("A ticket costs 30 crowns.", False),
        ("The mill closed in March.", False),
        ("The mayor resigned.", False),
        ("The mayor stays.", True),
        ("All sailors lose their jobs.", False),
    ],
)
def test_what_a_source_strikes_out_bears_out_nothing(claim: str, supported: bool) -> None:
    report = api.check(claim, STRUCK, backend=assemble(resolve({"backend": "embedded"})))

    outcome = report.checks[0].outcome
    assert (isinstance(outcome, Verdict) and outcome.label is Label.SUPPORTED) is supported
    assert [one for one in report.run.warnings if "struck text was not read: 100 characters" in one]


def test_what_a_source_strikes_out_is_in_no_summary() -> None:
    text = api.summarize(STRUCK, sentences=5).summary.text

    assert not [word for word in ("30", "mill", "resigned", "jobs") if word in text]


LETTER = """From: Ines Aldous <ines@ferry.example>
To: Jon Farrow
Date: Tue, 4 June 2024 09:12
Subject: End of the night ferry in May

The night ferry will stay until the end of August.

On Mon, 3 June 2024 at 17:02, Jon Farrow wrote:
> All thirty sailors lose their jobs.
"""
PAPER = """The council voted on Tuesday for dearer tickets. The brewery burned for two hours.

Photo: Firefighters at the brewery on Monday morning.

> Every family will pay 400 euros more. Nobody asked the islanders.

The islanders meet on Friday in the school.
"""


@pytest.mark.parametrize(
    ("claim", "source", "supported"),
    [
        ("The night ferry will stay until the end of August.", LETTER, True),
        ("Ines Aldous wrote that the night ferry will stay until the end of August.", LETTER, True),
        ("Jon Farrow wrote that the night ferry will stay until the end of August.", LETTER, False),
        ("All thirty sailors lose their jobs.", LETTER, False),
        ("Jon Farrow wrote that all thirty sailors lose their jobs.", LETTER, True),
        ("The night ferry ended in May.", LETTER, False),
        ("Every family will pay 400 euros more.", PAPER, False),
        ("Firefighters were at the brewery on Monday morning.", PAPER, True),
        ("The brewery burned for two hours on Monday morning.", PAPER, False),
        ("The islanders meet on Friday in the school.", PAPER, True),
    ],
)
def test_quoted_blocks_captions_and_heads_of_e_mails_bear_out_what_they_say_alone(
    claim: str, source: str, supported: bool
) -> None:
    report = api.check(claim, source, backend=assemble(resolve({"backend": "embedded"})))

    outcome = report.checks[0].outcome
    assert isinstance(outcome, (Verdict, Undecided))
    assert (isinstance(outcome, Verdict) and outcome.label is Label.SUPPORTED) is supported


def test_a_sentence_goes_on_behind_the_edge_of_a_page() -> None:
    text = "The ferry is old. It sails at\n\n- 12 -\n\nnoon on weekdays, and takes two hours to reach the island in a calm sea.\n\n"
    source = text + "".join(
        f"Boat {name} is new. It came from the yard at Mallow in the spring of the year, with a loud horn.\n\n- {number} -\n\n"
        for number, name in enumerate("abcd", 13)
    )

    outcome = api.check("The ferry sails at noon on weekdays.", source).checks[0].outcome

    assert isinstance(outcome, Verdict)
    assert [one.quote for one in outcome.evidence][-2:] == [
        "It sails at",
        "noon on weekdays, and takes two hours to reach the island in a calm sea.",
    ]


def test_captions_notes_and_quoted_blocks_are_no_key_sentences_and_in_no_summary() -> None:
    report = api.summarize(PAPER, sentences=5)

    assert report.coverage is not None
    told = [one.evidence.quote for one in report.coverage.key_sentences] + [report.summary.text]
    assert not [one for one in told if "Photo" in one or "euros" in one or "islanders." in one]


@pytest.mark.parametrize("label", ["", "Fares: ", "**Fares:** "])
def test_a_piece_that_leaves_its_condition_behind_is_never_supported_however_little_the_model_says(label: str) -> None:
    source = f"The council met on Monday.\n\n{label}A ticket will cost 4 crowns from May, unless the county pays half.\n\nSnow fell on two roads in the night."

    outcome = api.check("A ticket will cost 4 crowns from May.", source).checks[0].outcome

    assert not (isinstance(outcome, Verdict) and outcome.label is Label.SUPPORTED)
