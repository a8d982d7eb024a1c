"""The claims that did not get their true label, worst first, and the words for them."""

from collections import Counter
from enum import StrEnum
from typing import NamedTuple, get_args

from summarizer.evaluation.cards.figures import label_words
from summarizer.evaluation.cases import Difficulty
from summarizer.evaluation.scorecard import Result, Scorecard
from summarizer.schema import Label


class MissKind(StrEnum):
    """In what way a claim was missed, worst first."""

    FALSE_SUPPORT = "false-support"
    FALSE_ALARM = "false-alarm"
    WRONG_KIND = "wrong-kind"
    UNDECIDED = "undecided"
    UNCHECKED = "unchecked"


WORDS = {
    MissKind.FALSE_SUPPORT: "called supported, is not",
    MissKind.FALSE_ALARM: "supported, called unsupported",
    MissKind.WRONG_KIND: "unsupported, wrong label",
    MissKind.UNDECIDED: "undecided",
    MissKind.UNCHECKED: "unchecked",
}


class Miss(NamedTuple):
    """A claim that did not get its true label."""

    kind: MissKind
    result: Result


def misses(card: Scorecard) -> tuple[Miss, ...]:
    """Every claim that counts and is not right, worst first: by kind, then the surest, then the easiest."""
    found = (Miss(kind_of(one), one) for one in card.counted() if not one.right)
    return tuple(sorted(found, key=_badness))


def kind_of(result: Result) -> MissKind:
    """In what way a claim that is not right was missed."""
    if not result.decided:
        return MissKind(result.outcome)
    if result.label is Label.SUPPORTED:
        return MissKind.FALSE_SUPPORT
    return MissKind.FALSE_ALARM if result.gold is Label.SUPPORTED else MissKind.WRONG_KIND


def how_hard(result: Result) -> str:
    """`, hard`; nothing where nobody said."""
    return f", {result.difficulty}" if result.difficulty else ""


def outcome_words(result: Result) -> str:
    """What the run said and what is true: `called supported, is contradicted (number)`."""
    truth = f"is {label_words(result.gold)}"
    truth += f" ({label_words(result.error)})" if result.error else ""
    return f"called {label_words(result.label)}, {truth}" if result.label else f"{open_words(result)}, {truth}"


def open_words(result: Result) -> str:
    """What came of a claim without a verdict: `undecided (not sure, leaning supported)`, `unchecked (bad reply)`."""
    reason = label_words(result.doubt or result.reason or "")
    leaning = f", leaning {label_words(result.leaning)}" if result.leaning else ""
    return f"{result.outcome} ({reason}{leaning})"


def summary_line(found: tuple[Miss, ...]) -> str:
    """`3 misses: 1 called supported, is not; 2 unchecked`."""
    if not found:
        return "no misses"
    counts = Counter(one.kind for one in found)
    parts = "; ".join(f"{counts[kind]:,} {WORDS[kind]}" for kind in MissKind if counts[kind])
    return f"{len(found):,} {'miss' if len(found) == 1 else 'misses'}: {parts}"


def _badness(miss: Miss) -> tuple[int, float, int]:
    """Lowest for the worst. `support` is of support, so a false alarm is the surer the lower it is."""
    support = 0.5 if miss.result.support is None else miss.result.support
    ease = get_args(Difficulty).index(miss.result.difficulty or "medium")
    return list(MissKind).index(miss.kind), -support if miss.kind is MissKind.FALSE_SUPPORT else support, ease
