"""What could be put in the place of a wrong passage, and which of it the judge's second look lets through.

All tries of a summary are checked in one go, each a paragraph of a text of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from summarizer.language.sentences import Sentence
from summarizer.language.sentences import sentences as sentences_of
from summarizer.language.word_index import WordIndex
from summarizer.repair.as_read import TOKEN
from summarizer.repair.pairs import NEAREST, Origin, Swap, swaps
from summarizer.repair.passages import Passage, is_failed, is_open, is_problem, is_supported
from summarizer.repair.rewriting import rewritten
from summarizer.repair.sentences import own_sentence
from summarizer.retrieval import Index
from summarizer.schema import Check, Document, Evidence, Report, Verdict

MOST_TRIES = 16  # of one passage
LARGEST_SHARE = 0.5  # of the words of a passage that swaps may change: beyond it the statement is another one
LARGEST_REWRITING = 0.75  # of what a model proposes, who may leave a part out
PAIR = 2  # swaps
FEWEST = 3  # words that may be changed in any passage
BREAK = "\n\n"


class Sources(NamedTuple):
    """The texts of the sources, whole and by sentence, by `Document.id`."""

    documents: Mapping[str, Document]
    sentences: Mapping[str, Sequence[Sentence]]
    near: Mapping[str, Sequence[Sentence]]
    """By `Claim.id` of what is wrong: the sentences that it was judged by, or else those that share its rarest words."""


def sources_of(report: Report, passages: Sequence[Passage]) -> Sources:
    """The sources of a report, as far as its problems are concerned."""
    split = {one.id: sentences_of(one) for one in report.documents}
    problems = [check for passage in passages for check in passage.problems]
    near = {check.claim.id: _judged_by(check, split) for check in problems}
    bare = [check.claim for check in problems if not near[check.claim.id]]
    if bare:  # the words of a long source are read only for those
        index = Index(WordIndex([one for own in split.values() for one in own]), [claim.text for claim in bare])
        near |= {claim.id: index.search(claim.text, limit=NEAREST) for claim in bare}
    return Sources({one.id: one for one in report.documents}, split, near)


def _judged_by(check: Check, split: Mapping[str, Sequence[Sentence]]) -> tuple[Sentence, ...]:
    found = (
        one
        for piece in check.shown
        for one in split[piece.document]
        if one.start < piece.span.end and one.end > piece.span.start
    )
    return tuple(dict.fromkeys(found))


class Try(NamedTuple):
    """Swaps that are made together, and the passage with them."""

    passage: Passage
    swaps: tuple[Swap, ...]
    text: str


class Taken(NamedTuple):
    """A try that came out supported, and the words of the source that support it."""

    swaps: tuple[Swap, ...]
    text: str
    """The passage with them."""
    evidence: tuple[Evidence, ...]


def tries_of(passage: Passage, summary: str, sources: Sources, proposed: str | None = None) -> list[Try]:
    """The wording that a model proposed; all that the findings name; each swap; all and two together; a sentence."""
    tries: dict[str, Try] = {}
    if proposed:
        chosen = rewritten(passage.problems[0], passage.words(summary), summary, proposed)
        _add(tries, passage, summary, chosen, LARGEST_REWRITING)
    found = [
        one
        for check in passage.problems
        for one in swaps(check, summary, sources.sentences, sources.near[check.claim.id])
    ]
    for chosen in _together([one for one in found if one.start >= passage.start and one.end <= passage.end]):
        _add(tries, passage, summary, chosen, LARGEST_SHARE)
    taken = list(tries.values())[: MOST_TRIES - 1]
    whole = _sentence(passage, summary, sources)
    return [*taken, Try(passage, (whole,), whole.after)] if whole else taken


def composed(tries: Sequence[Try]) -> str:
    """All tries as one text, each a paragraph of its own."""
    return BREAK.join(one.text for one in tries)


def chosen(tries: Sequence[Try], checks: Sequence[Check]) -> tuple[dict[Passage, Taken], set[Passage]]:
    """The try that is taken for each passage, and the passages of which nobody knows: a try could not be checked.

    `checks` are those of the composed text.
    """
    best: dict[Passage, tuple[tuple[int, int], Taken]] = {}
    unknown: set[Passage] = set()
    at = 0
    for one in tries:
        end = at + len(one.text)
        own = [check for check in checks if check.claim.origin.start < end and check.claim.origin.end > at]
        at = end + len(BREAK)
        if any(map(is_failed, own)):
            unknown.add(one.passage)
        if any(map(is_supported, own)) and not any(is_problem(check) or is_open(check) for check in own):
            rank = _rank(one)
            if one.passage not in best or rank < best[one.passage][0]:
                best[one.passage] = (rank, Taken(one.swaps, one.text, _evidence(own)))
    return {passage: taken for passage, (_, taken) in best.items()}, unknown - set(best)


def _rank(one: Try) -> tuple[int, int]:
    """The surest origin first; of what findings name as much as can be, of all else as little."""
    worst = max(swap.origin for swap in one.swaps)
    return worst, -len(one.swaps) if worst is Origin.FINDING else len(one.swaps)


def _evidence(checks: Sequence[Check]) -> tuple[Evidence, ...]:
    outcomes = (check.outcome for check in checks)
    return tuple(piece for outcome in outcomes if isinstance(outcome, Verdict) for piece in outcome.evidence)


def _add(tries: dict[str, Try], passage: Passage, summary: str, chosen: Sequence[Swap], share: float) -> None:
    room = max(FEWEST, share * len(TOKEN.findall(passage.place.of(summary))))
    one = Try(passage, tuple(chosen), _with(summary, passage, chosen))
    if chosen and _size(one, summary) <= room:
        tries.setdefault(one.text, one)


def _sentence(passage: Passage, summary: str, sources: Sources) -> Swap | None:
    """The source's sentence for the passage; None where it makes statements that others need, or several are wrong."""
    if passage.others or len(passage.problems) != 1:
        return None
    return own_sentence(passage.problems[0], passage.words(summary), summary, sources.documents, sources.sentences)


def _together(found: Sequence[Swap]) -> Iterator[tuple[Swap, ...]]:
    remarks = [one for one in found if one.origin is Origin.FINDING]
    yield _as_many_as_can_be(remarks)
    values = [one for one in found if one.origin in (Origin.FINDING, Origin.SAME_KIND)]
    yield _as_many_as_can_be(values)
    yield from ((one,) for one in found)
    for one in found:  # of other words more than one make no sentence
        if one not in values and len(more := _as_many_as_can_be([*values, one])) > PAIR and one in more:
            yield more
    pairs = sorted(combinations(found, PAIR), key=lambda pair: max(one.origin for one in pair))
    yield from (_in_order(pair) for pair in pairs if not _clash(*pair))


def _as_many_as_can_be(found: Sequence[Swap]) -> tuple[Swap, ...]:
    """The surest swap, and of each further one that clashes with none of those before it: values pair in their order."""
    taken: list[Swap] = []
    for one in sorted(found, key=lambda one: one.origin):
        if not any(_clash(one, other) for other in taken):
            taken.append(one)
    return _in_order(taken)


def _in_order(chosen: Sequence[Swap]) -> tuple[Swap, ...]:
    return tuple(sorted(chosen, key=lambda one: one.start))


def _clash(one: Swap, other: Swap) -> bool:
    """Whether two swaps take the place of the same words, or bring the same words, from one place of the source or two."""
    if one.start < other.end and other.start < one.end:
        return True
    mine, theirs = _brought(one), _brought(other)
    return mine <= theirs or theirs <= mine


def _brought(one: Swap) -> frozenset[str]:
    return frozenset(TOKEN.findall((one.evidence.quote if one.evidence else one.after).casefold()))


def _with(summary: str, passage: Passage, chosen: Sequence[Swap]) -> str:
    parts, at = [], passage.start
    for one in chosen:
        parts += [summary[at : one.start], one.after]
        at = one.end
    return " ".join("".join([*parts, summary[at : passage.end]]).split())


def _size(one: Try, summary: str) -> int:
    """How many words a try changes."""
    return sum(
        max(len(TOKEN.findall(summary[swap.start : swap.end])), len(TOKEN.findall(swap.after))) for swap in one.swaps
    )
