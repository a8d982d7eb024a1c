"""A page made simple for the reader of articles: words in bold or in a link stay in their sentence, and a cell is one line.

trafilatura parts a short page at every element, and passes over the lists and tables in a cell.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from lxml import etree, html

from summarizer.language.rows import END
from summarizer.reading.formats.hidden import visible_text

INLINE = frozenset(
    "abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark nobr output rp rt ruby samp small span strong sub sup "
    "time tt u var wbr".split()
)  # fmt: skip
OWN = frozenset(
    {"span", "small", "cite", "time", "label", "a"}
)  # only within a paragraph: by themselves they may be a byline or a button
PARAGRAPHS = frozenset("p li td th dt dd h1 h2 h3 h4 h5 h6 blockquote caption figcaption".split())
CODE = ("pre", "code")  # whose colours are elements too
GONE = "gone"  # what a tag is called that is taken away
CELLS = frozenset({"td", "th"})
MOST_SPREAD = 3_000  # cells of a page that are copies
MOST_COLUMNS = 60  # of a table whose wide cells are repeated
WIDEST, DEEPEST = 40, 200  # columns and rows of one cell
DIGITS = 4  # of the number of them
FEWEST_WORDS = 6  # of a paragraph that is no label
LONGEST_TERM = 80  # code points
LONGEST_CELL = 1_000  # code points; longer ones are the columns of a page that is laid out as a table
RUNNING = INLINE | {"a", "img"}
MARKS = {"li": ", ", "td": ", ", "th": ", ", "tr": "; ", "dt": "; ", "dd": ": "}
WEIGHT = ("", " ", ": ", ", ", "; ")  # of what parts two pieces the last one stands
LAYOUT = frozenset("table tbody thead tfoot tr td th colgroup".split())


def keep_together(tree: html.HtmlElement) -> None:
    """Take away the tags, not the words, of what stands within a sentence; links only where most words are none."""
    for block in tree.iter("div"):
        if _runs_on(block):
            block.tag = "p"
    within = {element for block in tree.iter(*PARAGRAPHS, *CODE) for element in block.iter() if element is not block}
    for label in tree.iter(*OWN):
        if label not in within and _adjoins_another(label):
            label.getprevious().tail = " "  # the page parts labels and values by its look alone
    for quoted in tree.iter("q"):
        quoted.text = f"“{quoted.text or ''}"
        quoted.tail = f"”{quoted.tail or ''}"
        quoted.tag = GONE
    for element in tree.iter(*INLINE):
        if element.tag not in OWN or element in within:
            element.tag = GONE
    for block in tree.iter(*PARAGRAPHS):
        links = [*block.iter("a")]
        if links and 2 * sum(len(visible_text(one)) for one in links) < len(visible_text(block)):
            for link in links:
                link.tag = GONE
    etree.strip_tags(
        tree, GONE
    )  # all at once: one after the other they would copy the text between them again and again
    for element in tree.iter():  # which leaves the text in pieces that every later step would have to put together
        element.text, element.tail = element.text, element.tail


def _adjoins_another(label: html.HtmlElement) -> bool:
    """Whether a label begins a word right behind another one, without a space between them."""
    above = label.getprevious()
    return above is not None and above.tag in OWN and not above.tail and visible_text(label)[:1].isalnum()


def _runs_on(block: html.HtmlElement) -> bool:
    """Whether a division is a paragraph whose words stand in several elements, as editors in the browser write them.

    It ends a sentence, and no two words touch where an element ends, as the labels of a menu or the cells of a grid do.
    """
    if not len(block) or any(element.tag not in RUNNING for element in block.iterdescendants()):
        return False
    pieces = [piece for piece in block.itertext() if piece]
    touching = any(above[-1].isalnum() and below[0].isalnum() for above, below in pairwise(pieces))
    words = "".join(pieces).split()
    return len(pieces) > 1 and len(words) >= FEWEST_WORDS and not touching and END.search(words[-1]) is not None


def flatten_cells(tree: html.HtmlElement) -> None:
    """Put all that a cell of a table holds on one line; a table that only lays out the page is none."""
    for table in [*tree.iter("table")]:
        own = [cell for cell in table.iter(*CELLS) if _table_of(cell) is table]
        if any(len(visible_text(cell)) > LONGEST_CELL for cell in own):
            for element in [one for one in table.iter(*LAYOUT) if one is table or _table_of(one) is table]:
                element.tag = "div"
    for table in [*tree.iter("table")]:
        if _table_of(table) is None:
            for cell in [*table.iter(*CELLS)]:
                if _table_of(cell) is table:
                    _flatten(cell)
    spread_cells(tree)
    for cell in tree.iter(*CELLS):  # the reader of articles would pad each row to what one cell claims
        for name in ("rowspan", "colspan"):
            cell.attrib.pop(name, None)


def spread_cells(tree: html.HtmlElement) -> None:
    """Repeat a cell that spans several rows or columns in each of them, so that every value stands under its header."""
    left = MOST_SPREAD
    for table in tree.iter("table"):
        hanging: dict[int, tuple[int, html.HtmlElement]] = {}
        for row in table.iter("tr"):
            own = [cell for cell in row if cell.tag in CELLS]
            if len(own) == 1 and not hanging:  # a title over the whole table
                continue
            if sum(_span(cell, "colspan", WIDEST) for cell in own) > MOST_COLUMNS:
                hanging = {}
                continue
            filled, hanging = _filled(own, hanging)
            left -= len(filled) - len(own)
            if left < 0:
                return
            for cell in own:
                row.remove(cell)
            row.extend(filled)


def _filled(
    own: Sequence[html.HtmlElement], hanging: Mapping[int, tuple[int, html.HtmlElement]]
) -> tuple[list[html.HtmlElement], dict[int, tuple[int, html.HtmlElement]]]:
    """The cells of a row with those that hang down into it and copies of wide ones, and what hangs down from it."""
    filled: list[html.HtmlElement] = []
    below: dict[int, tuple[int, html.HtmlElement]] = {}
    waiting = [*reversed(own)]
    while waiting or len(filled) in hanging:
        if held := hanging.get(len(filled)):
            copies, rows, cell = 1, held[0], held[1]
        else:
            cell = waiting.pop()
            copies, rows = _span(cell, "colspan", WIDEST), _span(cell, "rowspan", DEEPEST)
        for _ in range(copies):
            if rows > 1:
                below[len(filled)] = (rows - 1, cell)
            filled.append(_copy(cell))
    return filled, below


def _span(cell: html.HtmlElement, name: str, most: int) -> int:
    stated = (cell.get(name) or "").strip()
    return max(1, min(most, int(stated))) if stated.isascii() and stated.isdecimal() and len(stated) <= DIGITS else 1


def _copy(cell: html.HtmlElement) -> html.HtmlElement:
    made = html.Element(cell.tag)
    made.text = cell.text
    return made


def join_terms(tree: html.HtmlElement) -> None:
    """Put the term of a list of terms before what is said of it: "Opening day: 4 May"."""
    for term in [*tree.iter("dt")]:
        said = term.getnext()
        name = " ".join(visible_text(term).split()).rstrip(":")
        if said is None or said.tag != "dd" or not name or len(name) > LONGEST_TERM:
            continue
        inner = said.find("p")
        first = inner if inner is not None and not (said.text or "").strip() else said
        first.text = f"{name}: {(first.text or '').lstrip()}"
        term.drop_tree()


def _table_of(element: html.HtmlElement) -> html.HtmlElement | None:
    return next(element.iterancestors("table"), None)


def _flatten(cell: html.HtmlElement) -> None:
    text = _line(cell)
    for child in [*cell]:
        cell.remove(child)
    cell.text = text


def _line(block: html.HtmlElement) -> str:
    """The words of a block on one line: the items of a list and the cells of a row parted by commas, rows by semicolons."""
    parts: list[str] = []
    mark = ""
    for event, element in etree.iterwalk(block, events=("start", "end")):
        begins = event == "start"
        if element is not block and element.tag not in RUNNING:
            mark = max(mark, MARKS.get(element.tag, " ") if begins else " ", key=WEIGHT.index)
        text = element.text if begins else element.tail if element is not block else ""
        if text and text.strip():
            if parts and mark:
                parts[-1] = parts[-1].rstrip()
                parts.append(_between(parts[-1], mark))
            parts.append(text.lstrip() if mark else text)
            mark = ""
        elif text:
            mark = mark or " "
    return " ".join("".join(parts).split())


def _between(before: str, mark: str) -> str:
    """What parts two pieces; a mark is not put behind a mark."""
    return " " if mark.strip() and before.rstrip()[-1:] in ".!?:;," else mark
