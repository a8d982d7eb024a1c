"""A `Report` in the forms that people and programs read."""

from typing import Literal

from summarizer.render.csv import to_csv
from summarizer.render.github import to_github
from summarizer.render.json import to_json
from summarizer.render.jsonl import to_jsonl
from summarizer.render.junit import to_junit
from summarizer.render.markdown import to_markdown
from summarizer.render.report import to_html
from summarizer.render.sarif import to_sarif
from summarizer.render.text import to_text

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
