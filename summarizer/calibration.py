"""Calibration profiles: what a judge's raw probabilities, and what stands beside them, are worth on labelled claims.

A profile belongs to one judge, one model and one version of its prompt. It turns raw probabilities into calibrated
ones by two logistic equations in log-odds, of support and of contradiction among what is not supported, and it says
from which probability on a label is sure enough. It is a TOML file that the user names.

Calibrated probabilities depend on how many claims are sound where the judge is used: `prior` shifts them from the
share among the labelled claims to the user's (Saerens, Latinne and Decaestecker 2002, "Adjusting the outputs of a
classifier to new a priori probabilities").
"""

import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, ValidationError

from summarizer.errors import SettingsError
from summarizer.schema import Finding, FindingKind, Label, Probabilities, Probability, PromptDigest, Record, Text
from summarizer.toml import parse_toml

VERSION = 1  # of the file's form
LARGEST = 64_000  # bytes
CLOSEST = 1e-4  # to 0 and 1; no judge is surer than one in ten thousand
HEAD = ("version", "name", "judge", "model", "prior", "weighs_labels", "witnessed_from")
BARE = re.compile(r"[A-Za-z0-9_-]+")  # a key of TOML that needs no quotes
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
    weighs_labels: bool = False
    """Whether a label that the judge gives is weighed like its probabilities; otherwise it stands."""
    witnessed_from: Annotated[int, Field(ge=0)] = 0
    """Words that the sources must have, together, for a witness to be heard (docs/decisions/0088)."""
    prompts: tuple[PromptDigest, ...] = ()
    """The prompts of the judge that it was fitted with; empty where it has none."""
    fitted: Mapping[str, str | int | float] = Field(default_factory=dict)
    """On what it was fitted and how well it did, for the reader of the file."""

    def weighs(self, label: Label | None) -> bool:
        """Whether the equations have a say where the judge gave that label, or none."""
        return label is None or self.weighs_labels

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
        heard = {name: log_odds(one.supported) for name, one in witnesses.items()}
        kinds = {finding.kind for finding in findings}
        shift = log_odds(prior) - log_odds(self.prior)
        supported = _probability(self.support.log_odds(log_odds(raw.supported), kinds, heard) + shift)
        between = between_wrong(raw, witnesses)
        contradicted = (1 - supported) * _probability(self.contradiction.log_odds(between, kinds, {}))
        return Probabilities.of(supported, contradicted, 1 - supported - contradicted)


def load_profile(path: Path) -> CalibrationProfile:
    """Read a profile. Raises a `SettingsError` that names file and fault."""
    try:
        data = path.read_bytes()
        if len(data) > LARGEST:
            raise SettingsError(f"{path.name}: more than {LARGEST:,} bytes; not a calibration profile")
        profile = CalibrationProfile.model_validate(parse_toml(data.decode("utf-8-sig")))
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


def to_toml(profile: CalibrationProfile, *, command: str) -> str:
    """Return the file of a profile, which names the command that wrote it."""
    head = {name: getattr(profile, name) for name in HEAD}
    kept = {key: value for key, value in head.items() if value}  # what is usual is left out
    parts = [
        f"# Calibration of the {profile.judge} judge; written by `{command}`.\n{_rows(kept)}",
        *(f"[[prompts]]\n{_rows(one.model_dump())}" for one in profile.prompts),
        *_equation("support", profile.support),
        *_equation("contradiction", profile.contradiction),
        f"[thresholds]\n{_rows(profile.thresholds.model_dump())}",
        f"[fitted]\n{_rows(profile.fitted)}",
    ]
    return "\n".join(parts)


def _equation(name: str, one: Equation) -> list[str]:
    own = {"bias": one.bias, "scale": one.scale}
    findings = {kind.value: weight for kind, weight in one.findings.items()}
    tables: dict[str, Mapping[str, float]] = {"": own, ".witnesses": one.witnesses, ".findings": findings}
    return [f"[{name}{suffix}]\n{_rows(values)}" for suffix, values in tables.items() if values]


def _rows(values: Mapping[str, Any]) -> str:
    return "".join(
        f"{key if BARE.fullmatch(key) else _value(key)} = {_value(value)}\n" for key, value in values.items()
    )


def _value(value: Any) -> str:
    """A number or a string in TOML, which is written as in JSON but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def certain(label: Label) -> Probabilities:
    """A label that came without probabilities, as probabilities; how far it is to be believed is for the equations."""
    return Probabilities.of(*(float(one is label) for one in Label))


def between_wrong(raw: Probabilities, witnesses: Mapping[str, Probabilities] = MappingProxyType({})) -> float:
    """Log-odds of contradicted against not in source.

    A judge that is certain of support says nothing of it; then the witness that doubts most does.
    """
    if raw.contradicted + raw.not_in_source < CLOSEST:
        raw = min(witnesses.values(), key=lambda one: one.supported, default=raw)
    return math.log((raw.contradicted + CLOSEST) / (raw.not_in_source + CLOSEST))


def log_odds(probability: float) -> float:
    """Bounded by `CLOSEST`."""
    bounded = min(max(probability, CLOSEST), 1 - CLOSEST)
    return math.log(bounded / (1 - bounded))


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(log_odds, -30.0), 30.0)))
