"""Write a summary by choosing sentences that have, together, the words that a summary would have.

Each content word of the source has a likelihood to stand in a summary of it (`word_weights`). A choice is worth what
its words are worth, each counted once, for every word that a reader has to read: so it repeats nothing and does not run
on. The best sentences are taken one by one, then exchanged for others while that makes the choice better. Only
sentences that can be read alone are chosen (`standing`), from the text itself (`outline`).
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, islice
from typing import NamedTuple

from summarizer.drafts import SummaryDraft
from summarizer.language.detection import language_of
from summarizer.language.sentences import Sentence
from summarizer.language.words import word_count, words
from summarizer.schema import Component
from summarizer.writing import Length
from summarizer.writing.outline import Outline, Place, outline
from summarizer.writing.standing import announces, in_own_voice, is_spoken, joined, stands_alone, told
from summarizer.writing.word_weights import Read, features, likelihoods


class Cost(NamedTuple):
    """How the length of a sentence counts."""

    stop_word: float
    """What a word without content is worth, where a sure word of the summary is worth 1."""
    overhead: int
    """Words that a sentence costs beside its own: two long ones say more than five short ones."""


FEWEST_WORDS = (8, 4)  # of a sentence; the second where too few have the first
NEAR_REPEAT = 0.6  # share of its stems that a sentence may have in common with one already chosen
PROSE = Cost(stop_word=0.15, overhead=10)
SPEECH = Cost(stop_word=0.3, overhead=30)  # its short sentences say little
LOOKED_AT = 200  # sentences from which the language is told
POOL = 40  # candidates that do not repeat each other, by what they are worth alone; of a book the others have no chance
EXCHANGES = 10  # of chosen sentences for better ones
# What a sentence gains by its place, as a share of what its words are worth.
EARLY, FADES = 0.5, 6  # the first of the text; a sentence six later gains a third of it
FIRST_BELOW_HEADING, CLOSING, ANNOUNCING = 0.3, 0.8, 0.8  # in a long text; in any; in a paper or minutes
ISOLATED = -0.4
LONG = 40  # sentences of prose
BEGINNING = 0.2  # of a paper: there it says what it is about
OWN_VOICE, SPOKEN, METHOD = -0.3, -0.3, -0.3
"""`python -m benchmarks.writers` prints what these choices are worth; docs/decisions/0070."""


class ExtractiveWriter:
    """Takes whole sentences of the sources."""

    about = Component(name="extractive")
    destination = "the text stays on this machine"
    remote = False
    takes_sentences = True

    async def write(self, sentences: Sequence[Sentence], length: Length) -> SummaryDraft:
        chosen = choose(sentences, length)
        told = sum(place.sentences for place in chosen)
        short = length.unit == "sentences" and told < min(length.amount, len(sentences))
        note = f"only {told} of the {length} asked for: the source has no more that can be read alone"
        return SummaryDraft(text=joined([place.text for place in chosen]), warnings=(note,) if short else ())

    async def close(self) -> None:
        """Nothing is held."""


def choose(sentences: Sequence[Sentence], length: Length) -> list[Place]:
    """Return the sentences of a summary, in the order of the source, up to the length asked for.

    At least one sentence comes back, even where it is longer than the words asked for.
    """
    candidates = _candidates(sentences, length)
    choice = _Choice(candidates, length)
    choice.fill()
    choice.exchange()
    choice.fill()
    return [candidate.place for candidate in sorted(choice.chosen, key=lambda candidate: candidate.order)]


def best(sentences: Sequence[Sentence], number: int) -> list[Sentence]:
    """Return the sentences that are worth most by themselves, best first, none of which repeats a better one."""
    chosen: list[_Candidate] = []
    for one in _candidates(sentences, Length(number, "sentences")):
        if not any(_repeats(one, other) for other in chosen):
            chosen.append(one)
        if len(chosen) == number:
            break
    return [candidate.place.sentence for candidate in chosen]


class _Candidate(NamedTuple):
    order: int
    place: Place
    gains: Mapping[str, float]
    """What each content word is worth here, by its stem."""
    rest: float
    """What its other words are worth."""
    words: int
    cost: int
    """Words that it costs the reader."""

    @property
    def alone(self) -> float:
        """What it is worth by itself, for each word to read."""
        return (math.fsum(self.gains.values()) + self.rest) / self.cost


def _candidates(sentences: Sequence[Sentence], length: Length) -> Iterator[_Candidate]:
    """What may be chosen, the best by itself first; only of what is asked for is it known whether it can be read alone."""
    wanted = length.amount if length.unit == "sentences" else 1
    for fewest in FEWEST_WORDS:
        found = outline(sentences, fewest=fewest)
        standing = _standing(found)
        first = list(islice(standing, wanted))
        if len(first) >= wanted:
            break
    if not first:  # a list, a poem, another language's full stops: then any sentence is better than none
        standing = iter(_ranked(Outline(tuple(_any_place(sentences, found.going_on, length)), (), "article")))
    yield from first
    yield from standing


def _standing(found: Outline) -> Iterator[_Candidate]:
    told_in = _languages(found.places)
    for one in _ranked(found):
        place = one.place
        if not place.quoted and stands_alone(place.text, found.genre, told_in[place.sentence.document]):
            yield one


def _ranked(found: Outline) -> list[_Candidate]:
    """All of its prose, the best by itself first."""
    read = [words(place.text) for place in found.places]
    known = features(
        [Read(own, place.rank) for own, place in zip(read, found.places, strict=True)],
        [words(title) for title in found.titles],
    )
    likely = likelihoods(known)
    cost = SPEECH if found.genre == "speech" else PROSE
    candidates = []
    for order, (own, place) in enumerate(zip(read, found.places, strict=True)):
        factor = _by_place(place, found)
        telling = [word for word in own if word.content and word.key not in found.speakers]
        gains = {word.key: factor * likely[word.key] for word in telling}
        rest = factor * cost.stop_word * sum(not word.content for word in own)
        candidates.append(_Candidate(order, place, gains, rest, len(own), len(own) + cost.overhead))
    return sorted(candidates, key=lambda candidate: (-candidate.alone, candidate.order))


def _languages(places: Sequence[Place]) -> dict[str, str | None]:
    """The language of each document, by its id."""
    own = groupby(places, key=lambda place: place.sentence.document)
    return {name: language_of(" ".join(place.text for place in islice(found, LOOKED_AT))) for name, found in own}


def _any_place(sentences: Sequence[Sentence], going_on: AbstractSet[str], length: Length) -> Iterator[Place]:
    """Every sentence, with as many as there is room for of those that go on it."""
    lists: list[list[Sentence]] = []
    for one in sentences:
        if one.id in going_on:
            lists[-1].append(one)
        else:
            lists.append([one])
    for first, *items in lists:
        texts = [told(first.text)]
        room = length.amount - _size(texts[0], length)
        for text in map(told, (item.text for item in items)):
            room -= _size(text, length)
            if room < 0:
                break
            texts.append(text)
        yield Place(first, joined(texts), first.number, first=False, closing=False, method=False, sentences=len(texts))


def _size(text: str, length: Length) -> int:
    return word_count(text) if length.unit == "words" else 1


def _by_place(place: Place, found: Outline) -> float:
    """What a sentence gains by where it stands and by how it begins."""
    factor = 1 + EARLY * math.exp(-place.rank / FADES)
    if len(found.places) > LONG:
        factor += FIRST_BELOW_HEADING * place.first + ISOLATED * place.alone
    factor += CLOSING * place.closing + SPOKEN * is_spoken(place.text)
    if found.genre == "paper":
        factor += METHOD * place.method
    if found.genre == "minutes" or place.closing or place.rank < BEGINNING * len(found.places):
        factor += ANNOUNCING * announces(place.text, found.genre)
    if found.genre in ("article", "minutes") and in_own_voice(place.text):
        factor += OWN_VOICE
    return factor


class _Choice:
    """The sentences chosen so far."""

    def __init__(self, candidates: Iterable[_Candidate], length: Length) -> None:
        size = max(POOL, 4 * length.amount) if length.unit == "sentences" else max(POOL, length.amount)
        self._pool = _pool(candidates, size)
        self._length = length
        self.chosen: list[_Candidate] = []

    def fill(self) -> None:
        """Add the sentence that gains most for each of its words, while there is room."""
        have = {stem for one in self.chosen for stem in one.gains}
        while open_ones := [one for one in self._pool if self._may_join(one, self.chosen)]:
            best = max(open_ones, key=lambda one: (_gain(one, have), -one.order))
            self.chosen.append(best)
            have.update(best.gains)
        if not self.chosen and self._pool:
            self.chosen.append(self._pool[0])

    def exchange(self) -> None:
        """Put others in the place of chosen ones while the whole gets better."""
        if not 0 < len(self.chosen) <= EXCHANGES:
            return
        for _ in range(EXCHANGES):
            better = max(self._exchanges(), key=_worth, default=self.chosen)
            if _worth(better) <= _worth(self.chosen):
                return
            self.chosen = better

    def _exchanges(self) -> Iterator[list[_Candidate]]:
        for at in range(len(self.chosen)):
            rest = self.chosen[:at] + self.chosen[at + 1 :]
            yield from ([*rest, one] for one in self._pool if one is not self.chosen[at] and self._may_join(one, rest))

    def _may_join(self, one: _Candidate, others: Sequence[_Candidate]) -> bool:
        if self._length.unit == "sentences":
            fits = one.place.sentences + sum(other.place.sentences for other in others) <= self._length.amount
        else:
            fits = one.words + sum(other.words for other in others) <= self._length.amount
        return fits and not any(other is one or _repeats(one, other) for other in others)


def _pool(candidates: Iterable[_Candidate], size: int) -> list[_Candidate]:
    """The best candidates, so many of them different: a list of forty like lines crowds out no news."""
    pool: list[_Candidate] = []
    different: list[_Candidate] = []
    for one in candidates:
        if len(different) == size:
            break
        if not any(_repeats(one, other) for other in different):
            different.append(one)
        elif len(pool) >= size:
            continue
        pool.append(one)
    return pool


def _gain(one: _Candidate, have: AbstractSet[str]) -> float:
    new = math.fsum(gain for stem, gain in one.gains.items() if stem not in have)
    return (new + one.rest) / one.cost


def _worth(chosen: Sequence[_Candidate]) -> float:
    """What sentences are worth together, for each word to read."""
    best: dict[str, float] = {}
    for one in chosen:
        for stem, gain in one.gains.items():
            best[stem] = max(gain, best.get(stem, 0.0))
    size = sum(one.cost for one in chosen)
    return (math.fsum(best.values()) + math.fsum(one.rest for one in chosen)) / size


def _repeats(one: _Candidate, other: _Candidate) -> bool:
    smaller = min(len(one.gains), len(other.gains))
    return bool(smaller) and len(one.gains.keys() & other.gains.keys()) / smaller > NEAR_REPEAT
