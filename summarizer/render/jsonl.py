"""`Report` as JSON Lines: one flat record for each claim, for `jq`, a data frame or a log."""

from summarizer.render.json import printable_json
from summarizer.render.told import told
from summarizer.schema import Report


def to_jsonl(report: Report) -> str:
    """Return a line for each claim, in the order of the summary."""
    return "".join(f"{printable_json(one.record())}\n" for one in told(report))
