"""Parquet, in and out, with pyarrow where it is installed; a few rows at a time."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from summarizer.batch.records import FIELDS, Counts, named_twice
from summarizer.errors import InputError, UsageError
from summarizer.reading import printable_name

FEW = 64  # rows in memory at a time


def library() -> tuple[Any, Any]:
    """pyarrow and its module for Parquet. Raises a `UsageError` where it is not installed."""
    try:
        import pyarrow  # noqa: PLC0415 (an optional library of 150 MB)
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            "Parquet needs pyarrow: pip install 'checked-summarizer[parquet]', or use .jsonl or .csv"
        ) from None
    return pyarrow, parquet


def count(path: Path) -> int:
    return int(_file(path).metadata.num_rows)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The columns that a row may have."""
    file = _file(path)
    there = [name for name in FIELDS if name in file.schema_arrow.names]
    if "id" not in there or not {"source", "source_path"} & set(there):
        raise InputError(f"{printable_name(path)}: must have a column id, and source or source_path")
    if twice := named_twice(file.schema_arrow.names):
        raise InputError(f"{printable_name(path)}: two columns are called {twice}; leave one out")
    try:
        for batch in file.iter_batches(batch_size=FEW, columns=there):
            yield from batch.to_pylist()
    except (library()[0].ArrowException, OSError) as error:
        raise _unreadable(path, error) from None


def _file(path: Path) -> Any:
    pyarrow, parquet = library()
    try:
        return parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> InputError:
    said = " ".join(str(error).split())[:120]
    return InputError(f"{printable_name(path)}: is no Parquet file that can be read: {said}")


class ParquetSink:
    """Writes the lines of the output as rows of Parquet, a group of rows for each part."""

    def __init__(self, file: BinaryIO) -> None:
        self._pyarrow, parquet = library()
        self._schema = _schema(self._pyarrow)
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")

    def write(self, lines: list[bytes]) -> None:
        rows = [_flat(json.loads(line)) for line in lines]
        self._writer.write_table(self._pyarrow.Table.from_pylist(rows, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


def _schema(arrow: Any) -> Any:
    text, whole, real = arrow.string(), arrow.int64(), arrow.float64()
    evidence = arrow.struct([("document", text), ("start", whole), ("end", whole), ("quote", text)])
    likely = [(name, real) for name in ("p_supported", "p_contradicted", "p_not_in_source")]
    outcome = [("outcome", text), ("label", text), ("reason", text), *likely, ("evidence", arrow.list_(evidence))]
    claim = arrow.struct([("id", text), ("text", text), *outcome, ("record", text)])
    source = arrow.struct([("id", text), ("name", text), ("sha256", text), ("text", text)])
    spent = [("calls", whole), ("input_tokens", whole), ("output_tokens", whole), ("cost_usd", real)]
    return arrow.schema([
        ("id", text), ("key", text), ("status", text), ("error_kind", text), ("error_message", text),
        *((name, whole) for name in Counts.model_fields), ("faithfulness", real), ("summary", text),
        ("claims", arrow.list_(claim)), *spent, ("warnings", arrow.list_(text)), ("sources", arrow.list_(source)),
    ])  # fmt: skip


def _flat(result: dict[str, Any]) -> dict[str, Any]:
    error = result.pop("error") or {}
    usage, claims, counts = result.pop("usage"), result.pop("claims"), result.pop("counts")
    return {
        **result,
        **counts,
        **usage,
        "error_kind": error.get("kind"),
        "error_message": error.get("message"),
        "claims": [_claim(one) for one in claims],
    }


def _claim(check: dict[str, Any]) -> dict[str, Any]:
    """What a table is asked for; `record` is the whole of it as JSON."""
    outcome = check["outcome"]
    found = outcome.get("evidence") or outcome.get("nearest") or []
    likely = outcome.get("probabilities") or {}
    return {
        "id": check["claim"]["id"],
        "text": check["claim"]["text"],
        "outcome": outcome["kind"],
        "label": outcome.get("label"),
        "reason": outcome.get("reason"),
        **{f"p_{name}": value for name, value in likely.items()},
        "evidence": [{"document": one["document"], **one["span"], "quote": one["quote"]} for one in found],
        "record": json.dumps(check, ensure_ascii=False),
    }
