"""Fit a calibration profile of the nli judge on half A of labelled claims, and say how it does on half B.

    python -m benchmarks.calibrate DEV.jsonl.xz --weights FOLDER [--cache FOLDER] [--all-sets] [-o PROFILE.toml]

The two equations are logistic regressions in log-odds, every data set and each of its labels weighing the same: half
A of the data sets that word overlap does not solve, the dev parts of the suite and of the natural summaries, and
`development.jsonl`. A kind of finding, and the lexical judge as witness, keep their weight only where the log-loss of
other data sets gets better with them. Thresholds are chosen on natural sentences (half A of ragtruth_sub_sent) and on
the last three: `supported` right nine times of ten where four in five claims are sound, and eight of ten where half
are, with at most nine of a hundred unsound ones supported, of the natural summaries by themselves too; what is
flagged likewise, as far as it can. `--all-sets` fits on all data sets of half A that the network has not seen other
parts of, for comparison. Printed as well: how right the contradictions are on which words and network agree, what the
raw probabilities do on `development.jsonl`, and how many claims lie below the bounds from which those of the witness
beside a language model were chosen.
"""

import argparse
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import log_loss, roc_auc_score

from benchmarks.judged import (
    HONEST,
    IN_TRAINING,
    NATURAL,
    Claim,
    Judged,
    Part,
    claims_of,
    claims_of_suite,
    claims_written,
    judged,
    kinds_of,
)
from summarizer.calibration import (
    USUAL_PRIOR,
    VERSION,
    CalibrationProfile,
    Equation,
    Thresholds,
    between_wrong,
    log_odds,
    to_toml,
)
from summarizer.evaluation.calibrating.fitting import logistic
from summarizer.evaluation.calibrating.quality import GRID, MOST_FALSE, calibration_error, choose
from summarizer.judging.nli import COPIED
from summarizer.schema import FindingKind, Probabilities

Array = NDArray[np.float64]
PENALTY = 0.1  # of squared weights, against a weight of one for each label of each data set
COMMAND = "python -m benchmarks.calibrate"
WITNESS = "lexical"
UNKNOWN = (0.5, 0.25, 0.25)  # of a part that the judge cannot tell
BOUNDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9)
"""Raw chances of support at which a witness beside a language model might veto, or be asked to bear it out."""


class Seen(NamedTuple):
    """What the equations see of one part of a claim."""

    raw: tuple[float, float, float]
    lexical: float
    """Probability of support as the witness has it."""
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
    parts = (
        Seen(one.raw or UNKNOWN, _support(other), one.kinds if one.raw else (), one.label == "supported")
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


def geometric_mean(parts: Sequence[float]) -> float:
    """What `evaluation.align` makes of the parts of a claim."""
    return math.prod(parts) ** (1 / len(parts))


TOGETHER: Mapping[str, Callable[[Sequence[float]], float]] = {
    "the least": min,
    "their product": math.prod,
    "their geometric mean": geometric_mean,
}
"""Ways to take the chances of the parts of a claim together."""


def chances(
    cases: Sequence[Case],
    profile: CalibrationProfile,
    prior: float,
    together: Callable[[Sequence[float]], float] = geometric_mean,
) -> Array:
    """Calibrated probability of support."""
    return np.array([together([_chance(part, profile, prior) for part in one.parts]) for one in cases])


def _chance(one: Seen, profile: CalibrationProfile, prior: float) -> float:
    if one.copied:
        return COPIED.supported  # measured elsewhere
    kinds = [_Kind(FindingKind(kind)) for kind in one.kinds]
    heard = {WITNESS: Probabilities.of(one.lexical, 0, 1 - one.lexical)}
    return profile.calibrated(Probabilities.of(*one.raw), kinds, heard, prior=prior).supported  # type: ignore[arg-type]


def _contradicted(row: Judged) -> bool:
    return any(part.label == "contradicted" for part in row.parts)


class _Kind(NamedTuple):
    kind: FindingKind


def bounds(parts: Mapping[str, Sequence[Case]]) -> None:
    """Of the sound and the unsound claims of each part the share below each bound."""
    print(f"\n## Raw chance of support below\n\n| claims | {' | '.join(map(str, BOUNDS))} |")
    print("| --- |" + " --- |" * len(BOUNDS))
    for name, cases in parts.items():
        for sound in (True, False):
            raw = np.array([one.least.raw[0] for one in cases if one.row.sound is sound and not one.copied])
            shares = " | ".join(f"{(raw < bound).mean():.1%}" for bound in BOUNDS)
            print(f"| {name}, {'sound' if sound else 'unsound'} | {shares} |")


def careful(cases: Sequence[Case], profile: CalibrationProfile) -> float:
    """The probability from which on at most `MOST_FALSE` of the unsound claims are supported."""
    unsound = chances(cases, profile, USUAL_PRIOR)[labels(cases) == 0]
    return next(one for one in GRID if float((unsound >= one).mean()) <= MOST_FALSE)


def of_several_parts(cases: Sequence[Case], profile: CalibrationProfile) -> None:
    """How the chances of claims with more than one part are best taken together."""
    own = [one for one in cases if len(one.parts) > 1]
    sound, weights = labels(own), alike(own)
    print(
        f"\n## Claims of several parts\n\n| of {len(own)} claims of half A | AUC | log-loss at 80 % sound |\n| --- | --- | --- |"
    )
    for name, way in TOGETHER.items():
        areas = [
            roc_auc_score(labels(part), chances(part, profile, 0.5, way))
            for part in (
                [one for one in own if one.row.dataset == kind] for kind in sorted({one.row.dataset for one in own})
            )
            if len(set(labels(part).tolist())) == 2
        ]
        prior = np.where(sound == 1, USUAL_PRIOR, 1 - USUAL_PRIOR)
        loss = log_loss(
            sound, np.clip(chances(own, profile, USUAL_PRIOR, way), 1e-6, 1 - 1e-6), sample_weight=weights * prior
        )
        print(f"| {name} | {np.mean(areas):.3f} | {loss:.4f} |")


def report(title: str, cases: Sequence[Case], profile: CalibrationProfile) -> None:
    """A line for each data set, macro means, and what the thresholds decide."""
    print(f"\n## {title}\n\n| data set | claims | AUC | balanced accuracy | decided | right | false support |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    scores: dict[str, tuple[float, float]] = {}
    for name in sorted({one.row.dataset for one in cases}):
        own = [one for one in cases if one.row.dataset == name]
        sound, found, usual = labels(own), chances(own, profile, 0.5), chances(own, profile, USUAL_PRIOR)
        yes, no = usual >= profile.thresholds.supported, 1 - usual >= profile.thresholds.flagged
        decided, right = int((yes | no).sum()), int((yes & (sound == 1)).sum() + (no & (sound == 0)).sum())
        line = f"| {name} | {len(own)} | {{}} | {{}} | {decided} | {right} | {int((yes & (sound == 0)).sum())} of {int((sound == 0).sum())} |"
        if len(set(sound.tolist())) == 2:
            balanced = ((found[sound == 1] >= 0.5).mean() + (found[sound == 0] < 0.5).mean()) / 2
            scores[name] = float(roc_auc_score(sound, found)), float(balanced)
            print(line.format(f"{scores[name][0]:.3f}", f"{100 * balanced:.1f}"))
        else:
            print(line.format("-", "-"))
    for label, group in (("macro", list(scores)), ("honest", [one for one in scores if one in HONEST])):
        if group:
            print(
                f"| **{label}** | | {np.mean([scores[one][0] for one in group]):.3f} | {100 * np.mean([scores[one][1] for one in group]):.1f} | | | |"
            )
    sound = labels(cases)
    print(
        f"\nExpected calibration error at {USUAL_PRIOR:.0%} sound: {calibration_error(sound == 1, chances(cases, profile, USUAL_PRIOR), USUAL_PRIOR):.3f}"
    )


def raw_figures(cases: Sequence[Case], written: Sequence[Case]) -> None:
    """How right the labels of the judge are, and what its probabilities do on `development.jsonl`."""
    agreed = [one.row.sound for one in cases if _contradicted(one.row)]
    print(f"Called contradicted by rule: {len(agreed)} claims, {agreed.count(False)} of them unsound.")
    raw, sound = np.array([one.least.raw[0] for one in written]), labels(written) == 1
    print(
        f"development.jsonl, raw probabilities: AUC {roc_auc_score(sound, raw):.3f}; from 0.9 on "
        f"{(raw[sound] >= 0.9).mean():.0%} of the sound claims and {(raw[~sound] >= 0.9).mean():.0%} of the unsound ones\n"
    )


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
        fitted={
            "claims": len(learn),
            "data": "half A of the development claims, the dev parts of the suite and of natural summaries, development.jsonl",
        },
    )


def with_thresholds(
    profile: CalibrationProfile, judged_on: Sequence[Case], summaries: Sequence[Case]
) -> CalibrationProfile:
    """The profile with the thresholds that hold what is asked on claims, and on natural summaries by themselves."""
    chosen = choose(labels(judged_on) == 1, chances(judged_on, profile, USUAL_PRIOR))
    supported = max(chosen.supported, careful(summaries, profile))
    return profile.model_copy(update={"thresholds": Thresholds(supported=supported, flagged=chosen.flagged)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--most", type=int, help="claims of each label of each data set")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--all-sets", action="store_true")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()

    def cases(claims: Sequence[Claim]) -> list[Case]:
        return cases_of(claims, options.weights, options.cache)

    rows, suite = cases(claims_of(options.dev, most=options.most)), cases(claims_of_suite("dev"))
    half = {name: [one for one in rows if one.row.half == name] for name in "AB"}
    written, summaries = cases(claims_written()), cases(claims_of_suite("dev", NATURAL))
    sets = {one.row.dataset for one in half["A"]} - IN_TRAINING if options.all_sets else set(HONEST)
    chosen = [one for one in half["A"] if one.row.dataset in sets]
    raw_figures([*half["A"], *suite, *written, *summaries], written)
    profile = profile_of([one for one in [*chosen, *suite, *written, *summaries] if not one.copied], options.weights)
    natural = [one for one in half["A"] if one.row.dataset == "ragtruth_sub_sent"]
    profile = with_thresholds(profile, [*natural, *suite, *written, *summaries], summaries)
    print(f"\n{to_toml(profile, command=COMMAND)}")
    bounds({"half A": [one for one in half["A"] if one.row.dataset not in IN_TRAINING], "the suite, dev": suite})
    of_several_parts(half["A"], profile)
    report("Half B", half["B"], profile)
    report("The suite, dev", suite, profile)
    report("development.jsonl", written, profile)
    report("Natural summaries, dev", summaries, profile)
    report("The suite, test", cases(claims_of_suite("test")), profile)
    report("Natural summaries, test", cases(claims_of_suite("test", NATURAL)), profile)
    if options.output:
        options.output.write_text(to_toml(profile, command=COMMAND), encoding="utf-8")


if __name__ == "__main__":
    main()
