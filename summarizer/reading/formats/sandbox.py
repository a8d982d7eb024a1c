"""Run a reader in a process of its own: hostile bytes may cost it time or memory, or bring it down, and nothing else.

PDFium unpacks a file of 2 KB to 2 GB, and trafilatura takes minutes for 2 MB of odd markup; neither can be
stopped from within. The child gets the bytes on standard input, no key and no setting of the environment.
"""

import json
import os
import subprocess
import sys

from summarizer.errors import InputError
from summarizer.reading.formats.extract import Extract
from summarizer.reading.formats.sniff import Format

CPU_SECONDS = 10
WALL_SECONDS = 30  # on a busy machine ten seconds of work take longer
MEMORY = 280 * 1024 * 1024  # bytes of the child's own data; 7.5 MB of prose in HTML need 230 MB
INHERITED = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR")


def extract_apart(data: bytes, *, format: Format, name: str, encoding: str | None) -> Extract:
    """Return what the reader of this format makes of `data`, or raise its `InputError`."""
    request = json.dumps({"format": format.value, "name": name, "encoding": encoding}).encode("ascii")
    try:
        # -P: no folder that merely happens to be the current one is imported from.
        done = subprocess.run(  # noqa: S603 (a fixed command; the file goes to its standard input)
            [sys.executable, "-P", "-m", "summarizer.reading.formats.worker", str(CPU_SECONDS), str(MEMORY)],
            input=request + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(_gave_up(name, format)) from error
    except OSError as error:
        raise InputError(f"{name}: cannot start a reader for {format.value}: {error.strerror or error}") from error
    if done.returncode != 0:
        raise InputError(_gave_up(name, format))
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise InputError(_gave_up(name, format)) from error
    if "error" in answer:
        raise InputError(answer["error"])
    return Extract(**{**answer, "warnings": tuple(answer["warnings"])})


def _environment() -> dict[str, str]:
    kept = {key: os.environ[key] for key in INHERITED if key in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part), "PYTHONUTF8": "1"}


def _gave_up(name: str, format: Format) -> str:
    return (
        f"{name}: the {format.value} reader gave up: it needed more than {CPU_SECONDS} s or {MEMORY // 1024**2} MB, "
        "or the file is broken; save the article as plain text"
    )
