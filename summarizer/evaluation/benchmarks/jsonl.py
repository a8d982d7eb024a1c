"""The project's own form: a claim a line, `{"document": ..., "claim": ..., "label": 1}`.

`source` stands for `document` and `text` for `claim` where a file calls them that; `source_path` names a text file
beside it instead.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from summarizer.evaluation.benchmarks.files import LONGEST_LINE, Entry, plain_name
from summarizer.evaluation.benchmarks.rows import Row, build_row

MARKS = frozenset({"document", "claim"})
LABELS = frozenset({"text", "label"})
DOCUMENTS = ("document", "source", "source_path")
OTHER_MARKS = tuple(
    frozenset({document, claim}) for document in DOCUMENTS for claim in ("claim", "text") if {document, claim} != MARKS
)


def reader(path: Path) -> Callable[[Entry], Iterator[Row]]:
    """Read `id, document, claim, label`, and `dataset` and `verdict3` where they are given.

    A missing id is the number of the line, a missing label is unknown (the claim is
    judged and not scored), a missing dataset is the name of the file. Other fields are ignored.
    """
    stem = plain_name(path).split(".")[0]
    texts = lru_cache(maxsize=8)(lambda name: _text_beside(path.parent, name))
    by_name = stem if stem.isprintable() and stem else "benchmark"

    def rows(entry: Entry) -> Iterator[Row]:
        fields = entry.fields
        yield build_row(
            id=_given(fields.get("id"), entry.number),
            dataset=_given(fields.get("dataset"), by_name),
            document=_document(fields, texts),
            claim=fields.get("claim") if fields.get("claim") is not None else fields.get("text"),
            label=fields.get("label"),
            verdict3=fields.get("verdict3"),
            split=fields.get("split"),
        )

    return rows


def _document(fields: Mapping[str, Any], texts: Callable[[str], str]) -> object:
    given = [name for name in DOCUMENTS if fields.get(name) not in (None, "")]
    if len(given) > 1:
        raise ValueError(f"has both {given[0]} and {given[1]}; give one of them")
    if given == ["source_path"]:
        return texts(str(fields["source_path"]))
    return fields[given[0]] if given else None


def _text_beside(folder: Path, name: str) -> str:
    """The text of a file in that folder or below it, its lines ended by LF. Raises a `ValueError`."""
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"source_path {name[:80]!r}: leaves the folder of the file")
        if path.stat().st_size > LONGEST_LINE:
            raise ValueError(f"source_path {name[:80]!r}: is larger than {LONGEST_LINE // 1024**2} MB")
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ValueError(f"source_path {name[:80]!r}: is not UTF-8") from None
    except OSError as error:
        raise ValueError(f"source_path {name[:80]!r}: {error.strerror or 'cannot be read'}") from None


def _given(value: object, otherwise: object) -> object:
    return otherwise if value is None else value
