"""`Report` as JSON Lines: one flat record for each claim, for `jq`, a data frame or a log."""

from summarizer.report.claim_view import Order, claim_views
from summarizer.report.safe import printable_json
from summarizer.schema import Report


def render(report: Report, *, sort: Order = "text") -> str:
    """Return a line for each claim."""
    return "".join(f"{printable_json(one.record())}\n" for one in claim_views(report, sort))
