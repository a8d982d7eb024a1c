"""Reading without a process for each file, where what is looked at is what a reader makes of it."""

import pytest

from summarizer.reading.formats import sandbox
from summarizer.reading.formats.extract import Extract
from summarizer.reading.formats.readers import READERS
from summarizer.reading.formats.sniff import Format


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers run in this process: one of its own costs half a second a file. `test_formats` holds that to its limits."""

    def extract(data: bytes, *, format: Format, name: str, encoding: str | None) -> Extract:
        return READERS[format].read(data, name=name, encoding=encoding)

    monkeypatch.setattr(sandbox, "extract_apart", extract)
