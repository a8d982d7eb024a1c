"""Prove that a quote stands in a document; turn drafts into records."""

from summarizer.grounding.locate import locate, stands_in
from summarizer.grounding.records import GroundedVerdict, ground_claims, ground_verdict

__all__ = ["GroundedVerdict", "ground_claims", "ground_verdict", "locate", "stands_in"]
