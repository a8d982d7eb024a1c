"""`Scorecard` as JUnit XML, which CI systems show as tests: a suite for each case, a test for each claim."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from summarizer.evaluation.cards import figures, misses
from summarizer.evaluation.scorecard import Result, Scorecard
from summarizer.report.xml import xml_line


def to_junit(card: Scorecard) -> str:
    """Return the results as JUnit XML: a wrong label fails; an undecided, unchecked or ambiguous claim is skipped.

    The headline stands as properties of the first suite: not every reader takes them anywhere above.
    """
    root = ET.Element("testsuites", {"name": xml_line(card.suite.name), **_counts(card.results)})
    cases: dict[str, list[Result]] = {}
    for result in card.results:
        cases.setdefault(result.case, []).append(result)
    for place, (case, results) in enumerate(cases.items()):
        suite = ET.SubElement(root, "testsuite", {"name": xml_line(case), **_counts(results)})
        if place == 0:
            _add_headline(suite, card)
        for result in results:
            _add_claim(suite, result)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _counts(results: Sequence[Result]) -> dict[str, str]:
    skipped = sum(one.ambiguous or not one.decided for one in results)
    failures = sum(one.decided and not (one.ambiguous or one.right) for one in results)
    return {"tests": str(len(results)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}


def _add_headline(suite: ET.Element, card: Scorecard) -> None:
    properties = ET.SubElement(suite, "properties")
    facts = {"suite": figures.suite_line(card), "run": figures.run_line(card)}
    for name, value in facts.items():
        ET.SubElement(properties, "property", name=f"scorecard.{name}", value=xml_line(value))
    for one in figures.headline(card):
        value = f"{figures.measure(one)}, n {one.n}, undecided {one.undecided}, unchecked {one.unchecked}"
        ET.SubElement(properties, "property", name=f"scorecard.{one.name}", value=value)


def _add_claim(suite: ET.Element, result: Result) -> None:
    case = ET.SubElement(suite, "testcase", classname=xml_line(result.case), name=xml_line(result.claim))
    if result.ambiguous:
        ET.SubElement(case, "skipped", message="ambiguous: careful readers disagree, so it is in no score")
    elif not result.decided:
        reason = ": ".join(part for part in (misses.open_words(result), result.detail) if part)
        ET.SubElement(case, "skipped", message=xml_line(reason))
    elif not result.right:
        message = xml_line(f"{misses.outcome_words(result)}: {result.text}")
        failure = ET.SubElement(case, "failure", message=message, type=misses.kind_of(result).value)
        failure.text = "\n".join(_words(result))


def _words(result: Result) -> list[str]:
    lines = [f"claim: {xml_line(result.text)}"]
    lines += [f"the run shows: {xml_line(quote)}" for quote in result.quotes or ("no words",)]
    return lines + [f"what decides: {xml_line(quote)}" for quote in result.gold_quotes or ("no words",)]
