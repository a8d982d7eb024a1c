"""`Report` as one HTML file: the summary and its claims on one side, the source on the other."""

from summarizer.report.formats.html.page import render

__all__ = ["render"]
