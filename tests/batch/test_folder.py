"""What a batch keeps, and what it makes of what a dying process left."""

import json
from pathlib import Path

import pytest

from summarizer.batch.folder import Folder
from summarizer.batch.shard import PART, Shard
from summarizer.errors import OutputError, UsageError

FACTS = {"input": "1", "setting judge": "nli"}


def line(number: int, status: str = "ok") -> bytes:
    return json.dumps({"id": f"r{number}", "status": status}).encode() + b"\n"


def folder(tmp_path: Path, rows: int = 70, **facts: str) -> Folder:
    return Folder(tmp_path / "out.jsonl.parts", {**FACTS, **facts}, Shard(rows))


def test_a_part_is_in_the_order_of_the_input_whatever_the_order_of_the_work(tmp_path: Path) -> None:
    with folder(tmp_path) as kept:
        for number in reversed(range(PART)):
            kept.add(number, line(number))

        assert list(kept.lines(0).values()) == [line(number) for number in range(PART)]
    assert [path.name for path in sorted((tmp_path / "out.jsonl.parts").glob("0*"))] == ["000000.jsonl"]


def test_a_half_written_line_is_done_again_and_nothing_else(tmp_path: Path) -> None:
    with folder(tmp_path) as kept:
        kept.add(1, line(1))
        kept.add(0, line(0))
    begun = tmp_path / "out.jsonl.parts" / "000000.open"
    begun.write_bytes(begun.read_bytes()[:-4])

    with folder(tmp_path) as kept:
        done = kept.resume()

        assert [number in done for number in (0, 1, 2)] == [False, True, False]
        kept.add(0, line(0))
        assert kept.lines(0) == {0: line(0), 1: line(1)}


def test_a_part_whose_renaming_was_missing_is_completed(tmp_path: Path) -> None:
    with folder(tmp_path, rows=2) as kept:
        kept.add(0, line(0))
    begun = tmp_path / "out.jsonl.parts" / "000000.open"
    begun.write_bytes(begun.read_bytes() + b"1 " + line(1))

    with folder(tmp_path, rows=2) as kept:
        done = kept.resume()
        kept.settle()

        assert (0 in done, 1 in done) == (True, True)
    assert (tmp_path / "out.jsonl.parts" / "000000.jsonl").read_bytes() == line(0) + line(1)


def test_only_errors_are_done_again_where_that_is_asked(tmp_path: Path) -> None:
    with folder(tmp_path, rows=3) as kept:
        for number, status in enumerate(("ok", "error", "ok")):
            kept.add(number, line(number, status))

    with folder(tmp_path, rows=3) as kept:
        assert [number in kept.resume() for number in range(3)] == [True, True, True]
        again = kept.resume(anew=lambda one: b"error" in one)
        assert [number in again for number in range(3)] == [True, False, True]
        kept.add(1, line(1))
        assert kept.lines(0) == {number: line(number) for number in range(3)}


def test_errors_that_are_done_again_stay_done_where_that_run_is_broken_off(tmp_path: Path) -> None:
    with folder(tmp_path, rows=3) as kept:
        for number in range(3):
            kept.add(number, line(number, "ok" if number == 0 else "error"))
    with folder(tmp_path, rows=3) as kept:
        kept.resume(anew=lambda one: b"error" in one)
        kept.add(1, line(1))

    with folder(tmp_path, rows=3) as kept:
        done = kept.resume()

        assert [number in done for number in range(3)] == [True, True, False]
        assert kept.lines(0) == {0: line(0), 1: line(1)}


def test_errors_of_a_part_that_is_not_complete_are_done_again_too(tmp_path: Path) -> None:
    with folder(tmp_path, rows=3) as kept:
        kept.add(0, line(0))
        kept.add(1, line(1, "error"))

    with folder(tmp_path, rows=3) as kept:
        done = kept.resume(anew=lambda one: b"error" in one)
        kept.add(1, line(1))

        assert [number in done for number in range(3)] == [True, False, False]
        assert kept.lines(0) == {0: line(0), 1: line(1)}


def test_what_a_dying_process_was_writing_is_removed(tmp_path: Path) -> None:
    with folder(tmp_path):
        (tmp_path / "out.jsonl.parts" / "output.part").write_text("half")

    with folder(tmp_path):
        assert sorted(path.name for path in (tmp_path / "out.jsonl.parts").iterdir()) == ["lock", "manifest.json"]


def test_the_folder_of_another_run_is_refused_and_named(tmp_path: Path) -> None:
    with folder(tmp_path):
        pass

    with (
        pytest.raises(OutputError, match="belongs to another run: setting judge differ"),
        folder(tmp_path, 70, **{"setting judge": "chat"}),
    ):
        pass


def test_a_folder_is_one_runs_at_a_time(tmp_path: Path) -> None:
    with folder(tmp_path), pytest.raises(OutputError, match="another run is writing to it"), folder(tmp_path):
        pass


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl.parts").mkdir()
    (tmp_path / "out.jsonl.parts" / "mine.txt").write_text("mine")

    with pytest.raises(OutputError, match="is no folder of a batch"), folder(tmp_path):
        pass


@pytest.mark.parametrize(("rows", "of"), [(0, 1), (1, 3), (64, 2), (1_000, 3), (129, 7)])
def test_blocks_follow_one_another_and_leave_nothing_out(rows: int, of: int) -> None:
    blocks = [Shard(rows, block, of).numbers for block in range(of)]

    assert [number for block in blocks for number in block] == list(range(rows))


@pytest.mark.parametrize("text", ["3/3", "a/b", "1", "-1/2", "0/0"])
def test_a_block_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="must be i/n"):
        Shard.read(text, 10)
