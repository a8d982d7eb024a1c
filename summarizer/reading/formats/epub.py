"""Electronic books (EPUB) to text, with the standard library alone: the chapters in their order.

A book is a ZIP file of pages. Its list of parts is read as the parts of a Word file are, its pages by `html.parser`,
which keeps no tree, opens nothing and knows no entities of the page's own.
"""

import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

from summarizer.errors import InputError
from summarizer.language.structure import is_caption
from summarizer.reading.decoding import decode, stated_codec
from summarizer.reading.formats.archive import Archive
from summarizer.reading.formats.equations import Equation, unread_equations
from summarizer.reading.formats.extract import Extract, cleaned, counted, row_of, unread
from summarizer.reading.formats.parts import MAX_DEPTH, tell
from summarizer.reading.formats.raised import is_mark_of_note, lowered, raised

CONTAINER, RIGHTS = "META-INF/container.xml", "META-INF/rights.xml"
PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
BLOCKS = frozenset(
    "address article aside blockquote body caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav "
    "ol p pre section table td th tr ul".split()
)
CAPTIONS = frozenset({"figcaption", "caption"})
BLANKS = re.compile(r"[ \t\r\n]+")
SILENT = frozenset("head script style template noscript nav svg audio video rt rp".split())
STRUCK = frozenset("del s strike".split())
EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """Return the text of a book: a blank line between paragraphs, cells parted by tabs.

    Raises `InputError` for what is no book, locked, broken, or larger unpacked than a book of text is.
    """
    archive = Archive(data, name=name)
    book = _Book()
    for part in (CONTAINER, None):
        own = part or book.package
        if not own or own not in archive:
            raise InputError(f"{name}: is not an EPUB: its list of chapters is missing; save it as plain text")
        tell(archive, own, book, name)
    if RIGHTS in archive:
        raise InputError(f"{name}: is locked by its seller; use a copy without a lock")
    text, missing = _Page(name), 0
    for part in book.chapters():
        if part in archive:
            data = b"".join(archive.chunks(part))
            if data.strip():
                text.page(decode(data, name=f"{name}: {part}", encoding=encoding or stated_codec(data)))
        else:
            missing += 1
    whole = cleaned("\n\n".join(text.paragraphs))
    if not whole.strip():
        raise InputError(f"{name}: empty: there is no text in it; its pages may be pictures, or locked")
    return Extract(whole, tuple(_warnings(text, missing)), title=book.title or None)


def _warnings(text: "_Page", missing: int) -> Iterator[str]:
    if missing:
        yield f"{counted(missing, 'chapter')} of its list {'is' if missing == 1 else 'are'} missing"
    yield from unread(hidden=text.hidden, struck=text.struck, deleted=0)
    if text.equations:
        yield unread_equations(text.equations)
    if text.pictures:
        yield f"{counted(text.pictures, 'picture')} {'was' if text.pictures == 1 else 'were'} not read"


class _Book:
    """Finds the pages of a book and their order."""

    def __init__(self) -> None:
        self.package = ""
        self.title = ""
        self._pages: dict[str, str] = {}  # by their names in the list
        self._order: list[str] = []
        self._in_title = False

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        if local == "rootfile":
            self.package = self.package or posixpath.normpath(attributes.get("full-path", ""))
        elif local == "item" and attributes.get("media-type") in PAGES:
            if "nav" not in attributes.get("properties", "").split():
                self._pages[attributes.get("id", "")] = unquote(attributes.get("href", "").partition("#")[0])
        elif local == "itemref":
            self._order.append(attributes.get("idref", ""))
        self._in_title = local == "title" and not self.title

    def ended(self, tag: str) -> None:  # noqa: ARG002 (a title has no parts)
        self._in_title = False

    def said(self, text: str) -> None:
        if self._in_title:
            self.title = " ".join(f"{self.title} {text}".split())

    def chapters(self) -> Iterator[str]:
        """The parts that hold the pages, in the order of the book."""
        folder = posixpath.dirname(self.package)
        for one in dict.fromkeys(self._order):
            if one in self._pages:
                yield posixpath.normpath(posixpath.join(folder, self._pages[one]))


class _Page(HTMLParser):
    """Gathers the paragraphs of pages."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._name = name
        self.paragraphs: list[str] = []
        self.hidden = self.struck = self.pictures = self.equations = 0
        self._equation: Equation | None = None
        self._open: list[tuple[str, bool]] = []  # each open element, and whether its text is left out
        self._line: list[str] = []
        self._rows: list[tuple[list[str], list[str]]] = []
        """The cells of each open row, and what the cell around it holds so far."""
        self._is_in_table = False  # whether the last paragraph is rows of the table that is open
        self._refers = False  # whether the last link leads to a place in a page
        self._caption: int | None = None  # how many paragraphs stand before a caption that is open

    def page(self, text: str) -> None:
        self.feed(text)
        self.close()
        self.reset()
        self._break()
        self._open.clear()
        self._equation = None
        self._rows.clear()
        self._is_in_table = False
        self._end_caption()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pictures += tag == "img"
        if tag in BLOCKS:
            self._break()
            if self._open and self._open[-1][0] == "p":  # which ends there, whether the page says so or not
                self._open.pop()
        if tag == "br":
            self._line.append("\n")
        if tag in EMPTY:
            return
        if tag == "tr":
            self._end_caption()  # which ends there, whether the page says so or not
            if next((one for one, _ in reversed(self._open) if one in ("tr", "table")), "") == "tr":
                self.handle_endtag("tr")  # likewise
            self._rows.append(([], self._line))
            self._line = []
        elif tag == "li" and self._rows and (before := "".join(self._line).rstrip()):
            self._line = [before, " " if before[-1] in ".!?;:," else ", "]
        if tag in CAPTIONS and not self._rows:
            self._end_caption()
            self._caption = len(self.paragraphs)
        own = {key: (value or "").replace(" ", "").lower() for key, value in attrs}
        self._refers = "#" in own.get("href", "") if tag == "a" else self._refers
        unseen = (
            "hidden" in own or "display:none" in own.get("style", "") or "visibility:hidden" in own.get("style", "")
        )
        out = unseen or tag in SILENT or tag in STRUCK or (bool(self._open) and self._open[-1][1])
        if len(self._open) >= MAX_DEPTH:
            raise InputError(f"{self._name}: a chapter is nested deeper than {MAX_DEPTH}; save it as plain text")
        self._open.append((tag, out))
        if self._equation:
            self._equation.started(tag, dict(attrs).get("linethickness") or "")
        elif tag == "math" and not out:
            self._equation = Equation()

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(one == tag for one, _ in self._open):
            last = self._open.pop()[0]
            if last == "math":
                self._end_equation()
            elif self._equation:
                self._equation.ended()
            if last == tag:
                break
        if tag in ("td", "th") and self._rows:
            self._rows[-1][0].append(" ".join("".join(self._line).split()).strip(",; "))
            self._line = []
        elif tag == "tr" and self._rows:
            cells, self._line = self._rows.pop()
            row = row_of(cells, nested=bool(self._rows))
            if self._rows:
                self._line.append(f"{row}; ")
            elif row.strip():  # a row a line, so that they stay together
                rows = [self.paragraphs.pop()] if self._is_in_table else []
                self.paragraphs.append("\n".join([*rows, row]))
                self._is_in_table = True
        elif tag in BLOCKS:
            self._break()
            self._is_in_table = self._is_in_table and (tag != "table" or bool(self._rows))
            if tag in CAPTIONS or tag in ("figure", "table"):
                self._end_caption()

    def handle_data(self, data: str) -> None:
        tags = {one for one, _ in self._open}
        if self._open and self._open[-1][1]:
            count = len(data.strip())
            self.struck += count if tags & STRUCK else 0
            self.hidden += count if not tags & (STRUCK | SILENT) else 0
            return
        if self._equation:
            if data.strip():
                self._equation.said(" ".join(data.split()))
            return
        if "pre" not in tags:
            data = BLANKS.sub(" ", data)
        if "sup" in tags or ("a" in tags and self._refers and is_mark_of_note(data, "".join(self._line[-1:]))):
            data = raised(data)
        elif "sub" in tags:
            data = lowered(data)
        self._line.append(data)

    def _end_equation(self) -> None:
        written = self._equation.written() if self._equation else ""
        self._equation = None
        self.equations += written is None
        before = self._line[-1][-1:] if self._line else ""
        self._line.append(f" {written}" if written and before.isalnum() else written or "")

    def _break(self) -> None:
        if self._rows:
            self._line.append(" ")
        else:
            text, self._line = "".join(self._line), []
            self._put(
                "\n".join(" ".join(line.split()) for line in text.split("\n"))
                if "pre" not in dict(self._open)
                else text
            )

    def _end_caption(self) -> None:
        """Make one line of the paragraphs of a caption, which names itself one."""
        if self._caption is not None:
            text = " ".join(" ".join(self.paragraphs[self._caption :]).split())
            self.paragraphs[self._caption :] = [text if is_caption(text) else f"Caption: {text}"] if text else []
            self._caption = None

    def _put(self, text: str) -> None:
        if text.strip():
            self._is_in_table = False
            self.paragraphs.append(text.strip("\n "))
