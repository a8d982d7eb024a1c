"""What a page holds and does not show: taken out of its tree, and counted.

Only what stands in the markup itself is looked at: attributes and inline styles. The rules of stylesheets are
not applied, so text that only they hide is read.
"""

import re
from typing import NamedTuple

from lxml import etree, html

from summarizer.errors import InputError
from summarizer.reading.formats.extract import counted

MAX_DEPTH = 250  # libxml2 ends its reading without a word at 256
SCRIPTS = frozenset({"script", "style", "template", "noscript"})
STRUCK = frozenset({"del", "s", "strike"})
NO_TEXT = frozenset("iframe object embed canvas svg textarea select datalist".split())
NEVER_HIDDEN = frozenset({"html", "head", "body"})  # a page that hides its body shows it again by a script
FAR = 500  # pixels beyond the edge; no layout moves text that far for another reason
FAR_AWAY = 9_000  # pixels in a direction in which a page or a row of pictures may go on
FAINT = 0.05  # share of the ink or of the size with which nothing is read any more
ALIKE = 12  # of 255, by which each colour of two may differ that nobody tells apart
LENGTH = re.compile(r"\A(-?\d{0,9}\.?\d{1,9})\s{0,3}(px|pt|em|rem|%|vw|vh|)\b")
PIXELS = {"": 1, "px": 1, "pt": 1.33, "em": 16, "rem": 16, "%": 10, "vw": 10, "vh": 10}
WHITE = frozenset(
    {"white", "#ffffff", "snow", "ivory", "ghostwhite", "rgb(255,255,255)", "rgba(255,255,255,1)", "hsl(0,0%,100%)"}
)
NONE = r"(?:0{1,5}\.?0{0,9}|\.0{1,9})%?"
CLEAR = re.compile(
    rf"transparent|#[0-9a-f]{{3}}0|#[0-9a-f]{{6}}00|(?:rgb|hsl)a?\((?:(?:[^,/()]{{1,20}},){{3}}|[^,/()]{{1,60}}/){NONE}\)"
)
CHANNELS = re.compile(
    r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})|rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,[\d.]{1,9}%?)?\)"
)
SHARE = re.compile(r"(?:opacity|scale[xy]?)\((\d{0,9}\.?\d{1,9})(%?)")
MOVED = re.compile(r"-(\d{1,9}\.?\d{0,9})(px|pt|em|rem|vw|vh)")
HIDING = {
    "display": frozenset({"none"}),
    "visibility": frozenset({"hidden", "collapse"}),
    "content-visibility": frozenset({"hidden"}),
    "clip": frozenset({"rect(0,0,0,0)", "rect(0000)", "rect(0px,0px,0px,0px)", "rect(1px,1px,1px,1px)"}),
    "clip-path": frozenset({"inset(50%)", "inset(100%)", "circle(0)"}),
}
OFFSETS = ("left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top")
SHIFTS = ("margin", "inset", "transform", "translate")  # several lengths in one


class LeftOut(NamedTuple):
    """What was taken out of a page."""

    hidden: int
    """Parts with text that the page does not show."""
    characters: int
    """Of text in them."""
    comments: int
    scripts: int
    """And style sheets and templates."""
    struck: int = 0
    """Characters that the page strikes out."""

    def __str__(self) -> str:
        parts = [
            f"{counted(self.hidden, 'hidden part')} ({counted(self.characters, 'character')})" if self.hidden else "",
            f"struck text ({counted(self.struck, 'character')})" if self.struck else "",
            counted(self.comments, "comment") if self.comments else "",
            counted(self.scripts, "script or style", "scripts and styles") if self.scripts else "",
        ]
        return ", ".join(part for part in parts if part)


def prune(tree: html.HtmlElement, *, name: str) -> LeftOut:
    """Take out of the tree, in place, what its page does not show. Raises `InputError` for a tree that is too deep."""
    hidden, comments, scripts, others, struck = [], [], [], [], []
    depth = 0
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            comments.append(element)
            continue
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise InputError(f"{name}: its markup is nested deeper than {MAX_DEPTH}; save the article as plain text")
        if event == "end":
            continue
        if element.tag in SCRIPTS:
            scripts.append(element)
        elif element.tag in NO_TEXT:
            others.append(element)
        elif is_hidden(element):
            hidden.append(element)
        elif element.tag in STRUCK or "line-through" in _style(element).get("text-decoration", ""):
            struck.append(element)
        else:
            continue
        walk.skip_subtree()
    lengths = [length for element in hidden if (length := len(visible_text(element)))]
    taken_back = sum(len(visible_text(element)) for element in struck)
    for element in [*comments, *scripts, *others, *hidden, *struck]:
        if element.getparent() is not None:
            element.drop_tree()
    return LeftOut(len(lengths), sum(lengths), len(comments), len(scripts), taken_back)


def visible_text(element: html.HtmlElement) -> str:
    """The text of an element, with single spaces; that of scripts is no text."""
    return " ".join("".join(element.xpath(".//text()[not(parent::script or parent::style)]")).split())


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether the element's own attributes take it out of sight."""
    if element.tag in NEVER_HIDDEN:
        return False
    if (
        "hidden" in element.attrib
        or "popover" in element.attrib
        or (element.tag == "dialog" and "open" not in element.attrib)
    ):
        return True
    if element.get("aria-hidden", "").strip().lower() == "true":
        return True
    style = _style(element)
    return ("style" in element.attrib and _styled_away(style)) or _has_no_contrast(element, style)


def _styled_away(style: dict[str, str]) -> bool:
    if any(style.get(name) in values for name, values in HIDING.items()):
        return True
    if any(CLEAR.fullmatch(style.get(name, "")) for name in ("color", "-webkit-text-fill-color")):
        return True
    if _pixels(style.get("font-size", "16px"), 16) <= 1 or re.match(r"0(?![\d.])", style.get("font", "")):
        return True
    return _is_faint(style) or _is_moved_away(style) or _is_cut_to_nothing(style)


def _is_faint(style: dict[str, str]) -> bool:
    """Whether text has hardly any ink, or hardly any size."""
    stated = [
        f"opacity({style.get('opacity', '')}",
        f"scale({style.get('scale', '')}",
        f"scale({style.get('zoom', '')}",
    ]
    found = [SHARE.search(one) for one in (*stated, style.get("filter", ""), style.get("transform", ""))]
    return any(float(one[1]) / (100 if one[2] else 1) < FAINT for one in found if one)


def _is_moved_away(style: dict[str, str]) -> bool:
    if any(_pixels(style.get(name, ""), 0) <= -FAR for name in OFFSETS):
        return True
    if any(_pixels(style.get(name, ""), 0) >= FAR_AWAY for name in ("left", "text-indent", "margin-left")):
        return True
    moves = [move for name in SHIFTS for move in MOVED.finditer(style.get(name, ""))]
    return any(float(move[1]) * PIXELS[move[2]] >= FAR_AWAY for move in moves)


def _is_cut_to_nothing(style: dict[str, str]) -> bool:
    cut = style.get("overflow") in ("hidden", "clip")
    small = any(_pixels(style.get(name, ""), 16) <= 1 for name in ("width", "height", "max-height", "max-width"))
    return cut and small


def _has_no_contrast(element: html.HtmlElement, style: dict[str, str]) -> bool:
    """Whether the text has the colour of its ground; where no ground is stated it is white."""
    color = _color(style.get("color") or (element.get("color", "") if element.tag == "font" else ""))
    if not color:
        return False
    for holder in (element, *element.iterancestors()):
        ground = _ground(holder)
        if ground and not CLEAR.fullmatch(ground):
            return _are_alike(color, ground)
    return _are_alike(color, "white")


def _are_alike(color: str, ground: str) -> bool:
    """Whether nobody tells a colour from its ground."""
    own, other = _channels(color), _channels(ground)
    if own is None or other is None:
        return color == ground
    return all(abs(one - two) <= ALIKE for one, two in zip(own, other, strict=True))


def _channels(color: str) -> tuple[int, ...] | None:
    """Red, green and blue from 0 to 255; None for most names."""
    if color in WHITE:
        return (255, 255, 255)
    if found := CHANNELS.fullmatch(color):
        return tuple(int(one, 16) for one in found.groups()[:3]) if found[1] else tuple(map(int, found.groups()[3:]))
    return None


def _ground(element: html.HtmlElement) -> str:
    style = _style(element)
    stated = style.get("background-color") or style.get("background") or element.get("bgcolor", "")
    if "url(" in stated or "gradient(" in stated:
        return "a picture"
    return _color(stated)


def _style(element: html.HtmlElement) -> dict[str, str]:
    """The declarations of the style attribute, in lower case, without spaces and `!important`."""
    declared = {}
    for declaration in re.sub(r"/\*.*?\*/", "", element.get("style", ""), flags=re.DOTALL).lower().split(";"):
        name, _, value = declaration.partition(":")
        declared[name.strip()] = "".join(value.replace("!important", "").split())
    return declared


def _color(stated: str) -> str:
    """A colour in one form for the comparison: short hexadecimal ones made long."""
    color = "".join(stated.lower().split())
    if re.fullmatch(r"#[0-9a-f]{3,4}", color):
        color = "#" + "".join(digit * 2 for digit in color[1:])
    return color[:7] if re.fullmatch(r"#[0-9a-f]{6}ff", color) else color


def _pixels(stated: str, otherwise: float) -> float:
    """A length in pixels, roughly; `otherwise` for what is no length."""
    found = LENGTH.match(stated)
    return float(found[1]) * PIXELS[found[2]] if found else otherwise
