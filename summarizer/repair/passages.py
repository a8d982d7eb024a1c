"""Which sentences of a summary have something wrong in them, and what else they say."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.language.days import ITEM_NUMBER
from summarizer.language.sentences import sentences as sentences_of
from summarizer.schema import Check, Label, Report, Span, Unchecked, Undecided, Verdict

LINE_MARK = re.compile(rf"\A(?:[^\S\n]{{0,8}}(?:[-*+•–>]|#{{1,6}}|\(?{ITEM_NUMBER}|\(?[a-z][.)])[^\S\n]{{1,8}}){{1,4}}")
LABEL = re.compile(r"(?P<bold>\*\*|__)[^*_\n]{1,60}(?::(?P=bold)|(?P=bold):)[^\S\n]{1,4}(?=\S)")
ITEM_LABEL = re.compile(r"(?<![\w’'/&-])[^\W\d_][\w’'/&-]{0,30}(?: [\w’'/&-]{1,30}){0,2}:[^\S\n]{1,4}(?=\S)")
"""What a line, or an item of a list, is about: "**Trip:** Year 6 will go", "- Trip: Year 6 will go"."""


class Passage(NamedTuple):
    """Sentences of the summary with a problem in them, and every claim that they make."""

    start: int
    end: int
    problems: tuple[Check, ...]
    others: tuple[Check, ...]
    """Supported, accepted by hand, undecided or unchecked, so that the sentences may not go."""

    @property
    def place(self) -> Span:
        return Span(start=self.start, end=self.end)

    def words(self, summary: str) -> Span:
        """The same without the bullet, number, signs of Markdown or label that the first line begins with."""
        mark = LINE_MARK.match(summary[self.start : self.end])
        start = self.start + (mark.end() if mark else 0)
        item = mark or LINE_MARK.fullmatch(summary, summary.rfind("\n", 0, self.start) + 1, self.start)
        label = LABEL.match(summary, start, self.end) or (item and ITEM_LABEL.match(summary, start, self.end))
        start = label.end() if label else start
        return Span(start=start if start < self.end else self.start, end=self.end)


def is_problem(check: Check) -> bool:
    """Whether something is wrong that nobody has accepted."""
    return isinstance(check.outcome, Verdict) and check.outcome.label is not Label.SUPPORTED and not check.accepted


def is_supported(check: Check) -> bool:
    return isinstance(check.outcome, Verdict) and check.outcome.label is Label.SUPPORTED


def is_open(check: Check) -> bool:
    """Whether nobody knows what is true of a claim."""
    return isinstance(check.outcome, Undecided) or is_failed(check)


def is_failed(check: Check) -> bool:
    """Whether a claim that states something was not checked."""
    return isinstance(check.outcome, Unchecked) and not check.states_nothing


def passages_of(report: Report) -> tuple[Passage, ...]:
    """The sentences of the summary in which something is contradicted or not in the source, in order."""
    ranges: list[tuple[int, int]] = []
    split = sentences_of(report.summary)
    for check in report.checks:
        if is_problem(check):
            origin = check.claim.origin
            own = [(one.start, one.end) for one in split if one.start < origin.end and one.end > origin.start]
            every = [*own, (origin.start, origin.end)]
            ranges.append((min(start for start, _ in every), max(end for _, end in every)))
    return tuple(_passage(report.checks, start, end) for start, end in _merged(ranges))


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _passage(checks: Sequence[Check], start: int, end: int) -> Passage:
    within = [one for one in checks if one.claim.origin.start < end and one.claim.origin.end > start]
    others = tuple(one for one in within if is_supported(one) or is_open(one) or one.accepted)
    return Passage(start, end, tuple(one for one in within if is_problem(one)), others)
