"""Article and summary in, `Report` out: the only module that knows the order of the steps."""

from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from summarizer._version import __version__
from summarizer.backends import Backend, BackendName, Length, Material
from summarizer.backends.choose import choose
from summarizer.backends.embedded import EmbeddedBackend
from summarizer.backends.embedded.claims import extract_claims
from summarizer.backends.embedded.judge import decided
from summarizer.coverage import cover
from summarizer.drafts import ClaimDrafts, VerdictDraft, VerdictDrafts
from summarizer.errors import BackendError, InputError, UsageError
from summarizer.grounding import GroundedVerdict, ground_claims, ground_verdict
from summarizer.guards.excess import excess
from summarizer.guards.veto import Source as GuardedSource
from summarizer.guards.veto import veto
from summarizer.reading import Reading, read
from summarizer.reading.orders import instructions
from summarizer.reading.sentences import Sentence
from summarizer.reading.sentences import sentences as sentences_of
from summarizer.retrieval import PASSAGES, Index
from summarizer.schema import (
    Check,
    Claim,
    Document,
    Label,
    Reason,
    Report,
    Run,
    Setting,
    StageUsage,
    Unchecked,
    Verdict,
)
from summarizer.tokens import total

LONGEST_CLAIM = 1_000  # code points; nothing longer is one statement
DEFAULT_LENGTH = Length(5, "sentences")

Source = str | Path | Document | Reading
"""A text, the path of a file, or a document already read, with or without what is to be said of its reading."""


Result = TypeVar("Result")


def summarize(
    source: Source | Sequence[Source],
    *,
    backend: BackendName | Backend = "auto",
    sentences: int | None = None,
    words: int | None = None,
    on_start: Callable[[Backend], None] | None = None,
) -> Report:
    """Write a summary of one or several sources and check every statement of it.

    `sentences` or `words` set its length; five sentences otherwise. A `str` is
    text, a `Path` is a file. `on_start` is told the backend once the input has been
    read, before any of it goes there. Raises an `InputError` for a source that
    cannot be read, a `UsageError` for a length that cannot be, and a `BackendError`
    where the backend gave no summary.
    """
    chosen = choose(backend)
    return run(chosen, asummarize(source, backend=chosen, sentences=sentences, words=words, on_start=on_start))


def check(
    summary: Source,
    source: Source | Sequence[Source],
    *,
    backend: BackendName | Backend = "auto",
    on_start: Callable[[Backend], None] | None = None,
) -> Report:
    """Check every statement of a summary against one or several sources.

    A `str` is text, a `Path` is a file. `on_start` is told the backend once the input
    has been read, before any of it goes there. Raises an `InputError` for what
    cannot be read, and for a summary that is the source or is much longer than it,
    and a `BackendError` where the backend judged nothing.
    """
    chosen = choose(backend)
    return run(chosen, acheck(summary, source, backend=chosen, on_start=on_start))


async def asummarize(
    source: Source | Sequence[Source],
    *,
    backend: BackendName | Backend = "auto",
    sentences: int | None = None,
    words: int | None = None,
    on_start: Callable[[Backend], None] | None = None,
) -> Report:
    """`summarize` for a caller that has an event loop; one backend may serve many calls side by side.

    A backend that was given is the caller's to close.
    """
    length = _length(sentences, words)
    documents, remarks = _documents(source)
    chosen = _start(backend, on_start)
    try:
        split = _split(documents)
        draft = await chosen.write(documents, split, length)
        warnings = [*remarks, *draft.warnings]
        if len(split) <= length.amount and length.unit == "sentences":
            plural = "sentence" if len(split) == 1 else "sentences"
            warnings.append(f"the source has only {len(split)} {plural}; the summary is not shorter")
        if length.unit == "words" and len(draft.text.split()) > length.amount:
            warnings.append(f"asked for {length}; the summary has {len(draft.text.split())}")
        summary = Document.of(draft.text, id="summary", name="summary")
        claims = ClaimDrafts(claims=draft.claims) if draft.claims is not None else await chosen.extract(summary)
        job = _Job("summarize", documents, split, summary, chosen, _flagged(documents, summary))
        settings = (Setting(name="length", value=str(length)), *draft.settings)
        return await _checked(job, claims, settings=settings, warnings=warnings, usage=[draft.usage])
    finally:
        if chosen is not backend:
            await chosen.close()


async def acheck(
    summary: Source,
    source: Source | Sequence[Source],
    *,
    backend: BackendName | Backend = "auto",
    on_start: Callable[[Backend], None] | None = None,
) -> Report:
    """`check` for a caller that has an event loop; one backend may serve many calls side by side.

    A backend that was given is the caller's to close.
    """
    read_summary = _reading(summary, id="summary", name="summary")
    given = read_summary.document
    documents, remarks = _documents(source)
    _refuse_a_mix_up(given, documents)
    chosen = _start(backend, on_start)
    try:
        job = _Job("check", documents, _split(documents), given, chosen, _flagged(documents, given))
        return await _checked(job, await chosen.extract(given), warnings=[*read_summary.warnings, *remarks])
    finally:
        if chosen is not backend:
            await chosen.close()


def run(backend: Backend, job: Coroutine[Any, Any, Result]) -> Result:
    """Run the core to its end, from plain code and from a notebook alike.

    A backend that waits for nothing needs no event loop, and so no socket.
    """
    if not backend.remote:
        try:
            job.send(None)
        except StopIteration as done:
            result: Result = done.value
            return result
        raise RuntimeError(f"the backend {backend.name} says that it does not wait, and waits")
    import asyncio  # noqa: PLC0415 (only where something waits)
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    async def closed() -> Result:
        try:
            return await job
        finally:
            await backend.close()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(closed())
    with ThreadPoolExecutor(1) as pool:  # the caller's loop is busy with the caller
        return pool.submit(asyncio.run, closed()).result()


class _Job(NamedTuple):
    """What stays the same from the claims to the report."""

    command: Literal["summarize", "check"]
    documents: tuple[Document, ...]
    split: tuple[Sentence, ...]
    summary: Document
    backend: Backend
    flagged: tuple[str, ...]


def _flagged(documents: Sequence[Document], summary: Document) -> tuple[str, ...]:
    """A warning for each text that speaks to a machine."""
    warnings = []
    for document in (*documents, summary):
        if found := instructions(document.text):
            line = " ".join(found[0].split())
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            warnings.append(f"{document.name}: holds words that look like orders to a machine: “{line}”{more}")
    return tuple(warnings)


def _start(backend: BackendName | Backend, on_start: Callable[[Backend], None] | None) -> Backend:
    chosen = choose(backend)
    if on_start:
        on_start(chosen)
    return chosen


async def _checked(
    job: _Job,
    extracted: ClaimDrafts,
    *,
    settings: tuple[Setting, ...] = (),
    warnings: Sequence[str] = (),
    usage: Sequence[StageUsage] = (),
) -> Report:
    own = _own_claims(ground_claims(extracted.claims, job.summary), job.summary)
    claims, missed = _every_sentence(own, job.summary)
    checkable = [claim for claim in claims if claim.checkable and len(claim.text) <= LONGEST_CLAIM]
    material = _material(checkable, job)
    notes = [*warnings, *extracted.warnings, *job.flagged]
    if missed:
        plural = "sentence" if missed == 1 else "sentences"
        notes.append(f"{missed} {plural} of the summary had no claim of their own and were checked as written")
    try:
        judged = await job.backend.judge(checkable, material)
    except BackendError as error:
        if job.command == "check":
            raise
        # The summary has been written, and perhaps paid for: it is shown, with nothing checked.
        judged = VerdictDrafts(
            verdicts=tuple(
                VerdictDraft(claim=claim.id, outcome=Reason.UNAVAILABLE, rationale=str(error)) for claim in checkable
            )
        )
        notes.append(f"nothing could be checked: {error}")
    grounded = _judged(claims, judged.verdicts, material.passages, job)
    passages = Setting(name="passages", value=str(PASSAGES))
    named = {one.name: one for one in (passages, *settings, *judged.settings)}
    facts = Run(
        version=__version__,
        command=job.command,
        backend=job.backend.name,
        model=job.backend.model,
        prompts=job.backend.prompts,
        settings=tuple(named[name] for name in sorted(named)),
        usage=total([*usage, extracted.usage, judged.usage]),
        misquotes=sum(one.misquotes for one in grounded),
        dropped_claims=len(extracted.claims) - len(own),
        warnings=(*notes, *judged.warnings),
    )
    checks = tuple(Check(claim=claim, outcome=one.outcome) for claim, one in zip(claims, grounded, strict=True))
    coverage = cover(job.summary, job.split)
    return Report(documents=job.documents, summary=job.summary, checks=checks, coverage=coverage, run=facts)


def _every_sentence(claims: Sequence[Claim], summary: Document) -> tuple[tuple[Claim, ...], int]:
    """The claims, and for each sentence of the summary that has none the sentence itself: nothing goes unread.

    Returns how many sentences that were.
    """
    added = [
        claim
        for claim in ground_claims(extract_claims(summary), summary)
        if not any(own.origin.start < claim.origin.end and claim.origin.start < own.origin.end for own in claims)
    ]
    if not added:
        return tuple(claims), 0
    every = sorted([*claims, *added], key=lambda claim: claim.origin.start)
    numbered = tuple(claim.model_copy(update={"id": f"c{number}"}) for number, claim in enumerate(every, 1))
    return numbered, sum(claim.checkable for claim in added)


def _material(checkable: Sequence[Claim], job: _Job) -> Material:
    texts = {document.id: document.text for document in job.documents}
    index = Index(texts, job.split, [claim.text for claim in checkable])
    return Material(job.documents, job.split, {claim.id: index.search(claim.text) for claim in checkable})


def _own_claims(claims: Sequence[Claim], summary: Document) -> list[Claim]:
    """The claims that say no more than the summary sentence that they come from."""
    split = sentences_of(summary)
    kept = []
    for claim in claims:
        origin = [one.text for one in split if one.start < claim.origin.end and claim.origin.start < one.end]
        if len(claim.text) > LONGEST_CLAIM or excess(claim.text, " ".join(origin), summary.text) is None:
            kept.append(claim)
    return kept


def _judged(
    claims: Sequence[Claim],
    drafts: Sequence[VerdictDraft],
    passages: Mapping[str, Sequence[Sentence]],
    job: _Job,
) -> list[GroundedVerdict]:
    """One outcome for each claim: exactly one answer counts, and none is an outcome too."""
    answers: dict[str, list[VerdictDraft]] = defaultdict(list)
    for draft in drafts:
        answers[draft.claim].append(draft)
    by_id = {sentence.id: sentence for sentence in job.split}
    sources = {
        document.id: GuardedSource(document, [one for one in job.split if one.document == document.id])
        for document in job.documents
    }
    grounded = [_outcome(claim, answers[claim.id], job.documents, by_id, job.backend.name) for claim in claims]
    return [
        one._replace(outcome=veto(claim, _sharpened(claim, one.outcome, job, passages), sources))
        if isinstance(one.outcome, Verdict)
        else one
        for claim, one in zip(claims, grounded, strict=True)
    ]


def _sharpened(claim: Claim, verdict: Verdict, job: _Job, passages: Mapping[str, Sequence[Sentence]]) -> Verdict:
    """`not_in_source` becomes `contradicted` where code finds the value that stands against the claim's own.

    Both say that the claim is not supported; the pair says why.
    """
    if verdict.label is not Label.NOT_IN_SOURCE or job.backend.name == EmbeddedBackend.name:
        return verdict
    draft = decided(claim, passages.get(claim.id, ()))
    if draft is None or draft.outcome is not Label.CONTRADICTED:
        return verdict
    by_id = {sentence.id: sentence for sentence in job.split}
    found = ground_verdict(draft, claim, job.documents, by_id, judge=job.backend.name).outcome
    if not isinstance(found, Verdict):
        return verdict
    return found.model_copy(update={"judges": (*verdict.judges, "guards")})


def _outcome(
    claim: Claim,
    answers: Sequence[VerdictDraft],
    documents: Sequence[Document],
    sentences: Mapping[str, Sentence],
    judge: str,
) -> GroundedVerdict:
    if not claim.checkable:
        return GroundedVerdict(Unchecked(reason=Reason.NOT_CHECKABLE, detail="it states nothing to check"), 0)
    if len(claim.text) > LONGEST_CLAIM:
        detail = f"{len(claim.text):,} characters without the end of a sentence; split it"
        return GroundedVerdict(Unchecked(reason=Reason.TOO_LONG, detail=detail), 0)
    if not answers:
        return GroundedVerdict(Unchecked(reason=Reason.NO_ANSWER, detail=f"{judge} gave no verdict"), 0)
    if len(answers) > 1:
        detail = f"{judge} gave {len(answers)} verdicts"
        return GroundedVerdict(Unchecked(reason=Reason.BAD_REPLY, detail=detail), 0)
    return ground_verdict(answers[0], claim, documents, sentences, judge=judge)


def _length(sentences: int | None, words: int | None) -> Length:
    if sentences is not None and words is not None:
        raise UsageError("give the length in sentences or in words, not both")
    length = Length(sentences, "sentences") if sentences is not None else DEFAULT_LENGTH
    length = Length(words, "words") if words is not None else length
    if length.amount < 1:
        raise UsageError(f"a summary of {length} is none; ask for at least 1")
    return length


def _documents(source: Source | Sequence[Source]) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """The sources, and what is to be said of their reading."""
    several = [source] if isinstance(source, (str, Path, Document, Reading)) else list(source)
    if not several:
        raise UsageError("no source: give at least one")
    readings = tuple(_reading(one, id=f"d{number}", name=f"source {number}") for number, one in enumerate(several, 1))
    documents = tuple(reading.document for reading in readings)
    for position, document in enumerate(documents):
        twins = [other.name for other in documents[:position] if other.sha256 == document.sha256]
        if twins:
            raise InputError(f"{document.name}: the same text as {twins[0]}; name each source once")
    return documents, tuple(warning for reading in readings for warning in reading.warnings)


def _reading(source: Source, *, id: str, name: str) -> Reading:
    if isinstance(source, Path):
        return read(source, id=id)
    if isinstance(source, str):
        if not source.strip():
            raise InputError(f"{name}: empty: there is no text in it")
        return Reading(document=Document.of(source, id=id, name=name))
    document, warnings = (source.document, source.warnings) if isinstance(source, Reading) else (source, ())
    return Reading(document=Document.of(document.text, id=id, name=document.name), warnings=warnings)


def _split(documents: Sequence[Document]) -> tuple[Sentence, ...]:
    return tuple(sentence for document in documents for sentence in sentences_of(document))


def _refuse_a_mix_up(summary: Document, documents: Sequence[Document]) -> None:
    """A summary never counts as evidence for itself, and is never longer than what it sums up."""
    for document in documents:
        if document.sha256 == summary.sha256 or document.text.split() == summary.text.split():
            raise InputError(
                f"{document.name}: the source is the summary itself, so everything in it would be supported; "
                "give the article with --source"
            )
    given, sources = len(summary.text.split()), sum(len(document.text.split()) for document in documents)
    if given > 60 and given > 1.2 * sources:
        raise InputError(
            f"{summary.name}: the summary ({given} words) is longer than the source ({sources} words); "
            "were the two swapped? SUMMARY comes first, the article after --source"
        )
