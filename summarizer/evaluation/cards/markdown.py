"""`Scorecard` as Markdown, for the summary of a CI job or a comment on a pull request."""

import re
from collections.abc import Iterable, Iterator, Sequence

from summarizer.evaluation.cards import figures, misses
from summarizer.evaluation.cards.misses import Miss
from summarizer.evaluation.scorecard import Scorecard
from summarizer.report.safe import in_markdown, one_line

LONGEST = 59_000  # characters; GitHub refuses a comment of more than 65,536
LONGEST_TEXT = 300  # characters of a claim or of the words beside it


def to_markdown(card: Scorecard) -> str:
    """Return the scorecard as Markdown of under 60,000 characters, in which text from outside stays text.

    Where there is too much, the last misses are left out first, and it says how many.
    """
    sections = list(_sections(card))
    written, left_out = "", []
    for title, section in sections:
        if len(written) + len(section) > LONGEST - 1_000:
            left_out.append(title)
        else:
            written += section
    if left_out:
        written += f"Too long to show here: {'; '.join(left_out)}.\n\n"
    return written + _misses(misses.misses(card), room=LONGEST - len(written))


def _sections(card: Scorecard) -> Iterator[tuple[str, str]]:
    facts = (figures.suite_line(card), figures.run_line(card), figures.circumstances_line(card))
    lines = "  \n".join(code(one) for one in facts if one)
    yield "facts", f"## Scorecard\n\n{lines}\n\n"
    if card.bars:
        bars = [
            (_name(one.words), f"{'✅' if one.passed else '❌'} {figures.bar_mark(one.passed)}") for one in card.bars
        ]
        yield "bars", _table("Bars of the policy", ("bar", "result"), bars)
    first, *others = figures.tables(card)
    yield (
        first.title,
        f"{_metrics(first)}{figures.note_on_direction(card)} {figures.note_on_intervals(card)}".rstrip() + "\n\n",
    )
    yield "confusion table", _confusion(card)
    for other in others:
        yield other.title, _metrics(other)
    head, rows = figures.dataset_table(card)
    if rows:
        yield "data sets", _table("By data set, per cent", head, [(code(row[0]), *row[1:]) for row in rows])
    if card.run.warnings:
        yield "notes", "".join(f"- Note: {code(one)}\n" for one in card.run.warnings) + "\n"


def _metrics(table: figures.Table) -> str:
    return _table(table.title, figures.HEAD, [(_name(name), *figures.cells(one)) for name, one in table.rows])


def _confusion(card: Scorecard) -> str:
    head = ("true label", *map(figures.label_words, figures.PREDICTIONS), "n")
    rows = [
        (figures.label_words(row.gold), *(f"{n:,}" for n in row.counts), f"{row.total:,}")
        for row in figures.confusion(card)
    ]
    return _table(figures.CONFUSION, head, rows)


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"### {title}", "", _row(head), _row([":--", *["--:"] * (len(head) - 1)]), *map(_row, rows)]
    return "\n".join(lines) + "\n\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _misses(found: tuple[Miss, ...], *, room: int) -> str:
    title = misses.summary_line(found)
    if not found:
        return f"{title}\n"
    opening, closing = f"<details>\n<summary>{title}</summary>\n\n", "</details>\n"
    shown, left = "", room - len(opening) - len(closing) - 100
    for place, miss in enumerate(found):
        item = _miss(miss)
        if len(shown) + len(item) > left:
            return f"{opening}{shown}\n{len(found) - place:,} more are too long to show here.\n\n{closing}"
        shown += item
    return f"{opening}{shown}\n{closing}"


def _miss(miss: Miss) -> str:
    result = miss.result
    lines = [f"- **{misses.outcome_words(result)}**{misses.how_hard(result)}, {code(result.claim)}"]
    lines.append(f"  - claim: {code(result.text)}")
    lines += [f"  - the run shows: {code(' … '.join(result.quotes))}"] if result.quotes else []
    lines += [f"  - what decides: {code(' … '.join(result.gold_quotes))}"] if result.gold_quotes else []
    lines += [f"  - why {result.outcome}: {code(result.detail)}"] if result.detail else []
    return "\n".join(lines) + "\n"


def _name(words: str) -> str:
    """Our own words as they are; a metric that we do not know may be called anything."""
    return words if re.fullmatch(r"[A-Za-z0-9 ,:%-]+", words) else code(words)


def code(text: str) -> str:
    """Text from outside as code, where GitHub notifies nobody and links nothing."""
    line = one_line(text)
    clipped = line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…"
    return f"<code>{in_markdown(clipped)}</code>"
