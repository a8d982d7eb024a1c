"""The equations of a calibration profile: logistic regressions in log-odds, and which witness or finding earns a weight.

Sound and unsound claims weigh the same however many there are. A witness or a kind of finding keeps its weight only
where the log-loss on articles left out gets better with it, and thresholds are chosen on probabilities of articles that
the equation has not seen.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from summarizer.calibration import (
    USUAL_PRIOR,
    VERSION,
    CalibrationProfile,
    Equation,
    Thresholds,
    between_wrong,
    log_odds,
)
from summarizer.errors import CaseError
from summarizer.evaluation.calibrating.observing import Observation
from summarizer.evaluation.calibrating.quality import Chosen, Flags, Floats, Quality, calibration_error, choose
from summarizer.schema import Component, FindingKind, Label

FOLDS = 5
FEWEST_CASES = 5
FEWEST = 20  # sound claims, and unsound ones
RARE = 10  # claims with a kind of finding; below that its weight would be noise
STEPS, CLOSE = 100, 1e-9  # of Newton's method
PENALTY = 1.0  # of squared weights, against a weight of one for each claim


class Fit(NamedTuple):
    """A profile, and how it does on articles that its equations have not seen."""

    profile: CalibrationProfile
    chosen: Chosen
    unseen: Quality
    alone: Quality
    """What the judge's own labels do, with nothing beside them."""
    error: float
    """Expected calibration error at the usual prior, on unseen articles."""
    loss: float
    """Log-loss there; 0.693 knows nothing."""


class Columns(NamedTuple):
    """What the equation of support reads beside the judge."""

    witnesses: tuple[str, ...]
    kinds: tuple[FindingKind, ...]

    def of(self, observations: Sequence[Observation]) -> Floats:
        return np.array(
            [
                [
                    log_odds(one.raw.supported),
                    *(
                        log_odds(one.witnesses[name].supported) if name in one.witnesses else 0.0
                        for name in self.witnesses
                    ),
                    *(float(kind in one.kinds) for kind in self.kinds),
                ]
                for one in observations
            ]
        )


def logistic(features: Floats, labels: Flags, weights: Floats, *, penalty: float) -> tuple[float, Floats]:
    """Return bias and weights of the logistic regression with the least penalised log-loss, by Newton's method.

    `features` has a row for each label. The bias is not penalised.
    """
    rows = np.hstack([np.ones((len(features), 1)), features])
    ridge = np.diag([0.0, *[penalty] * features.shape[1]])
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chances = _probabilities(rows @ found)
        slope = rows.T @ (weights * (chances - labels)) + ridge @ found
        curve = (rows * (weights * np.maximum(chances * (1 - chances), 1e-9))[:, None]).T @ rows + ridge
        step = np.linalg.solve(curve, slope)
        step *= min(1.0, 5.0 / max(float(abs(step).max()), 1e-12))  # far from the least loss a whole step overshoots
        found -= step
        if float(abs(step).max()) < CLOSE:
            break
    return float(found[0]), found[1:]


def fit(observations: Sequence[Observation], about: Component, *, name: str, data: str, weighs_labels: bool) -> Fit:
    """Fit a profile of the judge `about` on what was observed.

    Raises a `CaseError` where there are too few claims or articles for it.
    """
    sound = _sound(observations)
    cases = sorted({one.case for one in observations})
    if len(cases) < FEWEST_CASES or min(int(sound.sum()), int((~sound).sum())) < FEWEST:
        raise CaseError(
            f"a calibration profile needs at least {FEWEST} sound and {FEWEST} unsound claims of {FEWEST_CASES} "
            f"articles that the judge answered; there are {int(sound.sum())} and {int((~sound).sum())} of {len(cases)}"
        )
    columns = _useful(observations, cases)
    unseen = _unseen(observations, columns, cases, USUAL_PRIOR)
    chosen = choose(sound, unseen)
    bias, weights = logistic(columns.of(observations), sound, _alike(sound), penalty=PENALTY)
    rest = [round(float(one), 4) for one in weights[1:]]
    heard, found = rest[: len(columns.witnesses)], rest[len(columns.witnesses) :]
    profile = CalibrationProfile(
        version=VERSION,
        name=name,
        judge=about.name,
        model=about.model or about.name,
        prior=0.5,
        support=Equation(
            bias=round(bias, 4),
            scale=round(float(weights[0]), 4),
            witnesses=dict(zip(columns.witnesses, heard, strict=True)),
            findings=dict(zip(columns.kinds, found, strict=True)),
        ),
        contradiction=_contradiction(observations),
        thresholds=Thresholds(supported=chosen.supported, flagged=chosen.flagged),
        weighs_labels=weighs_labels,
        prompts=about.prompts,
        fitted={"claims": len(observations), "articles": len(cases), "data": data},
    )
    labels = [one.label for one in observations]
    return Fit(
        profile,
        chosen,
        _quality(sound, unseen >= chosen.supported, 1 - unseen >= chosen.flagged),
        _quality(
            sound,
            np.array([one is Label.SUPPORTED for one in labels]),
            np.array([one in (Label.CONTRADICTED, Label.NOT_IN_SOURCE) for one in labels]),
        ),
        calibration_error(sound, unseen, USUAL_PRIOR),
        _loss(sound, _unseen(observations, columns, cases, 0.5)),
    )


def _useful(observations: Sequence[Observation], cases: Sequence[str]) -> Columns:
    """The witnesses and kinds of findings without which the loss on unseen articles would be greater.

    A kind of finding that would speak for support, or a witness that would speak against what it says, is noise.
    """
    sound = _sound(observations)
    counts = {kind: sum(kind in one.kinds for one in observations) for kind in FindingKind}
    kept = Columns(
        tuple(sorted({name for one in observations for name in one.witnesses})),
        tuple(kind for kind in FindingKind if counts[kind] >= RARE),
    )
    loss = _loss(sound, _unseen(observations, kept, cases, 0.5))
    for column in (*kept.witnesses, *kept.kinds):
        less = Columns(
            tuple(one for one in kept.witnesses if one != column), tuple(one for one in kept.kinds if one != column)
        )
        without = _loss(sound, _unseen(observations, less, cases, 0.5))
        if without <= loss or not _speaks_as_it_should(observations, kept, column):
            kept, loss = less, without
    return kept


def _speaks_as_it_should(observations: Sequence[Observation], columns: Columns, column: str) -> bool:
    sound = _sound(observations)
    _, weights = logistic(columns.of(observations), sound, _alike(sound), penalty=PENALTY)
    own = float(weights[1 + (*columns.witnesses, *columns.kinds).index(column)])
    return own > 0 if column in columns.witnesses else own < 0


def _unseen(observations: Sequence[Observation], columns: Columns, cases: Sequence[str], prior: float) -> Floats:
    """Probabilities of support, each by an equation that was fitted without the claim's article."""
    sound, features = _sound(observations), columns.of(observations)
    fold = np.array([cases.index(one.case) % FOLDS for one in observations])
    found = np.zeros(len(observations))
    for own in range(FOLDS):
        others = fold != own
        bias, weights = logistic(features[others], sound[others], _alike(sound[others]), penalty=PENALTY)
        found[~others] = _probabilities(bias + features[~others] @ weights + log_odds(prior))
    return found


def _contradiction(observations: Sequence[Observation]) -> Equation:
    """Contradicted against not in source, among claims that are known to be one; as the judge has it where only one occurs."""
    wrong = [one for one in observations if one.gold in (Label.CONTRADICTED, Label.NOT_IN_SOURCE)]
    wanted = np.array([one.gold is Label.CONTRADICTED for one in wrong])
    if len(set(wanted.tolist())) < 2:
        return Equation(bias=0.0, scale=1.0)
    features = np.array([[between_wrong(one.raw, one.witnesses)] for one in wrong])
    bias, (scale,) = logistic(features, wanted, _alike(wanted), penalty=PENALTY)
    return Equation(bias=round(bias, 4), scale=round(float(scale), 4))


def _sound(observations: Sequence[Observation]) -> Flags:
    return np.array([one.gold is Label.SUPPORTED for one in observations], dtype=np.bool_)


def _alike(labels: Flags) -> Floats:
    """Weights with a mean of one under which both labels count the same."""
    shares: Mapping[bool, int] = {one: max(1, int((labels == one).sum())) for one in (True, False)}
    return np.array([len(labels) / 2 / shares[bool(one)] for one in labels])


def _probabilities(odds: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return found


def _loss(labels: Flags, chances: Floats) -> float:
    right = np.clip(np.where(labels, chances, 1 - chances), 1e-12, 1)
    return float((_alike(labels) * -np.log(right)).mean())


def _quality(sound: Flags, supported: Flags, flagged: Flags) -> Quality:
    return Quality(
        claims=len(sound),
        decided=int((supported | flagged).sum()),
        right=int((supported & sound).sum() + (flagged & ~sound).sum()),
        false_support=int((supported & ~sound).sum()),
        unsound=int((~sound).sum()),
        accused=int((flagged & sound).sum()),
        sound=int(sound.sum()),
    )
