"""Whether the run shows the right words of the source."""

from summarizer.evaluation.metrics.definition import MetricDefinition, ScoredRun, Share, always, mean
from summarizer.evaluation.scorecard import Metric, Result


def _mean_of(field: str) -> Share:
    return Share(lambda one: getattr(one, field) is not None, always, lambda one: float(getattr(one, field) or 0))


def _span_f1(one: Result) -> float:
    precision, recall = one.evidence_precision or 0.0, one.evidence_recall or 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _extracted(name: str, run: ScoredRun) -> Metric | None:
    """None where no extractor was at work: another system's answers come without claims of its own."""
    if not run.reports and not any(one.checks for one in run.results):
        return None
    return mean(Share(always, lambda one: one.checks > 0))(name, run)


METRICS = (
    MetricDefinition(
        "evidence_precision",
        "evidence precision",
        "share of the run's evidence, in characters, that is in the true evidence; mean over the decided claims that have both",
        "higher",
        "share",
        mean(_mean_of("evidence_precision")),
    ),
    MetricDefinition(
        "evidence_recall",
        "evidence recall",
        "share of the true evidence, in characters, that is in the run's evidence; mean over the decided claims that have both",
        "higher",
        "share",
        mean(_mean_of("evidence_recall")),
    ),
    MetricDefinition(
        "span_f1",
        "evidence F1",
        "harmonic mean of evidence precision and recall; mean over the decided claims that have both",
        "higher",
        "share",
        mean(Share(lambda one: one.evidence_precision is not None, always, _span_f1)),
    ),
    MetricDefinition(
        "conflict_pairs",
        "conflicts shown",
        "share of the contradicted claims for which the run shows the words of claim and source that conflict",
        "higher",
        "share",
        mean(Share(lambda one: one.pair is not None, lambda one: bool(one.pair))),
    ),
    MetricDefinition(
        "extraction_recall",
        "claims extracted",
        "share of the claims of which the extractor made at least one claim",
        "higher",
        "share",
        _extracted,
    ),
)
