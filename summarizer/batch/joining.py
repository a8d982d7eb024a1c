"""The parts of a batch, joined in the order of the input and written whole or not at all."""

import contextlib
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from summarizer.batch.folder import Folder, sync_folder
from summarizer.batch.one import interrupted
from summarizer.batch.records import LINES, PARQUET, Counts, added, call_failed, claims_in
from summarizer.batch.rows import Rows
from summarizer.batch.shard import PART, Shard
from summarizer.batch.worker import line_of
from summarizer.errors import OutputError
from summarizer.reading import printable_name

JOINED = "output.part"
SHOWN_ERRORS = 5


class Sink(Protocol):
    """Takes the lines of the output in order."""

    def write(self, lines: list[bytes]) -> None: ...
    def close(self) -> None: ...


class Totals:
    """What the output holds."""

    def __init__(self) -> None:
        self.rows = 0
        self.statuses = {"ok": 0, "error": 0, "interrupted": 0}
        self.kinds: dict[str, int] = {}
        """Errors by their kind."""
        self.first_errors: list[str] = []
        """The first few, with the row that each is of."""
        self.failed_calls = 0
        """Claims that are unchecked because a call failed."""
        self.counts = dict.fromkeys(Counts.model_fields, 0)
        self.calls = 0
        self.tokens: float | None = 0
        self.cost_usd: float | None = 0.0

    def count(self, line: bytes) -> None:
        result = json.loads(line)
        self.rows += 1
        self.statuses[result["status"]] += 1
        if result["error"]:
            self.kinds[result["error"]["kind"]] = self.kinds.get(result["error"]["kind"], 0) + 1
            if len(self.first_errors) < SHOWN_ERRORS:
                row = f"{result['id']}: "
                self.first_errors.append(row + result["error"]["message"].removeprefix(row))
        for name, count in result["counts"].items():
            self.counts[name] += count
        self.failed_calls += sum(call_failed(one["outcome"]) for one in result["claims"])
        self._spend(result["usage"])

    @property
    def claims(self) -> int:
        return claims_in(self.counts)

    def _spend(self, usage: dict[str, Any]) -> None:
        if not usage["calls"]:
            return
        self.calls += usage["calls"]
        self.tokens = added(self.tokens, added(usage["input_tokens"], usage["output_tokens"]))
        self.cost_usd = added(self.cost_usd, usage["cost_usd"])


def join(folder: Folder, shard: Shard, rows: Rows, output: Path) -> Totals:
    """Write every row of the shard to `output`, and count them."""
    totals = Totals()
    with _replacing(output, folder.path / JOINED) as file:
        sink = _sink(output, file)
        for part in _parts(folder, shard, rows):
            for line in part:
                totals.count(line)
            sink.write(part)
        sink.close()
    return totals


def refuse_unknown(output: Path) -> None:
    """Raise an `OutputError` for an output whose format cannot be told, or cannot be written here."""
    ending = output.suffix.lower()
    if ending in PARQUET:
        from summarizer.batch import parquet  # noqa: PLC0415 (an optional library)

        parquet.library()
    elif ending not in LINES:
        raise OutputError(f"{printable_name(output)}: must end in .jsonl or .parquet")
    if output.is_dir():
        raise OutputError(f"{printable_name(output)}: is a directory; name a file in it")
    if output.exists() and not output.is_file():  # a run that goes on must find again what it wrote
        raise OutputError(f"{printable_name(output)}: is a pipe or a device, which keeps nothing; name a file")
    if not output.parent.is_dir():
        raise OutputError(f"{printable_name(output.parent)}: no such directory; make it first")


def _parts(folder: Folder, shard: Shard, rows: Rows) -> Iterator[list[bytes]]:
    """The lines of each part; where one is missing, the row itself says whose it would be."""
    missing = None
    for part in shard.parts:
        lines = folder.lines(part)
        if len(lines) < shard.size(part):
            if missing is None:
                first = part * PART
                missing = rows.read(lambda number, first=first: first <= number < shard.numbers.stop)  # type: ignore[misc]
            for row in missing:
                place = row.number - part * PART
                if place >= 0 and place not in lines:
                    lines[place] = line_of(row, interrupted(row))
                if place == shard.size(part) - 1:
                    break
        yield [lines[place] for place in sorted(lines)]


class _Lines:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, lines: list[bytes]) -> None:
        self._file.writelines(lines)

    def close(self) -> None:
        """The file is closed by whoever opened it."""


def _sink(output: Path, file: BinaryIO) -> Sink:
    if output.suffix.lower() in PARQUET:
        from summarizer.batch.parquet import ParquetSink  # noqa: PLC0415 (an optional library)

        return ParquetSink(file)
    return _Lines(file)


@contextlib.contextmanager
def _replacing(output: Path, written: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of the output when all of it is on the disk."""
    target = Path(os.path.realpath(output))
    name = printable_name(output)
    try:
        with written.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            written.chmod(stat.S_IMODE(target.stat().st_mode))
        written.replace(target)
        sync_folder(target.parent)
    except BaseException as error:
        with contextlib.suppress(OSError):
            written.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OutputError(
                f"{name}: cannot write: {error.strerror or error}; make room and give the same command again: "
                "what is done is kept"
            ) from error
        raise
