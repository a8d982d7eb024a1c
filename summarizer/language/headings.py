"""Lines of a summary that are headings without a mark of their own: they name what stands below and state nothing.

Told by their place and by their words. "Mayor resigns after vote" and "Risk low" state something, and nobody is to overlook
it: whatever may be a verb, a number, a "no" or a mark within the line keeps it a statement. So does a language whose words
are not listed.
"""

import re
from functools import lru_cache

from summarizer.language.english import is_english, small_words
from summarizer.language.lexicon import lexicon
from summarizer.language.line_breaks import LIST_ITEM
from summarizer.language.quantities import stated_quantities
from summarizer.language.rows import is_row, is_rule
from summarizer.language.sentences import sentence_offsets
from summarizer.language.statements import bare
from summarizer.language.turning import turning_words
from summarizer.language.words import STOP_WORDS, WORD

LEXICON = lexicon("headings")
PREPOSITIONS, DETERMINERS = frozenset(LEXICON["prepositions"]), frozenset(LEXICON["determiners"])
ADJECTIVES, NOUNS, SEVERAL = (frozenset(LEXICON[name]) for name in ("adjectives", "nouns", "several"))
TELLING, ASKED = frozenset(LEXICON["telling"]), frozenset(LEXICON["asked"])
ASKING = frozenset({"what", "why", "how", "who", "where"})
MOST_WORDS = 9
OTHER_MARKS = re.compile(r"[^\w\s'’&/.-]|\d|\s[–-]\s|[.:]\Z")
BOLD_ITEM = re.compile(r"\S{1,4}\s{1,4}(?:\*\*|__)")
PLURAL = re.compile(r"(?<![su’'])(?<!i)s\Z")
"""As a verb may end that tells of one; not as in "crisis", "status" and "process"."""
VERBAL = re.compile(rf"{PLURAL.pattern}|(?:ed|ing|ly)\Z")
POSSESSIVE = re.compile(r"['’]s?\Z")


@lru_cache(maxsize=64)
def unmarked_headings(text: str) -> frozenset[int]:
    r"""Where the sentences of a summary begin that are such headings: lines of their own, with text below.

    >>> sorted(unmarked_headings("Key points\n\nSnow fell in Tarn.\n\nMayor resigns\n\nShe left at noon."))
    [0]
    """
    if small_words(text) < (0 if is_english(text) else 1):
        return frozenset()
    found = set()
    below: tuple[int, int] | None = None
    has_text = False
    for start, end in reversed(sentence_offsets(text)):
        if is_rule(text[start:end]):
            continue
        names = names_only(bare(text[start:end])) and (below is None or _is_over(text, start, end, below))
        if names and has_text:
            found.add(start)
        has_text = has_text or not names
        below = (start, end)
    return frozenset(found)


def _is_over(text: str, start: int, end: int, below: tuple[int, int]) -> bool:
    """Whether a sentence is a line by itself, and of a list one with lines of its own below."""
    line = text[start:end]
    if "\n" in line or _indent(text, start) < 0 or text[end : text.find("\n", end) + 1 or len(text)].strip():
        return False
    if text[below[0]].islower():  # the sentence goes on
        return False
    if not LIST_ITEM.match(line):
        return line[0] != ">" and not is_row(line)
    deeper = _indent(text, below[0]) > _indent(text, start)
    return deeper or (BOLD_ITEM.match(line) is not None and not LIST_ITEM.match(text[slice(*below)]))


def _indent(text: str, start: int) -> int:
    """How far a place stands from the beginning of its line; -1 where words stand before it."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return -1 if before.strip() else len(before)


def names_only(line: str) -> bool:
    """Whether a line names something and states nothing, as far as its words show.

    >>> [names_only(one) for one in ("Legal challenge", "Reaction from parents", "What we know so far")]
    [True, True, True]
    >>> [names_only(one) for one in ("Mayor resigns after vote", "Risk low", "Police arrest mayor", "No injuries")]
    [False, False, False, False]
    """
    forms = [POSSESSIVE.sub("", match[0].lower()) for match in WORD.finditer(line)]
    if not 0 < len(forms) <= MOST_WORDS or OTHER_MARKS.search(line) or stated_quantities(line):
        return False
    if forms[-1] in PREPOSITIONS or forms[-1] in DETERMINERS:
        return False
    if forms[0] in ASKING:
        return all(form in STOP_WORDS or form in ASKED for form in forms)
    return not turning_words(line) and not any(_may_tell(forms, place) for place in range(len(forms)))


def _may_tell(forms: list[str], place: int) -> bool:
    """Whether a word may say something of those before it, or go on with what was said."""
    form, before = forms[place], forms[place - 1] if place else ""
    ends = place + 1 == len(forms) or forms[place + 1] in PREPOSITIONS
    if form in DETERMINERS:
        return before != "" and before not in PREPOSITIONS  # "arrest the mayor"
    if form in PREPOSITIONS or form in ADJECTIVES.intersection(STOP_WORDS):
        return False
    if form in STOP_WORDS or not form.isalpha():  # "I'm"
        return True
    if not before:
        return ends and (form in TELLING or form.endswith("ed"))  # "Killed in crash"
    if before == "to":  # "Mayor to resign"
        return form not in ADJECTIVES and not PLURAL.search(form)
    if before in PREPOSITIONS or before in DETERMINERS or (form in NOUNS and ends):
        return False
    if before in ADJECTIVES or (place == 1 and before.endswith("ed")):  # "next talks", "proposed changes"
        return form.endswith("ed")
    return form in TELLING or VERBAL.search(form) is not None or any(map(_is_of_several, forms[:place]))


def _is_of_several(form: str) -> bool:
    """Whether the verb behind a word may have no ending: "Critics reject plan", "Mayor and deputy quit"."""
    return form in SEVERAL or (PLURAL.search(form) is not None and form not in NOUNS)
