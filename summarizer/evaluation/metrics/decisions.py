"""How many claims are decided, and how far decisions can be trusted: selective classification."""

from summarizer.evaluation.metrics.classification import right
from summarizer.evaluation.metrics.definition import MetricDefinition, Share, always, decided, mean
from summarizer.schema import Reason

FAILED = frozenset(
    {
        Reason.NO_ANSWER,
        Reason.BAD_REPLY,
        Reason.REFUSED,
        Reason.TRUNCATED,
        Reason.UNAVAILABLE,
        Reason.BUDGET,
        Reason.INTERRUPTED,
        Reason.TOO_LONG,
    }
)
"""Reasons of an unchecked claim that are a failure to answer. Undecided is an answer."""

UNDECIDED = Share(always, lambda one: one.outcome == "undecided")
UNCHECKED = Share(always, lambda one: one.outcome == "unchecked")

METRICS = (
    MetricDefinition(
        "selective_accuracy",
        "selective accuracy",
        "share of the decided claims with the right one of the three labels; read it beside decision_coverage",
        "higher",
        "share",
        mean(Share(decided, right)),
        section="headline",
    ),
    MetricDefinition(
        "decision_coverage",
        "claims decided",
        "share of all claims that got a verdict: neither undecided nor unchecked",
        "higher",
        "share",
        mean(Share(always, decided)),
        section="headline",
    ),
    MetricDefinition(
        "undecided_rate",
        "claims undecided",
        "share of all claims that were judged and not decided",
        "lower",
        "share",
        mean(UNDECIDED),
        section="headline",
        column="undecided",
        compared=(UNDECIDED,),
    ),
    MetricDefinition(
        "unchecked_rate",
        "claims unchecked",
        "share of all claims that were not judged, for whatever reason",
        "lower",
        "share",
        mean(UNCHECKED),
        section="headline",
        column="unchecked",
        compared=(UNCHECKED,),
    ),
    MetricDefinition(
        "unanswered",
        "claims without an answer",
        "share of all claims that were not judged because a call failed, was refused or ran out of budget, or the claim was too long",
        "lower",
        "share",
        mean(Share(always, lambda one: one.reason in FAILED)),
        section="headline",
    ),
)
