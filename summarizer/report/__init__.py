"""A `Report` in the formats that people and programs read."""

from typing import TYPE_CHECKING, Any, get_args

from summarizer.errors import UsageError
from summarizer.report.formats import Format, Option, find_format, format_names, register, unregister

if TYPE_CHECKING:
    from summarizer.schema import Report

__all__ = ["Format", "Option", "find_format", "format_names", "register", "render", "unregister"]


def render(report: "Report", format: str = "text", **options: Any) -> str:
    """Return the report in one of the formats: `text`, `json`, `markdown`, `html`, `csv`, ... (`format_names()`).

    `text` takes `width` (columns; 80), `color` (False) and `ascii_only` (False: our own marks are not kept to ASCII).
    `sarif` and `github` take `files`: the path of a document within its repository, by `Document.id`. `text`,
    `markdown`, `csv` and `jsonl` take `sort`: `"text"`, the order of the summary, or `"risk"`, those that are likeliest
    wrong first. The same report gives the same text each time; whatever comes from outside can neither steer a terminal
    nor leave its place in the syntax.

    Raises a `UsageError` for what is no report, and for a format or an order that there is not, and a `TypeError` for an
    option that the format does not take.
    """
    from summarizer.report.claim_view import Order  # noqa: PLC0415 (quick --help)
    from summarizer.schema import Report  # noqa: PLC0415

    if not isinstance(report, Report):
        kind = type(report).__name__
        raise UsageError(f"report: must be a Report, as check returns it and mend has it as .report, not {kind}")
    if options.get("sort", "text") not in get_args(Order):
        raise UsageError(f"sort: must be one of {', '.join(get_args(Order))}, not {options['sort']!r}")
    found = find_format(format)
    if unknown := sorted(set(options) - found.options):
        takes = ", ".join(sorted(found.options)) or "none"
        raise TypeError(f"the format {format!r} takes no option {', '.join(unknown)}; it takes: {takes}")
    return found.render(report, **options)
