"""The marks of Markdown in a text: which of its characters a reader is not shown, with every offset kept.

Everybody who reads a text without its marks reads it here: the claims of a summary, the words that repair takes from a
source, and the reports. What each of them makes of lists, tables, notes and pictures is its own affair.
"""

import re

from summarizer.language.markdown_blocks import comments, fenced

HIDDEN = "\uffff"  # a noncharacter, which no text has to show
KEPT = "\ufffe"  # stands for characters of code while marks are looked for
LONGEST = 1_000  # code points within one pair of marks

CODE = re.compile(r"(?<![`\w])(`{1,2})(?!`)([^`\n]{1,300})(\1)(?![`\w])")
ESCAPE = re.compile(r"(?<!\\)(\\)([*_`~|\[\]#>])")
IMAGE = re.compile(r"(!)\[([^\[\]\n]{0,300})\](\((?:[^\s()]{1,500})(?:[ \t]{1,3}\"[^\"\n]{0,200}\")?\))")
LINK = re.compile(
    r"(?<!!)(\[)[^\[\]\n]{1,300}(\]\((?:https?://|mailto:|[./#]|[\w%-]{1,80}[./#])[^\s()]{0,500}(?:\([^\s()]{0,200}\)[^\s()]{0,200})?"
    r"(?:[ \t]{1,3}\"[^\"\n]{0,200}\")?\))"
    r"|(?<![\w!\]])(\[)(?=[^\W\d_])[^\[\]\n]{1,300}(\]\[[\w .-]{1,100}\])"
    r"|(<)(?:https?://|mailto:)[^\s<>]{1,500}(>)"
)
TAGS = r"(?:b|i|u|em|strong|mark|small|span|font|code|kbd|a)"
TAG = re.compile(rf"(<{TAGS}(?:\s[^<>\n]{{0,200}})?>)[^<>\n]{{1,300}}(</{TAGS}>)", re.IGNORECASE)
ITALIC = re.compile(
    rf"(?<![\w*\\])(\*)(?=[^\s*])(?:[^*\n]|\n(?!\s)){{1,{LONGEST}}}(?<=[^\s*\\])(\*)(?![\w*])"
    rf"|(?<![\w\\])(_)(?=[^\s_])(?:[^_\n]|\n(?!\s)){{1,{LONGEST}}}(?<=[^\s_\\])(_)(?!\w)"
)
STRONG = re.compile(
    rf"(?<![\dA-Za-z_*\u00c0-\u1fff])(\*{{2,3}})(?=[^\s*])(?:[^*\n]|\n(?!\s)){{1,{LONGEST}}}(?<=\S)(\*{{2,3}})(?![\dA-Za-z_*\u00c0-\u1fff])"
    rf"|(?<![\w])(_{{2,3}})(?=[^\s_])(?:[^_\n]|\n(?!\s)){{1,{LONGEST}}}(?<=\S)(_{{2,3}})(?=[\s,;:!?)\uffff]|\.?(?:\s|$))"
)
INLINE = re.compile(r"[*_`~\[<\\]")
STRUCK = re.compile(rf"(?<![\w~])(~~)(?=[^\s~])[^~\n]{{1,{LONGEST}}}(?<=\S)(~~)(?![\w~])")
HALVES = {
    "**": re.compile(r"(?<![^\s(\[“\"'‘\uffff])\*{2,3}(?=[^\s*])|(?<=[^\s*])\*{2,3}(?![\w*])"),
    "__": re.compile(r"(?<![^\s(\[“\"'‘\uffff])_{2,3}(?=[^\s_])|(?<=[^\s_])_{2,3}(?![\w_])"),
    "~~": re.compile(r"(?<!~)~~(?!~)"),
    "`": re.compile(r"(?<![`\w])`(?=[^\s`'][^`'’\n]{0,300}\Z)|\A[^`\n]{1,300}(?<=[^\s`])(`)(?![`\w'])"),
    "*": re.compile(r"\A\*(?=[^\s*])|(?<=[.!?…][\"”’)])\*\Z|(?<=[.!?…])\*\Z"),
    "_": re.compile(r"\A_(?=[^\W\d_])|(?<=[.!?…][\"”’)])_\Z|(?<=[.!?…])_\Z"),
}
"""Half of a pair, whose other half stands in another sentence."""
PAIRED = ("__", "`", "*", "_")
"""Signs that mean something else where there are two of them: `__init__.py`, ``quoted''."""
PAIRS = (STRUCK, LINK, TAG, ITALIC, STRONG, ITALIC, STRONG)  # either may stand within the other


def laid_bare(text: str) -> str:
    """A sentence that stands alone, of the same length, with `HIDDEN` for the marks within it, for comments and pictures.

    >>> laid_bare("**Rates [fell](https://a.b), says the `bank`.").replace(HIDDEN, "")
    'Rates fell, says the bank.'
    """
    if not INLINE.search(text):
        return text
    marked = _without_comments(IMAGE.sub(_all_hidden, without_code(text)), text)
    return restored(without_halves(hidden_in(marked, *PAIRS)), text)


def _without_comments(marked: str, text: str) -> str:
    """The marked text without comments and the blank before each that another one, or a stop, follows."""
    for start, end in comments(text):
        begun = start - (text[:start].endswith(" ") and not text[end : end + 1].isalnum())
        marked = marked[:begun] + HIDDEN * (end - begun) + marked[end:]
    return marked


def without_code(text: str) -> str:
    """The text with its code held back by `KEPT`, in which no mark is one, and without the marks around it."""
    out, at = [], 0
    for start, inner, inner_end, end in fenced(text):
        if inner_end < end:
            out += [text[at:start], HIDDEN * (inner - start), _held(text[inner:inner_end]), HIDDEN * (end - inner_end)]
            at = end
    marked = "".join([*out, text[at:]])
    marked = ESCAPE.sub(HIDDEN + KEPT, marked)
    return CODE.sub(lambda found: HIDDEN * len(found[1]) + KEPT * len(found[2]) + HIDDEN * len(found[3]), marked)


def hidden_in(marked: str, *patterns: re.Pattern[str]) -> str:
    """A text with `HIDDEN` for the groups of the patterns, one after the other."""
    for pattern in patterns:
        marked = pattern.sub(_hide_groups, marked)
    return marked


def without_halves(marked: str) -> str:
    """A sentence without the halves of pairs, whose other half stands in another one."""
    for sign, pattern in HALVES.items():
        if sign in marked and (sign not in PAIRED or marked.count(sign) % 2):
            marked = pattern.sub(_hide_groups, marked)
    return marked


def restored(marked: str, text: str) -> str:
    """The text with the characters of its code again."""
    return re.sub(f"{KEPT}+", lambda found: text[found.start() : found.end()], marked)


def _held(text: str) -> str:
    return "".join("\n" if character == "\n" else KEPT for character in text)


def _all_hidden(found: re.Match[str]) -> str:
    return HIDDEN * len(found[0])


def _hide_groups(found: re.Match[str]) -> str:
    """What a pattern has found, without its groups; without all of it where none of them is in it."""
    spans = [found.span(group) for group in range(1, found.re.groups + 1) if found[group] is not None]
    out, at = [], found.start()
    for start, end in spans or [found.span()]:
        out += [found.string[at:start], HIDDEN * (end - start)]
        at = end
    return "".join([*out, found.string[at : found.end()]])
