"""The counts that every form of a report ends with, and the words for outcomes."""

from collections import Counter
from collections.abc import Collection

from summarizer.schema import Check, Label, Reason, Report, Unchecked

WORDS = {
    Label.SUPPORTED: "supported",
    Label.CONTRADICTED: "contradicted",
    Label.NOT_IN_SOURCE: "not in source",
}
UNCHECKED = "unchecked"
FAIL_ON = (Label.CONTRADICTED.value, Label.NOT_IN_SOURCE.value, UNCHECKED)
"""What makes a check fail, unless its user chooses among them."""


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


def usage_line(report: Report) -> str | None:
    """`gpt-5.4-mini: 2 calls, 1,094 tokens sent, 348 received, 0.0057 USD`; None where no model was asked.

    A price or count that is not known is called that.
    """
    usage = report.run.usage
    if not usage.calls:
        return None
    tokens = [f"{usage.input_tokens:,} tokens sent" if usage.input_tokens is not None else "tokens not known"]
    if usage.output_tokens is not None:
        tokens.append(f"{usage.output_tokens:,} received")
    cost = "cost not known" if usage.cost_usd is None else f"{usage.cost_usd:.4f} USD"
    calls = "1 call" if usage.calls == 1 else f"{usage.calls} calls"
    return f"{report.run.model}: {', '.join([calls, *tokens, cost])}"


def faithfulness(report: Report) -> float | None:
    """Supported share of the claims that state something to check; None where there are none.

    A claim that stayed unchecked is not supported.
    """
    outcomes = [check.outcome for check in report.checks if not _states_nothing(check)]
    if not outcomes:
        return None
    return sum(not isinstance(one, Unchecked) and one.label is Label.SUPPORTED for one in outcomes) / len(outcomes)


def exit_status(report: Report, *, fail_on: Collection[str] = FAIL_ON) -> int:
    """1 with a finding of `fail_on`, 3 where that names the unchecked and something stayed so, else 0.

    What states nothing to check makes no report incomplete.
    """
    outcomes = [check.outcome for check in report.checks if not _states_nothing(check)]
    if any(not isinstance(one, Unchecked) and one.label in fail_on for one in outcomes):
        return 1
    return 3 if UNCHECKED in fail_on and any(isinstance(one, Unchecked) for one in outcomes) else 0


def _states_nothing(check: Check) -> bool:
    return isinstance(check.outcome, Unchecked) and check.outcome.reason is Reason.NOT_CHECKABLE
