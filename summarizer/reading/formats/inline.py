"""A page made simple for the reader of articles: words in bold or in a link stay in their sentence, and a cell is one line.

trafilatura parts a short page at every element, and passes over the lists and tables in a cell.
"""

from lxml import etree, html

from summarizer.reading.formats.hidden import visible_text

INLINE = frozenset(
    "abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark nobr output rp rt ruby samp small span strong sub sup "
    "time tt u var wbr".split()
)  # fmt: skip
OWN = frozenset(
    {"span", "small", "cite", "time", "label", "a"}
)  # only within a paragraph: by themselves they may be a byline or a button
PARAGRAPHS = frozenset("p li td th dt dd h1 h2 h3 h4 h5 h6 blockquote caption figcaption".split())
GONE = "gone"  # what a tag is called that is taken away
CELLS = frozenset({"td", "th"})
LONGEST_CELL = 1_000  # code points; longer ones are the columns of a page that is laid out as a table
RUNNING = INLINE | {"a", "img"}
MARKS = {"li": ", ", "td": ", ", "th": ", ", "tr": "; ", "dt": "; ", "dd": ": "}
WEIGHT = ("", " ", ": ", ", ", "; ")  # of what parts two pieces the last one stands
LAYOUT = frozenset("table tbody thead tfoot tr td th colgroup".split())


def keep_together(tree: html.HtmlElement) -> None:
    """Take away the tags, not the words, of what stands within a sentence; links only where most words are none."""
    within = {element for block in tree.iter(*PARAGRAPHS) for element in block.iter() if element is not block}
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
