"""`assert_supported` in a test, tests collected from files, and a plugin that costs nothing where it is not used."""

import json
import os
import subprocess
import sys
import tomllib
from contextvars import ContextVar
from pathlib import Path

import pytest

from summarizer import check
from summarizer.accepted import AcceptedFile, entry_of
from summarizer.components import assemble
from summarizer.pytest import Session, assert_supported
from summarizer.schema import Acceptance
from summarizer.settings import resolve
from tests.characters import MODELS
from tests.conftest import ROOT
from tests.fault_server import FaultServer

pytest_plugins = ["pytester"]

ARTICLE = "Snow fell on two roads. The library will not close. The ferry costs 40 crowns. A storm hit the school."
PLUGIN = ("-p", "summarizer.pytest.plugin", "-p", "no:cacheprovider")
LEXICAL = assemble(resolve({"judge": "lexical"}))


def test_a_supported_summary_gives_its_report() -> None:
    report = assert_supported("Snow fell on two roads.", ARTICLE, backend=LEXICAL)

    assert [one.outcome.kind for one in report.checks] == ["verdict"]


def test_what_is_not_supported_is_named_with_the_words_of_the_source() -> None:
    with pytest.raises(AssertionError) as error:
        assert_supported("Snow fell on two roads. The ferry costs 60 crowns.\x1b[31m", ARTICLE, backend=LEXICAL)

    first, second, third = str(error.value).splitlines()
    assert first == "1 of 2 claims is contradicted by the source"
    assert second.startswith("  contradicted: The ferry costs 60 crowns.")
    assert third == "    source: “The ferry costs 40 crowns.”"
    assert "\x1b" not in str(error.value)


def test_what_nobody_could_decide_fails_unless_it_may_pass() -> None:
    claim = "A storm hit the school and the roads of the library."

    with pytest.raises(AssertionError, match="could not be decided"):
        assert_supported(claim, ARTICLE, backend=LEXICAL)
    assert assert_supported(claim, ARTICLE, backend=LEXICAL, fail_on=("contradicted", "not_in_source"))
    assert assert_supported(claim, ARTICLE, backend=LEXICAL, fail_on="contradicted")
    with pytest.raises(ValueError, match="'contradictd' is none of contradicted"):
        assert_supported(claim, ARTICLE, backend=LEXICAL, fail_on=("contradictd",))  # type: ignore[arg-type]


def test_what_was_accepted_by_hand_passes_and_is_in_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = check("The ferry costs 60 crowns.", ARTICLE, backend=LEXICAL)
    note = Acceptance(outcome="contradicted", note="From May on.", date="2026-11-29")
    file = AcceptedFile(claims=(entry_of(report, report.checks[0], note),))
    (tmp_path / "known.json").write_text(file.model_dump_json(), encoding="utf-8")
    (tmp_path / "summarizer.toml").write_text('accepted = "known.json"\n', encoding="utf-8")
    session = ContextVar[Session]("session")
    session.set(Session(tmp_path))
    monkeypatch.setattr("summarizer.pytest.SESSION", session)

    (one,) = assert_supported("The ferry costs 60 crowns.", ARTICLE, backend=LEXICAL).checks

    assert (one.accepted, one.flag) == (note, "contradicted")
    with pytest.raises(AssertionError, match="1 of 2 claims is contradicted by the source"):
        assert_supported(
            "A school opened. The ferry costs 60 crowns.",
            ARTICLE.replace("A storm", "A school opened. A storm"),
            backend=LEXICAL,
        )


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with two summaries and a labelled case."""
    monkeypatch.setenv("SUMMARIZER_JUDGE", "lexical")
    texts = {
        "texts/good.txt": ARTICLE,
        "texts/good.summary.txt": "The ferry costs 40 crowns.",
        "texts/bad.md": ARTICLE,
        "texts/bad.summary.md": "The ferry costs 60 crowns.",
        "evals/articles/storm.txt": ARTICLE,
        "evals/cases/storm.csv": (
            "text,label\nSnow fell on two roads.,1\nThe ferry costs 40 crowns.,0\n"
            "A storm hit the school\x1b[31m and the roads of the library.,0\n"
        ),
    }
    for name, text in texts.items():
        (pytester.path / name).parent.mkdir(parents=True, exist_ok=True)
        (pytester.path / name).write_text(text, encoding="utf-8")
    return pytester


def test_tests_are_collected_from_files_where_that_is_asked_for(project: pytest.Pytester) -> None:
    done = project.runpytest_inprocess(*PLUGIN, "--summarizer", "-rs")

    done.assert_outcomes(passed=2, failed=2, skipped=1)
    said = done.stdout.str()
    assert "1 of 1 claim is contradicted by the source" in said
    assert "supported, is labelled unsupported: The ferry costs 40 crowns." in said
    assert "\x1b" not in said
    assert "undecided, is labelled unsupported: A storm hit the school\\x1b[31m and" in said
    assert "Traceback" not in said


def test_every_form_of_a_case_is_collected(project: pytest.Pytester) -> None:
    cases = project.path / "evals" / "cases"
    (cases / "storm.csv").unlink()
    (cases / "storm.TSV").write_text("text\tlabel\nSnow fell on two roads.\t1\n", encoding="utf-8")

    project.runpytest_inprocess(*PLUGIN, "--summarizer", "evals").assert_outcomes(passed=1)


def test_without_it_nothing_is_collected(project: pytest.Pytester) -> None:
    project.runpytest_inprocess(*PLUGIN).assert_outcomes()
    project.makeini("[pytest]\nsummarizer = true\n")
    project.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=2, failed=2, skipped=1)


def test_a_summary_without_a_source_and_a_broken_case_are_errors(project: pytest.Pytester) -> None:
    (project.path / "texts" / "good.txt").unlink()
    (project.path / "evals" / "cases" / "storm.csv").write_text("text,label\nSnow fell.,maybe\n", encoding="utf-8")

    done = project.runpytest_inprocess(*PLUGIN, "--summarizer")

    done.assert_outcomes(errors=2)
    assert "good.summary.txt: no source good.txt (or .md" in done.stdout.str()
    assert "storm.csv: line 2: the label 'maybe' is none of" in done.stdout.str()


def test_a_case_of_an_empty_article_is_an_error_in_words(project: pytest.Pytester) -> None:
    (project.path / "evals" / "articles" / "storm.txt").write_bytes(b"")

    done = project.runpytest_inprocess(*PLUGIN, "--summarizer", "evals")

    done.assert_outcomes(errors=1)
    assert "storm.csv: article storm.txt: is empty" in done.stdout.str()
    assert "Traceback" not in done.stdout.str()


def test_replies_are_recorded_and_replayed_without_a_server(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makepyfile(
        f"""
        from summarizer.pytest import assert_supported

        def test_the_summary():
            assert_supported("Snow fell on two roads.", {ARTICLE!r})
        """
    )
    with FaultServer(models=MODELS) as server:
        for name, value in {"BASE_URL": server.base_url, "MODEL": "honest", "CLAIMS": "sentence"}.items():
            monkeypatch.setenv(f"SUMMARIZER_{name}", value)
        pytester.runpytest_inprocess(*PLUGIN, "--summarizer-record", "r.jsonl").assert_outcomes(passed=1)
        asked = len(server.calls)

    replayed = pytester.runpytest_inprocess(*PLUGIN, "--summarizer-replies", "r.jsonl")

    replayed.assert_outcomes(passed=1)
    assert asked > 0
    head = (pytester.path / "r.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(head)["model"] == "honest"
    both = pytester.runpytest_inprocess(*PLUGIN, "--summarizer-record", "a", "--summarizer-replies", "r.jsonl")
    assert both.ret == pytest.ExitCode.USAGE_ERROR


def test_the_plugin_is_an_entry_point_under_its_own_name() -> None:
    points = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]["pytest11"]

    assert points == {"summarizer.pytest.plugin": "summarizer.pytest.plugin"}


def test_a_run_that_does_not_use_it_loads_nothing_else_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "test_nothing.py").write_text(
        "import sys\n\nOURS = ['summarizer.pytest', 'summarizer.pytest.pairs', 'summarizer.pytest.plugin']\n\ndef test_nothing():\n"
        "    ours = {name for name in sys.modules if name.split('.')[0] == 'summarizer'}\n"
        "    assert ours == {'summarizer', 'summarizer._version', *OURS}\n"
        "    assert not {'pydantic', 'openai', 'onnxruntime', 'numpy'} & set(sys.modules)\n",
        encoding="utf-8",
    )

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *PLUGIN, str(tmp_path)],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )  # fmt: skip

    assert done.returncode == 0, done.stdout
