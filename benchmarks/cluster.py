"""What `summarizer batch --engine ray` promises, on a cluster of this machine: python -m benchmarks.cluster.

One of its workers is killed, then the process that sends the rows, then the same command is given again. Ray must be installed.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.batch import COMMAND, PART, cleared, run, sha
from benchmarks.batch_rows import pairs, poisonous, write

RAY = [sys.executable, "-m", "ray.scripts.scripts"]
WORKERS = 2


def measure(folder: Path, rows: int) -> None:
    source = write(folder / "in.jsonl", pairs(rows))
    begun_at = time.monotonic()
    assert run(source, cleared(folder / "local.jsonl"), "--workers", str(WORKERS)).returncode == 0  # noqa: S101
    local = time.monotonic() - begun_at
    os.environ["RAY_AUTH_MODE"] = "token"  # of a file in the home folder, which both ends read
    port = 20_000 + os.getpid() % 20_000
    head = subprocess.Popen(
        [*RAY, "start", "--head", "--block", f"--port={port}", f"--num-cpus={WORKERS}", "--include-dashboard=false",
         "--disable-usage-stats", f"--temp-dir={folder / 'ray'}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    os.environ["RAY_ADDRESS"] = f"127.0.0.1:{port}"
    time.sleep(10)
    try:
        _deaths(folder, source, rows, local)
        _poison(folder, rows // 4)
    finally:
        head.send_signal(signal.SIGTERM)  # it ends what it started
        head.wait()


def _deaths(folder: Path, source: Path, rows: int, local: float) -> None:
    output = cleared(folder / "out.jsonl")
    begun_at = time.monotonic()
    process = subprocess.Popen(
        [*COMMAND, str(source), "-o", str(output), "--check", "--engine", "ray"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _until(process, lambda: _complete(output) >= 1)
    struck = _task_processes()[:1]
    for one in struck:
        os.kill(one, signal.SIGKILL)
    _until(process, lambda: _complete(output) >= 3)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = _complete(output)
    done = run(source, output, "--engine", "ray")
    print(
        f"| {rows} rows on `ray start --head`, {len(struck)} worker killed, then the driver ({alive}), {kept} parts complete by then "
        f"| exit {done.returncode}; bytes equal to local: {output.exists() and sha(output) == sha(folder / 'local.jsonl')}; "
        f"{time.monotonic() - begun_at:.0f} s in all, local {local:.0f} s |"
    )


def _poison(folder: Path, rows: int) -> None:
    """A row that kills every worker. The judge is installed in the workers through the environment of the cluster."""
    listed = list(pairs(rows))
    listed[rows // 3]["source"] += " KILLS ALWAYS."
    source = write(folder / "poisoned.jsonl", iter(listed))
    env = poisonous(folder / "plugin") | {"RAY_ADDRESS": ""}
    done = run(source, cleared(folder / "out2.jsonl"), "--judge", "poison", "--engine", "ray", env=env)
    print(
        f"| a row that kills every worker, among {rows} | exit {done.returncode}; {done.stderr.strip().splitlines()[1:2]} |"
    )


def _until(process: "subprocess.Popen[bytes]", met: object) -> None:
    while process.poll() is None and not met():  # type: ignore[operator]
        time.sleep(0.05)


def _complete(output: Path) -> int:
    return len(list(Path(f"{output}.parts").glob("0*.jsonl")))


def _task_processes() -> list[int]:
    """Processes of the cluster that do a task by now."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if b"do_rows" in (path / "cmdline").read_bytes():
                found.append(int(path.name))
        except OSError:
            continue
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=6 * PART)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given.rows)


if __name__ == "__main__":
    main()
