"""A web page to the text of its article, by trafilatura, after what the page does not show was taken out."""

import copy
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from configparser import ConfigParser
from itertools import chain, pairwise

import trafilatura
from lxml import etree, html
from trafilatura.metadata import extract_metadata
from trafilatura.settings import use_config

from summarizer.errors import InputError
from summarizer.language.rows import is_rule
from summarizer.language.structure import is_caption
from summarizer.reading.decoding import decode, stated_codec
from summarizer.reading.formats.equations import Equation, unread_equations
from summarizer.reading.formats.extract import Extract, cleaned, counted
from summarizer.reading.formats.hidden import LeftOut, prune, visible_text
from summarizer.reading.formats.inline import INLINE, RUNNING, flatten_cells, join_terms, keep_together
from summarizer.reading.formats.raised import is_mark_of_note, lowered, raised

CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"  # which lxml takes out of a tree and puts into none
SPACES = re.compile(rf"[ \t\r\n{CONTROLS}]+")
NO_TEXT = re.compile(f"[{CONTROLS}]")
FRAMES = frozenset({"header", "nav", "footer", "aside"})  # a heading in them is the site's
NOTE_SIGNS = "*†‡§"
SHORT = 500  # characters; twice what trafilatura is content with


def read(data: bytes, *, name: str, encoding: str | None) -> Extract:
    """Return the main text of a page, with title, byline and date where it states them.

    The encoding is the one given, else that of the byte order mark, else that of the page's own words, else UTF-8.
    """
    logging.disable()  # of the libraries; what matters is in the warnings
    page = decode(data, name=name, encoding=encoding or stated_codec(data))
    tree = _tree(page, name)
    left_out = prune(tree, name=name)
    _unwrap(tree)
    equations = _write_equations(tree)
    etree.strip_elements(tree, "rt", "rp", with_tail=False)  # how a word is pronounced, above it
    join_terms(tree)
    _spell_out(tree)
    _mark_quotations(tree)
    _label_captions(tree)
    keep_together(tree)
    flatten_cells(tree)
    shown = visible_text(tree.find("body") if tree.find("body") is not None else tree)
    headings = [visible_text(one) for one in tree.iter("h1") if not any(up.tag in FRAMES for up in one.iterancestors())]
    main = _headed(cleaned(_article(tree, headings)), headings)
    text = _paragraphs(main or cleaned(shown))
    if not text:
        raise InputError(f"{name}: empty: the page shows no text by itself; save the article as plain text")
    facts = extract_metadata(_tree(page, name), extensive=False)  # no date guessed from the words
    return Extract(
        text,
        (*_warnings(left_out, main, shown), *([unread_equations(equations)] if equations else [])),
        title=_line(facts.title),
        byline=_line(facts.author),
        date=_line(facts.date),
    )


def _article(tree: html.HtmlElement, headings: Sequence[str]) -> str:
    """The main text; that of a short page by its blocks, which trafilatura runs together, where none of its words is lost by that."""
    found = _extracted(copy.deepcopy(tree), use_config())
    if len(found) >= SHORT:
        return found
    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    parted = _extracted(tree, settings)
    return parted if {*found.split()} <= {*parted.split(), *" ".join(headings).split()} else found


def _extracted(tree: html.HtmlElement, settings: ConfigParser) -> str:
    found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False, config=settings)
    return (getattr(found, "text", None) or "").strip()


def _headed(main: str, headings: list[str]) -> str:
    """The article under its one heading, which trafilatura takes for the title of the page and leaves out."""
    if not main or len(headings) != 1 or not headings[0].strip():
        return main
    lines = main.split("\n")
    if headings[0].strip() in lines or (len(lines) == 1 and main.startswith(headings[0].strip())):
        return main
    return f"{headings[0].strip()}\n{main}"


def _warnings(left_out: LeftOut, main: str, shown: str) -> Iterator[str]:
    if str(left_out):
        yield f"not read: {left_out}"
    if not main:
        yield "no article was found in the page, so all its text was read"
    elif len(main) < len(shown):
        yield f"read as the article: {len(main):,} of the {counted(len(shown), 'character')} that the page shows"


def _tree(text: str, name: str) -> html.HtmlElement:
    try:
        # As bytes: lxml refuses text that names an encoding of its own.
        return html.document_fromstring(text.encode("utf-8", "ignore"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"{name}: cannot be read as HTML: {error}; save the article as plain text") from error


def _unwrap(tree: html.HtmlElement) -> None:
    """Make control characters and the line ends of the markup spaces, as a page shows them; line ends of preformatted text stay."""
    kept = {element for block in tree.iter("pre") for element in block.iter()}
    for element in tree.iter():
        if element.text:
            element.text = (NO_TEXT if element in kept else SPACES).sub(" ", element.text)
        if element.tail:
            inside = element in kept and element.tag != "pre"
            element.tail = (NO_TEXT if inside else SPACES).sub(" ", element.tail)


def _still_in(tree: html.HtmlElement, *tags: str) -> Iterator[html.HtmlElement]:
    """The elements of a tree that are still in it when their turn comes: one within another may have gone with that."""
    return (element for element in [*tree.iter(*tags)] if element.getparent() is not None)


def _write_equations(tree: html.HtmlElement) -> int:
    """Put each equation on one line, and return how many have no such form and were left out."""
    unread = 0
    for element in _still_in(tree, "math"):
        equation = Equation()
        for event, part in etree.iterwalk(element, events=("start", "end")):
            if event == "start":
                equation.started(part.tag.rpartition(":")[2], part.get("linethickness", ""))
                _say(equation, part.text)
            else:
                equation.ended()
                _say(equation, part.tail if part is not element else "")
        written = equation.written()
        unread += written is None
        before = element.getprevious().tail if element.getprevious() is not None else element.getparent().text
        for child in [*element]:
            element.remove(child)
        element.text = f" {written}" if written and (before or "")[-1:].isalnum() else written or ""
        element.drop_tag()
    return unread


def _say(equation: Equation, text: str | None) -> None:
    if text and text.strip():  # the white space between elements is none of the equation
        equation.said(" ".join(text.split()))


def _spell_out(tree: html.HtmlElement) -> None:
    """Give raised and lowered figures characters of their own; one that links to a note is a mark in brackets."""
    named = {one.get("id"): one for one in tree.iter() if one.get("id")}
    for link in _still_in(tree, "a"):
        if (link.get("href") or "").startswith("#"):
            _read_link(link, named)
    for element in _still_in(tree, "sup", "sub"):
        text = "".join(element.itertext()).strip()
        if (
            element.tag == "sup"
            and text.isdecimal()
            and (element.find(".//a") is not None or element.getparent().tag == "a")
        ):
            text = f"[{text}]"
            _mark_note(element, text, named)
        elif element.tag == "sup":
            text = raised(text)
        else:
            text = lowered(text)
        for child in [*element]:
            element.remove(child)
        element.text = text
        element.drop_tag()


def _read_link(link: html.HtmlElement, named: Mapping[str, html.HtmlElement]) -> None:
    """Put a number that links to a note in brackets, and take away a link that is a sign alone, such as the way back."""
    text = visible_text(link).strip()
    if text and not any(one.isalnum() or one in NOTE_SIGNS for one in text):
        link.drop_tree()
    elif is_mark_of_note(text, _before(link)) and not any(one.tag == "sup" for one in link.iterancestors()):
        _mark_note(link, f"[{text}]", named)
        for child in [*link]:
            link.remove(child)
        link.text = f"[{text}]"
        link.drop_tag()


def _before(element: html.HtmlElement) -> str:
    """The words right before an element in its paragraph."""
    for one in (element, *element.iterancestors()):
        previous, parent = one.getprevious(), one.getparent()
        if previous is not None:
            return previous.tail or visible_text(previous)
        if parent is None or parent.text or parent.tag not in INLINE:
            return (parent.text if parent is not None else "") or ""
    return ""


def _mark_note(element: html.HtmlElement, mark: str, named: Mapping[str, html.HtmlElement]) -> None:
    """Put its mark before the note that a raised number links to, where the page only counts its notes."""
    link = element if element.tag == "a" else element.find(".//a")
    link = element.getparent() if link is None else link
    note = named.get((link.get("href") or "").removeprefix("#"))
    if note is not None and note.tag == "a":  # the number before the note, which leads back
        number, note = note, note.getparent()
        if note is not None and f"[{visible_text(number)}]" == mark:
            number.drop_tree()
    if note is not None and note.tag in ("li", "p", "div") and not visible_text(note).lstrip().startswith(mark):
        inner = note.find(".//p") if note.find(".//p") is not None else note
        inner.text = f"{mark} {(inner.text or '').lstrip()}"


def _mark_quotations(tree: html.HtmlElement) -> None:
    """Put "> " before each paragraph of a quoted block, and a dash before the name under it, which the page shows by its look."""
    for block in tree.iter("blockquote"):
        for named in _still_in(block, "footer", "cite"):
            if (text := visible_text(named).strip()) and named.getparent().tag in ("blockquote", "footer"):
                for child in [*named]:
                    named.remove(child)
                named.tag, named.text = "p", f"— {text.lstrip('—–- ')}"
        if not any(up.tag == "blockquote" for up in block.iterancestors()):
            for paragraph in block.iter("blockquote", "div", "p", "li", "br"):
                _quote(paragraph)


def _quote(element: html.HtmlElement) -> None:
    """Mark the words that a paragraph of a quoted block begins with, or those behind a line break."""
    if element.tag == "br":
        element.tail = f"> {element.tail.lstrip()}" if (element.tail or "").strip() else element.tail
    elif element.tag in ("p", "li") or (element.text or "").strip() or (len(element) and element[0].tag in RUNNING):
        element.text = f"> {(element.text or '').lstrip()}"
        element.tag = "p" if element.tag == "div" else element.tag


def _label_captions(tree: html.HtmlElement) -> None:
    """Name the caption of a picture as one, in a paragraph of its own: the reader of articles leaves it out where it stands."""
    for caption in _still_in(tree, "figcaption"):
        text = " ".join(visible_text(caption).split())
        for child in [*caption]:
            caption.remove(child)
        caption.tag, caption.text = "p", text if is_caption(text) or not text else f"Caption: {text}"
        if caption.getparent().tag == "figure":
            caption.getparent().tag = "div"


def _paragraphs(text: str) -> str:
    """One blank line between paragraphs, which come one to a line; the rows of a table stay together, as in other formats."""
    lines = [_row(line.strip()) for line in text.split("\n") if line.strip()]
    kept = [line for line in lines if line.strip()]
    gaps = ("\n" if "\t" in above and "\t" in below else "\n\n" for above, below in pairwise(kept))
    return "".join(chain.from_iterable(zip(kept, chain(gaps, [""]), strict=False)))


def _row(line: str) -> str:
    """A row of a table with tabs between its cells, where the reader of articles has bars; nothing for the rule under its head."""
    if len(line) < len("| |") or line[0] != "|" or line[-1] != "|":
        return line
    return "" if is_rule(line) else "\t".join(cell.strip() for cell in line[1:-1].split(" | ")).rstrip()


def _line(stated: str | None) -> str | None:
    return " ".join(stated.split()) or None if stated else None
