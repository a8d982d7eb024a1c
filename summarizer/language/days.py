"""The day of a date with a full stop, told from the number of an item: "23. May 2025" and "3. Mai" begin no list."""

import re
from itertools import pairwise

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of, spelled

MONTHS = frozenset({*lexicon("calendar")["months"], *lexicon("calendar", "world")["months"]})
ALSO_WORDS = frozenset({"may", "march", "mars", "june"})
"""Items begin with them: "3. May resigned". Behind a day, a year or a mark follows them."""
SURE = frozenset({"mai", "mei", "maj", "jahrhundert", "jahrhunderts", "jh"}) | {
    month for month in MONTHS - ALSO_WORDS if len(month) > 3
}
MONTH = rf"(?i:{any_of(MONTHS)})\b"
DAY = (
    r"(?:0?[1-9]|[12]\d|3[01])\.(?:\s?(?:[–-]|and|to|und|bis)\s\d{1,2}\.)?(?:[ \t\u00a0]?(?:0?[1-9]|1[0-2])\.[ \t\u00a0]?\d{4}\b"
    rf"|\s{{1,3}}(?:(?i:{any_of(SURE)})\b|{MONTH}\.?,?\s\d{{4}}\b|(?i:{any_of(ALSO_WORDS)})(?=\s?[:,;–—)]|\s-\s|\s*\Z)))"
)
IS_DAY = re.compile(DAY)
FIGURES = re.compile(r"(?<!\d)(?:\d{1,2}\.[ \t\u00a0]?)?(?P<last>\d{1,2})\Z")
ITEM_NUMBER = rf"(?:(?!{DAY})\d{{1,3}}\.|\d{{1,3}}\))"
"""The number of an item, with its stop or bracket."""
NUMBERED_LINE = re.compile(rf"^[ \t]{{0,8}}(?P<number>\d{{1,3}})\.[ \t]{{1,3}}(?=(?P<month>{MONTH})?)", re.MULTILINE)


def is_of_day(text: str, stop: int) -> bool:
    """Whether the full stop at `text[stop]` stands behind the day of a date, or behind its month in figures.

    >>> is_of_day("on 3. May 2025", 4), is_of_day("on 3. 5. 2025", 7), is_of_day("aged 30. May he", 7)
    (True, True, False)
    """
    figures = FIGURES.search(text, max(0, stop - 7), stop)
    return figures is not None and any(IS_DAY.match(text, at) for at in (figures.start(), figures.start("last")))


def numbers_before_months(text: str) -> dict[int, int]:
    r"""Where the number of an item stands that its month would make a day, and where the words behind it begin.

    Such lines count from 1, and no two neighbours have one month.

    >>> numbers_before_months("1. July was dry.\n2. August was wet."), numbers_before_months("1. Juli: Regen.\n2. Juli: Schnee.")
    ({0: 3, 17: 20}, {})
    """
    found: dict[int, int] = {}
    run: list[re.Match[str]] = []
    for line in (*NUMBERED_LINE.finditer(text), None):
        if line and int(line["number"]) == len(run) + 1:
            run.append(line)
            continue
        months = [spelled(one["month"] or "") for one in run]
        if len(run) > 1 and all(before != after or not after for before, after in pairwise(months)):
            found |= {one.start("number"): one.end() for one in run if IS_DAY.match(text, one.start("number"))}
        run = [line] if line and line["number"] == "1" else []
    return found
