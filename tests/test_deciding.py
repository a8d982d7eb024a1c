"""A label becomes a verdict only with its words; what is not sure enough is undecided; findings change nothing."""

import pytest

from summarizer.calibration import CalibrationProfile, Equation, Thresholds
from summarizer.deciding import DecisionOptions, decide
from summarizer.drafts import Judgement, QuoteDraft
from summarizer.grounding import Grounded
from summarizer.schema import (
    Doubt,
    Evidence,
    Finding,
    FindingKind,
    Label,
    Outcome,
    Probabilities,
    Reason,
    Span,
    Unchecked,
    Undecided,
    Verdict,
)

WORDS = (Evidence(document="d1", span=Span(start=0, end=10), quote="Snow fell."),)
QUOTES = (QuoteDraft(text="Snow fell."),)
DIFFERS = Finding(kind=FindingKind.NUMBER, claim=Span(start=0, end=2), evidence=WORDS[0], note="the source says 31")
LIKELY = Probabilities(supported=0.7, contradicted=0.1, not_in_source=0.2)
AS_THEY_ARE = Equation(bias=0.0, scale=1.0)
PROFILE = CalibrationProfile(
    version=1,
    name="test",
    judge="test",
    model="m",
    prior=0.5,
    support=AS_THEY_ARE,
    contradiction=AS_THEY_ARE,
    thresholds=Thresholds(supported=0.8, flagged=0.6),
)


def decided(judgement: Judgement, *findings: Finding, **options: bool | float | CalibrationProfile) -> Outcome:
    grounded = Grounded(judgement, WORDS, (), misquotes=0)
    return decide(grounded, findings, judge="test", options=DecisionOptions(**options))  # type: ignore[arg-type]


def supported(probabilities: Probabilities | None = None) -> Judgement:
    return Judgement(claim="c1", label=Label.SUPPORTED, quotes=QUOTES, probabilities=probabilities)


@pytest.mark.parametrize("label", list(Label))
def test_a_finding_changes_no_verdict(label: Label) -> None:
    judgement = Judgement(claim="c1", label=label, quotes=QUOTES)

    outcome = decided(judgement, DIFFERS)

    assert isinstance(outcome, Verdict)
    assert (outcome.label, outcome.findings) == (label, (DIFFERS,))


def test_probabilities_without_a_label_leave_the_claim_undecided_with_its_leaning() -> None:
    outcome = decided(Judgement(claim="c1", probabilities=LIKELY, quotes=QUOTES), DIFFERS)

    assert isinstance(outcome, Undecided)
    assert (outcome.reason, outcome.leaning) == (Doubt.NOT_SURE, Label.SUPPORTED)
    assert (outcome.nearest, outcome.findings, outcome.probabilities) == (WORDS, (DIFFERS,), LIKELY)


def test_a_forced_choice_takes_the_likeliest_label() -> None:
    outcome = decided(Judgement(claim="c1", probabilities=LIKELY, quotes=QUOTES), force=True)

    assert isinstance(outcome, Verdict)
    assert outcome.label is Label.SUPPORTED


@pytest.mark.parametrize(("least", "kind"), [(0.6, "verdict"), (0.7, "verdict"), (0.71, "undecided")])
def test_a_label_less_likely_than_was_asked_for_is_undecided(least: float, kind: str) -> None:
    assert decided(supported(LIKELY), min_confidence=least).kind == kind


def test_a_label_without_probabilities_stands_whatever_confidence_was_asked_for() -> None:
    assert decided(supported(), min_confidence=0.99).kind == "verdict"


@pytest.mark.parametrize(
    ("supported", "contradicted", "not_in_source", "outcome"),
    [
        (0.81, 0.10, 0.09, "supported"),
        (0.79, 0.15, 0.06, "undecided"),
        (0.41, 0.50, 0.09, "undecided"),
        (0.39, 0.50, 0.11, "contradicted"),
        (0.39, 0.11, 0.50, "not_in_source"),
    ],
)
def test_a_label_is_decided_from_the_thresholds_of_the_profile_on(
    supported: float, contradicted: float, not_in_source: float, outcome: str
) -> None:
    raw = Probabilities(supported=supported, contradicted=contradicted, not_in_source=not_in_source)

    found = decided(Judgement(claim="c1", probabilities=raw, quotes=QUOTES), profile=PROFILE, prior=0.5)

    assert (found.label if isinstance(found, Verdict) else found.kind) == outcome


def test_equal_chances_lean_to_the_more_cautious_label() -> None:
    assert Probabilities(supported=0.4, contradicted=0.2, not_in_source=0.4).leaning is Label.NOT_IN_SOURCE
    assert Probabilities(supported=0.4, contradicted=0.4, not_in_source=0.2).leaning is Label.CONTRADICTED


@pytest.mark.parametrize("label", [Label.SUPPORTED, Label.CONTRADICTED])
def test_no_verdict_without_its_words(label: Label) -> None:
    judgement = Judgement(claim="c1", label=label, quotes=QUOTES)

    outcome = decide(Grounded(judgement, (), (), misquotes=1), (), judge="test")

    assert isinstance(outcome, Unchecked)
    assert outcome.reason is Reason.MISQUOTE


def test_a_failure_is_unchecked_with_its_reason() -> None:
    outcome = decided(Judgement(claim="c1", failure=Reason.REFUSED, rationale="the model refused to answer"), DIFFERS)

    assert outcome == Unchecked(reason=Reason.REFUSED, detail="the model refused to answer", nearest=WORDS)


def test_the_judges_own_pair_hides_what_code_says_of_the_same_words() -> None:
    pair = DIFFERS.model_copy(update={"found_by": "test", "note": ""})
    other = DIFFERS.model_copy(update={"claim": Span(start=5, end=9)})

    outcome = decide(Grounded(supported(), WORDS, (pair,), misquotes=0), (DIFFERS, other), judge="test")

    assert isinstance(outcome, Verdict)
    assert outcome.findings == (pair, other)


@pytest.mark.parametrize("wrong", [{}, {"label": Label.SUPPORTED, "failure": Reason.REFUSED}])
def test_a_judgement_says_something_or_failed(wrong: dict[str, Label | Reason]) -> None:
    with pytest.raises(ValueError, match="a label or probabilities, or else a doubt or a failure"):
        Judgement(claim="c1", **wrong)  # type: ignore[arg-type]


def test_probabilities_that_do_not_add_up_cannot_be_built() -> None:
    with pytest.raises(ValueError, match=r"add up to 1\.2000"):
        Probabilities(supported=0.6, contradicted=0.2, not_in_source=0.4)


WEIGHING = PROFILE.model_copy(
    update={"weighs_labels": True, "support": Equation(bias=0.0, scale=0.2, witnesses={"other": 1.0})}
)


def weighed(judgement: Judgement, support: float, *, evidence: tuple[Evidence, ...] = WORDS) -> Outcome:
    """What becomes of a judgement where another judge gives the claim that chance of support."""
    witnesses = {"other": Probabilities.of(support, 0.0, 1 - support)}
    options = DecisionOptions(profile=WEIGHING, prior=0.5)
    return decide(Grounded(judgement, evidence, (), misquotes=0), (), witnesses, judge="test", options=options)


@pytest.mark.parametrize(
    ("support", "outcome"), [(0.5, "supported"), (0.2, "undecided"), (0.02, "not_in_source")]
)  # a bare label is worth 0.2 x 9.2 = 1.8 in log-odds
def test_a_profile_that_weighs_labels_sets_one_against_its_witness(support: float, outcome: str) -> None:
    found = weighed(supported(), support)

    assert (found.label.value if isinstance(found, Verdict) else found.kind) == outcome


def test_a_label_that_weighing_turned_says_so_and_names_both_judges() -> None:
    found = weighed(supported(), 0.02)

    assert isinstance(found, Verdict)
    assert found.judges == ("test", "other")
    assert found.rationale == (
        "the judge alone says supported; weighed with what other says, by its calibration profile, it is not in source"
    )


def test_a_label_turned_to_support_without_words_of_the_source_is_undecided() -> None:
    judgement = Judgement(claim="c1", label=Label.NOT_IN_SOURCE)

    found = weighed(judgement, 0.9999, evidence=())

    assert isinstance(found, Undecided)
    assert (found.reason, found.judges) == (Doubt.JUDGES_DISAGREE, ("test", "other"))


def test_a_profile_that_weighs_no_labels_leaves_a_label_as_it_is() -> None:
    assert decided(supported(), profile=PROFILE).kind == "verdict"
