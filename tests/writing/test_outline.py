"""The prose of a text: without menus, comments and references, and where it stands."""

import pytest

from summarizer.language.sentences import sentences
from summarizer.schema import Document
from summarizer.writing.outline import Outline, outline

PAGE = """The Harbour Post
Home
Sport
# New bridge for Harrow Bay
By Lee Marsh
The council of Harrow Bay voted on Monday for a new bridge.
The bridge will cost 12 million pounds and open in four years.
## What it costs
The county pays for half of the bridge and the town for the rest.
## 3 comments on "New bridge"
The bridge is a waste of the money of all of us here.
"""
PAPER = """1 Introduction
Old bridges of steel lose some of their strength in every winter.
2 Methods
Forty bridges of the county were weighed and measured for two years.
3 Results
Thirty of the bridges had lost a tenth of their strength by then.
4. Conclusions
Bridges of steel near the sea need paint every eight years.
References
Marsh, L. wrote a book about the paint of bridges in this county.
"""


def of(text: str) -> Outline:
    return outline(sentences(Document.of(text)), fewest=6)


def starts(found: Outline) -> list[str]:
    return [place.text[:12] for place in found.places]


def test_menus_bylines_and_comments_are_left_out() -> None:
    found = of(PAGE)

    assert starts(found) == ["The council ", "The bridge w", "The county p"]
    assert found.titles == ("# New bridge for Harrow Bay",)
    assert [place.first for place in found.places] == [True, False, True]
    assert [place.rank for place in found.places] == [0, 1, 2]


TOWNS = ["The council", "The county", "The ferry", "The school", "The harbour", "The museum"]


def said(*who: str) -> str:
    return " ".join(f"{one} voted for the new bridge on Monday." for one in who)


@pytest.mark.parametrize(
    "head",
    [
        "New bridge for the bay\nLee Marsh\nShare this\n",
        "Home\nContact us\nComments\n# New bridge for the bay\nAll voted for the new bridge today.\nComments (36)\n",
        "Funding row over the bridge\n",
        "Sources: bridge to be built\n",
        "## References\n",
    ],
)
def test_nothing_at_the_head_of_a_text_ends_it(head: str) -> None:
    assert starts(of(f"{head}\n{said(*TOWNS)}"))[-6:] == [one[:12] for one in starts(of(said(*TOWNS)))]


@pytest.mark.parametrize(
    "heading", ["## Sources", "## References and notes", "## Related articles", "## 4 comments on this"]
)
def test_what_stands_behind_a_text_ends_at_the_next_heading_of_its_level(heading: str) -> None:
    page = f"{said(*TOWNS[:3])}\n{heading}\n### Bridges\n{said('A book')}\n## What comes next\n{said(*TOWNS[3:])}"

    assert starts(of(page)) == starts(of(said(*TOWNS)))


@pytest.mark.parametrize("heading", ["Top stories", "Most read", "More from the Post", "You may also like"])
def test_teasers_of_other_news_are_no_text(heading: str) -> None:
    page = f"{said(*TOWNS)}\n{heading}\n{said('A man')}\nStorm over the bay\n{said('A cat')}"

    assert starts(of(page)) == starts(of(said(*TOWNS)))


def test_links_within_a_text_do_not_end_it() -> None:
    page = f"{said(*TOWNS[:3])}\n\nRelated stories\nNew ferry for the bay\n\n{said(*TOWNS * 2)}"

    assert len(of(page).places) == 15


def test_comments_may_be_longer_than_the_text() -> None:
    assert len(of(f"{said(*TOWNS[:3])}\nComments\n{said(*TOWNS)}").places) == 3
    assert len(of(f"{said(*TOWNS[:3])}\n{said('12 responses to the survey')} {said(*TOWNS)}").places) == 10


def test_the_money_of_a_report_is_no_tail_and_that_of_a_paper_is() -> None:
    report = f"## The year\n{said(*TOWNS[:3])}\n## Funding\n{said(*TOWNS[3:])}"

    assert len(of(report).places) == 6
    assert len(of(report.replace("The year", "Results")).places) == 3


def test_a_paper_is_known_by_its_headings() -> None:
    found = of(PAPER)

    assert found.genre == "paper"
    assert starts(found) == ["Old bridges ", "Forty bridge", "Thirty of th", "Bridges of s"]
    assert [place.method for place in found.places] == [False, True, False, False]
    assert [place.closing for place in found.places] == [False, False, False, True]


def test_a_text_in_which_everybody_says_i_is_speech() -> None:
    talk = "Chair: I think we should build the bridge in May. Clerk: I would rather see it built in June. "

    assert of(talk * 3).genre == "speech"
    assert of(PAGE).genre == "article"


def test_minutes_are_known_by_their_first_lines() -> None:
    minutes = "Minutes of the parish council\nPresent: Ana Pell, Lee Marsh\nIt was agreed to mend the bridge before the winter."

    assert of(minutes).genre == "minutes"


def test_the_sentence_above_a_credit_is_a_caption() -> None:
    page = "The new bridge of Harrow Bay on the day of the vote.\n(Photo: Lee Marsh)\nThe council voted for the new bridge on Monday."

    assert starts(of(page)) == ["The council "]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_paragraph_above_a_credit_is_no_caption(end: str) -> None:
    lead = "The council voted for the new bridge on Monday."
    captioned = f"The new bridge on the day of the vote.{end}(Photo: Lee Marsh)"

    assert starts(of(f"{lead}{end * 2}Photo: Lee Marsh{end * 2}{captioned}")) == ["The council "]
    assert starts(of(f"{lead}{end}Image source, Lee Marsh{end}{captioned}")) == ["The council "]


MARKS = ["“”", '""', "„“", "„”", "””", "«»", "»«"]


@pytest.mark.parametrize("marks", [*MARKS, "''"])
def test_a_sentence_within_a_quotation_is_somebody_elses(marks: str) -> None:
    opening, closing = marks[0], marks[1]
    text = (
        f"{opening}The bridge is too narrow for the lorries. The town will regret what it built here,{closing} "
        "said Ana Pell. The council voted for the bridge on Monday."
    )

    assert [place.quoted for place in of(text).places] == [False, True, False]


@pytest.mark.parametrize("marks", MARKS)
def test_what_follows_a_quotation_that_was_closed_is_the_texts_own(marks: str) -> None:
    text = (
        f"{marks[0]}We have no choice{marks[1]}, said Ana Pell on Monday. The council voted for the bridge on Monday."
    )

    assert [place.quoted for place in of(text).places] == [False, False]


ITEMS = ["build new homes on the banks of the bay.", "close the ferry to the island for two years."]


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "2. ", "(b) "])
@pytest.mark.parametrize(
    "lead_in",
    [
        "The council rejects plans to:",
        "**The council rejects plans to:**",
        "All of this is false:",
        "The council voted for the bridge on Monday. Unlike the county, the town does not",
        "In the end, the town does not",
        "After a debate of three hours the council of the town voted against plans",
    ],
)
def test_items_of_a_list_are_no_prose_without_their_lead_in(mark: str, lead_in: str) -> None:
    for items in (ITEMS, [item.capitalize() for item in ITEMS]):
        page = f"{lead_in}\n\n" + "\n".join(mark + item for item in items) + "\n\nThe museum voted for the bridge."

        assert [one for one in starts(of(page)) if one != "The council "] == ["The museum v"]


@pytest.mark.parametrize("mark", ["- ", ""])
@pytest.mark.parametrize("above", ["What the council rejects", "The council met on Monday for three hours."])
def test_what_goes_on_in_small_letters_is_no_prose(above: str, mark: str) -> None:
    page = f"{above}\n\n" + "\n".join(mark + item for item in ITEMS) + f"\n\n{said(*TOWNS[1:])}"

    assert [one for one in starts(of(page)) if one != "The council "] == starts(of(said(*TOWNS[1:])))


def test_a_second_sentence_of_an_item_goes_on_as_well() -> None:
    page = "All of this is false:\n- The bridge is shut. The bridge will stay so for years.\n- The ferry of the bay is sold."

    assert of(page).places == ()


@pytest.mark.parametrize(
    "above", ["", "## Next year\n", "Next year\n", "Key points:\n", "The council met on Monday.\n"]
)
def test_items_without_a_lead_in_are_prose(above: str) -> None:
    items = ["Build new homes on the banks of the bay", "iPads are lent to the schools of the bay"]
    page = above + "\n".join(f"- {item}" for item in items)

    assert [place.text for place in of(page).places] == items


def test_items_in_small_letters_below_a_heading_and_texts_in_small_letters_are_prose() -> None:
    assert len(of(f"## Version 2\n- {ITEMS[0]}\n- {ITEMS[1]}").places) == 2
    assert len(of(f"{ITEMS[0]}\n\n{ITEMS[1]}\n\nThe ferry of the bay is sold.").places) == 3


def test_prose_that_stands_alone_between_cells_is_told_apart() -> None:
    cells = "North ward\n1,204\nSouth ward\n987\n"
    page = (
        f"{cells}A ferry of the old line leaves the pier.\n{cells}"
        + "The council voted for the new bridge on Monday. " * 3
    )

    assert [place.alone for place in of(page).places] == [True, False, False, False]


def test_each_title_begins_a_text_of_its_own() -> None:
    prose = "The council voted for the new bridge on Monday. " * 5

    ranks = [place.rank for place in of(f"# Bridge\n{prose}\n# Ferry\n{prose}").places]

    assert ranks == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]


def test_sources_are_ranked_each_by_itself() -> None:
    split = [one for name in ("d1", "d2") for one in sentences(Document.of(PAPER, id=name))]

    assert [place.rank for place in outline(split, fewest=6).places] == [0, 1, 2, 3, 0, 1, 2, 3]


def test_what_somebody_was_reported_to_say_is_told_with_the_report() -> None:
    text = (
        "The lawyer told the court in Leeds that the two had argued. Mark Dean had sold the bridge to the county for a pound.\n\n"
        "The trial had been put off twice by the court in Leeds."
    )

    first, second, third = of(text).places

    assert second.text == f"{first.text} {second.sentence.text}"
    assert (first.sentences, second.sentences, third.sentences) == (1, 2, 1)
    assert third.text == third.sentence.text


def test_what_became_of_a_motion_is_told_with_it() -> None:
    motion = "Lee Marsh proposed that the price of the ferry be raised to 2 pounds."

    assert [place.text for place in of(f"{motion} Carried unanimously by the nine members.").places] == [
        motion,
        f"{motion} Carried unanimously by the nine members.",
    ]
