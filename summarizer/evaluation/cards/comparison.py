"""Two runs side by side, for a terminal."""

from summarizer.evaluation.cards import figures
from summarizer.evaluation.compare import PRIMARY_RATE, Change, Comparison, Difference, Guardrail
from summarizer.evaluation.statistics import digits_apart, fewest_to_differ
from summarizer.report.safe import one_line, without_commands

SHOWN = 20  # changed claims


def to_text(found: Comparison) -> str:
    """The verdict first, then the figures that it rests on, then the claims that changed."""
    width = max((len(figures.words(one.name)) for one in found.differences), default=0)
    lines = [
        f"{one_line(found.second)} compared with {one_line(found.first)}: {found.verdict}",
        f"{figures.count(found.claims, 'claim')} of {figures.count(found.cases, 'article')}; {found.only_second} right only in the second run, "
        f"{found.only_first} only in the first",
        f"{figures.words(found.primary)}: p over articles {_p(found.p)} (decides), "
        f"{_detectable(found)}; "
        f"McNemar over claims {_p(found.mcnemar)}",
        *(_guardrail(one) for one in found.guardrails),
        "",
        *(_difference(one, width) for one in found.differences),
        *(f"Note: {one_line(warning)}" for warning in found.warnings),
    ]
    if found.changes:
        lines += ["", f"Changed: {len(found.changes)}"]
        ordered = sorted(found.changes, key=lambda one: (one.gained, one.case, one.claim))
        lines += [_change(one) for one in ordered[:SHOWN]]
        if len(ordered) > SHOWN:
            lines.append(f"  and {len(ordered) - SHOWN} more; --format json has all")
    return without_commands("\n".join(lines) + "\n")


def _p(value: float) -> str:
    """A p to four places, and never 0.

    >>> _p(0.00001), _p(0.0312)
    ('below 0.0001', '0.0312')
    """
    return "below 0.0001" if value < 0.00005 else f"{value:.4f}"


def _detectable(found: Comparison) -> str:
    if found.minimum_detectable_effect is not None:
        return f"minimum detectable effect {100 * found.minimum_detectable_effect:.1f} points"
    if any(one.name == found.primary and one.value is None for one in found.differences):
        return f"{figures.NOT_MEASURABLE}, so no difference can be detected"
    return f"no difference can be detected: that takes {fewest_to_differ(1 - PRIMARY_RATE)} articles with claims that count"


def _guardrail(one: Guardrail) -> str:
    if one.loss is None:
        return f"guardrail {figures.words(one.name)}: {figures.NOT_MEASURABLE}, so it has not held"
    digits = digits_apart(100 * one.loss, 100 * one.margin, least=1)
    change = f"{'worse' if one.loss > 0 else 'better'} by {100 * abs(one.loss):.{digits}f} points"
    moved = change if one.loss else "no change"
    margin = f"{100 * one.margin:.{digits}f}"
    interval = ""
    if one.low is not None and one.high is not None:
        interval = f", interval of the loss {100 * one.low:+.1f} to {100 * one.high:+.1f}"
    shown = f"margin {margin}, p {_p(one.p)} over {one.over}{interval}"
    return f"guardrail {figures.words(one.name)}: {one.outcome}; {moved}, {shown}"


def _difference(one: Difference, width: int) -> str:
    name = one_line(figures.words(one.name)).ljust(width)
    if one.first is None or one.second is None or one.value is None:
        return f"  {name}  {figures.NOT_MEASURABLE}"
    interval = ""
    if one.low is not None and one.high is not None:
        interval = f" ({figures.change(one.name, one.low)} to {figures.change(one.name, one.high)})"
    better = figures.better(one.name)
    return (
        f"  {name}  {figures.number(one.name, one.first):>5} -> {figures.number(one.name, one.second):>5}"
        f"  {figures.change(one.name, one.value)}{interval}{f', {better}' if better else ''}"
    )


def _change(one: Change) -> str:
    mark = "gained" if one.gained else "lost" if one.lost else "other"
    first, second, gold = (label.replace("_", " ") for label in (one.first, one.second, str(one.gold)))
    return f"  {mark:6} {one_line(one.claim)}: {first} -> {second}, is {gold}: {one_line(one.text)}"
