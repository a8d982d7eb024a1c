"""Equations of Word (OMML) and of web pages (MathML) as a line of text: "10⁶", "3/4", "√2", "x_max".

Both are trees whose branches say by their names how they stand to each other. What has no plain form on one line, such as
a matrix or a sum between limits, makes the whole equation unreadable: half of it would be another one.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from summarizer.reading.formats.extract import counted
from summarizer.reading.formats.raised import lowered, raised

RUNS = frozenset({"r", "t"})  # of Word, which parts "106" into runs as it likes
TOGETHER = frozenset(
    "oMath oMathPara e num den sup sub deg fName lim box borderBox math mrow mstyle mpadded mn mi mo mtext ms merror maction".split()
) | RUNS  # fmt: skip
UNSEEN = frozenset({"annotation", "annotation-xml", "mphantom", "phant", "mprescripts", "none", "maligngroup"})
INVISIBLE = str.maketrans({"\u2061": " ", "\u2062": "", "\u2063": ",", "\u2064": " "})
RELATION = re.compile(r" {0,4}([=<>≤≥≈≠≪≫→∈])")
COMPOUND = re.compile(r"[^\w.,⁰¹²³⁴-⁹°%√′″]")
MARKS = frozenset(
    {"°", "′", "″", "%", "‰", "*", "†", "‡", "th", "st", "nd", "rd"}
)  # stand high behind what they belong to
DEGREES = str.maketrans("∘º˚", "°°°")
ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}


class UnreadableError(ValueError):
    """Something with no form on one line."""


@dataclass
class _Node:
    name: str
    children: list["_Node"] = field(default_factory=list)
    text: str = ""
    choice: str = ""
    """What its properties choose: the bar of a fraction, the sign of a sum."""

    def only(self, *names: str) -> list[str]:
        """The parts of some names, written, one for each name."""
        found = {child.name: child for child in self.children}
        return [_written(found[name]) if name in found else "" for name in names]

    def parts(self, count: int) -> list[str]:
        """The parts in order, which have to be so many."""
        if len(self.children) != count:
            raise UnreadableError(self.name)
        return [_written(child) for child in self.children]


class Equation:
    """Listens to the elements of one equation, by their local names, and writes it when it is whole."""

    def __init__(self) -> None:
        self._open = [_Node("math")]

    def started(self, name: str, value: str = "") -> None:
        """An element begins; `value` is its `val` of Word or the `linethickness` of a fraction."""
        node = _Node(name, choice=value)
        self._open[-1].children.append(node)
        self._open.append(node)

    def ended(self) -> None:
        if len(self._open) > 1:
            self._open.pop()

    def said(self, text: str) -> None:
        self._open[-1].children.append(_Node("t", text=text))

    def written(self) -> str | None:
        """The equation on one line; None where it has no such form."""
        try:
            text = _written(self._open[0])
        except UnreadableError:
            return None
        return " ".join(RELATION.sub(r" \1 ", text).split())


def _written(node: _Node) -> str:
    if node.name in UNSEEN or node.name.endswith("Pr"):
        return ""
    if node.name in WRITERS:
        return WRITERS[node.name](node)
    if node.name == "t":
        return node.text.translate(INVISIBLE) + _joined(node.children)
    if node.name in TOGETHER:
        return _joined(node.children)
    raise UnreadableError(node.name)


def _joined(nodes: Iterable[_Node]) -> str:
    """Parts beside each other; figures of two of them are not one number, but for the runs of Word."""
    out, before = "", ""
    for node in nodes:
        text = _written(node)
        is_apart = (out[-1:].isdecimal() and text[:1].isalnum()) or (out[-1:].isalnum() and text[:1].isdigit())
        out += " " if is_apart and not (node.name in RUNS and before in RUNS) else ""
        out += text
        before = node.name if text else before
    return out


def _grouped(text: str) -> str:
    """A part in brackets where it has parts of its own."""
    text = text.strip()
    return f"({text})" if COMPOUND.search(text) and not _is_bracketed(text) else text


def _is_bracketed(text: str) -> bool:
    return text[:1] in "([" and text[-1:] in ")]" and not re.search(r"[()\[\]]", text[1:-1])


def _fraction(node: _Node) -> str:
    above, below = node.only("num", "den") if node.name == "f" else node.parts(2)
    if (
        not above.strip()
        or not below.strip()
        or _property(node, "type") == "noBar"
        or re.fullmatch(r"0\D*", node.choice)
    ):
        raise UnreadableError(node.name)
    return f"{_grouped(above)}/{_grouped(below)}"


def _power(base: str, above: str) -> str:
    above = above.strip().translate(DEGREES)
    if not above:
        return base
    if above in MARKS:
        return base + above
    high = raised(above)
    base = _grouped(base)
    return base + high if high != above else f"{base}^{_grouped(above)}"


def _index(base: str, below: str) -> str:
    below = below.strip()
    low = lowered(below)
    return base + low if low != below or not below else f"{base}_{_grouped(below)}"


def _root(degree: str, inner: str) -> str:
    degree = degree.strip()
    if degree not in ROOTS or not inner.strip():
        raise UnreadableError("root")
    return ROOTS[degree] + _grouped(inner)


def _delimited(node: _Node) -> str:
    """Brackets: those of Word say by their properties which, those of MathML are round unless they say so."""
    begin, end, between = (_property(node, name) for name in ("begChr", "endChr", "sepChr"))
    parts = [_written(child) for child in node.children if not child.name.endswith("Pr")]
    mark = ", " if node.name == "mfenced" else "|"
    return f"{'(' if begin is None else begin}{(mark if between is None else between).join(parts)}{')' if end is None else end}"


def _nary(node: _Node) -> str:
    below, above, inner = node.only("sub", "sup", "e")
    if below.strip() or above.strip():
        raise UnreadableError(node.name)
    return f"{_property(node, 'chr') or '∫'}{inner}"


def _property(node: _Node, name: str) -> str | None:
    """What the properties of a part say; None where they are silent."""
    for child in node.children:
        if child.name.endswith("Pr"):
            for own in child.children:
                if own.name == name:
                    return own.choice
    return None


def _scripts(order: tuple[str, ...]) -> Callable[[_Node], str]:
    """How to write a base with what stands below and above it, in the order of MathML or by the names of Word."""

    def written(node: _Node) -> str:
        found = node.only(*order) if node.name.startswith("s") else node.parts(len(order))
        parts = dict(zip(order, found, strict=True))
        return _power(_index(parts["e"], parts.get("sub", "")), parts.get("sup", ""))

    return written


WRITERS: dict[str, Callable[[_Node], str]] = {
    "f": _fraction,
    "mfrac": _fraction,
    "sSup": _scripts(("e", "sup")),
    "msup": _scripts(("e", "sup")),
    "sSub": _scripts(("e", "sub")),
    "msub": _scripts(("e", "sub")),
    "sSubSup": _scripts(("e", "sub", "sup")),
    "msubsup": _scripts(("e", "sub", "sup")),
    "rad": lambda node: _root(*node.only("deg", "e")),
    "mroot": lambda node: _root(*reversed(node.parts(2))),
    "msqrt": lambda node: _root("", _joined(node.children)),
    "d": _delimited,
    "mfenced": _delimited,
    "nary": _nary,
    "func": lambda node: " ".join(node.only("fName", "e")),
    "semantics": lambda node: _joined(node.children[:1]),
    "mspace": lambda _: " ",
}


def unread_equations(count: int) -> str:
    """The warning about equations that have no form on one line.

    >>> unread_equations(2)
    '2 equations were not read'
    """
    return f"{counted(count, 'equation')} {'was' if count == 1 else 'were'} not read"
