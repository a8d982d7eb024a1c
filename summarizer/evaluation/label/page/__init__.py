"""The page of the labeller: one HTML file with its style and script inside, and a policy for these two alone."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

SCRIPTS = ("text.js", "state.js", "draw.js", "keys.js")


class Page(NamedTuple):
    """The page and the Content-Security-Policy that it is served with."""

    text: str
    policy: str


@cache
def page() -> Page:
    """Put the page together from the files beside this module."""
    style, script = _part("page.css"), "".join(map(_part, SCRIPTS))
    text = _part("page.html").replace("/*style*/", style).replace("/*script*/", script)
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return Page(text, policy)


def _part(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(block: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(block.encode('utf-8')).digest()).decode('ascii')}"
