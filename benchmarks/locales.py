"""Numbers, dates and names in ten locales: equal ones in another form, and ones that differ: `python -m benchmarks.locales`.

Babel (`pip install babel`) writes them, so that no form is ours. A pair that is the same should have no finding, one that
differs a finding with both sides. `--judge 500` reads so many of the differing ones with the embedded judge too.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from summarizer import check
from summarizer.findings import Passage, compare
from summarizer.schema import Label, Verdict

LOCALES = ("en_US", "en_IN", "de_DE", "de_CH", "fr_FR", "es_ES", "it_IT", "pt_BR", "nl_NL", "pl_PL")
CURRENCIES = ("EUR", "USD", "GBP", "INR", "JPY", "CHF", "PLN", "KRW")
FIRST = "Anna José Łukasz Müşerref Jörg Zoë Petra Ivo Chloé Søren Tomás Wanda".split()
LAST = "Holm Müller Núñez Kowalska Brandt Østby Lefèvre Pereira Visser Tolvaj Grau Weiß".split()
TEXTS = {"number": "The harbour of Arven counted {} visitors last season.", "money": "The museum of Arven paid {} for the print.",
         "date": "The contract for the bridge was signed on {} in Arven.", "name": "The prize of the town went to {} after a vote."}  # fmt: skip


class Pair(NamedTuple):
    kind: str
    locale: str
    same: bool
    claim: str
    source: str


def pairs(count: int, seed: int = 17) -> Iterator[Pair]:
    """Pairs of claim and source, half of them the same."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    for number in range(count):
        kind = tuple(TEXTS)[number % 4]
        locale = LOCALES[number // 4 % len(LOCALES)]
        same = number // 40 % 2 == 0
        one, other = FORMS[kind](chance, locale, same)
        yield Pair(kind, locale, same, TEXTS[kind].format(one), TEXTS[kind].format(other))


def _number(chance: random.Random, locale: str, same: bool) -> tuple[str, str]:
    value = chance.choice(
        (chance.randint(11, 999), chance.randint(10_000, 99_999_999), round(chance.uniform(2, 999), 1))
    )
    theirs = value if same else value + chance.choice((1, 3, 10)) * (1 if isinstance(value, int) else 1.5)
    return format_decimal(value, locale="en_US"), format_decimal(round(theirs, 1), locale=locale)


def _money(chance: random.Random, locale: str, same: bool) -> tuple[str, str]:
    value, code = chance.randint(10_000, 9_999_999), chance.choice(CURRENCIES)
    other = code if same or chance.random() < 0.5 else chance.choice([one for one in CURRENCIES if one != code])
    theirs = value if same or other != code else value + chance.choice((7, 100, 5_000))
    written = format_currency(
        theirs, other, locale=locale, format_type="standard", currency_digits=False, format="#,##0 \u00a4\u00a4"
    )
    return f"{code} {value:,}", written


def _date(chance: random.Random, locale: str, same: bool) -> tuple[str, str]:
    day = date(chance.randint(1950, 2025), chance.randint(1, 12), chance.randint(13, 28))
    theirs = day if same else day.replace(day=day.day + chance.choice((-1, -2, -12)))
    form = chance.choice(("long", "short" if locale != "en_IN" else "long", "medium"))
    shown = format_date(
        theirs,
        "dd/MM/yyyy" if form == "short" and locale == "fr_FR" else "long" if form == "short" else form,
        locale=locale,
    )
    return format_date(day, "d MMMM yyyy", locale="en_GB"), shown


def _name(chance: random.Random, locale: str, same: bool) -> tuple[str, str]:  # noqa: ARG001 (names have none)
    first, last = chance.choice(FIRST), chance.choice(LAST)
    if same:
        return (
            f"{first} {last}",
            f"{chance.choice(('Dr ', 'Mayor ', ''))}{first} {last.replace('ü', 'ue').replace('é', 'e').replace('è', 'e')}",
        )
    other = chance.choice([one for one in LAST if one[:2] != last[:2]])
    return f"{first} {last}", f"{first} {other}"


FORMS = {"number": _number, "money": _money, "date": _date, "name": _name}


def wrong(pair: Pair) -> str:
    """What is wrong with the findings of a pair; empty where nothing is."""
    found = compare(pair.claim, Passage(pair.source))
    if pair.same:
        return "a false finding" if found else ""
    if not found:
        return "no finding"
    return "" if any(one.source for one in found) else "one side only"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--judge", type=int, default=0)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    counts: Counter[tuple[str, bool, str]] = Counter()
    shown = 0
    differing = []
    for pair in pairs(options.count):
        what = wrong(pair)
        counts[pair.kind, pair.same, what] += 1
        differing += [] if pair.same else [pair]
        if what and shown < options.show:
            shown += 1
            print(what, pair)
    for (kind, same, what), number in sorted(counts.items()):
        print(f"{kind:8} {'same' if same else 'differs':8} {what or 'right':16} {number:6}")
    chosen = differing[:: max(1, len(differing) // options.judge)][: options.judge] if options.judge else []
    outcomes = [check(pair.claim, pair.source).checks[0].outcome for pair in chosen]
    if chosen:
        supported = sum(isinstance(one, Verdict) and one.label is Label.SUPPORTED for one in outcomes)
        print(f"differing pairs that the embedded judge calls supported: {supported} of {len(chosen)}")


if __name__ == "__main__":
    main()
