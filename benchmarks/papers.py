"""A paper as TeX and Chromium set it: columns, figures and tables over one or all of them, notes, running heads."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

THINGS = (
    "bridge", "ferry", "school roof", "harbour wall", "library", "old mill", "water pipes", "parking fees", "archive", "international airport",
)  # fmt: skip
WHO = (
    "The administration of Tarn", "A representative of the neighbouring municipality", "The engineering department",
    "An independent commission", "The association of shopkeepers", "Professor Ingeborg Lindqvist",
)  # fmt: skip
DID = (
    "investigated the extraordinary expenditure on the {thing} and published its recommendations in {n} volumes",
    "recommended the immediate reconstruction of the {thing}, notwithstanding considerable objections from {n} inhabitants",
    "estimated that the modernisation of the {thing} would require approximately {n} million crowns",
    "reported {n} irregularities in the documentation of the {thing}, although responsibility remained unclear",
    "criticised the undifferentiated presentation of the {thing} in {n} contributions to the newspaper",
)
SENTENCES = tuple(f"{WHO[n % 6]} {DID[n % 5].format(thing=THINGS[n % 10], n=n + 11)}." for n in range(120))
PARAGRAPHS = tuple(SENTENCES[at : at + 4] for at in range(0, 120, 4))
CAPTION = (
    "Figure {n}: Development of the contributions in district {n} of the municipality. The line is an approximation."
)
NOTE = "The archive of the county gives different information about decision number {n}."
ROWS = (("Northern quarter", "1,204", "55"), ("Southern quarter", "987", "45"))
FIGURES, NOTES, TABLE = (4, 9, 16), (2, 7, 12, 17, 22, 27), 13  # paragraphs with such a thing behind or in them
STYLE = (
    "body{font:10pt serif;margin:0}main{column-count:2;column-gap:.8cm;text-align:justify;hyphens:auto}p{margin:0;text-indent:1em}"
    "figcaption{font-size:9pt}figure{break-inside:avoid}table{column-span:all}td{padding:2px 9px}"
)


def made(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files, with the programs that made them."""
    if shutil.which("pdflatex"):
        for name, options, columns in (
            ("one column", "11pt", 0),
            ("two columns", "twocolumn", 0),
            ("three columns", "10pt", 3),
        ):
            file = folder / f"paper-{name.replace(' ', '-')}.tex"
            file.write_text(tex(options, columns), encoding="utf-8")
            for _ in range(2):  # the second time it knows its numbers
                subprocess.run(
                    ["pdflatex", "-interaction=batchmode", file.name],  # noqa: S607
                    cwd=folder,
                    check=False,
                    capture_output=True,
                )
            yield f"TeX, {name}", file.with_suffix(".pdf")
    if shutil.which("chromium"):
        page, target = folder / "paper.html", folder / "paper-chromium.pdf"
        page.write_text(html(), encoding="utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            str(page),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        yield "Chromium, a paper", target


def tex(options: str, columns: int) -> str:
    """The paper in LaTeX; with a number of columns it is balanced, and its figures go over all of them."""
    star = "*" if columns else ""
    out = [
        rf"\documentclass[{options}]{{article}}\usepackage{{multicol}}\pagestyle{{headings}}\title{{Infrastructure in Tarn}}\author{{Ana Pell}}\date{{}}",
        r"\begin{document}\maketitle",
        rf"\begin{{multicols}}{{{columns}}}" if columns else "",
    ]
    for number, sentences in enumerate(PARAGRAPHS):
        if number % 8 == 0:
            out.append(rf"\section{{Observations of the period {1990 + number}}}")
        text = " ".join(sentences)
        out.append(text.replace(".", rf".\footnote{{{NOTE.format(n=number)}}}", 1) if number in NOTES else text)
        if number in FIGURES:
            own = "*" if number == FIGURES[1] else star
            caption = CAPTION.format(n=FIGURES.index(number) + 1).partition(": ")[2]
            picture = r"\begin{picture}(120,50)\put(0,0){\line(2,1){90}}\put(85,3){years}\put(4,45){cost}\end{picture}"
            out.append(rf"\begin{{figure{own}}}[t]\centering{picture}\caption{{{caption}}}\end{{figure{own}}}")
        if number == TABLE:
            rows = "".join(" & ".join(row) + r"\\" for row in ROWS)
            out.append(
                rf"\begin{{table*}}[t]\centering\caption{{Votes in the wards.}}\begin{{tabular}}{{lrr}}{rows}\end{{tabular}}\end{{table*}}"
            )
    return "\n\n".join([*out, r"\end{multicols}" if columns else "", r"\end{document}"])


def html() -> str:
    """The paper as a page for print, without notes, which HTML has not."""
    out = [
        f"<!doctype html><html lang=en><meta charset=utf-8><style>{STYLE}</style><body><h1>Infrastructure in Tarn</h1><main>"
    ]
    for number, sentences in enumerate(PARAGRAPHS):
        out.append(f"<p>{' '.join(sentences)}</p>")
        if number in FIGURES:
            out.append(f"<figure><figcaption>{CAPTION.format(n=FIGURES.index(number) + 1)}</figcaption></figure>")
        if number == TABLE:
            cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
            out.append(f"<table>{cells}</table>")
    return "".join([*out, "</main>"])
