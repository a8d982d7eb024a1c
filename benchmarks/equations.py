"""The two equations of the nli judge's calibration profile, fitted on labelled claims, and the thresholds.

Both are logistic regressions in log-odds, every data set and each of its labels weighing the same. They are fitted on the
least supported part of a claim; `chances` takes the parts together as the evaluation does.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import log_loss

from benchmarks.judged import Claim, Judged, Part, judged, kinds_of
from summarizer.calibration import (
    USUAL_PRIOR,
    VERSION,
    CalibrationProfile,
    Equation,
    Thresholds,
    between_wrong,
    log_odds,
)
from summarizer.evaluation.align import together
from summarizer.evaluation.calibrating.fitting import logistic
from summarizer.evaluation.calibrating.quality import GRID, MOST_FALSE, calibration_error, choose
from summarizer.judging.nli import COPIED
from summarizer.judging.nli.windows import MOST_WORDS
from summarizer.schema import FindingKind, Probabilities

Array = NDArray[np.float64]
PENALTY = 0.1  # of squared weights, against a weight of one for each label of each data set
WITNESS = "lexical"
WITNESSED_FROM = MOST_WORDS + 1
"""Words of a source that is longer than a window: there, words in common say whether the windows are the right ones."""
STEEPER = tuple(1 + step / 100 for step in range(41))
MOST_ACCUSED = 0.05  # share of sound sentences of natural summaries that may be flagged
MOST_BELIEVED = 0.05  # share of the unsound claims labelled by the project that may come out supported
MOST_ERROR = 0.03  # expected calibration error where four in five claims are sound
UNKNOWN = (0.5, 0.25, 0.25)  # of a part that the judge cannot tell


class Seen(NamedTuple):
    """What the equations see of one part of a claim."""

    raw: tuple[float, float, float]
    lexical: float
    """Probability of support as the witness has it; 0.5 where it is not heard."""
    kinds: tuple[str, ...]
    copied: bool


class Case(NamedTuple):
    """One claim and its parts."""

    row: Judged
    parts: tuple[Seen, ...]

    @property
    def least(self) -> Seen:
        """The least supported part, which the equations are fitted on."""
        return min(self.parts, key=lambda one: one.raw[0])

    @property
    def copied(self) -> bool:
        return all(one.copied for one in self.parts)


def seen(row: Judged, witness: Judged) -> Case:
    """The parts of a claim, with what the witness says of each."""
    heard = row.words >= WITNESSED_FROM
    parts = (
        Seen(
            one.raw or UNKNOWN,
            _support(other) if heard else 0.5,
            one.kinds if one.raw else (),
            one.label == "supported",
        )
        for one, other in zip(row.parts, witness.parts, strict=True)
    )
    return Case(row, tuple(parts))


def cases_of(claims: Sequence[Claim], weights: Path, folder: Path | None) -> list[Case]:
    """The claims with what the judge and the witness say of them."""
    return [
        seen(one, other)
        for one, other in zip(
            judged(claims, "nli", folder, weights=weights), judged(claims, WITNESS, folder), strict=True
        )
    ]


def _support(part: Part) -> float:
    return part.raw[0] if part.raw else 0.5


def columns(cases: Sequence[Case], kinds: Sequence[FindingKind], *, witness: bool = True) -> Array:
    """Features of the equation of support; that of the witness stands second, and is 0 where it is not heard."""
    return np.array(
        [
            [
                log_odds(one.raw[0]),
                log_odds(one.lexical) if witness else 0.0,
                *(float(kind in one.kinds) for kind in kinds),
            ]
            for one in (case.least for case in cases)
        ]
    )


def labels(cases: Sequence[Case]) -> NDArray[np.int64]:
    return np.array([int(one.row.sound) for one in cases])


def alike(cases: Sequence[Case]) -> Array:
    """Weights under which every data set, and each of its labels, counts the same."""
    keys = [(one.row.dataset, one.row.sound) for one in cases]
    size = {key: keys.count(key) for key in set(keys)}
    return np.array([1.0 / size[key] for key in keys])


def fitted(cases: Sequence[Case], kinds: Sequence[FindingKind], *, witness: bool = True) -> tuple[float, Array]:
    """Bias and weights of the equation of support."""
    return logistic(columns(cases, kinds, witness=witness), labels(cases) == 1, alike(cases), penalty=PENALTY)


def left_out_loss(cases: Sequence[Case], kinds: Sequence[FindingKind], *, witness: bool = True) -> float:
    """Mean log-loss of each data set by an equation that has not seen it."""
    losses = []
    for name in sorted({one.row.dataset for one in cases}):
        own = [one for one in cases if one.row.dataset == name]
        others = [one for one in cases if one.row.dataset != name]
        if len({one.row.sound for one in own}) == 2:
            bias, weights = fitted(others, kinds, witness=witness)
            chances = 1 / (1 + np.exp(-bias - columns(own, kinds, witness=witness) @ weights))
            losses.append(log_loss(labels(own), chances, sample_weight=alike(own)))
    return float(np.mean(losses))


def useful(cases: Sequence[Case], kinds: Sequence[FindingKind]) -> list[FindingKind]:
    """The kinds that make the loss on data sets left out smaller, each beside all the others."""
    kept = list(kinds)
    for kind in kinds:
        others = [one for one in kept if one is not kind]
        with_it, without = left_out_loss(cases, kept), left_out_loss(cases, others)
        print(f"| {kind.value} | {with_it:.4f} | {without:.4f} | {'kept' if with_it < without else 'no weight'} |")
        if with_it >= without:
            kept = others
    return kept


def support(cases: Sequence[Case], kinds: Sequence[FindingKind], *, witness: bool) -> Equation:
    bias, found_weights = fitted(cases, kinds, witness=witness)
    scale, lexical, *weights = map(float, found_weights)
    found = {kind: round(weight, 4) for kind, weight in zip(kinds, weights, strict=True) if weight < 0}
    heard = {WITNESS: round(lexical, 4)} if witness else {}
    return Equation(bias=round(bias, 4), scale=round(scale, 4), witnesses=heard, findings=found)


def contradiction(cases: Sequence[Case], kinds: Sequence[FindingKind]) -> Equation:
    """Among claims that are not supported: contradicted against not in source."""
    known = [one for one in cases if one.row.verdict in ("contradicted", "not_in_source")]
    between = [between_wrong(Probabilities.of(*one.least.raw)) for one in known]
    values = np.array(
        [[x, *(float(kind in one.least.kinds) for kind in kinds)] for x, one in zip(between, known, strict=True)]
    )
    wanted = np.array([one.row.verdict == "contradicted" for one in known])
    keys = [(one.row.dataset, one.row.verdict) for one in known]
    weights = np.array([1.0 / keys.count(key) for key in keys])
    bias, found_weights = logistic(values, wanted, weights, penalty=PENALTY)
    scale, *rest = map(float, found_weights)
    found = {kind: round(weight, 4) for kind, weight in zip(kinds, rest, strict=True)}
    return Equation(bias=round(bias, 4), scale=round(scale, 4), findings=found)


TOGETHER: Mapping[str, Callable[[Sequence[float]], float]] = {
    "the least": min,
    "their product": math.prod,
    "their geometric mean": together,
}
"""Ways to take the chances of the parts of a claim together."""


def chances(
    cases: Sequence[Case],
    profile: CalibrationProfile,
    prior: float,
    way: Callable[[Sequence[float]], float] = together,
) -> Array:
    """Calibrated probability of support."""
    return np.array([way([_chance(part, profile, prior) for part in one.parts]) for one in cases])


def _chance(one: Seen, profile: CalibrationProfile, prior: float) -> float:
    if one.copied:
        return COPIED.supported  # measured elsewhere
    kinds = [_Kind(FindingKind(kind)) for kind in one.kinds]
    heard = {WITNESS: Probabilities.of(one.lexical, 0, 1 - one.lexical)}
    return profile.calibrated(Probabilities.of(*one.raw), kinds, heard, prior=prior).supported  # type: ignore[arg-type]


class _Kind(NamedTuple):
    kind: FindingKind


def careful(cases: Sequence[Case], profile: CalibrationProfile, most: float) -> float:
    """The probability of support from which on at most the share `most` of the unsound claims are supported."""
    return _held_to(most, chances(cases, profile, USUAL_PRIOR)[labels(cases) == 0])


def restrained(cases: Sequence[Case], profile: CalibrationProfile) -> float:
    """The probability of a claim's being unsound from which on at most `MOST_ACCUSED` of the sound claims are flagged."""
    return _held_to(MOST_ACCUSED, 1 - chances(cases, profile, USUAL_PRIOR)[labels(cases) == 1])


def _held_to(most: float, found: Array) -> float:
    """The first step of the grid that at most such a share of the probabilities reaches, or the strictest."""
    return next((one for one in GRID if float((found >= one).mean()) <= most), GRID[-1])


def profile_of(learn: Sequence[Case], weights: Path) -> CalibrationProfile:
    """The equations, with thresholds that are still to be chosen; prints what keeps a weight."""
    from summarizer.judging.nli.model import cross_encoder

    encoder = cross_encoder(weights)
    print("| finding | loss with it | loss without it | |\n| --- | --- | --- | --- |")
    kinds = useful(learn, kinds_of(one.row for one in learn))
    heard, unheard = left_out_loss(learn, kinds), left_out_loss(learn, kinds, witness=False)
    witness = heard < unheard
    print(f"| the witness {WITNESS} | {heard:.4f} | {unheard:.4f} | {'kept' if witness else 'no weight'} |")
    return CalibrationProfile(
        version=VERSION,
        name=f"nli, {encoder.name}",
        judge="nli",
        model=f"{encoder.name}@{encoder.digest[:12]}",
        prior=0.5,
        support=support(learn, kinds, witness=witness),
        contradiction=contradiction(learn, kinds),
        thresholds=Thresholds(supported=0.5, flagged=0.5),
        witnessed_from=WITNESSED_FROM if witness else 0,
        fitted={
            "claims": len(learn),
            "data": "half A of the development claims, the dev parts of the suite and of natural summaries, development.jsonl",
        },
    )


def steepened(profile: CalibrationProfile, half: Sequence[Case]) -> CalibrationProfile:
    """The profile with an equation of support as steep as the calibration error of half A allows; prints every fifth factor.

    The mean over data sets is flat because the judge tells little of some of them; most text is told apart better.
    """
    kept, times = profile, 1.0
    print("\n| equation of support times | calibration error, half A |\n| --- | --- |")
    for place, factor in enumerate(STEEPER):
        steeper = profile.model_copy(update={"support": _times(profile.support, factor)})
        error = calibration_error(labels(half) == 1, chances(half, steeper, USUAL_PRIOR), USUAL_PRIOR)
        if place % 5 == 0:
            print(f"| {factor:g} | {error:.4f} |")
        if error <= MOST_ERROR:
            kept, times = steeper, factor
    print(f"\nTaken: {times:g}")
    return kept


def _times(one: Equation, factor: float) -> Equation:
    """An equation whose log-odds are so many times as far from even."""
    return Equation(
        bias=round(one.bias * factor, 4),
        scale=round(one.scale * factor, 4),
        witnesses={name: round(weight * factor, 4) for name, weight in one.witnesses.items()},
        findings={kind: round(weight * factor, 4) for kind, weight in one.findings.items()},
    )


def with_thresholds(
    profile: CalibrationProfile, sentences: Sequence[Case], claims: Sequence[Case], summaries: Sequence[Case]
) -> CalibrationProfile:
    """The profile with the thresholds that hold what is asked.

    Of everything together it is the precision. Claims and summaries, whose labels are the project's, are held to
    `MOST_BELIEVED` as well, and the summaries by themselves to `MOST_FALSE` and `MOST_ACCUSED`.
    """
    own = [*claims, *summaries]
    everything = [*sentences, *own]
    chosen = choose(labels(everything) == 1, chances(everything, profile, USUAL_PRIOR))
    supported = max(chosen.supported, careful(summaries, profile, MOST_FALSE), careful(own, profile, MOST_BELIEVED))
    flagged = max(chosen.flagged, restrained(summaries, profile))
    return profile.model_copy(update={"thresholds": Thresholds(supported=supported, flagged=flagged)})
