"""Commands in processes of their own that need no start: a process with everything loaded forks one for each.

`python -m summarizer` starts in a third of a second and loads weights in another, hundreds of times in these tests. What
is forked differs from it in nothing that a command sees: its arguments, folder, variables and streams are those that
are asked for, and it ends as a process ends. That the command line starts by itself, and what it imports, other tests show.
"""

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

LONGEST = 150_000  # bytes of a request
PRELOADED = (
    "summarizer.cli", "summarizer.api", "summarizer.components", "summarizer.report.formats.html", "summarizer.repair",
    "summarizer.evaluation.cases", "summarizer.evaluation.run", "summarizer.evaluation.cards", "summarizer.evaluation.gate",
)  # fmt: skip
AVAILABLE = sys.platform == "linux"  # elsewhere there are no such sockets, or a fork may not go on
READ_AT_START = ("PYTHON", "LC_", "LANG")
"""Beginnings of variables that an interpreter reads when it starts."""
CLIENT = """#!{python} -SE
import json, os, socket, sys
at = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
at.connect({address!r})
asked = {{"arguments": sys.argv[1:], "cwd": os.getcwd(), "env": dict(os.environ)}}
socket.send_fds(at, [json.dumps(asked).encode()], [0, 1, 2])
for stream in (0, 1):
    os.close(stream)  # so that who reads from us, or writes to us, sees the end of the command and not of this
status = int(at.recv(20))
sys.exit(status if status >= 0 else 128 - status)
"""


class Warm:
    """The process that forks; made when it is first asked, and gone with this one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._address = ""

    def run(
        self, arguments: Sequence[str], *, stdin: bytes, cwd: Path | None, env: Mapping[str, str], timeout: float
    ) -> "subprocess.CompletedProcess[bytes]":
        """Run the command line with these arguments, and wait for its end."""
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write(stdin)
            given.seek(0)
            streams = [one.fileno() for one in (given, out, err)]
            with self.begun(arguments, streams, cwd=cwd, env=env) as asked:
                status = ended(asked, timeout)
            for one in (out, err):
                one.seek(0)
            return subprocess.CompletedProcess([*arguments], status, out.read(), err.read())

    def begun(
        self, arguments: Sequence[str], streams: Sequence[int], *, cwd: Path | None, env: Mapping[str, str]
    ) -> socket.socket:
        """Begin the command line on three open streams. What is returned is told when it ends: see `ended`."""
        request = {"arguments": [*arguments], "cwd": str(cwd or Path.cwd()), "env": dict(env)}
        asked = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        asked.connect(self.address)
        socket.send_fds(asked, [json.dumps(request).encode()], [*streams])
        return asked

    def client(self, path: Path) -> None:
        """Write a program that is the command line, for a shell."""
        path.write_text(CLIENT.format(python=sys.executable, address=self.address), encoding="utf-8")
        path.chmod(0o755)

    @property
    def address(self) -> str:
        """Where it listens."""
        with self._lock:
            self._address = self._address or _begun()
            return self._address


def ended(asked: socket.socket, timeout: float) -> int:
    """Wait for the exit status."""
    asked.settimeout(timeout)
    try:
        return int(asked.recv(20))
    except TimeoutError:
        raise subprocess.TimeoutExpired("summarizer", timeout) from None


def as_at_start(env: Mapping[str, str]) -> bool:
    """Whether an interpreter with these variables starts as this one did, and one can be forked here."""
    names = {name for name in (*env, *os.environ) if name.startswith(READ_AT_START)}
    return AVAILABLE and all(env.get(name) == os.environ.get(name) for name in names)


def _begun() -> str:
    folder = tempfile.mkdtemp(prefix="warm-")
    address = f"{folder}/socket"
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
        listening.bind(address)
        listening.listen(64)
        ours, theirs = os.pipe()
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.warm", str(listening.fileno()), str(ours)],
            pass_fds=[listening.fileno(), ours],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # threads that work do not survive a fork
        )
        os.close(ours)

    def gone() -> None:
        os.close(theirs)  # it ends by itself as well, should this process die before
        process.wait(timeout=10)
        Path(address).unlink()
        Path(folder).rmdir()

    atexit.register(gone)
    return address


def _warm_up() -> None:
    """Load the weights, and whatever is read when it is first used."""
    from importlib import import_module

    from summarizer import assemble, check
    from summarizer.report import render
    from summarizer.settings import resolve

    for name in PRELOADED:
        import_module(name)
    report = check("Snow fell.", "Snow fell on two roads in May, she said.", backend=assemble(resolve(environment={})))
    for form in ("text", "json", "markdown", "html"):
        render(report, form)


def _serve(listening: socket.socket, parent: int) -> None:
    _warm_up()
    signal.signal(
        signal.SIGCHLD, signal.SIG_IGN
    )  # who waits for a command is forked too, and nobody waits for that one
    while True:
        ready, _, _ = select.select([listening.fileno(), parent], [], [])
        if parent in ready:
            return
        asked, _ = listening.accept()
        if not os.fork():
            listening.close()
            os.close(parent)
            _answer(asked)
        asked.close()


def _answer(asked: socket.socket) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    request, streams, _, _ = socket.recv_fds(asked, LONGEST, 3)
    child = os.fork()
    if not child:
        asked.close()
        _run(json.loads(request), streams)
    for one in streams:
        os.close(one)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(OSError):
        asked.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _run(request: dict[str, Any], streams: Sequence[int]) -> NoReturn:
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["env"])
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 (the streams of the process)
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
        sys.argv = ["summarizer", *request["arguments"]]
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
            with contextlib.suppress(OSError, ValueError):
                one.flush()
        os._exit(status)


WARM = Warm()

if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]))
