"""`Report` as JSON: the record itself, with nothing in it that a terminal obeys."""

import json

from summarizer.report.safe import printable_json
from summarizer.schema import Report


def render(report: Report) -> str:
    """Return the report as indented JSON; the schema is `docs/report-schema.json`."""
    return printable_json(report.model_dump(mode="json"), indent=2) + "\n"


def report_schema() -> str:
    """Return the JSON Schema of a report."""
    return json.dumps(Report.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2) + "\n"
