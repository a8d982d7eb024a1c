"""What goes into a batch and what comes out of it, one record a row."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from summarizer.schema import Check, Reason, Usage
from summarizer.schema.text import Record

Status = Literal["ok", "error", "interrupted"]
Command = Literal["summarize", "check"]
FAILED_CALLS = frozenset({Reason.NO_ANSWER, Reason.BAD_REPLY, Reason.TRUNCATED, Reason.UNAVAILABLE})


LINES = (".jsonl", ".ndjson")
PARQUET = (".parquet", ".pq")
FIELDS = ("id", "source", "source_path", "summary", "summary_path")


class Text(NamedTuple):
    """One text of a row: given in it, or the file that holds it."""

    value: str
    is_path: bool = False


class Row(NamedTuple):
    """One row as it was read."""

    number: int
    """Its place in the input, from 0."""
    id: str
    sources: tuple[Text, ...] = ()
    summary: Text | None = None
    fault: str | None = None
    """Why it is of no use; then it has no texts."""


class RowError(Record):
    """Why a row has no result."""

    kind: str
    """`row` (the row itself), `input`, `usage`, `unavailable`, `worker`, `internal`, ..."""
    message: str
    """What is wrong, in one line."""


class Source(Record):
    """A source of a row; its text only where the whole was asked for."""

    id: str
    """As the evidence names it."""
    name: str
    """Name of the file, or which source of the row it is."""
    sha256: str
    """SHA-256 of its text, which the offsets of the evidence refer to."""
    text: str | None = None
    """The text itself, with `--full` only."""


class Counts(Record):
    """How the claims of a row came out."""

    supported: Annotated[int, Field(ge=0)] = 0
    contradicted: Annotated[int, Field(ge=0)] = 0
    not_in_source: Annotated[int, Field(ge=0)] = 0
    undecided: Annotated[int, Field(ge=0)] = 0
    unchecked: Annotated[int, Field(ge=0)] = 0
    nothing_to_check: Annotated[int, Field(ge=0)] = 0
    """Questions and headings, which state nothing."""


class RowResult(Record):
    """One row of the output."""

    id: str
    """As the input has it; the number of the row where it has none that can be used."""
    key: str = ""
    """SHA-256 of the row's texts, command, settings, models, prompts and version; empty where it was not read."""
    status: Status
    """Whether there is a result."""
    error: RowError | None = None
    """Why there is none."""
    counts: Counts = Counts()
    """How many claims came out as what."""
    faithfulness: float | None = None
    """Supported share of the claims; null where there are none."""
    summary: str | None = None
    """The summary that was written or given."""
    claims: tuple[Check, ...] = ()
    """Every claim with its outcome and its evidence, as in a report."""
    usage: Usage = Usage()
    """What the row cost."""
    warnings: tuple[str, ...] = ()
    """What a reader should know before trusting it."""
    sources: tuple[Source, ...] = ()
    """What the claims were checked against."""


def named_twice(columns: Sequence[str]) -> str | None:
    """The field that two columns of a table have the name of."""
    return next((name for name in FIELDS if columns.count(name) > 1), None)


def claims_in(counts: Mapping[str, int]) -> int:
    """How many claims of a line state something."""
    return sum(counts.values()) - counts["nothing_to_check"]


def added(one: float | None, other: float | None) -> float | None:
    """Their sum; None where one of them is not known."""
    return None if one is None or other is None else one + other


def call_failed(outcome: Mapping[str, Any]) -> bool:
    """Whether a claim of a line is unchecked because a call got no usable answer."""
    return outcome["kind"] == "unchecked" and outcome["reason"] in FAILED_CALLS


def wants_another_try(line: bytes) -> bool:
    """Whether a result is an error, or has a claim that a call has failed."""
    result = json.loads(line)
    return result["status"] == "error" or any(call_failed(one["outcome"]) for one in result["claims"])
