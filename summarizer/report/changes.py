"""What has changed from one report to another: outcomes, and what in the claim, its evidence or the run explains it."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.report.claim_view import ClaimView, claim_views
from summarizer.report.console import printed
from summarizer.report.safe import one_line, printable_json
from summarizer.report.tally import answer_line
from summarizer.schema import Report

ALIKE = 0.6  # of their characters from which on two claims count as one that was reworded
NEAR = 10  # claims further on in the other report that are looked at for a reworded one


class Change(NamedTuple):
    """A claim whose outcome is another one, or that only one of the reports has."""

    before: ClaimView | None
    after: ClaimView | None

    @property
    def why(self) -> list[str]:
        """What differs beside the outcome."""
        old, new = self.before, self.after
        if old is None or new is None:
            return []
        reasons = [f"reworded; it was “{one_line(old.plain)}”"] if one_line(old.text) != one_line(new.text) else []
        gone, come = _new_lines(new, old), _new_lines(old, new)
        reasons += [f"no longer: {one}" for one in gone] + [f"now: {one}" for one in come]
        if old.probabilities and new.probabilities and old.probabilities != new.probabilities:
            reasons.append(
                f"probability of support {old.probabilities.supported:.2f} before, {new.probabilities.supported:.2f} now"
            )
        quotes = {words.quote for words in old.evidence}
        reasons += [
            f"other words of the source: “{new.evidence[at].plain}” ({new.evidence[at].where})"
            for at in new.best
            if new.evidence[at].quote not in quotes
        ]
        if new.why and new.why != old.why:
            reasons.append(new.why)
        return reasons


def _new_lines(old: ClaimView, new: ClaimView) -> list[str]:
    known = {one.line for one in old.remarks}
    return [one.line for one in new.remarks if one.line not in known]


class Comparison(NamedTuple):
    """Two reports beside each other."""

    before: Report
    after: Report
    changes: tuple[Change, ...]
    """In the order of the later report; what is gone comes last."""
    claims: int
    """How many claims the two have in all, each counted once."""
    run: tuple[str, ...]
    """What differs in the texts and in how they were checked."""


def compared(before: Report, after: Report) -> Comparison:
    """Pair the claims of two reports, by their words and else by likeness, and keep what has changed."""
    old, new = claim_views(before), claim_views(after)
    pairs = list(_pairs(old, new))
    changes = tuple(
        Change(one, other) for one, other in pairs if one is None or other is None or one.outcome != other.outcome
    )
    return Comparison(before, after, changes, len(pairs), tuple(_of_run(before, after)))


def _pairs(old: Sequence[ClaimView], new: Sequence[ClaimView]) -> Iterator[tuple[ClaimView | None, ClaimView | None]]:
    same: dict[str, deque[ClaimView]] = defaultdict(deque)
    for one in old:
        same[_words(one)].append(one)
    found = {one.id: same[_words(one)].popleft() for one in new if same[_words(one)]}
    taken = {one.id for one in found.values()}
    left = [one for one in old if one.id not in taken]
    for one in new:
        if one.id not in found:
            near = [other for other in left if abs(other.number - one.number) <= NEAR]
            best = max(near, key=lambda other: _likeness(other, one), default=None)
            if best is not None and _likeness(best, one) >= ALIKE:
                found[one.id] = best
                left.remove(best)
        yield found.get(one.id), one
    for one in left:
        yield one, None


def _words(one: ClaimView) -> str:
    return " ".join(one.text.split()).casefold()


def _likeness(one: ClaimView, other: ClaimView) -> float:
    return SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio()


def _of_run(before: Report, after: Report) -> Iterator[str]:
    old, new = before.run, after.run
    sources = [sorted(document.sha256 for document in report.documents) for report in (before, after)]
    if sources[0] != sources[1]:
        yield "the source is another text"
    if before.summary.sha256 != after.summary.sha256:
        yield "the summary is another text"
    for part, one, other in (
        ("version", old.version, new.version),
        ("extractor", str(old.extractor), str(new.extractor)),
        ("judge", str(old.judge), str(new.judge)),
    ):
        if one != other:
            yield f"{part}: {one} before, {other} now"
    settings = [{one.name: one.value for one in run.settings} for run in (old, new)]
    for name in sorted({*settings[0], *settings[1]}):
        values = [own.get(name, "not set") for own in settings]
        if values[0] != values[1]:
            yield f"{name.replace('_', ' ')}: {values[0]} before, {values[1]} now"


def to_text(found: Comparison, *, width: int = 80) -> str:
    """Return the comparison for people, wrapped to `width` columns."""
    return printed(lambda console: _print(console, found), width=width, color=False)


def _print(console: Console, found: Comparison) -> None:
    count = len(found.changes)
    console.print(Text(f"{count:,} of {found.claims:,} {'claim' if found.claims == 1 else 'claims'} changed"))
    before, now = answer_line(found.before), answer_line(found.after)
    for when, line in (("both:", now),) if before == now else (("before:", before), ("now:", now)):
        _beside(console, when.ljust(7), line)
    for line in found.run:
        console.print(Text(f"note: {one_line(line)}"))
    for one in found.changes:
        shown = one.after or one.before
        if shown is None:  # one of the two is always there
            continue
        console.print()
        console.print(Text(_head(one)))
        console.print(Padding(Text(one_line(shown.plain)), (0, 0, 0, 4)))
        for line in one.why:
            _beside(console, "-", one_line(line), by=4)


def _beside(console: Console, lead: str, line: str, *, by: int = 0) -> None:
    """A line whose further lines stand under its words, beside what leads to it."""
    pair = Table.grid(padding=(0, 1, 0, 0))
    pair.add_row(Text(lead), Text(line))
    console.print(Padding(pair, (0, 0, 0, by)))


def _head(one: Change) -> str:
    if one.before is None and one.after is not None:
        return f"new claim {one.after.number}: {one.after.look.sign} {one.after.words}"
    if one.after is None and one.before is not None:
        return f"gone, it was claim {one.before.number}: {one.before.look.sign} {one.before.words}"
    sides = [side for side in (one.before, one.after) if side is not None]
    return f"claim {sides[1].number}: " + ", now ".join(f"{side.look.sign} {side.words}" for side in sides)


def to_json(found: Comparison) -> str:
    """Return the comparison for programs."""
    record = {
        "claims": found.claims,
        "run": list(found.run),
        "changes": [{"before": _side(one.before), "after": _side(one.after), "why": one.why} for one in found.changes],
    }
    return printable_json(record, indent=2) + "\n"


def _side(one: ClaimView | None) -> dict[str, Any] | None:
    return one.record() if one else None
