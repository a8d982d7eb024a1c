"""The registry of formats: whoever adds one finds it everywhere, and nothing else lists them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import summarizer.report.formats
from summarizer.cli import summarizer as command
from summarizer.errors import UsageError
from summarizer.repair import Mended
from summarizer.report import Format, find_format, format_names, register, render, unregister
from summarizer.schema import Report
from tests.conftest import ROOT
from tests.reports import small_report

MODULES = Path(summarizer.report.formats.__file__).parent


def shouted(report: Report, *, width: int = 80) -> str:
    return f"{report.summary.text.upper()[:width]}\n"


@pytest.fixture
def shout() -> Iterator[None]:
    register(Format("shout", "the summary in capitals", shouted, frozenset({"width"})))
    yield
    unregister("shout")


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "article.txt").write_text("The mayor resigned on Monday. Snow fell on two roads.", encoding="utf-8")
    (tmp_path / "summary.txt").write_text("Snow fell on two roads.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


CHECK = ["check", "summary.txt", "--source", "article.txt", "-q"]


@pytest.mark.usefixtures("shout")
def test_an_added_format_is_rendered_by_its_name() -> None:
    assert render(small_report(), "shout", width=10) == "\tSNOW FELL\n"


@pytest.mark.usefixtures("shout", "texts")
def test_an_added_format_is_taken_by_format() -> None:
    done = CliRunner().invoke(command, [*CHECK, "--format", "shout"])

    assert (done.exit_code, done.stdout) == (0, "SNOW FELL ON TWO ROADS.\n")


@pytest.mark.usefixtures("shout")
def test_an_added_format_is_taken_by_also(texts: Path) -> None:
    CliRunner().invoke(command, [*CHECK, "--also", "shout=loud.txt"])

    assert (texts / "loud.txt").read_text(encoding="utf-8") == "SNOW FELL ON TWO ROADS.\n"


@pytest.mark.usefixtures("shout")
@pytest.mark.parametrize("name", ["check", "summarize"])
def test_help_lists_an_added_format_with_what_it_is(name: str) -> None:
    shown = CliRunner().invoke(command, [name, "--help"], terminal_width=80).output

    assert re.search(r"(?m)^ +shout     the summary in capitals$", shown)


def test_help_lists_every_format_on_a_line_of_its_own() -> None:
    shown = CliRunner().invoke(command, ["check", "--help"], terminal_width=80).output

    lines = [line.strip() for line in shown.splitlines()]
    assert [name for name in format_names() if f"{name:8}  {find_format(name).about}" not in lines] == []
    assert [one for one in map(find_format, format_names()) if len(one.about) > 36] == []


def test_an_unknown_format_is_refused_with_the_names_that_there_are(texts: Path) -> None:
    with pytest.raises(UsageError, match="no format is called 'pdf'; there are: text, json, "):
        render(small_report(), "pdf")
    done = CliRunner().invoke(command, [*CHECK, "--format", "pdf"])
    assert (done.exit_code, list(texts.glob("pdf*"))) == (2, [])
    assert "'pdf' is not one of 'text', 'json'," in done.stderr


def test_an_option_that_a_format_does_not_take_is_refused() -> None:
    with pytest.raises(TypeError, match="the format 'json' takes no option width; it takes: none"):
        render(small_report(), "json", width=100)
    with pytest.raises(TypeError, match="takes no option files; it takes: ascii_only, color, sort, width"):
        render(small_report(), "text", files={})


def test_what_is_no_report_and_an_order_that_there_is_not_are_refused() -> None:
    with pytest.raises(UsageError, match=r"^report: must be a Report, .* as \.report, not Mended$"):
        render(Mended(small_report(), small_report()))  # type: ignore[arg-type]
    for form in ("html", "csv"):
        with pytest.raises(UsageError, match=r"^sort: must be one of text, risk, not 'rsik'$"):
            render(small_report(), form, sort="rsik")


def test_a_name_that_is_taken_cannot_be_registered_and_a_built_in_cannot_be_taken_out() -> None:
    with pytest.raises(UsageError, match="a format is already called 'json'"):
        register(Format("json", "another one", shouted))
    with pytest.raises(UsageError, match="the format 'json' is built in"):
        unregister("json")
    assert "mayor" in render(small_report(), "json")


def test_a_format_asks_for_options_that_there_are() -> None:
    with pytest.raises(UsageError, match="asks for height; there are: width, color, ascii_only, files"):
        register(Format("tall", "as high as wide", shouted, frozenset({"height"})))  # type: ignore[arg-type]
    assert "tall" not in format_names()


def test_each_format_has_a_module_and_each_module_is_a_format() -> None:
    modules = {path.stem for path in MODULES.iterdir() if not path.stem.startswith("_")}

    assert modules == set(format_names())


def test_the_table_of_the_documentation_is_that_of_the_registry() -> None:
    written = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")

    rows = re.findall(r"(?m)^\| `(\w+)` \| (.*?) \|$", written)
    assert rows == [(name, find_format(name).about) for name in format_names()]
