"""Run a suite through a backend: the only module of the harness that asks one."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from summarizer import api
from summarizer._version import __version__
from summarizer.components import Components
from summarizer.coverage import tells
from summarizer.errors import RepliesError, UnavailableError
from summarizer.evaluation.align import Aligned, align, to_result
from summarizer.evaluation.cases import Case, GoldSummary, Suite
from summarizer.evaluation.metrics import counted, measure, reliability
from summarizer.evaluation.scorecard import Metric, Result, RunFacts, Scorecard, SuiteFacts
from summarizer.evaluation.statistics import Ratios, bootstrap, resamples, score, wilson
from summarizer.language.sentences import sentences as sentences_of
from summarizer.llm.asking import side_by_side
from summarizer.llm.tokens import total
from summarizer.schema import Document, Reason, Report, Run, Setting, StageUsage, Usage


class Step(NamedTuple):
    """One summary of a suite that is done."""

    case: str
    """`Case.id` of its article."""
    done: int
    """Summaries done so far, this one included, and of how many."""
    whole: int
    results: tuple[Result, ...]


Progress = Callable[[Step], None]


class Job(NamedTuple):
    """One summary to be checked against its article."""

    case: Case
    summary: GoldSummary


class Failure(NamedTuple):
    """Why a summary has no report."""

    reason: Reason
    detail: str


STOPPED = Failure(Reason.INTERRUPTED, "the run was stopped before this was checked")


def evaluate(
    suite: Suite,
    components: Components,
    *,
    repeat: int = 1,
    coverage: bool = False,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Scorecard:
    """Check every summary of the suite and score what came out.

    `repeat` runs it several times and scores the first; the others say how many labels
    flip. `coverage` also has a summary of each article written, to see which key
    sentences it tells. Once `stopped` says so no further summary is begun: what was not
    checked is unchecked (interrupted), and only whole rounds count. Raises a `RepliesError` that names the cases whose recorded
    replies do not fit, and a `BackendError` where the backend fails as a whole.
    """
    jobs = [Job(case, summary) for case in suite.cases for summary in case.file.summaries]
    rounds: list[tuple[list[Report | Failure], list[Result]]] = []
    for _ in range(repeat):
        found, own = api.run(components, _reports(jobs, components, progress, stopped))
        if rounds and stopped():
            break
        rounds.append((found, own))
    outcomes, results = rounds[0]
    reports = [one for one in outcomes if isinstance(one, Report)]
    written = api.run(components, _summaries(suite.cases, components)) if coverage and not stopped() else []
    runs = [report.run for report in (*reports, *written)]
    counts = tuple(one for one in results if not one.ambiguous)
    metrics = (
        *measure(counts),
        _extraction_precision(reports),
        *([_coverage(suite.cases, written)] if written else []),
        *_tallies(runs),
        *([_flips([own for _, own in rounds])] if len(rounds) > 1 else []),
    )
    return Scorecard(
        suite=SuiteFacts(
            name=suite.name,
            sha256=suite.sha256,
            cases=len(suite.cases),
            claims=len(counts),
            ambiguous=len(results) - len(counts),
        ),
        run=_facts(reports, runs, len(rounds)),
        metrics=metrics,
        reliability=reliability(counts),
        results=tuple(results),
    )


def _tallies(runs: Sequence[Run]) -> tuple[Metric, ...]:
    """What is counted over whole runs and has no interval."""
    usage = _usage(runs)
    return (
        counted("misquotes", float(sum(run.misquotes for run in runs)), len(runs)),
        counted("dropped_claims", float(sum(run.dropped_claims for run in runs)), len(runs)),
        counted("calls", float(usage.calls), len(runs)),
        counted("input_tokens", usage.input_tokens, len(runs)),
        counted("output_tokens", usage.output_tokens, len(runs)),
        counted("cost_usd", usage.cost_usd, len(runs)),
    )


def _facts(reports: Sequence[Report], runs: Sequence[Run], repeats: int) -> RunFacts:
    """What the scorecard says of the run as a whole."""
    first = reports[0].run
    return RunFacts(
        version=__version__,
        backend=first.backend,
        model=first.model,
        prompts=first.prompts,
        settings=_shared_settings([report.run for report in reports]),
        usage=_usage(runs),
        misquotes=sum(run.misquotes for run in runs),
        dropped_claims=sum(run.dropped_claims for run in runs),
        repeats=repeats,
        warnings=tuple(sorted({warning for run in runs for warning in run.warnings})),
    )


async def _reports(
    jobs: Sequence[Job], components: Components, progress: Progress | None, stopped: Callable[[], bool]
) -> tuple[list[Report | Failure], list[Result]]:
    """One report for each job, in order, or why there is none; side by side where the backend waits for a network.

    With them the results of all labelled claims, in the same order.

    Raises an `UnavailableError` where no job had an answer.
    """
    misses: dict[str, str] = {}
    outcomes: dict[int, Report | Failure] = {}
    results: dict[int, tuple[Result, ...]] = {}

    async def outcome_of(job: Job) -> Report | Failure:
        if stopped():
            return STOPPED
        summary = Document.of(job.summary.text, id="summary", name=f"{job.case.id}, {job.summary.writer}")
        try:
            return await api.acheck(summary, job.case.document, backend=components)
        except RepliesError as error:
            misses[job.case.id] = str(error)
            return Failure(Reason.UNAVAILABLE, str(error))
        except UnavailableError as error:
            return Failure(Reason.UNAVAILABLE, str(error))

    async def one(number: int, job: Job) -> None:
        outcomes[number] = await outcome_of(job)
        results[number] = tuple(_results(job, outcomes[number]))
        if progress:
            progress(Step(job.case.id, len(outcomes), len(jobs), results[number]))

    if components.remote:
        await side_by_side([one(number, job) for number, job in enumerate(jobs)])
    else:
        for number, job in enumerate(jobs):
            await one(number, job)
    if misses:
        raise RepliesError(
            f"no fitting replies for {len(misses)} of {len({job.case.id for job in jobs})} cases, record them again: "
            f"{', '.join(misses)} ({next(iter(misses.values()))})"
        )
    failures = [one for one in outcomes.values() if isinstance(one, Failure)]
    if len(failures) == len(jobs):
        raise UnavailableError(failures[0].detail)
    every = range(len(jobs))
    return [outcomes[number] for number in every], [one for number in every for one in results[number]]


async def _summaries(cases: Sequence[Case], components: Components) -> list[Report]:
    return [await api.asummarize(case.document, backend=components) for case in cases]


def _results(job: Job, report: Report | Failure) -> list[Result]:
    """One result for each labelled claim; all unchecked where the backend gave no report."""
    if isinstance(report, Report):
        return [to_result(job.case, job.summary, aligned) for aligned in align(report, job.summary)]
    bare = [to_result(job.case, job.summary, Aligned(gold, ())) for gold in job.summary.claims]
    return [one.model_copy(update=report._asdict()) for one in bare]


def _shared_settings(runs: Sequence[Run]) -> tuple[Setting, ...]:
    """The settings that all runs had; what differs by article is no setting of the whole."""
    common = set(runs[0].settings).intersection(*(run.settings for run in runs[1:]))
    return tuple(sorted(common, key=lambda setting: setting.name))


def _usage(runs: Sequence[Run]) -> Usage:
    """What all runs cost, by stage."""
    whole = total([stage for run in runs for stage in run.usage.stages])
    stages = []
    for name in ("write", "extract", "judge"):
        own = [stage for stage in whole.stages if stage.stage == name]
        if own:
            added = total(own)
            facts = added.model_dump(exclude={"stages"})
            stages.append(StageUsage(stage=name, **facts))
    return whole.model_copy(update={"stages": tuple(stages)})


def _extraction_precision(reports: Sequence[Report]) -> Metric:
    """Of the claims that the run made, the share that says no more than its own summary."""
    kept = sum(len(report.checks) for report in reports)
    dropped = sum(report.run.dropped_claims for report in reports)
    interval = wilson(kept, kept + dropped)
    return Metric(
        name="extraction_precision",
        value=kept / (kept + dropped) if kept + dropped else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        n=kept + dropped,
    )


def _coverage(cases: Sequence[Case], written: Sequence[Report]) -> Metric:
    """Share of the labelled key sentences that a summary written by the run tells."""
    ratios: list[Ratios] = []
    for case, report in zip(cases, written, strict=True):
        told = tells(report.summary, sentences_of(case.document), case.file.key_sentences)
        ratios.append([(float(sum(told)), float(len(told)))])
    interval = bootstrap(ratios, resamples(len(ratios)))
    return Metric(
        name="coverage",
        value=score(ratios),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        n=sum(len(case.file.key_sentences) for case in cases),
    )


def _flips(rounds: Sequence[Sequence[Result]]) -> Metric:
    """Share of the claims whose outcome is not the same in every round."""
    flipped = sum(len({(one.label, one.reason) for one in own}) > 1 for own in zip(*rounds, strict=True))
    interval = wilson(flipped, len(rounds[0]))
    return Metric(
        name="flips",
        value=flipped / len(rounds[0]),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        n=len(rounds[0]),
    )
