"""The folder beside the output in which a batch keeps what it has done, so that no death of a process loses it.

`manifest.json` says which run it belongs to. Row `n` is in part `n // 64`. What is
done of a part is in `000012.open`, a line as soon as it is there; a part that is
complete is written in order beside its place, synced and renamed to `000012.jsonl`.
"""

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from summarizer.batch.shard import PART, Shard
from summarizer.errors import OutputError
from summarizer.llm.models import REPLIES
from summarizer.output import write_whole
from summarizer.reading import printable_name

MANIFEST, LOCK = "manifest.json", "lock"
LAYOUT = "1"  # of this folder; another one is another run
Place = tuple[int, int]  # offset and length of a line in an open part


def kept_beside(output: Path) -> Path:
    """The folder of an output: `out.jsonl.parts`, beside the file itself where the output is a link."""
    target = Path(os.path.realpath(output))
    return target.with_name(target.name + ".parts")


def is_of_run(folder: Path) -> bool:
    """Whether a run keeps in a folder what it has done."""
    return (folder / MANIFEST).is_file() and (folder / LOCK).is_file()


class Folder:
    """Open it with `with`: it is locked until the end, so that no two runs write to it."""

    def __init__(self, path: Path, facts: Mapping[str, str], shard: Shard) -> None:
        self.path = path
        self.name = printable_name(path)
        self._facts = {"layout": LAYOUT, **facts}
        self._shard = shard
        self._lock: int | None = None
        self._open: dict[int, OpenPart] = {}
        self._unsynced = 0
        """Rows that a power cut could lose, at most."""

    def __enter__(self) -> Self:
        with self._faults():
            self.path.mkdir(exist_ok=True)
            there = {one.name for one in self.path.iterdir()}
            if MANIFEST not in there and any(name != LOCK and not name.startswith(".") for name in there):
                raise OutputError(f"{self.name}: is no folder of a batch; move it away, or choose another place")
            self._take()
            try:
                self._claim()
                self._swept()
            except BaseException:
                self.__exit__(None, None, None)
                raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for part in self._open.values():
            part.close()
        self._open.clear()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def resume(self, *, anew: Callable[[bytes], bool] | None = None) -> "Done":
        """What is done already; a result that is wanted `anew` is not."""
        with self._faults():
            complete = set()
            for part in self._shard.parts:
                if self._final(part).exists():
                    self._begun(part).unlink(missing_ok=True)
                    complete.add(part)
                elif self._begun(part).exists():
                    self._open[part] = OpenPart(self._begun(part), self._shard.size(part))
            if anew:
                for part in [*complete, *self._open]:
                    if any(map(anew, self.lines(part).values())):
                        self._reopen(part, anew)
                        complete.discard(part)
            return Done(complete, {part: set(one.places) for part, one in self._open.items()})

    def add(self, number: int, line: bytes) -> None:
        """Keep the result of a row; the last one of a part completes it."""
        part, place = divmod(number, PART)
        with self._faults():
            if part not in self._open:
                self._open[part] = OpenPart(self._begun(part), self._shard.size(part))
            self._open[part].add(place, line)
            if self._open[part].is_complete:
                self._complete(part)
            self._unsynced += 1
            if self._unsynced >= PART:  # a slow row may keep its part open for long
                for one in self._open.values():
                    one.sync()
                self._unsynced = 0

    def settle(self) -> None:
        """Complete what was open at the last end, where only its renaming was missing."""
        with self._faults():
            for part in [number for number, one in self._open.items() if one.is_complete]:
                self._complete(part)

    def forget_replies(self) -> None:
        """Nothing is left that they could be of use for."""
        with contextlib.suppress(FileNotFoundError):
            (self.path / REPLIES).unlink()

    def lines(self, part: int) -> dict[int, bytes]:
        """The results of a part that are there, by their place in it."""
        with self._faults():
            if part in self._open:
                return dict(self._open[part].lines())
            try:
                return dict(enumerate(self._final(part).read_bytes().splitlines(keepends=True)))
            except FileNotFoundError:
                return {}

    def _complete(self, part: int) -> None:
        done, place = self._open[part], self._final(part)
        written = place.with_suffix(".part")
        with written.open("wb") as file:
            for _, line in done.lines():
                file.write(line)
            file.flush()
            os.fsync(file.fileno())
        written.replace(place)
        sync_folder(self.path)
        done.close()
        del self._open[part]
        self._begun(part).unlink(missing_ok=True)

    def _reopen(self, part: int, anew: Callable[[bytes], bool]) -> None:
        """Begin a part once more with those of its results that stand: whatever ends this run, the next one goes on with it."""
        begun = self._begun(part)
        draft = begun.with_suffix(".draft")
        with draft.open("wb") as file:
            for place, line in self.lines(part).items():
                if not anew(line):
                    file.write(b"%d " % place + line)
            file.flush()
            os.fsync(file.fileno())
        if part in self._open:
            self._open.pop(part).close()
        draft.replace(begun)
        sync_folder(self.path)
        self._final(part).unlink(missing_ok=True)
        self._open[part] = OpenPart(begun, self._shard.size(part))

    def _take(self) -> None:
        """Lock the folder; the system lets go of it when this process ends, however it ends."""
        self._lock = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._lock)
        except OSError:
            os.close(self._lock)
            self._lock = None
            raise OutputError(f"{self.name}: another run is writing to it; wait for its end") from None

    def _claim(self) -> None:
        """Write whose folder it is, where that is not written yet."""
        manifest = self.path / MANIFEST
        if not manifest.exists():
            write_whole(manifest, json.dumps(self._facts, indent=1, sort_keys=True) + "\n")
            sync_folder(self.path)
        self.refuse_other()

    def refuse_other(self) -> None:
        """Raise an `OutputError` where the folder is another run's."""
        manifest = self.path / MANIFEST
        try:
            there = json.loads(manifest.read_bytes())
            if not isinstance(there, dict):
                raise TypeError
        except (ValueError, TypeError):
            raise OutputError(f"{printable_name(manifest)}: cannot be read; choose another place") from None
        if other := sorted(name for name in {*there, *self._facts} if there.get(name) != self._facts.get(name)):
            elsewhere = other == ["setting base_url"]
            again = "add the --base-url that it was begun with" if elsewhere else "give the same command again"
            raise OutputError(
                f"{self.name}: belongs to another run: {', '.join(other[:4])} differ; {again}, or choose another place"
            )

    def _swept(self) -> None:
        """Remove what a dying process was writing."""
        for name in ("*.part", "*.draft", f".{MANIFEST}.*"):
            for left in self.path.glob(name):
                left.unlink()

    def _final(self, part: int) -> Path:
        return self.path / f"{part:06}.jsonl"

    def _begun(self, part: int) -> Path:
        return self.path / f"{part:06}.open"

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(
                f"{self.name}: cannot write: {error.strerror or error}; make room or choose another place, "
                "and give the same command again: what is done is kept"
            ) from error


class Done:
    """Which rows need no more work."""

    def __init__(self, complete: set[int], begun: dict[int, set[int]]) -> None:
        self.complete = complete
        self._begun = begun

    def __contains__(self, number: int) -> bool:
        part, place = divmod(number, PART)
        return part in self.complete or place in self._begun.get(part, ())


class OpenPart:
    """A part that is not complete: its lines in the order in which they were done."""

    def __init__(self, path: Path, size: int) -> None:
        self._size = size
        self.places: dict[int, Place] = {}
        self._file = path.open("a+b")
        self._end = self._known()
        self._file.truncate(self._end)  # a line that a dying process left half-written

    @property
    def is_complete(self) -> bool:
        return len(self.places) == self._size

    def add(self, place: int, line: bytes) -> None:
        """Append a line; a place that is there stays as it is."""
        if place in self.places:
            return
        head = b"%d " % place
        try:
            self._file.write(head + line)
            self._file.flush()
        except OSError:
            with contextlib.suppress(OSError):
                self._file.truncate(self._end)
            raise
        self.places[place] = (self._end + len(head), len(line))
        self._end += len(head) + len(line)

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """What is there, in the order of the input."""
        for place in sorted(self.places):
            start, length = self.places[place]
            self._file.seek(start)
            yield place, self._file.read(length)

    def sync(self) -> None:
        os.fsync(self._file.fileno())

    def close(self) -> None:
        with contextlib.suppress(OSError):  # a full disk was told of when the line was added
            self._file.close()

    def _known(self) -> int:
        """Find the whole lines, and return where they end."""
        end = 0
        self._file.seek(0)
        for line in self._file:
            head, _, rest = line.partition(b" ")
            if not (line.endswith(b"\n") and head.isdigit() and int(head) < self._size and _status(rest)):
                break
            self.places.setdefault(int(head), (end + len(head) + 1, len(rest)))
            end += len(line)
        return end


def sync_folder(path: Path) -> None:
    """Make the renaming itself last, where the system can."""
    if os.name == "posix":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415 (there is none elsewhere)

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl  # noqa: PLC0415 (there is none on Windows)

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _status(line: bytes) -> str | None:
    try:
        found = json.loads(line)
        return str(found["status"])
    except (ValueError, TypeError, KeyError):
        return None
