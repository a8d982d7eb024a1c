"""OpenDocument texts (LibreOffice, Google Docs) to text, with the standard library alone.

Read as Word files are: one pass over XML within the limits of `archive` and `parts`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from summarizer.errors import InputError
from summarizer.language.structure import is_caption
from summarizer.reading.formats.archive import Archive
from summarizer.reading.formats.extract import Extract, counted, row_of, unread, whole
from summarizer.reading.formats.parts import tell
from summarizer.reading.formats.raised import lowered, raised
from summarizer.reading.formats.shades import Shades

CONTENT, STYLES = "content.xml", "styles.xml"
SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, STYLE, OFFICE, DRAW, SVG = (
    f"{SPACE}{name}:1.0 " for name in ("text", "table", "style", "office", "drawing", "svg-compatible")
)
SKIPPED = frozenset(
    {f"{TEXT}note-citation", f"{OFFICE}annotation", f"{TEXT}hidden-text", f"{OFFICE}scripts", f"{OFFICE}forms"}
    | {f"{SVG}title", f"{SVG}desc", f"{TEXT}ruby-text"}  # of a picture, and how a word is pronounced: not its words
)
BEHIND = frozenset(
    {f"{STYLE}paragraph-properties"} | {f"{STYLE}table-{part}properties" for part in ("", "row-", "cell-")}
)
SHADED = frozenset(
    {f"{TEXT}{part}" for part in ("p", "h", "span", "a", "note")}
    | {f"{TABLE}{part}" for part in ("table", "table-row", "table-cell", "covered-table-cell")}
)
"""May have a colour behind them; a note has none of its own."""
WHITE = "#ffffff"
INDEXES = frozenset({"table-of-content", "alphabetical-index", "illustration-index", "table-index"})
STRUCK = frozenset({"del", "strike", "s"})  # styles that are kept of the elements of a page
CAPTIONS = frozenset({"Caption", "Illustration", "Figure", "Drawing", "Table"})  # of pictures and tables
CAPTION = "Caption: "
MOST_BLANKS = 1_000  # that one mark may stand for
DIGITS = 4  # of a number of cells; more is nonsense
MOST_BLANK = 20  # of an empty one; more are the rest of a line
MOST_COPIES = 100  # of a cell that is repeated


class _Look(NamedTuple):
    """What a style does to its text, as far as that matters here."""

    hidden: bool = False
    struck: bool = False
    place: str = ""
    white: bool = False
    shaded: bool | None = None
    """Whether white shows on the colour behind the text; None where the style states none."""


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:  # noqa: ARG001 (XML states its own)
    """Return the text of a document: paragraphs parted by blank lines, cells by tabs, notes behind the text.

    Raises `InputError` for what is no such document, locked, broken, or larger unpacked than a document is.
    """
    archive = Archive(data, name=name)
    if CONTENT not in archive:
        raise InputError(f"{name}: is not an OpenDocument text: its text is missing; save it again")
    body = _Body()
    for part in (STYLES, CONTENT):
        if part in archive:
            body.reads = part == CONTENT
            tell(archive, part, body, name)
    return whole([*body.paragraphs, *body.notes], _warnings(body), name)


def _warnings(body: "_Body") -> Iterator[str]:
    yield from unread(hidden=body.hidden, struck=body.struck, deleted=body.deleted)
    if body.comments:
        yield f"{counted(body.comments, 'comment')} {'was' if body.comments == 1 else 'were'} not read"
    if body.objects:
        yield f"{counted(body.objects, 'equation, chart or other object', 'equations, charts or other objects')} {'was' if body.objects == 1 else 'were'} not read"
    if body.indexes:
        yield f"{counted(body.indexes, 'table of contents', 'tables of contents')} or index {'was' if body.indexes == 1 else 'were'} not read"


def _count(stated: str) -> int:
    return int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < DIGITS else 1


class _Body:
    """Gathers the paragraphs of a text; notes and tables stand within others."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.notes: list[str] = []
        self._marks = 0  # notes so far
        self._parents: dict[str, str] = {}  # of each style the one that it goes by
        self._before: list[str] = []  # what is put before each paragraph that is open
        self.hidden = self.struck = self.deleted = self.comments = self.indexes = self.objects = 0
        self.reads = False
        self._styles: dict[str, _Look] = {}
        self._style = ""  # the one that is being defined
        self._lines: list[list[str]] = []  # of each paragraph that is open
        self._looks: list[_Look] = []  # of each span that is open
        self._shades = Shades()  # of each table, row, cell, paragraph and span that is open
        self._boxes: list[list[str]] = []  # what each open row, cell or note holds
        self._copies: list[int] = []  # how often each open cell stands
        self._above: list[list[str]] = []  # the row above, in each open table
        self._wide: list[int] = []  # how many columns the last cell of each open row still covers
        self._skipping = 0
        self._hides = False  # whether what is skipped is hidden from the reader of the document

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or self._is_skipped(tag, attributes):
            self._skipping += 1
            return
        if tag == f"{STYLE}style":
            self._style = attributes.get(f"{STYLE}name", "")
            self._parents[self._style] = attributes.get(f"{STYLE}parent-style-name", "")
            self._styles[self._style] = self._styles.get(attributes.get(f"{STYLE}parent-style-name", ""), _Look())
        elif tag == f"{STYLE}text-properties" and self._style:
            self._styles[self._style] = _look(attributes, self._styles[self._style])
        elif tag in BEHIND and self._style:
            self._styles[self._style] = self._styles[self._style]._replace(shaded=_shade(attributes))
        elif self.reads:
            self._open(tag, attributes)

    def _is_skipped(self, tag: str, attributes: dict[str, str]) -> bool:
        local = tag.rpartition(" ")[2]
        self._hides = False
        if tag == f"{TEXT}deletion":
            self.deleted += 1
            return True
        self._hides = tag == f"{TEXT}section" and attributes.get(f"{TEXT}display") == "none"
        if self._hides:
            return True
        self.comments += tag == f"{OFFICE}annotation"
        self.objects += tag == f"{DRAW}object"
        is_index = tag.startswith(TEXT) and local in INDEXES
        self.indexes += is_index
        return is_index or tag in SKIPPED

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        if tag in (f"{TEXT}p", f"{TEXT}h"):
            self._lines.append([])
            self._before.append(self._put_before(attributes.get(f"{TEXT}style-name", "")))
            self._looks.append(self._styles.get(attributes.get(f"{TEXT}style-name", ""), _Look()))
            self._shades.open(self._look.shaded)
        elif tag in (f"{TEXT}span", f"{TEXT}a"):
            style = attributes.get(f"{TEXT}style-name", "")
            look = self._styles.get(style, self._look)
            self._looks.append(look._replace(struck=True) if style in STRUCK else look)
            self._shades.open(look.shaded)
        elif tag == f"{TEXT}s":
            count = attributes.get(f"{TEXT}c", "1")
            self.said(" " * min(MOST_BLANKS, int(count) if count.isdecimal() and len(count) < 5 else 1))
        elif tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            self.said("\t" if local == "tab" else "\n")
        elif tag in (
            f"{TABLE}table",
            f"{TABLE}table-row",
            f"{TABLE}table-cell",
            f"{TABLE}covered-table-cell",
            f"{TEXT}note",
        ):
            if local == "note":
                self._marks += 1
                self.said(f"[{self._marks}]")
            self._boxes.append([])
            self._shades.open(self._styles.get(attributes.get(f"{TABLE}style-name", ""), _Look()).shaded)
            self._copies.append(_count(attributes.get(f"{TABLE}number-columns-repeated", "1")))
            if local == "table":
                self._above.append([])
            elif local == "table-row":
                self._wide.append(0)
            elif local == "table-cell" and self._wide:
                self._wide[-1] = _count(attributes.get(f"{TABLE}number-columns-spanned", "1")) - 1

    def _put_before(self, style: str) -> str:
        """What the style of a paragraph, or the one that it goes by, says of it: a quoted block or a caption."""
        for name in (style, self._parents.get(style, "")):
            if name == "Quotations":
                return "> "
            if name in CAPTIONS:
                return CAPTION
        return ""

    @property
    def _look(self) -> _Look:
        return self._looks[-1] if self._looks else _Look()

    def ended(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag == f"{STYLE}style":
            self._style = ""
        elif self.reads:
            self._close(tag)

    def _end_cell(self, *, covered: bool) -> None:
        """Put a cell into its row; one that a wide or a tall cell covers has the words of that, under its own header."""
        cell, copies = " ".join(self._boxes.pop()), min(MOST_COPIES, self._copies.pop())
        if not self._boxes:
            return
        row = self._boxes[-1]
        for _ in range(copies if cell or copies <= MOST_BLANK else 0):
            words, above = cell, self._above[-1] if self._above else []
            if covered and not cell and self._wide and self._wide[-1] > 0:
                self._wide[-1] -= 1
                words = row[-1] if row and len({*row}) > 1 else ""  # not of a title over the whole table
            elif covered and not cell and len(row) < len(above):
                words = above[len(row)]
            row.append(words)

    def _close(self, tag: str) -> None:
        if tag in SHADED:
            self._shades.close()
        if tag in (f"{TEXT}p", f"{TEXT}h"):
            self._looks.pop()
            text, before = "".join(self._lines.pop()), self._before.pop()
            self._put(f"{before}{text}" if text.strip() and not (before == CAPTION and is_caption(text)) else text)
        elif tag in (f"{TEXT}span", f"{TEXT}a"):
            self._looks.pop()
        elif tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            self._end_cell(covered=tag.endswith("covered-table-cell"))
        elif tag == f"{TABLE}table-row":
            self._copies.pop()
            self._wide.pop()
            row = self._boxes.pop()
            if self._above:
                self._above[-1] = row
            self._put(row_of(row, nested=len(self._boxes) > 1).rstrip("\t"))
        elif tag == f"{TABLE}table":  # a row a line, so that they stay together
            self._copies.pop()
            self._above.pop()
            self._put("; ".join(rows) if (rows := self._boxes.pop()) and self._boxes else "\n".join(rows))
        elif tag == f"{TEXT}note":
            self._copies.pop()
            first, *others = self._boxes.pop() or [""]
            self.notes += [f"[{self._marks}] {first}", *others] if first else []

    def said(self, text: str) -> None:
        if self._skipping:
            self.hidden += len(text.strip()) if self._hides else 0
        if not self.reads or self._skipping or not self._lines:
            return
        look = self._look
        if look.place:
            text = raised(text) if look.place == "super" else lowered(text)
        if look.hidden or (look.white and not self._shades.show_white):
            self.hidden += len(text)
        elif look.struck:
            self.struck += len(text)
        else:
            self._lines[-1].append(text)

    def _put(self, text: str) -> None:
        if text.strip():
            (self._boxes[-1] if self._boxes else self.paragraphs).append(text.strip("\n"))


def _look(attributes: dict[str, str], inherited: _Look) -> _Look:
    """What the properties of a style change in the look that it inherits."""
    own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
    hidden, struck, place, white, shaded = inherited
    if "display" in own:
        hidden = own["display"] == "none"
    if "color" in own:
        white = own["color"].lower() == WHITE
    if "background-color" in own:
        shaded = _shade(attributes)
    if size := own.get("font-size", ""):
        points = size.removesuffix("pt")
        hidden = hidden or (points in ("0", "1", "2") or points.startswith(("0.", "1.")))
    if "text-line-through-style" in own or "text-line-through-type" in own:
        struck = "none" not in (own.get("text-line-through-style"), own.get("text-line-through-type"))
    if position := own.get("text-position", ""):
        place = _place(position.split()[0])
    return _Look(hidden, struck, place, white, shaded)


def _shade(attributes: dict[str, str]) -> bool | None:
    """Whether white shows on the colour that the properties of a style have behind the text; None where they state none."""
    behind = next((value for key, value in attributes.items() if key.endswith(" background-color")), None)
    return None if behind is None else behind.lower() not in ("transparent", WHITE)


def _place(shift: str) -> str:
    """`super`, `sub` or nothing, of how far text stands above the line: in these words, or in per cent."""
    if shift in ("super", "sub"):
        return shift
    if shift.startswith("-"):
        return "sub"
    return "super" if shift[:1].isdigit() and shift != "0%" else ""
