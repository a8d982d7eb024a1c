"""`Report` as JUnit XML, which CI systems show as tests: a test for each claim."""

import xml.etree.ElementTree as ET

from summarizer.report.claim_view import ClaimView, claim_views
from summarizer.report.tally import UNCHECKED, counts_line, usage_line
from summarizer.report.xml import xml_line
from summarizer.schema import Label, Report


def to_junit(report: Report) -> str:
    """Return the report as JUnit XML: a finding fails, an unchecked claim is skipped; the words stand with each."""
    claims = claim_views(report)
    counts = {
        "tests": str(len(claims)),
        "failures": str(sum(_fails(one) for one in claims)),
        "errors": "0",
        "skipped": str(sum(one.outcome == UNCHECKED for one in claims)),
    }
    name = xml_line(report.summary.name)
    root = ET.Element("testsuites", {"name": "summarizer", **counts})
    suite = ET.SubElement(root, "testsuite", {"name": name, **counts})
    _add_run(suite, report)
    for one in claims:
        _add_claim(suite, one, name)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _fails(one: ClaimView) -> bool:
    return one.outcome in (Label.CONTRADICTED, Label.NOT_IN_SOURCE)


def _add_run(suite: ET.Element, report: Report) -> None:
    properties = ET.SubElement(suite, "properties")
    run = report.run
    facts = [
        ("sources", ", ".join(document.name for document in report.documents)),
        ("counts", counts_line(report)),
        ("run", f"summarizer {run.version}, backend {run.backend}{f', model {run.model}' if run.model else ''}"),
        ("usage", usage_line(report) or "no model was asked"),
        *(("warning", warning) for warning in run.warnings),
    ]
    for name, value in facts:
        ET.SubElement(properties, "property", name=f"summarizer.{name}", value=xml_line(value))


def _add_claim(suite: ET.Element, one: ClaimView, name: str) -> None:
    case = ET.SubElement(suite, "testcase", classname=name, name=xml_line(f"{one.id}: {one.text}"))
    details = "\n".join(xml_line(line) for line in _details(one))
    if _fails(one):
        failure = ET.SubElement(case, "failure", message=xml_line(f"{one.words}: {one.text}"), type=one.outcome)
        failure.text = details
        return
    if one.outcome == UNCHECKED:
        ET.SubElement(case, "skipped", message=xml_line(": ".join(part for part in (one.words, one.why) if part)))
    ET.SubElement(case, "system-out").text = details


def _details(one: ClaimView) -> list[str]:
    at = one.region.start
    lines = [f"{one.words}: {one.text}", f"in the summary: line {at.line}, column {at.column}"]
    lines += [pair.line for pair in one.pairs]
    lines += [one.why] if one.why else []
    word = "evidence" if one.decides else "nearest"
    return lines + [f"{word}: “{words.quote}” ({words.where})" for words in one.evidence]
