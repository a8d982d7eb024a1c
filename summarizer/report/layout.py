"""A text as a reader sees it: marks of Markdown left out, lines of a PDF joined, every offset kept."""

import re

from summarizer.language.line_breaks import WRAPPED_HYPHEN, Wraps
from summarizer.language.markdown import HIDDEN, IMAGE, PAIRS, STRUCK, hidden_in, restored, without_code, without_halves
from summarizer.schema import Span

AROUND = 4_000  # code points on each side of a quote that are read for the marks that it stands in

BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*+")
HEADING = re.compile(r"(?m)^(?:#{1,6}[ \t]{1,8}(?=\S)|[ \t]{0,3}(?<=\n)={3,200}[ \t]{0,8}$)")
QUOTED = re.compile(r"(?m)^[ \t]{0,3}(?:>[ \t]){1,6}(?=[^\s\d])|^[ \t]{0,3}>{1,6}(?=[^\W\d])")
BULLET = re.compile(r"(?m)^((?:▏ ?)?[ \t]{0,8})[*+-](?=[ \t]{1,8}\S)")
TASK = re.compile(r"(?m)^((?:▏ ?)?[ \t]{0,8}• )\[([ xX])\](?= )")
ROW = re.compile(r"(?m)^[ \t]{0,3}\|[ \t][^\n]{0,2000}[ \t]\|[ \t]{0,8}$")
RULER = re.compile(r"(?m)^[ \t]{0,3}\|?[ \t]{0,3}:?-{2,40}:?[ \t]{0,3}\|[ \t|:-]{0,500}(?:\n|\Z)")
OUTER = re.compile(r"\A([ \t]{0,3}\|[ \t]{0,20})|([ \t]{0,20}\|[ \t]{0,8})\Z")
NOTE = re.compile(r"\[\^([\w-]{1,20})\](:(?=[ \t]))?")
SIGNS = re.compile(r"[#*_`~|\[<>\\]|(?m:^[ \t]{0,40}[+=-])")  # a hyphen within a line marks nothing
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SIGNS_BEFORE = re.compile(rf"[▏•☐☑\s{HIDDEN}]*+")
LEADING = re.compile(r"\A(?:▏ ?)?(?:• )?")


def level(text: str) -> str:
    """Return the text with every line end as a line feed, and of the same length, so that offsets hold."""
    return text.replace("\r\n", " \n").replace("\r", "\n")


def laid_out(text: str) -> str:
    """Return a whole text of the same length, with `HIDDEN` for whatever a reader is not shown.

    >>> laid_out("## A **bold** plan").replace(HIDDEN, "")
    'A bold plan'
    """
    return _joined(_without_marks(level(text)))


def first_word(text: str, start: int, end: int) -> int:
    """Where the words of a stretch of a text that is laid out begin: after the signs of a list or a quotation.

    >>> first_word("• Snow fell.", 0, 12)
    2
    """
    found = SIGNS_BEFORE.match(text, start, end)
    return found.end() if found and found.end() < end else start


def struck(text: str) -> list[Span]:
    """Where the words of a text are struck out.

    >>> struck("They go ~~daily~~ weekly.")
    [Span(start=10, end=15)]
    """
    if "~~" not in text:
        return []
    return [Span(start=one.end(1), end=one.start(2)) for one in STRUCK.finditer(without_code(level(text)))]


def as_read(text: str) -> str:
    """Return words that stand alone as a reader sees them, on one line; half of a pair of marks is one too.

    >>> as_read("> The *new* [port](https://example.org),\\nfor `54 million`[^1]")
    'The new port, for 54 million¹'
    """
    return _line(_joined(_without_marks(level(text), alone=True)))


def as_read_in(text: str, span: Span) -> str:
    """Return the words at a place of a text as a reader sees them: marks may begin or end outside of it.

    >>> as_read_in("**It closed. It opened.**", Span(start=0, end=12))
    'It closed.'
    """
    first = max(span.start - AROUND, 0)
    before = max(first, *(text.rfind(gap, first, span.start) for gap in ("\n\n", "\n\r\n")))
    ends = [text.find(gap, span.end, span.end + AROUND) for gap in ("\n\n", "\n\r\n")]
    after = min([end for end in ends if end >= 0] or [min(span.end + AROUND, len(text))])
    return _line(laid_out(text[before:after])[span.start - before : span.end - before])


def _line(text: str) -> str:
    return LEADING.sub("", " ".join(text.replace(HIDDEN, "").split()))


def _without_marks(text: str, *, alone: bool = False) -> str:
    if not SIGNS.search(text):
        return text
    marked = without_code(text)
    marked = ROW.sub(lambda found: _cells(found[0]), _tables(marked))
    marked = HEADING.sub(lambda found: HIDDEN * len(found[0]), marked)
    marked = QUOTED.sub(lambda found: "▏" + HIDDEN * (len(found[0]) - 1), marked)
    marked = BULLET.sub(r"\1•", marked)
    marked = TASK.sub(lambda found: f"{found[1]}{'☐' if found[2] == ' ' else '☑'}{HIDDEN * 2}", marked)
    marked = IMAGE.sub(_picture, NOTE.sub(_raised, marked))
    marked = hidden_in(marked, *PAIRS)
    return restored(without_halves(marked) if alone else marked, text)


def _tables(text: str) -> str:
    """The tables of a text, which a line of dashes under their heads makes known; that line goes."""
    out, at = [], 0
    for ruler in RULER.finditer(text):
        head = max(text.rfind("\n", 0, max(ruler.start() - 1, 0)) + 1, at)
        if ruler.start() < at:
            continue
        end = ruler.end()
        while (line := text.find("\n", end)) >= 0 and "|" in text[end:line]:
            end = line + 1
        if line < 0 and "|" in text[end:]:
            end = len(text)
        rows = text[ruler.end() : end].split("\n")
        out += [text[at:head], _cells(text[head : ruler.start()].removesuffix("\n"))]
        out += ["\n" if ruler.start() > head else "", HIDDEN * len(ruler[0]), "\n".join(map(_cells, rows))]
        at = end
    return "".join([*out, text[at:]])


def _cells(row: str) -> str:
    """A row of a table: its cells with a point between them."""
    return OUTER.sub(lambda edge: HIDDEN * len(edge[0]), row).replace("|", "·")


def _raised(found: re.Match[str]) -> str:
    """The mark of a note: its number, raised, and nothing of a name."""
    name = found[1].translate(RAISED) if found[1].isdecimal() and found[1].isascii() else HIDDEN * len(found[1])
    return HIDDEN * 2 + name + HIDDEN * (len(found[0]) - 2 - len(found[1]))


def _picture(found: re.Match[str]) -> str:
    """A picture: the words that stand for it, in brackets."""
    words = f"({found[2]})" if found[2].strip() else HIDDEN * (len(found[2]) + 2)
    return HIDDEN + words + HIDDEN * len(found[3])


def _joined(text: str) -> str:
    """Lines that a page width has broken, joined again; a hyphen at the end of one keeps its word together."""
    if "\n" not in text:
        return text
    wraps = Wraps(text)

    def join(found: re.Match[str]) -> str:
        if wraps.breaks(found.start(), found.end()):
            return found[0]
        hyphen = WRAPPED_HYPHEN.match(text, found.start() - 1) if found.start() else None
        return HIDDEN * len(found[0]) if hyphen else " " + HIDDEN * (len(found[0]) - 1)

    return BREAK.sub(join, text)
