"""What every form of a scorecard says alike: which numbers, in which words, and which misses come first.

Words that come from a scorecard are as they stand there; each form makes them safe in its own way.
"""

from collections import Counter
from collections.abc import Collection
from enum import StrEnum
from typing import Literal, NamedTuple, get_args

from summarizer.deciding import WORDS
from summarizer.evaluation.cases import Difficulty
from summarizer.evaluation.scorecard import Metric, Result, Scorecard
from summarizer.schema import Label

Unit = Literal["%", "", "USD"]
NOT_MEASURABLE = "not measurable"
LABELS = tuple(Label)
OUTCOMES: tuple[Label | None, ...] = (*LABELS, None)
"""What a run can make of a claim: a label, or None for unchecked."""

HEADLINE = {
    "balanced_accuracy": "balanced accuracy, decided claims",
    "balanced_accuracy_all": "balanced accuracy, unchecked is wrong",
    "recall_unsupported": "unsupported claims caught",
    "false_alarms": "false alarms on supported claims",
    "false_support": "unsupported claims called supported",
    "unchecked_rate": "claims left unchecked",
    "unanswered": "claims that got no answer",
    "accuracy_three_way": "three-way, decided claims",
    "accuracy_three_way_all": "three-way, unchecked is wrong",
    "macro_f1": "macro F1 of the three labels",
}
FURTHER = {
    "f1": "F1",
    "evidence_precision": "shown words that decide",
    "evidence_recall": "deciding words that are shown",
    "span_f1": "span F1, shown and deciding",
    "conflict_pairs": "conflicting pairs of words shown",
    "extraction_recall": "claims extracted",
    "extraction_precision": "extracted claims, not invented",
    "coverage": "key sentences covered",
    "brier": "Brier score",
    "ece": "expected calibration error",
    "flips": "labels that repeats change",
    "misquotes": "quotes that stand in no source",
    "dropped_claims": "dropped claims, in no summary",
    "calls": "calls of the model",
    "tokens": "tokens",
    "input_tokens": "tokens sent",
    "output_tokens": "tokens received",
    "cost": "cost",
    "cost_usd": "cost",
}
LOWER_IS_BETTER = frozenset(
    "false_alarms false_support unchecked_rate brier ece flips misquotes dropped_claims".split()
)
COUNTS = frozenset("misquotes dropped_claims calls tokens input_tokens output_tokens".split())
SHARES = ("accuracy", "conflict_pairs", "coverage", "evidence_", "extraction", "f1", "flips", "precision", "recall", "span_f1")  # fmt: skip
NOTE_LOWER = "Lower is better: false alarms, called supported, left unchecked."


class MissKind(StrEnum):
    """In what way a claim was missed, worst first."""

    FALSE_SUPPORT = "false-support"
    FALSE_ALARM = "false-alarm"
    WRONG_KIND = "wrong-kind"
    UNCHECKED = "unchecked"


MISS_WORDS = {
    MissKind.FALSE_SUPPORT: "called supported, is not",
    MissKind.FALSE_ALARM: "supported, called unsupported",
    MissKind.WRONG_KIND: "unsupported, in another way",
    MissKind.UNCHECKED: "unchecked",
}


class Table(NamedTuple):
    """Metrics that stand together, each with its words."""

    title: str
    rows: tuple[tuple[str, Metric], ...]


class Miss(NamedTuple):
    """A claim that did not get its true label."""

    kind: MissKind
    result: Result


class Confused(NamedTuple):
    """A row of the confusion table."""

    gold: Label
    counts: tuple[int, ...]
    """In the order of `OUTCOMES`."""

    @property
    def total(self) -> int:
        return sum(self.counts)


def headline(card: Scorecard) -> tuple[Metric, ...]:
    """The metrics that a reader must see; one that the card lacks is not measurable."""
    return tuple(card.metric(name) or Metric(name=name, value=None, n=0) for name in HEADLINE)


def tables(card: Scorecard) -> tuple[Table, ...]:
    """All metrics: the headline, then labels, kinds of error and difficulties, then the rest."""
    labels = [one for one in card.metrics if _base(one.name) in ("precision", "recall", "f1")]
    kinds = [one for one in card.metrics if one.name.startswith("recall_unsupported/")]
    levels = [one for level in get_args(Difficulty) if (one := card.metric(f"accuracy/{level}"))]
    tabled = {one.name for one in (*headline(card), *labels, *kinds, *levels)}
    rest = further(card, tabled)
    found = (
        Table("Headline, per cent", tuple((words(one.name), one) for one in headline(card))),
        Table("By label, per cent", tuple((words(one.name), one) for one in labels)),
        Table(
            "Unsupported claims caught, per cent, by kind of error", tuple((part_words(one.name), one) for one in kinds)
        ),
        Table("Three-way accuracy, per cent, by difficulty", tuple((part_words(one.name), one) for one in levels)),
        Table("Evidence, calibration and cost", tuple((words_and_unit(one.name), one) for one in rest)),
    )
    return tuple(one for one in found if one.rows)


def further(card: Scorecard, tabled: Collection[str]) -> tuple[Metric, ...]:
    """The metrics that are not `tabled`, known ones first, and what the run counted; nothing stays unsaid."""
    rest = [one for one in card.metrics if one.name not in tabled]
    rest += [one for one in _counted_by_the_run(card) if card.metric(one.name) is None]
    order = list(FURTHER)
    return tuple(sorted(rest, key=lambda one: order.index(_base(one.name)) if _base(one.name) in order else len(order)))


def confusion(card: Scorecard) -> tuple[Confused, ...]:
    """Claims by true label and by what the run made of them; the ambiguous ones are not in it."""
    counts = Counter((one.gold, one.label) for one in card.counted())
    return tuple(Confused(gold, tuple(counts[gold, label] for label in OUTCOMES)) for gold in LABELS)


def misses(card: Scorecard) -> tuple[Miss, ...]:
    """Every claim that counts and is not right, worst first: by kind, then the surest, then the easiest."""
    found = (Miss(kind_of(one), one) for one in card.counted() if not one.right)
    return tuple(sorted(found, key=_badness))


def kind_of(result: Result) -> MissKind:
    """In what way a claim that is not right was missed."""
    if result.label is None:
        return MissKind.UNCHECKED
    if result.label is Label.SUPPORTED:
        return MissKind.FALSE_SUPPORT
    return MissKind.FALSE_ALARM if result.gold is Label.SUPPORTED else MissKind.WRONG_KIND


def words(name: str) -> str:
    """The metric in plain words: `unsupported claims caught`, or of a part `precision: not in source`."""
    base, _, part = name.partition("/")
    plain = HEADLINE.get(base) or FURTHER.get(base) or base.replace("_", " ")
    return f"{plain}: {part_words(name)}" if part else plain


def words_and_unit(name: str) -> str:
    """`cost, USD`, for a table that holds several units."""
    return f"{words(name)}, {unit(name)}" if unit(name) else words(name)


def part_words(name: str) -> str:
    """The part alone: `attribution swap` of `recall_unsupported/attribution_swap`."""
    return name.partition("/")[2].replace("_", " ")


def label_words(label: Label | None) -> str:
    """`not in source`; `unchecked` for None."""
    return WORDS[label] if label else "unchecked"


def verdict_words(result: Result) -> str:
    """What the run said and what is true: `called supported, is contradicted (number)`."""
    truth = f"is {label_words(result.gold)}"
    truth += f" ({result.error.replace('_', ' ')})" if result.error else ""
    return f"{reason_words(result)}, {truth}" if result.label is None else f"called {WORDS[result.label]}, {truth}"


def reason_words(result: Result) -> str:
    """`unchecked (uncertain)`."""
    return f"unchecked ({result.reason.value.replace('_', ' ')})" if result.reason else "unchecked"


def unit(name: str) -> Unit:
    """In what a metric is counted; a share is printed in per cent."""
    base = _base(name)
    if base in ("cost", "cost_usd"):
        return "USD"
    return "%" if base in HEADLINE or base.startswith(SHARES) else ""


def measure(metric: Metric) -> str:
    """`61.2 (55.0 to 67.1)`, the value with its interval, in the unit of the metric.

    >>> measure(Metric(name="recall_unsupported", value=0.612, low=0.55, high=0.671, n=49))
    '61.2 (55.0 to 67.1)'
    """
    value = number(metric.name, metric.value)
    if metric.value is None:
        return value
    if metric.low is not None and metric.high is not None:
        return f"{value} ({number(metric.name, metric.low)} to {number(metric.name, metric.high)})"
    return value if _base(metric.name) in COUNTS or unit(metric.name) == "USD" else f"{value} (no interval)"


def number(name: str, value: float | None) -> str:
    """A value in the unit of its metric, rounded for print; `not measurable` for None."""
    if value is None:
        return NOT_MEASURABLE
    if unit(name) == "%":
        return f"{100 * value:.1f}"
    if unit(name) == "USD":
        return f"{value:.4f}"
    return f"{value:,.3f}" if _base(name) not in COUNTS else f"{value:,.{0 if value == int(value) else 1}f}"


def count(n: int, noun: str) -> str:
    """`1 claim`, `1,024 claims`."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def suite_line(card: Scorecard, *, digits: int = 64) -> str:
    """`built-in suite, dev: 40 cases, 612 claims, 3 ambiguous, sha256 9f86...`."""
    suite = card.suite
    ambiguous = f", {suite.ambiguous:,} ambiguous" if suite.ambiguous else ""
    sizes = f"{count(suite.cases, 'case')}, {count(suite.claims, 'claim')}{ambiguous}"
    return f"{suite.name}: {sizes}, sha256 {suite.sha256[:digits]}"


def run_line(card: Scorecard) -> str:
    """`summarizer 0.1.0, backend openai, model gpt-5.4-mini, 3 repeats`."""
    run = card.run
    model = f", model {run.model}" if run.model else ""
    return f"summarizer {run.version}, backend {run.backend}{model}, {count(run.repeats, 'repeat')}"


def misses_line(found: tuple[Miss, ...]) -> str:
    """`3 misses: 1 called supported, is not; 2 unchecked`."""
    if not found:
        return "no misses"
    counts = Counter(one.kind for one in found)
    parts = "; ".join(f"{counts[kind]:,} {MISS_WORDS[kind]}" for kind in MissKind if counts[kind])
    return f"{len(found):,} {'miss' if len(found) == 1 else 'misses'}: {parts}"


def _base(name: str) -> str:
    return name.partition("/")[0]


def _counted_by_the_run(card: Scorecard) -> list[Metric]:
    run, n = card.run, card.suite.claims
    counted: dict[str, float | None] = {"misquotes": run.misquotes, "dropped_claims": run.dropped_claims}
    if run.usage.calls:
        usage = run.usage
        counted |= {"calls": usage.calls, "input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens}
        counted |= {"cost_usd": usage.cost_usd}
    return [Metric(name=name, value=value, n=n) for name, value in counted.items()]


def _badness(miss: Miss) -> tuple[int, float, int]:
    """Least for the worst. `confidence` is of support, so a false alarm is the surer the lower it is."""
    confidence = miss.result.confidence
    sure = 0.5 if confidence is None else confidence
    ease = get_args(Difficulty).index(miss.result.difficulty)
    return list(MissKind).index(miss.kind), -sure if miss.kind is MissKind.FALSE_SUPPORT else sure, ease
