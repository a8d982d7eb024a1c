"""The kinds of findings: what of a claim stands nowhere in the source, and the words to put beside it."""

import json
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings

import summarizer.findings
from summarizer.extraction.accounting import excess
from summarizer.findings import Difference, Kind, Passage, compare, dates, kinds, names, numbers, offices, quotations
from summarizer.grounding import stands_in
from summarizer.schema import FindingKind
from tests.texts import nasty_text

EVALS = Path(__file__).parents[2] / "evals"

# Kind, claim, evidence, the claim's words, the words beside them (none: nowhere).
DIFFERENT = [
    (numbers, "All 32 members agreed.", "All 31 members agreed.", "32", "31"),
    (numbers, "The path to Tarn is 7 km long.", "The path to Tarn is 5 miles long.", "7 km", "5 miles"),
    (numbers, "The new roof cost $72m.", "The new roof cost $27m.", "$72m", "$27m"),
    (numbers, "Prices in Tarn rose by 6 per cent.", "Prices in Tarn rose by 5 per cent.", "6 per cent", "5 per cent"),
    (numbers, "The fire killed 44 sheep.", "The fire killed sheep on the hill.", "44", None),
    (numbers, "Forty-eight people came.", "Eight people came.", "Forty-eight", "Eight"),
    (numbers, "8 in 10 nurses left.", "90% of nurses left, and 10 doctors.", "8 in 10", "90%"),
    (numbers, "80% of nurses left.", "Nine in ten nurses left.", "80%", "Nine in ten"),
    (numbers, "Tarn won the cup 3-2.", "Tarn won the cup 3-1.", "3-2", "3-1"),
    (numbers, "All 32 members agreed.", "All 31 members agreed, and 29 members of Tarn.", "32", "31"),
    (numbers, "All 45 members agreed.", "All 31 members came, and of them 29 agreed with 8 other members.", "45", None),
    (numbers, "Net debt was £7m in June.", "Net debt was £9m in June, down from £11m.", "£7m", "£9m"),
    (numbers, "The agency fee is £157.", "Rent is £850, the deposit £1,000 and the agency fee £175.", "£157", "£175"),
    (numbers, "It is closed to lorries over 5.7 tonnes.", "It is closed to lorries over 7.5 tonnes by 6 to 3 votes.", "5.7 tonnes", "7.5 tonnes"),
    (numbers, "The works make more than 9,000 cars.", "The works make 8,812 cars.", "9,000", "8,812"),
    (numbers, "Mrs Pell, 54, denies the fraud in Orm.", "Mrs Pell, 52, denies fraud in Orm, where 3 sons live.", "54", "52"),
    (numbers, "Orm is half a mile from Tarn.", "Orm is a quarter of a mile from Tarn and half as old.", "half a mile", "a quarter of a mile"),
    (numbers, "Each tenant is repaid £3,420.", "The firm must pay £3,240 to the tenants.", "£3,420", "£3,240"),
    (numbers, "Gusts reached 92 mph.", "Gusts reached 132 km/h (82 mph).", "92 mph", "82 mph"),
    (numbers, "In Orm 475 of those infected died.", "In Orm 870 were infected, and 457 deaths were reported.", "475", "457"),
    (dates, "The trial began on Tuesday.", "The trial began on Thursday.", "Tuesday", "Thursday"),
    (dates, "The ferry sank in June.", "The ferry sank, and it may sink again.", "June", None),
    (dates, "The ferry sank on 3 June.", "The ferry sank on May 3.", "3 June", "May 3"),
    (dates, "The ferry sank on 3 June.", "The ferry sank on 4 June.", "3 June", "4 June"),
    (dates, "It sails from 24 April.", "It sails again in April: from 14 April, the board said.", "24 April", "14 April"),
    (dates, "It closes from 3 to 11 July.", "It is open from 12 May; it closes from 3 to 9 July.", "3 to 11 July", "3 to 9 July"),
    (dates, "The dividend will be paid on 13 May.", "A dividend is paid on 3 May to holders of 5 April.", "13 May", "3 May"),
    (dates, "Ana Pell was born in 1913.", "Ana Pell was born on 2 May 1931.", "1913", "1931"),
    (dates, "Ana, from Orm, fell ill in Marl and was moved on Friday to Tarn.", "A girl was moved on Sunday by helicopter to Tarn, a city with a clinic for rare fevers.", "Friday", "Sunday"),
    (dates, "It is shut on 26 December.", "It is shut on 24 and 25 December.", "26 December", "24 and 25 December"),
    (dates, "It runs July 3-9.", "It runs from 3 to 7 July.", "July 3-9", "3 to 7 July"),
    (dates, "The mill shut in October.", "The mill sold out and shut.", "October", None),
    (dates, "The mill shut in 1998.", "The mill shut in 1989.", "1998", "1989"),
    (dates, "The mill shut in 1998.", "The mill shut.", "1998", None),
    (dates, "It ran from 1984 to 1988.", "It ran from 1984–87, in the hall.", "1988", "87"),
    (dates, "It is open on Sunday, 5 May.", "It is open on Sat 5 May.", "Sunday", "Sat"),
    (names, "King Magnus Ⅵ opened it.", "King Magnus Ⅳ opened it.", "King Magnus Ⅵ", "King Magnus Ⅳ"),
    (names, "Robert Holm Sr. runs the bank.", "Robert Holm Jr. runs the bank.", "Robert Holm Sr", "Robert Holm Jr"),
    (names, "Agnieta Tolvaj opened the vote.", "Agnieta Kolmar opened the vote.", "Agnieta Tolvaj", "Agnieta Kolmar"),
    (names, "Ohio Senator Dora Holm spoke.", "Senator Ada Holm spoke.", "Ohio Senator Dora Holm", "Senator Ada Holm"),
    (names, "Ohio Senator Holm spoke.", "Senator Ada Holm spoke.", "Ohio Senator Holm", None),
    (names, "PM Holm spoke.", "Ada Holm spoke.", "PM Holm", None),
    (names, "The TAF met.", "The Tarn and Marl Community met.", "TAF", None),
    (names, "Striker Holm spoke.", "Ada Holm spoke.", "Striker Holm", None),
    (names, "Marvel Comics told of it.", "DC Comics told of it.", "Marvel Comics", "DC Comics"),
    (names, "Ada Holm spoke.", "A. Holm spoke.", "Ada Holm", None),
    (names, "Dean Holm spoke.", "Ada Holm spoke.", "Dean Holm", "Ada Holm"),
    (names, "ITV News told of it.", "BBC News told of it.", "ITV News", "BBC News"),
    (names, "The ferry left for Tarn.", "The ferry left for Orsk.", "Tarn", None),
    (names, "NATO has 31 members.", "The alliance has 31 members.", "NATO", None),
    (offices, "Czech Premier Petr Holm spoke.", "Slovak Premier Petr Holm spoke.", "Czech Premier Petr Holm", "Slovak Premier Petr Holm"),
    (quotations, "He called it “a great mess”.", "He called it “a fine mess”.", "“a great mess”", None),
    (quotations, "He said: “[They] will stop it in court”.", "“We will fight it in court.”", "[They] will stop it in court", "We will fight it in court"),
    (quotations, "He said: “We will [not] fight it”.", "“We will fight it.”", "We will [not] fight it", "We will fight it"),
    (quotations, "He said: “We [will] fight it”.", "“We will not fight it.”", "We [will] fight it", "We will not fight it"),
    (quotations, "He said: “We [love] Tarn”.", "“We fight it in court, and the council and all of its lawyers are to pay for this great mess in Tarn.”", "“We [love] Tarn”", None),
    (quotations, "He said: “[I was wrong]”.", "“We will fight it.”", "“[I was wrong]”", None),
    (quotations, "They “fight[s] on”.", "He fought on.", "“fight[s] on”", None),
]  # fmt: skip

SAME = [
    (numbers, "NATO has thirty-one members.", "All 31 members agreed."),
    (numbers, "120000 people came.", "Some 120,000 people came."),
    (numbers, "It sold 120 thousand loaves.", "It sold 120,000 loaves."),
    (numbers, "It sold 2,500,000 loaves.", "It sold 2.5 million loaves."),
    (numbers, "Forty-eight people came.", "48 people came."),
    (numbers, "It sold 12 cakes.", "It sold a dozen cakes."),
    (numbers, "It cost 1.2m euros.", "It cost €1,200,000."),
    (numbers, "Two-thirds of them struck.", "Some 67 per cent of them struck."),
    (numbers, "9 out of 10 nurses left.", "90% of nurses left."),
    (numbers, "90% of nurses left.", "Nine in ten nurses left."),
    (numbers, "5 out of 8 members left.", "Five of the eight members left."),
    (numbers, "The path is 8 km long.", "The path is 5 miles long."),
    (numbers, "64 people came.", "1,204 people left, and 64 people came."),
    (numbers, "The wall is 140 metres long.", "The wall is 140m long."),
    (dates, "It opens on 3 May.", "It opens on May 3, a Monday."),
    (dates, "It shut in May.", "it shut in may."),
    (dates, "It is shut on 24 December.", "It is shut on 24 and 25 December."),
    (dates, "It runs July 3-7.", "It opens on 3 July and shuts on 7 July."),
    (dates, "It ends on August 11.", "The Open, August 3-11 Orlando."),
    (dates, "It shut in September.", "it shut last september."),
    (dates, "It opened on Tuesday.", "Tuesdays are quiet."),
    (dates, "It opened in 1995.", "It opened in the 1990s."),
    (dates, "Augusta beat the Marchers of Junebug.", "They were beaten."),
    (dates, "It ran from 1984 to 1987.", "It ran from 1984–87."),
    (dates, "It ran in 2019/20.", "It ran in 2019 and 2020."),
    (dates, "It ran in 1998-99.", "It ran from 1998 to 1999."),
    (dates, "It is open on Saturday, 5 May.", "It is open on Sat 5 May."),
    (dates, "It is open on SAT, 5 MAY.", "It is open on Saturday 5 May."),
    (numbers, "It ran from 1984 to 1987.", "It ran from 1984–87."),
    (numbers, "About 500 people came.", "497 people came."),
    (dates, "Crates arrive on 10 June.", "Pack by 13 June; crates arrive on the 10th."),
    (numbers, "More than 8,800 cars were made.", "They made 8,812 cars."),
    (names, "He died in 44 BCE.", "He died in 44 BC."),
    (names, "King Magnus IV opened it.", "King Magnus Ⅳ opened it."),
    (names, "Tolvaj said no.", "Prime Minister Agnieta Tolvaj said no."),
    (names, "Dovarian ministers met Dovaria’s council.", "Ministers of Dovaria met the council."),
    (names, "The U.S. signed.", "The US signed."),
    (names, "DCI Holm spoke.", "Detective Chief Inspector Ada Holm spoke."),
    (names, "Man City won, said Bill Holm.", "Manchester City won, said William Holm."),
    (names, "Zo\u00eb Holm met Zoe\u0308 Pell.", "Zoe\u0308 Holm met Zo\u00eb Pell."),
    (names, "It is in Dov\u00adaria.", "It is in Dovaria."),
    (offices, "Premier Petr Holm spoke.", "Slovak Premier Petr Holm spoke."),
    (offices, "Ana Pell, the head of transport, left.", "The head of transport, Ana Pell, left."),
    (quotations, "He called it “a fine mess.”", 'He called it "a  fine mess" at noon.'),
    (quotations, "He said: “[The club] will fight it [in court]”.", "“We will fight it.”"),
    (quotations, "He called it “[a] fine mess of [their] work”.", "He called it “the fine mess of our work”."),
    (quotations, "He said: “We (the club) will fight it.”", "“We will fight it.”"),
    (quotations, "He said: “We [had not] won”.", "“We hadn't won.”"),
    (quotations, "He said “[i]t was over”.", "“It was over.”"),
    (quotations, "He said “[i]t was a [sic] mess”.", "“It was a mess.”"),
    (quotations, "He “want[s] to leave”.", "“We want to leave,” he said."),
    (quotations, "He said: “[The club] won (…) and [it] left”.", "“We won all our games at home and we left.”"),
    (names, "He said: “[T]he club won”.", "“The club won.”"),
    (names, "The TFC met.", "The Tarn and Fells Community met."),
    (names, "The Ministry of Docks said no.", "The MoD said no."),
    (names, "The Tarn Union Peace Council met.", "The TU Peace Council met."),
]


@pytest.mark.parametrize(("kind", "claim", "evidence", "claimed", "given"), DIFFERENT)
def test_a_difference_shows_its_words(
    kind: ModuleType, claim: str, evidence: str, claimed: str, given: str | None
) -> None:
    (only,) = kind.find(claim, Passage(evidence))

    assert claim[only.start : only.end] == claimed
    assert (evidence[slice(*only.source)] if only.source else None) == given


@pytest.mark.parametrize(("kind", "claim", "evidence"), SAME)
def test_the_same_in_other_words_is_no_difference(kind: ModuleType, claim: str, evidence: str) -> None:
    assert kind.find(claim, Passage(evidence)) == []


@pytest.mark.parametrize(
    ("claim", "evidence", "beyond"),
    [
        ("More than a third of the mills shut.", "More than a quarter of the mills shut.", True),
        ("More than a fifth of the mills shut.", "More than a quarter of the mills shut.", False),
        ("Up to 20 mills shut.", "As many as 30 mills shut.", True),
        ("About 40 mills shut.", "In all 70 mills shut.", True),
        ("Exactly 68 mills shut.", "In all 70 mills shut.", True),
        ("The mill has been shut since the 1980s.", "The mill has been shut since at least the 1990s.", True),
        ("The mill was shut before 2015.", "The mill was shut in March 2011.", False),
        ("The mill was shut before 2005.", "The mill was shut in March 2011.", True),
        ("The mill was shut after 2015.", "The mill was shut in March 2011.", True),
        ("The mill of Orm shuts by 3 August.", "The mill of Orm shuts on 20 August.", True),
        ("The mill of Orm is shut until July 2025.", "The mill of Orm is shut until 12 June 2025.", True),
        ("The mill of Orm is shut until July.", "The mill of Orm is shut until 12 June 2025.", False),
    ],
)
def test_what_stands_before_a_value_leaves_open_what_it_says(claim: str, evidence: str, beyond: bool) -> None:
    (only,) = compare(claim, Passage(evidence))

    assert only.source
    assert only.beyond is beyond


def test_half_a_word_is_not_shown_as_an_office() -> None:
    assert offices.find("Chairman Petr Holm spoke.", Passage("Their director-general Petr Holm spoke.")) == []


@pytest.mark.parametrize(("kind", "claim", "evidence"), [row[:3] for row in DIFFERENT])
def test_what_stands_elsewhere_in_the_source_is_no_difference(kind: ModuleType, claim: str, evidence: str) -> None:
    assert kind.find(claim, Passage(evidence, f"{evidence}\n{claim}")) == []


def test_notes_are_plain_and_true_of_the_words_that_are_shown() -> None:
    (pair,) = compare("All 32 members agreed.", Passage("All 31 members agreed."))
    (lost,) = compare("The ferry left for Tarn.", Passage("The ferry left for Orsk."))

    assert pair.note == "the source says “31”"
    assert lost.note == "“Tarn” does not appear in the source"


@settings(max_examples=400)
@given(claim=nasty_text, text=nasty_text)
def test_every_difference_slices_back_and_its_note_is_true(claim: str, text: str) -> None:
    for one in compare(claim, Passage(text)):
        assert 0 <= one.start < one.end <= len(claim)
        if one.source is None:
            assert not stands_in(claim[one.start : one.end], text)
            assert one.note.endswith("does not appear in the source")
        else:
            assert 0 <= one.source[0] < one.source[1] <= len(text)
            assert one.note == f"the source says “{' '.join(text[slice(*one.source)].split())}”"


@settings(max_examples=300)
@given(nasty_text)
def test_a_text_differs_in_nothing_from_itself(text: str) -> None:
    assert compare(text, Passage(text)) == ()


@pytest.mark.parametrize("text", ["", " ", ".", "1", "“", "\x00", "No.", "U.S.", "B㆖"])
def test_next_to_nothing_is_compared_without_a_crash(text: str) -> None:
    assert compare(text, Passage(text)) == ()


def test_importing_a_kind_gives_its_module() -> None:
    for module in summarizer.findings.MODULES:
        assert isinstance(getattr(summarizer.findings, module), ModuleType)
    assert [kind.name for kind in kinds()] == list(summarizer.findings.MODULES)


def test_a_kind_that_is_added_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(claim: str, _: Passage) -> list[Difference]:
        return [Difference(FindingKind.OTHER, 0, len(claim), None, "shouted")] if claim.isupper() else []

    monkeypatch.setattr(numbers, "ENTRY", Kind("shouts", "capitals throughout", find))
    kinds.cache_clear()
    try:
        found = [one.note for one in compare("NO!", Passage("No!"))]
    finally:
        monkeypatch.undo()
        kinds.cache_clear()

    assert found == ["shouted"]


@pytest.mark.parametrize(
    ("text", "origin", "more"),
    [
        ("Holm raised it on Monday.", "He raised it on Monday.", None),
        ("Holm raised it on Monday.", "He raised it.", "Monday"),
        ("All 31 members agreed.", "All members agreed.", "31"),
        ("The mayor of Kyrsk is in Tarn.", "Troops may go to Tarn.", "Kyrsk"),
    ],
)
def test_a_claim_may_not_say_more_than_its_summary(text: str, origin: str, more: str | None) -> None:
    assert excess(text, origin, f"Holm spoke. {origin}") == more


@pytest.mark.parametrize(("part", "caught", "alarms"), [("dev", 0.67, 0.31), ("dev2", 0.6, 0.58), ("test", 0.72, 0.27)])
def test_the_table_of_quantities_is_read_as_well_as_measured(part: str, caught: float, alarms: float) -> None:
    # Most alarms are values that follow from others: sums, lists, relative dates. `dev2` is made of what goes wrong.
    counts = {True: [0, 0], False: [0, 0]}
    for case in json.loads((EVALS / "quantities" / f"{part}.json").read_text(encoding="utf-8")):
        claim, passage = case["claim"], Passage(case["evidence"])
        counts[case["expect"] != "agree"][0] += bool(numbers.find(claim, passage) or dates.find(claim, passage))
        counts[case["expect"] != "agree"][1] += 1

    assert counts[True][0] / counts[True][1] >= caught, counts
    assert counts[False][0] / counts[False][1] <= alarms, counts


@pytest.mark.parametrize(
    ("claim", "source", "differs"),
    [
        ("Unemployment fell to 5,8 percent.", "Unemployment fell to 5,3 percent.", True),
        ("Unemployment fell to 5,3 percent.", "Unemployment fell to 5.3 percent.", False),
        ("They meet in rooms 3,4.", "They meet in room 3 and in room 4.", False),
    ],
)
def test_a_decimal_comma_parts_no_number_that_the_source_has_by_chance(claim: str, source: str, differs: bool) -> None:
    assert bool(numbers.find(claim, Passage(source))) is differs
