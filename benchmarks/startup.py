"""Time the command line against a bare interpreter, warm file cache.

python benchmarks/startup.py
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEED = next((ROOT / "seeds").glob("*.txt"))
RUNS = 11
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "summarizer --help": ["-m", "summarizer", "--help"],
    "summarizer summarize SEED": ["-m", "summarizer", "summarize", str(SEED)],
}


def seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True, cwd=ROOT)
    return time.perf_counter() - start


def main() -> None:
    bare = 0.0
    print("| Command | median s | min to max s | times a bare interpreter |")
    print("| --- | --- | --- | --- |")
    for name, arguments in COMMANDS.items():
        seconds(arguments)
        times = [seconds(arguments) for _ in range(RUNS)]
        median = statistics.median(times)
        bare = bare or median
        print(f"| `{name}` | {median:.3f} | {min(times):.3f} to {max(times):.3f} | {median / bare:.1f} |")


if __name__ == "__main__":
    main()
