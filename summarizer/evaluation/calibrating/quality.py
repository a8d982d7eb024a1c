"""How good probabilities and thresholds are on labelled claims; every share is reweighted to a stated prior."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PRIORS = ((0.8, 0.9), (0.5, 0.8))  # share of sound claims, precision asked of `supported`
FLAGGED = ((0.8, 0.6), (0.5, 0.85))  # the same of what is flagged, as far as it can be reached
MOST_FALSE = 0.09  # share of unsound claims that may come out supported
LEAST_FLAGGED = 0.5  # nothing that is more likely supported than not is flagged
GRID = tuple(round(step / 200, 3) for step in range(100, 199))  # a hundredth is coarse where most claims lie
BINS = 10


class Chosen(NamedTuple):
    """Thresholds, and whether they hold what is asked of them."""

    supported: float
    flagged: float
    supported_holds: bool
    flagged_holds: bool


class Quality(NamedTuple):
    """What came out on claims whose articles no equation had seen."""

    claims: int
    decided: int
    right: int
    false_support: int
    unsound: int
    accused: int
    """Sound claims that were flagged."""
    sound: int


def precision(sound: Flags, chosen: Flags, prior: float, *, of_sound: bool) -> float | None:
    """Share of the chosen claims that are rightly chosen, were a share of `prior` sound; None where none is chosen."""
    kept = float((chosen & sound).sum()) / max(1, int(sound.sum())) * prior
    wrong = float((chosen & ~sound).sum()) / max(1, int((~sound).sum())) * (1 - prior)
    right, other = (kept, wrong) if of_sound else (wrong, kept)
    return right / (right + other) if right + other else None


def choose(sound: Flags, chances: Floats) -> Chosen:
    """Return the lowest probabilities of support, and of its opposite, from which on the asked precisions hold.

    Where none does, the strictest of the grid.
    """
    careful = [one for one in GRID if float((chances[~sound] >= one).mean()) <= MOST_FALSE]
    supported = next((one for one in careful if _holds(sound, chances >= one, PRIORS, of_sound=True)), None)
    flagged = next((one for one in GRID if _holds(sound, 1 - chances >= one, FLAGGED, of_sound=False)), None)
    return Chosen(
        GRID[-1] if supported is None else supported,
        max(GRID[-1] if flagged is None else flagged, LEAST_FLAGGED),
        supported is not None,
        flagged is not None,
    )


def _holds(sound: Flags, chosen: Flags, asked: tuple[tuple[float, float], ...], *, of_sound: bool) -> bool:
    """Whether every precision is reached; of nothing chosen, that of support is, and that of flags is not."""
    reached = [precision(sound, chosen, prior, of_sound=of_sound) for prior, _ in asked]
    return all(of_sound if own is None else own >= least for own, (_, least) in zip(reached, asked, strict=True))


def calibration_error(sound: Flags, chances: Floats, prior: float) -> float:
    """Return the expected calibration error in bins of equal count, reweighted so that a share of `prior` is sound."""
    weights = np.where(sound, prior / max(1, int(sound.sum())), (1 - prior) / max(1, int((~sound).sum())))
    order = np.argsort(chances, kind="stable")
    return float(
        sum(abs((weights[own] * (chances[own] - sound[own])).sum()) for own in np.array_split(order, BINS) if len(own))
    )
