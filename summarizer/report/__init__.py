"""A `Report` in the forms that people and programs read."""

from typing import Literal

from summarizer.report.csv import to_csv
from summarizer.report.github import to_github
from summarizer.report.json import to_json
from summarizer.report.jsonl import to_jsonl
from summarizer.report.junit import to_junit
from summarizer.report.markdown import to_markdown
from summarizer.report.page_parts import to_html
from summarizer.report.sarif import to_sarif
from summarizer.report.text import to_text

Format = Literal["text", "json", "markdown", "html", "csv", "jsonl", "junit", "sarif", "github"]

__all__ = [
    "Format",
    "to_csv",
    "to_github",
    "to_html",
    "to_json",
    "to_jsonl",
    "to_junit",
    "to_markdown",
    "to_sarif",
    "to_text",
]
