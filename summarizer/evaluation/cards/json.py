"""`Scorecard` as JSON: the record itself, with nothing in it that can steer a terminal."""

from summarizer.evaluation.scorecard import Scorecard
from summarizer.report.safe import printable_json


def to_json(card: Scorecard) -> str:
    """Return the scorecard as indented JSON, to be compared and gated again."""
    return printable_json(card.model_dump(mode="json"), indent=2) + "\n"
