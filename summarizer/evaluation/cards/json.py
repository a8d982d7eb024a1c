"""`Scorecard` as JSON: the record itself, with nothing in it that can steer a terminal."""

import json
import re

from summarizer.evaluation.scorecard import Scorecard
from summarizer.report.safe import CONTROLS


def to_json(card: Scorecard) -> str:
    """Return the scorecard as indented JSON, to be compared and gated again."""
    text = json.dumps(card.model_dump(mode="json"), ensure_ascii=False, indent=2, allow_nan=False)
    return CONTROLS.sub(lambda match: _escape(match[0]), text) + "\n"


def _escape(character: str) -> str:
    """The JSON escape of a character: it can only stand inside a string."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return re.sub(r"(.{4})", r"\\u\1", units)
