"""Records of a file, one after the other: JSON lines, a JSON list or CSV, plain, .gz or .xz; Parquet; a folder of `datasets`.

Nothing is held but the record at hand (a JSON list is one record in this), and
nothing is believed: a line, a whole list and what a packed file unpacks to each have a limit.
"""

import csv
import gzip
import itertools
import json
import lzma
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.errors import CaseError
from summarizer.evaluation.benchmarks.columns import PARQUET, arrow_records, dataset_files, parquet_records
from summarizer.reading import OTHER_FORMATS, printable_name

LONGEST_LINE = 8 * 1024**2  # bytes; the longest text that the project reads
LARGEST_LIST = 256 * 1024**2  # bytes; a JSON list is read as one, the largest published is 29 MB
LARGEST = 2 * 1024**3  # bytes, unpacked
PACKED = (".gz", ".xz")
DELIMITERS = ",;\t"  # the first that the header has: spreadsheets of many countries write semicolons

Opened = BufferedReader | gzip.GzipFile | lzma.LZMAFile


class Entry(NamedTuple):
    """A record of a file, and where it stands."""

    place: str
    """For people: `line 3`, or `record 3` of a list."""
    number: int
    """The line of JSON lines, else the record, counted from 1."""
    fields: dict[str, Any]


def entries(path: Path, *, largest: int = LARGEST) -> Iterator[Entry]:
    """Read the records of a file of at most `largest` bytes, unpacked.

    Raises a `CaseError` that names file, line and fault.
    """
    if path.is_dir():
        yield from _folder(path)
        return
    if plain_name(path).lower().endswith(PARQUET):
        yield from _records(parquet_records(path))
        return
    with _opened(path) as file:
        head = file.peek(4096)[:4096].removeprefix(BOM_UTF8)
        start = head.lstrip()[:1]
        if plain_name(path).lower().endswith((".csv", ".tsv")):
            yield from _table(path, _lines(path, file, largest))
        elif start == b"[":
            yield from _list(path, file)
        elif start == b"{" and not _is_line(head):
            yield from _object_of_lists(path, file)
        elif start == b"{" or not head:
            yield from _lines_of_json(path, _lines(path, file, largest))
        else:
            known = (*OTHER_FORMATS, (b"PAR1", "a Parquet file; call it .parquet"))
            what = next((f"is {what}; " for mark, what in known if head.startswith(mark)), "")
            raise _fault(path, f"{what}give JSON lines, a JSON list, a .csv or a .parquet file")


def plain_name(path: Path) -> str:
    """The file's name without what says that it is packed.

    >>> plain_name(Path("some/claims.jsonl.xz"))
    'claims.jsonl'
    """
    return path.stem if path.suffix in PACKED else path.name


def delimiter_of(header: str) -> str:
    """What parts the cells of a table with that first line.

    >>> delimiter_of("text;label"), delimiter_of("text")
    (';', ',')
    """
    return next((sign for sign in DELIMITERS if sign in header), ",")


def beside(path: Path, name: str) -> Path:
    """The file of that name in the same folder, plain or packed. Raises a `CaseError` where there is none."""
    for suffix in ("", *PACKED):
        if (found := path.parent / f"{name}{suffix}").is_file():
            return found
    raise _fault(path, f"needs {name} in the same folder")


@contextmanager
def _opened(path: Path) -> Iterator[Opened]:
    try:
        with _open(path) as file:
            yield file
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile):
        raise _fault(path, f"is broken as a {path.suffix} file; fetch it again") from None
    except OSError as error:
        raise _fault(path, f"cannot be read: {error.strerror or error}") from None


def _open(path: Path) -> Opened:
    if path.suffix == ".gz":
        return gzip.GzipFile(path, "rb")
    return lzma.LZMAFile(path) if path.suffix == ".xz" else path.open("rb")


def _lines(path: Path, file: Opened, largest: int) -> Iterator[str]:
    read = 0
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        read += len(line)
        if len(line) > LONGEST_LINE:
            raise _fault(path, f"line {number}: is longer than {LONGEST_LINE // 1024**2} MB")
        if read > largest:
            raise _fault(path, f"line {number}: more than {largest // 1024**2} MB up to here; split the file")
        try:
            text = (line.removeprefix(BOM_UTF8) if number == 1 else line).decode("utf-8")
        except UnicodeDecodeError as error:
            raise _fault(path, f"line {number}: is not UTF-8 at byte {error.start}; save it as UTF-8") from None
        yield text.replace("\r\n", "\n")  # in a cell of several lines it would be of the text


def _lines_of_json(path: Path, lines: Iterator[str]) -> Iterator[Entry]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"line {number}"
            yield Entry(place, number, _object(_parsed(line, path, place), path, place))


def _list(path: Path, file: Opened) -> Iterator[Entry]:
    text = file.read(LARGEST_LIST + 1)
    if len(text) > LARGEST_LIST:
        raise _fault(path, f"is a JSON list of more than {LARGEST_LIST // 1024**2} MB; make it JSON lines")
    for number, one in enumerate(_parsed(text.removeprefix(BOM_UTF8), path, "the list"), 1):
        place = f"record {number}"
        yield Entry(place, number, _object(one, path, place))


def _is_line(head: bytes) -> bool:
    """Whether a file that begins with an object has it on one line, or is too long a line to tell."""
    line, end, _ = head.lstrip().partition(b"\n")
    return not end or line.rstrip().endswith(b"}")


def _object_of_lists(path: Path, file: Opened) -> Iterator[Entry]:
    """The records of an object over several lines, which is not one itself but holds a list of them."""
    text = file.read(LARGEST_LIST + 1)
    if len(text) > LARGEST_LIST:
        raise _fault(path, f"is one JSON object of more than {LARGEST_LIST // 1024**2} MB; make it JSON lines")
    whole = _object(_parsed(text.removeprefix(BOM_UTF8), path, "line 1"), path, "line 1")
    lists = [value for value in whole.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    if len(lists) != 1:
        raise _fault(path, "is a JSON object without one list of records; make it JSON lines, or a JSON list")
    for number, one in enumerate(lists[0], 1):
        yield Entry(f"record {number}", number, _object(one, path, f"record {number}"))


def _folder(path: Path) -> Iterator[Entry]:
    number = 0
    for file, split in dataset_files(path):
        records = arrow_records(file) if file.suffix == ".arrow" else parquet_records(file)
        for fields in records:
            number += 1
            own = {"split": split, **fields} if split else fields
            yield Entry(f"record {number} ({printable_name(file)})", number, own)


def _records(records: Iterator[dict[str, Any]]) -> Iterator[Entry]:
    for number, fields in enumerate(records, 1):
        yield Entry(f"record {number}", number, fields)


def _table(path: Path, lines: Iterator[str]) -> Iterator[Entry]:
    csv.field_size_limit(LONGEST_LINE)  # of the process; only ever wider than the 128 KB that it begins with
    first = next(lines, "")
    reader = csv.reader(itertools.chain([first] if first else [], lines), strict=True, delimiter=delimiter_of(first))
    header: Sequence[str] | None = None
    number, line = 0, 1
    try:
        for cells in reader:
            if header is None:
                header = cells
                if twice := next((one for one in cells if one and cells.count(one) > 1), None):
                    raise _fault(path, f"line 1: has two columns {printable_name(twice[:40])!r}; leave one of them out")
            elif any(cells):  # spreadsheets write their empty rows as separators
                number += 1
                if len(cells) != len(header):
                    raise _fault(path, f"line {line}: has {len(cells)} cells where the first line has {len(header)}")
                yield Entry(f"line {line}", number, dict(zip(header, cells, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _fault(path, f"line {line}: is not CSV: {error}") from None


def _parsed(text: str | bytes, path: Path, place: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_no_repeats)
    except (ValueError, RecursionError) as error:
        raise _fault(path, f"{place}: is not JSON: {error}") from None


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key appears twice in one object")
    return found


def _object(value: Any, path: Path, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _fault(path, f"{place}: is not a JSON object")
    return value


def _fault(path: Path, fault: str) -> CaseError:
    return CaseError(f"{printable_name(path)}: {fault}")
