"""A `Scorecard` in the forms that people and programs read."""

from summarizer.evaluation.cards.html import to_html
from summarizer.evaluation.cards.json import to_json
from summarizer.evaluation.cards.junit import to_junit
from summarizer.evaluation.cards.markdown import to_markdown
from summarizer.evaluation.cards.text import to_text

__all__ = ["to_html", "to_json", "to_junit", "to_markdown", "to_text"]
