"""Dates of the source that may stand where a date of a statement stands: on one day, on some, or over a range of days."""

from summarizer.language.listed_days import joined
from summarizer.language.time_expressions import TimeExpression, time_expressions
from summarizer.schema import Span


def fits(claim: str, ours: Span, sentence: str, theirs: Span) -> bool:
    """Whether words may stand for those of a claim: a date for one with a day as well, or for one without as well.

    A range stands for a range alone: nothing begins "on 3 to 7 July".

    >>> claim, sentence = "It opens on 2 July.", "It runs from 3 to 7 July."
    >>> fits(claim, Span(start=12, end=18), sentence, Span(start=13, end=24))
    False
    """
    own, others = _date(claim, ours), _date(sentence, theirs)
    return own is None or others is None or _form(claim, own) == _form(sentence, others)


def _date(text: str, place: Span) -> TimeExpression | None:
    return next(
        (one for one in time_expressions(text) if one.month and one.start < place.end and one.end > place.start), None
    )


def _form(text: str, date: TimeExpression) -> str:
    """How a date has its days: none, one or some, a range of them."""
    if date.day is None:
        return "month"
    return joined(text, date.start, date.end) if date.day[0] != date.day[-1] else "days"
