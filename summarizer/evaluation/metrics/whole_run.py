"""What is counted over whole runs: what was made up, left out, repeated and paid for."""

from collections.abc import Callable, Iterable, Sequence

from summarizer.coverage.reading import covers
from summarizer.evaluation.intervals import share_interval
from summarizer.evaluation.metrics.definition import Compute, MetricDefinition, ScoredRun, with_interval
from summarizer.evaluation.scorecard import Metric
from summarizer.evaluation.statistics import Ratios, score
from summarizer.language.sentences import sentences as sentences_of
from summarizer.llm.tokens import total
from summarizer.schema import Run, StageUsage, Usage


def runs_of(scored: ScoredRun) -> list[Run]:
    """The facts of every report: of the summaries that were given, and of those that were written."""
    return [report.run for report in (*scored.reports, *(report for _, report in scored.written))]


def usage_of(runs: Sequence[Run]) -> Usage:
    """What some runs cost together, by stage."""
    whole = total([stage for run in runs for stage in run.usage.stages])
    stages = []
    for name in ("write", "extract", "judge"):
        own = [stage for stage in whole.stages if stage.stage == name]
        if own:
            stages.append(StageUsage(stage=name, **total(own).model_dump(exclude={"stages"})))
    return whole.model_copy(update={"stages": tuple(stages)})


def _counted(of: Callable[[list[Run]], float | None]) -> Compute:
    """A count or a sum over runs, which has no interval."""

    def compute(name: str, scored: ScoredRun) -> Metric | None:
        runs = runs_of(scored)
        return with_interval(name, of(runs), None, len(runs)) if runs else None

    return compute


def _extraction_precision(name: str, scored: ScoredRun) -> Metric | None:
    if not scored.reports:
        return None
    counts = [
        (report.documents[0].sha256, len(report.checks), len(report.checks) + report.run.dropped_claims)
        for report in scored.reports
    ]
    ratios = _by_article(counts)
    return with_interval(name, score(ratios), share_interval(ratios), sum(n for *_, n in counts), len(ratios))


def _by_article(counts: Iterable[tuple[str, int, int]]) -> list[Ratios]:
    """The sums of each article, from parts of it with what was counted and of how many."""
    found: dict[str, tuple[int, int]] = {}
    for article, hits, n in counts:
        before = found.get(article, (0, 0))
        found[article] = before[0] + hits, before[1] + n
    return [[(float(hits), float(n))] for hits, n in found.values()]


def _coverage(name: str, scored: ScoredRun) -> Metric | None:
    if not scored.written:
        return None
    counts = []
    for case, report in scored.written:
        covered = covers(report.summary, sentences_of(case.document), case.file.key_sentences)
        counts.append((case.document.sha256, sum(covered), len(covered)))
    ratios = _by_article(counts)
    n = sum(len(case.file.key_sentences) for case, _ in scored.written)
    return with_interval(name, score(ratios), share_interval(ratios), n, len(ratios))


def _flips(name: str, scored: ScoredRun) -> Metric | None:
    if len(scored.rounds) < 2:
        return None
    n = len(scored.rounds[0])
    ratios = _by_article(
        (own[0].cluster, len({(one.predicted, one.reason) for one in own}) > 1, 1)
        for own in zip(*scored.rounds, strict=True)
    )
    return with_interval(name, score(ratios), share_interval(ratios) if ratios else None, n, len(ratios))


def _total(field: str) -> Compute:
    def of(runs: list[Run]) -> float | None:
        value = getattr(usage_of(runs), field)
        return None if value is None else float(value)

    return _counted(of)


METRICS = (
    MetricDefinition(
        "extraction_precision",
        "extracted claims, sound",
        "of the claims that the extractor made, the share that say no more than the summary",
        "higher",
        "share",
        _extraction_precision,
    ),
    MetricDefinition(
        "coverage",
        "key sentences covered",
        "share of the key sentences of the articles that the written summaries cover (with --coverage)",
        "higher",
        "share",
        _coverage,
    ),
    MetricDefinition(
        "flips",
        "outcomes that vary",
        "share of the claims whose outcome is not the same in every repeat (with --repeat)",
        "lower",
        "share",
        _flips,
    ),
    MetricDefinition(
        "misquotes",
        "misquotes",
        "quotes that the judge gave and that are in no source",
        "lower",
        "count",
        _counted(lambda runs: float(sum(run.misquotes for run in runs))),
    ),
    MetricDefinition(
        "dropped_claims",
        "dropped claims",
        "claims that the extractor made and that the summary does not make",
        "lower",
        "count",
        _counted(lambda runs: float(sum(run.dropped_claims for run in runs))),
    ),
    MetricDefinition("calls", "calls of a model", "answers received from models", "lower", "count", _total("calls")),
    MetricDefinition(
        "input_tokens", "tokens sent", "tokens sent, as the server counts", "lower", "tokens", _total("input_tokens")
    ),
    MetricDefinition(
        "output_tokens",
        "tokens received",
        "tokens received, as the server counts",
        "lower",
        "tokens",
        _total("output_tokens"),
    ),
    MetricDefinition("cost_usd", "cost", "US dollars by published prices", "lower", "USD", _total("cost_usd")),
)
