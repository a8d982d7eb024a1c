"""Every metric by name: what `measure`, the gate, the cards, `compare`, the matrix and the documentation know of it.

To add one here, write a `MetricDefinition` into a module of this package and its `METRICS` into `SUBJECTS`, or call
`register`. An installed package adds its own with an entry point of the group `summarizer.metrics`, whose object is a
`MetricDefinition` or a sequence of them:

    [project.entry-points."summarizer.metrics"]
    house = "my_package.metrics:METRICS"

The order here is the order of the tables; those of other packages come last, by the names of their entry points.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, get_args

from summarizer.errors import UsageError
from summarizer.evaluation.metrics import calibration, classification, decisions, evidence, ranking, whole_run
from summarizer.evaluation.metrics.definition import Better, MetricDefinition, ScoredRun, Section, Unit
from summarizer.evaluation.scorecard import Metric

GROUP = "summarizer.metrics"
CHOICES = {"better": get_args(Better), "unit": get_args(Unit), "section": get_args(Section)}
SUBJECTS = (classification, decisions, ranking, evidence, whole_run, calibration)
DEFINITIONS: dict[str, MetricDefinition] = {}


def register(definition: MetricDefinition) -> None:
    """Add a metric. Raises a `ValueError` for a name that is taken."""
    if definition.name in DEFINITIONS:
        raise ValueError(f"a metric is already called {definition.name!r}")
    DEFINITIONS[definition.name] = definition


for subject in SUBJECTS:
    for one in subject.METRICS:
        register(one)


def definitions() -> Mapping[str, MetricDefinition]:
    """Every metric by name, also those of installed packages. Raises a `UsageError` for a package that fails."""
    return {**DEFINITIONS, **_installed()}


@lru_cache(maxsize=1)
def _installed() -> Mapping[str, MetricDefinition]:
    from importlib.metadata import entry_points  # noqa: PLC0415 (only where something is scored)

    found: dict[str, MetricDefinition] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        for definition in _loaded(point):
            if definition.name in DEFINITIONS or definition.name in found:
                raise UsageError(f"the metrics {point.name!r} of {point.value}: {definition.name!r} is taken")
            found[definition.name] = definition
    return found


def _loaded(point: Any) -> Sequence[MetricDefinition]:
    """The definitions of an entry point."""
    where = f"the metrics {point.name!r} of {point.value}"
    try:
        given = point.load()
    except Exception as error:
        raise UsageError(f"{where} cannot be loaded: {type(error).__name__}: {error}") from error
    found = (given,) if isinstance(given, MetricDefinition) else given
    if not isinstance(found, (tuple, list)) or not all(isinstance(one, MetricDefinition) for one in found):
        raise UsageError(f"{where} are no metrics: give a MetricDefinition, or a sequence of them")
    for one in found:
        if ("*" in one.name) is not bool(one.parts) or not one.name.replace("*", "a").replace("/", "_").isidentifier():
            raise UsageError(
                f"{where}: {one.name!r} is no name of a metric: letters, digits and _; of a family name/* with its parts"
            )
        for field, known in CHOICES.items():
            if getattr(one, field) not in known:
                raise UsageError(
                    f"{where}: {one.name}: {field} is {getattr(one, field)!r}, and has to be one of {', '.join(known)}"
                )
    return tuple(found)


def definition_of(name: str) -> MetricDefinition | None:
    """The definition of a full name, also of a part of a family; None where no metric is called that.

    >>> definition_of("precision/supported").better
    'higher'
    """
    family, slash, part = name.partition("/")
    key = f"{family}/*" if slash else name
    found = DEFINITIONS.get(key) or _installed().get(key)
    return found if found and (not slash or found.has(part)) else None


def metric_names() -> tuple[str, ...]:
    """The full names of all metrics, in order."""
    return tuple(name for definition in definitions().values() for name in definition.names)


def nearest_name(name: str) -> str | None:
    """The known name that is most like a misspelt one; None where none is like it.

    >>> nearest_name("ballanced_acuracy")
    'balanced_accuracy'
    """
    return next(iter(get_close_matches(name, metric_names(), n=1)), None)


def measure(scored: ScoredRun) -> tuple[Metric, ...]:
    """Every metric that the run allows, in the order of the registry."""
    return tuple(_measured(scored))


def _measured(scored: ScoredRun) -> Iterator[Metric]:
    own = _installed()
    for definition in definitions().values():
        further = definition.further.occurring(scored) if definition.further else ()
        for name in (*definition.names, *definition.names_of(further)):
            compute = _guarded if definition.name in own else definition.compute
            if (metric := compute(name, scored)) is not None:
                yield metric


def _guarded(name: str, scored: ScoredRun) -> Metric | None:
    """A metric of another package, whose failure is told in one line."""
    definition = definition_of(name)
    try:
        metric = definition.compute(name, scored) if definition else None
    except Exception as error:
        raise UsageError(f"the metric {name!r} fails: {type(error).__name__}: {error}") from error
    if metric is not None and not (isinstance(metric, Metric) and metric.name == name):
        raise UsageError(f"the metric {name!r} fails: it gives no Metric of that name")
    return metric
