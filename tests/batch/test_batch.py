"""`summarizer batch` as its user runs it: each row once, whatever happens."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.batch.rows import batch, command, pair, pairs, results, write

ALONE = ("--workers", "1")
"""Where the number of workers is not what is tested, each would be one more process to start."""
POISON = """
import errno, os, pathlib, re, signal
from summarizer.judging.registry import make_judge

def make(context):
    inner = make_judge("lexical", context)
    judge = inner.judge
    async def poisoned(claims, material):
        text = material.documents[0].text
        once = re.search(r"KILLS ONCE (\\S+)", text)
        if once and not pathlib.Path(once[1]).exists():
            pathlib.Path(once[1]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if "KILLS ALWAYS" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "FULL DISK" in text:
            raise OSError(errno.ENOSPC, "No space left on device")
        if "BREAKS" in text:
            raise RuntimeError("a judge with a fault")
        return await judge(claims, material)
    inner.judge = poisoned
    return inner
"""


@pytest.fixture
def poisoned(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation with a judge that kills its process over some words."""
    folder = tmp_path / "plugin"
    (folder / "poison-1.dist-info").mkdir(parents=True)
    (folder / "poison-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1\n")
    (folder / "poison-1.dist-info" / "entry_points.txt").write_text("[summarizer.judges]\npoison = poison_judge:make\n")
    (folder / "poison_judge.py").write_text(POISON)
    return {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


def test_every_row_comes_out_once_in_order_and_its_evidence_slices_back(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", pairs(70))

    done = batch(rows, "-o", tmp_path / "out.jsonl", "--workers", "2", "--full")

    found = results(tmp_path / "out.jsonl")
    assert done.returncode == 0, done.stderr
    assert [one["id"] for one in found] == [f"r{number}" for number in range(70)]
    for one in found:
        texts = {source["id"]: source["text"] for source in one["sources"]}
        for check in one["claims"]:
            for evidence in check["outcome"].get("evidence", []):
                span = evidence["span"]
                assert texts[evidence["document"]][span["start"] : span["end"]] == evidence["quote"]
    assert any(check["outcome"].get("evidence") for one in found for check in one["claims"])
    assert "70 rows: 70 ok, 0 in error" in done.stderr


def test_the_output_does_not_depend_on_the_number_of_workers_or_on_shards(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", pairs(70))
    for name, more in (("one", ["--workers", "1"]), ("a", ["--shard", "0/2"]), ("b", ["--shard", "1/2"])):
        assert batch(rows, "-o", tmp_path / f"{name}.jsonl", *more).returncode == 0

    joined = (tmp_path / "a.jsonl").read_bytes() + (tmp_path / "b.jsonl").read_bytes()

    assert joined == (tmp_path / "one.jsonl").read_bytes()


def test_a_run_that_is_killed_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    rows, out = write(tmp_path / "in.jsonl", pairs(80)), tmp_path / "out.jsonl"
    assert batch(rows, "-o", tmp_path / "whole.jsonl", *ALONE).returncode == 0

    for moment in (1, 40):
        process = subprocess.Popen(command(rows, "-o", out), stderr=subprocess.DEVNULL)
        while len([*kept_rows(out)]) < moment and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = batch(rows, "-o", out)

    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def kept_rows(out: Path) -> list[bytes]:
    kept = []
    for path in Path(f"{out}.parts").glob("0*"):
        try:
            kept += path.read_bytes().splitlines()
        except FileNotFoundError:  # it was completed in between
            continue
    return kept


def test_ctrl_c_leaves_a_whole_output_with_what_was_done(tmp_path: Path) -> None:
    rows, out = write(tmp_path / "in.jsonl", pairs(1_500)), tmp_path / "out.jsonl"
    process = subprocess.Popen(command(rows, "-o", out, "--workers", "1"), stderr=subprocess.PIPE, text=True)
    while len(kept_rows(out)) < 5:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()

    statuses = [one["status"] for one in results(out)]
    assert process.returncode == 130, told
    assert len(statuses) == 1_500
    assert {"ok", "interrupted"} == set(statuses)
    assert "of 1,500 rows are done; the same command does the others" in told


def test_a_row_that_kills_two_workers_is_an_error_and_no_other_row_is_lost(
    tmp_path: Path, poisoned: dict[str, str]
) -> None:
    given = pairs(12)
    given[4]["source"] += " KILLS ALWAYS."
    given[7]["source"] += f" KILLS ONCE {tmp_path / 'once'}"
    given[9]["source"] += " BREAKS."
    rows = write(tmp_path / "in.jsonl", given)

    done = batch(rows, "-o", tmp_path / "out.jsonl", "--workers", "2", "--judge", "poison", env=poisoned)

    found = results(tmp_path / "out.jsonl")
    errors = {one["id"]: one["error"]["kind"] for one in found if one["status"] == "error"}
    assert done.returncode == 3, done.stderr
    assert errors == {"r4": "worker", "r9": "internal"}
    assert "3 worker processes died and were replaced" in done.stderr
    assert "(1 internal, 1 worker)" in done.stderr


def test_a_full_disk_ends_the_run_and_spoils_no_row(tmp_path: Path, poisoned: dict[str, str]) -> None:
    given = pairs(3)
    given[1]["source"] += " FULL DISK."
    rows, out = write(tmp_path / "in.jsonl", given), tmp_path / "out.jsonl"

    done = batch(rows, "-o", out, *ALONE, "--judge", "poison", "-q", env=poisoned)

    assert (done.returncode, [one["status"] for one in results(out)]) == (2, ["ok", "interrupted", "interrupted"])
    assert "No space left on device; make room and give the same command again: what is done is kept" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are those of POSIX")
def test_a_full_folder_for_temporary_files_is_named_and_spoils_no_row(tmp_path: Path) -> None:
    german = {
        "source": "Der Rat von Arle tagte am 7. Die Brücke wurde danach gesperrt.",
        "summary": "Der Rat tagte am 7. Juni.",
    }
    rows, out = write(tmp_path / "in.jsonl", [{"id": "a", **german}]), tmp_path / "out.jsonl"
    limited = ["sh", "-c", 'ulimit -f 1000 && exec "$@"', "sh", *command(rows, "-o", out, *ALONE, "-q")]

    done = subprocess.run(
        limited, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, [one["status"] for one in results(out)]) == (2, ["interrupted"])
    assert done.stderr.startswith(f"summarizer: error: {tmp_path}: cannot write a temporary file: ")
    assert done.stderr.endswith("; make room, or name another folder with TMPDIR\n")
    assert batch(rows, "-o", out, *ALONE).returncode == 0


def test_only_rows_in_error_are_done_again_on_request(tmp_path: Path) -> None:
    given = [pair(0), {"id": "late", "source_path": "late.txt", "summary": "Rain fell."}, pair(2)]
    rows, out = write(tmp_path / "in.jsonl", given), tmp_path / "out.jsonl"
    first = batch(rows, "-o", out, *ALONE)
    assert first.returncode == 3
    assert results(out)[1]["error"]["kind"] == "input"
    assert "in error: late: late.txt: no such file; check the name" in first.stderr
    (tmp_path / "late.txt").write_text("Rain fell on Tuesday in the hills. Nobody was hurt by it.")

    assert batch(rows, "-o", out, "--retry-errors", *ALONE).returncode == 0

    assert [one["status"] for one in results(out)] == ["ok", "ok", "ok"]


@pytest.mark.parametrize("name", ["/etc/hostname", "../secret.txt", "link.txt"])
def test_a_row_reads_no_file_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("A secret that is not for the output.")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret.txt")
    rows = write(tmp_path / "in" / "rows.jsonl", [{"id": "a", "source_path": name, "summary": "A secret."}])

    done = batch(rows, "-o", tmp_path / "out.jsonl", "--full")

    assert done.returncode == 3
    assert "lies outside the folder of the input" in results(tmp_path / "out.jsonl")[0]["error"]["message"]
    assert "not for the output" not in (tmp_path / "out.jsonl").read_text()


def test_a_row_whose_file_is_a_link_to_itself_is_in_error_for_its_input(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    rows = write(tmp_path / "rows.jsonl", [{"id": "a", "source_path": "loop.txt", "summary": "Rain fell."}])

    assert batch(rows, "-o", tmp_path / "out.jsonl", *ALONE).returncode == 3
    assert results(tmp_path / "out.jsonl")[0]["error"]["kind"] == "input"


def test_an_article_that_is_a_link_to_nowhere_is_in_error(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a", "gone", "loop"):
        (tmp_path / "in" / f"{name}.summary.txt").write_text("Nobody was hurt by it.")
    (tmp_path / "in" / "a.txt").write_text("Rain fell on Tuesday in the hills. Nobody was hurt by it.")
    (tmp_path / "in" / "gone.txt").symlink_to("moved.txt")
    (tmp_path / "in" / "loop.txt").symlink_to("loop.txt")

    assert batch(tmp_path / "in", "-o", tmp_path / "out.jsonl", *ALONE).returncode == 3
    assert [(one["id"], one["status"]) for one in results(tmp_path / "out.jsonl")] == [
        ("a.txt", "ok"),
        ("gone.txt", "error"),
        ("loop.txt", "error"),
    ]


def test_a_verdict_changes_the_status_only_where_that_is_asked(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", pairs(2))
    out = tmp_path / "out.jsonl"

    done = batch(rows, "-o", out, "--fail-on", "undecided")

    assert results(out)[0]["counts"]["undecided"] == 1
    assert done.returncode == 1


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    rows, out = write(tmp_path / "in.jsonl", pairs(70)), tmp_path / "out.jsonl"

    done = subprocess.run(
        command(rows, "-o", out, *ALONE),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )

    assert done.returncode == 2
    assert "cannot write: File too large; make room" in done.stderr
    assert not out.exists()
    assert batch(rows, "-o", out, *ALONE).returncode == 0
    assert len(results(out)) == 70


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["-o", "out.xlsx"], "must end in .jsonl or .parquet"),
        (["-o", "in.jsonl"], "is one of the inputs"),
        (["-o", "out.jsonl", "--sentences", "3"], "a check writes no summary"),
        (["-o", "out.jsonl", "--dry-run"], "--dry-run: not for a batch"),
        (["-o", "out.jsonl", "--shard", "2/2"], "--shard 2/2: must be i/n"),
        (["-o", "nowhere/out.jsonl"], "no such directory"),
        (["-o", "pipe.jsonl"], "is a pipe or a device"),
    ],
)
def test_what_does_not_fit_together_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], said: str
) -> None:
    write(tmp_path / "in.jsonl", pairs(1))
    os.mkfifo(tmp_path / "pipe.jsonl")
    monkeypatch.chdir(tmp_path)

    done = batch("in.jsonl", *more)

    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1 or done.stderr.count("error:") == 1


def test_a_table_of_parquet_says_what_the_lines_say(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = write(tmp_path / "in.jsonl", [*pairs(3), {"id": "bad"}])
    assert batch(rows, "-o", tmp_path / "out.jsonl", *ALONE).returncode == 3
    assert batch(rows, "-o", tmp_path / "out.parquet", *ALONE).returncode == 3

    table = parquet.read_table(tmp_path / "out.parquet").to_pylist()

    lines = results(tmp_path / "out.jsonl")
    assert [one["id"] for one in table] == [one["id"] for one in lines]
    assert table[3]["error_kind"] == "row"
    assert [json.loads(one["record"]) for one in table[0]["claims"]] == lines[0]["claims"]
    assert table[0]["supported"] == lines[0]["counts"]["supported"]


def test_a_folder_of_articles_is_summarised(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.txt").write_text(pair(number)["source"])
    arguments = [one for one in command(tmp_path / "in", "-o", tmp_path / "out.jsonl") if one != "--check"]

    done = subprocess.run([*arguments, *ALONE, "--sentences", "1"], capture_output=True, text=True, check=False)

    found = results(tmp_path / "out.jsonl")
    assert done.returncode == 0, done.stderr
    assert [one["id"] for one in found] == ["0.txt", "1.txt", "2.txt"]
    assert all(one["summary"] in pair(number)["source"] for number, one in enumerate(found))


def test_results_among_the_articles_are_no_articles(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(pair(number)["source"])

    def summarised() -> "subprocess.CompletedProcess[str]":
        arguments = [one for one in command(tmp_path, "-o", tmp_path / "out.jsonl") if one != "--check"]
        return subprocess.run(
            [*arguments, *ALONE, "--sentences", "1"], capture_output=True, text=True, check=False, cwd=tmp_path
        )

    assert summarised().returncode == 0
    again = summarised()
    assert again.returncode == 0, again.stderr
    shutil.rmtree(tmp_path / "out.jsonl.parts")
    anew = summarised()
    assert anew.returncode == 0, anew.stderr
    assert [one["id"] for one in results(tmp_path / "out.jsonl")] == ["0.txt", "1.txt", "2.txt"]
