"""A `Report` in the forms that people and programs read."""

from typing import Literal

from summarizer.render.json import to_json
from summarizer.render.markdown import to_markdown
from summarizer.render.text import to_text

Format = Literal["text", "json", "markdown"]

__all__ = ["Format", "to_json", "to_markdown", "to_text"]
