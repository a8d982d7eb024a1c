"""Commands in processes of their own that need no start: a process with everything imported forks one for each.

`python -m summarizer` starts in a third of a second, hundreds of times in these tests. What is forked differs from it in
nothing that a command sees: its arguments, folder, variables and streams are those that are asked for, and it ends as
a process ends. That the command line starts by itself, and what it imports, other tests show.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, NoReturn

LONGEST = 100_000  # bytes of a request
PRELOADED = (
    "summarizer.cli", "summarizer.api", "summarizer.components", "summarizer.judging.nli.model", "summarizer.report.formats.html",
    "summarizer.report.formats.text", "summarizer.report.formats.markdown", "summarizer.evaluation.cases", "summarizer.evaluation.run",
)  # fmt: skip
READ_AT_START = ("PYTHON", "LC_", "LANG")
"""Beginnings of variables that an interpreter reads when it starts."""


class Warm:
    """The process that forks; made when it is first asked, and gone with this one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ours: socket.socket | None = None

    def run(
        self, arguments: Sequence[str], *, stdin: bytes, cwd: Path | None, env: Mapping[str, str], timeout: float
    ) -> "subprocess.CompletedProcess[bytes]":
        with self._lock, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:  # fmt: skip
            given.write(stdin)
            given.seek(0)
            status = self._asked(arguments, str(cwd or Path.cwd()), env, (given, out, err), timeout)
            return subprocess.CompletedProcess([*arguments], status, _read(out), _read(err))

    def _asked(
        self, arguments: Sequence[str], cwd: str, env: Mapping[str, str], streams: Sequence[IO[bytes]], timeout: float
    ) -> int:
        ours = self._ours or self._begun()
        request = json.dumps({"arguments": [*arguments], "cwd": cwd, "env": dict(env)}).encode()
        assert len(request) < LONGEST
        socket.send_fds(ours, [request], [one.fileno() for one in streams])
        ours.settimeout(timeout)
        try:
            return int(ours.recv(20))
        except TimeoutError:
            self._ours = None  # its end is closed, and so it ends with what it runs
            raise subprocess.TimeoutExpired([*arguments], timeout) from None

    def _begun(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.warm", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # threads that work do not survive a fork
        )
        theirs.close()
        atexit.register(process.wait, 10)  # what is registered last is done first
        atexit.register(process.kill)
        self._ours = ours
        return ours


def as_at_start(env: Mapping[str, str]) -> bool:
    """Whether an interpreter with these variables starts as this one did."""
    names = {name for name in (*env, *os.environ) if name.startswith(READ_AT_START)}
    return all(env.get(name) == os.environ.get(name) for name in names)


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _warm_up() -> None:
    """Load the weights, and whatever is read when it is first used."""
    from summarizer import assemble, check
    from summarizer.report import render
    from summarizer.settings import resolve

    report = check("Snow fell.", "Snow fell on two roads in May, she said.", backend=assemble(resolve(environment={})))
    for form in ("text", "json", "markdown", "html"):
        render(report, form)


def _serve(asked: socket.socket) -> None:
    from importlib import import_module

    for name in PRELOADED:
        import_module(name)
    _warm_up()
    while True:
        request, streams, _, _ = socket.recv_fds(asked, LONGEST, 3)
        if not request:
            return
        child = os.fork()
        if not child:
            _run(json.loads(request), streams)
        for one in streams:
            os.close(one)
        _, status = os.waitpid(child, 0)
        asked.send(str(os.waitstatus_to_exitcode(status)).encode())


def _run(request: dict[str, object], streams: Sequence[int]) -> NoReturn:
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(str(request["cwd"]))
        env = request["env"]
        assert isinstance(env, dict)
        os.environ.clear()
        os.environ.update(env)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 (the streams of the process)
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
        arguments = request["arguments"]
        assert isinstance(arguments, list)
        sys.argv = ["summarizer", *arguments]
        from summarizer.cli import main

        main()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 (the end of a process)
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        for one in (sys.stdout, sys.stderr):
            with __import__("contextlib").suppress(OSError, ValueError):
                one.flush()
        os._exit(status)


WARM = Warm()

if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
