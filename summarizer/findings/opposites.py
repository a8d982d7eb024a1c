"""Guard: words that mean the opposite of what the evidence says."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.findings.antonyms import PAIRS, forms
from summarizer.findings.differences import Difference, Passage
from summarizer.findings.negation import PLAIN, of_one_bearer
from summarizer.language.clauses import Token, is_aligned, tokens
from summarizer.language.verbs import stem
from summarizer.language.words import STOP_WORDS
from summarizer.schema import FindingKind

# Word or two-word phrase -> the sides that it is on: (number of the pair, 0 or 1).
SIDES: dict[str, set[tuple[int, int]]] = {}
for _pair, _both in enumerate(PAIRS):
    for _side, _words in enumerate(_both):
        for _entry in _words.split():
            for _form in forms(_entry):
                SIDES.setdefault(_form, set()).add((_pair, _side))


class _Taken(NamedTuple):
    """A word that takes a side."""

    start: int
    end: int
    form: str
    pair: int
    side: int


def opposites(claim: str, passage: Passage) -> list[Difference]:
    """Find a word of the claim whose opposite, and not it, stands beside the same things in the evidence."""
    mine, theirs = _sides(claim), _sides(passage.text)
    for said in mine:
        other_side = (said.pair, 1 - said.side)
        if any((one.pair, one.side) == other_side for one in mine):
            continue
        same = max(
            (
                _beside(claim, said, passage.text, one)
                for one in theirs
                if (one.pair, one.side) == (said.pair, said.side)
            ),
            default=0,
        )
        against = [one for one in theirs if (one.pair, one.side) == other_side]
        contrary = max(against, key=lambda one: _beside(claim, said, passage.text, one), default=None)
        if contrary is None or _negated(claim, said) != _negated(passage.text, contrary):
            continue
        if _beside(claim, said, passage.text, contrary) > same and is_aligned(claim, passage.text, contrary.start):
            note = f"the evidence says “{contrary.form}”"
            word = stem(said.form)
            plain = any(token.stem == word for token in tokens(passage.text))  # both stand there, of two people
            sure = not plain and of_one_bearer(claim, passage.text, contrary.start)
            return [Difference(FindingKind.OTHER, said.start, said.end, (contrary.start, contrary.end), sure, note)]
    return []


@lru_cache(maxsize=256)
def _sides(text: str) -> tuple[_Taken, ...]:
    """The words and two-word phrases of a text that take a side; a phrase goes before its first word."""
    words = tokens(text)
    found = []
    for position, word in enumerate(words):
        if word.form.lower() not in FIRST_WORDS:
            continue
        following = words[position + 1] if position + 1 < len(words) else None
        phrase = f"{word.form} {following.form}".lower() if following else ""
        end, form = (following.end, phrase) if following and phrase in SIDES else (word.end, word.form.lower())
        if phrase in MEASURING or not _takes_side(form, words, position):
            continue
        found += [_Taken(word.start, end, text[word.start : end], *side) for side in sorted(SIDES.get(form, ()))]
    return tuple(found)


def _takes_side(form: str, words: Sequence[Token], position: int) -> bool:
    """Whether a word that is often a mere particle or title means what it can mean: "up 4%", not "give up"."""
    before = words[position - 1].form.lower() if position else ""
    behind = words[position + 1].form.lower() if position + 1 < len(words) else ""
    if form in ("up", "down"):
        return behind[:1].isdigit() or behind in BY_HOW_MUCH or before in MOVING
    if form == "back":  # "back the plan", not "came back", "hold back" or "the back door"
        return behind in BACKED and before not in THE
    if form == "opposition":  # "opposition to the plan", not "the opposition leader"
        return behind in ("to", "from")
    if form in ("last", "latest"):  # "the last to leave", not "last week"
        return before in THE and behind not in TIMES
    if form == "less":  # "sold less in May", not "less willing"
        return not behind or behind in STOP_WORDS
    if form == "light":
        return before not in ("to", "the", "of", "in")
    return True


def _negated(text: str, match: _Taken) -> bool:
    """Whether a negation stands shortly before a word."""
    return bool(PLAIN.search(text, max(0, match.start - 24), match.start))


def _beside(claim: str, said: _Taken, text: str, other: _Taken) -> int:
    """How many content words the surroundings of a word of the claim and one of the text have in common."""
    mine, theirs = _around(claim, said), _around(text, other)
    if said.pair in TURNED and (
        said.form.lower() in INVERTED or other.form.lower() in INVERTED
    ):  # "A before B" is "B after A"
        return int(bool(mine[1]) and mine[1][:1] == theirs[1][:1])
    shared = {*mine[0], *mine[1]} & {*theirs[0], *theirs[1]}
    return sum(NUMBER_WEIGHT if word[0].isdigit() else 1 for word in shared)


def _around(text: str, match: _Taken) -> tuple[list[str], list[str]]:
    """Stems of the content words next to a place on its line: those before it and those behind it."""
    begun = text.rfind("\n", 0, match.start) + 1
    ended = text.find("\n", match.end) % (len(text) + 1)  # -1 is the end of the text
    line = [token for token in tokens(text) if token.content and begun <= token.start < ended]
    before = [token.stem for token in line if token.end <= match.start]
    behind = [token.stem for token in line if token.start >= match.end]
    return before[-NEXT_TO:], behind[:NEXT_TO]


MEASURING = frozenset({"less than", "more than", "fewer than", "lower than", "higher than", "up to", "man down"})
BY_HOW_MUCH = frozenset("by from on sharply slightly nearly almost about around".split())
MOVING = frozenset("is was were are be been being go goes going went gone edged ticked inched crept moved".split())
BACKED = frozenset("the a an his her its their our my this that these those him them it any".split())
THE = frozenset("the its his her their our a".split())
TIMES = frozenset(
    "week weeks month months year years night time day days summer winter spring autumn season quarter decade".split()
)
FIRST_WORDS = frozenset(phrase.split()[0] for phrase in (*SIDES, *MEASURING))
NUMBER_WEIGHT = 3  # a figure in common says more than a word
NEXT_TO = 4  # content words on each side
INVERTED = frozenset(
    "before after prior following beat beats beaten defeated lose loses lost losing above below over under".split()
)
# Pairs that are turned round with their two things: "A beat B" is "B lost to A".
TURNED = frozenset(
    pair
    for pair in range(len(PAIRS))
    if all(any((pair, side) in SIDES.get(form, ()) for form in INVERTED) for side in (0, 1))
)
