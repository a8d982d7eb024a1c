"""The embedded judge: a small cross-encoder for natural language inference, no key, no network.

A claim that the source says in the same words is supported by rule. Every other claim is read together with
growing windows of the source, and a verdict comes from one of them. It gives raw probabilities; the calibration
profile beside its weights turns them into decisions.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.drafts import Judgement, Judgements, QuoteDraft
from summarizer.judging import Material
from summarizer.judging.copies import (
    cut_from_its_limit,
    is_copy,
    leaves_its_turn_behind,
    names_who_it_is,
    says_the_same,
)
from summarizer.judging.lexical.rules import DECISIVE, leaves_open
from summarizer.judging.nli.layout import Layout
from summarizer.judging.nli.model import CrossEncoder, cross_encoder
from summarizer.judging.nli.reading import Reading, read, trimmed
from summarizer.judging.nli.replacing import rivalled
from summarizer.judging.nli.said import Texts, of_another, unsaid
from summarizer.judging.nli.values import Compared, compared, differs_in_a_value
from summarizer.judging.nli.windows import Window, strays, windows
from summarizer.judging.turns import in_turn
from summarizer.language.detection import language_about, language_of, name_of
from summarizer.language.english import is_english, same_language, small_words
from summarizer.language.plain import plain
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence
from summarizer.language.signs import asks
from summarizer.language.statements import running
from summarizer.language.words import content_stems
from summarizer.llm.ledger import Ledger
from summarizer.schema import Claim, Component, Doubt, Label, Probabilities, Reason
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.judging.registry import JudgeContext

NAME = "nli"
BUILT_IN = Path(__file__).with_name("weights")
"""Folder of the weights that come with the package."""
PROFILE = "profile.toml"
COPIED = Probabilities(supported=0.9565, contradicted=0.0, not_in_source=0.0435)
"""Of a claim that the source says in the same words: the share that is supported among labelled claims, which
`benchmarks.train` measures for the same rule and writes into the trees' `checker.json`."""
HALF = 0.5
SURE = 0.9
"""Raw chance of support from which on the model is believed although the nearest passage is a question (docs/decisions/0087)."""
OPPOSED = 0.1
"""Raw chance of support that is left where a rule and the model are both against a claim: words that agree make no support of it."""
ONLY_ASKED = "the source asks it and does not say it"
NOTHING_SHARED = "no word of the claim stands in the source"
TELLING = 3  # content words of a claim that may be supported in quite other words
ENGLISH = "en"
SHORT_SOURCE = 400  # code points
LEAD = 3  # first sentences, read where a claim shares no word with the source


class NliJudge:
    """Reads claim and evidence together; with the weights of the package unless given a model."""

    destination = "the text stays on this machine"
    remote = False

    def __init__(self, model: CrossEncoder | None = None, ledger: Ledger | None = None) -> None:
        self._ledger = ledger
        self._model = model or cross_encoder(BUILT_IN)
        self.about = Component(name=NAME, model=f"{self._model.name}@{self._model.digest[:12]}")
        profile = self._model.folder / PROFILE
        self.profile = profile if profile.is_file() else None
        """The calibration profile that came with the weights."""

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        source = material.source
        spoken = _Languages(material, claims)
        places = SentenceMap(material.sentences)

        def one(claim: Claim) -> Judgement:
            return self._judgement(claim, material, places, source, unread=spoken.unread(claim.text))

        return Judgements(judgements=tuple(in_turn(claims, one, self._ledger)))

    async def close(self) -> None:
        """Nothing is held."""

    def _judgement(
        self, claim: Claim, material: Material, places: SentenceMap, source: str, *, unread: str
    ) -> Judgement:
        texts = {document.id: document.text for document in material.documents}
        layout = Layout(claim.text, texts)
        passages = tuple(one for one in material.passages.get(claim.id, ()) if layout.is_text(one))
        same_words = is_copy if unread else says_the_same  # what ends a clause is known of English alone
        stated = [one for one in passages if not unsaid(claim.text, one, texts)]
        forms = ((one, plain(claim.text, one.text), plain(running(one.text), claim.text)) for one in stated)
        if same := next((one for one, mine, theirs in forms if same_words(mine, theirs)), None):
            quotes, why = (_quote(same),), "the source says it in the same words"
            return Judgement(claim=claim.id, label=Label.SUPPORTED, probabilities=COPIED, quotes=quotes, rationale=why)
        if unread:
            nearest = tuple(_quote(one) for one in passages[:1])
            return Judgement(claim=claim.id, doubt=Doubt.LANGUAGE, quotes=nearest, rationale=unread)
        model = self._model
        if not model.fits(claim.text, ""):
            why = "longer than the nli judge reads in one piece; split it, or ask a language model"
            return Judgement(claim=claim.id, failure=Reason.TOO_LONG, rationale=why)
        beside = compared(claim, passages, source)
        value = differs_in_a_value(claim, passages, source, model)
        if value and not beside.rests_on_a_sum(claim, value):
            return value
        if other := beside.differing(claim, model) or beside.agreed(claim, model):
            return other
        if not passages:
            return _of_nothing_shared(
                claim, _read_together(claim, material.sentences[:LEAD], places, model, layout), model
            )
        together = _read_together(claim, passages, places, model, layout)
        if (
            why := _cut_short(claim, passages)
            or _unanswered(claim, passages, together)
            or _missing(claim, beside, together)
        ):
            return _left_open(together, why)
        if _is_against(together) and any(names_who_it_is(claim.text, one.text) for one in passages):
            why = "the source says it with a pronoun where the claim has a name"
            return Judgement(claim=claim.id, doubt=Doubt.NOT_SURE, quotes=together.quotes, rationale=why)
        read_as_it_is = _as_said(claim, together, places, texts, model)
        otherwise = rivalled(claim, passages[0], model) if _is_against(read_as_it_is) else None
        return otherwise if otherwise and not beside.rests_on_a_sum(claim, otherwise) else read_as_it_is


class _Languages:
    """The languages of a run, as far as they matter to a judge that reads English alone."""

    def __init__(self, material: Material, claims: Sequence[Claim]) -> None:
        own = [one for one in claims if one.id not in material.controls]
        known = [_language(document.text) for document in material.documents]
        self._text = material.source
        self._summary = language_about(" ".join(one.text for one in own), self._text)
        self._source = next((one for one in known if one != ENGLISH), ENGLISH)

    def unread(self, claim: str) -> str:
        """Why the judge does not read a claim with this source; empty where it does."""
        if self._source == ENGLISH and same_language(claim, self._text) and self._summary in (None, ENGLISH):
            return ""  # told by its words alone
        mine = language_of(claim) or self._summary or ENGLISH
        if mine == self._source == ENGLISH:
            return ""
        theirs = "in another language" if self._source is None else f"in {name_of(self._source)}"
        return f"the nli judge reads English only; the source is {theirs}, the claim in {name_of(mine)}"


def _language(text: str) -> str | None:
    """The language of a source; a short one in doubt, such as a table, is taken for English, a long one is not."""
    return language_of(text) or (ENGLISH if len(text) < SHORT_SOURCE or is_english(text) else None)


def make_judge(context: "JudgeContext") -> NliJudge:
    """The judge of a run."""
    return NliJudge(model_of(context.settings), context.ledger)


def model_of(settings: Settings) -> CrossEncoder:
    """The model that the settings name, with the weights of the package unless they name others."""
    weights = settings["weights"]
    return cross_encoder(Path(weights) if weights else BUILT_IN, settings["threads"])


def _read_together(
    claim: Claim, passages: Sequence[Sentence], places: SentenceMap, model: CrossEncoder, layout: Layout
) -> Judgement:
    found: Reading = read(claim.text, windows(passages, places, layout), model)
    shown = trimmed(claim.text, found, model)
    judgement = Judgement(
        claim=claim.id,
        probabilities=Probabilities.of(*found.chances),
        quotes=tuple(_quote(sentence) for sentence in shown.sentences),
    )
    if strays(claim.text, found.window, places):
        return _left_open(judgement, "its words stand in different rows of the source")
    return judgement


def _as_said(claim: Claim, judgement: Judgement, places: SentenceMap, texts: Texts, model: CrossEncoder) -> Judgement:
    """Support that rests on what the source gives as a myth, asks, or has somebody else say, is left open."""
    raw = judgement.probabilities
    if raw is None or raw.supported < OPPOSED:
        return judgement
    shown = [places[quote.sentence] for quote in judgement.quotes if quote.sentence]
    reasons = [why for one in shown if (why := unsaid(claim.text, one, texts))]
    if reasons:
        others = Window(tuple(one for one in shown if not unsaid(claim.text, one, texts)))
        if not others.sentences or model(claim.text, others.text).supported < HALF:
            return _left_open(judgement, reasons[0])
    if why := of_another(claim.text, shown, texts):
        return _left_open(judgement, why)
    return judgement


def _cut_short(claim: Claim, passages: Sequence[Sentence]) -> str:
    """What a claim leaves out of a sentence whose other words it has, where that takes them back; empty where nothing does."""
    if any(cut_from_its_limit(claim.text, one.text) for one in passages):
        return "the source says these words under a condition or with an exception"
    if any(leaves_its_turn_behind(claim.text, one.text) for one in passages):
        return "the source says these words with a doubt, a plan or a limit that the claim leaves out"
    return ""


def _unanswered(claim: Claim, passages: Sequence[Sentence], together: Judgement) -> str:
    """Why a question that is the nearest passage stands against a claim; empty where the model surely reads an answer beside it."""
    if asks(claim.text) or not asks(passages[0].text):
        return ""
    raw = together.probabilities
    answered = raw is not None and raw.supported >= SURE and not _all_ask(together)
    return "" if answered else ONLY_ASKED


def _all_ask(judgement: Judgement) -> bool:
    return all(asks(quote.text) for quote in judgement.quotes)


def _missing(claim: Claim, beside: Compared, together: Judgement) -> str:
    """The number or date that stands in no source, of which the model half believes another; empty where there is none.

    One that follows from others of the passages takes nothing from a claim that the model is against anyway.
    """
    decisive = (one for one in beside.differences if one.kind in DECISIVE and not leaves_open(claim.text, one))
    return next((one.note for one in decisive if not (one.reckoned and _is_against(together))), "")


def _is_against(judgement: Judgement) -> bool:
    return judgement.probabilities is not None and judgement.probabilities.supported < HALF


def _left_open(judgement: Judgement, why: str) -> Judgement:
    """The same, but undecided where the model alone would call it supported, or read nothing but questions.

    Where the model is against it, it stays so, and the words that agree cannot make a supported claim of it.
    """
    raw = judgement.probabilities
    if raw is None:
        return judgement
    if raw.supported < HALF and not (why == ONLY_ASKED and _all_ask(judgement)):
        return judgement.model_copy(update={"probabilities": _at_most(OPPOSED, raw)})
    return Judgement(claim=judgement.claim, doubt=Doubt.NOT_SURE, quotes=judgement.quotes, rationale=why)


def _at_most(supported: float, raw: Probabilities) -> Probabilities:
    """Probabilities with no more support than that; what is left is shared as before."""
    if raw.supported <= supported:
        return raw
    rest = (1 - supported) / (raw.contradicted + raw.not_in_source)
    return Probabilities.of(supported, raw.contradicted * rest, raw.not_in_source * rest)


def _of_nothing_shared(claim: Claim, judgement: Judgement, model: CrossEncoder) -> Judgement:
    """A claim that shares no word with the source is not in it, unless the model reads it out of the first sentences.

    A few words of another language share none either, so that the claim must be seen to be English. What is as short as
    "The vote was close." can be read into anything, so that the model is not believed there.
    """
    raw = judgement.probabilities
    if raw is None or not _is_against(judgement):
        return _left_open(judgement, NOTHING_SHARED) if len(set(content_stems(claim.text))) < TELLING else judgement
    if not (small_words(claim.text) > 0 or model.knows(claim.text) or language_of(claim.text) == ENGLISH):
        why = "no word of the claim stands in the source, and its language cannot be told"
        return Judgement(claim=claim.id, doubt=Doubt.LANGUAGE, quotes=judgement.quotes, rationale=why)
    probabilities = Probabilities.of(raw.supported, 0.0, raw.contradicted + raw.not_in_source)
    found = {"label": Label.NOT_IN_SOURCE, "probabilities": probabilities, "quotes": (), "rationale": NOTHING_SHARED}
    return judgement.model_copy(update=found)


def _quote(sentence: Sentence) -> QuoteDraft:
    """A whole sentence as evidence."""
    return QuoteDraft(text=sentence.text, sentence=sentence.id)
