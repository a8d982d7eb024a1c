"""`Report` as CSV, for a spreadsheet: a row for each claim, and no cell that is taken for a formula."""

import csv
import io
import re

from summarizer.report.claim_view import ClaimView, Order, claim_views
from summarizer.report.safe import one_line
from summarizer.schema import Report

HEAD = (
    "claim", "outcome", "reason", "leaning", "p_supported", "p_contradicted", "p_not_in_source", "text", "kind",
    "speaker", "modality", "line", "column", "findings", "evidence", "evidence_decides", "places", "why", "judges", "accepted",
)  # fmt: skip
# What a spreadsheet computes, also in the wide forms that some of them read alike.
FORMULA = re.compile("[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")


def render(report: Report, *, sort: Order = "text") -> str:
    """Return the claims as RFC 4180 rows with a head; several pieces of evidence stand on lines of one cell."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(HEAD)
    for one in claim_views(report, sort):
        rows.writerow(_row(one))
    return file.getvalue()


def _row(one: ClaimView) -> list[str]:
    record = one.record()
    record["findings"] = one.remark_lines
    record["evidence"] = [words.quote for words in one.evidence]
    record["places"] = [words.where for words in one.evidence]
    return [_cell(record[name]) for name in HEAD]


def _cell(value: object) -> str:
    if value is None:
        return ""
    lines = [one_line(str(part)) for part in (value if isinstance(value, list) else [value])]
    text = "\n".join(lines)
    return f"'{text}" if FORMULA.match(text) else text
