"""What all forms of a scorecard have in common: which numbers, in which words.

Names, units and directions come from the registry of metrics. Words that come from a scorecard are as they are in it;
each form makes them safe in its own way.
"""

from collections import Counter
from typing import NamedTuple, get_args

from summarizer.evaluation.cases import GoldLabel
from summarizer.evaluation.error_kinds import PREFIX
from summarizer.evaluation.metrics import definition_of, definitions
from summarizer.evaluation.metrics.definition import Section
from summarizer.evaluation.scorecard import Metric, PredictedLabel, Scorecard
from summarizer.evaluation.statistics import digits_apart
from summarizer.schema import Label

NOT_MEASURABLE = "not measurable"
PREDICTIONS: tuple[PredictedLabel, ...] = get_args(PredictedLabel)
TITLES: dict[Section, str] = {
    "headline": "Headline, per cent",
    "label": "By label, per cent",
    "error": "Unsupported claims caught, per cent, by kind of error",
    "difficulty": "Three-way accuracy of the decided claims, per cent, by difficulty",
    "further": "Evidence, calibration and cost",
}
"""The tables of a scorecard, in order."""
HEAD = ("metric", "value (95% interval)", "n", "undecided", "unchecked")
CONFUSION = "Claims by true label (rows) and by outcome of the run (columns)"


class Table(NamedTuple):
    """Metrics that belong together, each with its words."""

    title: str
    rows: tuple[tuple[str, Metric], ...]


class Confused(NamedTuple):
    """A row of the confusion table."""

    gold: GoldLabel
    counts: tuple[int, ...]
    """In the order of `PREDICTIONS`."""

    @property
    def total(self) -> int:
        return sum(self.counts)


def headline(card: Scorecard) -> tuple[Metric, ...]:
    """The metrics that a reader must see; one that the card lacks is not measurable."""
    names = [one.name for one in definitions().values() if one.section == "headline"]
    return tuple(card.metric(name) or Metric(name=name, value=None, n=0) for name in names)


def tables(card: Scorecard) -> tuple[Table, ...]:
    """All metrics in the order of the registry, those that it does not know last: nothing is left out."""
    order = [*definitions()]
    # A part that a suite brought along stands behind those of its family.
    places = {
        one.name: (order.index(its.name), its.names.index(one.name) if one.name in its.names else len(its.names))
        for one in card.metrics
        if (its := definition_of(one.name))
    }
    known = sorted((one for one in card.metrics if one.name in places), key=lambda one: places[one.name])
    rest = [one for one in card.metrics if one.name not in places]
    found = []
    for section, title in TITLES.items():
        own = headline(card) if section == "headline" else [one for one in known if _section(one.name) == section]
        rows = [(_name_in(section, one.name), one) for one in (*own, *(rest if section == "further" else ()))]
        found.append(Table(title, tuple(rows)))
    return tuple(one for one in found if one.rows)


def dataset_table(card: Scorecard) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and rows of the scores by data set; no rows where there are none."""
    if not card.datasets:
        return (), []
    names = [*dict.fromkeys(metric.name.partition("/")[0] for one in card.datasets for metric in one.metrics)]
    held = [{metric.name.partition("/")[0]: metric for metric in one.metrics} for one in card.datasets]
    head = ("data set", "claims", "documents", *map(words, names))
    rows = [
        (
            one.name,
            f"{one.claims:,}",
            f"{one.documents:,}",
            *(short(name, own.get(name)) for name in names),
        )
        for one, own in zip(card.datasets, held, strict=True)
    ]
    return head, rows


def short(name: str, metric: Metric | None) -> str:
    """`61.2 (55.0 to 67.1)`, or `-` where it cannot be measured."""
    return (
        "-"
        if metric is None or metric.value is None
        else measure(metric.model_copy(update={"name": name})).removesuffix(" (no interval)")
    )


def bar_mark(passed: bool) -> str:
    """The words before a bar of the policy."""
    return "met" if passed else "NOT MET"


def note_on_intervals(card: Scorecard) -> str:
    """Why scores have no interval, where that is for want of articles."""
    few = any(one.value is not None and one.low is None and (one.articles or 5) < 5 for one in card.metrics)
    return "No interval: fewer than 5 articles are too few for an interval." if few else ""


def cells(metric: Metric) -> tuple[str, ...]:
    """What stands beside the name of a metric, in the order of `HEAD`."""
    return measure(metric), f"{metric.n:,}", f"{metric.undecided:,}", f"{metric.unchecked:,}"


def confusion(card: Scorecard) -> tuple[Confused, ...]:
    """Claims by true label and by outcome; the ambiguous ones are not in it."""
    counts = Counter((one.gold, one.predicted) for one in card.counted())
    golds: list[GoldLabel] = [*Label]
    if any(one.gold == "unsupported" for one in card.counted()):
        golds.append("unsupported")
    return tuple(Confused(gold, tuple(counts[gold, one] for one in PREDICTIONS)) for gold in golds)


def words(name: str) -> str:
    """The metric in plain words: `unsupported claims caught`, or of a part `precision: not in source`."""
    definition = definition_of(name)
    base, _, part = name.partition("/")
    title = definition.title if definition else base.replace("_", " ")
    return f"{title}: {label_words(part)}" if part else title


def label_words(label: str) -> str:
    """`not in source` for `not_in_source`; so for any name of ours, and `wrong dose` for the kind `x_wrong_dose`."""
    return label.removeprefix(PREFIX).replace("_", " ")


def better(name: str) -> str:
    """`lower is better` where it is, and otherwise nothing: most metrics are better high, and a reader expects it."""
    definition = definition_of(name)
    return "lower is better" if definition and definition.better == "lower" else ""


def is_share(name: str) -> bool:
    """Whether a metric is printed in per cent."""
    return _unit(name) == "share"


def note_on_direction(card: Scorecard) -> str:
    """`Lower is better: ...`, for the headline."""
    low = [words(one.name) for one in headline(card) if better(one.name)]
    return f"Lower is better: {'; '.join(low)}."


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
    return value if _unit(metric.name) in ("count", "tokens", "USD") else f"{value} (no interval)"


def number(name: str, value: float | None) -> str:
    """A value in the unit of its metric, rounded for print; `not measurable` for None."""
    if value is None:
        return NOT_MEASURABLE
    match _unit(name):
        case "share":
            return _per_cent(value)
        case "USD":
            return f"{value:.4f}"
        case "count" | "tokens":
            return f"{value:,.{0 if value == int(value) else 1}f}"
    return _without_sign_of_zero(f"{value:,.3f}")


def _per_cent(share: float) -> str:
    """One digit, and more where that would say none or all of what is some.

    >>> _per_cent(0.123), _per_cent(0.9996), _per_cent(1.0)
    ('12.3', '99.96', '100.0')
    """
    per_cent = 100 * share
    end = next((one for one in (0, 100) if f"{abs(per_cent):.1f}" == f"{one:.1f}"), None)
    digits = 1 if end is None else digits_apart(abs(per_cent), end, least=1, most=4)
    return _without_sign_of_zero(f"{per_cent:.{digits}f}")


def _without_sign_of_zero(shown: str) -> str:
    return shown.removeprefix("-") if not shown.strip("-0.") else shown


def change(name: str, value: float) -> str:
    """A difference of two values, with its sign.

    >>> change("false_support", -0.012)
    '-1.2'
    """
    shown = number(name, value)
    return shown if shown.startswith("-") else f"+{shown}"


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
    """`summarizer 0.1.0, extractor sentences, judge chat (gpt-5.4-mini), 3 repeats`."""
    parts = [f"{job} {one}" for job, one in card.run.components.items()]
    return f"summarizer {card.run.version}, {', '.join(parts)}, {count(card.run.repeats, 'repeat')}"


def circumstances_line(card: Scorecard) -> str:
    """`2026-11-29T08:30:00+00:00, commit 1f3a9c0d2b4e, python 3.12.3, openai 2.8.1, 0.84 s a call`; empty where nothing is known."""
    run = card.run
    return ", ".join(
        [
            *([run.date] if run.date else []),
            *([f"commit {run.commit[:12]}"] if run.commit else []),
            *(f"{one.name} {one.value}" for one in run.versions),
            *([f"{run.seconds_per_call:.2f} s a call"] if run.seconds_per_call is not None else []),
        ]
    )


def _section(name: str) -> Section:
    definition = definition_of(name)
    return definition.section if definition else "further"


def _unit(name: str) -> str:
    definition = definition_of(name)
    return definition.unit if definition else "score"


def _name_in(section: Section, name: str) -> str:
    """The words of a metric in its table: a table of parts names the part alone, a mixed one the unit too."""
    if section in ("error", "difficulty"):
        return label_words(name.partition("/")[2]) or words(name)
    unit = {"share": ", %", "USD": ", USD"}.get(_unit(name), "") if section == "further" else ""
    return words(name) + unit
