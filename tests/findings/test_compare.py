"""Guards: the kinds of difference that they find, and the honest paraphrase that they let pass."""

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summarizer.findings.excess import excess

from summarizer.findings import Passage, compare, passage_of
from summarizer.findings.dates import dates
from summarizer.findings.modality import GOVERNING, Governing
from summarizer.findings.numbers import numbers, stated_quantities
from summarizer.language.patterns import has_any
from summarizer.language.sentences import sentences
from summarizer.language.time_expressions import time_expressions
from summarizer.schema import Document
from tests.texts import nasty_text

EVALS = Path(__file__).parents[2] / "evals"
SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt")).read_text(encoding="utf-8")


@settings(max_examples=1_500)
@given(claim=nasty_text, text=nasty_text)
def test_every_finding_points_at_words(claim: str, text: str) -> None:
    for finding in compare(claim, Passage(text=text)):
        assert 0 <= finding.start < finding.end <= len(claim)
        if finding.source is not None:
            assert 0 <= finding.source[0] < finding.source[1] <= len(text)


@pytest.mark.parametrize("text", ["", " ", ".", "1", "“", "\x00", "No.", "U.S."])
def test_next_to_nothing_is_compared_without_a_crash(text: str) -> None:
    assert compare(text, Passage(text=text)) == ()


@pytest.mark.parametrize("hedge", GOVERNING, ids=lambda hedge: hedge.words[0])
@settings(max_examples=300)
@given(data=st.data())
def test_no_hedge_is_without_the_words_that_are_looked_for_first(hedge: Governing, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(hedge.pattern, alphabet=st.characters(max_codepoint=127)))

    assert has_any(text, hedge.words)


SAME = [
    ("Thirty-one members agreed.", "All 31 members agreed."),
    ("It sold 12 cakes.", "It sold a dozen cakes."),
    ("It cost 1.2m euros.", "It cost €1,200,000."),
    ("About 500 people marched.", "Police counted 497 people."),
    ("More than 300 boats entered.", "There were 312 boats in the race."),
    ("Between 80 and 90 people work there.", "The quarry has 85 people."),
    ("Two-thirds of the teachers struck.", "Some 67 per cent of the teachers struck."),
    ("The path is 5 miles long.", "The path is 8 km long."),
    ("It was 30C in the shade.", "It was 86F in the shade."),
    ("They signed ten-year deals.", "They signed 10-year deals."),
    ("Holm, 34, was hurt.", "The 34-year-old Holm was hurt."),
    ("It opens on 3 May.", "It opens on May 3, a Monday."),
    ("Profit fell in Q3.", "Profit fell in the third quarter."),
    ("It shut at 6pm.", "It shut at 18:00."),
    ("Macron raised it on Monday.", "Tuesday's statements came a day after Macron raised it."),
    ("Tusk said no.", "Polish Prime Minister Donald Tusk said no."),
    ("Kyiv was hit.", "Kiev was hit overnight."),
    ("The United Kingdom signed.", "The UK signed at last."),
    ("Nothing was decided.", "Ministers did not decide anything."),
    ("City played 30 minutes with ten men.", "City played the last half hour with ten men."),
    ("Fewer than half of the wells were tainted.", "Four of eleven wells were tainted."),
    (
        "The board backed it two days before the news.",
        "On Wednesday 18 June it told what it had backed on Monday 16 June.",
    ),
    ("The cell keeps 83 per cent at minus 20 degrees.", "The cell keeps 83 per cent at minus 20 degrees Celsius [1]."),
    ("Members are free to help.", "Nothing prevents members from helping."),
    ("The alert reached the town only at noon.", "The alert did not reach the town until noon."),
    ("Ana Pell is considering a plan.", "Ana Pell backs neither side and that she is considering a plan is known."),
    ("Bruno Hasselik, leader of the Path, spoke.", "The leader of the Path, the former general Bruno Hasselik, spoke."),
    ("According to Ana Pell, Lee Fox suspects a leak.", "Lee Fox suspects a leak, and Ana Pell is not so sure."),
    ("Sivert Pell does not exclude leaving the club.", "Nor does Sivert Pell rule out leaving the club."),
    ("Sivert Pell declined to rule out a strike.", "Sivert Pell wouldn't rule out a strike."),
    (
        "Vessa Ruhl refused to give up her seat.",
        "Ruhl, whose majority was reduced in May, rejected calls to resign her seat.",
    ),
    ("Noor al-Hamadi called the bridge unsafe.", "The engineer, Noor al-Hamadi, said the bridge was unsafe."),
    ("Closing Tarn Lane saves 40 crowns, says Ana Pell.", "Closing Tarn Lane would save 40 crowns, Ana Pell said."),
    ("The ferry will be out for between seven and nine weeks.", "The ferry will be out for seven to nine weeks."),
    ("Just 40 seconds into the race a mast broke.", "A mast broke 40 seconds into the race."),
    ("Some 64 km of the dyke are done.", "All the locks are finished, and 64 km of the dyke are done."),
    ("Most of the six councils said no.", "Four of the six councils have already said no."),
    ("Ana Pell is thinking about selling the mill.", "Ana Pell said she was considering selling the mill."),
    ("In Ana Pell's view, eels will get cheaper by May.", "Ana Pell expects eels to get cheaper by May."),
    (
        "Under the plan, two ferries would go to Tarn.",
        "The council has proposed sending two ferries to Tarn, and may vote on it.",
    ),
    ("The pier is due to be moved to Tarn.", "The pier is to be moved to Tarn in May, the council said."),
    (
        "The fire was not caused by a cable.",
        "Investigators ruled out a cable and found petrol in the shed where the fire began.",
    ),
    (
        "Lee Fox was dismissed after Ana Pell had been hired.",
        "Ana Pell was hired in May. Lee Fox was dismissed in June.",
    ),
    (
        "The crew left Orsk on 20 February, more than two weeks before the ice.",
        "The crew left Orsk on February 20. The ice came on March 9.",
    ),
]


@pytest.mark.parametrize(("claim", "evidence"), SAME)
def test_the_same_thing_in_other_words_is_let_pass(claim: str, evidence: str) -> None:
    assert [finding.note for finding in compare(claim, Passage(text=evidence))] == []


OTHER = [
    ("number", "All 32 members agreed.", "All 31 members agreed.", "32", "31"),
    ("number", "The path is 5 km long.", "The path is 5 miles long.", "5 km", "5 miles"),
    ("number", "It cost $72m.", "It cost £72m.", "$72m", "£72m"),
    ("number", "It rose by 5 per cent.", "It rose by five percentage points.", "5 per cent", "five percentage points"),
    ("date", "The trial began on Tuesday.", "The trial began on Thursday.", "Tuesday", "Thursday"),
    ("date", "It shuts at 5 p.m.", "It shuts at 1 p.m.", "5 p.m.", "1 p.m."),
    ("negation", "The library will close.", "The library will not close.", "close", "not"),
    ("other", "Shares in the firm rose by a tenth.", "Shares in the firm fell by a tenth.", "rose", "fell"),
    ("number", "All members backed the plan.", "Most members backed the plan.", "All", "Most"),
    ("quotation", "He called it “a great mess”.", "He called it “a fine mess”.", "“a great mess”", "“a fine mess”"),
    ("name", "Agnieta Tolvaj opened the vote.", "Agnieta Kolmar opened the vote.", "Agnieta Tolvaj", "Agnieta Kolmar"),
]


@pytest.mark.parametrize(("kind", "claim", "evidence", "claimed", "given"), OTHER)
def test_a_difference_is_a_pair_of_words(kind: str, claim: str, evidence: str, claimed: str, given: str) -> None:
    found = [
        (finding.kind.value, claim[finding.start : finding.end], evidence[slice(*finding.source)])
        for finding in compare(claim, Passage(text=evidence))
        if finding.source
    ]

    assert (kind, claimed, given) in found


LOST = [
    ("a name that the source lacks", "Sami Okonedo scored.", "Luis Maranzo scored twice, and Maranzo was cheered."),
    ("a number that the evidence lacks", "The fire killed 44 sheep.", "The fire killed sheep on the hill."),
    ("altered words in quotation marks", "He called it “a great mess”.", "He called it “a fine mess”."),
    ("an accusation that became a fact", "The firm hid the report.", "Ana Pell claimed that the firm hid the report."),
    ("a hedge that hardened", "The bank raised its rate.", "The bank may raise its rate, said Ana Pell."),
    ("an invented cause", "Trains stopped because of a strike.", "Trains stopped on Monday at noon."),
    ("a statement given to another", "Lee Fox said the dam is safe.", "Ana Pell said the dam is safe. Lee Fox left."),
    ("a contrary word far down a list", "The crowd cheered the mill's owner.", "The crowd jeered the mill's owner."),
    (
        "a contrary particle verb",
        "The board adopted the plan for the mill.",
        "The board voted down the plan for the mill.",
    ),
    (
        "a contrary word in a sentence that goes on",
        "Ana Pell rebuked the crew of the ferry.",
        "Ana Pell spoke of the ferry in Tarn. She praised the crew.",
    ),
    (
        "a condition that was lost",
        "The firm will pay for the dyke in May.",
        "The firm will pay for the dyke in May if the council agrees.",
    ),
    (
        "a condition told as met",
        "Having won the vote, the firm hopes to build a dyke in May.",
        "The firm hopes to build a dyke in May if it wins the vote.",
    ),
    (
        "a plan told as done",
        "The council has approved a cut in the ferry's grant.",
        "The council is considering whether to cut the ferry's grant.",
    ),
    (
        "a wish told as certain",
        "The group will sink ten wells in the delta.",
        "The group hopes to sink ten wells in the delta.",
    ),
    (
        "a cause that is ruled out",
        "The mill shut because of budget cuts.",
        "The mill shut because orders fell, and not because of budget cuts.",
    ),
    (
        "a deputy for the head",
        "Deputy governor Ana Pell said rates may fall.",
        "Governor Ana Pell said rates may fall.",
    ),
    ("neither told as both", "Both ferries would have reached Tarn.", "Neither ferry would have reached Tarn."),
]


def test_a_name_that_the_evidence_does_not_speak_of_is_found() -> None:
    article = "Oskar Brandt runs the mill in Tarn. Lea Voss owns the quarry.\n\n" + "It rained for a week. " * 80
    document = Document.of(article + "\n\nOskar Brandt opened the fair with a song about herring.")
    every = sentences(document)
    passage = passage_of(every[-1:], document, every)

    assert compare("Oskar Brandt opened the fair with a song.", passage) == ()
    (finding,) = compare("Lea Voss opened the fair with a song about herring.", passage)
    assert (finding.kind.value, finding.note) == ("name", "the evidence names Oskar Brandt")


@pytest.mark.parametrize(("claim", "evidence"), [row[1:] for row in LOST], ids=[row[0] for row in LOST])
def test_what_the_evidence_does_not_bear_out_is_found(claim: str, evidence: str) -> None:
    assert compare(claim, Passage(text=evidence)) != ()


@pytest.mark.parametrize(
    "claim",
    [
        "Polish Prime Minister Petr Fiala said he was not considering sending troops.",
        "Petr Fiala, the Polish prime minister, was not considering sending troops.",
    ],
)
def test_an_office_given_to_the_wrong_person_is_found(claim: str) -> None:
    document = Document.of(SEED)
    every = sentences(document)
    passage = passage_of([one for one in every if "Fiala" in one.text], document, every)

    assert [finding.kind.value for finding in compare(claim, passage)] == ["role"]


def pairs(split: str, *, width: int | None = None) -> Iterator[tuple[dict[str, Any], Passage]]:
    """The labelled pairs with their evidence; with a `width`, out of articles that were wrapped by hand."""
    for file in sorted((EVALS / "pairs").glob("*.json")):
        labelled = json.loads(file.read_text(encoding="utf-8"))
        text = (EVALS / "articles" / labelled["article"]).read_text(encoding="utf-8")
        document = Document.of(wrapped(text, width) if width else text)
        every = sentences(document)
        for pair in labelled["pairs"] if labelled["split"] == split else ():
            quotes = [" ".join(quote.split()) for quote in pair["evidence"]]
            lines = [(one, " ".join(one.text.split())) for one in every]
            evidence = [one for one, line in lines if any(line in quote or quote in line for quote in quotes)]
            yield pair, passage_of(evidence, document, every)


def wrapped(text: str, width: int) -> str:
    paragraphs = (line for line in text.split("\n") if line.strip())
    return "\n\n".join(textwrap.fill(one, width, break_on_hyphens=False) for one in paragraphs)


def test_a_text_that_was_wrapped_by_hand_is_compared_as_any_other() -> None:
    apart = [
        (claim, [finding.note for finding in compare(claim, one)], [finding.note for finding in compare(claim, other)])
        for (pair, one), (_, other) in zip(pairs("dev"), pairs("dev", width=72), strict=True)
        for claim in (pair["supported"], pair["broken"])
        if bool(compare(claim, one)) is not bool(compare(claim, other))
    ]

    assert apart == []


# What a search without regard to case takes for i, s and k; and white space of every kind between words.
@pytest.mark.parametrize(("plain", "strange"), ["iı", "iİ", "sſ", "k\u212a", " \n", " \u00a0"])
def test_strange_letters_in_numbers_and_dates_are_read_as_plain_ones(plain: str, strange: str) -> None:
    read = apart = 0
    for file in sorted((EVALS / "quantities").glob("*.json")):
        for case in json.loads(file.read_text(encoding="utf-8")):
            claim, evidence = (case[key].replace(plain, strange) for key in ("claim", "evidence"))
            for finding in compare(claim, Passage(text=evidence)):
                assert 0 <= finding.start < finding.end <= len(claim)
            for text in (case["claim"], case["evidence"]):
                read += 1
                apart += values(text) != values(text.replace(plain, strange))
    assert read > 800
    assert apart / read <= 0.03  # units and months are looked up by their letters


def values(text: str) -> tuple[list[tuple[float, float]], list[tuple[Any, ...]]]:
    """The worth of the numbers and dates of a text, without their places."""
    return [(one.low, one.high) for one in stated_quantities(text)], [one[2:] for one in time_expressions(text)]


def test_a_number_is_read_over_a_line_break_in_its_sentence() -> None:
    document = Document.of("A bakery sold more\nthan 40 cakes on\nMonday, and the mayor of the town was glad.")
    passage = passage_of(sentences(document), document, sentences(document))

    assert [finding.note for finding in compare("A bakery sold more than 40 cakes.", passage)] == []
    assert [finding.kind.value for finding in compare("A bakery sold fewer than 30 cakes.", passage)] == ["number"]


# Measured by benchmarks/guards.py; a floor is a little below, so that one claim does not turn the run red.
@pytest.mark.parametrize(
    ("split", "caught", "alarms"),
    [
        ("dev", 0.82, 0.05),
        ("test", 0.80, 0.11),
        ("held_out", 0.82, 0.10),
        ("held_out2", 0.47, 0.12),
        ("dev2", 0.60, 0.05),
        ("dev3", 0.53, 0.05),
        ("dev4", 0.54, 0.04),
        ("dev5", 0.70, 0.04),
    ],
)
def test_the_labelled_pairs_are_told_apart_as_well_as_measured(split: str, caught: float, alarms: float) -> None:
    labelled = list(pairs(split))
    broken = sum(bool(compare(pair["broken"], passage)) for pair, passage in labelled)
    wrong = sum(bool(compare(pair["supported"], passage)) for pair, passage in labelled)

    assert broken / len(labelled) >= caught
    assert wrong / len(labelled) <= alarms


@pytest.mark.parametrize(
    ("part", "caught", "alarms"), [("dev", 0.92, 0.05), ("dev2", 0.80, 0.30), ("test", 0.90, 0.15)]
)
def test_the_table_of_quantities_is_judged_as_well_as_measured(part: str, caught: float, alarms: float) -> None:
    counts = {True: [0, 0], False: [0, 0]}
    for case in json.loads((EVALS / "quantities" / f"{part}.json").read_text(encoding="utf-8")):
        passage = Passage(text=case["evidence"])
        found = bool(numbers(case["claim"], passage) or dates(case["claim"], passage))
        counts[case["expect"] != "agree"][0] += found
        counts[case["expect"] != "agree"][1] += 1

    assert counts[True][0] / counts[True][1] >= caught
    assert counts[False][0] / counts[False][1] <= alarms


def test_every_labelled_pair_is_sound() -> None:
    seen = set()
    for file in sorted((EVALS / "pairs").glob("*.json")):
        labelled = json.loads(file.read_text(encoding="utf-8"))
        article = (EVALS / "articles" / labelled["article"]).read_text(encoding="utf-8")
        for pair in labelled["pairs"]:
            assert pair["id"] not in seen
            seen.add(pair["id"])
            assert all(quote in article for quote in pair["evidence"]), pair["id"]
            assert pair["claim_words"] in pair["broken"], pair["id"]
            assert pair["source_words"] in article, pair["id"]


@pytest.mark.parametrize(
    ("text", "origin", "more"),
    [
        ("Macron raised it on Monday.", "He raised it on Monday.", None),
        ("Macron raised it on Monday.", "He raised it.", "Monday"),
        ("All 31 members agreed.", "All members agreed.", "31"),
        ("Kiev is the capital of Ukraine.", "Troops may go to Ukraine.", "Kiev"),
    ],
)
def test_a_claim_may_not_say_more_than_its_summary(text: str, origin: str, more: str | None) -> None:
    assert excess(text, origin, f"Macron spoke. {origin}") == more
