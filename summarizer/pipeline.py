"""Article and summary in, `Report` out: the only module that knows the order of the steps."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from summarizer._version import __version__
from summarizer.backends import Backend, BackendName, Length
from summarizer.backends.choose import choose
from summarizer.coverage import cover
from summarizer.drafts import VerdictDraft
from summarizer.errors import InputError, UsageError
from summarizer.grounding import GroundedVerdict, ground_claims, ground_verdict
from summarizer.guards.excess import excess
from summarizer.guards.veto import Source as GuardedSource
from summarizer.guards.veto import veto
from summarizer.reading import read_document
from summarizer.reading.sentences import Sentence
from summarizer.reading.sentences import sentences as sentences_of
from summarizer.retrieval import PASSAGES, Index
from summarizer.schema import Check, Claim, Document, Reason, Report, Run, Setting, Unchecked, Verdict

LONGEST_CLAIM = 1_000  # code points; nothing longer is one statement
DEFAULT_LENGTH = Length(5, "sentences")

Source = str | Path | Document
"""A text, the path of a file, or a document already read."""


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
    cannot be read and a `UsageError` for a length that cannot be.
    """
    length = _length(sentences, words)
    documents = _documents(source)
    chosen = _start(backend, on_start)
    split = _split(documents)
    draft = chosen.write(documents, split, length)
    warnings = []
    if len(split) <= length.amount and length.unit == "sentences":
        plural = "sentence" if len(split) == 1 else "sentences"
        warnings.append(f"the source has only {len(split)} {plural}; the summary is not shorter")
    if length.unit == "words" and len(draft.text.split()) > length.amount:
        warnings.append(f"no sentence that stands alone fits into {length}; the shortest choice is longer")
    summary = Document.of(draft.text, id="summary", name="summary")
    settings = (Setting(name="length", value=str(length)), *draft.settings)
    return _checked("summarize", summary, documents, chosen, split=split, settings=settings, warnings=warnings)


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
    cannot be read, and for a summary that is the source or is much longer than it.
    """
    given = _document(summary, id="summary", name="summary")
    documents = _documents(source)
    _refuse_a_mix_up(given, documents)
    chosen = _start(backend, on_start)
    return _checked("check", given, documents, chosen, split=_split(documents))


def _start(backend: BackendName | Backend, on_start: Callable[[Backend], None] | None) -> Backend:
    chosen = choose(backend)
    if on_start:
        on_start(chosen)
    return chosen


def _checked(
    command: Literal["summarize", "check"],
    summary: Document,
    documents: tuple[Document, ...],
    backend: Backend,
    *,
    split: tuple[Sentence, ...],
    settings: tuple[Setting, ...] = (),
    warnings: Sequence[str] = (),
) -> Report:
    drafts = backend.extract(summary)
    claims = _own_claims(ground_claims(drafts, summary), summary)
    grounded = _judged(claims, documents, split, backend)
    run = Run(
        version=__version__,
        command=command,
        backend=backend.name,
        model=backend.model,
        prompts=backend.prompts,
        settings=tuple(sorted((*settings, Setting(name="passages", value=str(PASSAGES))), key=lambda one: one.name)),
        misquotes=sum(one.misquotes for one in grounded),
        dropped_claims=len(drafts) - len(claims),
        warnings=tuple(warnings),
    )
    checks = tuple(Check(claim=claim, outcome=one.outcome) for claim, one in zip(claims, grounded, strict=True))
    return Report(documents=documents, summary=summary, checks=checks, coverage=cover(summary, split), run=run)


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
    claims: Sequence[Claim], documents: Sequence[Document], split: Sequence[Sentence], backend: Backend
) -> list[GroundedVerdict]:
    """One outcome for each claim: exactly one answer counts, and none is an outcome too."""
    checkable = [claim for claim in claims if claim.checkable and len(claim.text) <= LONGEST_CLAIM]
    index = Index({document.id: document.text for document in documents}, split, [one.text for one in checkable])
    passages = {claim.id: index.search(claim.text) for claim in checkable}
    answers: dict[str, list[VerdictDraft]] = {claim.id: [] for claim in checkable}
    for draft in backend.judge(checkable, passages):
        answers.setdefault(draft.claim, []).append(draft)
    by_id = {sentence.id: sentence for passage in passages.values() for sentence in passage}
    sources = {
        document.id: GuardedSource(document, [one for one in split if one.document == document.id])
        for document in documents
    }
    grounded = [_outcome(claim, answers.get(claim.id, []), documents, by_id, backend.name) for claim in claims]
    return [
        one._replace(outcome=veto(claim, one.outcome, sources)) if isinstance(one.outcome, Verdict) else one
        for claim, one in zip(claims, grounded, strict=True)
    ]


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


def _documents(source: Source | Sequence[Source]) -> tuple[Document, ...]:
    several = [source] if isinstance(source, (str, Path, Document)) else list(source)
    if not several:
        raise UsageError("no source: give at least one")
    documents = tuple(_document(one, id=f"d{number}", name=f"source {number}") for number, one in enumerate(several, 1))
    for position, document in enumerate(documents):
        twins = [other.name for other in documents[:position] if other.sha256 == document.sha256]
        if twins:
            raise InputError(f"{document.name}: the same text as {twins[0]}; name each source once")
    return documents


def _document(source: Source, *, id: str, name: str) -> Document:
    if isinstance(source, Path):
        return read_document(source, id=id)
    if isinstance(source, Document):
        return Document.of(source.text, id=id, name=source.name)
    if not source.strip():
        raise InputError(f"{name}: empty: there is no text in it")
    return Document.of(source, id=id, name=name)


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
