"""The counts that every form of a report ends with, and the words for outcomes."""

from collections import Counter

from summarizer.schema import Check, Label, Reason, Report, Unchecked

WORDS = {
    Label.SUPPORTED: "supported",
    Label.CONTRADICTED: "contradicted",
    Label.NOT_IN_SOURCE: "not in source",
}


def outcome_words(check: Check) -> str:
    """The outcome in words: `contradicted`, or `unchecked (uncertain)`."""
    outcome = check.outcome
    if isinstance(outcome, Unchecked):
        return f"unchecked ({outcome.reason.value.replace('_', ' ')})"
    return WORDS[outcome.label]


def counts_line(report: Report) -> str:
    """`5 claims: 4 supported, 1 contradicted, 0 not in source, 0 unchecked`."""
    counts = Counter(
        "unchecked" if isinstance(check.outcome, Unchecked) else WORDS[check.outcome.label] for check in report.checks
    )
    parts = [f"{counts[word]} {word}" for word in (*WORDS.values(), "unchecked")]
    total = len(report.checks)
    return f"{total} {'claim' if total == 1 else 'claims'}: {', '.join(parts)}"


def exit_status(report: Report) -> int:
    """0 where all is supported, 1 with a finding, 3 where something stayed unchecked and nothing was found.

    What states nothing to check makes no report incomplete.
    """
    outcomes = [check.outcome for check in report.checks]
    if any(not isinstance(one, Unchecked) and one.label is not Label.SUPPORTED for one in outcomes):
        return 1
    if any(isinstance(one, Unchecked) and one.reason is not Reason.NOT_CHECKABLE for one in outcomes):
        return 3
    return 0
