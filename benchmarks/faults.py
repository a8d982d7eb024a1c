"""Does the suite notice when something breaks? Each fault of `faults.toml` is put in, and its tests must fail.

    python benchmarks/faults.py [NAME...]

A fault is one line of the package put wrong. The script copies the checkout into a temporary folder, and there
applies one fault after another, runs its tests up to the first that fails, puts the line back, and runs that test
once more, which must pass now. Your checkout is not touched.

Printed as Markdown: each fault with the test that caught it, or SURVIVED. The status is 1 where a fault
survives, where its line no longer stands in its file, or where its tests do not run.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FAULTS = Path(__file__).with_suffix(".toml")
WEIGHTS = Path("summarizer/judging/nli/weights")  # not in git; copied where they are
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?\.py::[^\s\[]+(?:\[.*?\])?)(?: - .*)?$", re.MULTILINE)
PASSED, TESTS_FAILED = 0, 1  # statuses of pytest; any other means that the tests did not run
LONGEST = 900  # seconds for the tests of one fault


class Fault(NamedTuple):
    """One line put wrong."""

    name: str
    about: str
    """What goes wrong, for the reader."""
    file: str
    old: str
    """The whole line without its indentation; it stands in the file once."""
    new: str
    tests: tuple[str, ...]
    """Files or tests, of which one must fail."""


class Outcome(NamedTuple):
    """What came of a fault."""

    fault: str
    caught: bool
    words: str
    """The first test that failed, or why there is none."""
    seconds: float
    red: tuple[str, ...]
    """Tests that fail without the fault too."""


def read(path: Path = FAULTS) -> tuple[Fault, ...]:
    """Read the faults. Raises a `ValueError` for a name that stands twice."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["fault"]
    faults = tuple(Fault(**(row | {"tests": tuple(row["tests"])})) for row in rows)
    names = [one.name for one in faults]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValueError(f"{path.name}: two faults are called {twice}")
    return faults


def broken(text: str, fault: Fault) -> str:
    """The text with the fault in it. Raises a `LookupError` where its line does not stand there exactly once."""
    lines = text.splitlines(keepends=True)
    places = [at for at, line in enumerate(lines) if line.strip() == fault.old]
    if len(places) != 1:
        raise LookupError(f"its line stands {len(places)} times in {fault.file}")
    lines[places[0]] = lines[places[0]].replace(fault.old, fault.new)
    return "".join(lines)


def copy(folder: Path) -> None:
    """Copy the files of the checkout as they are now, and the weights."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    weights = [path.relative_to(ROOT) for path in (ROOT / WEIGHTS).glob("*")]
    for name in [*map(Path, listed.rstrip("\0").split("\0")), *weights]:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Status and output of pytest in the copy."""
    # No compiled files: they are told from stale ones by the second and the size, which a fault may not change.
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *PYTEST, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, errors="replace", timeout=LONGEST, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def tried(folder: Path, fault: Fault) -> Outcome:
    """Put the fault in, run its tests, and put the line back. A test that fails without the fault too catches nothing."""
    began = time.monotonic()
    path = folder / fault.file
    whole = path.read_bytes() if path.is_file() else b""
    red: list[str] = []

    def outcome(words: str, *, caught: bool = False) -> Outcome:
        return Outcome(fault.name, caught, words, time.monotonic() - began, tuple(red))

    try:
        wrong = broken(whole.decode("utf-8"), fault)
        while True:
            path.write_text(wrong, encoding="utf-8", newline="")
            status, output = run(folder, *fault.tests, "-x", *(f"--deselect={test}" for test in red))
            path.write_bytes(whole)
            if status == PASSED:
                return outcome("SURVIVED")
            first = FAILED.search(output)
            if status != TESTS_FAILED or first is None or first[1] in red:
                return outcome(f"DID NOT RUN: {' '.join(output[-300:].split())}")
            if run(folder, first[1])[0] == PASSED:
                return outcome(first[1].partition("[")[0], caught=True)
            red.append(first[1])
    except LookupError as error:
        return outcome(f"NOT APPLIED: {error}")
    except subprocess.TimeoutExpired:
        return outcome(f"NO ANSWER within {LONGEST} s")
    finally:
        if whole:
            path.write_bytes(whole)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="faults to try (default: all)")
    parser.add_argument("--list", action="store_true", help="print the names and what goes wrong, and run nothing")
    given = parser.parse_args()
    faults = read()
    if unknown := set(given.names) - {one.name for one in faults}:
        parser.error(f"no fault is called {min(unknown)}; --list names them")
    chosen = [one for one in faults if not given.names or one.name in given.names]
    if given.list:
        print("\n".join(f"{one.name:34}{one.about}" for one in chosen))
        return 0
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        copy(folder)
        print("| Fault | Caught by | s |\n| --- | --- | --- |")
        outcomes = []
        for fault in chosen:
            outcomes.append(tried(folder, fault))
            print(f"| {outcomes[-1].fault} | {outcomes[-1].words} | {outcomes[-1].seconds:.0f} |", flush=True)
    print(f"\n{sum(one.caught for one in outcomes)} of {len(outcomes)} caught.")
    if red := sorted({test for one in outcomes for test in one.red}):
        print(f"Red without a fault too, and left out: {', '.join(red)}")
    return 0 if all(one.caught for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
