"""The command line as its user meets it: a real process, good input and bad."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from summarizer.cli import summarizer
from tests.cli.processes import run

ARTICLE = "The mayor resigned on Monday. Snow fell on two roads.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    path = tmp_path / "summary.txt"
    path.write_text("Snow fell on two roads.", encoding="utf-8")
    return path


def test_the_seed_is_summarised(seed: Path) -> None:
    done = run("summarize", seed)

    assert done.returncode == 0
    assert (
        done.stdout.splitlines()[-1]
        == "5 claims: 5 supported, 0 contradicted, 0 not in source, 0 undecided, 0 unchecked"
    )
    assert done.stderr.startswith("summarizer: extractive, sentences, nli (cross-encoder-33m@")
    assert done.stderr.endswith("; the text stays on this machine\n")
    assert done.stderr.count("\n") == 1


def test_a_good_summary_exits_with_0_a_wrong_one_with_1_an_open_one_with_3(article: Path) -> None:
    def status(text: str) -> int:
        return run("check", "-", "--source", article, stdin=text.encode()).returncode

    assert status("Snow fell on two roads.") == 0
    assert status("Volcanoes erupted in Iceland.") == 1
    assert status("The vote was close.") == 3
    assert run("check", "-", "-s", article, "--exit-zero", stdin=b"Volcanoes erupted in Iceland.").returncode == 0


def test_json_holds_the_report_with_spans_that_slice_back(article: Path, summary: Path) -> None:
    done = run("check", summary, "--source", article, "--format", "json")

    report = json.loads(done.stdout)
    outcome = report["checks"][0]["outcome"]
    span = outcome["evidence"][0]["span"]
    assert (outcome["kind"], outcome["label"]) == ("verdict", "supported")
    assert ARTICLE[span["start"] : span["end"]] == outcome["evidence"][0]["quote"] == "Snow fell on two roads."


def test_the_article_can_come_from_standard_input(summary: Path) -> None:
    assert run("check", summary, "--source", "-", stdin=ARTICLE.encode()).returncode == 0


def test_quiet_keeps_standard_error_empty_and_verbose_says_more(article: Path, summary: Path) -> None:
    assert run("check", summary, "-s", article, "-q").stderr == ""
    assert "54 characters" in run("check", summary, "-s", article, "-v").stderr


def test_a_key_alone_sends_nothing_and_says_how(article: Path, summary: Path) -> None:
    done = run("check", summary, "-s", article, OPENAI_API_KEY="sk-test-sentinel")

    assert "--backend openai asks a model" in done.stderr
    assert "sk-test-sentinel" not in done.stdout + done.stderr


def test_output_goes_to_a_file_whole(article: Path, summary: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)

    done = run("check", summary, "-s", article, "--format", "markdown", "-o", target)

    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("# Summary checked against")
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt", "report.md", "summary.txt"]


FORMS = {
    "text": "✗ 1. contradicted", "json": '"label": "contradicted"', "markdown": "**contradicted**", "html": "<!doctype html>",
    "csv": "c1,contradicted,", "jsonl": '"outcome": "contradicted"', "junit": "<failure ", "sarif": '"ruleId": "contradicted"',
    "github": "::error ",
}  # fmt: skip
WRONG_SUMMARY = "Mayor Jane Doe resigned in July.\r\n\tThe mayor 👩‍💼 was unpopular. Volcanoes erupted in Iceland.\r\n"
STORY = """\
Mayor Jane Doe resigned in May, her office said. Her deputy will stand in until the election next year.

Snow fell on two roads in the north of the county. The roads reopened when ploughs had cleared them in June.

The council of the county approved the budget for the roads on Tuesday after the mayor had spoken for an hour.
"""


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.txt"
    path.write_bytes(WRONG_SUMMARY.encode())
    return path


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_one_run_writes_every_form_as_format_does(story: Path, wrong: Path, tmp_path: Path) -> None:
    also = [part for form in FORMS for part in ("--also", f"{form}={tmp_path / form}")]

    done = run("check", wrong.name, "-s", story.name, "-q", "--format", "jsonl", *also, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (tmp_path / "jsonl").read_text(encoding="utf-8")
    for form, words in FORMS.items():
        assert words in (tmp_path / form).read_text(encoding="utf-8"), form
    alone = {
        form: run("check", wrong.name, "-s", story.name, "-q", "--format", form, cwd=tmp_path)
        for form in ("sarif", "html")
    }
    assert {form: one.stdout for form, one in alone.items()} == {
        form: (tmp_path / form).read_text(encoding="utf-8") for form in alone
    }


def test_annotations_name_the_summary_as_the_repository_knows_it(story: Path, wrong: Path, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    moved = wrong.rename(tmp_path / "texts" / "wrong.txt")

    def annotated(name: str | Path, cwd: Path = tmp_path, **env: Any) -> list[str]:
        done = run("check", name, "-s", story, "-q", "--format", "github", cwd=cwd, **env)
        return [line.split(",title")[0] for line in done.stdout.splitlines() if line.startswith("::")]

    inside = [
        "::error file=texts/wrong.txt,line=1,endLine=1,col=1,endColumn=33",
        "::notice file=texts/wrong.txt,line=2,endLine=2,col=2,endColumn=30",
        "::warning file=texts/wrong.txt,line=2,endLine=2,col=31,endColumn=60",
    ]
    assert annotated("texts/wrong.txt") == annotated(moved) == annotated("./texts/../texts/wrong.txt") == inside
    assert annotated("wrong.txt", moved.parent, GITHUB_WORKSPACE=str(tmp_path)) == inside
    outside = annotated(moved, Path("/"), GITHUB_WORKSPACE="/nowhere")
    assert [line.partition(" ")[0] for line in outside] == ["::error", "::notice", "::warning"]
    assert not any("file=" in line for line in outside)


def test_sarif_names_both_files_and_no_folder_of_this_machine(story: Path, wrong: Path, tmp_path: Path) -> None:
    done = run("check", wrong, "-s", story, "-q", "--format", "sarif", cwd=tmp_path)

    (log,) = json.loads(done.stdout)["runs"]
    assert [one["location"]["uri"] for one in log["artifacts"]] == ["wrong.txt", "story.txt"]
    assert str(tmp_path) not in done.stdout
    outside = run("check", wrong, "-s", story, "-q", "--format", "sarif", cwd=Path("/"), GITHUB_WORKSPACE="/nowhere")
    assert str(tmp_path) not in outside.stdout


def test_a_text_that_was_taken_out_of_a_file_has_no_lines_of_that_file(tmp_path: Path) -> None:
    head = "1\n00:00:01,000 --> 00:00:02,000\n"
    (tmp_path / "wrong.srt").write_text(f"{head}The council paid 9 crowns for it.\n", encoding="utf-8")
    (tmp_path / "story.srt").write_text(f"{head}The council paid 7 crowns for it.\n", encoding="utf-8")

    given = ("check", "wrong.srt", "-s", "story.srt", "-q", "--format", "github", "--also", "sarif=found.sarif")
    done = run(*given, cwd=tmp_path)

    assert done.stdout.startswith("::error file=wrong.srt,title=c1 contradicted::")
    (log,) = json.loads((tmp_path / "found.sarif").read_text(encoding="utf-8"))["runs"]
    assert [sorted(one) for one in log["artifacts"]] == [["description", "location"]] * 2
    (found,) = log["results"]
    assert found["locations"] == [{"physicalLocation": {"artifactLocation": {"index": 0, "uri": "wrong.srt"}}}]
    sources = [one["physicalLocation"] for one in found["relatedLocations"]]
    assert sources[0] == {"artifactLocation": {"index": 1, "uri": "story.srt"}}


@pytest.mark.parametrize("option", ["-o", "--also"])
@pytest.mark.parametrize("which", ["article", "summary", "link"])
def test_no_form_is_written_over_an_input(
    option: str, which: str, article: Path, summary: Path, tmp_path: Path
) -> None:
    target = {"article": article, "summary": summary, "link": tmp_path / "link"}[which]
    (tmp_path / "link").symlink_to(article)
    before = target.read_text(encoding="utf-8")

    done = run("check", summary, "-s", article, "-q", option, target if option == "-o" else f"csv={target}")

    assert (done.returncode, done.stdout) == (2, "")
    assert "is one of the inputs" in done.stderr
    assert target.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("also", "words"),
    [
        (["html"], "--also html: must be FORMAT=FILE"), (["xml=a"], "--also xml=a: must be FORMAT=FILE"), (["csv="], "must be FORMAT=FILE"),
        (["csv=-"], "must be FORMAT=FILE"), (["csv=a", "html=a"], "two formats would be written to one file"),
    ],
)  # fmt: skip
def test_a_wrong_also_is_refused_before_anything_is_read(also: list[str], words: str, tmp_path: Path) -> None:
    done = run("check", "none.txt", "-s", "none.txt", *(part for one in also for part in ("--also", one)), cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "name", "begins"),
    [
        ([], "a.html", "<!doctype html>"), ([], "a.JSON", "{"), ([], "a.md", "# Summary checked"), ([], "a.csv", "claim,outcome"), ([], "a.xml", "<?xml"),
        ([], "a.sarif", "{"), ([], "a.txt", "summary.txt against"), ([], "a", "summary.txt against"),
        (["--format", "json"], "a.html", "{"), (["--format", "text"], "a.md", "summary.txt against"),
    ],
)  # fmt: skip
def test_the_ending_of_a_file_chooses_its_format_where_nothing_else_does(
    command: list[str], name: str, begins: str, article: Path, summary: Path
) -> None:
    out = article.with_name(name)

    done = CliRunner().invoke(
        summarizer, ["check", str(summary), "-s", str(article), "--judge", "lexical", *command, "-o", str(out)]
    )

    assert done.stdout == ""
    assert out.read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize("command", [["check", "none.txt", "-s", "none.txt"], ["eval"]])
def test_what_no_format_is_written_as_is_refused(command: list[str], tmp_path: Path) -> None:
    done = run(*command, "-o", "report.pdf", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "summarizer: error: report.pdf: no result is written so; name a .html, .md or .txt file\n"


def test_a_form_that_cannot_be_written_keeps_no_other_back(article: Path, summary: Path, tmp_path: Path) -> None:
    done = run("check", summary, "-s", article, "-q", "--also", "csv=/dev/full", "--also", "jsonl=kept", cwd=tmp_path)

    assert done.returncode == 2
    assert "/dev/full: cannot write" in done.stderr
    assert "✓ 1. Snow fell on two roads." in done.stdout
    assert (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 1), (["--fail-on", "contradicted"], 1), (["--fail-on", "unchecked"], 0), (["--fail-on", "undecided"], 3), (["--fail-on", "not_in_source"], 1),
        (["--min-faithfulness", "0"], 0), (["--min-faithfulness", "0.5"], 1), (["--min-coverage", "0"], 1),
        (["--min-faithfulness", "0", "--min-coverage", "0"], 0), (["--min-faithfulness", "0", "--fail-on", "contradicted"], 1),
        (["--min-faithfulness", "0", "--min-coverage", "1"], 1), (["--min-faithfulness", "1", "--exit-zero"], 0),
    ],
)  # fmt: skip
def test_what_fails_a_check_can_be_chosen(options: list[str], status: int, story: Path, wrong: Path) -> None:
    assert run("check", wrong, "-s", story, "-q", *options).returncode == status


def test_a_missed_bar_says_the_value_and_the_bar(story: Path, wrong: Path) -> None:
    done = run("check", wrong, "-s", story, "-q", "--min-faithfulness", "0.9")

    assert done.stderr == "summarizer: faithfulness is 0.000; --min-faithfulness wants 0.9\n"


def test_what_cannot_be_measured_meets_no_bar(article: Path) -> None:
    done = run("check", "-", "-s", article, "-q", "--min-faithfulness", "0", stdin=b"Did snow fall?")

    assert (done.returncode, done.stderr) == (
        1, "summarizer: faithfulness is not measurable; --min-faithfulness wants 0\n",
    )  # fmt: skip


def test_color_is_as_asked(article: Path, summary: Path) -> None:
    def colored(*options: str, **env: Any) -> bool:
        return "\x1b[" in run("check", summary, "-s", article, *options, **env).stdout

    assert not colored()
    assert colored("--color", "always", TERM="dumb")
    assert colored("--color", "always", NO_COLOR="1")
    assert not colored("--color", "never")
    assert not colored("--color", "always", "--format", "json")


def test_output_through_a_link_keeps_the_link(article: Path, summary: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)

    assert run("check", summary, "-s", article, "-o", link).returncode == 0
    assert link.is_symlink()
    assert "supported" in real.read_text(encoding="utf-8")


def test_output_takes_the_place_of_a_link_to_itself(article: Path, summary: Path, tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)

    assert run("check", summary, "-s", article, "-o", loop).returncode == 0
    assert "supported" in loop.read_text(encoding="utf-8")


def test_the_same_input_gives_the_same_bytes(seed: Path) -> None:
    outputs = {
        run("summarize", seed, "--format", "json", PYTHONHASHSEED=hash_seed).stdout for hash_seed in ("0", "1", "2")
    }

    assert len(outputs) == 1


def test_ascii_terminals_get_ascii_marks(article: Path, summary: Path) -> None:
    done = run("check", summary, "-s", article, PYTHONIOENCODING="ascii")

    assert "+ 1. Snow fell on two roads." in done.stdout


@pytest.mark.parametrize(("summary", "status"), [("Snow fell on two roads.", 0), ("Snow fell on five roads.", 1)])
def test_a_reader_that_goes_away_changes_no_verdict(summary: str, status: int, article: Path) -> None:
    command = f'echo "{summary}" | {sys.executable} -m summarizer check - -s {article} -q | true'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (status, "")


def test_a_reader_that_goes_away_is_no_error_of_a_list() -> None:
    command = f"(sleep 0.5; {sys.executable} -m summarizer config show) | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_full_disk_behind_standard_output_is_one_line(seed: Path, form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", "summarize", seed, "--format", form, "-q"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert (done.returncode, done.stderr) == (
        2,
        "summarizer: error: cannot write the result: No space left on device\n",
    )


def test_standard_output_by_name_keeps_what_is_there(article: Path, summary: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    command = f"(echo before; {sys.executable} -m summarizer check {summary} -s {article} -q -o /dev/stdout) > {log}"
    subprocess.run(["bash", "-c", command], check=True)

    assert log.read_text(encoding="utf-8").splitlines()[0] == "before"


def test_without_a_command_the_help_is_shown() -> None:
    done = run()

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")


@pytest.mark.parametrize(("signal_number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_signal_ends_the_run_with_its_status_and_nothing_written(
    tmp_path: Path, summary: Path, signal_number: int, status: int
) -> None:
    target = tmp_path / "report.txt"
    command = [sys.executable, "-m", "summarizer", "check", str(summary), "-s", "-", "-o", str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(1.0)  # it waits for its source on standard input
        process.send_signal(signal_number)
        ended = process.wait(timeout=5)
        said = process.stderr.read() if process.stderr else b""

    assert ended == status
    assert b"Traceback" not in said
    assert not target.exists()


def test_version_is_printed() -> None:
    assert run("--version").stdout == "summarizer, version 0.1.0\n"


def bad(tmp_path: Path) -> dict[str, tuple[list[str | Path], str]]:
    """Every bad input, with the words that its one line must have."""

    def made(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    good = made("good.txt", ARTICLE.encode())
    short = made("short.txt", b"Snow fell.")
    long = made("long.txt", ARTICLE.encode() * 20)
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.write(b"word " * 1000)
        file.truncate(100 * 1024**2)
    return {
        "a missing file": (["summarize", tmp_path / "none.txt"], "no such file; check the name"),
        "a directory": (["summarize", tmp_path], "is a directory; name the files in it"),
        "an empty name": (["check", good, "--source", ""], '"": the name of a file is empty; name one, or use - for'),
        "binary": (["summarize", made("b.bin", bytes(range(256)))], "cannot decode byte 80 at offset 128; is it a text file?"),
        "a PDF": (["summarize", made("a.pdf", b"%PDF-1.7\n")], "is a broken PDF: it cannot be opened; get it again"),
        "empty": (["summarize", made("empty.txt", b"")], "empty: there is no text in it"),
        "only spaces": (["summarize", made("blank.txt", b" \n \t ")], "empty: there is no text in it"),
        "100 MB of one line": (["summarize", huge], "larger than 8 MB; raise the limit with --max-text, split it"),
        "invalid UTF-8": (["summarize", made("latin.txt", "café au lait".encode("latin-1"))], "at offset 3; if it is older"),
        "the summary as its own source": (["check", good, "--source", good], "the source is the summary itself"),
        "summary and source swapped": (["check", long, "--source", short], "were the two swapped?"),
        "no --source": (["check", good], "Missing option '-s' / '--source'"),
        "no SOURCE": (["summarize"], "Missing argument 'SOURCE...'"),
        "an unknown option": (["summarize", good, "--sentence", "3"], "No such option '--sentence'"),
        "an unknown command": (["summarise", good], "No such command 'summarise'"),
        "an unknown format": (["summarize", good, "--format", "xml"], "'xml' is not one of"),
        "an unknown backend": (["summarize", good, "--backend", "gpt"], "'gpt' is not one of"),
        "no sentences": (["summarize", good, "--sentences", "0"], "0 is not in the range x>=1"),
        "both lengths": (["summarize", good, "--sentences", "2", "--words", "9"], "not both"),
        "standard input twice": (["check", "-", "--source", "-"], "standard input, which can be read only once"),
        "the same source twice": (["summarize", good, good], "the same text as"),
        "an extra argument": (["check", short, good, "--source", good], "Got unexpected extra argument"),
        "an unknown encoding": (["summarize", good, "--encoding", "x-none"], "unknown encoding 'x-none'"),
        "output over an input": (["check", short, "-s", good, "-o", good], "is one of the inputs"),
        "output into a directory": (["check", short, "-s", good, "-o", tmp_path], "is a directory; name a file"),
        "output into nowhere": (["check", short, "-s", good, "-o", tmp_path / "no" / "r.txt"], "no: no such directory; make it first"),
        "output of a long name": (["check", short, "-s", good, "-o", tmp_path / ("x" * 300)], "cannot be written: File name too long"),
        "a source of a long name": (["check", short, "-s", tmp_path / ("x" * 300)], "cannot read: File name too long"),
        "output on a full disk": (["check", short, "-s", good, "-o", "/dev/full"], "cannot write: No space left"),
        "one file for two results": (["check", short, "-s", good, "-o", tmp_path / "r.txt", "--record", tmp_path / "r.txt", "--model", "m"], "named for two results"),
        "half a sign": (["summarize", made("u7.txt", b"The +2AA- sign."), "--encoding", "utf-7"], "not UTF-7: half of a sign at character 4"),
        "an escape in a file name": (["summarize", tmp_path / "a\x1b[31m.txt"], "a\\x1b[31m.txt: no such file"),
    }  # fmt: skip


BAD = [
    "a missing file", "a directory", "an empty name", "binary", "a PDF", "empty", "only spaces", "100 MB of one line", "invalid UTF-8",
    "the summary as its own source", "summary and source swapped", "no --source", "no SOURCE", "an unknown option",
    "an unknown command", "an unknown format", "an unknown backend", "no sentences", "both lengths", "standard input twice",
    "the same source twice", "an extra argument", "an unknown encoding", "output over an input", "output into a directory",
    "output of a long name", "a source of a long name",
    "output into nowhere", "output on a full disk", "one file for two results", "half a sign", "an escape in a file name",
]  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_line_and_exit_2_and_nothing_written(case: str, tmp_path: Path) -> None:
    cases = bad(tmp_path)
    assert sorted(cases) == sorted(BAD)
    arguments, words = cases[case]
    before = sorted(path.name for path in tmp_path.iterdir())

    done = run(*arguments, *(() if "-o" in arguments else ("-o", tmp_path / "report.txt")), "-q")

    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.startswith("summarizer: error: ")
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_dry_run_sends_nothing_and_prints_what_it_would_cost(article: Path, summary: Path) -> None:
    done = run("check", summary, "-s", article, "--dry-run", "--model", "gpt-5.4-mini")
    unknown = run("check", summary, "-s", article, "--dry-run", "--model", "m", "--base-url", "http://127.0.0.1:9/v1")

    assert (done.returncode, done.stdout.split()[:3]) == (0, ["stage", "calls", "input"])
    assert "Nothing was sent" in done.stdout
    assert "unknown" not in done.stdout
    assert "unknown" in unknown.stdout  # a price that is not known is not 0


def test_a_dry_run_counts_the_most_second_questions(article: Path, summary: Path) -> None:
    def calls(*arguments: str) -> int:
        done = run(
            "check", summary, "-s", article, "--dry-run", "--model", "gpt-5.4-mini", "--claims", "sentence", *arguments
        )
        (row,) = [line.split() for line in done.stdout.splitlines() if line.startswith("judge")]
        return int(row[1])

    assert calls() == calls("--witness", "none") + 1  # one in five, rounded up


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--base-url", "ftp://x/v1", "--model", "m"], "not a base URL"),
        (["--backend", "openai"], "needs a key"),
        (["--backend", "replay"], "--replies FILE"),
        (["--replies", "nowhere.jsonl"], "nowhere.jsonl: cannot be read"),
        (["--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--prompts", "nowhere"], "nowhere: has none of"),
        (["--model", "m", "--api-key-env", "NO_SUCH_KEY"], "NO_SUCH_KEY is not set"),
        (["--claims-per-call", "0", "--model", "m"], "--claims-per-call: must be a whole number"),
        (["--dry-run"], "nothing here asks a model"),
        (["--max-cost", "nan", "--model", "m"], "'--max-cost': 'nan' is not a finite number"),
        (["--max-cost", "inf", "--model", "m"], "'--max-cost': 'inf' is not a finite number"),
        (["--max-text", "nan"], "'--max-text': 'nan' is not a finite number"),
        (["--min-faithfulness", "nan"], "'--min-faithfulness': 'nan' is not a finite number"),
    ],
)
def test_wrong_use_of_a_model_is_one_line(arguments: list[str], words: str, article: Path, summary: Path) -> None:
    done = run("check", summary, "-s", article, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_server_that_is_not_there_is_status_5(article: Path, summary: Path) -> None:
    done = run("check", summary, "-s", article, "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--timeout", "1")

    assert (done.returncode, done.stdout) == (5, "")
    assert "127.0.0.1:9: nothing listens there; is it running?" in done.stderr


def test_settings_say_where_they_come_from(tmp_path: Path) -> None:
    (tmp_path / "summarizer.toml").write_text('model = "from-project"\nevidence = "narrow"\n', encoding="utf-8")
    (tmp_path / "summarizer").mkdir()
    (tmp_path / "summarizer" / "config.toml").write_text('model = "from-user"\ntimeout = 9\n', encoding="utf-8")

    done = run(
        "config",
        "show",
        cwd=tmp_path,
        XDG_CONFIG_HOME=str(tmp_path),
        SUMMARIZER_EVIDENCE="whole",
        OPENAI_API_KEY="sk-test-x1",
    )
    rows = {line.split()[0]: line for line in done.stdout.splitlines()}

    assert "from-project" in rows["model"]
    assert "summarizer.toml" in rows["model"]
    assert "whole" in rows["evidence"]
    assert "SUMMARIZER_EVIDENCE" in rows["evidence"]
    assert "user file" in rows["timeout"]
    assert "OPENAI_API_KEY" in rows["API"]
    assert "sk-test-x1" not in done.stdout


def test_a_variable_that_no_setting_has_is_told_of(article: Path, summary: Path) -> None:
    done = run("check", summary, "-s", article, "-q", SUMMARIZER_JUGDE="lexical", SUMMARIZER_OUR_KEY="x", SUMMARIZER_DATE="2026-11-29")  # fmt: skip

    assert done.returncode == 0
    assert done.stderr == (
        "summarizer: warning: SUMMARIZER_JUGDE: no setting is called 'jugde'; did you mean 'judge'?\n"
    )


def test_a_setting_of_a_file_that_there_is_not_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "summarizer.toml").write_text('jugde = "lexical"\n', encoding="utf-8")

    done = run("config", "show", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == ("summarizer: error: summarizer.toml: no setting is called 'jugde'; did you mean 'judge'?\n")


WITH_A_SECRET = [
    "http://user:sk-secret@127.0.0.1:9/v1",
    "http://:sk-secret@127.0.0.1:9/v1",
    "http://127.0.0.1:9/v1?key=sk-secret",
    "http://127.0.0.1:9/v1#sk-secret",
    "user:sk-secret@host/v1",
    "http://user:p?sk-secret@host/v1",
    "http://user:sk-secret@host:x/v1",
    "http://sk-secret@[",
]


@pytest.mark.parametrize("url", WITH_A_SECRET)
@pytest.mark.parametrize(
    "arguments", [["models"], ["doctor"], ["check", "s.txt", "-s", "s.txt", "--model", "m"], ["config", "show"]]
)
def test_a_secret_in_a_base_url_is_not_printed(arguments: list[str], url: str, tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("Snow fell.", encoding="utf-8")

    done = run(*arguments, cwd=tmp_path, SUMMARIZER_BASE_URL=url)

    assert "secret" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == (0 if arguments[0] == "config" and not url.endswith("[") else 2)


def test_a_key_in_place_of_its_variable_is_not_printed(tmp_path: Path) -> None:
    given = run("models", "--base-url", "http://127.0.0.1:9/v1", "--api-key-env", "sk-secret-1")
    shown = run("config", "show", cwd=tmp_path, SUMMARIZER_API_KEY_ENV="sk-secret-1")

    for done in (given, shown):
        assert (done.returncode, done.stdout) == (2, "")
        assert "must be the name of a variable that holds a key" in done.stderr
        assert "secret" not in done.stderr


@pytest.mark.parametrize(
    "line", ['base_url = "http://127.0.0.1:9/v1"', 'api_key_env = "HOME"', "cache = true", "nonsense = 1", "= broken"]
)
def test_a_project_file_cannot_send_text_or_keys_anywhere(line: str, tmp_path: Path) -> None:
    (tmp_path / "summarizer.toml").write_text(line, encoding="utf-8")

    done = run("config", "show", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert "summarizer.toml" in done.stderr


@pytest.mark.parametrize(
    "line", [f"model = {'[' * 20_000}{']' * 20_000}", f"passages = {'9' * 5_000}"], ids=["deep", "long"]
)
def test_a_project_file_that_no_parser_takes_is_one_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "summarizer.toml").write_text(line, encoding="utf-8")

    done = run("config", "show", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    fault = "it is nested too deep, or a number in it has too many digits"
    assert done.stderr == f"summarizer: error: summarizer.toml: cannot be read: {fault}\n"


def test_prompts_are_listed_shown_and_compared(tmp_path: Path) -> None:
    shown = run("prompts", "show", "judge").stdout
    (tmp_path / "judge.md").write_text(shown.replace("Look closely at", "Look at"), encoding="utf-8")

    compared = run("prompts", "diff", tmp_path)

    assert [line.split()[0] for line in run("prompts", "list").stdout.splitlines()] == [
        "write",
        "extract",
        "judge",
        "pick",
        "review",
        "fix",
        "key",
        "again",
        "decide",
        "decide_evidence",
    ]
    assert (compared.returncode, compared.stdout.count("\n-Look"), compared.stdout.count("\n+Look")) == (1, 1, 1)
    (tmp_path / "judge.md").write_text(shown.replace("${claims}", ""), encoding="utf-8")
    assert "declares claims, source and uses source" in run("prompts", "diff", tmp_path).stderr


def test_the_doctor_says_what_to_do() -> None:
    healthy = run("doctor")
    down = run("doctor", "--base-url", "http://127.0.0.1:9/v1", "--model", "m")

    assert healthy.returncode == 0
    assert "set OPENAI_API_KEY" in healthy.stdout
    assert "no network: cross-encoder-33m, SHA-256 " in healthy.stdout
    assert (down.returncode, "is it running" in down.stdout) == (5, True)
