"""Summarise and check, for callers from Python: text or files in, `Report` out."""

from collections.abc import Callable, Coroutine, Sequence
from itertools import chain, islice, zip_longest
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from summarizer import pipeline
from summarizer.components import BackendName, Components, assemble
from summarizer.errors import InputError, UsageError
from summarizer.language.source_text import running_words
from summarizer.reading import Reading, only_names, read
from summarizer.schema import Document, Report
from summarizer.settings import resolve
from summarizer.writing import Length

if TYPE_CHECKING:
    from summarizer.repair import Mended

DEFAULT_LENGTH = Length(5, "sentences")

Source = str | Path | Document | Reading
"""A text, the path of a file, or a document already read, with or without the warnings from reading it."""

Backend = BackendName | Components
"""What does the work: a name, or components that were put together before."""

Kind = Literal["summary", "claims"]
Result = TypeVar("Result")


def summarize(
    source: Source | Sequence[Source],
    *,
    backend: Backend = "auto",
    sentences: int | None = None,
    words: int | None = None,
    on_start: Callable[[Components], None] | None = None,
) -> Report:
    """Write a summary of one or several sources and check every statement of it.

    A `str` is text, a `Path` is a file. `sentences` or `words` set the length; five sentences otherwise. `backend`
    is a name, or components that `assemble` or `openai_backend` put together, which the caller closes;
    with "auto" the environment decides, as on the command line. `on_start` is called with the components once the input has
    been read, before any of it goes anywhere.

    Raises an `InputError` for a source that cannot be read, a `UsageError` for an argument of
    another type, an impossible length and a `str` that is the name of a file or a web address, and a `BackendError` where there
    is no summary.
    """
    components = _components(backend)
    job = asummarize(source, backend=components, sentences=sentences, words=words, on_start=on_start)
    return run(components, job, close=components is not backend)


def check(
    summary: Source,
    source: Source | Sequence[Source],
    *,
    backend: Backend = "auto",
    on_start: Callable[[Components], None] | None = None,
) -> Report:
    """Check every statement of a summary against one or several sources.

    A `str` is text, a `Path` is a file; `backend` and `on_start` are those of `summarize`.

    Raises an `InputError` for what cannot be read, and for a summary that is the source or is much longer than it, a
    `UsageError` for an argument of another type and a `str` that is the name of a file or a web address, and a `BackendError`
    where nothing was judged.
    """
    components = _components(backend)
    return run(
        components, acheck(summary, source, backend=components, on_start=on_start), close=components is not backend
    )


async def asummarize(
    source: Source | Sequence[Source],
    *,
    backend: Backend = "auto",
    sentences: int | None = None,
    words: int | None = None,
    on_start: Callable[[Components], None] | None = None,
) -> Report:
    """`summarize` for a caller that has an event loop; one set of components may serve many calls side by side."""
    length = _length(sentences, words)
    documents, remarks = _documents(source)
    components = _started(backend, on_start)
    try:
        return await pipeline.write_and_check(documents, length, components, remarks)
    finally:
        if components is not backend:
            await components.close()


async def acheck(
    summary: Source,
    source: Source | Sequence[Source],
    *,
    backend: Backend = "auto",
    kind: Kind = "summary",
    on_start: Callable[[Components], None] | None = None,
) -> Report:
    """`check` for a caller that has an event loop; one set of components may serve many calls side by side.

    `claims` are a list of statements, which may be longer than the source, or be the source, and leave nothing out.
    """
    if kind not in get_args(Kind):
        raise UsageError(f"kind: must be one of {', '.join(get_args(Kind))}, not {kind!r}")
    given = _reading(summary, id="summary", name="summary")
    documents, remarks = _documents(source)
    if kind == "summary":
        _refuse_a_mix_up(given.document, documents)
    components = _started(backend, on_start)
    try:
        warnings = [*given.warnings, *remarks]
        return await pipeline.check_given(given.document, documents, components, warnings, covers=kind == "summary")
    finally:
        if components is not backend:
            await components.close()


def mend(report: Report, *, backend: Backend = "auto") -> "Mended":
    """Put right what a report calls contradicted or not in the source, and check the whole again.

    Words of the source take the place of those that differ where the same components then call the statement
    supported; a statement that cannot be put right so is taken out. What is supported or undecided is not touched.

    Raises a `RepairError` where the mended summary has more problems than before or lost a supported statement, or
    could not be checked, a `UsageError` for an argument of another type, and a `BackendError` where nothing was judged.
    """
    components = _components(backend)
    return run(components, amend(report, backend=components), close=components is not backend)


async def amend(report: Report, *, backend: Backend = "auto") -> "Mended":
    """`mend` for a caller that has an event loop."""
    from summarizer.repair import mend_report  # noqa: PLC0415 (patterns of its own, for those who mend)

    if not isinstance(report, Report):
        raise UsageError(f"report: must be a Report, as check returns it, not {_kind_of(report)}")
    components = _components(backend)
    try:
        return await mend_report(report, components)
    finally:
        if components is not backend:
            await components.close()


def run(components: Components, job: Coroutine[Any, Any, Result], *, close: bool = False) -> Result:
    """Run a coroutine to its end, from plain code and from a notebook alike.

    Components that wait for nothing need no event loop, and so no socket. `close` lets go of the components at the
    end; without it they stay open for the caller, but for connections, which cannot outlive their event loop.
    """
    if not components.remote:
        try:
            job.send(None)
        except StopIteration as done:
            result: Result = done.value
            return result
        job.close()
        raise UsageError(
            "a writer, extractor or judge that is not `remote` waited for something: set remote = True in it"
        )
    import asyncio  # noqa: PLC0415 (only where something waits)
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    async def whole() -> Result:
        try:
            return await job
        finally:
            if close:
                await components.close()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(whole())
    with ThreadPoolExecutor(1) as pool:  # the caller's loop is busy with the caller
        return pool.submit(asyncio.run, whole()).result()


def _components(backend: Backend) -> Components:
    if isinstance(backend, str):
        return assemble(resolve({"backend": backend}))
    if not isinstance(backend, Components):
        raise UsageError(f"backend: must be a name, or what assemble or openai_backend return, not {_kind_of(backend)}")
    return backend


def _started(backend: Backend, on_start: Callable[[Components], None] | None) -> Components:
    components = _components(backend)
    if on_start:
        on_start(components)
    return components


def _length(sentences: int | None, words: int | None) -> Length:
    if sentences is not None and words is not None:
        raise UsageError("give the length in sentences or in words, not both")
    length = Length(sentences, "sentences") if sentences is not None else DEFAULT_LENGTH
    length = Length(words, "words") if words is not None else length
    if not isinstance(length.amount, Integral) or isinstance(length.amount, bool):
        raise UsageError(f"the length must be a whole number, not {length.amount!r}")
    if length.amount < 1:
        raise UsageError(f"the length must be at least 1, not {length.amount}")
    return length


def _documents(source: Source | Sequence[Source]) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """The sources, and the warnings from reading them."""
    several = list(source) if isinstance(source, Sequence) and not isinstance(source, (str, bytes)) else [source]
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
        return Reading(document=Document.of(_text(source, name), id=id, name=name))
    if not isinstance(source, (Document, Reading)):
        raise UsageError(f"{name}: must be a str, a pathlib.Path, a Document or a Reading, not {_kind_of(source)}")
    document, warnings = (source.document, source.warnings) if isinstance(source, Reading) else (source, ())
    return Reading(document=Document.of(document.text, id=id, name=document.name), warnings=warnings)


def _kind_of(given: object) -> str:
    return type(given).__name__


def _text(given: str, name: str) -> str:
    """A text that was given as a `str`. Raises a `UsageError` for what is the name of a file or a web address."""
    if not given.strip():
        raise InputError(f"{name}: empty: there is no text in it")
    named = only_names(given)
    if named == "address":
        raise UsageError(
            f"{name}: is a web address, and a str is text: give read(address, allow_url=True), or Document.of(...) "
            "where it is the text"
        )
    if named == "file":
        raise UsageError(
            f"{name}: {given!r} looks like the name of a file, and a str is text: give pathlib.Path({given!r}), "
            "or Document.of(...) where it is the text"
        )
    return given


def _refuse_a_mix_up(summary: Document, documents: Sequence[Document]) -> None:
    """A summary never counts as evidence for itself, and is never longer than what it sums up."""
    for document in documents:
        if document.sha256 == summary.sha256 or _same_words(document.text, summary.text):
            raise InputError(
                f"{document.name}: the source is the summary itself, so everything in it would be supported; "
                "give the article with --source"
            )
    given = len(summary.text.split())
    most = given + 1  # of the sources' words; how many more there are matters to nobody
    sources = sum(1 for _ in islice(chain(*(running_words(document.text) for document in documents)), most))
    if given > 60 and given > 1.2 * sources:
        raise InputError(
            f"{summary.name}: the summary ({given} words) is longer than the source ({sources} words); "
            "were the two swapped? SUMMARY comes first, the article after --source"
        )


def _same_words(one: str, other: str) -> bool:
    return all(mine == theirs for mine, theirs in zip_longest(running_words(one), running_words(other)))
