"""The registry of metrics as a list for people."""

from summarizer.evaluation.metrics import MetricDefinition, definitions

HEAD = ("metric", "unit", "better", "meaning")


def to_text() -> str:
    """A line for each metric, and the parts of each family below it."""
    rows = [HEAD, *(_row(one) for one in definitions().values())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
    lines = []
    for row, definition in zip(rows, (None, *definitions().values()), strict=True):
        lines.append("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]))
        if definition and definition.parts:
            lines.append(f"  * is one of {', '.join(_parts(definition))}")
    return "\n".join(lines) + "\n"


def to_markdown() -> str:
    """The same as a table."""
    lines = [f"| {' | '.join(HEAD)} |", "| --- | --- | --- | --- |"]
    lines += [
        f"| `{name}` | {unit} | {better} | {meaning} |"
        for name, unit, better, meaning in map(_row, definitions().values())
    ]
    lines += ["", *(f"`{one.name}`: {', '.join(_parts(one))}." for one in definitions().values() if one.parts)]
    return "\n".join(lines) + "\n"


def _parts(definition: MetricDefinition) -> tuple[str, ...]:
    """What may stand in place of the `*`, with what a suite may bring along."""
    return (*definition.parts, *([f"or {definition.further.described}"] if definition.further else []))


def _row(definition: MetricDefinition) -> tuple[str, str, str, str]:
    return definition.name, definition.unit, definition.better, definition.meaning
