"""Two reports beside each other: which claims changed their outcome, and why; and the commands that read saved reports."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from summarizer.cli import summarizer as command
from summarizer.errors import InputError, UsageError
from summarizer.report import render
from summarizer.report.changes import compared, to_json, to_text
from summarizer.schema import Claim, Document, Label, Probabilities, Report, Verdict
from tests.reports import small_report

REPORT = small_report()


def with_outcome(at: int, outcome: Any) -> Report:
    checks = list(REPORT.checks)
    checks[at] = checks[at].model_copy(update={"outcome": outcome})
    return REPORT.model_copy(update={"checks": tuple(checks)})


SOUND = Verdict(label=Label.SUPPORTED, evidence=REPORT.checks[4].shown, probabilities=Probabilities.of(9, 1, 0))


def test_a_report_has_no_changes_from_itself() -> None:
    assert compared(REPORT, REPORT).changes == ()
    assert to_text(compared(REPORT, REPORT)).startswith("0 of 6 claims changed\n")


def test_a_changed_outcome_is_told_with_what_explains_it() -> None:
    lines = to_text(compared(REPORT, with_outcome(4, SOUND)), width=100).splitlines()

    assert lines[0] == "1 of 6 claims changed"
    at = lines.index("claim 5: ≈ undecided: perhaps supported (0.71), but the number differs, now ✓ supported")
    assert lines[at + 1] == "    All 32 members  voted.".replace("  voted", " voted")
    assert "    - no longer: number: the claim says “32”, the source says “31” (one more)" in lines
    assert "    - probability of support 0.71 before, 0.90 now" in lines


def test_a_reworded_claim_is_compared_with_the_one_it_comes_from() -> None:
    text = REPORT.summary.text.replace("All 32 members", "All 31 members")
    own = REPORT.checks[4].claim
    claim = Claim(id="c5", text=own.text.replace("32", "31"), origin=own.origin, kind=own.kind)
    checks = (
        *REPORT.checks[:4],
        REPORT.checks[4].model_copy(update={"claim": claim, "outcome": SOUND}),
        REPORT.checks[5],
    )
    after = REPORT.model_copy(update={"summary": Document.of(text, id="summary", name="summary.txt"), "checks": checks})

    found = compared(REPORT, after)

    assert [(one.before and one.before.number, one.after and one.after.number) for one in found.changes] == [(5, 5)]
    assert "reworded; it was “All 32 members voted.”" in found.changes[0].why
    assert "the summary is another text" in found.run


def test_claims_that_come_or_go_are_changes() -> None:
    fewer = REPORT.model_copy(update={"checks": (*REPORT.checks[:2], *REPORT.checks[3:])})

    assert "gone, it was claim 3: ∅ not in source" in to_text(compared(REPORT, fewer))
    assert "new claim 3: ∅ not in source" in to_text(compared(fewer, REPORT))


def test_claims_in_another_order_are_the_same() -> None:
    assert compared(REPORT, REPORT.model_copy(update={"checks": REPORT.checks[::-1]})).changes == ()


def test_what_differs_in_the_run_is_said() -> None:
    run = REPORT.run.model_copy(update={"judge": REPORT.run.extractor, "settings": ()})

    assert compared(REPORT, REPORT.model_copy(update={"run": run})).run == (
        "judge: chat (a-model) before, sentences now", "evidence: whole before, not set now",
    )  # fmt: skip


def test_nothing_from_outside_steers_the_terminal() -> None:
    hostile = small_report("\x1b[31m\u202e::error::")

    written = to_text(compared(REPORT, hostile)) + to_json(compared(REPORT, hostile))

    assert not {"\x1b", "\u202e"} & set(written)
    assert not any(line.lstrip().startswith("::") for line in written.splitlines())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(render(REPORT, "json"), encoding="utf-8")
    (tmp_path / "b.json").write_text(render(with_outcome(4, SOUND), "json"), encoding="utf-8")
    (tmp_path / "no.json").write_text("{}", encoding="utf-8")
    return tmp_path


def run(*arguments: str, **options: Any) -> Any:
    return CliRunner().invoke(command, arguments, **options)


@pytest.mark.parametrize("form", ["text", "html", "markdown", "csv", "junit", "json"])
def test_a_saved_report_is_shown_as_it_would_have_been_written(form: str, folder: Path) -> None:
    done = run("show", "a.json", "--format", form, "-o", "out")

    assert done.exit_code == 0
    assert (folder / "out").read_bytes().decode() == render(REPORT, form)


def test_a_report_may_come_from_standard_input(folder: Path) -> None:
    assert run("show", "-", "--sort", "risk", input=(folder / "a.json").read_bytes()).stdout == render(
        REPORT, "text", sort="risk"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [("no.json", "no.json: is no report of this version"), ("gone.json", "gone.json: cannot be read")],
)
@pytest.mark.usefixtures("folder")
def test_what_is_no_report_is_one_clear_error(name: str, words: str) -> None:
    for done in (run("show", name), run("diff", "a.json", name)):
        assert isinstance(done.exception, InputError)
        assert str(done.exception).startswith(words)
        assert done.stdout == ""


@pytest.mark.usefixtures("folder")
def test_a_shown_report_is_never_written_over_itself() -> None:
    assert "is one of the inputs" in str(run("show", "a.json", "-o", "a.json").exception)


@pytest.mark.usefixtures("folder")
def test_the_status_of_a_comparison_says_whether_something_changed() -> None:
    assert run("diff", "a.json", "a.json").exit_code == 0
    done = run("diff", "a.json", "b.json", "--format", "json")
    assert done.exit_code == 1
    (change,) = json.loads(done.stdout)["changes"]
    assert (change["before"]["outcome"], change["after"]["outcome"]) == ("undecided", "supported")
    assert isinstance(run("diff", "-", "-").exception, UsageError)


def test_open_shows_the_page_that_was_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browse(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", browse)

    assert run("show", "a.json", "--also", "html=page.html", "--open").exit_code == 0
    assert opened == [(folder / "page.html").as_uri()]


def test_open_keeps_a_page_elsewhere_and_says_where_it_is_without_a_browser(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    monkeypatch.setattr("tempfile.tempdir", str(folder))

    done = run("show", "a.json", "--open")

    (page,) = folder.glob("summarizer-*/report.html")
    assert page.read_text(encoding="utf-8") == render(REPORT, "html")
    assert done.stderr == f"summarizer: no browser could be started; the page is {page}\n"


def test_a_claim_is_never_paired_twice() -> None:
    twice = (
        REPORT.checks[0],
        REPORT.checks[0].model_copy(update={"claim": REPORT.checks[0].claim.model_copy(update={"id": "c9"})}),
    )

    found = compared(REPORT.model_copy(update={"checks": twice}), REPORT.model_copy(update={"checks": twice[:1]}))

    assert [(one.before is not None, one.after is None) for one in found.changes] == [(True, True)]


def test_an_answer_that_is_the_same_stands_once_and_long_ones_under_themselves() -> None:
    same = to_text(compared(REPORT, REPORT), width=60).splitlines()
    assert [line for line in same if "at fault" in line] == [
        "both:   2 of 5 claims are at fault: 1 contradicted, 1 not in"
    ]
    assert same[2].startswith("        the source;")

    other = to_text(compared(REPORT, with_outcome(4, SOUND)), width=60).splitlines()
    assert [line[:8] for line in other[1:5]] == ["before: ", "        ", "now:    ", "        "]
