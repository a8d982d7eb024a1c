"""The pytest plugin: options for `assert_supported`, and tests that are collected from files with `--summarizer`.

    report.summary.txt      is checked against report.txt (or .md, .html, .pdf, .docx) beside it: one test
    evals/cases/NAME.csv    a case of a labelled suite: one test for each claim, red where the verdict is wrong

pytest loads this in every run of an environment that has the package, so it imports nothing but pytest itself.
"""

from collections.abc import Iterator
from contextvars import Token
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from summarizer.pytest import SESSION, Session, assert_supported
from summarizer.pytest.pairs import SUMMARIES, source_beside

if TYPE_CHECKING:
    from summarizer.evaluation.scorecard import Result

CASES = (".json", ".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
BEFORE = pytest.StashKey[Token[Session | None]]()
COLLECTS = "collect NAME.summary.txt beside NAME.txt, and the cases of labelled suites, as tests"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("summarizer", "summaries against their sources")
    group.addoption("--summarizer", action="store_true", help=COLLECTS)
    group.addoption("--summarizer-record", metavar="FILE", help="write every reply of a model to FILE, to be replayed")
    group.addoption("--summarizer-replies", metavar="FILE", help="replay the replies of FILE; no key, no network")
    parser.addini("summarizer", COLLECTS, type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    record, replies = config.getoption("summarizer_record"), config.getoption("summarizer_replies")
    if record and replies:
        raise pytest.UsageError("--summarizer-record and --summarizer-replies do not go together")
    if record and hasattr(config, "workerinput"):
        raise pytest.UsageError("--summarizer-record: several processes cannot write one recording; leave out -n")
    session = Session(
        config.rootpath, record=Path(record) if record else None, replies=Path(replies) if replies else None
    )
    config.stash[BEFORE] = SESSION.set(session)


def pytest_unconfigure(config: pytest.Config) -> None:
    if BEFORE in config.stash:  # a run within a test gives back the session of the outer one
        SESSION.reset(config.stash[BEFORE])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if not (parent.config.getoption("summarizer") or parent.config.getini("summarizer")):
        return None
    if file_path.name.endswith(SUMMARIES):
        return SummaryFile.from_parent(parent, path=file_path)
    if file_path.name.lower().endswith(CASES) and file_path.parent.name == "cases":
        return CaseFile.from_parent(parent, path=file_path) if (file_path.parents[1] / "articles").is_dir() else None
    return None


class Said(pytest.Item):
    """A test whose failure is told in words, without a traceback of ours."""

    def repr_failure(self, excinfo: "pytest.ExceptionInfo[BaseException]", style: Any = None) -> Any:
        from summarizer.errors import SummarizerError  # noqa: PLC0415 (only where a test has failed)

        if isinstance(excinfo.value, (AssertionError, SummarizerError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name


class SummaryFile(pytest.File):
    """A summary beside its source."""

    def collect(self) -> Iterator[pytest.Item]:
        from summarizer.errors import InputError  # noqa: PLC0415 (only where summaries are collected)

        try:
            source = source_beside(self.path)
        except InputError as error:
            raise self.CollectError(str(error)) from None
        yield SummaryItem.from_parent(self, name="supported", source=source)


class SummaryItem(Said):
    """Every statement of the summary is supported."""

    def __init__(self, *, source: Path, **known: Any) -> None:
        super().__init__(**known)
        self._source = source

    def runtest(self) -> None:
        assert_supported(self.path, self._source)


class CaseFile(pytest.File):
    """A labelled case, which is judged once for all of its claims."""

    _results: "dict[str, Result] | None" = None

    def collect(self) -> Iterator[pytest.Item]:
        from summarizer.errors import CaseError  # noqa: PLC0415 (only where cases are collected)
        from summarizer.evaluation.case_files import read_case  # noqa: PLC0415
        from summarizer.report.safe import one_line  # noqa: PLC0415

        try:
            self._case = read_case(self.path.parents[1], self.path.name)
        except CaseError as error:
            raise self.CollectError(str(error)) from None
        for claim in self._case.claims():
            yield ClaimItem.from_parent(self, name=one_line(claim.id), claim=claim.id)

    def result(self, claim: str) -> "Result":
        from summarizer.evaluation.cases import Suite  # noqa: PLC0415 (only where a case is judged)
        from summarizer.evaluation.run import evaluate  # noqa: PLC0415

        if self._results is None:
            session = SESSION.get()
            if session is None:
                raise RuntimeError("a case is judged outside a run of tests")
            card = evaluate(Suite(self.path.stem, (self._case,)), session.components)
            self._results = {one.claim: one for one in card.results}
        return self._results[claim]


class ClaimItem(Said):
    """The verdict on a labelled claim is right; one that is not sure enough is skipped, with its leaning."""

    parent: CaseFile

    def __init__(self, *, claim: str, **known: Any) -> None:
        super().__init__(**known)
        self._claim = claim

    def runtest(self) -> None:
        from summarizer.report.safe import one_line  # noqa: PLC0415 (only where a case is judged)

        one = self.parent.result(self._claim)
        said = f"{one.predicted.replace('_', ' ')}, is labelled {one.gold.replace('_', ' ')}: {one_line(one.text)}"
        if one.ambiguous:
            pytest.skip(f"ambiguous: {said}")
        if one.outcome == "undecided":
            pytest.skip(said)
        if not one.right:
            raise AssertionError(f"{said}\n{one_line(one.detail)}".strip())
