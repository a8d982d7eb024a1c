"""Files that real programs make of known texts, and how many of them are read right.

    python -m benchmarks.files [FOLDER]

Needs pandoc, LibreOffice (`soffice`), Chromium and TeX (`pdflatex`) on the path; what is missing is named and left out. A file is read
right where every sentence of its text stands in what was read, in order, every row of its table on a line of its own,
and its struck and hidden words nowhere; of a paper, also where each sentence is found whole by `sentences`. One that is not read right is named with the first words that are missing,
and with its warnings.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import papers
from summarizer.errors import InputError
from summarizer.grounding import locate
from summarizer.language.sentences import sentence_offsets
from summarizer.reading import Reading, read
from summarizer.schema import Document

FILLER = "The council of Tarn met on {day} and talked for {n} hours about the {what}, which nobody wanted to pay for."
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
WHENS = ("noon", "night", "next week", "at the latest", "in the old hall", "by hand", "without a word")
THINGS = ("bridge", "ferry", "school roof", "harbour wall", "library", "old mill", "water pipes", "parking fees")


class Text(NamedTuple):
    """A text in Markdown, and what must stand in any file that is made of it."""

    name: str
    markdown: str
    sentences: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    gone: tuple[str, ...] = ()
    """Words that a reader must not take for text."""


SHORT = Text(
    "short",
    """# The bridge at Tarn

The bridge cost “412 million crowns”, and the state paid half of it. It opened in 1994[^1] – after a storm.

- Snow fell on two roads.
- The café’s owner, Zoë Müller, called it an “act of faith”.

> Nobody was hurt, she said.

| Ward | Votes | Share |
|------|-------|-------|
| North | 1,204 | 55 % |
| South | 987 | 45 % |

The lab grew 10^6^ cells at −12 °C. The fee is ~~90~~ 120 crowns.

[^1]: The archive of the county gives 1993.
""",
    (
        "The bridge at Tarn", "The bridge cost “412 million crowns”, and the state paid half of it.", "Snow fell on two roads.",
        "The café’s owner, Zoë Müller, called it an “act of faith”.", "Nobody was hurt, she said.", "The lab grew 10⁶ cells at −12 °C.",
        "120 crowns.", "The archive of the county gives 1993.",
    ),
    (("North", "1,204", "55 %"), ("South", "987", "45 %")),
    ("90 120",),
)  # fmt: skip
LONG_SENTENCES = tuple(
    FILLER.format(day=DAYS[n % 5], n=n + 2, what=THINGS[n % 8])
    + f" Member number {n + 10} of it asked for a vote on the {THINGS[n * 3 % 8]} before {DAYS[n * 2 % 5]} {WHENS[n % 7]}."
    for n in range(90)
)
LONG = Text(
    "long",
    "# A long year in Tarn\n\n" + "\n\n".join(" ".join(LONG_SENTENCES[at : at + 3]) for at in range(0, 90, 3)),
    LONG_SENTENCES,
)
GERMAN_SENTENCES = (
    "Am 12. März 2024 wurde die Brücke über den Fluss gesperrt, weil der Pfeiler Risse hatte.",
    "Die Kosten betragen etwa 5 Mio. Euro, sagte Bürgermeisterin Jana Weiß.",
    "Im 19. Jahrhundert stand hier eine Mühle; heute wächst Gras darüber.",
)
GERMAN = Text("german", "# Die Brücke\n\n" + "\n\n".join(GERMAN_SENTENCES), GERMAN_SENTENCES)
PAPER = Text("paper", "", papers.SENTENCES, papers.ROWS)
MARKS = re.compile(r"[¹²³⁴-⁹⁰]|\s")
TEXTS = (SHORT, LONG, GERMAN)
STYLE = "body{font-family:serif;font-size:11pt;line-height:1.4} table{border-collapse:collapse} td,th{padding:2px 8px;border:1px solid #999}"
COLUMNS = f"{STYLE} body{{column-count:2;column-gap:1cm;text-align:justify;hyphens:auto}}"
HEADED = f"{STYLE} header{{position:fixed;top:0;font-size:8pt}} footer{{position:fixed;bottom:0;font-size:8pt}} body{{margin:1.5cm 0}}"


def made(folder: Path) -> Iterator[tuple[Text, str, Path]]:
    """Each file with its text and the programs that made it."""
    for text in TEXTS:
        source = folder / f"{text.name}.md"
        source.write_text(text.markdown, encoding="utf-8")
        for ending in ("docx", "odt", "epub", "epub2", "html"):
            if file := _pandoc(source, ending):
                yield text, f"pandoc, {ending}", file
        yield from _printed(text, folder)
        for ending, wanted in (
            ("docx", "odt"),
            ("odt", "docx"),
            ("docx", "pdf"),
            ("odt", "pdf"),
            ("html", "odt"),
            ("docx", "html"),
        ):
            made_by_pandoc = folder / f"{text.name}-pandoc.{ending}"
            if made_by_pandoc.exists() and (file := _office(made_by_pandoc, wanted)):
                yield text, f"LibreOffice, {ending} to {wanted}", file
    for programs, file in papers.made(folder):
        yield PAPER, programs, file


def _pandoc(source: Path, ending: str) -> Path | None:
    if not shutil.which("pandoc"):
        return None
    target = source.with_name(f"{source.stem}-pandoc.{'v2.epub' if ending == 'epub2' else ending}")
    command = ["pandoc", "-s", "--metadata", "title=Tarn", "-t", ending, str(source), "-o", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def _printed(text: Text, folder: Path) -> Iterator[tuple[Text, str, Path]]:
    page = folder / f"{text.name}-pandoc.html"
    if not shutil.which("chromium") or not page.exists():
        return
    body = re.search(r"<body>(.*)</body>", page.read_text(encoding="utf-8"), re.DOTALL)
    for way, style, around in (
        ("one column", STYLE, ("", "")),
        ("two columns", COLUMNS, ("", "")),
        ("headed", HEADED, ("<header>The Tarn Messenger, Vol. 12</header>", "<footer>© Tarn Messenger</footer>")),
    ):
        file = folder / f"{text.name}-{way.replace(' ', '-')}.html"
        whole = f"<!doctype html><html lang=en><meta charset=utf-8><style>{style}</style><body>{around[0]}{around[1]}{body[1] if body else ''}</body></html>"
        file.write_text(whole, encoding="utf-8")
        target = file.with_suffix(".pdf")
        more = ["--no-pdf-header-footer"] if way != "headed" else []
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            *more,
            f"--print-to-pdf={target}",
            str(file),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        yield text, f"Chromium, {way}", target


def _office(source: Path, ending: str) -> Path | None:
    if not shutil.which("soffice"):
        return None
    out = source.parent / f"office-{source.suffix[1:]}-{ending}"
    out.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{source.parent / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    found = out / f"{source.stem}.{ending}"
    return found if found.exists() else None


def wrong_in(text: Text, found: Reading) -> str:
    """What is first missing, out of order or too much; empty where the text was read right."""
    document, reached = found.document, 0
    for number, sentence in enumerate(text.sentences):
        places = locate(sentence, document)
        if not places:
            return f"missing: {sentence[:60]}"
        if text in (LONG, PAPER) and places[0].span.start < reached:
            return f"out of order: {sentence[:60]} (sentence {number})"
        reached = places[0].span.start if text in (LONG, PAPER) else 0
    lines = [re.sub(r"\s+", " ", line) for line in document.text.split("\n")]
    for row in text.rows:
        if not any(all(cell in line for cell in row) for line in lines):
            return f"no row: {' '.join(row)}"
    if text is PAPER:
        whole = {MARKS.sub("", document.text[start:end]) for start, end in sentence_offsets(document.text)}
        parted = [sentence for sentence in text.sentences if MARKS.sub("", sentence) not in whole]
        if parted:
            return f"{len(parted)} of {len(text.sentences)} sentences are not whole: {parted[0][:60]}"
    plain = " ".join(document.text.split())
    return next((f"read too: {words}" for words in text.gone if words in plain), "")


def main(arguments: Sequence[str]) -> None:
    missing = [name for name in ("pandoc", "soffice", "chromium", "pdflatex") if not shutil.which(name)]
    if missing:
        print(f"not on this machine: {', '.join(missing)}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(arguments[0]) if arguments else Path(scratch)
        folder.mkdir(exist_ok=True)
        right = count = warned = 0
        for text, programs, file in made(folder):
            count += 1
            try:
                found = read(file)
                wrong = wrong_in(text, found)
            except InputError as error:
                found, wrong = Reading(document=Document.of("-", name=file.name)), f"refused: {error}"
            right += not wrong
            warned += bool(wrong and found.warnings)
            if wrong:
                print(f"{text.name:7} {programs:28} {wrong}  {list(found.warnings)}")
    print(f"{right} of {count} read right; of the others {warned} warn")


if __name__ == "__main__":
    main(sys.argv[1:])
