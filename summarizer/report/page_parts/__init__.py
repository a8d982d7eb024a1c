"""A `Report` as one HTML file: the summary and its claims on one side, the source on the other."""

from summarizer.report.page_parts.html import to_html

__all__ = ["to_html"]
