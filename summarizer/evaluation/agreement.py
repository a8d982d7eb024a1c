"""How far two annotators agree: Cohen's kappa over all claims, per label and per kind of error."""

from collections.abc import Callable
from typing import NamedTuple

from summarizer.errors import CaseError
from summarizer.evaluation.cases import GoldClaim, Suite
from summarizer.evaluation.intervals import jackknife, plain_interval
from summarizer.evaluation.statistics import Interval, Kappa, kappa
from summarizer.schema import Label

FEWEST = 10  # claims of a kind below which a kappa says nothing


class Agreement(NamedTuple):
    """Kappa of one part of the labels."""

    name: str
    kappa: Kappa
    interval: Interval | None
    """Over articles; None under five."""


def agreements(suite: Suite) -> tuple[Agreement, ...]:
    """The agreement of the first two annotators, before adjudication, ambiguous claims included.

    Of a label: that label against the rest. Of a kind of error: its claims and all the
    supported ones, because a kind alone has but one label. Raises a `CaseError` where
    no claim has two labels.
    """
    clusters = [[one for one in case.claims() if len(one.annotations) > 1] for case in suite.cases]
    clusters = [own for own in clusters if own]
    if not clusters:
        raise CaseError(f"{suite.name}: no claim has the labels of two annotators")

    def of(name: str, only: Callable[[GoldClaim], bool], read: Callable[[Label], str]) -> Agreement:
        pairs = [[(read(one.annotations[0]), read(one.annotations[1])) for one in own if only(one)] for own in clusters]
        found = kappa([pair for own in pairs for pair in own])
        spread = jackknife(
            [own for own in pairs if own], lambda left: kappa([pair for own in left for pair in own]).value
        )
        interval = plain_interval(found.value, spread) if spread and found.value is not None else None
        return Agreement(name, found, interval and Interval(max(-1.0, interval.low), min(1.0, interval.high)))

    kinds = sorted({one.error for own in clusters for one in own if one.error})
    found = [of("all three labels", lambda _: True, str)]
    found += [of(f"{label.value} or not", lambda _: True, _against(label)) for label in Label]
    for kind in kinds:
        if sum(one.error == kind for own in clusters for one in own) >= FEWEST:
            found.append(of(f"error {kind}, and supported", _of_kind(kind), _against(Label.SUPPORTED)))
    return tuple(found)


def _against(label: Label) -> Callable[[Label], str]:
    return lambda one: "yes" if one is label else "no"


def _of_kind(kind: str) -> Callable[[GoldClaim], bool]:
    return lambda one: one.error == kind or one.label is Label.SUPPORTED


def to_text(found: tuple[Agreement, ...]) -> str:
    """A line for each part: kappa, interval over articles, and how many claims have the same label twice."""
    lines = []
    for one in found:
        (value, n, agreed_on), interval = one.kappa, one.interval
        shown = "not measurable" if value is None else f"{value:.3f}"
        bounds = f" ({interval.low:.3f} to {interval.high:.3f})" if interval else ""
        lines.append(f"{one.name:42} kappa {shown}{bounds}, {agreed_on} of {n} alike")
    return "\n".join(lines) + "\n"
