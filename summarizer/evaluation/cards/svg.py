"""Pictures of the HTML scorecard, drawn with attributes alone: its policy forbids styles in place."""

import math
from collections.abc import Sequence

from summarizer.evaluation.cards import figures
from summarizer.evaluation.scorecard import Bin, Metric

SIDE = 240  # units of the square of the reliability diagram
MARGIN = 44  # room for its axes
SMALLEST, LARGEST = 4, 14  # radius of a point


def bar(metric: Metric) -> str:
    """A share as a bar from 0 to 100 per cent with its interval as a line; the numbers stand beside it."""
    if metric.value is None:
        return ""
    parts = [_rect(0, 100, y=3, height=10, name="track"), _rect(0, 100 * metric.value, y=3, height=10, name="value")]
    if metric.low is not None and metric.high is not None:
        low, high = 100 * metric.low, 100 * metric.high
        parts.append(_rect(low, high - low, y=7, height=2, name="interval"))
        parts += [f'<rect class="interval" x="{at:.2f}%" y="4" width="2" height="8"/>' for at in (low, min(high, 99.5))]
    return f'<svg class="bar" width="100%" height="16" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'


def reliability(bins: Sequence[Bin]) -> str:
    """The share in fact supported over the probability of support; on the diagonal, probabilities are calibrated."""
    most = max(one.n for one in bins)
    shown = [(one.mean, one.supported, one.n) for one in bins if one.mean is not None and one.supported is not None]
    width = SIDE + MARGIN + 16
    parts = [
        f'<rect class="frame" x="{MARGIN}" y="16" width="{SIDE}" height="{SIDE}"/>',
        f'<line class="diagonal" x1="{MARGIN}" y1="{16 + SIDE}" x2="{MARGIN + SIDE}" y2="16"/>',
    ]
    parts += [_tick(share) for share in (0.0, 0.5, 1.0)]
    parts += [_point(mean, supported, n, most) for mean, supported, n in shown]
    parts.append(_label(MARGIN + SIDE / 2, SIDE + 52, "probability of support, %"))
    parts.append(_label(-(16 + SIDE / 2), 12, "in fact supported, %", turned=True))
    words = "; ".join(
        f"{100 * mean:.1f} predicted, {100 * supported:.1f} in fact, n {n}" for mean, supported, n in shown
    )
    return (
        f'<svg class="reliability" viewBox="0 0 {width} {SIDE + 60}" width="{width}" height="{SIDE + 60}" role="img" '
        f'aria-label="Reliability diagram, per cent: {words or figures.NOT_MEASURABLE}">{"".join(parts)}</svg>'
    )


def _rect(x: float, width: float, *, y: int, height: int, name: str) -> str:
    return f'<rect class="{name}" x="{x:.2f}%" y="{y}" width="{max(width, 0):.2f}%" height="{height}"/>'


def _tick(share: float) -> str:
    along, up = MARGIN + share * SIDE, 16 + (1 - share) * SIDE
    return _label(along, SIDE + 32, f"{100 * share:.0f}") + _label(MARGIN - 16, up + 4, f"{100 * share:.0f}")


def _point(mean: float, supported: float, n: int, most: int) -> str:
    x, y = MARGIN + mean * SIDE, 16 + (1 - supported) * SIDE
    radius = SMALLEST + (LARGEST - SMALLEST) * math.sqrt(n / most) if most else SMALLEST
    return f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'


def _label(x: float, y: float, text: str, *, turned: bool = False) -> str:
    turn = ' transform="rotate(-90)"' if turned else ""
    return f'<text class="axis" x="{x:.1f}" y="{y:.1f}" text-anchor="middle"{turn}>{text}</text>'
