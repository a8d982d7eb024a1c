"""A batch whose answers come in files, hours later: rounds of requests until no row lacks an answer."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from summarizer.batch.filing import Filing, InOrder, keys_of
from summarizer.batch.folder import Folder
from summarizer.batch.job import digest
from summarizer.batch.jobfile import KeptJob
from summarizer.batch.joining import Totals, join
from summarizer.batch.rounds import REQUESTS, RESULTS, RequestFile, RoundsFile
from summarizer.batch.rows import Rows
from summarizer.batch.run import BatchRun, Progress, Sizes
from summarizer.batch.shard import Shard
from summarizer.batch.worker import Start
from summarizer.components import Components, assemble
from summarizer.errors import UsageError
from summarizer.llm.deferred import Deferral, Replies
from summarizer.llm.models import REPLIES, RunOptions
from summarizer.llm.remote.chat import Dialect
from summarizer.settings import DEFAULT_MODEL


class Looked(NamedTuple):
    """What a look at the rows has found."""

    done: int
    waiting: int
    rows: int
    deaths: int


class LaterRun:
    """One run in its folder. What changes anything is done in a `with` block, which locks the folder."""

    def __init__(self, path: Path, kept: KeptJob) -> None:
        self.path, self.kept = path, kept
        self.components = deferred(kept, path)
        self.rows = Rows(kept.rows, command=kept.job.command)
        survey = self.rows.survey()
        self.shard = Shard(survey.rows)
        self._facts = kept.job.facts(kept.settings, self.components)
        of_this_run = {"input": survey.sha256, "root": str(kept.job.root), "asked": "in files"}
        self.folder = Folder(path, {**of_this_run, **self._facts}, self.shard)
        self.rounds = RoundsFile(path)

    def __enter__(self) -> Self:
        """Lock the folder, and read the state once more: another process may have gone on in between."""
        self.folder.__enter__()
        self.rounds = RoundsFile(self.path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.folder.__exit__(kind, error, trace)

    @property
    def models(self) -> list[str]:
        """Those that are asked."""
        parts = self.components.at_work(self.kept.job.command)
        models = (getattr(part, "language_model", None) for part in parts)
        return list(dict.fromkeys(str(model.caller.model) for model in models if model))

    @property
    def base_url(self) -> str:
        return str(self.kept.settings["base_url"])

    @property
    def replies(self) -> Replies:
        return Replies(self.path / REPLIES)

    def look(
        self,
        sizes: Sizes,
        changed: Callable[[Progress], None],
        running: Callable[[BatchRun], None],
        *,
        retry_errors: bool = False,
    ) -> Looked:
        """Do every row as far as the answers reach; what is missing becomes the files of the next round.

        `running` is told of the run, so that it can be stopped; then no file is written.
        """
        if retry_errors:
            self.replies.forget_failures()
        state = self.rounds.state
        with Filing(self.path, state.round + 1, self.base_url, self._under_way(state.files)) as filing:
            run = BatchRun(self.rows, self.folder, self.shard, later=InOrder(filing))
            running(run)
            start = Start(self.kept.settings, self._options(state.dialect), self.kept.job, digest(self._facts))
            progress = run.work(start, sizes, retry_errors=retry_errors, changed=changed)
            done = progress.before + progress.rows - progress.waiting
            if not run.stopped:
                files = filing.finish()
                self.rounds.save(lambda old: old.model_copy(update={"files": (*old.files, *files), "stale": False}))
        return Looked(done, progress.waiting, progress.whole, run.deaths)

    def join(self, output: Path) -> Totals:
        """Write the output; where no row is left to be tried again, let go of requests and answers, which quote the articles."""
        totals = join(self.folder, self.shard, self.rows, output)
        if not (totals.statuses["interrupted"] or totals.statuses["error"] or totals.failed_calls):
            self.folder.forget_replies()
            for name in (REQUESTS, RESULTS):
                shutil.rmtree(self.path / name, ignore_errors=True)
        return totals

    def begin_anew(self, dialect: Dialect) -> None:
        """Note what the server understands; files that were not sent are written again."""
        state = self.rounds.state
        self.rounds.save(
            lambda old: old.without(old.of("written")).model_copy(
                update={
                    "rung": dialect.rung,
                    "left_out": tuple(sorted(dialect.left_out)),
                    "stale": old.stale or bool(state.of("written")),
                }
            )
        )

    def _under_way(self, files: Iterable[RequestFile]) -> Iterable[str]:
        for file in files:
            if file.status != "collected":
                yield from keys_of(self.rounds.path(file))

    def _options(self, dialect: Dialect) -> RunOptions:
        return RunOptions(deferral=Deferral(self.path / REPLIES, dialect))


def deferred(kept: KeptJob, path: Path) -> Components:
    """The components of a run whose answers come later. Raises a `UsageError` for one that cannot be done so."""
    if kept.settings["judge"] == "decisions":
        raise UsageError(
            "--judge decisions: the Batch API has no decisions; use --judge chat, or `summarizer batch IN -o OUT`"
        )
    components = assemble(kept.settings, RunOptions(deferral=Deferral(path / REPLIES)))
    if not any(getattr(part, "language_model", None) for part in components.at_work(kept.job.command)):
        raise UsageError(
            f"nothing here asks a model, so there is nothing to submit: name one with --model ({DEFAULT_MODEL}, ...), "
            "or use `summarizer batch IN -o OUT`"
        )
    return components
