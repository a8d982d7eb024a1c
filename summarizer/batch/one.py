"""One row: read its texts, run the pipeline over them, and say what came of it. Whatever a row holds, it ends no run."""

import errno
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from summarizer import api
from summarizer.batch.job import Job, digest
from summarizer.batch.records import Counts, Row, RowError, RowResult, Source, Text
from summarizer.components import Components
from summarizer.errors import (
    BackendError,
    BudgetError,
    InputError,
    OutputError,
    RefusedError,
    RepliesError,
    SummarizerError,
    UnavailableError,
)
from summarizer.llm.exchange import AwaitedError
from summarizer.reading import Reading, printable_name, read
from summarizer.report.outcomes import look_of
from summarizer.report.tally import faithfulness
from summarizer.schema import Document, Reason, Report, Unchecked

KINDS: tuple[tuple[type[SummarizerError], str], ...] = (
    (InputError, "input"),
    (RepliesError, "replies"),
    (UnavailableError, "unavailable"),
    (BackendError, "backend"),
)
USED_UP = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""What a system says that has no room, no files or no memory left, whatever the row."""
CUT_SHORT = frozenset({Reason.INTERRUPTED, Reason.BUDGET})


class EndOfRunError(Exception):
    """An error that is not of this row alone."""

    def __init__(self, error: SummarizerError) -> None:
        super().__init__(str(error))
        self.error = error


async def result_of(row: Row, job: Job, components: Components, run_key: str) -> RowResult:
    """The result of a row, an error being one too.

    Raises an `EndOfRunError` where no row would fare better, and an `AwaitedError` where its answers come later.
    """
    if row.fault:
        return failed(row, "row", row.fault)
    key = ""
    try:
        sources, summary = _texts(row, job)
        key = digest([run_key, *(one.document.sha256 for one in (*sources, *([summary] if summary else [])))])
        if job.command == "check" and summary is None:
            return failed(row, "row", "the row has neither summary nor summary_path, which --check needs", key)
        report = await _report(sources, summary, job, components)
    except AwaitedError:
        raise
    except (RefusedError, OutputError) as error:
        raise EndOfRunError(error) from error
    except BudgetError:
        return interrupted(row, key)
    except SummarizerError as error:
        return failed(row, _kind(error), str(error), key)
    except Exception as error:  # a fault of ours in one row must not end the other rows
        if isinstance(error, OSError) and error.errno in USED_UP:
            where = error.filename or "this machine"
            raise EndOfRunError(
                OutputError(
                    f"{where}: {error.strerror}; make room and give the same command again: what is done is kept"
                )
            ) from error
        return failed(row, "internal", f"{type(error).__name__}: a fault of this program; please report it", key)
    if any(isinstance(one.outcome, Unchecked) and one.outcome.reason in CUT_SHORT for one in report.checks):
        return interrupted(row, key)
    return _done(row, report, key, full=job.full)


def failed(row: Row, kind: str, message: str, key: str = "") -> RowResult:
    return RowResult(id=row.id, key=key, status="error", error=RowError(kind=kind, message=_line(message)))


def interrupted(row: Row, key: str = "") -> RowResult:
    return RowResult(id=row.id, key=key, status="interrupted")


def _kind(error: SummarizerError) -> str:
    return next((kind for sort, kind in KINDS if isinstance(error, sort)), "usage")


def _line(message: str) -> str:
    return " ".join(message.split())[:600].encode("utf-8", "replace").decode("utf-8")


async def _report(sources: Sequence[Reading], summary: Reading | None, job: Job, components: Components) -> Report:
    if job.command == "check" and summary is not None:
        return await api.acheck(summary, list(sources), backend=components)
    in_words = job.length.unit == "words"
    sentences, words = (None, job.length.amount) if in_words else (job.length.amount, None)
    return await api.asummarize(list(sources), backend=components, sentences=sentences, words=words)


def _texts(row: Row, job: Job) -> tuple[list[Reading], Reading | None]:
    sources = [_reading(one, job, f"source {number}") for number, one in enumerate(row.sources, 1)]
    summary = _reading(row.summary, job, "summary") if row.summary and job.command == "check" else None
    return sources, summary


def _reading(text: Text, job: Job, name: str) -> Reading:
    if text.is_path:
        path = _inside(text.value, job.root)
        try:
            return read(path, encoding=job.encoding)
        except InputError as error:  # the output is the same wherever the folder lies
            raise InputError(str(error).replace(printable_name(path), printable_name(text.value))) from error
    if not text.value.strip():
        raise InputError(f"{name}: empty: there is no text in it")
    return Reading(document=Document.of(text.value, id="d1", name=name))


def _inside(name: str, root: Path | None) -> Path:
    """The file that a row names. Raises an `InputError` for one outside: rows may come from anybody."""
    whole = root.resolve() if root else None
    try:
        path = (whole / name).resolve() if whole else None
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: a link to itself
        raise InputError(f"{name[:80]!r}: no name of a file") from error
    if whole is None or path is None or not path.is_relative_to(whole):
        raise InputError(f"{name[:80]!r}: lies outside the folder of the input; name a folder above both with --root")
    return path


def _done(row: Row, report: Report, key: str, *, full: bool) -> RowResult:
    counts = Counter(look_of(one.outcome).value for one in report.checks)
    return RowResult(
        id=row.id,
        key=key,
        status="ok",
        counts=Counts(**counts),
        faithfulness=faithfulness(report),
        summary=report.summary.text,
        claims=report.checks,
        usage=report.run.usage,
        warnings=report.run.warnings,
        sources=tuple(
            Source(id=one.id, name=one.name, sha256=one.sha256, text=one.text if full else None)
            for one in report.documents
        ),
    )
