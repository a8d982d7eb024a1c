"""Labelled negatives from any article: its own sentences, each with one error put in by code.

    article --supported claims--> sentences --mutations--> Mutant* --mutated_suite--> Suite --evaluate--> Scorecard

A self-test without labels: what the article says is supported, and what code
changed in it is not. A kind of error is left out where the result would not be
English, or could be true; so the kinds are unequally frequent, and each is a plain
form of its error. Errors that people and models make are harder to see.
"""

from summarizer.evaluation.mutate.context import Mutant
from summarizer.evaluation.mutate.sentence import SEED, mutations
from summarizer.evaluation.mutate.suites import case_files, mutated_suite

__all__ = ["SEED", "Mutant", "case_files", "mutated_suite", "mutations"]
