"""Article and summary in, `Report` out: the only module that knows the order of the steps."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from summarizer._version import __version__
from summarizer.components import Components
from summarizer.controls import control_claims, standing
from summarizer.coverage import Found, cover, wanted
from summarizer.drafts import ClaimDrafts, Judgements
from summarizer.errors import BackendError
from summarizer.extraction.accounting import LONGEST_CLAIM, account
from summarizer.grounding import Grounded, ground_claims
from summarizer.hearing import hear, look_again
from summarizer.judging import Material
from summarizer.judging.registry import verdicts_of
from summarizer.language.labels import unsaid_in
from summarizer.language.lookalikes import mixed_words, words_with_figures
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence, sentence_offsets
from summarizer.language.sentences import sentences as sentences_of
from summarizer.language.structure import beside_the_text, structure_of
from summarizer.language.word_index import WordIndex
from summarizer.llm.tokens import total
from summarizer.outcomes import (
    AllHeard,
    Job,
    Texts,
    beyond_the_most,
    failed,
    ground,
    not_judged,
    outcome_in_time,
    texts_of,
)
from summarizer.patience import limited
from summarizer.reading.formats.extract import counted
from summarizer.reading.formats.text import unread
from summarizer.retrieval import PASSAGES, Index
from summarizer.schema import Check, Claim, Coverage, Document, Reason, Report, Run, Setting, StageUsage, Unchecked
from summarizer.writing import Length


async def write_and_check(
    documents: tuple[Document, ...], length: Length, components: Components, warnings: Sequence[str]
) -> Report:
    """Have a summary written and check it. Raises a `BackendError` where there is none."""
    split = split_all(documents)
    draft = await components.writer.write(_to_write_from(split, documents, components), length)
    notes = [*warnings, *draft.warnings, *_on_length(draft.text, split, length)]
    summary = Document.of(draft.text, id="summary", name="summary")
    extracted = await components.extractor.extract(summary, draft.claims)
    job = Job("summarize", documents, split, summary, components)
    settings = (Setting(name="length", value=str(length)), *draft.settings)
    return await _checked(job, extracted, settings=settings, warnings=notes, usage=[draft.usage])


async def check_given(
    summary: Document,
    documents: tuple[Document, ...],
    components: Components,
    warnings: Sequence[str],
    *,
    covers: bool = True,
) -> Report:
    """Check a summary that was given; with `covers`, say what it leaves out. Raises a `BackendError` where nothing could be judged."""
    job = Job("check", documents, split_all(documents), summary, components, covers)
    return await _checked(job, await components.extractor.extract(summary), warnings=warnings)


def split_all(documents: Sequence[Document]) -> tuple[Sentence, ...]:
    """Every sentence of the documents, in order."""
    return tuple(sentence for document in documents for sentence in sentences_of(document))


def _to_write_from(
    split: tuple[Sentence, ...], documents: Sequence[Document], components: Components
) -> tuple[Sentence, ...]:
    """The sentences for the writer: one that takes them as they are is given no captions, notes, quoted blocks and myths."""
    if not components.writer.takes_sentences:
        return split
    places = SentenceMap(split)
    others = beside_the_text(documents, places) | unsaid_in(documents, places)
    return tuple(one for one in split if (one.document, one.number) not in others) or split


def _on_length(text: str, split: Sequence[Sentence], length: Length) -> list[str]:
    """Warnings about the length of a summary."""
    warnings = []
    if length.unit == "sentences" and len(split) <= length.amount and len(sentence_offsets(text)) >= len(split):
        plural = "sentence" if len(split) == 1 else "sentences"
        warnings.append(f"the source has only {len(split)} {plural}; the summary is not shorter")
    if length.unit == "words" and len(text.split()) > length.amount:
        warnings.append(f"asked for {length}; the summary has {len(text.split())}")
    return warnings


async def _checked(
    job: Job,
    extracted: ClaimDrafts,
    *,
    settings: tuple[Setting, ...] = (),
    warnings: Sequence[str] = (),
    usage: Sequence[StageUsage] = (),
) -> Report:
    placed = ground_claims(extracted.claims, job.summary)
    accounted = account(placed, job.summary, job.components.entails)
    claims = accounted.claims
    checkable = [claim for claim in claims if claim.checkable and len(claim.text) <= LONGEST_CLAIM]
    over = beyond_the_most(checkable)
    checkable = [claim for claim in checkable if claim.id not in over]
    notes = [*warnings, *extracted.warnings, *accounted.warnings, *_unread(job), *_mixed(job)]
    if over:
        notes.append(
            f"{len(over):,} claims after the first {len(checkable):,} were not checked; check the rest by itself"
        )
    texts = texts_of(job)
    answers = await _answered(checkable, job, texts)
    judged, again, heard = answers.judged, answers.again, answers.heard
    with limited(job.components.overdue):
        outcomes = [
            not_judged(claim, over) or outcome_in_time(claim, answers.grounded[claim.id], heard, job, texts)
            for claim in claims
        ]
    interrupted = any(one.failure is Reason.INTERRUPTED for one in judged.judgements) or any(
        isinstance(one, Unchecked) and one.reason is Reason.INTERRUPTED for one in outcomes
    )
    coverage, key = await _covered(job, answers.words, texts, interrupted=interrupted)
    misquotes = sum(one.misquotes for one in answers.grounded.values())
    passages = Setting(name="passages", value=str(PASSAGES))
    named = {
        one.name: one for one in (passages, *_of_profile(job), *settings, *judged.settings, *heard.standing.settings())
    }
    facts = Run(
        version=__version__,
        command=job.command,
        writer=job.components.writer.about if job.command == "summarize" else None,
        extractor=job.components.extractor.about,
        judge=job.components.judge.about,
        finder=job.components.finder.about if job.components.finder and key.positions else None,
        settings=tuple(named[name] for name in sorted(named)),
        usage=total([*usage, extracted.usage, judged.usage, again.usage, key.usage]),
        misquotes=misquotes,
        dropped_claims=len(extracted.claims) - len(placed) + accounted.dropped,
        warnings=(
            *notes,
            *judged.warnings,
            *heard.standing.warnings(job.components.judge.about.name),
            *again.warnings,
            *key.warnings,
        ),
    )
    checks = tuple(Check(claim=claim, outcome=outcome) for claim, outcome in zip(claims, outcomes, strict=True))
    return Report(documents=job.documents, summary=job.summary, checks=checks, coverage=coverage, run=facts)


async def _answered(claims: Sequence[Claim], job: Job, texts: "Texts") -> "_Answers":
    """Ask the judge, let the witnesses be heard, and ask again where they are far apart."""
    controls = control_claims(claims, job.documents, job.sentences) if job.components.controls else ()
    asked = [*claims, *controls]
    material = _material(asked, job)._replace(controls=frozenset(one.id for one in controls))
    judged = await _judged(job, asked, material)
    profile = job.components.deciding.profile
    with limited(job.components.overdue):
        grounded = ground(claims, judged.judgements, job, texts)
        heard = await hear(job.components.witnesses, grounded, claims, material, profile=profile)
    again = await look_again(job.components.judge, grounded, heard.said, claims, material)
    renewed = {new.claim for new in again.judgements}
    grounded |= ground([one for one in claims if one.id in renewed], again.judgements, job, texts)
    trusted = AllHeard(heard, standing(controls, judged.judgements))
    return _Answers(judged, again, grounded, trusted, material.word_index())


async def _judged(job: Job, claims: Sequence[Claim], material: Material) -> Judgements:
    """What the judge says; of a summary that was just written, that nothing could be checked, where it cannot be asked.

    Such a summary is worth showing, unchecked, rather than losing it with the judge.
    """
    try:
        return await verdicts_of(job.components.judge, claims, material)
    except BackendError as error:
        if job.command == "check":
            raise
        own = [one for one in claims if one.id not in material.controls]
        unjudged = tuple(failed(claim, Reason.UNAVAILABLE, str(error)) for claim in own)
        return Judgements(judgements=unjudged, warnings=(f"nothing could be checked: {error}",))


async def _covered(job: Job, words: WordIndex, texts: "Texts", *, interrupted: bool) -> tuple[Coverage, Found]:
    """What the summary covers of the key sentences, and who named these; a run that was stopped asks nobody any more."""
    if not job.covers:
        return Coverage(), Found(())
    beside = beside_the_text(job.documents, texts.sentences)
    key = Found(()) if interrupted else await _key_sentences(job, beside)
    reads_summary = None if interrupted else job.components.reads_summary
    others = beside | unsaid_in(job.documents, texts.sentences)
    return cover(job.summary, words, reads_summary, key.positions, others), key


async def _key_sentences(job: Job, beside: AbstractSet[tuple[str, int]]) -> Found:
    """Those that the finder of the run names, where there is one; it is not offered what stands beside the text."""
    offered = [at for at, one in enumerate(job.sentences) if (one.document, one.number) not in beside]
    finder = job.components.finder
    if not finder or not offered:
        return Found(())
    found = await finder.find([job.sentences[at] for at in offered], wanted(job.sentences))
    return found._replace(positions=tuple(offered[at] for at in found.positions))


def _unread(job: Job) -> Iterator[str]:
    """Warnings about front matter, comments and what a source strikes out, which state nothing and bear out nothing."""
    for document in (job.summary, *job.documents):
        if left_out := unread(document.text):
            yield f"{document.name}: not read: {left_out}"
    for document in job.documents:
        if struck := sum(one.end - one.start for one in structure_of(document.text).blocks if one.kind == "struck"):
            yield f"{document.name}: struck text was not read: {counted(struck, 'character')}"


def _mixed(job: Job) -> Iterator[str]:
    """Warnings about letters of other alphabets and figures in Latin words, which were compared as what they look like."""
    for document in (job.summary, *job.documents):
        if words := list(dict.fromkeys(mixed_words(document.text))):
            count = "1 word mixes" if len(words) == 1 else f"{len(words):,} words mix"
            yield f"{document.name}: {count} alphabets whose letters look alike, “{words[0][:40]}” first; compared as Latin"
        if words := list(dict.fromkeys(words_with_figures(document.text))):
            count = "1 word has" if len(words) == 1 else f"{len(words):,} words have"
            yield f"{document.name}: {count} figures and letters in place of each other, “{words[0][:40]}” first; compared as what they look like"


def _of_profile(job: Job) -> list[Setting]:
    """The calibration profile that the decisions of the run rest on, or that there is none."""
    deciding = job.components.deciding
    if not deciding.profile:
        return [Setting(name="profile", value="none")]
    return [Setting(name="profile", value=deciding.profile.name), Setting(name="prior", value=f"{deciding.prior:g}")]


def _material(checkable: Sequence[Claim], job: Job) -> Material:
    words = WordIndex(job.sentences)
    index = Index(words, [claim.text for claim in checkable])
    passages = {claim.id: index.search(claim.text) for claim in checkable}
    return Material(job.documents, job.sentences, passages, words=words)


class _Answers(NamedTuple):
    """What was said of the claims, and where in the sources its words stand."""

    judged: Judgements
    again: Judgements
    """What the judge said when it was asked a second time."""
    grounded: dict[str, Grounded]
    """By `Claim.id`."""
    heard: AllHeard
    words: WordIndex
    """Of the sources."""
