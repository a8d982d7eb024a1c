"""Lines that hold cells: rows of a table, "Label: value", items of opening hours. A row's cells belong together and to nobody else."""

import re

CELLS = re.compile(r"\t|\s\|\s|\s{3,}")
LABELLED = re.compile(r"\W{0,4}[^\W\d_][\w’'()/ .-]{0,40}:\s{1,4}\S")
CSV = re.compile(r"[^,;\s][,;](?=\S)")
END = re.compile(r"[.!?…。！？][\"'”’»)\]]{0,3}\Z")
RULE = re.compile(r"[\s|:+=_*~─━-]{3,}")
ROOM = "   "  # between cells
MARKS_OF_CELLS = ("\t", " | ", ROOM)
ROOMS = re.compile(rf"(?<=\S){ROOM} *(?=\S)")
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


def adjoin(above: str, below: str) -> bool:
    """Whether two lines are rows of one table: both have tabs or bars between their cells, or room at the same place.

    >>> adjoin("cars\\t12,000", "lorries\\t900"), adjoin("cars     12,000", "lorries     900"), adjoin("cars, and", "some vans")
    (True, True, False)
    """
    first, second = above.strip(), below.strip()
    if any(mark in first and mark in second for mark in MARKS_OF_CELLS[:2]) or is_rule(first) or is_rule(second):
        return True
    if ROOM not in first or ROOM not in second:
        return False
    rooms = [[one.span() for one in ROOMS.finditer(line)] for line in (above, below)]
    return any(max(one[0], other[0]) + 1 < min(one[1], other[1]) for one in rooms[0] for other in rooms[1])


def cells(line: str) -> list[str]:
    """The cells of a row; one where it has no marks between them."""
    bare = line.strip().strip("|")
    mark = CELLS if CELLS.search(bare) else re.compile("[,;]") if CSV.search(bare) else None
    return [cell.strip() for cell in (mark.split(bare) if mark else [bare])]


def is_header(header: str, row: str) -> bool:
    """Whether a row has the names of the columns of another: one for each cell, or for each but the first, whose corner is empty.

    >>> is_header("2015\\t2025", "cars\\t12,000\\t15,500"), is_header("Ward\\tVotes", "South")
    (True, False)
    """
    names, values = len(cells(header)), len(cells(row))
    return names > 1 and names in (values, values - 1) and header != row


def with_header(header: str, row: str) -> str:
    """A row with the header of each cell before it, where that is its header.

    >>> with_header("Ward\\tVotes", "South\\t987"), with_header("2015\\t2025", "cars\\t12\\t15")
    ('Ward: South; Votes: 987', 'cars; 2015: 12; 2025: 15')
    """
    if not is_header(header, row):
        return row
    names, values = cells(header), cells(row)
    names = [""] * (len(values) - len(names)) + names
    return "; ".join(
        f"{name}: {value}" if name and value else name or value for name, value in zip(names, values, strict=True)
    )


def is_rule(line: str) -> bool:
    """Whether a line only draws: under a heading, or between the rows of a table."""
    return RULE.fullmatch(line.strip()) is not None
