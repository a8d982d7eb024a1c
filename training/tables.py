"""Templates of tables and lists: a claim takes the cells of one row, a false one those of two."""

from collections.abc import Sequence

from training.scenes import Filler, Scene, Template
from training.wording import raised


def _rows_as_text(fill: Filler, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    form = fill.one("comma", "pipe", "named", "tab", "sentence", "semicolon")
    if form == "named":
        return "\n".join("; ".join(f"{name}: {cell}" for name, cell in zip(head, row, strict=True)) for row in rows)
    if form == "sentence":
        return " ".join(
            f"{row[0]} ({', '.join(f'{name} {cell}' for name, cell in zip(head[1:], row[1:], strict=True))})."
            for row in rows
        )
    mark = {"comma": ",", "pipe": " | ", "tab": " \t ", "semicolon": "; "}[form]
    lines = [mark.join(row) for row in rows]
    return "\n".join([mark.join(head), *lines] if fill.rng.random() < 0.85 else lines)


def _crossed(
    fill: Filler, rows: Sequence[Sequence[str]], wordings: Sequence[tuple[int, str]], head: Sequence[str]
) -> Scene:
    """Make claims of cells: `wordings` names a column and says it of the first cell of the row."""
    sound, false = [], []
    for column, wording in wordings:
        one, two = fill.rng.sample(range(len(rows)), 2)
        sound.append(raised(wording.format(rows[one][0], rows[one][column])))
        if rows[one][column] != rows[two][column]:
            false.append(raised(wording.format(rows[one][0], rows[two][column])))
    return Scene(_rows_as_text(fill, head, rows), tuple(sound), tuple(false))


def towns(fill: Filler) -> Scene:
    """Towns with people, mayor and year."""
    count = fill.rng.randrange(2, 6)
    names, mayors = fill.some("towns", count), fill.some("people", count)
    rows = [
        (name, str(fill.rng.randrange(9, 900) * 100), mayor, str(fill.rng.randrange(1100, 1990)))
        for name, mayor in zip(names, mayors, strict=True)
    ]
    wordings = (
        (1, fill.one("{0} has {1} inhabitants.", "The population of {0} is {1}.", "{1} people live in {0}.")),
        (2, fill.one("The mayor of {0} is {1}.", "{1} is the mayor of {0}.", "{0} is led by {1}.")),
        (3, fill.one("{0} was founded in {1}.", "{0} has existed since {1}.")),
    )
    return _crossed(
        fill, rows, wordings, fill.one("Town,People,Mayor,Founded", "Place,Population,Mayor,Year founded").split(",")
    )


def players(fill: Filler) -> Scene:
    """Players with club and goals."""
    count = fill.rng.randrange(2, 6)
    names, clubs, goals = fill.some("people", count), fill.some("towns", count), fill.numbers(count, 1, 60)
    rows = [(name, f"{club} FC", str(goal)) for name, club, goal in zip(names, clubs, goals, strict=True)]
    wordings = (
        (1, fill.one("{0} plays for {1}.", "{1} is the club of {0}.", "{0} is a player of {1}.")),
        (2, fill.one("{0} scored {1} goals.", "{0} has {1} goals.", "{1} goals were scored by {0}.")),
    )
    scene = _crossed(fill, rows, wordings, fill.one("Player,Club,Goals", "Name,Team,Goals scored").split(","))
    ranked = sorted(rows, key=lambda row: -int(row[2]))
    most = fill.one("{0} scored the most goals.", "No player has more goals than {0}.")
    return Scene(scene.text, (*scene.sound, most.format(ranked[0][0])), (*scene.false, most.format(ranked[-1][0])))


def prices(fill: Filler) -> Scene:
    """Products with price and weight."""
    count = fill.rng.randrange(2, 5)
    names, costs, weights = fill.some("products", count), fill.numbers(count, 5, 900), fill.numbers(count, 1, 90)
    rows = [(name, f"${cost}", f"{weight} kg") for name, cost, weight in zip(names, costs, weights, strict=True)]
    wordings = (
        (1, fill.one("the {0} costs {1}.", "a {0} can be bought for {1}.", "the price of the {0} is {1}.")),
        (2, fill.one("the {0} weighs {1}.", "the weight of the {0} is {1}.")),
    )
    return _crossed(fill, rows, wordings, ("Product", "Price", "Weight"))


def timetable(fill: Filler) -> Scene:
    """What is on, when, and who leads it."""
    count = fill.rng.randrange(2, 5)
    names, people = fill.some("events", count), fill.some("people", count)
    hours = sorted(fill.numbers(count, 8, 22))
    rows = [(name, f"{hour}:00", person) for name, hour, person in zip(names, hours, people, strict=True)]
    wordings = (
        (1, fill.one("{0} starts at {1}.", "{0} is planned for {1}.")),
        (2, fill.one("{1} speaks at {0}.", "{0} is led by {1}.")),
    )
    return _crossed(fill, rows, wordings, ("Programme", "Time", "Led by"))


def results(fill: Filler) -> Scene:
    """Years with two measures."""
    count = fill.rng.randrange(2, 5)
    years = sorted(fill.numbers(count, 1, 25))
    rows = [(str(2000 + year), *(f"{number} million" for number in fill.numbers(2, 2, 90))) for year in years]
    company = fill.some("companies", 1)[0]
    wordings = (
        (1, f"in {{0}}, {company} had sales of {{1}}."),
        (2, f"the profit of {company} in {{0}} was {{1}}."),
    )
    scene = _crossed(fill, rows, wordings, ("Year", "Sales", "Profit"))
    row = fill.rng.choice(rows)
    mixed = f"In {row[0]}, {company} had sales of {row[2]}."
    return Scene(f"{company}, results\n{scene.text}", scene.sound, (*scene.false, mixed))


def labels(fill: Filler) -> Scene:
    """Lines under labels that change what they say."""
    one, two, three = fill.some("happenings", 3)
    good = fill.one(
        "Confirmed", "Decided", "Done", "True", "What happened", "Facts", "Agreed", "In force", "News", "Correct", "Known",
        "This month", "Reported by witnesses", "On record",
    )  # fmt: skip
    bad = fill.one(
        "Rumours", "Rejected", "False", "Not decided", "Myths", "Dropped from the plan", "Invented examples", "Voted down",
        "Postponed", "Errors in earlier reports", "Jokes", "What did not happen", "Wrongly reported", "Hopes", "Common mistakes",
    )  # fmt: skip
    mark = fill.one("\n- ", "\n* ", "\n", " ")
    blocks = fill.rng.sample([f"{good}:{mark}{one}.", f"{bad}:{mark}{two}.{mark}{three}."], 2)
    return Scene("\n".join(blocks), (f"{one}.",), (f"{two}.", f"{three}."))


def interview(fill: Filler) -> Scene:
    """Questions, and the answers to them."""
    (person, other), (thing, second) = fill.some("people", 2), fill.some("things", 2)
    wish = fill.one("sell", "close", "repair", "visit", "rename")
    text = f"{other}: Will you {wish} {thing}?\n{person}: No. We will {wish} {second}.\n{other}: And when?\n{person}: In spring."
    return Scene(
        text,
        (f"{person} said that they will {wish} {second}.", f"{other} asked {person} whether they will {wish} {thing}."),
        (
            f"{person} said that they will {wish} {thing}.",
            f"{other} said that they will {wish} {thing}.",
            f"{person} asked {other} about {thing}.",
        ),
    )


TABLES: Sequence[Template] = (towns, players, prices, timetable, results, labels, interview)
