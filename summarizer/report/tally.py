"""The figures of a report: its counts, its faithfulness, its coverage, what it cost, and its exit status."""

from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple

from summarizer.report.outcomes import OPEN, PROBLEMS, Look, look_of
from summarizer.report.source_words import Sources, Words
from summarizer.schema import Component, Evidence, KeySentence, KeyStatus, Report, Run

COUNTED = tuple(look for look in Look if look is not Look.NOTHING_TO_CHECK)
"""What the claims that state something come to."""
FAIL_ON = tuple(look.value for look in (*PROBLEMS, *OPEN))
"""What makes a check fail, unless its user chooses among them."""


def counts(report: Report) -> Counter[Look]:
    """How many claims came out as what."""
    return Counter(look_of(check.outcome) for check in report.checks)


def accepted_count(report: Report) -> int:
    """How many of the claims that ask for a person were accepted by hand; each counts as what it is all the same."""
    return sum(check.accepted is not None for check in report.checks)


def _accepted_words(report: Report) -> str:
    found = accepted_count(report)
    return f"; {found:,} accepted by hand" if found else ""


def counts_line(report: Report) -> str:
    """`5 claims: 3 supported, 1 contradicted, 0 not in source, 1 undecided, 0 unchecked`."""
    found = counts(report)
    parts = ", ".join(f"{found[look]} {look.words}" for look in COUNTED)
    silent = found[Look.NOTHING_TO_CHECK]
    more = f" (and {silent} with nothing to check)" if silent else ""
    return f"{_number(sum(found[look] for look in COUNTED), 'claim')}: {parts}{more}{_accepted_words(report)}"


def answer_line(report: Report) -> str:
    """The whole report in one line: `1 of 9 claims is contradicted by the source; 2 more could not be decided`."""
    found = counts(report)
    whole = sum(found[look] for look in COUNTED)
    wrong, open_ = sum(found[look] for look in PROBLEMS), sum(found[look] for look in OPEN)
    if not whole:
        return "There is no claim to check"
    if wrong:
        also = f"; {open_:,} more could not be decided" if open_ else ""
        return f"{wrong:,} of {_number(whole, 'claim')} {_is(wrong)} {_at_fault(found)}{also}{_accepted_words(report)}"
    if open_:
        return (
            f"No claim is shown to be wrong, but {open_:,} of {whole:,} could not be decided{_accepted_words(report)}"
        )
    return f"All {whole:,} claims are supported by the source" if whole > 1 else "The claim is supported by the source"


def _at_fault(found: Counter[Look]) -> str:
    words = {Look.CONTRADICTED: "contradicted by the source", Look.NOT_IN_SOURCE: "not in the source"}
    names = [words[look] for look in PROBLEMS if found[look]]
    return (
        names[0]
        if len(names) == 1
        else f"at fault: {found[PROBLEMS[0]]} contradicted, {found[PROBLEMS[1]]} not in the source"
    )


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def controls_line(report: Report) -> str | None:
    """What the judge made of false statements about the same source; None where it was asked none."""
    said = next((one.value for one in report.run.settings if one.name == "control_questions"), None)
    return f"Control questions: of false statements about this source, the judge got {said}" if said else None


def faithfulness(report: Report) -> float | None:
    """Supported share of the claims that state something to check; None where there are none.

    A claim that is undecided or unchecked is not supported.
    """
    found = counts(report)
    whole = sum(found[look] for look in COUNTED)
    return found[Look.SUPPORTED] / whole if whole else None


def faithfulness_line(report: Report) -> str:
    """`Faithfulness 0.60: 3 of 5 claims supported`."""
    share, found = faithfulness(report), counts(report)
    if share is None:
        return "Faithfulness not measurable: there is no claim to check"
    whole = sum(found[look] for look in COUNTED)
    return f"Faithfulness {share:.2f}: {found[Look.SUPPORTED]} of {_number(whole, 'claim')} supported"


def coverage_line(report: Report) -> str | None:
    """`The summary covers 2 of 4 key sentences of the source, 1 more in part`; None where there are no key sentences."""
    found = Counter(key.status for key in report.coverage.key_sentences)
    whole = sum(found.values())
    partly = f", {found[KeyStatus.PARTLY]} more in part" if found[KeyStatus.PARTLY] else ""
    named = " that the model named" if report.run.finder else ""
    line = f"The summary covers {found[KeyStatus.COVERED]} of {_number(whole, 'key sentence')} of the source{named}{partly}"
    return line if whole else None


def omitted_lines(report: Report) -> list[str]:
    """`omitted: “Ticket prices stay the same.” (article.txt, paragraph 6, sentence 1)`, for what is not covered in full."""
    return [f"{one.status}: “{one.words.plain}” ({one.words.where})" for one in missing(report)]


class Missing(NamedTuple):
    """A key sentence that the summary does not cover in full."""

    number: int
    """Its place among the key sentences, from 1."""
    words: Words
    partly: bool
    """Whether the summary covers some of it."""
    mended: bool
    """Whether an edit takes words from it."""

    @property
    def status(self) -> str:
        status = "partly covered" if self.partly else "omitted"
        return f"{status}, but the edits take words from it" if self.mended else status

    def record(self) -> dict[str, Any]:
        return {"status": "partly" if self.partly else "omitted", **self.words.record()}


def missing(report: Report) -> tuple[Missing, ...]:
    """The key sentences that are not covered in full, in the order of the source, those that are omitted first.

    Those come last that the edits take words from.
    """
    keys = [(at, key) for at, key in enumerate(report.coverage.key_sentences, start=1) if not key.covered]
    sources = Sources(report) if keys else None
    used = [one for edit in (report.repair.edits if report.repair else ()) if edit.after for one in edit.evidence]
    found = [
        Missing(at, sources.words(key.evidence), key.status is KeyStatus.PARTLY, any(_within(one, key) for one in used))
        for at, key in keys
        if sources
    ]
    return tuple(sorted(found, key=lambda one: (one.mended, one.partly)))


def _within(words: Evidence, key: KeySentence) -> bool:
    one, other = words.span, key.evidence.span
    return words.document == key.evidence.document and one.start < other.end and other.start < one.end


def components(run: Run) -> tuple[tuple[str, Component], ...]:
    """What wrote, split and judged, each with its part in the run."""
    parts = (("writer", run.writer), ("extractor", run.extractor), ("judge", run.judge), ("finder", run.finder))
    return tuple((part, one) for part, one in parts if one is not None)


def run_line(run: Run) -> str:
    """`summarizer 0.1.0: extractor sentences, judge chat (gpt-5.4-mini)`."""
    return f"summarizer {run.version}: {', '.join(f'{part} {one}' for part, one in components(run))}"


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
    models = ", ".join(dict.fromkeys(one.model for _, one in components(report.run) if one.model)) or "a model"
    return f"{models}: {', '.join([_number(usage.calls, 'call'), *tokens, cost])}"


def exit_status(report: Report, *, fail_on: Collection[str] = FAIL_ON) -> int:
    """1 where something is contradicted or not in the source, 3 where something is undecided or unchecked, else 0.

    `fail_on` names the outcomes that count. What states nothing to check and what was accepted by hand never does.
    """
    found = {look_of(check.outcome) for check in report.checks if check.flag in fail_on and not check.accepted}
    if found & set(PROBLEMS):
        return 1
    return 3 if found & set(OPEN) else 0


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else f'{noun}s'}"
