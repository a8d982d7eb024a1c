"""What every format shows of a claim, as it stands in the report; each format makes it safe in its own way."""

from collections import defaultdict
from typing import Any, Literal, NamedTuple

from summarizer.language.words import content_stems
from summarizer.report.layout import as_read
from summarizer.report.lines import Lines, Region
from summarizer.report.outcomes import OPEN, PROBLEMS, Look, look_of, outcome_words
from summarizer.report.source_words import Sources, Words
from summarizer.schema import (
    Check,
    Edit,
    EditKind,
    Finding,
    FindingKind,
    Label,
    Probabilities,
    Report,
    Span,
    Unchecked,
    Undecided,
    Verdict,
)

Order = Literal["text", "risk"]
"""That of the summary, or those that are likeliest wrong first."""
BEST = 2  # sentences shown at once that support a claim or stand near it; more tire a reader, and JSON has them all
READ_FIRST = (PROBLEMS, OPEN, (Look.SUPPORTED,), (Look.NOTHING_TO_CHECK,))

GOES_ON = "the source goes on"

TOPICS: dict[str, str] = {FindingKind.OTHER: "wording", FindingKind.OMISSION: "left out"}


class Remark(NamedTuple):
    """Words of the claim, and the words of the source against them where it has any."""

    kind: str
    claimed: str
    span: Span
    """Where `claimed` stands in the text of the claim."""
    source: Words | None
    note: str
    found_by: str

    @property
    def topic(self) -> str:
        """What the remark is about: `number`."""
        return TOPICS.get(self.kind, self.kind)

    @property
    def goes_on(self) -> bool:
        """Whether it is about words of the source that the claim has nothing against."""
        return self.kind == FindingKind.OMISSION

    @property
    def plain(self) -> str:
        """The words of the claim as a reader sees them."""
        return as_read(self.claimed) or self.claimed

    @property
    def line(self) -> str:
        """`date: the claim says “Tuesday”, the source says “Monday”`."""
        if self.goes_on and self.source:
            return f"{self.topic}: the source goes on “{self.source.plain}”"
        words = f"{self.topic}: the claim says “{self.plain}”"
        if self.source is not None:
            words += f", the source says “{self.source.plain}”"
        return f"{words} ({self.note})" if self.note else words

    def record(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "claim": self.claimed, "start": self.span.start, "end": self.span.end,
            "source": self.source.record() if self.source else None, "note": self.note, "found_by": self.found_by,
        }  # fmt: skip


class ClaimView(NamedTuple):
    """A claim with its outcome."""

    number: int
    check: Check
    look: Look
    words: str
    """The outcome for people: `undecided: perhaps supported (0.71)`."""
    why: str
    """The reason in plain words, or nothing."""
    evidence: tuple[Words, ...]
    """The words that decide, or the nearest that there are."""
    decides: bool
    """Whether the evidence decides."""
    remarks: tuple[Remark, ...]
    region: Region
    """Where the claim stands in the summary."""

    @property
    def id(self) -> str:
        return self.check.claim.id

    @property
    def text(self) -> str:
        return self.check.claim.text

    @property
    def plain(self) -> str:
        """The claim as a reader sees it: on one line, without the marks of Markdown."""
        return as_read(self.text) or self.text

    @property
    def outcome(self) -> str:
        """The outcome for programs: a label, `undecided` or `unchecked`."""
        return Look.UNCHECKED.value if self.look is Look.NOTHING_TO_CHECK else self.look.value

    @property
    def asks_for_a_look(self) -> bool:
        """Whether a person should read it: neither supported nor without anything to check."""
        return self.look not in (Look.SUPPORTED, Look.NOTHING_TO_CHECK)

    @property
    def flagged(self) -> bool:
        """Whether a person should read it and nobody has accepted it yet."""
        return self.asks_for_a_look and not self.check.accepted

    @property
    def accepted_line(self) -> str:
        """`accepted by hand on 2026-11-29: the minister confirmed it`; empty where nobody has."""
        accepted = self.check.accepted
        return f"accepted by hand on {accepted.date}: {accepted.note}" if accepted else ""

    @property
    def role(self) -> str:
        """What the evidence is to the claim: `evidence` or `nearest`."""
        return "evidence" if self.decides else "nearest"

    @property
    def remark_lines(self) -> list[str]:
        """The remarks; on a supported claim they are only notes, and say so."""
        return [f"{self.remark_prefix}{one.line}" for one in self.remarks]

    @property
    def remark_prefix(self) -> str:
        return "Note - " if self.look is Look.SUPPORTED else ""

    @property
    def evidence_lines(self) -> list[str]:
        """`evidence: “The mayor resigned on Monday.” (article.txt, paragraph 1, sentence 1)`."""
        return [f"{self.role}: “{words.plain}” ({words.where})" for words in self.evidence]

    @property
    def best(self) -> tuple[int, ...]:
        """Which pieces of evidence are shown at once: all that stand against it, else two; the likest come first."""
        own = set(content_stems(self.text))
        shared = [len(own.intersection(content_stems(words.quote))) for words in self.evidence]
        all_of_them = self.decides and self.look is not Look.SUPPORTED
        return tuple(sorted(range(len(shared)), key=lambda at: (-shared[at], at))[: None if all_of_them else BEST])

    @property
    def more_line(self) -> str:
        """`4 more near it`: how many pieces of evidence are not shown at once; empty where all are."""
        more = len(self.evidence) - len(self.best)
        return f"{more:,} more{'' if self.decides else ' near it'}" if more else ""

    @property
    def reason(self) -> str:
        """Why, unless a remark says so in the same words."""
        return "" if self.why in {one.note for one in self.remarks} else self.why

    @property
    def copied(self) -> bool:
        """Whether the source says the claim word for word."""
        return self.decides and any(words.plain == self.plain for words in self.evidence)

    def details(self) -> list[str]:
        """Everything that goes with the claim, line by line."""
        probabilities = [self.probability_line] if self.look is Look.UNDECIDED and self.probability_line else []
        accepted = [self.accepted_line] if self.accepted_line else []
        return [
            *accepted,
            *probabilities,
            *self.remark_lines,
            *([self.reason] if self.reason else []),
            *self.evidence_lines,
        ]

    @property
    def leaning(self) -> Label | None:
        """The likeliest label of a claim that is undecided."""
        outcome = self.check.outcome
        return outcome.leaning if isinstance(outcome, Undecided) else None

    @property
    def probabilities(self) -> Probabilities | None:
        outcome = self.check.outcome
        return None if isinstance(outcome, Unchecked) else outcome.probabilities

    @property
    def probability_line(self) -> str:
        """`probabilities: supported 0.71, contradicted 0.09, not in source 0.20`; empty where there are none."""
        known = self.probabilities
        if known is None:
            return ""
        return f"probabilities: {', '.join(f'{Look(label.value).words} {known[label]:.2f}' for label in Label)}"

    @property
    def judges(self) -> tuple[str, ...]:
        outcome = self.check.outcome
        return () if isinstance(outcome, Unchecked) else outcome.judges

    def record(self) -> dict[str, Any]:
        """The claim as one flat record for programs."""
        claim, outcome = self.check.claim, self.check.outcome
        return {
            "claim": claim.id,
            "outcome": self.outcome,
            "reason": None if isinstance(outcome, Verdict) else outcome.reason.value,
            "leaning": self.leaning.value if self.leaning else None,
            "text": claim.text,
            "kind": claim.kind.value,
            "speaker": claim.speaker,
            "modality": claim.modality.value,
            "line": self.region.start.line,
            "column": self.region.start.column,
            "start": claim.origin.start,
            "end": claim.origin.end,
            "findings": [one.record() for one in self.remarks],
            "evidence": [words.record() for words in self.evidence],
            "evidence_decides": self.decides,
            "why": self.why,
            **self.probability_fields(),
            "judges": list(self.judges),
            "accepted": self.accepted_line or None,
        }

    def probability_fields(self) -> dict[str, float | None]:
        """The three probabilities under the names that every flat format gives them; None where there are none."""
        known = self.probabilities
        return {f"p_{label.value}": known[label] if known else None for label in Label}


def claim_views(report: Report, sort: Order = "text") -> tuple[ClaimView, ...]:
    """Every claim of the report, in the order of the summary or with those that are likeliest wrong first."""
    lines = Lines(report.summary.text)
    sources = Sources(report)

    def remark(check: Check, finding: Finding) -> Remark:
        source = sources.words(finding.evidence) if finding.evidence else None
        claimed = finding.claim.of(check.claim.text)
        return Remark(finding.kind.value, claimed, finding.claim, source, finding.note, finding.found_by)

    swaps: dict[str, list[Edit]] = defaultdict(list)
    for edit in report.repair.edits if report.repair else ():
        if edit.kind is EditKind.SWAP:
            swaps[edit.claim].append(edit)

    def one(number: int, check: Check) -> ClaimView:
        outcome = check.outcome
        remarks = [remark(check, finding) for finding in check.findings]
        told = [one.span for one in remarks if one.source and not one.goes_on]
        for edit in swaps[check.claim.id]:
            swapped = _swapped(check, edit, report.summary.text, sources)
            remarks += [one for one in swapped if not any(_overlap(one.span, span) for span in told)]
        return ClaimView(
            number=number,
            check=check,
            look=look_of(outcome),
            words=_words(check),
            why=outcome.detail if isinstance(outcome, Unchecked) else outcome.rationale,
            evidence=tuple(sources.words(evidence) for evidence in check.shown),
            decides=isinstance(outcome, Verdict) and outcome.label is not Label.NOT_IN_SOURCE,
            remarks=tuple(remarks),
            region=lines.region(check.claim.origin),
        )

    views = [one(number, check) for number, check in enumerate(report.checks, start=1)]
    return tuple(sorted(views, key=_risk) if sort == "risk" else views)


def _swapped(check: Check, edit: Edit, summary: str, sources: Sources) -> list[Remark]:
    """The words that an edit takes out and those that it takes from the source, where no finding has them."""
    claim, words = check.claim, edit.before.strip()
    if claim.origin.of(summary) == claim.text:
        start = edit.span.start - claim.origin.start + edit.before.find(words)
    else:
        start = claim.text.find(words) if claim.text.count(words) == 1 else -1
    if start < 0 or not edit.evidence or not claim.text.startswith(words, start):
        return []
    source = sources.within(edit.evidence[0], edit.after.strip())
    span = Span(start=start, end=start + len(words))
    return [Remark(FindingKind.OTHER.value, words, span, source, "", "repair")]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _words(check: Check) -> str:
    """The outcome for people; what is undecided says so itself where words differ, for that puts it before others."""
    words = outcome_words(check.outcome)
    if not isinstance(check.outcome, Undecided) or not check.findings:
        return words
    kinds = dict.fromkeys(
        TOPICS.get(one.kind, one.kind.value) for one in check.findings if one.kind is not FindingKind.OMISSION
    )
    differs = f"the {' and '.join(kinds)} {'differs' if len(kinds) == 1 else 'differ'}" if kinds else GOES_ON
    return f"{words}{', but' if check.outcome.leaning is Label.SUPPORTED else ';'} {differs}"


def _risk(view: ClaimView) -> tuple[int, bool, bool, float]:
    """Where a claim stands among those to be read first: problems, then what is open, then what is supported.

    Of open claims those come first whose words differ from the source or that it takes back, whatever their probability,
    and they say so; what was accepted by hand comes after all that nobody has looked at.
    """
    place = next(number for number, looks in enumerate(READ_FIRST) if view.look in looks)
    if view.check.accepted:
        place = READ_FIRST.index(OPEN)
    same = view.look not in OPEN or not view.check.findings
    return place, bool(view.check.accepted), same, view.probabilities.supported if view.probabilities else 0.0
