"""What could be put in the place of wrong words, and what a proposed wording changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language.sentences import sentences as sentences_of
from summarizer.language.time_expressions import time_expressions
from summarizer.repair.pairs import Origin, Swap, swaps
from summarizer.repair.passages import Passage
from summarizer.repair.reckoned import is_reckoned
from summarizer.repair.rewriting import rewritten, smallest
from summarizer.repair.sentences import own_sentence
from summarizer.repair.tries import Sources, tries_of
from summarizer.schema import Check, Claim, Document, Evidence, Finding, FindingKind, Kind, Label, Span, Verdict

SENTENCES = st.lists(st.sampled_from("a b c the 7 Tarn,  (so) ok.".split()), min_size=1, max_size=12).map(" ".join)


def contradicted(claim: str, source: str, quote: str | None = None) -> tuple[Check, Document]:
    document = Document.of(source, id="d1", name="article")
    words = quote or source
    start = document.text.index(words)
    piece = Evidence(document="d1", span=Span(start=start, end=start + len(words)), quote=words)
    check = Check(
        claim=Claim(id="c1", text=claim, kind=Kind.EVENT, origin=Span(start=0, end=len(claim))),
        outcome=Verdict(label=Label.CONTRADICTED, evidence=(piece,), judges=("test",)),
    )
    return check, document


def offered(claim: str, source: str) -> list[str]:
    check, document = contradicted(claim, source)
    split = sentences_of(document)
    found = swaps(check, claim, {"d1": split}, split)
    return [claim[: one.start] + one.after + claim[one.end :] for one in found]


def instead(claim: str, source: str, quote: str | None = None) -> str | None:
    check, document = contradicted(claim, source, quote)
    place = Span(start=0, end=len(claim))
    found = own_sentence(check, place, claim, {"d1": document}, {"d1": sentences_of(document)})
    return found.after if found else None


@pytest.mark.parametrize(
    ("claim", "source", "right"),
    [
        (
            "The bridge opened on Monday.",
            "The bridge opened on Friday, the mayor said.",
            "The bridge opened on Friday.",
        ),
        ("The bridge cost £3 million.", "The £8 million bridge has 40 lamps.", "The bridge cost £8 million."),
        ("Ilse Varn won the race.", "The race was won by Tove Brandt in 40 minutes.", "Tove Brandt won the race."),
        ("It was the smallest crowd.", "It was the biggest crowd of the year.", "It was the biggest crowd."),
    ],
)
def test_values_take_the_place_of_values_of_their_kind(claim: str, source: str, right: str) -> None:
    assert right in offered(claim, source)


@pytest.mark.parametrize(
    ("claim", "source", "right"),
    [
        ("It is shut on 26 December.", "It is shut on 24 and 25 December.", ["It is shut on 24 and 25 December."]),
        ("It runs from 3 to 9 July.", "It runs 3-7 July in Tarn.", ["It runs from 3-7 July."]),
        ("It opens on 2 July.", "The fair of Tarn runs from 3 to 7 July.", []),
        ("It runs from May 12 to 16.", "In Tarn it runs between 12 and 15 May.", []),
    ],
)
def test_a_range_of_days_stands_for_a_range_alone(claim: str, source: str, right: list[str]) -> None:
    assert offered(claim, source) == right


def test_no_pronoun_and_no_value_of_another_kind_comes_in() -> None:
    found = offered("Tove Brandt won the race in 40 minutes.", "She won the race for £40,000, who had trained in Tarn.")

    assert not any("She" in one or "£" in one or "who" in one for one in found)


@pytest.mark.parametrize(
    ("claim", "source", "right"),
    [
        ("The board deplored the vote.", "The board welcomed the vote.", "The board welcomed the vote."),
        ("The board deplored the vote.", "She welcomed the vote of the board.", None),
        (
            "The board deplored the vote.",
            "“The board is glad. The board welcomed the vote. It is good,” she said.",
            None,
        ),
        ("The board deplored the vote.", "We welcomed the vote of the board.", None),
        ("The board deplored the vote.", "According to her, the board welcomed the vote.", None),
        ("The board deplored the vote.", "Rain fell on the hills of Tarn all night.", None),
    ],
)
def test_the_sentence_of_the_source_stands_for_a_statement_only_where_it_can(
    claim: str, source: str, right: str | None
) -> None:
    assert instead(claim, source, source.split(". ")[1] + "." if source.startswith("“") else None) == right


@given(SENTENCES, SENTENCES)
def test_the_swaps_of_a_wording_make_that_wording(before: str, after: str) -> None:
    check, _ = contradicted(before, before)
    found = rewritten(check, Span(start=0, end=len(before)), before, after)

    made, at = "", 0
    for one in found:
        assert at <= one.start < one.end
        assert one.after
        made, at = made + before[at : one.start] + one.after, one.end
    assert (made + before[at:]).split() == after.split()


MARKED = "Mayor `Elena Brandt` cut the ribbon on [12 March 2023](https://x.org). It cost __45 million euros__ in all."


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        ("Mayor Elena Brandt cut the ribbon on 12 March 2022.", "Mayor Elena Brandt cut the ribbon on 12 March 2023."),
        ("It cost 54 million euros in all.", "It cost 45 million euros in all."),
    ],
)
def test_words_that_are_put_in_are_those_that_a_reader_sees(claim: str, right: str) -> None:
    check, document = contradicted(claim, MARKED)
    split = sentences_of(document)

    found = swaps(check, claim, {"d1": split}, split)

    assert right in [claim[: one.start] + one.after + claim[one.end :] for one in found]
    assert not any(sign in one.after for one in found for sign in "_`[]()/*")
    for one in found:
        assert one.evidence
        assert one.evidence.span.of(document.text) == one.evidence.quote


def test_words_in_bold_are_swapped_within_their_marks() -> None:
    summary = "It cost **54 million euros** and took _five_ years."
    check, document = contradicted(
        "It cost 54 million euros and took five years.", "It cost 45 million euros and took three years."
    )
    check = check.model_copy(
        update={"claim": check.claim.model_copy(update={"origin": Span(start=0, end=len(summary))})}
    )
    split = sentences_of(document)

    found = {
        summary[: one.start] + one.after + summary[one.end :] for one in swaps(check, summary, {"d1": split}, split)
    }

    assert "It cost **45 million euros** and took _five_ years." in found
    assert "It cost **54 million euros** and took _three_ years." in found


@pytest.mark.parametrize(
    ("claim", "source", "right"),
    [
        (
            "The company will hire 50 workers.",
            "In spring the company plans to hire 50 workers.",
            "The company plans to hire 50 workers.",
        ),
        ("Averill left a book.", "She may have left an unfinished book.", "Averill may have left a book."),
        (
            "The bridge will be closed.",
            "Ada Merz said the bridge might be closed next year.",
            "The bridge might be closed.",
        ),
    ],
)
def test_a_hedge_of_the_source_is_put_back(claim: str, source: str, right: str) -> None:
    assert right in offered(claim, source)


def test_a_date_takes_the_place_of_one_that_says_as_much() -> None:
    assert not any(
        "May" in one for one in offered("Power was cut on Friday, July 18.", "The line was inspected in May.")
    )
    assert "in Feb. 9" not in " ".join(offered("Abbate wrote in February.", "In a letter of Feb. 9 Abbate wrote."))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (
            "A volcano erupted on the island in May.",
            "Residents of the island travel free of charge if they show a card.",
        ),
        ("The museum is open every day.", "The school will stay open only if the parents raise 20,000 crowns."),
        (
            "The terminal harms the seals of the bay.",
            "The harbour authority denied that and said it harms no seals of the bay.",
        ),
        (
            "Prices of the terminal rose in May.",
            "Ada Pell of the terminal played down that result of May, and these prices.",
        ),
    ],
)
def test_a_sentence_about_something_else_or_that_hangs_on_another_one_stands_for_nothing(
    claim: str, source: str
) -> None:
    assert instead(claim, source) is None


def test_a_sentence_that_the_summary_has_in_other_words_is_not_said_twice() -> None:
    claim, source = "The board deplored the vote.", "The board of Tarn welcomed the vote."
    check, document = contradicted(claim, source)
    place, split = Span(start=0, end=len(claim)), {"d1": sentences_of(document)}

    assert own_sentence(check, place, claim, {"d1": document}, split)
    assert own_sentence(check, place, f"{claim} The vote was welcomed by Tarn.", {"d1": document}, split) is None


def test_of_what_is_not_in_the_source_only_a_missing_hedge_or_speaker_is_put_back() -> None:
    def found(claim: str, source: str) -> bool:
        check, document = contradicted(claim, source)
        check = check.model_copy(update={"outcome": check.outcome.model_copy(update={"label": Label.NOT_IN_SOURCE})})
        return (
            own_sentence(check, Span(start=0, end=len(claim)), claim, {"d1": document}, {"d1": sentences_of(document)})
            is not None
        )

    assert found("The bridge is unsafe.", "Engineer Paul Orth claimed that the bridge is unsafe.")
    assert not found("The bridge is unsafe for buses.", "The bridge of Tarn opened on Tuesday.")


def test_a_sentence_for_a_statement_is_shown_as_the_words_that_differ() -> None:
    summary = "Police arrested three men before the meeting in Tarn."
    whole = Swap(
        0, len(summary), "Police arrested two men after the meeting in Tarn.", "c1", "so", None, Origin.SENTENCE
    )
    other = whole._replace(after="Nobody was there.")

    assert [(summary[one.start : one.end], one.after) for one in smallest(whole, summary)] == [
        ("three men before", "two men after")
    ]
    assert smallest(other, summary) == (other,)


@pytest.mark.parametrize(
    ("claim", "differs", "source", "reckoned"),
    [
        ("Macron raised it on Monday.", "Monday", "Tuesday’s statements came a day after Macron raised it.", True),
        ("Macron raised it on Sunday.", "Sunday", "Tuesday’s statements came a day after Macron raised it.", False),
        ("Abbate wrote in February.", "February", "In a letter dated Feb. 9 Abbate wrote to it.", True),
        ("Power was cut on Friday, July 18.", "July 18", "It began on Thursday, July 17. Power was cut on Friday.", True),
        ("Power was cut on Friday, July 19.", "July 19", "It began on Thursday, July 17. Power was cut on Friday.", False),
        ("It is worth 1.8 million crowns more than reported.", "1.8 million crowns", "It is worth 46.8 million crowns. The paper had said 45 million crowns.", True),
        ("It is worth 1.8 million crowns.", "1.8 million crowns", "It is worth 46.8 million crowns. The paper had said 45 million crowns.", False),
        ("The ferry carried 226 people.", "226", "The ferry carried 212 passengers and 14 crew.", True),
        ("The ferry carried 216 people.", "216", "The ferry carried 212 passengers and 14 crew.", False),
        ("Seven in ten did not get well.", "Seven in ten", "Three in ten got well.", True),
    ],
)  # fmt: skip
def test_a_value_that_follows_from_the_source_is_left_to_the_reader(
    claim: str, differs: str, source: str, reckoned: bool
) -> None:
    check, document = contradicted(claim, source)
    start = claim.index(differs)
    kind = FindingKind.DATE if time_expressions(differs) else FindingKind.NUMBER
    finding = Finding(kind=kind, claim=Span(start=start, end=start + len(differs)))
    check = check.model_copy(update={"outcome": check.outcome.model_copy(update={"findings": (finding,)})})
    split = sentences_of(document)

    assert is_reckoned(check, {"d1": split}, split) is reckoned


def test_a_cell_of_a_row_takes_the_place_of_a_number_only_where_one_can() -> None:
    row = "| Mill creek | 61 | closed |"

    assert offered("Mill creek: 16", row) == ["Mill creek: 61"]
    assert offered("Mill creek: 16", "| Mill creek | 61 | 4.1 | closed |") == []


def test_a_value_that_the_statement_has_elsewhere_does_not_come_in_again() -> None:
    found = offered("Profit rose to £1.9m from £1.2m.", "Profit fell to £1.2m from £1.9m.")

    assert found
    assert not any("from £1.9m from" in one for one in found)


def test_no_conjunction_comes_in_on_which_a_clause_would_hang() -> None:
    found = offered("It tested glasses worn for three hours.", "It tested whether glasses, worn for two hours, help.")

    assert found
    assert not [one for one in found if "whether" in one]


def test_of_a_sentence_of_the_source_its_dateline_stays_where_it_is() -> None:
    claim, said = "The council of Tarn sold its old ferry.", "The council of Tarn bought a new ferry."

    assert instead(claim, f"TARN, 12 March 2026 - {said}") == said
    assert instead(claim, f"HULL, England (AP) -- {said}") == said
    assert instead(claim, f"MYTH - {said}") is None


def test_a_sentence_from_a_list_begins_with_a_capital() -> None:
    claim = "The ferry to Tarn did not close in May."

    assert instead(claim, "- the ferry to Tarn closed in May.") == "The ferry to Tarn closed in May."
    assert instead(claim, "- eBay closed the ferry to Tarn in May.") == "eBay closed the ferry to Tarn in May."


def tried(claim: str, source: str) -> list[str]:
    check, document = contradicted(claim, source)
    split = sentences_of(document)
    sources = Sources({"d1": document}, {"d1": split}, {"c1": split})
    return [one.text for one in tries_of(Passage(0, len(claim), (check,), ()), claim, sources)]


@pytest.mark.parametrize(
    ("claim", "source", "right"),
    [
        (
            "The prize went to Mia Dacosta, Sam Ode and Ida Aas.",
            "The prize went to Lena Okafor, Hugo Brandl and Ida Aas. Okafor said that Lena Okafor and Brandl were glad.",
            "The prize went to Lena Okafor, Hugo Brandl and Ida Aas.",
        ),
        (
            "Entry is 12 euros, or 7 euros for pupils.",
            "Entry is 9 euros, or 5 euros for pupils. In May it was 9 euros.",
            "Entry is 9 euros, or 5 euros for pupils.",
        ),
        (
            "The tunnel will cost between €40m and €70m.",
            "The tunnel will cost between €80m and €120m. Some say it is €120m.",
            "The tunnel will cost between €80m and €120m.",
        ),
        ("Trams stop in Tolby, Harrow, Ebb and Ness.", "Trams stop in Tarn, Orm, Marl and Pell.", None),
    ],
)
def test_several_values_come_in_their_order_and_none_twice(claim: str, source: str, right: str | None) -> None:
    texts = tried(claim, source)

    assert (right or source) in texts
    for words in ("Okafor", "Brandl", "9 euros", "5 euros", "€120m", "€80m", "Tarn", "Orm"):
        assert not [one for one in texts if one != source and one.count(words) > 1]


@pytest.mark.parametrize(
    ("claim", "source", "right"),
    [
        ("It is at 14-16 Quay Street in Tarn.", "It is at 14–16 Quay Street in Tarn.", []),
        ("Firms with 50-249 workers pay.", "Firms with 10–49 workers pay.", ["Firms with 10–49 workers pay."]),
        ("Tickets for it cost 5 euros.", "Tickets for it cost 8–12 euros.", ["Tickets for it cost 8–12 euros."]),
        ("The repair cost 3,000 euros.", "The repair cost 1,000—4,999 euros.", ["The repair cost 1,000—4,999 euros."]),
        ("The repair cost 900 crowns.", "The repair cost 1,000 crowns.", ["The repair cost 1,000 crowns."]),
        ("The fee is €10-€20 a day.", "The fee is €15 a day.", ["The fee is €15 a day."]),
        ("It ran from 2024-2027 in Tarn.", "It ran from 2025–2028 in Tarn.", ["It ran from 2025–2028 in Tarn."]),
        ("It opens Monday-Saturday.", "It opens Monday–Friday.", ["It opens Monday–Friday."]),
        ("The Tarn-Marl line closed.", "The Tarn–Orm line closed.", ["The Tarn–Orm line closed."]),
        ("The north-west road closed.", "The north–south road closed.", ["The north–south road closed."]),
    ],
)
def test_a_range_or_a_double_name_comes_whole_whatever_its_dash(claim: str, source: str, right: list[str]) -> None:
    assert sorted(set(offered(claim, source))) == right


def test_a_name_takes_the_place_of_one_together_with_its_owner() -> None:
    owned = offered("Apple's Tim Hale left in May.", "Google's Dan Marsh left in May.")

    assert "Google's Dan Marsh left in May." in owned
    assert "Apple's Dan Marsh left in May." not in owned
    assert offered("Apple's Tim Hale left in May.", "Dan Marsh left in May.") == ["Dan Marsh left in May."]


def test_a_full_name_that_opens_a_sentence_of_the_source_keeps_its_capital() -> None:
    assert offered("mayors left the hall.", "Orla Krog left the hall.") == ["Orla Krog left the hall."]


@pytest.mark.parametrize("label", ["- **Vote:** ", "- Vote: ", "**The vote**: ", "2. ", "## "])
def test_what_stands_before_the_words_of_a_line_is_not_theirs(label: str) -> None:
    summary = f"{label}The wall was not repaired."

    assert Passage(0, len(summary), (), ()).words(summary).of(summary) == "The wall was not repaired."


def test_a_speaker_before_a_sentence_without_a_bullet_is_one_of_its_words() -> None:
    assert Passage(0, 17, (), ()).words("Ana: I will come.").start == 0
