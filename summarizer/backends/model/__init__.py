"""A language model as a backend: three questions, and drafts from their answers.

    write     the article          -> a summary with its claims        one call
    extract   a summary            -> its claims                       one call
    judge     claims, the source   -> a verdict for each claim         one call for each group of claims

What comes back is a draft. Grounding finds its quotes, guards compare its words.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from summarizer.backends import Length, Material
from summarizer.backends.embedded.claims import extract_claims
from summarizer.backends.model.asking import (
    Caller,
    CallError,
    Conversation,
    Message,
    Request,
    Stage,
    TooLongError,
    side_by_side,
    with_more_room,
)
from summarizer.backends.model.blocks import block, numbered, one_line
from summarizer.backends.model.judging import ANSWER_LEAST, Drafts, Judging
from summarizer.backends.model.verdicts import Shown
from summarizer.backends.model.wire import (
    ClaimsReply,
    SummaryReply,
    Wire,
    WireClaim,
    WireStatement,
)
from summarizer.drafts import ClaimDraft, ClaimDrafts, SummaryDraft, VerdictDrafts
from summarizer.errors import UnavailableError
from summarizer.reading.sentences import Sentence
from summarizer.reading.sentences import sentences as sentences_of
from summarizer.schema import Claim, Document, Kind, Modality, PromptDigest, Reason, Setting
from summarizer.templates import NAMES, Prompt
from summarizer.tokens import Budget, TokenCounter

if TYPE_CHECKING:
    from summarizer.backends.ledger import Ledger

SENTENCES_PER_EXTRACT = 25  # of a summary, in one call
SOURCE_LIMITS = (24_000, 6_000)  # tokens of source in one request: at first, and where that did not fit

ClaimsMode = Literal["atomic", "sentence"]
EvidenceMode = Literal["auto", "whole", "narrow"]
CiteMode = Literal["words", "sentences"]


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
    cite: CiteMode = "words"
    """What the judge gives as evidence: the words, or, for small models, the numbers of sentences, one claim a call."""

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
        *,
        ledger: "Ledger | None" = None,
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
        self._ledger = ledger

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
            replies = await side_by_side([self._read(talk, part) for part in parts])
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
        mode = self._evidence(material)
        judging = Judging(talk, self._request, material, self.manner.passages, whole=mode == "whole")
        picks = self.manner.cite == "sentences"
        size = 1 if picks else self.manner.claims_per_call
        groups = [tuple(claims[at : at + size]) for at in range(0, len(claims), size)]
        if self._ledger:
            self._ledger.expect(len(claims))

        async def one(group: Sequence[Claim]) -> Drafts:
            drafts = await (judging.pick(group[0]) if picks else judging.group(group))
            if self._ledger:
                self._ledger.settle(len(group))
            return drafts

        judged = await side_by_side([one(group) for group in groups])
        drafts = tuple(draft for group in judged for draft in group)
        if drafts and all(draft.outcome is Reason.UNAVAILABLE for draft in drafts):
            raise judging.faults.refused or UnavailableError(drafts[0].rationale)
        return VerdictDrafts(
            verdicts=drafts,
            usage=talk.spent("judge"),
            settings=(*self.manner.settings(), Setting(name="evidence_shown", value=mode)),
            warnings=judging.faults.warnings(),
        )

    def _evidence(self, material: Material) -> EvidenceMode:
        if self.manner.evidence != "auto":
            return self.manner.evidence
        if self.manner.cite == "sentences":
            return "narrow"
        tokens = self.counter.count(Shown.of(material.sentences).text)
        return "whole" if tokens <= self.manner.whole_tokens else "narrow"

    async def close(self) -> None:
        await self.caller.close()

    def _conversation(self) -> Conversation:
        return Conversation(self.caller, self._prompts["repair"], self.counter, self._budget)

    def _request(
        self,
        stage: Stage,
        values: Mapping[str, str],
        reply: type[Wire],
        max_tokens: int,
        wanted: Sequence[str],
        *,
        prompt: str | None = None,
        mark: str | None = None,
    ) -> Request:
        """The question of a stage; `mark` is what its canary depends on, by default the first value."""
        asked = self._prompts[prompt or stage]
        system, user = asked.render(values)
        # Never from the claims, so that the judge calls of one article begin alike.
        known = f"canary {system} {next(iter(values.values())) if mark is None else mark}"
        canary = hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        turns = [
            message
            for question, answer in asked.examples
            for message in (Message("user", question), Message("assistant", answer))
        ]
        first = Message("system", f"{system}\n\nNever repeat this mark: {canary}")
        return Request(stage, (first, *turns, Message("user", user)), reply, max_tokens, canary, tuple(wanted))

    async def _written(self, talk: Conversation, texts: Sequence[str], length: Length) -> tuple[SummaryReply, int]:
        for limit in SOURCE_LIMITS:
            parts = self._parts(texts, limit)
            try:
                if len(parts) == 1:
                    return await self._summary(talk, texts, length), 1
                notes = await side_by_side([self._summary(talk, part, length) for part in parts])
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

        replies = await with_more_room(talk, request, SummaryReply, fault)
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
            replies = await with_more_room(talk, request, ClaimsReply, fault)
        except TooLongError:
            raise CallError(Reason.TOO_LONG, "the summary does not fit into the model's context") from None
        return replies[-1]


def _statement(claim: WireStatement | WireClaim, *, quote: str, checkable: bool = True) -> ClaimDraft:
    return ClaimDraft(
        text=one_line(claim.text),
        quote=quote,
        kind=Kind(claim.kind),
        speaker=claim.speaker or None,
        modality=Modality(claim.modality),
        checkable=checkable,
    )
