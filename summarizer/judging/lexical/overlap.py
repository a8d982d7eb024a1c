"""How much of a claim's words the sources hold, and how close together."""

import heapq
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarizer.judging.lexical.source_index import SourceIndex
from summarizer.language.statements import Statement

Rarity = Callable[[str], float]
"""The weight of a key: high for a rare word."""
CANDIDATES = 12  # sentences from which a cover is chosen; a better one is never further down
ROUNDED = 1e-5  # two scores that are this near may be one
COVER = 5  # sentences; as many as a verdict may show
NEAR = 4  # places between two words that belong together


class Ranked(NamedTuple):
    """The sentences that share words with a claim."""

    order: tuple[int, ...]
    """The positions of the best `CANDIDATES`, best first."""
    score: Mapping[int, float]
    held: Mapping[int, frozenset[str]]
    """The keys of the claim that the best hold, and the sentences beside them."""
    weights: Mapping[str, float]
    """The weight of each key of the claim."""
    cover: tuple[int, ...]
    """At most five positions, each chosen for what the ones before it lack."""
    total: float
    """What all words of the claim weigh."""

    def share(self, positions: Iterable[int]) -> float:
        """Weighted share of the claim's words that some of these sentences hold together."""
        held = frozenset().union(*(self.held[position] for position in positions if position in self.held))
        return sum(self.weights[key] for key in held) / self.total


def rank(statement: Statement, source: SourceIndex, rarity: Rarity) -> Ranked:
    """Order the sentences of a source by the weight of the words that they share with a claim."""
    weights = {key: rarity(key) for key in statement.content}
    score: defaultdict[int, float] = defaultdict(float)
    for key, weight in weights.items():
        for position in source.holders.get(key, ()):
            score[position] += weight
    least = min(heapq.nlargest(CANDIDATES, score.values()), default=0.0) - ROUNDED
    best = sorted((-round(own, 6), position) for position, own in score.items() if own >= least)
    order = tuple(position for _, position in best[:CANDIDATES])
    near = {at + step for at in order for step in (-1, 0, 1) if at + step in score}
    held = {position: frozenset(_held(weights, position, source)) for position in near}
    total = sum(weights.values()) or 1.0
    return Ranked(order, score, held, weights, _cover(order, held, weights), total)


def _held(keys: Iterable[str], position: int, source: SourceIndex) -> Iterator[str]:
    """Those of some keys that a sentence holds."""
    for key in keys:
        own = source.holders.get(key)
        if own and (at := bisect_left(own, position)) < len(own) and own[at] == position:
            yield key


def _cover(order: Sequence[int], held: Mapping[int, frozenset[str]], weights: Mapping[str, float]) -> tuple[int, ...]:
    chosen: list[int] = []
    covered: frozenset[str] = frozenset()
    while len(chosen) < COVER:
        gains = [
            (round(sum(weights[key] for key in held[one] - covered), 6), -rank, one) for rank, one in enumerate(order)
        ]
        gain, _, best = max(gains, default=(0.0, 0, 0))
        if not gain:
            break
        chosen.append(best)
        covered |= held[best]
    return tuple(chosen)


def coverage(statement: Statement, source: SourceIndex, ranked: Ranked) -> dict[str, float]:
    """Shares of the claim's words in the best sentences, in the cover, in neighbours and in the whole source."""
    order, cover, share = ranked.order, ranked.cover, ranked.share
    found = {key for key in ranked.weights if key in source.holders}
    size = len(statement.words)
    first = ranked.score[order[0]] if order else 0.0
    second = ranked.score[order[1]] if len(order) > 1 else 0.0
    return {
        "best_1": share(order[:1]),
        "best_2": share(order[:2]),
        "best_3": share(order[:3]),
        "best_5": share(order[:5]),
        "whole": sum(ranked.weights[key] for key in found) / ranked.total,
        "whole_plain": len(found) / max(1, len(ranked.weights)),
        "best_plain": len(ranked.held[order[0]]) / len(ranked.weights) if order else 0.0,
        "cover_2": share(cover[:2]),
        "cover_3": share(cover[:3]),
        "cover_size": float(len(cover)),
        "neighbours_2": max((share((one, one + 1)) for one in order[:6]), default=0.0),
        "neighbours_3": max((share((one - 1, one, one + 1)) for one in order[:6]), default=0.0),
        "lead": (first - second) / ranked.total,
        "rivals": float(sum(score >= 0.8 * first for score in ranked.score.values())),
        "spread": float(max(cover[:3]) - min(cover[:3])) if cover else 0.0,
        "words_1": _window(source, ranked, size),
        "words_2": _window(source, ranked, 2 * size),
        "words_4": _window(source, ranked, 4 * size),
    }


def _window(source: SourceIndex, ranked: Ranked, width: int) -> float:
    """Best share of the claim's words in so many running words of the source."""
    span = max(8, width)
    places = {key: source.places[key] for key in ranked.weights if key in source.places}
    best = _heaviest(_near_the_best(places, ranked, source, span), ranked.weights, span)
    return max(best, _heaviest(_hits(places, ranked.weights, best, span), ranked.weights, span)) / ranked.total


Hits = Iterable[tuple[int, str]]
"""Places with the keys that stand there, in order."""


def _near_the_best(places: Mapping[str, Sequence[int]], ranked: Ranked, source: SourceIndex, span: int) -> Hits:
    """The claim's words in and beside the sentence that has most of them: the heaviest window is often there."""
    if not ranked.order:
        return ()
    start, end = source.words.bounds(ranked.order[0])
    return sorted((one, key) for key, own in places.items() for one in _between(own, start - span, end + span))


def _hits(places: Mapping[str, Sequence[int]], weights: Mapping[str, float], reached: float, span: int) -> Hits:
    """The claim's words wherever a window may weigh more than what was `reached`.

    The commonest words that together weigh no more than that do not make such a window by themselves: it has one of the
    others, and they are few.
    """
    common: list[str] = []
    rare: list[str] = []
    held = 0.0
    for key in sorted(places, key=lambda one: -len(places[one])):
        held += weights[key]
        (rare if rare or held > reached else common).append(key)
    around: list[list[int]] = []
    for place in sorted(place for key in rare for place in places[key]):
        if around and place - span <= around[-1][1]:
            around[-1][1] = place + span
        else:
            around.append([place - span, place + span])
    every = [*rare, *common]
    return (
        hit
        for start, end in around
        for hit in sorted((one, key) for key in every for one in _between(places[key], start, end))
    )


def _between(numbers: Sequence[int], start: int, end: int) -> Sequence[int]:
    first = bisect_left(numbers, start)
    return numbers[first : bisect_left(numbers, end + 1, first)]


def _heaviest(hits: Hits, weights: Mapping[str, float], span: int) -> float:
    """What the heaviest window of so many running words weighs."""
    inside: dict[str, int] = {}
    ahead: deque[tuple[int, str]] = deque()
    weight = best = 0.0
    for place, key in hits:
        if not inside.get(key):
            weight += weights[key]
        inside[key] = inside.get(key, 0) + 1
        ahead.append((place, key))
        while place - ahead[0][0] >= span:
            _, gone = ahead.popleft()
            inside[gone] -= 1
            if not inside[gone]:
                weight -= weights[gone]
        best = max(best, weight)
    return best


def runs(statement: Statement, source: SourceIndex, ranked: Ranked) -> dict[str, float]:
    """How much of the claim stands in the source word after word."""
    keys = [word.key for word in statement.words]
    numbers = source.numbers_of(keys)
    size = max(1, len(keys))
    pieces, lengths, reached = [], [], 0
    for at, word in enumerate(statement.words):
        if not word.content or at < reached:
            continue
        start, end = _longest_run(numbers, at, source.places.get(word.key, ()), source)
        if end > start:
            pieces.append((max(start, reached), end))
            lengths.append(end - max(start, reached))
            reached = end
    copied = sum(length for length in lengths if length > 1)
    return {
        "run": max(lengths, default=0) / size,
        "run_words": float(max(lengths, default=0)),
        "pieces": len(pieces) / size,
        "piece_count": float(len(pieces)),
        "copied": copied / size,
        "copied_3": sum(length for length in lengths if length > 2) / size,
        "density": sum(length * length for length in lengths) / size,
        "gaps": float(size - sum(lengths)),
        **_grams(keys, statement, source),
        **_together(statement, source, ranked),
    }


def _longest_run(numbers: Sequence[int], at: int, places: Iterable[int], source: SourceIndex) -> tuple[int, int]:
    """The longest stretch of the claim around a word that stands in the source as it is."""
    best, number_at = (at, at), source.words.number_at
    for place in places:
        start, end = at, at + 1
        while start > 0 and number_at(place - at + start - 1) == numbers[start - 1]:
            start -= 1
        while end < len(numbers) and number_at(place - at + end) == numbers[end]:
            end += 1
        if end - start > best[1] - best[0]:
            best = (start, end)
            if end - start == len(numbers):
                break
    return best


def _grams(keys: Sequence[str], statement: Statement, source: SourceIndex) -> dict[str, float]:
    """Shares of the claim's pairs and triples of running words that stand in the source."""
    found, numbers = {}, source.numbers_of(keys)
    for size in (2, 3):
        wanted = hits = 0
        for start in range(len(keys) - size + 1):
            anchors = [at for at in range(start, start + size) if statement.words[at].content]
            if not anchors:
                continue
            wanted += 1
            rarest = min(anchors, key=lambda at: len(source.places.get(keys[at], ())))
            places = source.places.get(keys[rarest], ())
            hits += any(_stands_at(numbers[start : start + size], place - rarest + start, source) for place in places)
        found[f"grams_{size}"] = hits / wanted if wanted else 1.0
    return found


def _stands_at(gram: Sequence[int], at: int, source: SourceIndex) -> bool:
    return all(source.words.number_at(at + step) == number for step, number in enumerate(gram))


def _together(statement: Statement, source: SourceIndex, ranked: Ranked) -> dict[str, float]:
    """Shares of neighbouring content words of the claim that some sentence has together, and has side by side."""
    content = [word.key for word in statement.words if word.content]
    wanted = same = close = best = 0.0
    first = ranked.held[ranked.order[0]] if ranked.order else frozenset()
    for one, other in pairwise(content):
        weight = ranked.weights[one] + ranked.weights[other]
        wanted += weight
        if _meet(source.holders.get(one, ()), source.holders.get(other, ()), 0):
            same += weight
            best += weight * (one in first and other in first)
            close += weight * _meet(source.places[one], source.places[other], NEAR)
    whole = wanted or 1.0
    return {"pairs": same / whole, "pairs_best": best / whole, "pairs_close": close / whole}


def _meet(some: Sequence[int], others: Sequence[int], reach: int) -> bool:
    """Whether two rising rows of numbers have two that are at most so far apart."""
    fewer, more = sorted((some, others), key=len)
    for number in fewer:
        at = bisect_left(more, number - reach)
        if at < len(more) and more[at] <= number + reach:
            return True
    return False
