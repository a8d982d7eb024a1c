"""`Report` as JSON: the record itself, with nothing in it that a terminal obeys."""

import json
import re
from typing import Any

from summarizer.report.safe import CONTROLS
from summarizer.schema import Report


def to_json(report: Report) -> str:
    """Return the report as indented JSON; the schema is `docs/report-schema.json`."""
    return printable_json(report.model_dump(mode="json"), indent=2) + "\n"


def printable_json(value: Any, *, indent: int | None = None) -> str:
    """Return JSON for people and programs: other scripts as they are, control characters as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return CONTROLS.sub(lambda match: _escape(match[0]), text)


def _escape(character: str) -> str:
    """The JSON escape of a character: it can only stand inside a string."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return re.sub(r"(.{4})", r"\\u\1", units)


def report_schema() -> str:
    """Return the JSON Schema of a report."""
    return json.dumps(Report.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2) + "\n"
