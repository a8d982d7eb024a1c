"""Claims that a person has read beside the source and let stand: they fail nothing any more, and are never support.

    summarizer-accepted.json --load--> AcceptedClaim* --applied--> Report, with `Check.accepted` where one fits

An acceptance is of a claim in its place: its words, the sentence that it stands in and the one before, from which it may
take its meaning ("It closed in May"), and the text of every source. Where one of these is another, or the verdict is
worse than the one that was accepted, the claim is flagged as before. Line breaks and spaces do not count.
"""

import hashlib
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from summarizer.errors import InputError
from summarizer.language.sentences import sentence_offsets
from summarizer.reading import printable_name
from summarizer.schema import Acceptance, Check, Edit, Flag, Record, Report, Span, Text, moved
from summarizer.writing.standing import leans

FILE = "summarizer-accepted.json"
LARGEST = 16_000_000  # bytes
SEVERITY: dict[Flag, int] = {"unchecked": 0, "undecided": 0, "not_in_source": 1, "contradicted": 2}


class AcceptedSource(Record):
    """A source that the claim was read beside."""

    name: str
    """Its file name, for people."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 of its text in UTF-8, with one space for all white space between words."""


class AcceptedClaim(Record):
    """A claim in its place, and that it was accepted."""

    claim: Text
    """The statement that was checked."""
    place: Text
    """The sentence of the summary that it stands in, and the one before."""
    sources: Annotated[tuple[AcceptedSource, ...], Field(min_length=1)]
    """Every source of the check, in any order."""
    accepted: Acceptance
    """Under which verdict, why and when."""

    @property
    def key(self) -> tuple[str, str, frozenset[str]]:
        """What has to be the same."""
        return _on_one_line(self.claim), _on_one_line(self.place), frozenset(one.sha256 for one in self.sources)


class AcceptedFile(Record):
    """The file, to be kept beside the texts and reviewed like them."""

    format: Literal["summarizer-accepted-1"] = "summarizer-accepted-1"
    """Which form of the file it is."""
    claims: tuple[AcceptedClaim, ...] = ()
    """In the order in which they were accepted."""


def load(path: Path) -> tuple[AcceptedClaim, ...]:
    """The accepted claims of a file. Raises an `InputError` where it cannot be read or is none."""
    name = printable_name(path)
    try:
        data = path.read_bytes().removeprefix(BOM_UTF8)
    except FileNotFoundError:
        raise InputError(f"{name}: is not there; `summarizer accept` writes a file of accepted claims") from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from None
    if len(data) > LARGEST:
        raise InputError(f"{name}: is larger than {LARGEST:,} bytes")
    try:
        return AcceptedFile.model_validate_json(data).claims
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise InputError(f"{name}: is no file of accepted claims: {printable_name(place)}: {first['msg']}") from None


def entry_of(report: Report, check: Check, accepted: Acceptance) -> AcceptedClaim:
    """The entry that says of a claim of this report that it is accepted."""
    place = _place(report.summary.text, check.claim.origin)
    sources = tuple(AcceptedSource(name=one.name, sha256=_digest(one.text)) for one in report.documents)
    return AcceptedClaim(claim=check.claim.text, place=place, sources=sources, accepted=accepted)


def added(known: Sequence[AcceptedClaim], more: Sequence[AcceptedClaim]) -> tuple[AcceptedClaim, ...]:
    """Both together; of a claim that was accepted before, the later word stands."""
    return tuple({one.key: one for one in (*known, *more)}.values())


def applied(report: Report, known: Sequence[AcceptedClaim]) -> Report:
    """The report with every claim marked that one of the entries fits; outcomes and figures stay what they are."""
    if not known:
        return report
    digests = {one.sha256: _digest(one.text) for one in report.documents}  # entries had those of texts as written once
    texts = frozenset(digests.values())
    fitting = {
        one.key[:2]: one.accepted for one in known if texts == {digests.get(digest, digest) for digest in one.key[2]}
    }
    if not fitting:
        return report
    checks, worse = [], []
    for check in report.checks:
        accepted = fitting.get(_key_in(report, check))
        if accepted and check.flag and SEVERITY[check.flag] > SEVERITY[accepted.outcome]:
            worse.append(_worse(check, check.flag, accepted))
            accepted = None
        checks.append(check.model_copy(update={"accepted": accepted if check.flag else None}))
    run = report.run.model_copy(update={"warnings": (*report.run.warnings, *worse)})
    return report.model_copy(update={"checks": tuple(checks), "run": run})


def carried(before: Report, after: Report, edits: tuple[Edit, ...]) -> Report:
    """The report of an edited summary, with what was accepted before; a warning says of a claim that it no longer fits.

    The edits may change the sentence before a claim, but not where the claim takes its meaning from that.
    """
    standing = {_key_in(after, one) for one in after.checks}
    entries, lost = [], []
    for check in before.checks:
        if check.accepted:
            origin = moved(check.claim.origin, edits)
            there = check.model_copy(update={"claim": check.claim.model_copy(update={"origin": origin})})
            key = _key_in(after, there)
            if key in standing and (key == _key_in(before, check) or not leans(check.claim.text)):
                entries.append(entry_of(after, there, check.accepted))
            else:
                lost.append(_lost(check, check.accepted))
    marked = applied(after, entries)
    run = marked.run.model_copy(update={"warnings": (*marked.run.warnings, *lost)})
    return marked.model_copy(update={"run": run})


def _worse(check: Check, flag: Flag, accepted: Acceptance) -> str:
    then, now = (word.replace("_", " ") for word in (accepted.outcome, flag))
    return f"{_named(check)} was accepted by hand as {then} on {accepted.date}, and is {now} now: look at it again"


def _lost(check: Check, accepted: Acceptance) -> str:
    return f"{_named(check)} was accepted by hand on {accepted.date}, and does not fit the edited summary: look at it again"


def _named(check: Check) -> str:
    return f"“{_on_one_line(check.claim.text)}”"


def _key_in(report: Report, check: Check) -> tuple[str, str]:
    """A claim and its place, on one line each."""
    return _on_one_line(check.claim.text), _on_one_line(_place(report.summary.text, check.claim.origin))


def _digest(text: str) -> str:
    return hashlib.sha256(_on_one_line(text).encode("utf-8")).hexdigest()


def _place(summary: str, origin: Span) -> str:
    """The sentences that the claim stands in, and the one before them, on one line."""
    split = sentence_offsets(summary)
    own = [number for number, (start, end) in enumerate(split) if start < origin.end and end > origin.start]
    if not own:
        return _on_one_line(origin.of(summary)) or origin.of(summary)
    start, end = split[max(0, own[0] - 1)][0], split[own[-1]][1]
    return _on_one_line(summary[min(start, origin.start) : max(end, origin.end)])


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
