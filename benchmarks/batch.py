"""What `summarizer batch` promises, measured one bar at a time: python -m benchmarks.batch BAR."""

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.batch_rows import BAD, ROOT, pairs, poisonous, write
from benchmarks.fake_model import FakeModel

COMMAND = [sys.executable, "-m", "summarizer", "batch"]
CHAT = ("--model", "fake", "--judge", "chat", "--claims", "sentence", "--witness", "none")
PART = 64
ROUNDS = 3


def run(source: Path, output: Path, *more: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, str(source), "-o", str(output), "--check", *more]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **(env or {})}, cwd=output.parent
    )


def begun(source: Path, output: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [*COMMAND, str(source), "-o", str(output), "--check", *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=output.parent)


def cleared(output: Path) -> Path:
    output.unlink(missing_ok=True)
    shutil.rmtree(f"{output}.parts", ignore_errors=True)
    return output


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def cpu(folder: Path, rows: int) -> None:
    """Processor time per row against the sum of its parts in one warm process; two workers against one."""
    source = write(folder / "in.jsonl", pairs(rows))
    alone, times, walls = [], {1: [], 2: []}, {1: [], 2: []}  # type: ignore[var-annotated]
    for _ in range(ROUNDS):  # in turn, so that what else runs on the machine disturbs all of them
        alone.append(_alone(source))
        for workers in (1, 2):
            before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            done = run(source, cleared(folder / "out.jsonl"), "--workers", str(workers))
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            assert done.returncode == 0, done.stderr  # noqa: S101
            times[workers].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            walls[workers].append(time.monotonic() - started)
    least = min(alone)
    print(
        f"| one warm process, {rows} rows | {1000 * least / rows:.2f} ms of processor a row, least of {ROUNDS} rounds |"
    )
    for workers in (1, 2):
        best = min(times[workers])
        print(
            f"| batch, --workers {workers} | {1000 * best / rows:.2f} ms a row, {best / least:.3f} times | wall {min(walls[workers]):.1f} s |"
        )
    ratios = ", ".join(f"{one / two:.2f}" for one, two in zip(walls[1], walls[2], strict=True))
    print(
        f"| two workers against one | {min(walls[1]) / min(walls[2]):.2f} times as fast, by round {ratios} (load {os.getloadavg()[0]:.1f}) |"
    )


def _alone(source: Path) -> float:
    """Seconds of processor for the parts of every row: JSON in, check, JSON out, with everything loaded."""
    code = (
        "import json, sys, time\n"
        "from summarizer import assemble, check\n"
        "rows = open(sys.argv[1], encoding='utf-8').read().splitlines()\n"
        "parts = assemble()\n"
        "one = json.loads(rows[0]); check(one['summary'], one['source'], backend=parts)\n"
        "begun = time.process_time()\n"
        "for line in rows:\n"
        "    row = json.loads(line)\n"
        "    check(row['summary'], row['source'], backend=parts).model_dump_json()\n"
        "print(time.process_time() - begun)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(source)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return float(done.stdout)


def kill(folder: Path, rows: int, kills: int) -> None:
    """kill -9 at random moments, then the same command again."""
    source = write(folder / "in.jsonl", pairs(rows))
    whole, output = folder / "whole.jsonl", cleared(folder / "out.jsonl")
    assert run(source, cleared(whole), "--workers", "2").returncode == 0  # noqa: S101
    chance, happened = random.Random(9), 0  # noqa: S311 (the same moments each time)
    moments = sorted(chance.randrange(rows * 95 // 100) for _ in range(kills))
    repeated = 0
    for moment in moments:
        before = _kept(output)
        process = begun(source, output, "--workers", "2")
        while _kept(output) < moment and process.poll() is None:
            time.sleep(0.02)
        time.sleep(chance.random() / 2)
        happened += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        repeated += max(0, before - _kept(output))
    kept = _kept(output)
    last = run(source, output, "--workers", "2")
    print(
        f"| kill -9 {happened} times, {kept} of {rows} rows done by then, {repeated} done rows lost | exit {last.returncode}; bytes equal: {sha(output) == sha(whole)} |"
    )


def _kept(output: Path) -> int:
    parts = Path(f"{output}.parts")
    lines: dict[str, int] = {}
    for path in parts.glob("0*"):
        try:
            found = path.read_bytes().count(b"\n")
        except FileNotFoundError:  # it was completed in between
            continue
        lines[path.stem] = max(found, lines.get(path.stem, 0))
    return sum(lines.values())


def kill_paid(folder: Path, rows: int, kills: int) -> None:
    """kill -9 while a server is asked: which calls are paid for twice."""
    source = write(folder / "in.jsonl", pairs(rows))
    with FakeModel(latency=0.2) as model:
        options = ("--base-url", model.url, *CHAT, "--concurrency", "8")
        whole, output = cleared(folder / "whole.jsonl"), cleared(folder / "out.jsonl")
        run(source, whole, *options)
        needed = len(model.asked)
        model.asked.clear()
        chance, happened = random.Random(9), 0  # noqa: S311
        for _ in range(kills):
            process = begun(source, output, *options)
            time.sleep(1.5 + chance.random())
            happened += process.poll() is None
            process.send_signal(signal.SIGKILL)
            process.wait()
        run(source, output, *options)
        print(
            f"| kill -9 {happened} times with a server, 8 at a time | bytes equal: {sha(output) == sha(whole)}; {len(model.asked)} calls for {needed} needed, {len(model.asked) - needed} paid twice, at most {8 * happened} in flight |"
        )


def deaths(folder: Path, rows: int) -> None:
    """Rows that kill their worker, once and always, and workers killed from outside."""
    env = poisonous(folder / "plugin")
    listed = list(pairs(rows))
    source = write(folder / "in.jsonl", iter(listed))
    whole = cleared(folder / "whole.jsonl")
    run(source, whole, "--judge", "poison", env=env)
    listed[rows // 3]["source"] += " KILLS ALWAYS."
    listed[rows // 2]["source"] += f" KILLS ONCE {folder / 'once'}"
    poisoned = write(folder / "poisoned.jsonl", iter(listed))
    done = run(poisoned, cleared(folder / "out.jsonl"), "--judge", "poison", "--workers", "2", env=env)
    found = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
    bad = [one["id"] for one in found if one["status"] != "ok"]
    print(
        f"| a row that kills every worker, one that kills one | exit {done.returncode}; {len(found)} rows, in error: {bad} {found[rows // 3]['error']} |"
    )
    process = begun(source, cleared(folder / "out2.jsonl"), "--workers", "2")
    struck = 0
    while process.poll() is None:
        time.sleep(1.5)
        workers = _children(process.pid)
        if len(workers) and struck < 3:
            os.kill(workers[0], signal.SIGKILL)
            struck += 1
    run(source, cleared(folder / "whole2.jsonl"))
    print(
        f"| a worker killed {struck} times from outside | exit {process.returncode}; bytes equal: {sha(folder / 'out2.jsonl') == sha(folder / 'whole2.jsonl')} |"
    )


def bad_rows(folder: Path, rows: int) -> None:
    """Every kind of bad row among good ones."""
    lines = [json.dumps(row).encode() for row in pairs(rows - len(BAD))]
    places = {}
    for number, (kind, line) in enumerate(BAD.items()):
        place = (number + 1) * rows // (len(BAD) + 1)
        lines.insert(place, line)
        places[place] = kind
    source = folder / "in.jsonl"
    source.write_bytes(b"\n".join(lines) + b"\n")
    done = run(source, cleared(folder / "out.jsonl"), "--judge", "lexical")
    found = [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = [place for place, one in enumerate(found) if (one["status"] == "error") != (place in places)]
    print(
        f"| {len(BAD)} kinds of bad row among {rows} | exit {done.returncode}; {len(found)} rows, wrong status at {wrong} |"
    )
    for place, kind in places.items():
        print(f"|   {kind} | {found[place]['error']['kind']}: {found[place]['error']['message']} |")


def disk(folder: Path, rows: int) -> None:
    """No room: a limit on the size of a file stands for a full disk, and so does a small file system where one may be mounted."""
    source = write(folder / "in.jsonl", pairs(rows))
    run(source, cleared(folder / "whole.jsonl"), "--judge", "lexical")
    output = cleared(folder / "out.jsonl")
    for limit in (100_000, (folder / "whole.jsonl").stat().st_size // 2):
        done = subprocess.run(
            [*COMMAND, str(source), "-o", str(output), "--check", "--judge", "lexical"],
            capture_output=True, text=True, check=False, cwd=folder,
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),  # type: ignore[misc]
        )  # fmt: skip
        print(
            f"| no file above {limit:,} bytes | exit {done.returncode}; output there: {output.exists()}; {done.stderr.strip().splitlines()[-1]} |"
        )
    _full_file_system(folder, source)
    done = run(source, output, "--judge", "lexical")
    print(f"| then with room | exit {done.returncode}; bytes equal: {sha(output) == sha(folder / 'whole.jsonl')} |")


def _full_file_system(folder: Path, source: Path) -> None:
    """A file system of 1 MB in memory, which only the superuser may mount; then one of 32."""
    place = folder / "small"
    place.mkdir()
    command = ["/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode:
        print("| a file system of 1 MB | not measured: it cannot be mounted here |")
        return
    try:
        done = run(source, place / "out.jsonl", "--judge", "lexical")
        print(
            f"| a file system of 1 MB | exit {done.returncode}; output there: {(place / 'out.jsonl').exists()}; {done.stderr.strip().splitlines()[-1]} |"
        )
        subprocess.run(["/bin/mount", "-o", "remount,size=32m", str(place)], check=True)
        done = run(source, place / "out.jsonl", "--judge", "lexical")
        print(
            f"| then of 32 MB | exit {done.returncode}; bytes equal: {sha(place / 'out.jsonl') == sha(folder / 'whole.jsonl')} |"
        )
    finally:
        subprocess.run(["/bin/umount", str(place)], check=True)


def folders(folder: Path, rows: int) -> None:
    """The folder of another run, and two runs on one folder."""
    source, other = write(folder / "in.jsonl", pairs(rows)), write(folder / "other.jsonl", pairs(rows + 1))
    output = cleared(folder / "out.jsonl")
    first = begun(source, output)
    time.sleep(2.5)
    second = run(source, output)
    first.wait()
    print(
        f"| two runs on one folder | first exit {first.returncode}, second exit {second.returncode}: {second.stderr.strip().splitlines()[-1]} |"
    )
    for name, done in (
        ("another input", run(other, output)),
        ("another judge", run(source, output, "--judge", "lexical")),
    ):
        print(f"| {name} | exit {done.returncode}: {done.stderr.strip().splitlines()[-1]} |")


def memory(folder: Path, rows: int) -> None:
    """Resident memory of each worker and of the process over them, from row 1,000 to the end."""
    source = write(folder / "in.jsonl", pairs(rows))
    output = cleared(folder / "out.jsonl")
    process = begun(source, output, "--workers", "2")
    seen: dict[str, list[tuple[int, float]]] = {}
    while process.poll() is None:
        time.sleep(0.5)
        done = len(list(Path(f"{output}.parts").glob("*.jsonl"))) * PART
        for name, one in [
            ("driver", process.pid),
            *((f"worker {n}", pid) for n, pid in enumerate(_children(process.pid), 1)),
        ]:
            if (size := _resident(one)) is not None:
                seen.setdefault(name, []).append((done, size))
    for name, sizes in seen.items():
        early = [size for done, size in sizes if 1_000 <= done < 1_500] or [sizes[len(sizes) // 10][1]]
        late = [size for _, size in sizes[-10:-1]]
        if late:
            print(
                f"| {name}, {rows} rows | {statistics.median(early):.0f} MB at row 1,000, {statistics.median(late):.0f} MB at the end, {statistics.median(late) / statistics.median(early):.3f} times, most {max(size for _, size in sizes):.0f} MB |"
            )


def _children(pid: int) -> list[int]:
    """The workers: the children that have a pipe to us, not Python's tracker of resources."""
    try:
        listed = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return [one for one in listed if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    except OSError:
        return []


def _resident(pid: int) -> float | None:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 1024**2
    except (OSError, IndexError):
        return None


def server(folder: Path, rows: int) -> None:
    """A server with 0.5 s for an answer at concurrency 32; faults and limits; the budget."""
    source = write(folder / "in.jsonl", pairs(rows))
    with FakeModel(latency=0.5) as model:
        started = time.monotonic()
        done = run(source, cleared(folder / "out.jsonl"), "--base-url", model.url, *CHAT, "--concurrency", "32")
        wall = time.monotonic() - started
        taken = model.asked[-1][0] + 0.5 - model.asked[0][0]
        ideal = -(-len(model.asked) // 32) * 0.5
        print(
            f"| {rows} articles, 0.5 s, concurrency 32 | exit {done.returncode}; {len(model.asked)} calls in {taken:.2f} s, ideal {ideal:.2f} s: {ideal / taken:.0%}; whole command {wall:.1f} s; most at a time {model.most_under_way} |"
        )
    with FakeModel(latency=0.5, failing=0.05, a_minute=600) as model:
        started = time.monotonic()
        done = run(source, cleared(folder / "out.jsonl"), "--base-url", model.url, *CHAT, "--concurrency", "100")
        found = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
        unchecked = sum(one["counts"]["unchecked"] for one in found)
        ok = sum(one["status"] == "ok" for one in found)
        print(
            f"| 5 % of 500s, 600 requests a minute, concurrency 100 | exit {done.returncode}; {ok} of {len(found)} rows ok, {unchecked} claims unchecked; {model.count(200)} answers, {model.count(500)} faults, {model.count(429)} limits in {time.monotonic() - started:.0f} s |"
        )
    with FakeModel(latency=0.1) as model:
        output = cleared(folder / "out.jsonl")
        for limit in (100_000, 200_000):
            process = begun(
                source, output, "--base-url", model.url, *CHAT, "--concurrency", "16", "--max-tokens", str(limit)
            )
            time.sleep(2.2)
            process.send_signal(signal.SIGKILL)
            process.wait()
            done = run(
                source, output, "--base-url", model.url, *CHAT, "--concurrency", "16", "--max-tokens", str(limit)
            )
            print(
                f"| --max-tokens {limit:,}, killed once and run again | exit {done.returncode}; {model.billed:,} tokens billed by the server in all; {done.stderr.strip().splitlines()[-1]} |"
            )


def shards(folder: Path, rows: int) -> None:
    """Three blocks, joined, against one run."""
    source = write(folder / "in.jsonl", pairs(rows))
    run(source, cleared(folder / "whole.jsonl"), "--judge", "lexical")
    joined = b""
    for block in range(3):
        output = cleared(folder / f"out{block}.jsonl")
        run(source, output, "--judge", "lexical", "--shard", f"{block}/3")
        joined += output.read_bytes()
    print(
        f"| shards 0/3 to 2/3 of {rows} rows, joined | bytes equal: {joined == (folder / 'whole.jsonl').read_bytes()} |"
    )


BARS: dict[str, tuple[Callable[..., None], int]] = {
    "cpu": (cpu, 2_000),
    "kill": (lambda folder, rows: kill(folder, rows, 20), 1_000),
    "kill-paid": (lambda folder, rows: kill_paid(folder, rows, 5), 400),
    "deaths": (deaths, 600),
    "bad-rows": (bad_rows, 2_000),
    "disk": (disk, 600),
    "folders": (folders, 400),
    "memory": (memory, 10_000),
    "server": (server, 200),
    "shards": (shards, 1_000),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bar", choices=BARS)
    parser.add_argument("--rows", type=int)
    given = parser.parse_args()
    measure, rows = BARS[given.bar]
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given.rows or rows)


if __name__ == "__main__":
    main()
