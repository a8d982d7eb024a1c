"""Check 50 claims against a 1,000-page text, made by joining a folder of articles with variations.

    python benchmarks/book.py FOLDER

Prints seconds and peak memory of the whole process, beside those of the same
claims on a tenth of the text.
"""

import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZE = 3_400_000  # characters; about 1,000 pages
CLAIMS = 50


def book(folder: Path, size: int) -> str:
    """Join the articles again and again, with every number and year moved so that no two copies are alike."""
    articles = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    parts, length, turn = [], 0, 0
    while length < size:
        for article in articles:
            parts.append(moved(article, turn))
            length += len(parts[-1])
        turn += 1
    return "\n\n".join(parts)[:size]


def moved(article: str, by: int) -> str:
    return re.sub(r"\d+", lambda match: str(int(match[0][:9]) + by), article)


def main() -> None:
    folder = Path(sys.argv[1])
    print("| Text | seconds | peak MB | seconds per MB |")
    print("| --- | --- | --- | --- |")
    for size in (SIZE // 10, SIZE):
        with tempfile.TemporaryDirectory() as scratch:
            text = book(folder, size)
            source, summary = Path(scratch, "book.txt"), Path(scratch, "summary.txt")
            source.write_text(text, encoding="utf-8")
            lines = [line for line in re.split(r"(?<=[.!?])\s+", text) if 60 < len(line) < 250]
            step = len(lines) // CLAIMS
            summary.write_text("\n".join(" ".join(line.split()) for line in lines[::step][:CLAIMS]), encoding="utf-8")
            start = time.perf_counter()
            command = [
                sys.executable,
                "-m",
                "summarizer",
                "check",
                str(summary),
                "-s",
                str(source),
                "--exit-zero",
                "-q",
            ]
            subprocess.run(command, check=True, capture_output=True)
            elapsed = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"| {size / 1e6:.2f} MB | {elapsed:.2f} | {peak:.0f} | {elapsed / size * 1e6:.2f} |")


if __name__ == "__main__":
    main()
