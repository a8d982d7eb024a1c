"""Word files to text, with the standard library alone.

A Word file is a ZIP file of XML, which `parts` reads in one pass. Nothing that the file points to is opened: no
template, no picture, no link. `docs/inputs.md` compares with the libraries.
"""

import posixpath
import re
from collections.abc import Iterator

from summarizer.errors import InputError
from summarizer.language.structure import is_caption
from summarizer.reading.formats.archive import Archive
from summarizer.reading.formats.equations import Equation, unread_equations
from summarizer.reading.formats.extract import Extract, counted, row_of, unread, whole
from summarizer.reading.formats.parts import tell
from summarizer.reading.formats.raised import lowered, raised
from summarizer.reading.formats.shades import Shades
from summarizer.reading.formats.symbols import sign

RELATIONS = "_rels/.rels"
MAIN = "/relationships/officeDocument"
NOTES = ("footnotes.xml", "endnotes.xml")  # read behind the text
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the strict form
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "rt"}
)  # deleted, moved away, read already, how a word is pronounced
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
HIDING = frozenset({"vanish", "webHidden", "specVanish"})
NOTE_MARKS = frozenset({"footnoteReference", "endnoteReference", "footnote", "endnote"})
# Styles by the names that Word gives them in the files of several languages, in small letters.
QUOTING = frozenset(
    {
        "quote",
        "intensequote",
        "blocktext",
        "zitat",
        "intensiveszitat",
        "citation",
        "citationintense",
        "cita",
        "citazione",
    }
)
CAPTIONS = frozenset({"caption", "beschriftung", "lgende", "descripcin", "didascalia", "legenda"})
OFF = frozenset({"0", "false", "off"})
WHITE = "FFFFFF"
UNSHADED = frozenset({"", "AUTO", WHITE})  # colours behind a text on which white does not show
SHADED = frozenset({"tbl", "tc", "p"})  # may have a colour behind them
HIGH = 4  # half-points above or below the line; less is only a matter of looks
WIDEST = 2  # digits of the number of columns that a cell takes
SMALLEST = 4  # half-points; text of two points is there to be missed


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:  # noqa: ARG001 (XML states its own)
    """Return the text of a Word file: paragraphs parted by blank lines, cells by tabs, notes behind the text.

    Raises `InputError` for what is no Word file, locked, broken, or larger unpacked than a document is.
    """
    archive = Archive(data, name=name)
    main = _main_part(archive, name)
    body = _Body()
    tell(archive, main, body, name)
    if not body.is_word:
        raise InputError(f"{name}: is not a Word document: it holds {main}; save its text as .docx or plain text")
    for note in NOTES:
        part = posixpath.join(posixpath.dirname(main), note)
        if part in archive:
            tell(archive, part, body, name)
    return whole(body.paragraphs, _warnings(body), name)


def _warnings(body: "_Body") -> Iterator[str]:
    yield from unread(hidden=body.hidden, struck=body.struck, deleted=body.deleted)
    if body.equations:
        yield unread_equations(body.equations)
    if body.unknown:
        yield f"{counted(body.unknown, 'sign')} of a symbol font {'was' if body.unknown == 1 else 'were'} not read"


def _main_part(archive: Archive, name: str) -> str:
    if RELATIONS not in archive:
        raise InputError(f"{name}: is a ZIP file but not a Word document; save the article as plain text")
    relations = _Relations()
    tell(archive, RELATIONS, relations, name)
    if relations.main is None or relations.main not in archive:
        raise InputError(f"{name}: is not a Word document: its text is missing; save it as .docx")
    return relations.main


class _Relations:
    """Finds the part that holds the text, which need not be called word/document.xml."""

    def __init__(self) -> None:
        self.main: str | None = None

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        within = attributes.get("TargetMode") != "External"
        if tag.endswith(" Relationship") and attributes.get("Type", "").endswith(MAIN) and within:
            self.main = self.main or posixpath.normpath(attributes.get("Target", "").lstrip("/"))

    def ended(self, tag: str) -> None: ...

    def said(self, text: str) -> None: ...


class _Look:
    """How a run of text looks, as far as that hides it."""

    def __init__(self, *, shaded: bool) -> None:
        self.hidden = self.white = self.struck = False
        self.shaded = shaded
        """Whether white shows: by the colour behind its paragraph or cell, until it has one of its own."""
        self.place = ""
        """`superscript`, `subscript` or nothing."""
        self.shift = 0
        """Half-points above the line."""

    @property
    def unseen(self) -> bool:
        return self.hidden or (self.white and not self.shaded)

    def take(self, local: str, value: str) -> None:
        if local in HIDING:
            self.hidden = value.lower() not in OFF
        elif local == "sz" and value.isdecimal():
            digits = value.lstrip("0")
            self.hidden = self.hidden or (len(digits) <= 1 and int(digits or "0") <= SMALLEST)
        elif local == "color":
            self.white = value.upper() == WHITE
        elif local == "highlight":
            self.shaded = value.lower() not in ("none", "white")
        elif local in ("strike", "dstrike"):
            self.struck = value.lower() not in OFF
        elif local == "vertAlign":
            self.place = value
        elif local == "position" and re.fullmatch(r"-?\d{1,4}", value):
            self.shift = int(value)

    def placed(self, text: str, before: str) -> str:
        """The text in raised or lowered figures where it stands so behind something; a shift alone is no sign of that."""
        place = self.place
        if abs(self.shift) >= HIGH and before.strip() and not place:
            place = "superscript" if self.shift > 0 else "subscript"
        return raised(text) if place == "superscript" else lowered(text) if place == "subscript" else text


class _Cell:
    """How many columns a cell of a table takes, and whether it goes on with the one above."""

    def __init__(self) -> None:
        self.columns = 1
        self.goes_on = False

    def take(self, local: str, value: str) -> None:
        if local == "vMerge":
            self.goes_on = value in ("", "continue")
        elif value.isascii() and value.isdecimal() and len(value) <= WIDEST:
            self.columns = max(1, int(value))


class _Body:
    """Gathers the paragraphs of a text; text boxes and tables stand within others."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.is_word = False  # and not a workbook or slides, which are such ZIP files too
        self.hidden = self.deleted = self.struck = self.unknown = self.equations = 0
        self._equation: Equation | None = None
        self._adjoins = False  # whether an equation has just ended
        self._lines: list[list[str]] = []  # of each paragraph that is open
        self._styles: list[str] = []  # likewise
        self._note = ""  # the mark of a note whose first paragraph is still to come
        self._looks: list[_Look] = []  # of each run that is open
        self._shades = Shades()  # of each table, cell and paragraph that is open
        self._in_mark = False  # within the looks of the mark that ends a paragraph
        self._boxes: list[list[str]] = []  # what each open row or cell holds
        self._tables: list[list[str]] = []  # the cells of the row above, in each table that is open
        self._cells: list[_Cell] = []  # those that are open
        self._counts: list[int] = []  # the cells of each open row
        self._skipping = 0
        self._saying = False

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition(" ")
        if self._skipping or local in SKIPPED:
            self._skipping += 1
            self.deleted += local == "delText"
        elif space in WORD:
            self.is_word = True
            value = next((value for key, value in attributes.items() if key.endswith(" val")), "")
            if self._equation:
                self._equation.started(local, value)
            elif local == "oMath":
                self._equation = Equation()
            if local in ("sym", "shd"):
                own = {key.rpartition(" ")[2]: found for key, found in attributes.items()}
                (self._symbol if local == "sym" else self._shade)(own)
            elif local in NOTE_MARKS:
                self._mark(local, next((found for key, found in attributes.items() if key.endswith(" id")), ""))
            else:
                self._open(local, value)

    def _symbol(self, attributes: dict[str, str]) -> None:
        found = sign(attributes.get("font", ""), attributes.get("char", ""))
        self.unknown += found is None
        self._add(found or "\ufffd")

    def _shade(self, attributes: dict[str, str]) -> None:
        """The colour behind a run, or behind the paragraph, cell or table that was opened last."""
        is_plain = attributes.get("val", "clear") in ("clear", "nil")
        shaded = not is_plain or attributes.get("fill", "").upper() not in UNSHADED
        if self._looks:
            self._looks[-1].shaded = shaded
        elif not self._in_mark:
            self._shades.state(shaded)

    def _begin_shade(self, local: str) -> None:
        if local in SHADED:
            self._shades.open()
        elif local == "rPr":
            self._in_mark = not self._looks

    def _end_shade(self, local: str) -> None:
        if local in SHADED:
            self._shades.close()
        elif local == "rPr":
            self._in_mark = False

    def _mark(self, local: str, number: str) -> None:
        """Write the mark of a note where the text has it, and before the note."""
        if not number.isdecimal() or number == "0":  # the lines above the notes
            return
        mark = f"[{number}]" if local.startswith("footnote") else f"[^e{number}]"
        if local.endswith("Reference"):
            if self._lines:
                self._lines[-1].append(mark)
        else:
            self._note = f"{mark} " if mark[1] != "^" else f"{mark}: "

    def _marked(self, text: str, style: str) -> str:
        """A paragraph with what its style says of it: a quoted block, a caption, a note."""
        if not text.strip():
            return text
        if self._note:
            text, self._note = self._note + text.lstrip(), ""
        elif style in QUOTING:
            text = "> " + text.replace("\n", "\n> ")
        elif style in CAPTIONS and not is_caption(text):
            text = f"Caption: {text}"
        return text

    def _open(self, local: str, value: str) -> None:
        self._begin_shade(local)
        if local == "p":
            self._lines.append([])
            self._styles.append("")
        elif local == "r":
            self._looks.append(_Look(shaded=self._shades.show_white))
        elif local in ("tr", "tc", "tbl"):
            self._boxes.append([])
            if local == "tbl":
                self._tables.append([])
            elif local == "tc":
                self._cells.append(_Cell())
            else:
                self._counts.append(0)
        elif local in ("gridSpan", "vMerge") and self._cells:
            self._cells[-1].take(local, value)
        elif local == "pStyle" and self._styles:
            self._styles[-1] = value.lower()
        elif local in SIGNS:
            self._add(SIGNS[local])
        elif local == "t":
            self._saying = True
        elif self._looks:
            self._looks[-1].take(local, value)

    def ended(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        space, _, local = tag.rpartition(" ")
        if space not in WORD:
            return
        if local == "oMath":
            self._end_equation()
        elif self._equation:
            self._equation.ended()
        self._end_shade(local)
        if local == "t":
            self._saying = False
        elif local == "r":
            self._looks.pop()
        elif local == "p":
            self._put(self._marked("".join(self._lines.pop()), self._styles.pop()))
        elif local == "tc":
            self._end_cell()
        elif local == "tr":
            self._end_row()
        elif local == "tbl":  # a row a line, so that they stay together
            self._tables.pop()
            self._put("; ".join(rows) if (rows := self._boxes.pop()) and self._boxes else "\n".join(rows))

    def _end_cell(self) -> None:
        """Put a cell into its row, an empty one too, so that every value stays under its header."""
        text, cell = " ".join(self._boxes.pop()), self._cells.pop()
        if not (self._boxes and self._tables):
            self._put(text)
            return
        row, above = self._boxes[-1], self._tables[-1]
        if self._counts:
            self._counts[-1] += 1
        if cell.goes_on and len(row) < len(above):
            text = above[len(row)]
        row.extend([text.strip("\n")] * cell.columns)

    def _end_row(self) -> None:
        row = self._boxes.pop()
        if self._counts.pop() == 1:  # a title over the whole table
            row = row[:1]
        if self._tables:
            self._tables[-1] = row
        self._put(row_of(row, nested=len(self._boxes) > 1).rstrip("\t"))

    def said(self, text: str) -> None:
        if self._saying and not self._skipping:
            self._add(text)

    def _add(self, text: str) -> None:
        look = self._looks[-1] if self._looks else None
        if look and look.unseen:
            self.hidden += len(text)
        elif look and look.struck:
            self.struck += len(text)
        elif self._equation:
            self._equation.said(text)
        elif self._lines and text:
            before = self._lines[-1][-1][-1:] if self._lines[-1] else ""
            apart = " " if self._adjoins and before.isalnum() and text[0].isalnum() else ""
            self._adjoins = False
            self._lines[-1].append(apart + (look.placed(text, before) if look else text))

    def _end_equation(self) -> None:
        written = self._equation.written() if self._equation else ""
        self._equation = None
        self.equations += written is None
        if written and self._lines:
            before = self._lines[-1][-1][-1:] if self._lines[-1] else ""
            apart = " " if before.isalnum() and written[0].isalnum() else ""
            self._lines[-1].append(apart + written)
            self._adjoins = True

    def _put(self, text: str) -> None:
        if text.strip():
            (self._boxes[-1] if self._boxes else self.paragraphs).append(text.strip("\n"))
