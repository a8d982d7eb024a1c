"""The thresholds of the embedded judge's profile hold natural summaries to bounds of their own."""

import random

from benchmarks.equations import MOST_ACCUSED, MOST_BELIEVED, Case, Seen, chances, labels, with_thresholds
from benchmarks.judged import Judged
from summarizer.calibration import USUAL_PRIOR, VERSION, CalibrationProfile, Equation, Thresholds
from summarizer.evaluation.calibrating.quality import LEAST_FLAGGED, MOST_FALSE


def case(raw: float, *, sound: bool) -> Case:
    row = Judged("some", "", sound, None, "00" * 32, 100, ())
    return Case(row, (Seen((raw, (1 - raw) / 2, (1 - raw) / 2), 0.5, (), copied=False),))


def drawn(seed: int, *, apart: float) -> list[Case]:
    """200 sound and 200 unsound claims; the greater `apart`, the better they are told from each other."""
    rng = random.Random(seed)  # noqa: S311  a seed that can be repeated
    return [
        case(min(0.99, max(0.01, rng.gauss(0.5 + (apart if sound else -apart), 0.2))), sound=sound)
        for sound in [True, False] * 200
    ]


PROFILE = CalibrationProfile(
    version=VERSION, name="some", judge="nli", model="some", prior=0.5, support=Equation(bias=0.0, scale=1.0),
    contradiction=Equation(bias=0.0, scale=1.0), thresholds=Thresholds(supported=0.5, flagged=0.5), fitted={},
)  # fmt: skip


def test_natural_summaries_that_are_told_badly_move_both_thresholds() -> None:
    easy, hard = drawn(1, apart=0.35), drawn(2, apart=0.05)

    on_easy = with_thresholds(PROFILE, easy, easy, easy).thresholds
    on_hard = with_thresholds(PROFILE, easy, easy, hard).thresholds

    assert on_easy.flagged == LEAST_FLAGGED
    assert on_hard.flagged > on_easy.flagged
    assert on_hard.supported > on_easy.supported
    found, sound = chances(hard, PROFILE, USUAL_PRIOR), labels(hard) == 1
    assert (1 - found[sound] >= on_hard.flagged).mean() <= MOST_ACCUSED < (1 - found[sound] >= LEAST_FLAGGED).mean()
    assert (found[~sound] >= on_hard.supported).mean() <= MOST_FALSE


def test_claims_that_are_told_badly_move_the_threshold_of_support_to_a_twentieth_of_the_unsound_ones() -> None:
    easy, hard = drawn(1, apart=0.35), drawn(2, apart=0.1)

    on_hard = with_thresholds(PROFILE, easy, hard, easy).thresholds

    both = [*hard, *easy]
    found, sound = chances(both, PROFILE, USUAL_PRIOR), labels(both) == 1
    assert on_hard.supported > with_thresholds(PROFILE, easy, easy, easy).thresholds.supported
    assert (found[~sound] >= on_hard.supported).mean() <= MOST_BELIEVED


def test_where_no_threshold_is_strict_enough_the_strictest_is_taken() -> None:
    upside_down = [case(0.99 if not sound else 0.01, sound=sound) for sound in [True, False] * 20]

    chosen = with_thresholds(PROFILE, upside_down, upside_down, upside_down).thresholds

    assert (chosen.supported, chosen.flagged) == (0.99, 0.99)
