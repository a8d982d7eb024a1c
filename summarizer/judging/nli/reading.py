"""A claim read together with each of its windows, and the one window that decides."""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.judging.nli.model import Chances, CrossEncoder
from summarizer.judging.nli.windows import Window

CLEAR = 0.97  # chance of support from which on no larger window is read
FEW = 2  # sentences of a window that is cheap to try again with fewer
AS_GOOD = 0.02  # fewer sentences that lose less than that leave the reader less to read


class Reading(NamedTuple):
    """What came of a claim."""

    chances: Chances
    """Support as the likeliest window has it; what is left is shared as the window that decides shares it."""
    window: Window
    """The window that decides."""


def read(claim: str, windows: Sequence[Window], model: CrossEncoder) -> Reading:
    """Read a claim with its windows, the smallest first, until one clearly supports it."""
    scored: list[tuple[Window, Chances]] = []
    for window in windows:
        scored.append((window, model(claim, window.text)))
        if scored[-1][1].supported >= CLEAR:
            break
    most = max(chances.supported for _, chances in scored)
    supporting = next(one for one in scored if one[1].supported >= most - AS_GOOD)
    against = max(scored, key=lambda one: one[1].contradicted)
    window, chances = supporting if most >= against[1].contradicted else against
    rest = chances.contradicted + chances.not_in_source
    share = chances.contradicted / rest if rest else 0.5
    return Reading(Chances(most, (1 - most) * share, (1 - most) * (1 - share)), window)


def trimmed(claim: str, found: Reading, model: CrossEncoder) -> Window:
    """The window without the sentences that its answer does not need: each is left out in turn.

    Of a larger window that supports nothing is left out: that would cost a claim up to a third more time.
    """
    window = found.window
    supports = found.chances.supported >= max(found.chances.contradicted, found.chances.not_in_source)
    if supports and len(window.sentences) > FEW:
        return window
    held = model(claim, window.text)
    for sentence in window.sentences:
        fewer = window._replace(sentences=tuple(one for one in window.sentences if one is not sentence))
        if fewer.sentences and _as_good(model(claim, fewer.text), held, supports=supports):
            window = fewer
    return window


def _as_good(own: Chances, held: Chances, *, supports: bool) -> bool:
    """Whether fewer sentences say nearly as surely what more of them say."""
    return own.supported >= held.supported - AS_GOOD if supports else own.contradicted >= held.contradicted - AS_GOOD
