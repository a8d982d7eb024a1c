"""Pairs that once came out wrong with no key: whose words add up to support, and true ones said in other words."""

import pytest

from summarizer import check
from summarizer.schema import Doubt, Label, Undecided, Verdict

FALSE = [
    ("Nordsee closed its cannery in Leith in 2019.", "Nordsee bought the brewery in 2016. Aldane closed its cannery in Leith in 2019."),
    ("Firefighters treated nine hikers for frostbite.", "Medics treated nine hikers for frostbite."),
    ("Two climbers died.", "Two climbers were pulled from the crevasse."),
    ("The harbourmaster of Skerry Point is Ines Aldous.", "Town,People,Harbourmaster\nSkerry Point,31000,Jon Farrow\nMallow,9000,Ines Aldous\n"),
    ("Hail fell on Friday in Mallow.", "Hail fell on Friday on the moor. The vicar of Mallow said so."),
    ("The bakery will reopen in June.", "Will the bakery reopen in June? Nobody at the council could say."),
]  # fmt: skip
TRUE = [
    ("The tunnel will cost 380 million.", "The tunnel will cost 380 million, of which the region pays a third."),
    ("The alliance has thirty-one members.", "The plan needs the consent of all 31 members of the alliance."),
    ("Petra Lindqvist is the Finnish Health Minister.", "Finnish Health Minister Petra Lindqvist said the clinics would stay open."),
]  # fmt: skip


def label(claim: str, source: str) -> Label | None:
    """What comes out with no key and no weights; None where nothing is decided."""
    (only,) = check(claim, source).checks
    return only.outcome.label if isinstance(only.outcome, Verdict) else None


@pytest.mark.parametrize(("claim", "source"), FALSE)
def test_words_that_do_not_belong_together_are_no_support(claim: str, source: str) -> None:
    assert label(claim, source) is not Label.SUPPORTED


@pytest.mark.parametrize(("claim", "source"), TRUE)
def test_a_true_claim_in_other_words_is_not_accused(claim: str, source: str) -> None:
    assert label(claim, source) in (Label.SUPPORTED, None)


def test_two_of_three_true_claims_in_other_words_are_supported() -> None:
    assert [label(claim, source) for claim, source in TRUE].count(Label.SUPPORTED) >= 2


@pytest.mark.parametrize(
    ("claim", "source", "pair"),
    [
        ("The choir gave 14 concerts in Oslo.", "The choir gave 41 concerts in Oslo. It rained.", ("14", "41")),
        (
            "Ines Aldous opened the lock in June 2019.",
            "Ines Aldous opened the lock in June 2017. Boats came from afar.",
            ("2019", "2017"),
        ),
    ],
)
def test_a_value_on_which_words_and_network_agree_contradicts_and_shows_both_sides(
    claim: str, source: str, pair: tuple[str, str]
) -> None:
    (only,) = check(claim, source).checks

    assert isinstance(only.outcome, Verdict)
    assert only.outcome.label is Label.CONTRADICTED
    (finding,) = only.outcome.findings
    assert finding.evidence is not None
    assert pair[0] in finding.claim.of(claim)
    assert pair[1] in finding.evidence.quote


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (
            "Die Bibliothek bleibt am Montag geschlossen, sagte der Rat.",
            "The library stays closed on Monday, the council said. It opens again on Tuesday.",
        ),
        (
            "The library stays closed on Monday, the council said.",
            "Die Bibliothek bleibt am Montag geschlossen, sagte der Rat. Am Dienstag öffnet sie wieder.",
        ),
    ],
)
def test_a_translation_is_undecided_because_of_its_language(claim: str, source: str) -> None:
    (only,) = check(claim, source).checks

    assert isinstance(only.outcome, Undecided)
    assert (only.outcome.reason, only.outcome.leaning) == (Doubt.LANGUAGE, None)


def test_what_shares_no_word_with_an_english_source_is_not_in_it() -> None:
    claim = "Volcanoes erupted in the north of Iceland last night."

    assert label(claim, "Snow fell on two roads.") is Label.NOT_IN_SOURCE


def test_nothing_is_accused_in_a_language_that_the_judge_does_not_read() -> None:
    source = "Die Bibliothek bleibt am Montag geschlossen, sagte der Rat. Am Dienstag öffnet sie wieder."

    assert label("Vulkane brachen gestern im Norden Islands mit Getöse aus.", source) is None


GERMAN = "Der alte Gasthof am See bleibt im Winter geschlossen. Der Wirt sucht seit Jahren einen Nachfolger."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Mallow had 4,310 voters.", "Parish\tVoters\nSkerry\t4,310\nMallow\t2,875\n"),
        ("Petra Holm has room 21.", "Name: Ivo Aldane\nRoom: 21\n\nName: Petra Holm\nRoom: 34\n"),
        ("Thursday: closed.", "- Thursday: 8 to 4\n- Friday: closed\n"),
        ("The lake froze at 9 degrees on Friday.", "The lake froze at −9 degrees on Friday."),
        ("The dose was > 40 mg in the trial.", "The dose was < 40 mg in the trial."),
    ],
)
def test_cells_and_signs_of_others_are_no_support(claim: str, source: str) -> None:
    assert label(claim, source) is not Label.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The inn has welcomed 700,000 guests.", "The inn has welcomed 7 lakh guests."),
        ("The climb took 2.5 hours.", "The climb took 2½ hours."),
        ("The dish held a million cells.", "The dish held 10⁶ cells."),
    ],
)
def test_a_number_in_another_form_is_supported(claim: str, source: str) -> None:
    assert label(claim, source) is Label.SUPPORTED


@pytest.mark.parametrize("claim", ["The old inn by the lake stays shut in winter.", "Der Gasthof öffnet jeden Winter."])
def test_a_language_that_the_judge_does_not_read_is_named_and_accuses_nobody(claim: str) -> None:
    outcome = check(claim, GERMAN).checks[0].outcome

    assert isinstance(outcome, Undecided)
    assert outcome.reason is Doubt.LANGUAGE
    assert "the source is in German" in outcome.rationale


def test_a_question_leans_nowhere_and_says_so() -> None:
    (only,) = check("The bakery will reopen in June.", "Will the bakery reopen in June?").checks

    assert isinstance(only.outcome, Undecided)
    assert only.outcome.leaning is None
    assert only.outcome.rationale == "the source asks it and does not say it"


def test_a_grouped_number_of_another_country_is_the_same_words() -> None:
    (only,) = check(
        "The valley spent 2,340,000 francs on the dam.", "The valley spent 2'340'000 francs on the dam."
    ).checks

    assert isinstance(only.outcome, Verdict)
    assert only.outcome.rationale == "the source says it in the same words"
