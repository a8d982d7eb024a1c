"""A claim read together with each of its windows, and the one window that decides."""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.judging.nli.model import Chances, CrossEncoder
from summarizer.judging.nli.windows import Window
from summarizer.language.signs import asks
from summarizer.language.words import WORD, stems

CLEAR = 0.93  # chance of support from which on no larger window is read
FEW = 2  # sentences of a window that is cheap to try again with fewer
ALONE = 0.75  # share of the claim's words in two sentences that one of them must have to be tried alone
MISSES = 2  # sentences in turn that cannot be left out, after which no other one is tried
AS_GOOD = 0.15  # fewer sentences that lose less than that leave the reader less to read (docs/decisions/0083)


class Reading(NamedTuple):
    """What came of a claim."""

    chances: Chances
    """Support as the likeliest window has it; what is left is shared as the window that decides shares it."""
    window: Window
    """The window that decides."""
    nearest: Window
    """The smallest window, of the passages that are nearest to the claim."""


def read(claim: str, windows: Sequence[Window], model: CrossEncoder) -> Reading:
    """Read a claim with its windows, the smallest first, until one clearly supports it."""
    scored: list[tuple[Window, Chances]] = []
    for window in windows:
        scored.append((window, model(claim, window.text)))
        if scored[-1][1].supported >= CLEAR:
            break
    most = max(chances.supported for _, chances in scored)
    supporting = next(one for one in scored if one[1].supported >= most - AS_GOOD)
    worst = max(chances.contradicted for _, chances in scored)
    against = next(one for one in scored if one[1].contradicted >= worst - AS_GOOD)
    window, chances = supporting if most >= worst else against
    rest = chances.contradicted + chances.not_in_source
    share = chances.contradicted / rest if rest else 0.5
    return Reading(Chances(most, (1 - most) * share, (1 - most) * (1 - share)), window, windows[0])


def trimmed(claim: str, found: Reading, model: CrossEncoder) -> Window:
    """The window without the sentences that its answer does not need: each is left out in turn, those first that share
    fewest words with the claim.

    Nothing is asked where one of two supporting sentences has all the words that both share with the claim.
    Only of what contradicts, or supports in two sentences: from a larger window that supports nothing is left out,
    which would cost a claim up to a third more time, and where the source does not say it the nearest passages are
    shown.
    """
    window = found.window
    supports = found.chances.supported >= max(found.chances.contradicted, found.chances.not_in_source)
    if supports and len(window.sentences) > FEW:
        return window
    if not supports and found.chances.contradicted < found.chances.not_in_source:
        return found.nearest
    held = model(claim, window.text)
    needed = stems(claim) & stems(window.text) if supports else frozenset[str]()
    missed = 0
    for sentence in sorted(window.sentences, key=lambda one: len(_words(claim) & _words(one.text))):
        fewer = window._replace(sentences=tuple(one for one in window.sentences if one is not sentence))
        if not fewer.sentences or len(needed & stems(fewer.text)) < ALONE * len(needed):
            continue
        if supports and all(asks(one.text) for one in fewer.sentences):
            continue  # the answer goes with its question
        has_all = supports and bool(needed) and _shared(claim, window) <= _shared(claim, fewer)
        if has_all or _as_good(model(claim, fewer.text), held, supports=supports):
            window, missed = fewer, 0
        elif (missed := missed + 1) == MISSES:
            break
    return window


def _shared(claim: str, window: Window) -> set[str]:
    """The words that a window has in common with the claim, small ones too: "May" is spelled as one of them."""
    return _words(claim) & _words(window.text)


def _words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


def _as_good(own: Chances, held: Chances, *, supports: bool) -> bool:
    """Whether fewer sentences say nearly as surely what more of them say."""
    return own.supported >= held.supported - AS_GOOD if supports else own.contradicted >= held.contradicted - AS_GOOD
