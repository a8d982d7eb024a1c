"""`Scorecard` as JUnit XML, which CI systems show as tests: a suite for each case, a test for each claim."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from summarizer.evaluation.cards import figures, misses
from summarizer.evaluation.scorecard import Result, Scorecard
from summarizer.report.xml import xml_line


def to_junit(card: Scorecard, *, claims: bool = False) -> str:
    """Return the bars of the policy as JUnit XML: a test for each, green where it holds.

    With `claims` each claim is a test too: a wrong label fails; an undecided, unchecked or ambiguous one is skipped.
    A run that was held to no policy has one test, which says that it was scored. The headline stands as properties of
    the first suite: not every reader takes them anywhere above.
    """
    failed, results = sum(not one.passed for one in card.bars), card.results if claims else ()
    counts = _counts(results)
    whole = {
        **counts,
        "tests": str(len(results) + (len(card.bars) or 1)),
        "failures": str(int(counts["failures"]) + failed),
    }
    root = ET.Element("testsuites", {"name": xml_line(card.suite.name), **whole})
    _add_bars(root, card, failed)
    cases: dict[str, list[Result]] = {}
    for result in results:
        cases.setdefault(result.case, []).append(result)
    for case, own in cases.items():
        suite = ET.SubElement(root, "testsuite", {"name": xml_line(case), **_counts(own)})
        for result in own:
            _add_claim(suite, result)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add_bars(root: ET.Element, card: Scorecard, failed: int) -> None:
    counts = {"tests": str(len(card.bars) or 1), "failures": str(failed), "errors": "0", "skipped": "0"}
    suite = ET.SubElement(root, "testsuite", {"name": "policy" if card.bars else "scorecard", **counts})
    _add_headline(suite, card)
    if not card.bars:
        ET.SubElement(suite, "testcase", classname="scorecard", name=f"{len(card.counted())} claims are scored")
    for one in card.bars:
        # The name has no figures, so that a CI system follows a bar from run to run.
        twin = sum(other.name == one.name for other in card.bars[: card.bars.index(one)])
        name = f"{one.name} ({twin + 1})" if twin else one.name
        case = ET.SubElement(suite, "testcase", classname="policy", name=xml_line(name))
        if one.passed:
            ET.SubElement(case, "system-out").text = xml_line(one.words)
        else:
            ET.SubElement(case, "failure", message=xml_line(one.words), type="bar not met").text = xml_line(one.words)


def _counts(results: Sequence[Result]) -> dict[str, str]:
    skipped = sum(one.ambiguous or not one.decided for one in results)
    failures = sum(one.decided and not (one.ambiguous or one.right) for one in results)
    return {"tests": str(len(results)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}


def _add_headline(suite: ET.Element, card: Scorecard) -> None:
    properties = ET.SubElement(suite, "properties")
    facts = {"suite": figures.suite_line(card), "run": figures.run_line(card)}
    if circumstances := figures.circumstances_line(card):
        facts["circumstances"] = circumstances
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
