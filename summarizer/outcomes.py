"""What came of each claim: from what was said of it to one outcome, whatever failed on the way."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from summarizer.components import Components
from summarizer.controls import Standing
from summarizer.deciding import NOBODY, Testimony, decide, merged
from summarizer.drafts import Judgement
from summarizer.extraction.accounting import LONGEST_CLAIM
from summarizer.findings.omissions import left_out
from summarizer.findings.remarks import SplitDocument, remarks
from summarizer.grounding import Grounded, ground_judgement
from summarizer.hearing import Heard
from summarizer.judging.copies import is_taken_back, leaves_its_turn_behind
from summarizer.language.labels import not_said_itself
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence
from summarizer.language.signs import asks
from summarizer.language.words import stems
from summarizer.patience import OutOfTimeError
from summarizer.schema import Claim, Document, Evidence, Outcome, Reason, Unchecked

MOST_CLAIMS = 2_000  # of a run
STOPPED = "the run was stopped before this was looked at"


class Job(NamedTuple):
    """What stays the same from the claims to the report."""

    command: Literal["summarize", "check"]
    documents: tuple[Document, ...]
    sentences: tuple[Sentence, ...]
    """Every sentence of the documents, in order."""
    summary: Document
    components: Components
    covers: bool = True
    """Whether it is asked what the summary leaves out of the sources."""


class Texts(NamedTuple):
    """The sources, looked up in two ways."""

    sentences: SentenceMap
    sources: Mapping[str, SplitDocument]
    """By `Document.id`."""


def texts_of(job: Job) -> Texts:
    places = SentenceMap(job.sentences)
    return Texts(places, {one.id: SplitDocument(one, places.of(one.id)) for one in job.documents})


class AllHeard(NamedTuple):
    """What was heard beside the judge, and of it."""

    witnesses: Heard
    standing: Standing


def ground(claims: Sequence[Claim], judgements: Sequence[Judgement], job: Job, texts: Texts) -> dict[str, Grounded]:
    """The judgement of each claim with the places of its quotes: exactly one answer counts, and none is an answer too."""
    judge = job.components.judge.about.name
    answers: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        answers[judgement.claim].append(judgement)
    found = {}
    for claim in claims:
        own = answers[claim.id]
        if not own:
            own = [failed(claim, Reason.NO_ANSWER, f"the judge {judge} gave no verdict")]
        if len(own) > 1:
            own = [failed(claim, Reason.BAD_REPLY, f"the judge {judge} gave {len(own)} verdicts")]
        try:
            found[claim.id] = ground_judgement(own[0], claim, job.documents, texts.sentences, judge=judge)
        except OutOfTimeError:
            found[claim.id] = Grounded(failed(claim, Reason.INTERRUPTED, STOPPED), (), (), 0)
    return found


def beyond_the_most(claims: Sequence[Claim]) -> frozenset[str]:
    """The claims after as many as a run checks, by id."""
    return frozenset(claim.id for claim in claims[MOST_CLAIMS:])


def not_judged(claim: Claim, over: frozenset[str]) -> Unchecked | None:
    """Why a claim was not given to the judge; None where it was."""
    if claim.id in over:
        detail = f"a run checks {MOST_CLAIMS:,} claims at most; check the rest of the summary by itself"
        return Unchecked(reason=Reason.TOO_LONG, detail=detail)
    if not claim.checkable:
        return Unchecked(reason=Reason.NOT_CHECKABLE, detail="it states nothing to check")
    if len(claim.text) > LONGEST_CLAIM:
        detail = f"{len(claim.text):,} characters without the end of a sentence; split it"
        return Unchecked(reason=Reason.TOO_LONG, detail=detail)
    return None


def outcome_in_time(claim: Claim, grounded: Grounded, heard: AllHeard, job: Job, texts: Texts) -> Outcome:
    """The outcome of a claim; a run that was stopped may have no time for it, and what no witness read is no verdict."""
    try:
        if claim.id not in heard.witnesses.interrupted:
            return _outcome(claim, grounded, heard, job, texts)
    except OutOfTimeError:
        pass
    return Unchecked(reason=Reason.INTERRUPTED, detail=STOPPED)


def _outcome(claim: Claim, grounded: Grounded, heard: AllHeard, job: Job, texts: Texts) -> Outcome:
    found = remarks(claim, grounded.evidence, texts.sources) if grounded.judgement.failure is None else ()
    witnesses = heard.witnesses.said.get(claim.id, NOBODY)
    if job.components.listener:
        job.components.listener(Testimony(claim, grounded, merged(grounded.pairs, found), witnesses))
    if grounded.judgement.failure is None:
        found += left_out(claim, grounded.evidence, texts.sources, job.summary.text)
    return decide(
        grounded,
        found,
        witnesses,
        judge=job.components.judge.about.name,
        options=job.components.deciding,
        trusted=not heard.standing.lost,
        alone=claim.id in heard.witnesses.unread,
        only_asked=_only_asked(claim, grounded, job, texts),
    )


def _only_asked(claim: Claim, grounded: Grounded, job: Job, texts: Texts) -> bool:
    """Whether all the evidence has every word of the claim, and is asked, denied or doubted there, or stands behind "Myth:".

    Or it is pieces of one sentence that leave out what turns the words of the claim: "The firm … closed its plant" of "has not yet closed".
    """
    found = grounded.evidence
    sentences = {own for one in found for own in _sentences_of(one, texts)}
    if len(found) > 1 and len(sentences) == 1:
        return leaves_its_turn_behind(claim.text, sentences.pop().text)
    return bool(found) and all(
        stems(claim.text) <= stems(one.quote)
        and (asks(one.quote) or _is_unsaid(claim, one, job) or _is_taken_back(claim, one, texts))
        for one in found
    )


def _is_taken_back(claim: Claim, evidence: Evidence, texts: Texts) -> bool:
    """Whether the sentence that a quote is cut out of asks, denies or doubts what the quote says."""
    sentences = _sentences_of(evidence, texts)
    return len(sentences) == 1 and is_taken_back(claim.text, sentences[0].text)


def _sentences_of(evidence: Evidence, texts: Texts) -> Sequence[Sentence]:
    return texts.sentences.over(evidence.document, evidence.span.start, evidence.span.end)


def _is_unsaid(claim: Claim, evidence: Evidence, job: Job) -> bool:
    """Whether a source gives some words as those of others, behind "Myth:" or in a quoted block."""
    text = next(one.text for one in job.documents if one.id == evidence.document)
    return bool(not_said_itself(claim.text, text, evidence.span.start, evidence.span.end))


def failed(claim: Claim, reason: Reason, detail: str) -> Judgement:
    return Judgement(claim=claim.id, failure=reason, rationale=detail)
