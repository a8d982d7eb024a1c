"""Check the summaries of a suite and score the outcomes: the only module here that runs components over cases."""

import itertools
from collections.abc import Callable, Sequence
from contextlib import aclosing
from typing import NamedTuple

from summarizer import api
from summarizer._version import __version__
from summarizer.batch import Failed, Pair, check_many
from summarizer.components import Components
from summarizer.errors import RepliesError, UnavailableError
from summarizer.evaluation.align import Aligned, align, to_result
from summarizer.evaluation.cases import Case, GoldSummary, Suite
from summarizer.evaluation.circumstances import circumstances
from summarizer.evaluation.metrics import ScoredRun, measure, reliability, risk_coverage
from summarizer.evaluation.metrics.whole_run import runs_of, usage_of
from summarizer.evaluation.scorecard import Result, RunFacts, Scorecard, SuiteFacts
from summarizer.schema import Document, Reason, Report, Run, Setting

AT_A_TIME = 64  # summaries begun side by side; the server's own limit is on requests


class Step(NamedTuple):
    """One summary of a suite that is done."""

    case: str
    """`Case.id` of its article."""
    done: int
    """Summaries done so far, this one included, and of how many."""
    whole: int
    results: tuple[Result, ...]
    cost_usd: float | None = 0.0
    """US dollars for each of its claims, in equal parts; None where the price is not known."""


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


class Round(NamedTuple):
    """One pass over the suite."""

    outcomes: list[Report | Failure]
    """For each summary its report, or why there is none."""
    results: list[Result]
    """One for each labelled claim."""

    @property
    def reports(self) -> list[Report]:
        return [one for one in self.outcomes if isinstance(one, Report)]


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

    `repeat` runs it several times and scores the first; the others show how many outcomes change. `coverage` also
    has a summary of each article written, to see which key sentences it covers. Once `stopped` is true no further
    summary is begun: what was not checked is unchecked (interrupted), and only whole rounds count. Connections and
    files of the components are closed at the end; the components may be used again. Raises a
    `RepliesError` that names the cases whose recorded replies do not fit, and a `BackendError` where nothing at all
    could be judged.
    """
    # No metric has a use for key sentences that a model names or a judge has read.
    components = components._replace(reads_summary=None, finder=None)
    jobs = [Job(case, summary) for case in suite.cases for summary in case.file.summaries]
    rounds: list[Round] = []
    for _ in range(repeat):
        found = api.run(components, _round(jobs, components, progress, stopped), close=True)
        if rounds and stopped():
            break
        rounds.append(found)
    written: list[tuple[Case, Report]] = []
    if coverage and not stopped():
        written = api.run(components, _summaries(suite.cases, components), close=True)
    counting = [tuple(one for one in own.results if not one.ambiguous) for own in rounds]
    counts = counting[0]
    scored = ScoredRun(results=counts, reports=rounds[0].reports, written=written, rounds=counting)
    return scorecard(
        SuiteFacts(
            name=suite.name,
            sha256=suite.sha256,
            cases=len(suite.cases),
            claims=len(counts),
            ambiguous=len(rounds[0].results) - len(counts),
        ),
        scored,
        results=rounds[0].results,
    )


def scorecard(suite: SuiteFacts, scored: ScoredRun, *, results: Sequence[Result] | None = None) -> Scorecard:
    """The scorecard of a run; `results` are those that count and those that do not."""
    return Scorecard(
        suite=suite,
        run=_facts(scored),
        metrics=measure(scored),
        reliability=reliability(scored.results),
        risk_coverage=risk_coverage(scored.results),
        results=tuple(scored.results if results is None else results),
    )


def _facts(scored: ScoredRun) -> RunFacts:
    """What the scorecard says of the run as a whole."""
    first, runs = scored.reports[0].run, runs_of(scored)
    return RunFacts(
        version=__version__,
        extractor=first.extractor,
        judge=first.judge,
        writer=scored.written[0][1].run.writer if scored.written else None,
        settings=_shared_settings([report.run for report in scored.reports]),
        usage=usage_of(runs),
        **circumstances()._asdict(),
        repeats=len(scored.rounds),
        warnings=tuple(sorted({warning for run in runs for warning in run.warnings})),
    )


async def _round(
    jobs: Sequence[Job], components: Components, progress: Progress | None, stopped: Callable[[], bool]
) -> Round:
    """Do every job; side by side where a component waits for a network.

    Raises an `UnavailableError` where no job had an answer.
    """
    misses: dict[str, str] = {}
    outcomes: list[Report | Failure] = []
    results: list[Result] = []

    def settle(outcome: Report | Failure) -> None:
        job = jobs[len(outcomes)]
        found = tuple(_results(job, outcome))
        outcomes.append(outcome)
        results.extend(found)
        if progress:
            progress(Step(job.case.id, len(outcomes), len(jobs), found, _cost_of_each(outcome, len(found))))

    pairs = (_pair(job) for job in itertools.takewhile(lambda _: not stopped(), jobs))
    async with aclosing(check_many(pairs, backend=components, at_a_time=AT_A_TIME)) as reports:
        async for one in reports:
            if isinstance(one, Failed) and isinstance(one.error, RepliesError):
                misses[jobs[len(outcomes)].case.id] = str(one.error)
            settle(_failure(one) if isinstance(one, Failed) else one)
    for _ in jobs[len(outcomes) :]:
        settle(STOPPED)
    if misses:
        raise RepliesError(
            f"no fitting replies for {len(misses)} of {len({job.case.id for job in jobs})} cases, record them again: "
            f"{', '.join(misses)} ({next(iter(misses.values()))})"
        )
    failures = [one for one in outcomes if isinstance(one, Failure)]
    if len(failures) == len(jobs):
        raise UnavailableError(failures[0].detail)
    return Round(outcomes, results)


def _cost_of_each(outcome: Report | Failure, claims: int) -> float | None:
    usage = outcome.run.usage if isinstance(outcome, Report) else None
    if usage is None or not usage.calls:
        return 0.0
    return None if usage.cost_usd is None else usage.cost_usd / claims


def _pair(job: Job) -> Pair:
    name = ", ".join(filter(None, (job.case.id, job.summary.writer)))
    return Pair(Document.of(job.summary.text, id="summary", name=name), job.case.document, "claims")


def _failure(failed: Failed) -> Failure:
    """Why a summary has no report. Raises what would be the same for every other one."""
    if not isinstance(failed.error, (RepliesError, UnavailableError)):
        raise failed.error
    return Failure(Reason.UNAVAILABLE, str(failed.error))


async def _summaries(cases: Sequence[Case], components: Components) -> list[tuple[Case, Report]]:
    return [(case, await api.asummarize(case.document, backend=components)) for case in cases]


def _results(job: Job, report: Report | Failure) -> list[Result]:
    """One result for each labelled claim; all unchecked where there is no report."""
    if isinstance(report, Report):
        return [to_result(job.case, job.summary, aligned) for aligned in align(report, job.summary)]
    bare = [to_result(job.case, job.summary, Aligned(gold, ())) for gold in job.summary.claims]
    return [one.model_copy(update=report._asdict()) for one in bare]


def _shared_settings(runs: Sequence[Run]) -> tuple[Setting, ...]:
    """The settings that all runs had; one that differs by article is not a setting of the whole."""
    common = set(runs[0].settings).intersection(*(run.settings for run in runs[1:]))
    return tuple(sorted(common, key=lambda setting: setting.name))
