"""Records of column files: Parquet, and the folders that the `datasets` library of Hugging Face writes or its Hub holds."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from summarizer.errors import CaseError, UsageError
from summarizer.reading import printable_name

FEW = 64  # records in memory at a time
PARQUET = (".parquet", ".pq")
SPLITS = ("train", "validation", "valid", "val", "dev", "test")


def parquet_records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a Parquet file. Raises a `CaseError`, and a `UsageError` where pyarrow is not installed."""
    parquet = _library(path)
    with _readable(path):
        for batch in parquet.ParquetFile(path).iter_batches(batch_size=FEW):
            yield from batch.to_pylist()


def arrow_records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of an Arrow stream, as `save_to_disk` of `datasets` writes it. Raises like `parquet_records`."""
    _library(path)
    from pyarrow import ipc  # noqa: PLC0415 (an optional library of 150 MB)

    open_stream: Any = ipc.open_stream
    with _readable(path), path.open("rb") as file, open_stream(file) as batches:
        for batch in batches:
            for start in range(0, batch.num_rows, FEW):
                yield from batch.slice(start, FEW).to_pylist()


def dataset_files(folder: Path) -> list[tuple[Path, str | None]]:
    """The files of a data set's folder, each with the split that it is of, where folder or file name says so.

    Raises a `CaseError` where the folder holds none.
    """
    found = sorted(path for ending in (".arrow", *PARQUET) for path in folder.rglob(f"*{ending}"))
    kept = [path for path in found if not path.name.startswith("cache-")]
    if not kept:
        raise CaseError(
            f"{printable_name(folder)}: holds neither .arrow nor .parquet files; name a file, or a data set"
        )
    named = [(_numbered(folder, path), _split(folder, path)) for path in kept]
    return [(path, split) for (_, path), split in sorted(named)]


def _numbered(folder: Path, path: Path) -> tuple[int, Path]:
    """The place of a file that `state.json` lists; the others by name."""
    try:
        listed = json.loads((path.parent / "state.json").read_text(encoding="utf-8"))["_data_files"]
        names = [one["filename"] for one in listed]
    except (OSError, ValueError, KeyError, TypeError):
        names = []
    return (names.index(path.name) if path.name in names and path.parent == folder else 0, path)


def _split(folder: Path, path: Path) -> str | None:
    """`test` of `test/data-00000-of-00001.arrow` and of `data/test-00000-of-00001.parquet`."""
    words = [*path.relative_to(folder).parts[:-1], path.stem.split("-")[0].split(".")[0]]
    return next((word for word in reversed(words) if word in SPLITS), None)


def _library(path: Path) -> Any:
    """pyarrow's module for Parquet."""
    try:
        from pyarrow import parquet  # noqa: PLC0415 (an optional library of 150 MB)
    except ImportError:
        raise UsageError(
            f"{printable_name(path)}: needs pyarrow: pip install 'checked-summarizer[parquet]', or use .jsonl or .csv"
        ) from None
    return parquet


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    import pyarrow  # noqa: PLC0415 (an optional library of 150 MB)

    try:
        yield
    except (pyarrow.ArrowException, OSError) as error:
        said = " ".join(str(error).split())[:120]
        raise CaseError(f"{printable_name(path)}: cannot be read as {path.suffix[1:]}: {said}") from None
