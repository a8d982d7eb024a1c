"""How far annotators agree: over all claims, per label, per kind of error, and two by two.

Cohen's kappa of two annotators. Of more, and where not everybody labelled every claim, Krippendorff's alpha, which has
a use for each label of a claim that has two or more.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from summarizer.errors import CaseError
from summarizer.evaluation.cases import Case, GoldClaim, Suite
from summarizer.evaluation.intervals import jackknife, plain_interval
from summarizer.evaluation.statistics import Agreed, Interval, alpha, kappa
from summarizer.schema import Label

FEWEST = 10  # claims of a kind, or of two annotators, below which a coefficient says nothing
Measure = Literal["kappa", "alpha"]
Units = list[list[tuple[str, ...]]]
"""For each article the labels of each claim."""


class Agreement(NamedTuple):
    """The agreement on one part of the labels."""

    name: str
    measure: Measure
    agreed: Agreed
    interval: Interval | None
    """Over articles; None under five."""


class _Labelled(NamedTuple):
    """A claim and what each annotator called it, before adjudication."""

    claim: GoldClaim
    labels: dict[str, Label]
    """By annotator, in the order of the case."""


def agreements(suite: Suite) -> tuple[Agreement, ...]:
    """The agreement of all annotators, ambiguous claims included; of more than two also that of each two.

    Of a label: that label against the rest. Of a kind of error: its claims and all the
    supported ones, because a kind alone has but one label. Raises a `CaseError` where
    no claim has two labels.
    """
    articles: dict[str, list[_Labelled]] = {}
    for case in suite.cases:
        articles.setdefault(case.document.sha256, []).extend(_labelled(case))
    clusters = [own for own in articles.values() if own]
    if not clusters:
        raise CaseError(f"{suite.name}: no claim has the labels of two annotators")
    names = list(dict.fromkeys(name for own in clusters for one in own for name in one.labels))
    measure: Measure = "kappa" if len(names) == 2 else "alpha"

    def of(name: str, only: Callable[[GoldClaim], bool], read: Callable[[Label], str]) -> Agreement:
        # In one order: kappa reads the first label of each claim as the same annotator's, and cases may name them in any.
        units = [
            [tuple(read(one.labels[who]) for who in names if who in one.labels) for one in own if only(one.claim)]
            for own in clusters
        ]
        return _agreement(name, measure, units)

    kinds = sorted({one.claim.error for own in clusters for one in own if one.claim.error})
    found = [of("all three labels", lambda _: True, str)]
    found += [of(f"{label.value} or not", lambda _: True, _against(label)) for label in Label]
    for kind in kinds:
        if sum(one.claim.error == kind for own in clusters for one in own) >= FEWEST:
            found.append(of(f"error {kind}, and supported", _of_kind(kind), _against(Label.SUPPORTED)))
    return (*found, *_two_by_two(clusters, names))


def _labelled(case: Case) -> list[_Labelled]:
    names = case.file.annotators
    found = []
    for claim in case.claims():
        given = zip(names or map(_nameless, range(len(claim.annotations))), claim.annotations, strict=False)
        labels = {name: label for name, label in given if label}
        if len(labels) > 1:
            found.append(_Labelled(claim, labels))
    return found


def _nameless(place: int) -> str:
    return f"annotator {place + 1}"


def _two_by_two(clusters: Sequence[Sequence[_Labelled]], names: Sequence[str]) -> Iterator[Agreement]:
    for one, other in combinations(names, 2) if len(names) > 2 else ():
        both = [[own for own in cluster if one in own.labels and other in own.labels] for cluster in clusters]
        if sum(map(len, both)) >= FEWEST:
            units: Units = [[(own.labels[one].value, own.labels[other].value) for own in cluster] for cluster in both]
            yield _agreement(f"{one} and {other}", "kappa", units)


def _agreement(name: str, measure: Measure, clusters: Units) -> Agreement:
    compute = kappa if measure == "kappa" else alpha
    agreed = compute([unit for own in clusters for unit in own])
    spread = jackknife(
        [own for own in clusters if own], lambda left: compute([unit for own in left for unit in own]).value
    )
    interval = plain_interval(agreed.value, spread) if spread and agreed.value is not None else None
    return Agreement(
        name, measure, agreed, interval and Interval(max(-1.0, interval.low), min(1.0, interval.high))
    )  # fmt: skip


def _against(label: Label) -> Callable[[Label], str]:
    return lambda one: "yes" if one is label else "no"


def _of_kind(kind: str) -> Callable[[GoldClaim], bool]:
    return lambda one: one.error == kind or one.label is Label.SUPPORTED


def to_text(found: tuple[Agreement, ...]) -> str:
    """A line for each part: the coefficient, its interval over articles, and how many claims have one label alone."""
    lines = []
    for one in found:
        (value, n, alike), interval = one.agreed, one.interval
        shown = "not measurable" if value is None else f"{value:.3f}"
        bounds = f" ({interval.low:.3f} to {interval.high:.3f})" if interval else ""
        lines.append(f"{one.name:42} {one.measure} {shown}{bounds}, {alike} of {n} alike")
    return "\n".join(lines) + "\n"
