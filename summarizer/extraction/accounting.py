"""Compare extracted claims with the summary: what an extractor adds, turns, cuts or leaves out hides nothing.

A claim that gains a number, a name, a "not" or a hedge is not the summary's and goes. Where a claim is not clearly
said by its own sentence, or the claims of a sentence leave a part of it out, the sentence is judged as well. Only what is
judged counts: the text of a claim that is checked, and none of what an extractor writes beside it.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from summarizer.extraction.sentences import extract_claims, states_something
from summarizer.findings import Passage, dates, names, numbers
from summarizer.grounding import ground_claims, stands_in
from summarizer.language.speakers import VERB, attributions
from summarizer.language.statements import bare
from summarizer.language.turning import turning_words
from summarizer.language.words import stem, words
from summarizer.schema import Claim, Document

LONGEST_CLAIM = 1_000  # code points; nothing longer is one statement
MOST_OF_A_SENTENCE = 20  # claims; the sentence is judged in place of the others
CLEAR = 0.9  # probability from which on the embedded judge clearly reads one text out of the other

Entailment = Callable[[str, str], float]
"""How probably a claim follows from a text."""


class Accounted(NamedTuple):
    """The claims of a run."""

    claims: tuple[Claim, ...]
    dropped: int
    """Claims of the extractor that the summary does not make."""
    warnings: tuple[str, ...]


def account(claims: Sequence[Claim], summary: Document, entails: Entailment | None = None) -> Accounted:
    """The claims that the summary makes, and each of its sentences that they do not speak for, as a claim of its own.

    Without `entails`, a claim in other words than its sentence does not speak for it.
    """
    sentences = ground_claims(extract_claims(summary), summary)
    origins: dict[str, str] = {}
    by_sentence: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        places = _over(claim, sentences)
        origins[claim.id] = _origin(claim, [sentences[number] for number in places], summary)
        for number in places:
            by_sentence[number].append(claim)
    kept: list[Claim] = []
    taken: set[str] = set()  # those that were looked at: a claim of two sentences is kept once
    made: set[str] = set()  # those that the summary makes
    unheard = unclear = over = 0
    for number, sentence in enumerate(sentences):
        mine = [one for one in by_sentence[number] if not _of_nothing(one, sentence)]
        true = [one for one in mine if not _turned(one, origins[one.id], summary.text)]
        own = [_as_judged(one, sentence) for one in {bare(one.text): one for one in true}.values()]
        over += max(0, len(own) - MOST_OF_A_SENTENCE)
        spoken = 0 < len(own) <= MOST_OF_A_SENTENCE and _speak_for(own, sentence, origins, entails)
        unheard += bool(not own and sentence.checkable)
        unclear += bool(own and not spoken)
        kept += [one for one in own[:MOST_OF_A_SENTENCE] if one.id not in taken]
        kept += [] if spoken else [sentence]
        taken |= {one.id for one in mine}
        made |= {one.id for one in true}
    ordered = sorted(kept, key=lambda one: one.origin.start)
    numbered = tuple(claim.model_copy(update={"id": f"c{number}"}) for number, claim in enumerate(ordered, 1))
    return Accounted(numbered, len(claims) - len(made), tuple(_warnings(unheard, unclear, over)))


def excess(text: str, origin: str, summary: str) -> str | None:
    """Say what a claim adds to the summary, or None.

    Numbers and dates must stand in the sentence that the claim comes from; a name
    may come from elsewhere in the summary, where it stood for a pronoun.
    """
    own = Passage(text=origin)
    whole = Passage(text=origin, document=summary)
    found = (*numbers.find(text, own), *dates.find(text, own), *names.find(text, whole))
    return next((text[one.start : one.end] for one in found), None)


def _over(claim: Claim, sentences: Sequence[Claim]) -> range:
    """The numbers of the sentences that some part of a claim comes from; they are in the order of the summary."""
    first = bisect_right(sentences, claim.origin.start, key=lambda one: one.origin.end)
    return range(first, bisect_left(sentences, claim.origin.end, first, key=lambda one: one.origin.start))


def _origin(claim: Claim, whole: Sequence[Claim], summary: Document) -> str:
    """The whole sentences that a claim comes from."""
    return summary.text[whole[0].origin.start : whole[-1].origin.end] if whole else claim.origin.of(summary.text)


def _turned(claim: Claim, origin: str, summary: str) -> bool:
    """Whether a claim says more than its sentence, or otherwise: it gains a number, a name, a "not" or a hedge."""
    if len(claim.text) > LONGEST_CLAIM:
        return False  # it is not judged, and says so
    gained = turning_words(claim.text) - turning_words(origin)
    return bool(gained) or excess(claim.text, origin, summary) is not None


def _of_nothing(claim: Claim, sentence: Claim) -> bool:
    """Whether a claim, which the extractor would not have checked, states what its sentence only asks or names.

    The question or heading stands in its place: a statement is never shown as one that states nothing.
    """
    return not claim.checkable and not sentence.checkable and bare(claim.text) != bare(sentence.text)


def _as_judged(claim: Claim, sentence: Claim) -> Claim:
    """The claim without what nobody judges: a speaker whom its text does not name, and that there is nothing to check."""
    named = claim.speaker if claim.speaker and stands_in(claim.speaker, claim.text) else None
    checkable = claim.checkable or (sentence.checkable and states_something(claim.text))
    return claim.model_copy(update={"speaker": named, "checkable": checkable})


def _speak_for(
    claims: Sequence[Claim], sentence: Claim, origins: Mapping[str, str], entails: Entailment | None
) -> bool:
    """Whether the claims that are judged say what their sentence says: each no more, and all together no less."""
    judged = [one for one in claims if one.checkable or not sentence.checkable]
    if any(bare(one.text) == bare(sentence.text) for one in judged):
        return True
    speakers = [one.speaker for one in attributions(sentence.text)]
    for one in judged:
        if speakers and not any(_cut_out(speaker, one.text) for speaker in speakers):
            return False  # without who says it, it is another statement
        if not _cut_out(one.text, origins[one.id]) and not _clear(one.text, origins[one.id], entails):
            return False
    said = " ".join(one.text for one in judged)
    if turning_words(sentence.text) - turning_words(said) or excess(sentence.text, said, said) is not None:
        return False
    return bool(judged) and (not _left_out(sentence.text, said) or _clear(sentence.text, said, entails))


def _cut_out(claim: str, sentence: str) -> bool:
    """Whether the words of a claim are words of its sentence in the same order."""
    ahead = iter([word.key for word in words(sentence)])
    return all(word.key in ahead for word in words(claim))


def _left_out(sentence: str, said: str) -> bool:
    """Whether claims leave out a word with content; one verb of saying stands for another."""
    known = {word.key for word in words(said)}
    if VERB.search(said):
        known |= {stem(match[0]) for match in VERB.finditer(sentence)}
    return any(one.content and one.key not in known for one in words(sentence))


def _clear(claim: str, text: str, entails: Entailment | None) -> bool:
    return entails is not None and entails(claim, text) >= CLEAR


def _warnings(unheard: int, unclear: int, over: int) -> Iterator[str]:
    if unheard:
        yield f"{_sentences(unheard)} of the summary had no claim and stand as claims of their own"
    if unclear:
        yield f"{_sentences(unclear)} of the summary said more than the claims taken from them and were judged as well"
    if over:
        yield f"{over:,} claims over {MOST_OF_A_SENTENCE} of one sentence were left out; the sentence was judged"


def _sentences(count: int) -> str:
    return "1 sentence" if count == 1 else f"{count} sentences"
