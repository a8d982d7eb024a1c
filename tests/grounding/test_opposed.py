"""The claim's own words with a "not" more or another number are no support, whoever says so."""

import json

import pytest

from summarizer import check
from summarizer.deciding import DecisionOptions
from summarizer.grounding.opposed import opposed
from summarizer.schema import Doubt, Label, Undecided, Verdict
from tests import fault_server as faults
from tests.characters import verdict
from tests.llm.conftest import asking


@pytest.mark.parametrize(
    ("claim", "quote", "apart"),
    [
        ("She was guilty.", "She was not guilty.", "not"),
        ("She was not guilty.", "The court found that she was guilty.", "not"),
        ("She was guilty.", "She wasn’t guilty, the court said.", "not"),
        ("The library will close.", "The library won't close.", "not"),
        ("It can close.", "It cannot close.", "not"),
        ("The road is open.", "The road is no longer open.", "not"),
        ("The road opened.", "The road has not yet opened.", "not"),
        ("She resigned.", "She hasn't resigned, he said.", "not"),
        ("Roads were shut.", "No roads were shut.", "no"),
        ("Snow closed the road.", "Snow did not close the road.", "not"),
        ("The mayor resigned.", "The mayor never resigned.", "never"),
        ("Snow shut 120 roads.", "Snow shut 12 roads in the night.", "120 and 12"),
        ("Two boys drowned.", "Three boys drowned.", "two and three"),
        ("5 boats sank.", "Twelve boats sank.", "5 and twelve"),
        ("It was built in 2018.", "It was built in 2019.", "2018 and 2019"),
        ("It cost 4.2 million.", "It cost 5.2 million.", "4.2 and 5.2"),
        ("Es kostet 4,2 Millionen.", "Es kostet 5,2 Millionen.", "4,2 and 5,2"),
    ],
)
def test_a_quote_with_the_claims_words_turned_is_told(claim: str, quote: str, apart: str) -> None:
    assert opposed(claim, [quote]) == apart


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("She was guilty.", "She was guilty."),
        ("She was rich.", "She was not only rich but famous."),
        ("He wins.", "More often than not he wins."),
        ("She was guilty.", "She was not guilty, but later she was guilty."),
        ("He did not come.", "He never came."),
        ("He has left.", "He left not long ago."),
        ("She had not resigned.", "She has not yet resigned."),
        ("It is not true that she was not guilty.", "It is true that she was guilty."),
        ("1,200 people came.", "1,234 people came."),
        ("It cost 4.2 million.", "It cost 4.23 million."),
        ("20 boats sank.", "Twenty boats sank."),
        ("It cost 4.2 million.", "It cost 4,200 thousand."),
        ("1.234 boats sank.", "1,234 boats sank."),
        ("4,2 tons sank.", "4.23 tons sank."),
        ("1,200 boats sank.", "1200 boats sank."),
        ("Over 10 boats sank.", "Over 12 boats sank."),
        ("5 boats sank.", "Up to 12 boats sank."),
        ("12 boats sank.", "5 to 12 boats sank."),
        ("Guilty.", "Not guilty."),
        ("", ""),
        ("She was guilty.", ""),
    ],
)
def test_what_may_say_the_same_is_not_taken_apart(claim: str, quote: str) -> None:
    assert opposed(claim, [quote]) == ""


def test_one_quote_that_says_the_claim_is_enough() -> None:
    assert opposed("She was guilty.", ["She was not guilty.", "In May she was guilty."]) == ""


HONEST = "The mayor of Tarn was in court on Monday. {} Judges said so in a long ruling. The trial had lasted 12 days."


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("witness", ["none", "nli"])
@pytest.mark.parametrize(
    ("claim", "quote"), [("She was guilty.", "She was not guilty."), ("She paid 900 crowns.", "She paid 90 crowns.")]
)
def test_support_by_the_opposite_does_not_stand(claim: str, quote: str, witness: str, *, force: bool) -> None:
    """V4: also where the judge is right about everything else and says it twice."""

    told = json.dumps({"verdicts": [verdict("c1", "supported", "s2", quote)]})
    with faults.FaultServer(models={"honest": lambda _: told}) as at:
        components = asking(at, witness=witness)._replace(deciding=DecisionOptions(force=force))
        outcome = check(claim, HONEST.format(quote), backend=components).checks[0].outcome

    assert isinstance(outcome, Undecided)
    assert (outcome.reason, outcome.leaning) == (Doubt.JUDGES_DISAGREE, Label.SUPPORTED)
    assert "the quoted words are those of the claim, but for" in outcome.rationale


@pytest.mark.parametrize("witness", ["none", "nli"])
@pytest.mark.parametrize(
    "sentence",
    [
        "It is false that {}.",
        "Police denied that {}.",
        "There is no evidence that {}.",
        "Asked whether {}, her lawyer left the room.",
        "If {}, the mill will be sold.",
        "Did the ruling mean that {}?",
    ],
)
def test_words_cut_out_of_what_denies_or_asks_them_are_no_support(sentence: str, witness: str) -> None:
    words = "the mayor of Tarn took money from the mill"
    told = json.dumps({"verdicts": [verdict("c1", "supported", "s2", words)]})
    with faults.FaultServer(models={"honest": lambda _: told}) as at:
        claim = f"{words[0].upper()}{words[1:]}."
        outcome = (
            check(claim, HONEST.format(sentence.format(words)), backend=asking(at, witness=witness)).checks[0].outcome
        )

    assert isinstance(outcome, Undecided)
    assert outcome.leaning is Label.SUPPORTED


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("The old mill of Tarn may have shut its heavy iron doors.", False),
        ("The old mill of Tarn said nobody shut its heavy iron doors.", False),
        ("The old mill of Tarn, which stands by the lake, shut its heavy iron doors.", True),
    ],
)
def test_pieces_of_a_sentence_that_leave_out_its_not_are_no_support(sentence: str, supported: bool) -> None:
    told = json.dumps(
        {"verdicts": [verdict("c1", "supported", "s2", "The old mill of Tarn … shut its heavy iron doors")]}
    )
    with faults.FaultServer(models={"honest": lambda _: told}) as at:
        outcome = (
            check("The old mill of Tarn shut its heavy iron doors.", HONEST.format(sentence), backend=asking(at))
            .checks[0]
            .outcome
        )

    assert isinstance(outcome, Verdict if supported else Undecided)


def test_support_by_the_claims_words_stands() -> None:
    told = json.dumps({"verdicts": [verdict("c1", "supported", "s2", "She was not guilty.")]})
    with faults.FaultServer(models={"honest": lambda _: told}) as at:
        outcome = (
            check("She was not guilty.", HONEST.format("She was not guilty."), backend=asking(at)).checks[0].outcome
        )

    assert isinstance(outcome, Verdict)
    assert outcome.label is Label.SUPPORTED
