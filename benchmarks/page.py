"""How long the HTML page of 500 claims on a source of about 1,000 pages takes to make and to open.

    python -m benchmarks.page

Needs playwright and a Chromium (`SUMMARIZER_TEST_BROWSER` names one that is not in the path). The page is opened from a
file, and the time is the median of five from the address to the second frame that is drawn.
"""

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from summarizer.report import render
from tests.reports import large_report

WIDTHS = (400, 900, 1400)
ROUNDS = 5
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def main() -> None:
    report = large_report()
    begun = time.perf_counter()
    written = render(report, "html")
    made = time.perf_counter() - begun
    text = sum(len(document.text) for document in report.documents)
    print(f"{len(report.checks):,} claims, a source of {text:,} characters")
    print(f"made in {made:.2f} s, {len(written) / 1e6:.1f} MB")
    browser_path = os.environ.get("SUMMARIZER_TEST_BROWSER") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        path = Path(folder) / "report.html"
        path.write_text(written, encoding="utf-8")
        browser = engine.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for width in WIDTHS:
            times = []
            for _ in range(ROUNDS):
                page = browser.new_page(viewport={"width": width, "height": 900})
                begun = time.perf_counter()
                page.goto(path.as_uri())
                page.evaluate(TWO_FRAMES)
                times.append(time.perf_counter() - begun)
                page.close()
            print(f"opened at {width} pixels in {statistics.median(times):.2f} s (slowest {max(times):.2f} s)")


if __name__ == "__main__":
    main()
