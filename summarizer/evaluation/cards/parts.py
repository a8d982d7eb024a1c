"""What the pages of scorecards are built from."""

from collections.abc import Iterable, Sequence
from html import escape

from summarizer.report.policy import policy
from summarizer.report.safe import one_line


def section(title: str, content: str, note: str = "") -> str:
    """A part of the page under its heading, with a remark in small print."""
    remark = f'<p class="soft">{note}</p>\n' if note else ""
    return f"<section>\n<h2>{title}</h2>\n{remark}{content}\n</section>\n"


def table_of(title: str, head: Sequence[str], lines: Iterable[str], name: str = "plain") -> str:
    """A table that the keyboard can scroll where it is wider than the screen."""
    columns = "".join(f'<th scope="col">{one}</th>' for one in head)
    rows = "".join(f"<tr>{line}</tr>\n" for line in lines)
    whole = f'<table class="{name}">\n<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>'
    return f'<div class="scroll" role="group" aria-label="{title}" tabindex="0">\n{whole}\n</div>'


def cells_of(given: Iterable[str]) -> str:
    """The cells of a row."""
    return "".join(f"<td>{one}</td>" for one in given)


def text(words: str) -> str:
    """Words in the direction of their own script, whatever stands around them."""
    return f'<span dir="auto">{safe(words)}</span>'


def safe(words: str) -> str:
    """Text from outside, on one line and without a tag."""
    return escape(one_line(words))


def page(title: str, body: str, *, style: str, script: str) -> str:
    """A whole page, with a policy that allows this style and this script and nothing else."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"{body}</main>\n<script>{script}</script>\n</body>\n</html>\n"
    )
