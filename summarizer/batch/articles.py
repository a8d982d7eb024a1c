"""A folder of articles as rows: each file but hidden ones, results and summaries, which stand beside their articles.

It may hold results too: those of runs that are kept there, and the output, are no rows. Where its summaries are to be
checked, one without an article is a row with a fault, as an article without one is.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from summarizer.batch.folder import is_of_run, kept_beside
from summarizer.batch.records import LINES, PARQUET, Row, Text
from summarizer.reading import printable_name

SUMMARY_ENDINGS = (".summary.txt", ".summary.md")


class Articles:
    """The files of a folder that are rows, by name."""

    def __init__(self, path: Path, *, output: Path | None, checks: bool) -> None:
        self._path = path
        self._output = os.path.realpath(output) if output else None
        self._checks = checks

    def files(self) -> list[Path]:
        """Every article, and where summaries are to be checked those that belong to none."""
        found = (path for path in self._walk() if path.is_file() or (path.is_symlink() and not path.exists()))
        there = [path for path in found if not self._is_result(path)]  # also links to nowhere: no article goes unnamed
        articles = [path for path in there if not _is_summary(path)]
        if not self._checks:
            return sorted(articles)
        taken = {_summary_beside(path) for path in articles}
        return sorted([*articles, *(path for path in there if _is_summary(path) and path not in taken)])

    def row(self, number: int, path: Path) -> Row:
        name, summary = self._name(path), _summary_beside(path)
        if fault := self._fault(path, summary):
            return Row(number, printable_name(name), fault=fault)
        given = Text(self._name(summary), is_path=True) if summary else None
        return Row(number, printable_name(name), (Text(name, is_path=True),), given)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._path).as_posix()

    def _walk(self) -> Iterator[Path]:
        for folder, names, files in os.walk(self._path):
            names[:] = sorted(name for name in names if not name.startswith(".") and not is_of_run(Path(folder, name)))
            yield from (Path(folder, name) for name in files if not name.startswith("."))

    def _is_result(self, path: Path) -> bool:
        if path.suffix.lower() not in (*LINES, *PARQUET):
            return False
        return os.path.realpath(path) == self._output or is_of_run(kept_beside(path))

    def _fault(self, path: Path, summary: Path | None) -> str | None:
        """Why a file is no row that can be used."""
        if _is_summary(path):
            return _unused(path)
        if self._checks and summary is None:
            names = " or ".join(printable_name(path.stem) + end for end in SUMMARY_ENDINGS)
            return f"no summary is beside it; call it {names}"
        for one in (path, summary if self._checks else None):
            if one and not Path(os.path.realpath(one)).is_relative_to(os.path.realpath(self._path)):
                return f"{printable_name(one.name)} is a link to a file outside the folder; put the file itself there"
        return None


def _is_summary(path: Path) -> bool:
    return path.name.endswith(SUMMARY_ENDINGS)


def _summary_beside(path: Path) -> Path | None:
    return next((one for end in SUMMARY_ENDINGS if (one := path.with_name(path.stem + end)).is_file()), None)


def _unused(path: Path) -> str:
    """Why a summary belongs to no article."""
    name = next(path.name.removesuffix(end) for end in SUMMARY_ENDINGS if path.name.endswith(end))
    first = path.with_name(name + SUMMARY_ENDINGS[0])
    if first != path and first.is_file():
        return f"{printable_name(first.name)} is read in its place; leave one of them out"
    return (
        f"no article is beside it; call it as the article is called, {printable_name(name)}.txt or with another ending"
    )
