"""Errors put into sentences by code, so that it is known that the article does not say them.

A kind of error is left out where the result would not be English, or could be true; so the kinds are unequally
frequent, and each is a plain form of its error. Errors that people and models make are harder to see.
"""

from summarizer.mutation.context import Mutant
from summarizer.mutation.sentence import SEED, mutations
from summarizer.mutation.stated import spread, stated

__all__ = ["SEED", "Mutant", "mutations", "spread", "stated"]
