"""Draw the pictures of the README: the terminal as SVG, the HTML report as PNG.

python -m benchmarks.pictures          # writes docs/terminal.svg; docs/report.png where there is a Chromium

What is shown is what is printed: a real check of an article of the tour. The SVG names no font of the network.
"""

import io
import re
import shutil
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from summarizer import check
from summarizer.report import render
from summarizer.schema import Document, Report

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
WIDTH = 80  # columns
THEME = TerminalTheme(
    (250, 250, 248),
    (36, 41, 47),
    [(36, 41, 47), (180, 35, 24), (17, 99, 41), (125, 78, 0), (9, 105, 218), (130, 60, 180), (14, 94, 111), (110, 119, 129)],
)  # fmt: skip
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def report() -> Report:
    """The check of the tour: article and summary as its first block writes them."""
    block = (DOCS / "tour.md").read_text(encoding="utf-8").split("```")[1]
    files = re.findall(r"^\$ cat > (\S+) <<'END'\n(.*?)> END$", block, re.DOTALL | re.MULTILINE)
    texts = {name: re.sub(r"^> ?", "", body, flags=re.MULTILINE) for name, body in files}
    article = Document.of(texts["article.txt"], id="d1", name="article.txt")
    return check(Document.of(texts["summary.txt"], id="summary", name="summary.txt"), article)


def terminal_svg(found: Report) -> str:
    """The text of a terminal with its colours."""
    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(Text("$ summarizer check summary.txt --source article.txt", style="bold"))
    console.print(Text.from_ansi(render(found, "text", width=WIDTH, color=True)), end="")
    drawn = console.export_svg(title="summarizer", theme=THEME, unique_id="terminal")
    return "".join(f"{line.rstrip()}\n" for line in FONTS.sub("", drawn).replace("Fira Code", "monospace").splitlines())


def report_png(found: Report, chromium: str) -> bytes:
    """The top of the HTML page, as a browser shows it."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        path = Path(folder, "report.html")
        path.write_text(render(found, "html"), encoding="utf-8")
        browser = engine.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 860}, color_scheme="light")
        page.goto(path.as_uri())
        page.keyboard.press("j")
        page.evaluate("window.scrollTo(0, 0)")
        page.wait_for_timeout(500)
        picture: bytes = page.screenshot()
        browser.close()
    return picture


def main() -> None:
    found = report()
    (DOCS / "terminal.svg").write_text(terminal_svg(found), encoding="utf-8")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("no chromium: docs/report.png stays as it is")
        return
    (DOCS / "report.png").write_bytes(report_png(found, chromium))
    for name in ("terminal.svg", "report.png"):
        print(f"docs/{name}: {(DOCS / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
