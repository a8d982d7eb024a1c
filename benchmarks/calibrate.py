"""Fit a calibration profile of the nli judge on half A of labelled claims, and say how it does on half B.

    python -m benchmarks.calibrate DEV.jsonl.xz --weights FOLDER [--cache FOLDER] [--all-sets] [-o PROFILE.toml]

The two equations are logistic regressions in log-odds, every data set and each of its labels weighing the same: half
A of the data sets that word overlap does not solve, the dev parts of the suite and of the natural summaries, and
`development.jsonl`. A kind of finding, and the lexical judge as witness, keep their weight only where the log-loss of
other data sets gets better with them; the lexical judge is not heard beside sources that are no longer than a window. The
equation of support is then made as steep as the calibration error of half A allows (0.03). Thresholds are chosen on
natural sentences (half A of ragtruth_sub_sent) and on the last three: `supported` right nine times of ten where four
in five claims are sound, and eight of ten where half are, with at most nine of a hundred unsound ones supported, of the
natural summaries by themselves too, and five of a hundred of the last three together; what is flagged likewise, as far
as it can, with at most five of a hundred sound sentences of the natural summaries. `--all-sets` fits on all data sets
of half A that the network has not seen other parts of, for comparison. Printed as well: how right the contradictions are on which words and network agree, what the
raw probabilities do on `development.jsonl`, and how many claims lie below the bounds from which those of the witness
beside a language model were chosen.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import log_loss, roc_auc_score

from benchmarks.equations import (
    TOGETHER,
    Case,
    alike,
    cases_of,
    chances,
    labels,
    profile_of,
    steepened,
    with_thresholds,
)
from benchmarks.judged import (
    HONEST,
    IN_TRAINING,
    NATURAL,
    Claim,
    Judged,
    claims_of,
    claims_of_suite,
    claims_written,
)
from summarizer.calibration import USUAL_PRIOR, CalibrationProfile, to_toml
from summarizer.evaluation.calibrating.quality import calibration_error

COMMAND = "python -m benchmarks.calibrate"
BOUNDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9)
"""Raw chances of support at which a witness beside a language model might veto, or be asked to bear it out."""


def _contradicted(row: Judged) -> bool:
    return any(part.label == "contradicted" for part in row.parts)


def bounds(parts: Mapping[str, Sequence[Case]]) -> None:
    """Of the sound and the unsound claims of each part the share below each bound."""
    print(f"\n## Raw chance of support below\n\n| claims | {' | '.join(map(str, BOUNDS))} |")
    print("| --- |" + " --- |" * len(BOUNDS))
    for name, cases in parts.items():
        for sound in (True, False):
            raw = np.array([one.least.raw[0] for one in cases if one.row.sound is sound and not one.copied])
            shares = " | ".join(f"{(raw < bound).mean():.1%}" for bound in BOUNDS)
            print(f"| {name}, {'sound' if sound else 'unsound'} | {shares} |")


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
    profile = steepened(profile, half["A"])
    natural = [one for one in half["A"] if one.row.dataset == "ragtruth_sub_sent"]
    profile = with_thresholds(profile, natural, [*suite, *written], summaries)
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
