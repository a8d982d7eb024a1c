"""`Report` as one HTML file that needs no network and obeys nothing that it shows."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from summarizer.report.claim_view import ClaimView, claim_views
from summarizer.report.formats.html.run_facts import foot
from summarizer.report.formats.html.source_side import sources
from summarizer.report.formats.html.summary_side import cards, prose
from summarizer.report.outcomes import Look
from summarizer.report.policy import policy
from summarizer.report.safe import one_line
from summarizer.report.tally import counts_line, coverage_line, faithfulness_line
from summarizer.schema import Report


def render(report: Report) -> str:
    """Return the report as a page that can be read in full without its script."""
    claims = claim_views(report)
    title, style, script = _title(report), _part("page.css"), _part("page.js")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header>\n<h1><bdi>{title}</bdi></h1>\n"
        f"<p><strong>{counts_line(report)}</strong></p>\n<p>{faithfulness_line(report)}</p>\n"
        f"{_choice(report, claims)}</header>\n<main>\n"
        f'<section aria-labelledby="summary">\n<h2 id="summary">Summary</h2>\n{prose(report, claims)}'
        f"<h2>Claims</h2>\n{cards(claims)}</section>\n"
        '<section id="source" class="show-covered show-omitted" role="region" aria-labelledby="sources" tabindex="0">\n'
        f'<h2 id="sources">Source</h2>\n{_key(report)}{sources(report, claims)}</section>\n</main>\n'
        f"{foot(report, claims)}"
        '<button id="back" type="button" hidden>Back to the claim</button>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
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


def _key(report: Report) -> str:
    line = coverage_line(report)
    if line is None:
        return ""
    return f'<p class="soft">{line} (◆ covered, ◇ omitted). Numbers lead back to the claims.</p>\n'


def _choice(report: Report, claims: Sequence[ClaimView]) -> str:
    """The filters; hidden until the script that serves them runs."""
    looks = Counter(one.look for one in claims)
    boxes = "".join(
        f'<label class="{look.value}"><input type="checkbox" name="look" value="{look.value}" checked> '
        f'<span class="v">{look.sign} {look.words}</span> ({looks[look]:,})</label>\n'
        for look in Look
        if looks[look] or look is not Look.NOTHING_TO_CHECK
    )
    kinds = Counter(one.check.claim.kind.value for one in claims)
    findings = Counter(kind for one in claims for kind in {remark.kind for remark in one.remarks})
    keys = Counter("covered" if key.covered else "omitted" for key in report.coverage.key_sentences)
    toggles = "".join(
        f'<label><input type="checkbox" id="show-{name}" checked> {sign} key sentences {name} ({keys[name]:,})</label>\n'
        for name, sign in (("covered", "◆"), ("omitted", "◇"))
        if keys[name]
    )
    return (
        f'<fieldset id="choice" hidden>\n<legend>Show</legend>\n{boxes}'
        f"{_select('kind', 'Kind', 'every kind', kinds)}"
        f"{_select('finding', 'Finding', 'any or none', findings) if findings else ''}{toggles}"
        '<label><input type="checkbox" id="keys" checked> keys: <kbd>j</kbd> next claim, <kbd>k</kbd> previous, '
        '<kbd>Enter</kbd> its words in the source, <kbd>Esc</kbd> back</label>\n'
        '<span id="status" role="status"></span>\n</fieldset>\n'
    )  # fmt: skip


def _select(name: str, label: str, every: str, counts: Counter[str]) -> str:
    options = "".join(f'<option value="{one}">{one} ({counts[one]:,})</option>\n' for one in sorted(counts))
    return f'<label>{label} <select id="{name}">\n<option value="">{every}</option>\n{options}</select></label>\n'
