"""Every metric by name: what `measure`, the gate, the cards, `compare`, the matrix and the documentation know of it.

To add one, write a `MetricDefinition` into a module of this package and its `METRICS` into `SUBJECTS`, or call
`register`. The order here is the order of the tables.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from summarizer.evaluation.metrics import calibration, classification, decisions, evidence, ranking, whole_run
from summarizer.evaluation.metrics.definition import MetricDefinition, ScoredRun
from summarizer.evaluation.scorecard import Metric

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


def definition_of(name: str) -> MetricDefinition | None:
    """The definition of a full name, also of a part of a family; None where no metric is called that.

    >>> definition_of("precision/supported").better
    'higher'
    """
    family, slash, part = name.partition("/")
    found = DEFINITIONS.get(f"{family}/*" if slash else name)
    return found if found and (not slash or part in found.parts) else None


def metric_names() -> tuple[str, ...]:
    """The full names of all metrics, in order."""
    return tuple(name for definition in DEFINITIONS.values() for name in definition.names)


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
    for definition in DEFINITIONS.values():
        for name in definition.names:
            if (metric := definition.compute(name, scored)) is not None:
                yield metric
