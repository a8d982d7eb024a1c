"""Prove that a quote stands in a document; turn drafts into records."""

from summarizer.grounding.locate import locate, stands_in
from summarizer.grounding.records import Grounded, ground_claims, ground_judgement

__all__ = ["Grounded", "ground_claims", "ground_judgement", "locate", "stands_in"]
