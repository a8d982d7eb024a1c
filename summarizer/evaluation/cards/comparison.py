"""Two runs side by side, for a terminal."""

from summarizer.evaluation.compare import Change, Comparison, Difference
from summarizer.report.safe import one_line, without_commands
from summarizer.schema import Label

SHOWN = 20  # changed claims
NAMES = {
    "accuracy_three_way_all": "three-way accuracy, unchecked is wrong",
    "balanced_accuracy_all": "balanced accuracy, unchecked is wrong",
    "recall_unsupported": "unsupported claims caught",
    "false_support": "unsupported claims called supported",
    "unchecked_rate": "unchecked",
}


def to_text(found: Comparison) -> str:
    """The verdict first, then the figures that it rests on, then the claims that changed."""
    lines = [
        f"{one_line(found.second)} against {one_line(found.first)}: {found.verdict}",
        f"{found.claims} claims of {found.cases} articles; {found.only_second} only right in the second, "
        f"{found.only_first} only in the first",
        f"p over articles {found.p:.4f} (decides), McNemar over claims {found.mcnemar:.4f}; "
        f"a difference below {100 * found.visible:.1f} points would mostly not have shown",
        "",
        *(_difference(one) for one in found.differences),
        *(f"Note: {one_line(warning)}" for warning in found.warnings),
    ]
    if found.changes:
        lines += ["", f"Changed: {len(found.changes)}"]
        ordered = sorted(found.changes, key=lambda one: (one.gained, one.case, one.claim))
        lines += [_change(one) for one in ordered[:SHOWN]]
        if len(ordered) > SHOWN:
            lines.append(f"  and {len(ordered) - SHOWN} more; --format json has all")
    return without_commands("\n".join(lines) + "\n")


def _difference(one: Difference) -> str:
    if one.value is None:
        return f"  {NAMES[one.name]:40} not measurable"
    interval = (
        f" ({100 * one.low:+.1f} to {100 * one.high:+.1f})" if one.low is not None and one.high is not None else ""
    )
    return (
        f"  {NAMES[one.name]:40} {100 * (one.first or 0):5.1f} -> {100 * (one.second or 0):5.1f}"
        f"  {100 * one.value:+.1f}{interval}"
    )


def _change(one: Change) -> str:
    mark = "gained" if one.gained else "lost" if one.first is one.gold else "other"
    return (
        f"  {mark:6} {one_line(one.claim)}: {_word(one.first)} -> {_word(one.second)}, is {_word(one.gold)}: "
        f"{one_line(one.text)}"
    )


def _word(label: Label | None) -> str:
    return "unchecked" if label is None else label.value.replace("_", " ")
