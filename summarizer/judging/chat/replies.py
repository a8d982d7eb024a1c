"""From the model's replies to one judgement for each claim: matched by id, and by the words of the source."""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence

from summarizer.drafts import Judgement, PairDraft, QuoteDraft
from summarizer.errors import RefusedError
from summarizer.grounding.locate import locate, stands_in
from summarizer.grounding.speaking import speaking
from summarizer.judging.chat.wire import PickReply, VerdictsReply, WireVerdict
from summarizer.judging.shown import Shown
from summarizer.llm.asking import TopLogprobs
from summarizer.schema import Claim, Document, FindingKind, Label, Probabilities

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


def faults_of(
    reply: VerdictsReply, group: Sequence[Claim], documents: Sequence[Document], go_on: Callable[[], None]
) -> tuple[str, str] | None:
    """What is wrong with a reply, and which claims to ask for again; None where nothing is.

    `go_on` is called before each quote is looked for, and raises where the run is to end.
    """
    usable, misquoted = _sorted_out(reply, group, documents, go_on)
    missing = [claim.id for claim in group if claim.id not in usable and claim.id not in misquoted]
    notes = []
    if missing:
        notes.append(f"it has no single verdict for {', '.join(missing)}.")
    if misquoted:
        notes.append(f"the quotes of {', '.join(misquoted)} do not stand in the source letter by letter.")
    if not notes:
        return None
    again = [claim.id for claim in group if claim.id not in usable]
    return " ".join(notes), f", for these claims alone: {', '.join(again)}"


def merged(
    replies: Sequence[VerdictsReply],
    group: Sequence[Claim],
    documents: Sequence[Document],
    faults: Faults,
    go_on: Callable[[], None],
) -> dict[str, WireVerdict]:
    """The verdict of each claim: the first that quotes the source, else the last that was given alone."""
    asked = {claim.id for claim in group}
    best: dict[str, WireVerdict] = {}
    fallen: dict[str, WireVerdict] = {}
    for reply in replies:
        usable, misquoted = _sorted_out(reply, group, documents, go_on)
        best = usable | best
        fallen |= misquoted
        faults.unknown_claims += sum(verdict.claim not in asked for verdict in reply.verdicts)
    return fallen | best


def _sorted_out(
    reply: VerdictsReply, group: Sequence[Claim], documents: Sequence[Document], go_on: Callable[[], None]
) -> tuple[dict[str, WireVerdict], dict[str, WireVerdict]]:
    """The verdicts that stand alone and quote the source, and those that stand alone and do not."""
    given: dict[str, list[WireVerdict]] = defaultdict(list)
    for verdict in reply.verdicts:
        given[verdict.claim].append(verdict)
    usable: dict[str, WireVerdict] = {}
    misquoted: dict[str, WireVerdict] = {}
    for claim in group:
        own = given[claim.id]
        if not own or any(other.label != own[0].label for other in own):
            continue
        sound = next((one for one in own if _quotes_the_source(one, documents, go_on)), None)
        if sound:
            usable[claim.id] = sound
        else:
            misquoted[claim.id] = own[0]
    return usable, misquoted


def _quotes_the_source(verdict: WireVerdict, documents: Sequence[Document], go_on: Callable[[], None]) -> bool:
    if verdict.label == "not_in_source":
        return True
    quotes = [one.quote for one in verdict.evidence[:MOST_QUOTES]]
    return bool(quotes) and all(any(_says(quote, document, go_on) for document in documents) for quote in quotes)


def _says(quote: str, document: Document, go_on: Callable[[], None]) -> bool:
    """Whether a quote stands in a document and says something there."""
    go_on()
    return any(speaking(piece, document.text) for piece in locate(quote, document))


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
