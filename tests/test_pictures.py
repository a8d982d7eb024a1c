"""The pictures of the README show what is printed, need no network, and are small."""

import re
import xml.etree.ElementTree as ET

from benchmarks.pictures import DOCS, WIDTH, report, terminal_svg
from summarizer.report import render


def lines(svg: str) -> list[str]:
    """The text of a picture, line by line, without its title."""
    found: dict[float, list[tuple[float, str]]] = {}
    for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):  # noqa: S314 (our own)
        if "terminal-title" not in one.get("class", ""):
            place = (float(one.get("x", "0")), (one.text or "").replace("\xa0", " "))
            found.setdefault(float(one.get("y", "0")), []).append(place)
    return ["".join(text for _, text in sorted(found[y])).strip() for y in sorted(found)]


def test_the_terminal_shows_what_is_printed() -> None:
    shown = lines((DOCS / "terminal.svg").read_text(encoding="utf-8"))

    assert shown == lines(terminal_svg(report())), "run `python -m benchmarks.pictures` again"
    printed = ["".join(line.split()) for line in render(report(), "text", width=WIDTH).splitlines() if line.strip()]
    assert ["".join(line.split()) for line in shown if line][1:] == printed


def test_the_picture_of_the_terminal_loads_nothing() -> None:
    svg = (DOCS / "terminal.svg").read_text(encoding="utf-8")

    assert re.findall(r"url\((?!#)|@import|@font-face|href=|<script|<image|<foreignObject", svg) == []


def test_the_picture_of_the_page_is_a_png_and_both_are_small() -> None:
    data = (DOCS / "report.png").read_bytes()

    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(data[16:20], "big") == 1100
    assert max(len(data), (DOCS / "terminal.svg").stat().st_size) < 200_000
