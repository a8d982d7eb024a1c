"""The rows of the input, one at a time: JSONL, CSV, Parquet, or a folder of files.

A row that cannot be used is a row with a fault; it ends no run.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.batch.articles import Articles
from summarizer.batch.records import LINES, PARQUET, Command, Row, Text, named_twice
from summarizer.errors import InputError
from summarizer.language.patterns import LONE_SURROGATE
from summarizer.reading import MAX_BYTES, only_names, printable_name

LONGEST_LINE = 4 * MAX_BYTES  # bytes of a row with several sources
LONGEST_ID = 200  # characters
CHUNK = 1 << 20
CSV_FIELD = MAX_BYTES  # characters; the library's own limit is 131,072
BLANK = b" \t\r\n"

Wanted = Callable[[int], bool]
"""Whether the row of that number is to be read."""


class Survey(NamedTuple):
    """What is known of an input before any row is worked on."""

    rows: int
    sha256: str


class Rows:
    """The rows of one input. It is read once to be counted, and once more for the rows themselves."""

    def __init__(self, path: Path, *, output: Path | None = None, command: Command = "check") -> None:
        self.path = path
        self._articles = Articles(path, output=output, checks=command == "check")
        self.name = printable_name(path)
        if str(path) == "-":
            raise InputError("-: standard input cannot be read again after a break; write the rows to a file")
        if not path.exists():
            raise InputError(f"{self.name}: no such file or folder; name a .jsonl, .csv or .parquet file, or a folder")
        self._read, self._count = self._reader()

    def survey(self) -> Survey:
        """Count the rows and take the digest of the input."""
        digest = hashlib.sha256()
        try:
            for data in self._content():
                digest.update(data)
            found = Survey(self._count(), digest.hexdigest())
        except OSError as error:
            raise InputError(f"{self.name}: cannot read: {error.strerror or error}") from error
        if not found.rows and self.path.is_dir():
            raise InputError(f"{self.name}: has no article in it; name the folder that holds them")
        return found

    def read(self, wanted: Wanted = lambda _: True) -> Iterator[Row]:
        """The rows whose numbers are wanted, in order."""
        try:
            yield from self._read(wanted)
        except OSError as error:
            raise InputError(f"{self.name}: cannot read: {error.strerror or error}") from error

    def _reader(self) -> tuple[Callable[[Wanted], Iterator[Row]], Callable[[], int]]:
        ending = self.path.suffix.lower()
        if self.path.is_dir():
            return self._of_folder, lambda: len(self._articles.files())
        if ending in LINES:
            return self._of_lines, lambda: sum(1 for _ in self._lines())
        if ending == ".csv":
            return self._of_csv, lambda: sum(1 for _ in self._of_csv(lambda _: True))
        if ending in PARQUET:
            from summarizer.batch import parquet  # noqa: PLC0415 (an optional library)

            parquet.library()
            return self._of_parquet, lambda: parquet.count(self.path)
        raise InputError(f"{self.name}: what is it? Name a .jsonl, .csv or .parquet file, or a folder of files")

    def _content(self) -> Iterator[bytes]:
        if not self.path.is_dir():
            yield from _chunks(self.path)
            return
        for path in self._articles.files():
            yield f"\0{path.relative_to(self.path).as_posix()}\0".encode("utf-8", "surrogateescape")
            try:
                yield from _chunks(path)
            except OSError:  # its row will say so
                yield b"\0cannot be read\0"

    def _lines(self) -> Iterator[bytes]:
        """Every line that is not blank, cut where it is longer than a row may be."""
        with self.path.open("rb") as file:
            while line := file.readline(LONGEST_LINE + 1):
                rest = line
                while rest and not rest.endswith(b"\n"):
                    rest = file.readline(CHUNK)
                if line.strip(BLANK):
                    yield line

    def _of_lines(self, wanted: Wanted) -> Iterator[Row]:
        return (_of_line(number, line) for number, line in enumerate(self._lines()) if wanted(number))

    def _of_parquet(self, wanted: Wanted) -> Iterator[Row]:
        from summarizer.batch import parquet  # noqa: PLC0415 (an optional library)

        return (_of_values(number, one) for number, one in enumerate(parquet.records(self.path)) if wanted(number))

    def _of_csv(self, wanted: Wanted) -> Iterator[Row]:
        csv.field_size_limit(CSV_FIELD)
        with self.path.open("rb") as file, io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline="") as text:
            table = csv.reader(text, strict=True)
            names = self._columns(table)
            number = 0
            while True:
                above = table.line_num
                try:
                    fields = next(table)
                except StopIteration:
                    return
                except csv.Error as error:
                    fault = f"no row of CSV in {_places(above + 1, table.line_num)}: {error}"
                    row = faulty(number, None, f"{fault}; close each quote, and double those within a text")
                else:
                    if not fields:  # a blank line
                        continue
                    row = _of_fields(number, names, fields, _places(above + 1, table.line_num))
                if wanted(number):
                    yield row
                number += 1

    def _columns(self, table: Iterator[list[str]]) -> list[str]:
        """The names in the first line. Raises an `InputError` where they are none of rows, or one stands there twice."""
        try:
            names = next(table, [])
        except csv.Error:
            names = []
        if not _names_rows(names):
            commas = "" if len(names) > 1 or not set(";\t") & set("".join(names)) else "; put commas between them"
            raise InputError(
                f"{self.name}: the first line must name the columns: id, source or source_path, ...{commas}"
            )
        if twice := named_twice(names):
            raise InputError(f"{self.name}: the first line names {twice} twice; leave one out")
        return names

    def _of_folder(self, wanted: Wanted) -> Iterator[Row]:
        files = enumerate(self._articles.files())
        return (self._articles.row(number, path) for number, path in files if wanted(number))


def faulty(number: int, id: Any, fault: str) -> Row:
    """A row of no use."""
    return Row(number, id if _is_id(id) else str(id) if type(id) is int else f"row {number + 1}", fault=fault)


def _of_line(number: int, line: bytes) -> Row:
    if len(line) > LONGEST_LINE:
        return faulty(number, None, f"the row has more than {LONGEST_LINE // 1024**2} MB")
    try:
        text = line.strip(BLANK).decode("utf-8-sig" if number == 0 else "utf-8")
        values = json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    except UnicodeDecodeError as error:
        return faulty(number, None, f"not UTF-8 at byte {error.start}")
    except json.JSONDecodeError as error:
        return faulty(number, None, f"the row is not JSON: {error.msg} at column {error.colno}")
    except RecursionError:
        return faulty(number, None, "the row nests brackets too deep")
    except ValueError as error:
        return faulty(number, None, f"the row {error}")
    if not isinstance(values, dict):
        return faulty(number, None, 'the row is no object; it looks like {"id": "a1", "source": "..."}')
    return _of_values(number, values)


def _names_rows(columns: Collection[str]) -> bool:
    """Whether a table has the columns without which none of its rows can be used."""
    return "id" in columns and ("source" in columns or "source_path" in columns)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            yield data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("has a key twice in one object; leave one out")
    return found


def _refused(name: str) -> Any:
    raise ValueError(f"holds {name}, which is not JSON")


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and not LONE_SURROGATE.search(value)


def _of_fields(number: int, names: Sequence[str], fields: Sequence[str], places: str) -> Row:
    if len(fields) != len(names):
        own = fields[0] if names[0] == "id" else None  # what stands behind a comma too many may be anything
        told = f"the row in {places} has {len(fields)} {'field' if len(fields) == 1 else 'fields'}"
        more = len(fields) > len(names)
        hint = "put a text with commas in quotes" if more else "a field that is empty keeps its comma"
        return faulty(number, own, f"{told}, the first line names {len(names)}; {hint}")
    return _of_values(number, {name: one or None for name, one in zip(names, fields, strict=True)})


def _places(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _of_values(number: int, values: Mapping[str, Any]) -> Row:
    named = values.get("id")
    if named is None or named == "":
        return faulty(number, None, "the row has no id")
    if not (_is_id(named) or type(named) is int):
        return faulty(number, None, f"id must be a text of at most {LONGEST_ID} characters, or a whole number")
    try:
        sources = _texts(values, "source")
        summaries = _texts(values, "summary")
    except ValueError as error:
        return faulty(number, named, str(error))
    if not sources:
        return faulty(number, named, "the row has neither source nor source_path")
    if len(summaries) > 1:
        return faulty(number, named, "summary must be one text")
    return Row(number, str(named), sources, summaries[0] if summaries else None)


def _texts(values: Mapping[str, Any], name: str) -> tuple[Text, ...]:
    """The texts of a field, or the files that its `_path` names. Raises a `ValueError`."""
    text, path = values.get(name), values.get(f"{name}_path")
    if text is not None and path is not None:
        raise ValueError(f"{name} and {name}_path are both given; leave one out")
    given = text if path is None else path
    listed = list(given) if isinstance(given, (list, tuple)) else [] if given is None else [given]
    field = name if path is None else f"{name}_path"
    if not all(isinstance(one, str) for one in listed):
        raise ValueError(f"{field} must be a text or a list of texts")
    if given is not None and not listed:
        raise ValueError(f"{field} is an empty list")
    if any(LONE_SURROGATE.search(one) for one in listed if not one.isascii()):
        raise ValueError(f"{field} is not UTF-8, or holds half of a sign")
    named = {only_names(one) for one in listed if path is None}
    if "address" in named:
        raise ValueError(f"{field} is a web address, which no batch fetches; give the text of the page")
    if "file" in named:
        raise ValueError(f"{field} looks like the name of a file; call the field {name}_path")
    return tuple(Text(one, is_path=path is not None) for one in listed)


def as_message(row: Row) -> bytes:
    """The row as it goes to a worker."""
    return json.dumps(row).encode("utf-8", "surrogatepass")


def of_message(data: bytes) -> Row:
    number, name, sources, summary, fault = json.loads(data.decode("utf-8", "surrogatepass"))
    return Row(number, name, tuple(Text(*one) for one in sources), Text(*summary) if summary else None, fault)
