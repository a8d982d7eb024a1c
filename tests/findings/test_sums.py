"""A number that follows from those of the source is set against none of them, and one that does not still is."""

import pytest

from summarizer import check
from summarizer.findings import Passage, compare
from summarizer.findings.rivals import rivals
from summarizer.schema import FindingKind, Label, Verdict

FOLLOWS = [
    (
        "The ferry carried 212 passengers and 14 crew when it left Orm.",
        "The ferry carried 226 people when it left Orm.",
    ),
    ("The firm employs 1,200 people in Leeds and 800 in York.", "The firm employs 2,000 people in Leeds and York."),
    ("The team of Orm won 3 gold, 4 silver and 5 bronze medals.", "The team of Orm won 12 medals."),
    ("The school in Orm has 40 teachers, down from 52.", "The school in Orm has lost 12 teachers."),
    ("Two of the three brothers were convicted in Orm.", "One of the three brothers was cleared in Orm."),
    ("All but one of the ten miners were rescued in Orm.", "Nine of the ten miners were rescued in Orm."),
    ("Of the 120 pupils of the school in Orm, 45 walk.", "At the school in Orm 75 pupils do not walk."),
    ("Men made up 60% of applicants to the academy.", "Women made up 40% of applicants to the academy."),
    ("In the poll 52% were for the bridge and 8% undecided.", "In the poll 40% were against the bridge."),
    ("A third of the staff of the mill will move to Orm.", "Two-thirds of the staff of the mill will stay in Orm."),
    ("Half of the 40 members of the club came to Orm.", "Twenty members of the club came to Orm."),
    ("Sales in Orm rose from £40m to £52m last year.", "Sales in Orm rose by £12m last year."),
]
WRONG = [
    ("The ferry carried 212 passengers and 14 crew when it left Orm.", "The ferry carried 216 people when it left Orm."),
    ("The firm employs 1,200 people in Leeds.", "The firm employs 2,000 people in Leeds."),
    ("Men made up 60% of applicants to the academy.", "Men made up 30% of applicants to the academy."),
    ("The team of Orm won 17 gold, 3 silver and 3 bronze medals.", "The team of Orm won 23 gold, 3 silver and 3 bronze medals."),
    ("The bus of Orm was third of 52 buses.", "The bus of Orm was third of 55 buses."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "claim"), FOLLOWS)
def test_a_number_that_follows_is_shown_beside_none(source: str, claim: str) -> None:
    found = [one for one in compare(claim, Passage(source)) if one.kind is FindingKind.NUMBER]

    assert [(one.source, one.reckoned) for one in found] in ([], [(None, True)])
    assert [one for one in rivals(claim, source) if one.own.kind is FindingKind.NUMBER] == []


@pytest.mark.parametrize(("source", "claim"), FOLLOWS)
def test_a_number_that_follows_is_no_contradiction(source: str, claim: str) -> None:
    (one,) = check(claim, f"{source} Snow fell in the hills on the day after.").checks

    assert not (isinstance(one.outcome, Verdict) and one.outcome.label is Label.CONTRADICTED)


@pytest.mark.parametrize(("source", "claim"), WRONG)
def test_another_number_is_still_set_against_its_own(source: str, claim: str) -> None:
    assert not any(one.reckoned for one in compare(claim, Passage(source)))
    assert any(one.own.kind is FindingKind.NUMBER for one in rivals(claim, source))


def test_what_is_said_to_be_about_so_much_may_follow_from_any_two_sentences() -> None:
    source = (
        "The storm of Friday cut off 74,000 homes in Orm. By Friday noon power was back in 41,000 of them. It rained."
    )

    (right, wrong) = (
        compare(f"About {homes} homes in Orm were still cut off at noon.", Passage(source))
        for homes in (33_000, 53_000)
    )

    assert [one.reckoned for one in right] == [True]
    assert [(one.reckoned, one.beyond) for one in wrong] == [(False, True)]


def test_the_sum_of_two_sentences_is_no_contradiction() -> None:
    source = "The Leeds plant employs 1,200 people. The York plant employs 800 people. Snow fell."

    (right, wrong) = check(
        "The plants in Leeds and York employ 2,000 people. The Leeds plant employs 1,300 people.", source
    ).checks

    assert not (isinstance(right.outcome, Verdict) and right.outcome.label is Label.CONTRADICTED)
    assert isinstance(wrong.outcome, Verdict)
    assert wrong.outcome.label is Label.CONTRADICTED


def test_of_many_numbers_nothing_follows() -> None:
    row = "The wards of Orm have 2, 3, 5, 11, 17, 23, 29, 31 and 37 members."

    assert not any(one.reckoned for one in compare("The wards of Orm have 68 members.", Passage(row)))
