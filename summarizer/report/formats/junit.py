"""`Report` as JUnit XML, which CI systems show as tests: a test for each claim."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from summarizer.report.claim_view import ClaimView, claim_views
from summarizer.report.outcomes import PROBLEMS, Look
from summarizer.report.tally import counts_line, coverage_line, faithfulness_line, omitted_lines, run_line, usage_line
from summarizer.report.xml import xml_line
from summarizer.schema import Report


def render(report: Report) -> str:
    """Return the report as JUnit XML.

    What is contradicted or not in the source fails; what is undecided, unchecked, accepted by hand or states nothing is
    skipped.
    """
    claims = claim_views(report)
    counts = {
        "tests": str(len(claims)),
        "failures": str(sum(one.look in PROBLEMS and one.flagged for one in claims)),
        "errors": "0",
        "skipped": str(sum(_is_skipped(one) for one in claims)),
    }
    name = xml_line(report.summary.name)
    root = ET.Element("testsuites", {"name": "summarizer", **counts})
    suite = ET.SubElement(root, "testsuite", {"name": name, **counts})
    _add_properties(suite, _run_facts(report))
    for one in claims:
        _add_claim(suite, one, name)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _is_skipped(one: ClaimView) -> bool:
    return one.look is not Look.SUPPORTED and not (one.look in PROBLEMS and one.flagged)


def _run_facts(report: Report) -> list[tuple[str, str]]:
    return [
        ("sources", ", ".join(document.name for document in report.documents)),
        ("counts", counts_line(report)),
        ("faithfulness", faithfulness_line(report)),
        ("coverage", coverage_line(report) or "The source has no key sentences"),
        *(("left_out", line) for line in omitted_lines(report)),
        ("run", run_line(report.run)),
        ("usage", usage_line(report) or "no model was asked"),
        *(("warning", warning) for warning in report.run.warnings),
    ]


def _claim_facts(one: ClaimView) -> list[tuple[str, str]]:
    known = [(name, f"{value:.4f}") for name, value in one.probability_fields().items() if value is not None]
    return [*known, *(("judge", judge) for judge in one.judges)]


def _add_properties(element: ET.Element, facts: Iterable[tuple[str, str]]) -> None:
    properties = ET.SubElement(element, "properties")
    for name, value in facts:
        ET.SubElement(properties, "property", name=f"summarizer.{name}", value=xml_line(value))


def _add_claim(suite: ET.Element, one: ClaimView, name: str) -> None:
    case = ET.SubElement(suite, "testcase", classname=name, name=xml_line(f"{one.id}: {one.text}"))
    if facts := _claim_facts(one):
        _add_properties(case, facts)
    details = "\n".join(xml_line(line) for line in _details(one))
    if one.look in PROBLEMS and one.flagged:
        failure = ET.SubElement(case, "failure", message=xml_line(f"{one.words}: {one.plain}"), type=one.outcome)
        failure.text = details
        return
    if _is_skipped(one):
        ET.SubElement(
            case,
            "skipped",
            message=xml_line(": ".join(part for part in (one.words, one.accepted_line or one.why) if part)),
        )
    ET.SubElement(case, "system-out").text = details


def _details(one: ClaimView) -> list[str]:
    at = one.region.start
    return [f"{one.words}: {one.plain}", f"in the summary: line {at.line}, column {at.column}", *one.details()]
