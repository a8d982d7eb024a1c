"""From the model's replies to one judgement for each claim: matched by id, and by the words of the source."""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from summarizer.drafts import Judgement, PairDraft, QuoteDraft
from summarizer.errors import RefusedError
from summarizer.grounding.locate import stands_in
from summarizer.grounding.records import find_quote
from summarizer.judging.chat.wire import PickReply, VerdictsReply, WireVerdict
from summarizer.judging.shown import Shown
from summarizer.llm.exchange import TopLogprobs
from summarizer.schema import Claim, Document, FindingKind, Label, Probabilities, Reason

MOST_QUOTES = 12  # of one verdict; each is looked for in the whole source, and no reader reads more


class Faults:
    """What went wrong over all groups of one job, beside what the drafts say."""

    def __init__(self) -> None:
        self.unknown_claims = 0
        self.refused: RefusedError | None = None
        """Why the server answers nothing any more."""

    def warnings(self) -> tuple[str, ...]:
        if not self.unknown_claims:
            return ()
        many = "a verdict" if self.unknown_claims == 1 else f"{self.unknown_claims} verdicts"
        return (f"the model gave {many} for claims that it was not asked about; dropped",)


class Sorted(NamedTuple):
    """The verdicts of replies that stand alone, by the id of their claim."""

    usable: dict[str, WireVerdict]
    """Those that quote the source."""
    misquoted: dict[str, WireVerdict]
    """Those that do not."""
    broken: Mapping[str, str] = MappingProxyType({})
    """What is wrong with those that are not of the form; they count as none."""

    def and_then(self, later: "Sorted") -> "Sorted":
        """With those of a later reply: the first that quotes the source counts, else the last that does not."""
        return Sorted(later.usable | self.usable, self.misquoted | later.misquoted, {**self.broken, **later.broken})

    @property
    def best(self) -> dict[str, WireVerdict]:
        return self.misquoted | self.usable


def faults_of(found: Sorted, group: Sequence[Claim]) -> tuple[str, str] | None:
    """What is wrong with the verdicts on some claims, and which of them to ask for again; None where nothing is."""
    missing = [claim.id for claim in group if claim.id not in found.best]
    broken = next((found.broken[claim] for claim in missing if claim in found.broken), None)
    misquoted = [claim.id for claim in group if claim.id in found.misquoted and claim.id not in found.usable]
    notes = []
    if missing:
        notes.append(f"it has no single verdict for {', '.join(missing)}.")
    if broken:
        notes.append(f"it is not of the form: {broken}.")
    if misquoted:
        words = "do not stand in the source letter by letter, or are too short to say anything"
        notes.append(f"the quotes of {', '.join(misquoted)} {words}.")
    if not notes:
        return None
    again = [claim.id for claim in group if claim.id not in found.usable]
    return " ".join(notes), f", for these claims alone: {', '.join(again)}"


def sorted_out(
    reply: VerdictsReply,
    group: Sequence[Claim],
    documents: Sequence[Document],
    shown: Shown,
    go_on: Callable[[], None],
) -> Sorted:
    """The verdicts of a reply on some claims.

    `go_on` is called before each quote is looked for, and raises where the run is to end.
    """
    given: dict[str, list[WireVerdict]] = defaultdict(list)
    for verdict in reply.verdicts:
        given[verdict.claim].append(verdict)
    found = Sorted({}, {}, _broken(reply))
    for claim in group:
        own = given[claim.id]
        if claim.id in found.broken or not own or any(other.label != own[0].label for other in own):
            continue
        sound = next((one for one in own if _quotes_the_source(one, documents, shown, go_on)), None)
        if sound:
            found.usable[claim.id] = sound
        else:
            found.misquoted[claim.id] = own[0]
    return found


def _broken(reply: VerdictsReply) -> dict[str, str]:
    """What is wrong with verdicts that are not of the form, by the claim that they name."""
    named = [(one.value.get("claim"), one.fault) for one in reply.left_out if isinstance(one.value, dict)]
    return {claim: fault for claim, fault in named if isinstance(claim, str)}


def without_verdict(claims: Sequence[Claim], found: Sorted) -> tuple[Judgement, ...]:
    """The failures of claims whose verdict was of another form, also when asked again."""
    told = "the verdict was unusable, even when asked again: it is not of the form: "
    return tuple(
        Judgement(claim=claim.id, failure=Reason.BAD_REPLY, rationale=told + found.broken[claim.id])
        for claim in claims
        if claim.id in found.broken
    )


def _quotes_the_source(
    verdict: WireVerdict, documents: Sequence[Document], shown: Shown, go_on: Callable[[], None]
) -> bool:
    """Whether each quote of a verdict stands in the source and says something there."""
    if verdict.label == "not_in_source":
        return True
    for one in verdict.evidence[:MOST_QUOTES]:
        go_on()
        if not find_quote(one.quote, documents, shown.names.get(one.sentence)):
            return False
    return bool(verdict.evidence)


def to_judgement(verdict: WireVerdict, claim: Claim, shown: Shown) -> Judgement:
    """The judgement of a verdict; a pair is kept only where both its words stand where they should."""
    decided = verdict.label != "not_in_source"
    quotes = tuple(
        QuoteDraft(text=one.quote, sentence=shown.names[one.sentence].id if one.sentence in shown.names else None)
        for one in (verdict.evidence[:MOST_QUOTES] if decided else ())
    )
    return Judgement(claim=claim.id, label=Label(verdict.label), quotes=quotes, pairs=_pairs(verdict, claim, quotes))


def _pairs(verdict: WireVerdict, claim: Claim, quotes: Sequence[QuoteDraft]) -> tuple[PairDraft, ...]:
    pair = verdict.conflict
    if (
        pair is None
        or verdict.label != "contradicted"
        or not stands_in(pair.claim_words, claim.text, ignore_case=False)
    ):
        return ()
    for quote in quotes:
        if pair.claim_words.strip() != pair.source_words.strip() and stands_in(
            pair.source_words, quote.text, ignore_case=False
        ):
            source = QuoteDraft(text=pair.source_words, sentence=quote.sentence)
            return (PairDraft(kind=FindingKind(pair.kind), claim_words=pair.claim_words, source=source),)
    return ()


def pick_fault(reply: PickReply, shown: Shown) -> tuple[str, str] | None:
    """What is wrong with a reply of numbers; None where nothing is."""
    strange = [name for name in reply.sentences if name not in shown.names]
    if strange:
        return f"there is no sentence {strange[0][:20]!r}", ""
    if reply.label != "not_in_source" and not reply.sentences:
        return "it names no sentence that decides", ""
    return None


def to_picked(reply: PickReply, claim: Claim, shown: Shown, probabilities: Probabilities | None) -> Judgement:
    """The judgement of a reply of numbers: the words are those of the named sentences; a strange number is a misquote."""
    names = dict.fromkeys(reply.sentences[:MOST_QUOTES] if reply.label != "not_in_source" else ())
    quotes = tuple(
        QuoteDraft(text=shown.names[name].text, sentence=shown.names[name].id)
        if name in shown.names
        else QuoteDraft(text=name)
        for name in names
    )
    return Judgement(claim=claim.id, label=Label(reply.label), quotes=quotes, probabilities=probabilities)


def label_probabilities(top_logprobs: TopLogprobs) -> Probabilities | None:
    """How likely each label was where the label begins; None where the server does not say.

    Not calibrated: a small model is surer than it is right.
    """
    for place in top_logprobs or ():
        if not place or _label_begun(max(place, key=lambda one: one[1])[0]) is None:
            continue  # a label among the unlikely alternatives of another word says nothing of the answer
        likely = dict.fromkeys(Label, 0.0)
        for token, logarithm in place:
            label = _label_begun(token)
            if label and logarithm <= 0:
                likely[label] += math.exp(logarithm)
        if any(likely.values()):
            return Probabilities.of(*(likely[label] for label in Label))
    return None


def _label_begun(token: str) -> Label | None:
    begun = token.strip(' "')
    return next((one for one in Label if len(begun) >= 3 and one.value.startswith(begun)), None)
