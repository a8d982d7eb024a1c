"""Calibration profiles: what a judge's raw probabilities, and what stands beside them, are worth on labelled claims.

A profile belongs to one judge, one model and one version of its prompt. It turns raw probabilities into calibrated
ones by two logistic equations in log-odds, of support and of contradiction among what is not supported, and it says
from which probability on a label is sure enough. It is a TOML file that the user names.

Calibrated probabilities depend on how many claims are sound where the judge is used: `prior` shifts them from the
share among the labelled claims to the user's (Saerens, Latinne and Decaestecker 2002, "Adjusting the outputs of a
classifier to new a priori probabilities").
"""

import math
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, ValidationError

from summarizer.errors import SettingsError
from summarizer.schema import Finding, FindingKind, Probabilities, Probability, Record, Text

VERSION = 1  # of the file's form
LARGEST = 64_000  # bytes
CLOSEST = 1e-4  # to 0 and 1; no judge is surer than one in ten thousand
USUAL_PRIOR = 0.8  # share of sound claims in text that people check


class Equation(Record):
    """A sum of log-odds."""

    bias: float
    scale: float
    """Weight of the judge's own log-odds."""
    witnesses: Mapping[str, float] = Field(default_factory=dict)
    """Weight of the log-odds of each witness, by its name."""
    findings: Mapping[FindingKind, float] = Field(default_factory=dict)
    """What a finding of that kind adds, once, however many there are."""

    def log_odds(self, raw: float, kinds: Iterable[FindingKind], witnesses: Mapping[str, float]) -> float:
        found = [self.findings.get(kind, 0.0) for kind in sorted(kinds)]
        heard = [weight * witnesses.get(name, 0.0) for name, weight in sorted(self.witnesses.items())]
        return math.fsum([self.bias, self.scale * raw, *found, *heard])


class Thresholds(Record):
    """From which calibrated probability on a label is sure enough."""

    supported: Probability
    """Least probability of `supported`."""
    flagged: Probability
    """Least probability of `contradicted` and `not_in_source` together; the likelier of the two is the label."""


class CalibrationProfile(Record):
    """What a file holds."""

    version: int
    name: Text
    """Shown in every report that used it."""
    judge: Text
    """Name of the judge in the registry."""
    model: Text
    """The model that it was fitted for, as reports name it."""
    prior: Annotated[float, Field(gt=0, lt=1)]
    """Share of supported claims among those that it was fitted on."""
    support: Equation
    """Supported against the rest."""
    contradiction: Equation
    """Contradicted against not in source, where it is not supported."""
    thresholds: Thresholds
    fitted: Mapping[str, str | int | float] = Field(default_factory=dict)
    """On what it was fitted and how well it did, for the reader of the file."""

    def calibrated(
        self,
        raw: Probabilities,
        findings: Iterable[Finding] = (),
        witnesses: Mapping[str, Probabilities] = MappingProxyType({}),
        *,
        prior: float = USUAL_PRIOR,
    ) -> Probabilities:
        """Return calibrated probabilities, for text of which a share of `prior` is sound.

        A witness that says nothing of a claim counts as undecided.
        """
        heard = {name: _log_odds(one.supported) for name, one in witnesses.items()}
        kinds = {finding.kind for finding in findings}
        shift = _log_odds(prior) - _log_odds(self.prior)
        supported = _probability(self.support.log_odds(_log_odds(raw.supported), kinds, heard) + shift)
        between = math.log((raw.contradicted + CLOSEST) / (raw.not_in_source + CLOSEST))
        contradicted = (1 - supported) * _probability(self.contradiction.log_odds(between, kinds, {}))
        return Probabilities.of(supported, contradicted, 1 - supported - contradicted)


def load_profile(path: Path) -> CalibrationProfile:
    """Read a profile. Raises a `SettingsError` that names file and fault."""
    try:
        data = path.read_bytes()
        if len(data) > LARGEST:
            raise SettingsError(f"{path.name}: more than {LARGEST:,} bytes; not a calibration profile")
        profile = CalibrationProfile.model_validate(tomllib.loads(data.decode("utf-8")))
    except OSError as error:
        raise SettingsError(f"{path.name}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name}: is not TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the whole"
        raise SettingsError(f"{path.name}: is not a calibration profile: {where}: {first['msg']}") from None
    if profile.version != VERSION:
        raise SettingsError(f"{path.name}: has version {profile.version}; this release reads version {VERSION}")
    return profile


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, CLOSEST), 1 - CLOSEST)
    return math.log(bounded / (1 - bounded))


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(log_odds, -30.0), 30.0)))
