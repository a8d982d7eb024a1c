"""Summaries in tests: `from summarizer.pytest import assert_supported`.

    def test_the_newsletter_says_what_the_report_says():
        assert_supported(newsletter(), Path("report.txt"))

The same check as `summarizer check`, with the settings of the project. Where the plugin of this package is active,
`--summarizer-record FILE` keeps every reply of a model, and `--summarizer-replies FILE` replays them with no key and no
network. Importing this costs nothing; what checks is loaded when the first summary is checked.
"""

from collections.abc import Collection, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from summarizer.api import Source
    from summarizer.components import Components
    from summarizer.schema import Check, Report

__all__ = ["FailOn", "assert_supported"]

FailOn = Literal["contradicted", "not_in_source", "undecided", "unchecked"]
EVERY: tuple[FailOn, ...] = ("contradicted", "not_in_source", "undecided", "unchecked")


class Session:
    """The components of one run of tests, put together when they are first asked for."""

    def __init__(self, folder: Path, *, record: Path | None = None, replies: Path | None = None) -> None:
        self._folder, self._record, self._replies = folder, record, replies
        self._components: Components | None = None

    def accepted(self, report: "Report") -> "Report":
        """The report with the claims marked that the settings of the folder say are accepted. Raises an `InputError`."""
        from summarizer.accepted import applied, load  # noqa: PLC0415 (only where something is checked)
        from summarizer.settings import resolve  # noqa: PLC0415

        file = resolve(folder=self._folder)["accepted"]
        return applied(report, load(self._folder / file)) if file else report

    @property
    def components(self) -> "Components":
        """Put together what the settings of the folder and the environment ask for. Raises a `UsageError`."""
        from summarizer.components import assemble  # noqa: PLC0415 (only where something is checked)
        from summarizer.llm.models import RunOptions  # noqa: PLC0415
        from summarizer.settings import resolve  # noqa: PLC0415

        if self._components is None:
            options = RunOptions(record=self._record, replies=self._replies)
            self._components = assemble(resolve(folder=self._folder), options)
        return self._components


SESSION: ContextVar[Session | None] = ContextVar("SESSION", default=None)
"""That of the plugin; None where it is not active."""


def assert_supported(
    summary: "Source",
    source: "Source | Sequence[Source]",
    *,
    fail_on: FailOn | Collection[FailOn] = EVERY,
    backend: "Components | None" = None,
) -> "Report":
    """Check every statement of the summary; raise an `AssertionError` that names those that the source does not support.

    A `str` is text, a `Path` is a file. `fail_on` says which outcomes fail, all but `supported` by default: with
    `("contradicted", "not_in_source")` a claim that nobody could decide passes. `backend` is what `assemble` or
    `openai_backend` of `summarizer` has put together; otherwise the settings decide, as on the command line. Returns
    the report. A claim that `summarizer accept` has accepted fails nothing, where the setting `accepted` of the folder
    names its file. Raises a `SummarizerError` where nothing could be checked.
    """
    __tracebackhide__ = True
    from summarizer.api import check  # noqa: PLC0415 (only where something is checked)
    from summarizer.report.tally import answer_line, exit_status  # noqa: PLC0415

    failing: set[str] = {fail_on} if isinstance(fail_on, str) else set(fail_on)
    if unknown := sorted(failing - set(EVERY)):
        raise ValueError(f"fail_on: {unknown[0]!r} is none of {', '.join(EVERY)}")
    session = SESSION.get() or Session(Path())
    report = session.accepted(check(summary, source, backend=backend or session.components))
    if exit_status(report, fail_on=failing):
        lines = [line for one in report.checks for line in _fault(one, failing)]
        raise AssertionError("\n".join([answer_line(report), *lines]))
    return report


def _fault(check: "Check", fail_on: Collection[str]) -> Iterator[str]:
    from summarizer.report.layout import as_read  # noqa: PLC0415
    from summarizer.report.outcomes import outcome_words  # noqa: PLC0415 (only where a check has failed)
    from summarizer.report.safe import one_line  # noqa: PLC0415

    if check.flag in fail_on and not check.accepted:
        yield f"  {one_line(outcome_words(check.outcome))}: {one_line(as_read(check.claim.text) or check.claim.text)}"
        for evidence in check.shown[:1]:
            yield f"    source: “{one_line(as_read(evidence.quote) or evidence.quote)}”"
