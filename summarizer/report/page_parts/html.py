"""`Report` as one HTML file that needs no network and obeys nothing that it shows."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from summarizer.report.claim_view import OUTCOMES, SIGNS, ClaimView, claim_views
from summarizer.report.page import policy
from summarizer.report.page_parts.facts import foot
from summarizer.report.page_parts.page import SCRIPT, STYLE
from summarizer.report.page_parts.source import sources
from summarizer.report.page_parts.summary import cards, prose
from summarizer.report.safe import one_line
from summarizer.report.tally import counts_line
from summarizer.schema import Report


def to_html(report: Report) -> str:
    """Return the report as a page that can be read in full without its script."""
    claims = claim_views(report)
    title = _title(report)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(STYLE, SCRIPT)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header>\n<h1><bdi>{title}</bdi></h1>\n<p><strong>{counts_line(report)}</strong></p>\n"
        f"{_choice(report, claims)}</header>\n<main>\n"
        f'<section aria-labelledby="summary">\n<h2 id="summary">Summary</h2>\n{prose(report, claims)}'
        f"<h2>Claims</h2>\n{cards(claims)}</section>\n"
        '<section id="source" class="show-told show-omitted" role="region" aria-labelledby="sources" tabindex="0">\n'
        f'<h2 id="sources">Source</h2>\n{_key(report)}{sources(report, claims)}</section>\n</main>\n'
        f"{foot(report, claims)}"
        '<button id="back" type="button" hidden>Back to the claim</button>\n'
        f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )


def _title(report: Report) -> str:
    names = ", ".join(one_line(document.name) for document in report.documents)
    if report.run.command == "summarize":
        return escape(f"Summary of {names}")
    return escape(f"{one_line(report.summary.name)} against {names}")


def _key(report: Report) -> str:
    keys = report.coverage.key_sentences
    if not keys:
        return ""
    covered = sum(key.covered for key in keys)
    told_words = f"The summary tells {covered} of the {len(keys)} key sentences"
    return f'<p class="soft">{told_words} (◆ told, ◇ omitted). Numbers lead back to the claims.</p>\n'


def _choice(report: Report, claims: Sequence[ClaimView]) -> str:
    """The filters; hidden until the script that serves them runs."""
    outcomes = Counter(one.outcome for one in claims)
    boxes = "".join(
        f'<label class="{name}"><input type="checkbox" name="verdict" value="{name}" checked> '
        f'<span class="v">{SIGNS[name]} {name.replace("_", " ")}</span> ({outcomes[name]:,})</label>\n'
        for name in OUTCOMES
    )
    kinds = Counter(one.check.claim.kind.value for one in claims)
    differences = Counter(kind for one in claims for kind in {pair.kind for pair in one.pairs})
    keys = Counter("told" if key.covered else "omitted" for key in report.coverage.key_sentences)
    toggles = "".join(
        f'<label><input type="checkbox" id="show-{name}" checked> {sign} key sentences {name} ({keys[name]:,})</label>\n'
        for name, sign in (("told", "◆"), ("omitted", "◇"))
        if keys[name]
    )
    return (
        f'<fieldset id="choice" hidden>\n<legend>Show</legend>\n{boxes}'
        f"{_select('kind', 'Kind', 'every kind', kinds)}"
        f"{_select('difference', 'Difference', 'any or none', differences) if differences else ''}{toggles}"
        '<label><input type="checkbox" id="keys" checked> keys: <kbd>j</kbd> next claim, <kbd>k</kbd> previous, '
        '<kbd>Enter</kbd> its words in the source, <kbd>Esc</kbd> back</label>\n'
        '<span id="status" role="status"></span>\n</fieldset>\n'
    )  # fmt: skip


def _select(name: str, label: str, every: str, counts: Counter[str]) -> str:
    options = "".join(f'<option value="{one}">{one} ({counts[one]:,})</option>\n' for one in sorted(counts))
    return f'<label>{label} <select id="{name}">\n<option value="">{every}</option>\n{options}</select></label>\n'
