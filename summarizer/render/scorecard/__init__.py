"""A `Scorecard` in the forms that people and programs read."""

from summarizer.render.scorecard.html import to_html
from summarizer.render.scorecard.json import to_json
from summarizer.render.scorecard.junit import to_junit
from summarizer.render.scorecard.markdown import to_markdown
from summarizer.render.scorecard.text import to_text

__all__ = ["to_html", "to_json", "to_junit", "to_markdown", "to_text"]
