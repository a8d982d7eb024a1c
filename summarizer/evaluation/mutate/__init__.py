"""Labelled negatives out of any article: its own sentences, each broken in one place.

    article --supported claims--> sentences --mutations--> Mutant* --planted--> Suite --evaluate--> Scorecard

A self-test without labels: what the article says is supported, and what code
changed in it is not. A kind is left out where the result would be no English, or
could be true; so the kinds are unequally frequent, and each is the plain form of
its error. What a person or a model gets wrong is harder to see than this.
"""

from summarizer.evaluation.mutate.planting import case_files, planted
from summarizer.evaluation.mutate.scene import Mutant
from summarizer.evaluation.mutate.sentence import SEED, mutations

__all__ = ["SEED", "Mutant", "case_files", "mutations", "planted"]
