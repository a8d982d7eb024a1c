"""From a sentence to its mutants: the candidates of every kind of error, and the first that is usable."""

import random
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from summarizer.language.sentences import Sentence
from summarizer.language.statements import bare
from summarizer.language.words import WORD
from summarizer.mutation.antonyms import antonym
from summarizer.mutation.context import KEPT, Change, Mutant, SentenceContext, could_be_true, fitted, same_sentence
from summarizer.mutation.dates import date, weekday
from summarizer.mutation.degrees import modality, quantifier
from summarizer.mutation.names import attribution_swap, name, role
from summarizer.mutation.negations import negation
from summarizer.mutation.numbers import number, unit
from summarizer.mutation.speech import dropped_attribution, quotation
from summarizer.schema import Document, ErrorKind

SEED = 20260701
KINDS: tuple[tuple[ErrorKind, Callable[[SentenceContext], Iterator[Change]]], ...] = (
    ("number", number),
    ("unit", unit),
    ("date", date),
    ("weekday", weekday),
    ("name", name),
    ("role", role),
    ("negation", negation),
    ("antonym", antonym),
    ("quantifier", quantifier),
    ("modality", modality),
    ("attribution_swap", attribution_swap),
    ("dropped_attribution", dropped_attribution),
    ("quotation", quotation),
)


def mutations(
    sentence: Sentence,
    document: Document,
    others: Sequence[Sentence],
    *,
    seed: int = SEED,
    kinds: Collection[ErrorKind] | None = None,
) -> Iterator[Mutant]:
    """Yield at most one mutant of each kind, or of each of `kinds`, in the order of `KINDS`.

    `others` are the sentences of the document that a mutant is held against; the sentence
    itself may be among them. The seed decides which of several changes is made.
    """
    text = plain(sentence)
    context = SentenceContext(text, document.text, tuple(plain(other) for other in others if other.id != sentence.id))
    known = {text.lower(), *(other.lower() for other in context.others)}
    for kind, changes in KINDS:
        if kinds is not None and kind not in kinds:
            continue
        found = list(dict.fromkeys(changes(context)))
        random.Random(f"{seed} {kind} {text}").shuffle(found)  # noqa: S311 (a choice, no secret)
        made = (_mutant(kind, fitted(text, one), context, sentence) for one in found if not could_be_true(one, context))
        mutant = next((one for one in made if one and one.text.lower() not in known), None)
        if mutant and not any(same_sentence(mutant.text, other) for other in (text, *context.others)):
            yield mutant


def plain(sentence: Sentence) -> str:
    """A sentence as a claim: on one line, without list marks and the like."""
    return _bare(sentence.text)


_bare = lru_cache(maxsize=KEPT)(bare)


def _mutant(kind: ErrorKind, change: Change, context: SentenceContext, sentence: Sentence) -> Mutant | None:
    """The sentence with the change made; none where its words cannot be shown in the article."""
    text = context.text[: change.start] + change.new + context.text[change.end :]
    for start, end in _windows(context.text, change):
        words = _verbatim(context.text[start:end], sentence.text)
        if words and sentence.start <= context.article.find(words) < sentence.end:
            return Mutant(kind, text, text[start : end + len(text) - len(context.text)], words)
    return None


def _windows(text: str, change: Change) -> Iterator[tuple[int, int]]:
    """The changed words, then with more and more of their neighbours, until they are unique in the article."""
    start, end = change.start, change.end
    words = [match.span() for match in WORD.finditer(text)]
    left = [one for one, _ in reversed(words) if one < start]
    right = [other for _, other in words if other > end]
    inside = [one for one in words if change.start < one[1] and one[0] < change.end]
    if inside:
        start, end = min(start, inside[0][0]), max(end, inside[-1][1])
        yield start, end
    while left or right:
        if left:
            start = left.pop(0)
        if right:
            end = right.pop(0)
        yield start, end


def _verbatim(words: str, source: str) -> str:
    """The words as the article has them, over line breaks if need be."""
    found = re.search(r"\s+".join(re.escape(part) for part in words.split()), source)
    return found[0] if found else ""
