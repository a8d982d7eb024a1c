"""What `repair` and `check --fix` say of themselves: where the text goes, what a run would send, and why there are no edits."""

import json
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner

from summarizer.cli import summarizer
from summarizer.cli.options import announced
from summarizer.components import assemble
from summarizer.errors import BudgetError, RepairError, SummarizerError, UnavailableError, UsageError
from summarizer.llm.models import RunOptions
from summarizer.settings import resolve
from tests.fault_server import FaultServer

ARTICLE = "The ferry to Tarn has run since 1912. Snow fell on two roads. The library will not close."
SUMMARY = "The ferry to Tarn has run since 1921. Snow fell on two roads."
PROPOSING = ["--judge", "nli", "--claims", "sentence", "--writer", "llm", "--writer-model", "m", "--base-url"]


@pytest.fixture
def given(tmp_path: Path) -> list[str]:
    """A summary with a wrong year, and its source."""
    article, summary = tmp_path / "a.txt", tmp_path / "s.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    summary.write_text(SUMMARY, encoding="utf-8")
    return [str(summary), "-s", str(article)]


@pytest.mark.parametrize("error", [UnavailableError("host: gone"), BudgetError("too dear"), RepairError("worse")])
def test_what_was_judged_is_not_lost_where_mending_fails(error: SummarizerError, tmp_path: Path) -> None:
    article, summary = tmp_path / "a.txt", tmp_path / "s.txt"
    article.write_text("Snow fell on two roads.", encoding="utf-8")
    summary.write_text("Snow fell on two roads. Volcanoes erupted in Iceland.", encoding="utf-8")

    with mock.patch("summarizer.api.mend", side_effect=error):
        done = CliRunner().invoke(summarizer, ["check", str(summary), "-s", str(article), "--fix"])

    assert done.exit_code == 1
    assert "2 claims: 1 supported, 0 contradicted, 1 not in source" in done.stdout
    assert f"summarizer: no edits: {error}" in done.stderr
    assert f"no edits: {error}" in done.stdout


@pytest.mark.parametrize("command", [["repair"], ["check", "--fix"]])
def test_a_server_that_proposes_words_is_named_and_its_call_counted(command: list[str], given: list[str]) -> None:
    settings = {"judge": "nli", "claims": "sentence", "writer": "llm", "writer_model": "m"}
    there = assemble(resolve({**settings, "base_url": "https://models.example.org/v1"}), RunOptions(writes=True))
    run = [*command, *given, *PROPOSING, "https://models.example.org/v1", "--dry-run"]

    done = CliRunner().invoke(summarizer, run)

    assert announced(there, "repair").endswith("llm (m); m at models.example.org; the text goes there")
    assert announced(there, "check").endswith("; the text stays on this machine")
    assert done.exit_code == 0, done.output
    assert "stays on this machine" not in done.stderr
    assert "llm (m); nothing is sent: a dry run" in done.stderr
    assert done.stdout.splitlines()[1].split()[:2] == ["fix", "1"]


def test_a_model_that_proposes_nothing_usable_is_spoken_of(given: list[str]) -> None:
    with FaultServer(responder=lambda _: "garbage") as server:
        done = CliRunner().invoke(summarizer, ["repair", *given, *PROPOSING, server.base_url])

    assert f"m at {server.base_url.split('/')[2]}; a server on this machine" in done.stderr
    assert "summarizer: the model proposed no words for some statements: the reply was unusable" in done.stderr
    assert "“1921” becomes “1912”" in done.stderr
    assert done.exit_code == 0


def test_what_stays_for_the_reader_is_named(given: list[str]) -> None:
    Path(given[0]).write_text(f"{SUMMARY} The library **will** open later.", encoding="utf-8")

    done = CliRunner().invoke(summarizer, ["repair", *given, "--min-confidence", "0.99"])

    assert done.exit_code == 3
    assert done.stdout.endswith("The library **will** open later.")
    [told] = [line for line in done.stderr.splitlines() if "“The library" in line]
    assert told.startswith("summarizer: “The library will open later.” stays for you to check: undecided")
    assert told.endswith("; see a.txt, paragraph 1, sentence 3")


def test_what_stays_for_the_reader_is_named_with_the_place_that_a_check_shows_first(tmp_path: Path) -> None:
    source, summary = tmp_path / "a.txt", tmp_path / "s.txt"
    source.write_text(
        "Harlow hospital to lose 40 beds\n\nHarlow General will close 40 of its 310 beds by 14 March, the trust said on Tuesday. "
        "The cut follows a deficit of £6.4m last year, up from £2.1m.\n\nDr Nina Okoro, the medical director, said no patient "
        "would be moved out of the county. Unions called the plan reckless.",
        encoding="utf-8",
    )
    summary.write_text("The trust ran a deficit of £4.6m last year.", encoding="utf-8")

    mended = CliRunner().invoke(summarizer, ["repair", str(summary), "-s", str(source)])
    checked = CliRunner().invoke(summarizer, ["check", str(summary), "-s", str(source)])

    [told] = [line for line in mended.stderr.splitlines() if "stays for you to check" in line]
    first = checked.stdout[checked.stdout.index("nearest: ") :].splitlines()[0].removeprefix("nearest: ")
    assert told.endswith(f"; see {first}")
    assert first == "a.txt, paragraph 2, sentence 2"


def test_the_report_says_why_there_are_no_edits(tmp_path: Path, given: list[str]) -> None:
    Path(given[0]).write_text("Volcanoes erupted in Iceland.", encoding="utf-8")
    report = tmp_path / "r.json"

    done = CliRunner().invoke(summarizer, ["check", *given, "--fix", "--format", "json", "-o", str(report)])

    assert done.exit_code == 1
    warnings = json.loads(report.read_text(encoding="utf-8"))["run"]["warnings"]
    assert [one for one in warnings if one.startswith("no edits: ") and "nothing would be left" in one]


@pytest.mark.parametrize("name", ["s.html", "s.PDF", "s.docx", "s.json"])
def test_plain_text_is_not_written_into_a_file_of_another_format(name: str, tmp_path: Path, given: list[str]) -> None:
    done = CliRunner().invoke(summarizer, ["repair", *given, "-o", str(tmp_path / name)])

    assert isinstance(done.exception, UsageError)
    assert done.exception.exit_status == 2
    assert str(done.exception).endswith("the mended summary is plain text; name a .txt or .md file")
    assert not (tmp_path / name).exists()
