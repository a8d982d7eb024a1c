"""A language model as a backend: three questions, and drafts from their answers.

    write     the article          -> a summary with its claims        one call
    extract   a summary            -> its claims                       one call
    judge     claims, the source   -> a verdict for each claim         one call for each group of claims

What comes back is a draft. Grounding finds its quotes, guards compare its words.
"""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from summarizer.backends import Length, Material
from summarizer.backends.embedded.claims import extract_claims
from summarizer.backends.model.asking import Caller, CallError, Conversation, Message, Request, Stage, TooLongError
from summarizer.backends.model.blocks import block, numbered, one_line
from summarizer.backends.model.verdicts import Faults, Shown, faults_of, merged, to_draft
from summarizer.backends.model.wire import (
    ClaimsReply,
    Reply,
    SummaryReply,
    VerdictsReply,
    Wire,
    WireClaim,
    WireStatement,
)
from summarizer.drafts import ClaimDraft, ClaimDrafts, SummaryDraft, VerdictDraft, VerdictDrafts
from summarizer.errors import BudgetError, RefusedError, UnavailableError
from summarizer.reading.sentences import Sentence
from summarizer.reading.sentences import sentences as sentences_of
from summarizer.schema import Claim, Document, Kind, Modality, PromptDigest, Reason, Setting
from summarizer.templates import NAMES, Prompt
from summarizer.tokens import Budget, TokenCounter

ANSWER_PER_CLAIM = 220  # tokens: id, label, two quotes of a long sentence, a conflict
ANSWER_LEAST = 400
WIDEN = 3  # times the room for an answer that was cut off
SENTENCES_PER_EXTRACT = 25  # of a summary, in one call
SOURCE_LIMITS = (24_000, 6_000)  # tokens of source in one request: at first, and where that did not fit

ClaimsMode = Literal["atomic", "sentence"]
EvidenceMode = Literal["auto", "whole", "narrow"]


class Manner(NamedTuple):
    """How the model is asked; docs/decisions.md says which defaults are measured."""

    evidence: EvidenceMode = "auto"
    """The whole source, or the best sentences for each claim; auto is whole up to `whole_tokens`."""
    claims: ClaimsMode = "atomic"
    claims_per_call: int = 8
    passages: int = 3
    """Sentences for each claim where the evidence is narrow."""
    whole_tokens: int = 6_000
    """Longest source that `auto` shows whole."""

    def settings(self) -> tuple[Setting, ...]:
        return tuple(Setting(name=name, value=str(value)) for name, value in self._asdict().items())


class ModelBackend:
    """Questions to one model, over whatever carries them; serves many jobs side by side."""

    def __init__(
        self,
        caller: Caller,
        prompts: Mapping[str, Prompt],
        manner: Manner,
        counter: TokenCounter,
        budget: Budget,
    ) -> None:
        self.name = caller.name
        self.model = caller.model
        self.destination = caller.destination
        self.remote = caller.remote
        self.prompts: tuple[PromptDigest, ...] = tuple(prompts[name].digest for name in NAMES)
        self.manner = manner
        self.caller = caller
        self._prompts = prompts
        self.counter = counter
        self._budget = budget

    async def write(
        self,
        documents: Sequence[Document],  # noqa: ARG002 (the sentences hold all that is shown)
        sentences: Sequence[Sentence],
        length: Length,
    ) -> SummaryDraft:
        """One call; a source that does not fit is written about in parts, and the parts summed up.

        Raises an `UnavailableError` where no summary came back.
        """
        talk = self._conversation()
        try:
            reply, parts = await self._written(talk, [one.text for one in sentences], length)
        except CallError as error:
            raise UnavailableError(f"no summary: {error.detail}") from None
        texts = [one_line(sentence.text) for sentence in reply.sentences]
        claims = tuple(
            _statement(claim, quote=text)
            for text, sentence in zip(texts, reply.sentences, strict=True)
            for claim in sentence.claims
        )
        warnings = (
            (f"the source was read in {parts} parts, because it does not fit into one request",) if parts > 1 else ()
        )
        return SummaryDraft(
            text=" ".join(texts),
            claims=claims if self.manner.claims == "atomic" else None,
            usage=talk.spent("write"),
            warnings=warnings,
        )

    async def extract(self, summary: Document) -> ClaimDrafts:
        """One call for each 25 sentences; none where the claims are the sentences.

        Where the calls fail, the claims are the sentences, and a warning says so.
        """
        by_rule = extract_claims(summary)
        if self.manner.claims == "sentence":
            return ClaimDrafts(claims=by_rule)
        talk = self._conversation()
        split = sentences_of(summary)
        names = numbered(one.text for one in split)
        parts = [
            dict(list(names.items())[at : at + SENTENCES_PER_EXTRACT])
            for at in range(0, len(names), SENTENCES_PER_EXTRACT)
        ]
        try:
            replies = await _side_by_side([self._read(talk, part) for part in parts])
        except CallError as error:
            warning = f"the claims are the sentences as written, because extracting them failed: {error.detail}"
            return ClaimDrafts(claims=by_rule, usage=talk.spent("extract"), warnings=(warning,))
        claims = [
            _statement(claim, quote=names[claim.sentence], checkable=claim.checkable)
            for name in names
            for reply in replies
            for claim in reply.claims
            if claim.sentence == name and claim.text.strip()
        ]
        return ClaimDrafts(claims=tuple(claims), usage=talk.spent("extract"))

    async def judge(self, claims: Sequence[Claim], material: Material) -> VerdictDrafts:
        """One call for each group of claims, side by side.

        Raises a `BackendError` where no group had an answer.
        """
        if not claims:
            return VerdictDrafts(verdicts=())
        talk = self._conversation()
        whole = Shown.of(material.sentences)
        mode = self.manner.evidence
        if mode == "auto":
            mode = "whole" if self.counter.count(whole.text) <= self.manner.whole_tokens else "narrow"
        size = self.manner.claims_per_call
        groups = [tuple(claims[at : at + size]) for at in range(0, len(claims), size)]
        faults = Faults()
        judged = await _side_by_side(
            [self._judged(talk, group, material, whole if mode == "whole" else None, faults) for group in groups]
        )
        drafts = tuple(draft for group in judged for draft in group)
        if drafts and all(draft.outcome is Reason.UNAVAILABLE for draft in drafts):
            raise faults.refused or UnavailableError(drafts[0].rationale)
        return VerdictDrafts(
            verdicts=drafts,
            usage=talk.spent("judge"),
            settings=(*self.manner.settings(), Setting(name="evidence_shown", value=mode)),
            warnings=faults.warnings(),
        )

    async def close(self) -> None:
        await self.caller.close()

    def _conversation(self) -> Conversation:
        return Conversation(self.caller, self._prompts["repair"], self.counter, self._budget)

    def _request(
        self, prompt: str, values: Mapping[str, str], reply: type[Wire], max_tokens: int, wanted: Sequence[str]
    ) -> Request:
        system, user = self._prompts[prompt].render(values)
        # From the source and not from the claims, so that the judge calls of one article begin alike.
        mark = f"canary {system} {next(iter(values.values()))}".encode("utf-8", "surrogatepass")
        canary = hashlib.sha256(mark).hexdigest()[:16]
        stage: Stage = {"write": "write", "extract": "extract", "judge": "judge"}[prompt]  # type: ignore[assignment]
        messages = (Message("system", f"{system}\n\nNever repeat this mark: {canary}"), Message("user", user))
        return Request(stage, messages, reply, max_tokens, canary, tuple(wanted))

    async def _written(self, talk: Conversation, texts: Sequence[str], length: Length) -> tuple[SummaryReply, int]:
        for limit in SOURCE_LIMITS:
            parts = self._parts(texts, limit)
            try:
                if len(parts) == 1:
                    return await self._summary(talk, texts, length), 1
                notes = await _side_by_side([self._summary(talk, part, length) for part in parts])
                lines = [sentence.text for note in notes for sentence in note.sentences]
                return await self._summary(talk, lines, length), len(parts)
            except TooLongError:
                continue
        raise CallError(
            Reason.TOO_LONG, f"the source does not fit into the model's context, also in parts of {limit:,} tokens"
        )

    def _parts(self, texts: Sequence[str], limit: int) -> list[list[str]]:
        """Runs of sentences of at most `limit` tokens each; a sentence longer than that is a run of its own."""
        parts: list[list[str]] = [[]]
        held = 0
        for text in texts:
            tokens = self.counter.count(text) + 5  # its number
            if parts[-1] and held + tokens > limit:
                parts.append([])
                held = 0
            parts[-1].append(text)
            held += tokens
        return parts

    async def _summary(self, talk: Conversation, texts: Sequence[str], length: Length) -> SummaryReply:
        values = {"source": block("source", numbered(texts)), "length": str(length)}
        words = length.amount if length.unit == "words" else 30 * length.amount
        request = self._request("write", values, SummaryReply, max(ANSWER_LEAST, words * 5), ())

        def fault(reply: SummaryReply) -> tuple[str, str] | None:
            if all(sentence.text.strip() for sentence in reply.sentences) and reply.sentences:
                return None
            return "it has no sentences, or an empty one", ""

        replies = await _with_more_room(talk, request, SummaryReply, fault)
        if fault(replies[-1]):
            raise CallError(Reason.BAD_REPLY, "the reply has no sentences, also when asked again")
        return replies[-1]

    async def _read(self, talk: Conversation, names: Mapping[str, str]) -> ClaimsReply:
        room = max(ANSWER_LEAST, 4 * sum(self.counter.count(text) + 40 for text in names.values()))
        request = self._request("extract", {"summary": block("summary", names)}, ClaimsReply, room, list(names))

        def fault(reply: ClaimsReply) -> tuple[str, str] | None:
            strange = {claim.sentence for claim in reply.claims} - set(names)
            if reply.claims and not strange:
                return None
            return "it has no claims, or names sentences that there are not", ""

        try:
            replies = await _with_more_room(talk, request, ClaimsReply, fault)
        except TooLongError:
            raise CallError(Reason.TOO_LONG, "the summary does not fit into the model's context") from None
        return replies[-1]

    async def _judged(
        self, talk: Conversation, group: Sequence[Claim], material: Material, whole: Shown | None, faults: Faults
    ) -> tuple[VerdictDraft, ...]:
        """Drafts for a group; a group that is too much for one call is parted, and no claim is lost."""
        shown = whole or Shown.narrow(group, material, self.manner.passages)
        values = {"source": shown.block, "claims": block("claims", {claim.id: claim.text for claim in group})}
        room = ANSWER_LEAST + ANSWER_PER_CLAIM * len(group)
        request = self._request("judge", values, VerdictsReply, room, [claim.id for claim in group])

        def fault(reply: VerdictsReply) -> tuple[str, str] | None:
            return faults_of(reply, group, material.documents)

        try:
            if len(group) == 1:
                replies = await _with_more_room(talk, request, VerdictsReply, fault)
            else:
                replies = await talk.ask(request, VerdictsReply, fault=fault)
        except TooLongError:
            if whole:
                return await self._judged(talk, group, material, None, faults)
            if len(group) > 1:
                return await self._halves(talk, group, material, whole, faults)
            return _all(group, Reason.TOO_LONG, "its passages do not fit into the model's context")
        except BudgetError as error:
            return _all(group, Reason.BUDGET, str(error))
        except RefusedError as error:
            faults.refused = error
            return _all(group, Reason.UNAVAILABLE, str(error))
        except CallError as error:
            if error.reason is Reason.TRUNCATED and len(group) > 1:
                return await self._halves(talk, group, material, whole, faults)
            return _all(group, error.reason, error.detail)
        best = merged(replies, group, material.documents, faults)
        return tuple(to_draft(best[claim.id], claim, shown) for claim in group if claim.id in best)

    async def _halves(
        self, talk: Conversation, group: Sequence[Claim], material: Material, whole: Shown | None, faults: Faults
    ) -> tuple[VerdictDraft, ...]:
        middle = len(group) // 2
        halves = await _side_by_side(
            [self._judged(talk, half, material, whole, faults) for half in (group[:middle], group[middle:])]
        )
        return (*halves[0], *halves[1])


async def _side_by_side(jobs: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
    """The results in order. The first failure stops the others, so that nothing is spent for nothing."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # nothing waits where there is no loop: recorded replies, a dry run
        return [await job for job in jobs]
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        return list(await asyncio.gather(*tasks))
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


async def _with_more_room(
    talk: Conversation, request: Request, reply: type[Reply], fault: Callable[[Reply], tuple[str, str] | None]
) -> tuple[Reply, ...]:
    """Ask; an answer that was cut off is asked for once more with room for `WIDEN` times as much."""
    try:
        return await talk.ask(request, reply, fault=fault)
    except CallError as error:
        if error.reason is not Reason.TRUNCATED:
            raise
    return await talk.ask(request._replace(max_tokens=request.max_tokens * WIDEN), reply, fault=fault)


def _statement(claim: WireStatement | WireClaim, *, quote: str, checkable: bool = True) -> ClaimDraft:
    return ClaimDraft(
        text=one_line(claim.text),
        quote=quote,
        kind=Kind(claim.kind),
        speaker=claim.speaker or None,
        modality=Modality(claim.modality),
        checkable=checkable,
    )


def _all(group: Sequence[Claim], reason: Reason, detail: str) -> tuple[VerdictDraft, ...]:
    return tuple(VerdictDraft(claim=claim.id, outcome=reason, rationale=detail) for claim in group)
