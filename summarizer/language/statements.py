"""A claim read once: its words and names, without marks of citation."""

import re
from typing import NamedTuple

from summarizer.language.line_breaks import unwrapped, without_marker
from summarizer.language.markdown import HIDDEN, IMAGE, laid_bare
from summarizer.language.names import names_in
from summarizer.language.rows import is_rule
from summarizer.language.units import UNITS
from summarizer.language.words import Word, key_of, words

# "(Smith et al., 2021)" and "(Ash & Bell, 2021; Cole et al., 1999)": two names and a year are no words of the sentence.
AUTHORS = r"[^\W\d_][\w’'-]{1,30}(?:\s(?:&|and|und|et)\s[^\W\d_][\w’'-]{1,30}|\set\sal\.),?\s(?:1[89]|20)\d\d[a-z]?(?:,\spp?\.\s?\d{1,4})?"
CITATION = re.compile(
    rf"\s{{0,2}}\({AUTHORS}(?:;\s{AUTHORS}){{0,5}}\)"
    r"|\s{0,2}(?:\[\^(?!\d{1,3}[\],])[\w-]{1,20}\]|\^?\[\^?\d{1,3}(?:\s{0,2}[,;–-]\s{0,2}\^?\d{1,3}){0,9}\]\^?|【[^【】\n]{1,80}】"
    r"|\[(?:source|citation|ref|note)s?:?[^\[\]\n]{0,60}\](?!\()|\ue200[^\ue201]{1,200}\ue201"
    r"|\(\[[^\[\]\n]{1,100}\]\(https?://[^()\s]{1,500}\)\)"
    r"|\((?:[Ss]ources?|[Rr]ef(?:erence)?s?|[Cc]itations?|[Qq]uellen?)\s?:[^()\n]{1,100}\)"
    r"|\((?:[Ss]ee|[Cc]f\.|[Ss]iehe|[Vv]gl\.)\s(?:also\s)?(?i:pp?|pages?|S|Seite|fig|figures?|tables?|sections?|notes?|footnotes?)\.?\s?\d{1,4}(?:\s?[–-]\s?\d{1,4})?\)"
    r"|\\?(?:file)?cite(?:turn\d{1,3}[a-z]{1,10}\d{1,3}){1,9}\b|~?\\cite[a-z]{0,10}\*?(?:\[[^\[\]\n]{0,40}\]){0,2}\{[^{}\n]{1,120}\}"
    r"|\((?:pp?|pages?|S|Abs)\.?\s?\d{1,4}(?:\s?[–-]\s?\d{1,4})?\)|(?<=[^\W\d_][.,;:!?])[¹²³⁴-⁹⁰]{1,3}|(?<=[^\W\d_])[*†‡]{1,2}(?=[\s.,;:!?]|\Z)(?<!\*))"
)
CARET = re.compile(r"\^(?:(?<=[^\W\d_]{3}\^)|(?<=[^\W\d_][.!?]\^))\d{1,3}(?![\w^])")  # a note in plain text; no power
PLACE = re.compile(
    r"\s?\[(?i:doc(?:ument)?|page|pp?\.|sect?(?:ion)?\.?|§|chapter|ch\.|para(?:graph)?\.?|chunk|passage|seite|abs\.)\s?\d{1,4}(?:\s?[,;–-]\s?(?i:§|pp?\.|page|section|para\.?)?\s?\d{1,4}){0,6}\](?!\()"
)  # "[Doc 1, §3]"
EMPTIED = re.compile(r"\s{0,2}\(\s{0,2}(?:[,;]\s{0,2}){0,9}\)")  # brackets whose links were taken out
FENCE = re.compile(r"(?:\A|(?<=\n))[ \t]{0,3}(?:`{3,9}|~{3,9})[\w-]{0,20}[ \t]*(?:\n|\Z)")
RAISED_IN_HTML = re.compile(r"(?P<before>\d?)<sup>\s?(?P<mark>\[?[\d,\s–-]{1,12}\]?)\s?</sup>", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:(?P<inline>b|i|u|em|strong|small|mark|sup|sub|span|kbd|font)|br|p|div|details|summary|center|li|ul|ol|hr|h[1-6])(?:\s[^<>\n]{0,200})?/?>",
    re.IGNORECASE,
)
SHORTCODE = re.compile(
    r"\A(?::[a-z][a-z_+-]{1,30}[0-9]?:\s{1,3}){1,3}|(?:\s{1,3}:[a-z][a-z_+-]{1,30}[0-9]?:){1,3}\Z"
)  # ":ship:"
DEFINITION = re.compile(
    r"\s{0,3}\[[^\[\]\n]{1,100}\]:\s{1,4}<?(?:https?://|www\.|/|#)\S{0,2000}>?(?:\s{1,4}[\"'(][^\n]{0,200})?\s*"
)
RAISE = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
NOTE_HEAD = re.compile(r"\A\s{0,3}\[\^[\w-]{1,20}\]:\s{0,4}")  # of the text of a footnote
# A link whose words only say that there is a source, or name its site.
SOURCE_LINK = re.compile(
    r"\s{0,2}\[(?:sources?|links?|here|ref(?:erence)?s?|citation|read more|more|quellen?|\^?\d{1,3}|(?:[\w-]{1,40}\.){1,4}[a-z]{2,10})\]"
    r"\((?:https?://|/|#|mailto:)[^()\s]{0,500}\)",
    re.IGNORECASE,
)
STRUCK = re.compile(r"\s?(?:~~(?=\S)[^~\n]{1,2000}~~|<(?P<tag>del|s|strike)>[^<\n]{1,2000}</(?P=tag)>)")
ALONE = re.compile(  # "(Smith, 2021)" behind a stop
    rf"\A\s{{0,4}}\((?:{AUTHORS}|[^\W\d_][\w’'-]{{1,30}},\s(?:1[89]|20)\d\d[a-z]?)\)[.]?(?:[ \t]{{0,4}}\n\s{{0,4}}|\s{{0,4}}\Z)"
)
NUMBER_OF_ITEM = re.compile(r"\A\W{0,8}\d{1,3}[.)]")
BOX = re.compile(r"\[[ xX✓✔]\]\s{1,3}(?=\S)")
BRIEF = re.compile(r"\ATL;?DR\s?[:–—-]?\s{1,3}(?=\S)", re.IGNORECASE)
ROW = re.compile(r"\s{0,3}\|(?P<cells>[^\n]{1,1000})\|\s{0,3}")
HEADING = re.compile(r"\s{0,3}#{1,6}\s+\S")
LINE_START = re.compile(r"\s{0,3}(?:#{1,6}\s{1,4}|>\s{0,2}){1,4}")
PICTURES = re.compile(
    r"\A(?:[\u2600-\u27bf\U0001f000-\U0001faff\u2b00-\u2bff]\ufe0f?\s{0,2}){1,4}|(?:\s{0,2}[\U0001f000-\U0001faff✅✔✓✨⭐⚡⚠❗]\ufe0f?){1,4}(?=\s{0,2}\Z)"
)


def is_marked_heading(text: str) -> bool:
    """Whether a line of a summary is a heading of Markdown, or a line in bold that ends without a stop.

    >>> is_marked_heading("## Key points"), is_marked_heading("**Summary**"), is_marked_heading("**Rates** fell.")
    (True, True, False)
    """
    bold = re.fullmatch(r"\s*(\*\*|__)([^*_\n]{1,120})\1:?\s*", text)
    return HEADING.match(text) is not None or bool(bold and not bold[2].rstrip().endswith((".", "!", "。")))


def without_markup(text: str) -> str:
    """A text without the marks of Markdown around its words.

    >>> without_markup("> **Rates** fell, [says](https://a.b) the `bank`.")
    'Rates fell, says the bank.'
    """
    return laid_bare(LINE_START.sub("", text, count=1) if LINE_START.match(text) else text).replace(HIDDEN, "")


QUOTE_MARKS = re.compile(r"(?:\A|\n)[ \t]{0,3}(?:>[ \t]?){1,6}")
RAISED = "¹²³⁴-⁹⁰"
NOTE_MARK = re.compile(
    rf"\A(?:\[\^[\w-]{{1,20}}\]:|\[\d{{1,3}}\]|[{RAISED}]{{1,3}}|[†‡§]{{1,3}})\s{{0,4}}"
    rf"|(?P<word>(?<![^\W\d_])[^\W\d_]{{3,40}}|(?<!\d)\d{{3,12}}|[.,;:!?)”\"’%])\s?[{RAISED}]{{1,3}}(?![{RAISED}\w])"
)
MARKED = re.compile(rf"[>\[【†‡§{RAISED}]")


def running(text: str) -> str:
    r"""A sentence of a source as it is read: without struck words, comments, the marks of Markdown, of a quoted block and of notes, on one line.

    >>> running("> The hall,[1] built in 1994³,\n> has **90 m²** of glass.")
    'The hall, built in 1994, has 90 m² of glass.'
    """
    text = laid_bare(_without_struck(text)).replace(HIDDEN, "")
    if not MARKED.search(text):
        return unwrapped(text)
    bare = NOTE_MARK.sub(_without_mark, QUOTE_MARKS.sub("\n", text).strip())
    return unwrapped(CITATION.sub("", bare)).strip()


def _without_mark(found: re.Match[str]) -> str:
    word = found["word"] or ""
    return found[0] if UNITS.keys() & {word.lower(), word.lower().removesuffix("s")} else word


RAISED_MARK = re.compile(f"[{RAISED}]")
TRAILING_MARK = re.compile(rf"(?<=[.!?])\s?(?:[*†‡§]{{1,3}}|[{RAISED}]{{1,3}}(?:\s[{RAISED}]{{1,3}})*)\Z")


class Statement(NamedTuple):
    """A claim, read once."""

    text: str
    words: tuple[Word, ...]
    names: tuple[tuple[str, ...], ...]
    """The keys of the words of each name."""

    @property
    def content(self) -> dict[str, None]:
        """The distinct keys of the words that carry content, in order."""
        return dict.fromkeys(word.key for word in self.words if word.content)


def bare(text: str) -> str:
    """Return a claim without its citation marks, its bullet, its markup, its pictures and its line breaks.

    >>> bare("- Rates fell again [1, 2].")
    'Rates fell again.'
    """
    if DEFINITION.fullmatch(text):
        return ""
    text = ALONE.sub("", IMAGE.sub("", NOTE_HEAD.sub("", FENCE.sub("", text))))
    text = TAG.sub(_tag, RAISED_IN_HTML.sub(_raised, text)) if "<" in text else text
    text = NOTE_MARK.sub(_without_mark, text) if RAISED_MARK.search(text) else text
    linked = SOURCE_LINK.sub("", _without_struck(text))
    linked = linked if len(linked) == len(text) else EMPTIED.sub("", linked)
    plain = without_marker(unwrapped(_without_citations(linked)).removesuffix("\\"))
    plain = without_markup(BOX.sub("", plain, count=1) if BOX.match(plain) else plain)
    plain = PICTURES.sub("", SHORTCODE.sub("", plain) if ":" in plain else plain)
    plain = BRIEF.sub("", TRAILING_MARK.sub("", plain).strip())
    row = ROW.fullmatch(plain)
    if row and not is_rule(plain):
        plain = ": ".join(cell.strip() for cell in row["cells"].split("|") if cell.strip())
    return plain


def _without_citations(text: str) -> str:
    text = PLACE.sub("", text) if "[" in text else text
    return CITATION.sub("", CARET.sub("", text) if "^" in text else text)


def _tag(found: re.Match[str]) -> str:
    return "" if found["inline"] else " "


def _raised(found: re.Match[str]) -> str:
    """A raised number of HTML: the power of a number stays, the mark of a note goes."""
    if found["before"] and found["mark"].strip("-").isdigit():
        return found["before"] + found["mark"].translate(RAISE)
    return found["before"]


def _without_struck(text: str) -> str:
    """A sentence without its struck words; one that is struck as a whole keeps them, and `is_struck`."""
    left = STRUCK.sub("", text) if "~~" in text or "</" in text else text
    return left if any(one.isalnum() for one in NUMBER_OF_ITEM.sub("", left)) else text


def is_struck(text: str, start: int, end: int) -> bool:
    """Whether a sentence of a summary is struck as a whole, so that it states nothing.

    >>> is_struck("~~Rates fell. Rents rose.~~ Snow fell.", 2, 13), is_struck("Rates ~~fell~~ rose.", 0, 20)
    (True, False)
    """
    sentence = text[start:end]
    first, last = end - len(without_marker(sentence).lstrip("~ ")), start + len(sentence.rstrip("~ "))
    line, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    found = STRUCK.finditer(text, line, line_end if line_end >= 0 else len(text))
    return "~~" in text[line:end] and any(one.start() < first and last <= one.end() for one in found)


def read_statement(claim: str) -> Statement:
    """Read the words and names of a claim."""
    text = bare(claim)
    names = (tuple(key_of(part)[0] for part in name.tokens if part) for name in names_in(text))
    return Statement(text, tuple(words(text)), tuple(keys for keys in names if keys))
