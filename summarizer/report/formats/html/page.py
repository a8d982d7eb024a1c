"""`Report` as one HTML file that needs no network and obeys nothing that it shows."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from summarizer.report.claim_view import ClaimView, Order, claim_views
from summarizer.report.formats.html.key_points import key_points
from summarizer.report.formats.html.labels import labelling
from summarizer.report.formats.html.mended import mended
from summarizer.report.formats.html.run_facts import foot, notes
from summarizer.report.formats.html.source_side import sources
from summarizer.report.formats.html.summary_side import cards, prose
from summarizer.report.outcomes import MEANINGS, PROBLEMS, WORST_FIRST, Look
from summarizer.report.policy import policy
from summarizer.report.safe import one_line
from summarizer.report.tally import answer_line, counts_line
from summarizer.schema import Report

FIRST = 3  # claims that stand open before the summary: more of them would push it out of sight
FEW = 2  # further problems that are not worth a fold
AFTER_A_NUMBER = re.compile(r"(?<=\d) ")  # a line of the answer ends before a number, and not after it


def render(report: Report, *, sort: Order = "risk") -> str:
    """Return the report as a page that can be read in full without its script.

    The claims that are likeliest wrong and every problem come before the summary, the latter folded where they are many;
    the others follow it, in the order of `sort`.
    """
    claims = claim_views(report)
    title, style, script = _title(report), _part("page.css"), _part("page.js") + _part("labels.js")
    answer = AFTER_A_NUMBER.sub("\u00a0", answer_line(report))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header>\n<p class="soft"><bdi>{title}</bdi></p>\n<h1 class="{_worst(claims)}">{answer}</h1>\n'
        f"{_bar(claims)}{_legend(report, claims)}{_help(report, claims)}{notes(report)}</header>\n<main>\n"
        f'<section id="reading" aria-label="Summary and claims">\n{_reading(report, claims, sort)}</section>\n'
        '<section id="source" class="show-covered show-partly show-omitted" role="region" aria-labelledby="sources" '
        f'tabindex="0">\n<h2 id="sources">Source</h2>\n{sources(report, claims)}</section>\n</main>\n'
        f"{foot(report)}"
        '<button id="back" type="button" hidden>Back to the claim</button>\n'
        f"{labelling(report, claims)}<script>{script}</script>\n</body>\n</html>\n"
    )


@cache
def _part(name: str) -> str:
    """Style or script of the page, as the package holds it."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _title(report: Report) -> str:
    names = ", ".join(one_line(document.name) for document in report.documents)
    if report.run.command == "summarize":
        return escape(f"Summary of {names}")
    return escape(f"{one_line(report.summary.name)} against {names}")


def _worst(claims: Sequence[ClaimView]) -> str:
    looks = {one.look for one in claims} or {Look.NOTHING_TO_CHECK}
    return min(looks, key=WORST_FIRST.index).value


def _reading(report: Report, claims: Sequence[ClaimView], sort: Order) -> str:
    """What is likeliest wrong, every other problem, then the summary, what it leaves out, and every other claim."""
    flagged = [one for one in claim_views(report, "risk") if one.flagged]
    first, more = flagged[:FIRST], [one for one in flagged[FIRST:] if one.look in PROBLEMS]
    numbers = {one.number for one in (*first, *more)}
    rest = [one for one in claim_views(report, sort) if one.number not in numbers]
    parts = (
        [f'<h2 id="read-first">Read {"these" if len(first) > 1 else "this"} first</h2>\n{cards(first, "first")}']
        if first
        else []
    )
    parts += [
        SHOWN,
        _more(more),
        mended(report, claims),
        prose(report, claims),
        key_points(report),
    ]
    undecided = [one for one in rest if one.flagged and sort == "risk"]
    others = [one for one in rest if not one.flagged or sort == "text"]
    if undecided:
        order = '<span class="soft">, the riskiest first</span>' if len(undecided) > 1 else ""
        parts.append(f"<h2>For you to decide{order}</h2>\n{cards(undecided, 'undecided')}")
    if others:
        parts.append(f"<h2>{'The other claims' if first else 'Claim by claim'}</h2>\n{cards(others, 'claims')}")
    return "".join(parts)


SHOWN = '<p class="shown"><span id="status" role="status"></span> <button id="all" type="button" hidden>Show all claims</button></p>\n'


def _more(problems: Sequence[ClaimView]) -> str:
    """The problems that are not among the first ones: a fold where they are many."""
    if not problems:
        return ""
    listed = cards(problems, "more")
    line = f"{len(problems):,} more {'problem' if len(problems) == 1 else 'problems'}"
    if len(problems) <= FEW:
        return f"<h2>{line}</h2>\n{listed}"
    return f'<details class="more">\n<summary><strong>{line}</strong></summary>\n{listed}</details>\n'


def _bar(claims: Sequence[ClaimView]) -> str:
    """The shares of the outcomes as a bar; the legend under it says the same in words."""
    looks: Counter[Look] = Counter(one.look for one in claims if one.look is not Look.NOTHING_TO_CHECK)
    whole, at, parts = sum(looks.values()), 0.0, []
    for look in WORST_FIRST:
        if looks[look]:
            width = 1000 * looks[look] / whole
            parts.append(f'<rect class="{look.value}" x="{at:.1f}" y="0" width="{width:.1f}" height="8"></rect>')
            at += width
    if not parts:
        return ""
    return (
        f'<svg class="bar" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>\n'
    )


def _legend(report: Report, claims: Sequence[ClaimView]) -> str:
    looks = Counter(one.look for one in claims)
    first = {one.look: one.number for one in reversed(claim_views(report, "risk"))}
    present = [look for look in WORST_FIRST if looks[look]]
    counts = "".join(
        f'<li class="{look.value}"><a href="#c{first[look]}" data-look="{look.value}">'
        f'<span class="v">{look.sign} {looks[look]:,}</span> {look.words}</a></li>\n'
        for look in present
    )
    meanings = "".join(
        f'<div class="{look.value}"><dt class="v">{look.sign} {look.words}</dt><dd>{MEANINGS[look]}</dd></div>\n'
        for look in WORST_FIRST
    )
    return (
        f'<ul class="counts" aria-label="{counts_line(report)}">\n{counts}</ul>\n'
        f'<details class="legend">\n<summary>What the signs mean</summary>\n<dl>\n{meanings}</dl>\n'
        "<p>A claim is compared with the source alone; nothing is said of the world.</p>\n</details>\n"
    )


def _help(report: Report, claims: Sequence[ClaimView]) -> str:
    """Filters and keys, in a layer of their own; hidden until the script that serves them runs."""
    looks = Counter(one.look for one in claims)
    boxes = "".join(
        f'<label class="{look.value}"><input type="checkbox" name="look" value="{look.value}" checked> '
        f'<span class="v">{look.sign} {look.words}</span> ({looks[look]:,})</label>\n'
        for look in WORST_FIRST
        if looks[look]
    )
    findings = Counter(topic for one in claims for topic in {(remark.kind, remark.topic) for remark in one.remarks})
    statuses = Counter(key.status.value for key in report.coverage.key_sentences)
    toggles = "".join(
        f'<label><input type="checkbox" id="show-{name}" checked> {sign} key points {words} ({statuses[name]:,})</label>\n'
        for name, sign, words in (
            ("covered", "◆", "covered"),
            ("partly", "◈", "partly covered"),
            ("omitted", "◇", "left out"),
        )
        if statuses[name]
    )
    return (
        '<details id="choice" hidden>\n<summary>Filters and keys</summary>\n<fieldset>\n<legend>Show</legend>\n'
        f"{boxes}{_select(findings) if findings else ''}{toggles}</fieldset>\n"
        '<p><label><input type="checkbox" id="keys" checked> Keys:</label> <kbd>j</kbd> next claim, <kbd>k</kbd> '
        "previous, <kbd>Enter</kbd> its words in the source, <kbd>Esc</kbd> back, <kbd>c</kbd> copy the claim</p>\n"
        "</details>\n"
    )


def _select(counts: Counter[tuple[str, str]]) -> str:
    options = "".join(
        f'<option value="{kind}">{topic} ({counts[kind, topic]:,})</option>\n' for kind, topic in sorted(counts)
    )
    return f'<label>Differs in <select id="finding">\n<option value="">anything or nothing</option>\n{options}</select></label>\n'
