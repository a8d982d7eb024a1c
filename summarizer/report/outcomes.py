"""The outcome of a claim as a reader meets it: its name, its sign and its words."""

from enum import StrEnum

from summarizer.deciding import WORDS
from summarizer.schema import Doubt, Label, Outcome, Probabilities, Unchecked, Undecided, Verdict


class Look(StrEnum):
    """What a reader sees of an outcome.

    One more than there are outcomes: a question or a heading is `unchecked` in the record, and yet no failure.
    """

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_IN_SOURCE = "not_in_source"
    UNDECIDED = "undecided"
    UNCHECKED = "unchecked"
    NOTHING_TO_CHECK = "nothing_to_check"

    @property
    def words(self) -> str:
        """`not in source`."""
        return self.value.replace("_", " ")

    @property
    def sign(self) -> str:
        return SIGNS[self]


SIGNS = dict(zip(Look, "✓✗∅≈?–", strict=True))
MEANINGS = {
    Look.SUPPORTED: "the source says it",
    Look.CONTRADICTED: "the source says otherwise",
    Look.NOT_IN_SOURCE: "the source does not say it; it may be true or not",
    Look.UNDECIDED: "checked, but not surely enough: read it beside the source yourself",
    Look.UNCHECKED: "not checked, for the reason given",
    Look.NOTHING_TO_CHECK: "a question or a heading",
}
"""What each outcome means to a reader."""
PROBLEMS = (Look.CONTRADICTED, Look.NOT_IN_SOURCE)
"""What is wrong with a summary."""
OPEN = (Look.UNDECIDED, Look.UNCHECKED)
"""What nobody knows of a summary."""
WORST_FIRST = (*PROBLEMS, *OPEN, Look.SUPPORTED, Look.NOTHING_TO_CHECK)
PROBABLE = 0.8  # as likely as a claim of which nothing is known, by the default prior; below that nothing is "probable"
POSSIBLE = 0.6  # nearer to even than that, a label is only what it leans to


def look_of(outcome: Outcome) -> Look:
    if isinstance(outcome, Verdict):
        return Look(outcome.label.value)
    if isinstance(outcome, Undecided):
        return Look.UNDECIDED
    return Look.NOTHING_TO_CHECK if outcome.states_nothing else Look.UNCHECKED


def outcome_words(outcome: Outcome) -> str:
    """`contradicted`, `undecided: perhaps supported (0.71)` or `unchecked: budget`."""
    if isinstance(outcome, Verdict):
        return WORDS[outcome.label]
    if isinstance(outcome, Unchecked):
        return look_of(outcome).words if outcome.states_nothing else f"unchecked: {outcome.reason.replace('_', ' ')}"
    parts = ["the judges disagree"] if outcome.reason is Doubt.JUDGES_DISAGREE else []
    parts += [_leaning(outcome.leaning, outcome.probabilities)] if outcome.leaning else []
    return f"undecided: {', '.join(parts)}" if parts else "undecided"


def _leaning(label: Label, probabilities: Probabilities | None) -> str:
    if probabilities is None:
        return f"leans to {WORDS[label]}"
    likely = probabilities[label]
    how = "probably" if likely >= PROBABLE else "perhaps" if likely >= POSSIBLE else "unclear, leans to"
    return f"{how} {WORDS[label]} ({likely:.2f})"
