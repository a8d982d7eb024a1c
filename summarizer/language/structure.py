"""What of a text is not its running words: captions, notes, code, quoted blocks, the head of an e-mail, struck sentences, page numbers and running heads.

Found by the marks at the beginnings of lines, over the whole text at once, because a note needs its mark elsewhere and a
running head its repetition. Whatever has no such mark is running text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Literal, NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.lines import line_end, matching
from summarizer.language.markdown import STRUCK as TILDES
from summarizer.language.markdown_blocks import blanked, fenced
from summarizer.language.names import names_in
from summarizer.language.page_marks import page_marks
from summarizer.language.patterns import any_of
from summarizer.language.sentence_map import SentenceMap
from summarizer.schema import Document

LEXICON = lexicon("structure", "world")
Kind = Literal["caption", "note", "code", "quoted", "head", "struck", "page"]
# Every pattern begins with the line break before its line: a search for one sign is many times faster than one for a place.
QUOTE = re.compile(r"\n[ \t]{0,3}(?P<marks>>(?:[ \t]?>){0,5})[ \t]?(?P<rest>[^\n]*)")
CALLOUT = re.compile(
    rf"\A(?:\[!\w{{1,20}}\]|\W{{0,4}}{any_of(lexicon('speakers')['own_labels'])}\W{{0,3}}:)", re.IGNORECASE
)
SIGNED = re.compile(r"\s{0,3}[—–―-]{1,2}\s{0,2}(?P<who>[A-ZÀ-ÖØ-Þ][^\n]{1,80})\Z")
LEAD = re.compile(rf"\b{any_of(LEXICON['wrote'])}[^\n:]{{0,80}}:\s*\Z", re.IGNORECASE)
HEAD_NAMES = any_of([*LEXICON["mail_from"], *LEXICON["mail_about"], *LEXICON["mail_others"]])
HEAD_LINE = rf"\n[ \t>*]{{0,6}}{HEAD_NAMES}[*]{{0,2}}[ \t]?:[*]{{0,2}}(?=\s)[^\n]*(?:\n[ \t]{{1,8}}[^\s>][^\n]*)?"
HEAD = re.compile(rf"{HEAD_LINE}(?:{HEAD_LINE}){{1,19}}", re.IGNORECASE)
FROM = re.compile(
    rf"\n[ \t>*]{{0,6}}{any_of(LEXICON['mail_from'])}[*]{{0,2}}[ \t]?:[*]{{0,2}}[ \t]*(?P<who>[^\n<(\[]*)",
    re.IGNORECASE,
)
ORIGINAL = re.compile(rf"-{{3,}}\s?{any_of(LEXICON['original'])}\s?-{{3,}}\s*\Z", re.IGNORECASE)
CAPTION = re.compile(
    rf"\n[ \t(\[*_]{{0,6}}(?:{any_of(LEXICON['numbered_captions'])}\.?[ \t\u00a0]{{0,2}}(?:[A-Z]?\d{{1,3}}(?:\.\d{{1,3}})?[a-z]?|[IVX]{{1,5}})[*_]{{0,2}}[ \t]?[.:|–—-](?=[\s*_])"
    rf"|{any_of([*LEXICON['captions'], *LEXICON['numbered_captions']])}[*_]{{0,2}}:(?=[\s*_])|{any_of(LEXICON['bare_captions'])}[ \t])",
    re.IGNORECASE,
)
STRUCK = re.compile(rf"(?:{TILDES.pattern}|<(del|s|strike)>[^<\n]{{1,2000}}</\3>)[.,;:!?…]{{0,3}}")
NUMBERED = re.compile(
    rf"{any_of(LEXICON['numbered_captions'])}\.?[ \t\u00a0]{{0,2}}(?:[A-Z]?\d{{1,3}}(?:\.\d{{1,3}})?[a-z]?|[IVX]{{1,5}})(?=\s|\Z)",
    re.IGNORECASE,
)
RAISED = "¹²³⁴-⁹⁰"
NOTE = re.compile(
    rf"\n[ \t]{{0,6}}(?:[-•][ \t])?(?P<mark>\[\^[^\]\s]{{1,20}}\](?=:)|\[\d{{1,3}}\]|[{RAISED}]{{1,3}}|[*†‡§]{{1,3}}|\d{{1,3}}(?=[.)][ \t]))[:.)]?[ \t]{{0,4}}(?=\S)"
)
MARKS = f"{RAISED}*†‡§"
REFERENCE = re.compile(
    rf"[\[{MARKS}](?:(?<=\[)(?:\^[^\]\s]{{1,20}}\](?!:)|\d{{1,3}}(?:\s?[,;–-]\s?\d{{1,3}}){{0,9}}\])"
    rf"|(?<=[{RAISED}])[{RAISED}]{{0,2}}|(?<=[*†‡§])[*†‡§]{{0,2}}(?=\s|\Z))"
)
END = re.compile(r"[.!?…。！？:][\"'”’»)\]*_]{0,3}\s*\Z")
BLANK = re.compile(r"\n[ \t\r\f]*(?=\n|\Z)")
DIGITS = re.compile(r"\d+")
PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
WORDS_BESIDE = 5  # of a text outside its quoted blocks or its code: where there are fewer, these are the text
MOST_STARS = 3  # notes with a star; more are a list
REACH = 400  # code points above a quoted block in which the line stands that says whose it is
MOST_LINES = 12  # of a caption
LONGEST_CREDIT = 120  # code points of a caption in brackets that may be the credit of the one above


class Block(NamedTuple):
    """Some lines of a text that are no running words."""

    start: int
    end: int
    kind: Kind
    speaker: str = ""
    """Whose words they are, where the text says so; of a head, who wrote what follows."""
    anchor: int = -1
    """Of a note, where its mark stands in the text; -1 where there is none."""

    def holds(self, start: int, end: int) -> bool:
        """Whether all of some words stands in it."""
        return self.start <= start and end <= self.end


class Structure:
    """The blocks of one text, by place."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.blocks = tuple(sorted(blocks))
        self._starts = [one.start for one in self.blocks]
        self._heads = [one for one in self.blocks if one.kind == "head" and one.speaker]
        self.writers = frozenset(one.speaker for one in self.blocks if one.speaker)
        """Whose words the text has, as far as it names them."""

    def at(self, place: int) -> Block | None:
        """The block that a place stands in; of two the one that begins later."""
        for one in reversed(self.blocks[max(0, (low := bisect_right(self._starts, place)) - 3) : low]):
            if place < one.end:
                return one
        return None

    def writer(self, place: int) -> str:
        """Who wrote the words at a place: the one of the block, else of the head of the e-mail that stands before it."""
        own = self.at(place)
        if own and own.kind == "quoted":
            return own.speaker
        before = bisect_right(self._heads, place, key=itemgetter(0))
        return self._heads[before - 1].speaker if before else ""


def beside_the_text(documents: Iterable[Document], places: SentenceMap) -> frozenset[tuple[str, int]]:
    """Document and number of each sentence that stands in some block, or that the edge of a page cuts in two."""
    found: set[tuple[str, int]] = set()
    for document in documents:
        for block in structure_of(document.text).blocks:
            own = places.over(document.id, block.start, block.end)
            if block.kind == "struck":
                own = [sentence for sentence in own if block.holds(sentence.start, sentence.end)]
            found.update((document.id, sentence.number) for sentence in own)
            if block.kind == "page" and own:
                before, after = places.at(document.id, own[0].number - 1), places.at(document.id, own[-1].number + 1)
                if before and before.text[-1:].isalnum():
                    found.add((document.id, before.number))
                if after and after.text[:1].islower():
                    found.add((document.id, after.number))
    return frozenset(found)


@lru_cache(maxsize=8)
def structure_of(text: str) -> Structure:
    """The structure of a text.

    >>> text = "Prices rose by a tenth.[1] So it says.\\n\\n> All is lost.\\n\\nFigure 1: Prices\\n\\n[1] Without rent.\\n"
    >>> [(one.kind, text[one.start:one.end]) for one in structure_of(text).blocks]
    [('quoted', '> All is lost.'), ('caption', 'Figure 1: Prices'), ('note', '[1] Without rent.')]
    """
    text = blanked(text)
    heads = [*_heads(text)]
    quoted = [*_quoted(text), *_forwarded(text, heads)]
    return Structure(
        [
            *heads,
            *quoted,
            *_captions(text),
            *_notes(text),
            *(Block(start, end, "page") for start, end in page_marks(text)),
            *_code(text),
            *_struck(text),
        ]
    )


def _paragraph_end(text: str, at: int) -> int:
    """Where the line ends that holds a place, with the lines that a sentence goes on in."""
    end = line_end(text, at)
    for _ in range(MOST_LINES):
        if end >= len(text) or END.search(text, max(at, end - 8), end):
            break
        following = line_end(text, end + 1)
        if not text[end + 1 : following].strip() or end - (text.rfind("\n", 0, end) + 1) < 45:
            break
        end = following
    return end


def _quoted(text: str) -> Iterator[Block]:
    """Lines behind ">", as in Markdown and in the answer to an e-mail."""
    runs: list[list[tuple[int, int, int, str]]] = []
    for shift, match in matching(QUOTE, text):
        start, end, depth = match.start() + 1 + shift, match.end() + shift, match["marks"].count(">")
        adjoins = (
            runs
            and runs[-1][-1][2] == depth
            and (
                runs[-1][-1][1] + 1 == start
                or (SIGNED.match(match["rest"]) and not text[runs[-1][-1][1] : start].strip())
            )
        )
        if adjoins:
            runs[-1].append((start, end, depth, match["rest"]))
        else:
            runs.append([(start, end, depth, match["rest"])])
    covered = sum(run[-1][1] - run[0][0] for run in runs)
    spans = [(run[0][0], run[-1][1]) for run in runs]
    if not runs or (covered > len(text) // 2 and len(_without(text, spans).split()) < WORDS_BESIDE):
        return
    for run in runs:
        first = run[0][3]
        if CALLOUT.match(first) or not any(line[3].strip() for line in run) or (len(run) == 1 and first[:1].isdigit()):
            continue
        signed = SIGNED.match(run[-1][3]) if len(run) > 1 else None
        lead = _lead_over(text, run[0][0])
        known = names_in(text[slice(*lead)]) if lead else ()
        speaker = signed["who"].strip() if signed else known[-1].form if known else ""
        yield Block(run[0][0], run[-1][1], "quoted", speaker)
        if lead and DIGITS.search(text, *lead):  # with a date it is the mail program's, without one the writer's
            yield Block(*lead, "head")


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    edges = [0, *chain.from_iterable(spans), len(text)]
    return " ".join(text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2))


def _code(text: str) -> Iterator[Block]:
    """Lines between fences; those around all of a text are none of its own."""
    spans = [(one.start, one.end) for one in fenced(text)]
    if spans and len(_without(text, spans).split()) >= WORDS_BESIDE:
        yield from (Block(start, end, "code") for start, end in spans)


def _struck(text: str) -> Iterator[Block]:
    """Words that are struck out, with the mark of an item before them and the stop behind them."""
    for found in STRUCK.finditer(text) if "~~" in text or "</" in text else ():
        line = text.rfind("\n", 0, found.start()) + 1
        begins = not any(map(str.isalpha, text[line : found.start()]))
        yield Block(line if begins else found.start(), found.end(), "struck")


def _lead_over(text: str, start: int) -> tuple[int, int] | None:
    """The line above that says who wrote what follows: "On Monday Ana Pell wrote:"; it may go on over two."""
    end = len(text[max(0, start - REACH) : start].rstrip()) + max(0, start - REACH)
    for lines in (1, 2):
        begun = end
        for _ in range(lines):
            begun = text.rfind("\n", 0, max(0, begun - 1)) + 1
        line = " ".join(text[begun:end].split())
        if LEAD.search(line) and (" " in line or lines > 1):
            return begun, end
    return None


def _heads(text: str) -> Iterator[Block]:
    """Lines such as "From:", "Date:" and "Subject:" before an e-mail."""
    for shift, match in matching(HEAD, text):
        if sender := FROM.search(match[0]):
            yield Block(match.start() + 1 + shift, match.end() + shift, "head", sender["who"].strip(" \t*\"'"))


def _forwarded(text: str, heads: Sequence[Block]) -> Iterator[Block]:
    """What stands below the head of an earlier e-mail that is answered to."""
    for number, head in enumerate(heads):
        if ORIGINAL.search(text[max(0, head.start - 120) : head.start].rstrip()):
            later = [one.start for one in heads[number + 1 :] if one.start > head.end]
            yield Block(head.end, min([*later, len(text)]), "quoted", head.speaker)


def is_caption(line: str) -> bool:
    """Whether a line names itself a caption.

    >>> is_caption("Figure 2: Prices"), is_caption("Figure 2 shows prices.")
    (True, False)
    """
    return CAPTION.match(f"\n{line}") is not None


def label_of_figure(line: str) -> str:
    """The kind and number of a figure or a table with which a line begins, without a sign behind them; "" where there are none.

    >>> label_of_figure("Fig. 2 Prices"), label_of_figure("Figures of 2")
    ('Fig. 2', '')
    """
    found = NUMBERED.match(line)
    return found[0] if found else ""


def _captions(text: str) -> Iterator[Block]:
    for shift, match in matching(CAPTION, text):
        start, end = match.start() + 1 + shift, _paragraph_end(text, match.end() + shift)
        if text[start] in "([" and end < start + LONGEST_CREDIT and not text[start:end].rstrip(")] ").endswith("."):
            above = text.rfind("\n", 0, max(0, start - 1)) + 1
            start = above if text[above:start].strip() else start  # a credit below its caption
        yield Block(start, end, "caption")


def _notes(text: str) -> Iterator[Block]:
    """Lines that begin with a mark which stands behind words of the text above."""
    lines = [(match.start() + 1 + shift, match["mark"]) for shift, match in matching(NOTE, text)]
    if not lines:
        return
    marks: dict[str, list[int]] = {}
    for match in REFERENCE.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        if before[-1:].strip() or before[:1] in MARKS:
            for name in _named(match[0]):
                marks.setdefault(name, []).append(match.start())
    for group in _lists(lines):
        anchors = [_anchor(marks.get(_named(mark)[0], ()), start) for start, mark in group]
        if 2 * sum(one < 0 for one in anchors) > len(anchors) or (group[0][1][0] == "*" and len(group) > MOST_STARS):
            continue
        for (start, _), anchor in zip(group, anchors, strict=True):
            following = bisect_right(lines, start, key=itemgetter(0))
            end = lines[following][0] - 1 if following < len(lines) else len(text)
            blank = BLANK.search(text, start, end)
            yield Block(start, blank.start() if blank else end, "note", anchor=anchor)


def _anchor(places: Sequence[int], start: int) -> int:
    """The last of some places before a note; -1 where there is none."""
    before = bisect_left(places, start)
    return places[before - 1] if before else -1


def _named(mark: str) -> list[str]:
    """The notes that a mark is of."""
    return [mark] if mark.startswith("[^") else DIGITS.findall(mark.translate(PLAIN_DIGITS)) or [mark]


def _lists(lines: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Numbers with a stop that count on are one list, which is of notes as a whole or not at all; so are lines with one star."""
    group: list[tuple[int, str]] = []
    stars: dict[str, list[tuple[int, str]]] = {}
    for start, mark in lines:
        if mark.startswith("*"):
            stars.setdefault(mark, []).append((start, mark))
            continue
        if not mark.isdecimal():
            yield [(start, mark)]
            continue
        if group and int(mark) != int(group[-1][1]) + 1:
            yield group
            group = []
        group.append((start, mark))
    if group:
        yield group
    yield from stars.values()
