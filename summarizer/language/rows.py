"""Lines that hold cells: rows of a table, "Label: value", items of opening hours. A row's cells belong together and to nobody else."""

import re

CELLS = re.compile(r"\t|\s\|\s|\s{3,}")
LABELLED = re.compile(r"\W{0,4}[^\W\d_][\w’'()/ .-]{0,40}:\s{1,4}\S")
CSV = re.compile(r"[^,;\s][,;](?=\S)")
END = re.compile(r"[.!?…。！？][\"'”’»)\]]{0,3}\Z")
RULE = re.compile(r"[\s|:+=_*~─━-]{3,}")
MOST_LABELLED = 160  # code points of "Label: value"; a longer one is a sentence with a colon


def is_row(line: str) -> bool:
    """Whether a line is a row of cells or a label with its value.

    >>> is_row("South\\t1,204"), is_row("- Monday: 9 to 5"), is_row("He said: it rained on the hill.")
    (True, True, False)
    """
    bare = line.strip().strip("|")
    if "\n" in bare or END.search(bare):
        return False
    if CELLS.search(bare) or (LABELLED.match(bare) and len(bare) <= MOST_LABELLED):
        return True
    return len(CSV.findall(re.sub(r"\d,\d{3}\b", "", bare))) > 1


def cells(line: str) -> list[str]:
    """The cells of a row; one where it has no marks between them."""
    bare = line.strip().strip("|")
    mark = CELLS if CELLS.search(bare) else re.compile("[,;]") if CSV.search(bare) else None
    return [cell.strip() for cell in (mark.split(bare) if mark else [bare])]


def with_header(header: str, row: str) -> str:
    """A row with the header of each cell before it, where both have as many.

    >>> with_header("Ward\\tVotes", "South\\t987")
    'Ward: South; Votes: 987'
    """
    names, values = cells(header), cells(row)
    if len(names) != len(values) or len(names) < 2 or header == row:
        return row
    return "; ".join(
        f"{name}: {value}" if name and value else name or value for name, value in zip(names, values, strict=True)
    )


def is_rule(line: str) -> bool:
    """Whether a line only draws: under a heading, or between the rows of a table."""
    return RULE.fullmatch(line.strip()) is not None
