"""From results to scores: each with its n, its interval, and the claims that were left undecided or unchecked.

Scores of decisions are over the claims that were decided, and each says how many claims of the same set were not.
`balanced_accuracy` and `accuracy_three_way_all` count those as wrong, so that a run cannot gain by leaving out
what is hard. `registry` holds every metric.
"""

from summarizer.evaluation.metrics.calibration import reliability
from summarizer.evaluation.metrics.decisions import FAILED
from summarizer.evaluation.metrics.definition import MetricDefinition, ScoredRun, Share
from summarizer.evaluation.metrics.ranking import risk_coverage
from summarizer.evaluation.metrics.registry import (
    DEFINITIONS,
    definition_of,
    definitions,
    measure,
    metric_names,
    nearest_name,
    register,
)

__all__ = [
    "DEFINITIONS",
    "FAILED",
    "MetricDefinition",
    "ScoredRun",
    "Share",
    "definition_of",
    "definitions",
    "measure",
    "metric_names",
    "nearest_name",
    "register",
    "reliability",
    "risk_coverage",
]
