"""Where the source says the claim with its own words in the place of some of the claim's, those are what stands against it."""

import pytest

from summarizer import Document, check
from summarizer.schema import Check, Label, Unchecked, Verdict

SOURCE = (
    "The trust that runs the ferry met in Ardle on Tuesday. Its director, Mona Quist, said the new boat would carry "
    "340 tonnes of freight a week. The old pier at Selkie Head was closed in March after a storm. The boat burns 90 litres "
    "of fuel an hour. “We shall keep every crossing that we have promised,” she said. Passengers pay £12 a day for a "
    "bicycle. The council of Northmoor has not yet agreed to share the cost of the work. Rain fell for most of the day. "
    "The number of crossings fell by 6 per cent, from 50 to 47 a week."
)


def only(claim: str, source: str = SOURCE) -> Check:
    (one,) = check(claim, Document.of(source)).checks
    return one


GALLONS = "The boat burns 90 gallons of fuel an hour."
FOUND = [
    (GALLONS, "90 gallons", "90 litres"),
    ("The new boat would carry 340 kilograms of freight a week.", "340 kilograms", "340 tonnes"),
    ("The number of crossings fell by 6 percentage points.", "6 percentage points", "6 per cent"),
    ("The old pier at Selkie Head was closed in May after a storm.", "May", "March"),
    ("The old pier at Brannock Point was closed in March after a storm.", "Brannock Point", "Selkie Head"),
    ("“We shall keep every timetable that we have promised,” she said.", "timetable", "crossing"),
]
EARLIER = pytest.mark.xfail(
    strict=True, reason="a rule that is less often right finds it first and leaves it 0.29: record 0087"
)


@pytest.mark.parametrize(("claim", "words", "source"), FOUND)
def test_what_the_source_says_with_its_own_words_is_contradicted_with_both(claim: str, words: str, source: str) -> None:
    one = only(claim)

    assert isinstance(one.outcome, Verdict)
    assert one.outcome.label is Label.CONTRADICTED
    pair = next(finding for finding in one.outcome.findings if finding.evidence)
    assert words in pair.claim.of(one.claim.text)
    assert pair.evidence
    assert source in pair.evidence.quote


@pytest.mark.parametrize(
    "claim", [pytest.param(claim, marks=EARLIER) if claim == GALLONS else claim for claim, *_ in FOUND]
)
def test_what_is_contradicted_so_has_little_support_left(claim: str) -> None:
    outcome = only(claim).outcome

    assert isinstance(outcome, Verdict)
    assert outcome.probabilities
    assert outcome.probabilities.supported <= 0.2


def test_of_several_values_the_one_that_the_source_says_is_put_beside_it() -> None:
    source = "The town has two bakeries. The bakery in Ulm employs 640 people. The council of nine met on Monday."

    one = only("The bakery in Ulm has 460 workers.", source)

    assert isinstance(one.outcome, Verdict)
    assert one.outcome.label is Label.CONTRADICTED
    assert [finding.evidence and finding.evidence.quote for finding in one.outcome.findings] == ["640"]


@pytest.mark.parametrize(
    ("claim", "words", "source", "theirs"),
    [
        (
            "For years, since 2010, Gerda Malm has been calling for a new choir hall.", "2010",
            "Gerda Malm has called for a new hall for the choir since 2020.", "2020",
        ),
        (
            "It was the chairman, Piet Holm, and the finance director, Ana Rell, who disagreed about the loan.",
            "the finance director, Ana Rell",
            "The club's finance director, Piet Holm, and its secretary, Ana Rell, disagreed about the loan.", "its secretary, Ana Rell",
        ),
    ],
)  # fmt: skip
def test_another_date_or_office_that_the_model_too_finds_to_contradict_is_contradicted(
    claim: str, words: str, source: str, theirs: str
) -> None:
    one = only(claim, f"{source} Rain fell for most of the day.")

    assert isinstance(one.outcome, Verdict)
    assert one.outcome.label is Label.CONTRADICTED
    pairs = [(f.claim.of(claim), f.evidence.quote) for f in one.outcome.findings if f.evidence]
    assert any(words in mine and theirs in other for mine, other in pairs)


def test_beside_a_value_that_words_alone_name_no_other_one_is_put() -> None:
    source = "The group opened 12 shops and closed four, leaving 148. Rain fell for most of the day."

    one = only("The group now has 184 shops.", source)

    assert [finding.evidence and finding.evidence.quote for finding in one.findings] == ["148"]


@pytest.mark.parametrize(
    ("claim", "source", "words", "theirs"),
    [
        ("The interim dividend is 4.2p per share.", "The board declares an interim dividend of 2.4p per share.", "4.2p", "2.4p"),
        ("The lamp has a 45W bulb.", "The lamp comes with a 65W bulb and no shade.", "45W", "65W"),
        ("The battery lasts 12hrs.", "The battery lasts 18hrs on one charge.", "12hrs", "18hrs"),
    ],
)  # fmt: skip
def test_a_number_with_letters_written_onto_it_is_shown_as_a_whole_word(
    claim: str, source: str, words: str, theirs: str
) -> None:
    one = only(claim, f"{source} Rain fell for most of the day.")

    assert isinstance(one.outcome, Verdict)
    assert one.outcome.label is Label.CONTRADICTED
    assert [(f.claim.of(claim), f.evidence and f.evidence.quote) for f in one.outcome.findings] == [(words, theirs)]


def test_half_a_word_of_the_source_is_no_quote_that_the_judge_gets_wrong() -> None:
    one = only("The club barred non-Catholic farmers in March.", "The club barred non-Amish farmers in March.")

    assert not isinstance(one.outcome, Unchecked)


@pytest.mark.parametrize(
    "claim",
    [
        "The boat burns 90 litres of fuel an hour.",
        "The boat burns 23.8 gallons of fuel an hour.",
        "The ferry's trust met in Ardle on Tuesday.",
        "Mona Quist directs the trust.",
        "More than 300 tonnes of freight a week would be carried by the new boat.",
        "The number of crossings a week fell by 3.",
        "A storm had damaged the pier before it was closed.",
    ],
)
def test_what_the_source_says_in_other_words_is_not_accused(claim: str) -> None:
    one = only(claim)

    assert not isinstance(one.outcome, Verdict) or one.outcome.label is Label.SUPPORTED


def test_a_bound_that_the_value_of_the_source_lies_beyond_leaves_nothing_open() -> None:
    source = "In the UK, more than a quarter of beekeepers have been asked to leave a public place. Rain fell for most of the day."

    one = only("More than a third of beekeepers in the UK have been asked to leave a public place.", source)
    low = only("More than a fifth of beekeepers in the UK have been asked to leave a public place.", source)

    assert isinstance(one.outcome, Verdict)
    assert one.outcome.label is Label.CONTRADICTED
    assert not isinstance(low.outcome, Verdict) or low.outcome.label is Label.SUPPORTED


def test_a_body_by_its_initials_is_not_put_against_the_body() -> None:
    source = "The National Union of Rowers has called for a strike in May. Rain fell for most of the day."

    one = only("The NUR has called for a strike.", source)

    assert isinstance(one.outcome, Verdict)
    assert one.outcome.label is Label.SUPPORTED


def test_a_value_that_another_sentence_bears_out_is_no_other_value() -> None:
    source = "The pier at Selkie Head was closed in March after a storm. The pier at Brannock was closed in May after a storm."
    one = only("The pier at Brannock was closed in May after a storm.", f"{source} Rain fell for most of the day.")

    assert isinstance(one.outcome, Verdict)
    assert one.outcome.label is Label.SUPPORTED
