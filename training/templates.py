"""Small texts written from templates: the kinds of error that edits of real sentences seldom give.

Rows of tables, roles, exceptions, causes, questions, shares and sums. Each
template fills one text and yields claims about it, sound and false in equal
number, in the same wordings.
"""

import random
from collections.abc import Iterator, Sequence

from training.rows import UNSUPPORTED, Pair
from training.scenes import Filler, Scene, Template
from training.wording import raised


def two_actors(fill: Filler) -> Scene:
    """Two companies, a deed of each."""
    (one, two), (first, second) = fill.some("companies", 2), fill.deeds()
    years = [str(1990 + number) for number in fill.numbers(2, 1, 34)]
    join = fill.one(". ", ", while ", "; ", ". In the same region, ", ", and ")
    text = f"{one} {first} in {years[0]}{join}{two} {second} in {years[1]}."
    return Scene(
        text,
        (f"{one} {first} in {years[0]}.", f"{two} {second}.", f"In {years[1]}, {two} {second}."),
        (
            f"{two} {first} in {years[0]}.",
            f"{one} {second}.",
            f"In {years[1]}, {one} {second}.",
            f"{one} {first} in {years[1]}.",
        ),
    )


def two_people(fill: Filler) -> Scene:
    """Two people or groups, an act of each."""
    kind = fill.one("people", "groups")
    one, two = (each if kind == "people" else f"the {each}" for each in fill.some(kind, 2))
    (first, second), (town, other) = fill.some("acts", 2), fill.some("towns", 2)
    text = f"{raised(one)} {first} in {town}{fill.one('. ', ', but ', ', and ', '. Later ')}{two} {second} in {other}."
    return Scene(
        text,
        (f"{raised(one)} {first}.", f"{raised(two)} {second} in {other}.", f"It was {two} who {second}."),
        (
            f"{raised(two)} {first}.",
            f"{raised(one)} {second} in {other}.",
            f"It was {one} who {second}.",
            f"{raised(one)} {first} in {other}.",
        ),
    )


def roles(fill: Filler) -> Scene:
    """Who did it to whom, active and passive."""
    one, two = fill.some(fill.one("people", "companies"), 2)
    past, participle = fill.some("verbs", 1)[0].split("|")
    tail = fill.one("", f" in {fill.some('towns', 1)[0]}", " last week", f" after {fill.some('events', 1)[0]}")
    ways = (f"{one} {past} {two}", f"{two} was {participle} by {one}")
    wrong = (f"{two} {past} {one}", f"{one} was {participle} by {two}")
    return Scene(
        fill.one(*ways) + tail + ".",
        (*(f"{way}{tail}." for way in ways), f"{ways[1]}."),
        (*(f"{way}{tail}." for way in wrong), f"{wrong[0]}."),
    )


def grades(fill: Filler) -> Scene:
    """Comparisons: A is older than B."""
    more, less, _ = fill.some("grades", 1)[0].split("|")
    one, two, three = fill.some(fill.one("people", "towns", "companies"), 3)
    text = fill.one(
        f"{one} is {more} than {two}, who is {more} than {three}.",
        f"{one} is {more} than {two}. {two} is {more} than {three}.",
    )
    pairs = ((one, two), (two, three), (one, three))
    return Scene(
        text,
        tuple(fill.one(f"{a} is {more} than {b}.", f"{b} is {less} than {a}.") for a, b in pairs),
        tuple(fill.one(f"{b} is {more} than {a}.", f"{a} is {less} than {b}.") for a, b in pairs),
    )


def order(fill: Filler) -> Scene:
    """What came before what."""
    one, two = fill.some("events", 2)
    text = fill.one(
        f"{one} came two days before {two}.", f"{two} took place after {one}.", f"First came {one}, then {two}."
    )
    return Scene(
        raised(text),
        (
            f"{raised(one)} came before {two}.",
            f"{raised(two)} followed {one}.",
            f"{raised(two)} took place after {one}.",
        ),
        (
            f"{raised(two)} came before {one}.",
            f"{raised(one)} followed {two}.",
            f"{raised(one)} took place after {two}.",
        ),
    )


def cause(fill: Filler) -> Scene:
    """Two facts side by side, with a cause between them or none."""
    one, two = fill.some("happenings", 2)
    low = two[0].lower() + two[1:]
    caused = (f"{one} because {low}.", f"{raised(low)}, and that is why {one[0].lower() + one[1:]}.")
    if fill.rng.random() < 0.4:
        return Scene(
            f"{one} because {low}.", (*caused, f"{one}.", f"{two}."), (f"{two} because {one[0].lower() + one[1:]}.",)
        )
    plain = fill.one(f"{one}. {two}.", f"{one}, and {low}.", f"{one}. In the same week, {low}.")
    return Scene(plain, (f"{one}, and {low}.", f"{two}.", f"{two}. {one}."), (*caused, f"{one} as a result: {low}."))


def exception(fill: Filler) -> Scene:
    """All of them but one."""
    four = fill.some(fill.one("people", "towns", "companies"), 4)
    out, inside = four[0], four[1]
    deed = fill.one(
        "voted for the plan", "signed the treaty", "paid on time", "took part", "reported a profit", "passed the test"
    )
    mark = fill.one("except", "apart from", "but not", "with the exception of", "other than")
    rng_list = ", ".join(fill.rng.sample(four, 4))
    text = f"Four were asked: {rng_list}. All of them {mark} {out} {deed}."
    return Scene(
        text,
        (
            f"{inside} {deed}.",
            f"{out} was the only one of the four who did not do so: the others {deed}.",
            f"All but {out} {deed}.",
            f"Three of the four {deed}.",
        ),
        (f"{out} {deed}.", f"All four {deed}.", f"All but {inside} {deed}.", f"All of them, including {out}, {deed}."),
    )


def speakers(fill: Filler) -> Scene:
    """Two speakers, an opinion of each."""
    (one, two), (first, second) = fill.some("people", 2), fill.some("opinions", 2)
    verb = fill.one("said", "argued", "believes", "told reporters")
    text = (
        f"{one} {verb} that {first}. {two} {fill.one('disagreed and said', 'replied', 'said', 'added')} that {second}."
    )
    return Scene(
        text,
        (f"{one} {verb} that {first}.", f"According to {two}, {second}.", f"{two} said that {second}."),
        (
            f"{two} {verb} that {first}.",
            f"According to {one}, {second}.",
            f"{raised(first)}, as {two} said.",
            f"It is a fact that {second}.",
        ),
    )


def plans(fill: Filler) -> Scene:
    """What may happen, what is asked, what was decided."""
    thing, other = fill.some("things", 2)
    verb, past = fill.one(
        "close|closed", "demolish|demolished", "sell|sold", "repair|repaired", "paint|painted", "move|moved"
    ).split("|")
    who = fill.one("The council", "The owner", "The state", "The trust", "The company")
    unsure = fill.one(
        f"{who} may {verb} {thing}.", f"Will {who[0].lower() + who[1:]} {verb} {thing}?", f"{who} is considering whether to {verb} {thing}.",
        f"{who} wants to {verb} {thing}, but no decision has been taken.", f"If money is found, {who[0].lower() + who[1:]} will {verb} {thing}.",
        f"{who} refused to {verb} {thing}.", f"Some fear that {who[0].lower() + who[1:]} will {verb} {thing}.",
    )  # fmt: skip
    text = " ".join(fill.rng.sample([unsure, f"{who} {past} {other} in May."], 2))
    return Scene(
        text,
        (f"{who} {past} {other}.", f"{raised(other)} was {past} in May."),
        (f"{who} {past} {thing}.", f"{raised(thing)} was {past}.", f"{who} {past} {thing} in May."),
    )


def shares(fill: Filler) -> Scene:
    """Who got how much, and sums."""
    one, two, giver = fill.some("people", 3)
    first, second = fill.numbers(2, 2, 40)
    food, other = fill.some("foods", 2)
    text = (
        f"{giver} gave {fill.told(first)} boxes of {food} to {one} and {fill.told(second)} boxes of {other} to {two}."
    )
    return Scene(
        text,
        (
            f"{one} got {fill.told(first)} boxes of {food}.",
            f"{two} received {fill.told(second)} boxes from {giver}.",
            f"{giver} gave away {first + second} boxes.",
        ),
        (
            f"{one} got {fill.told(second)} boxes of {food}.",
            f"{two} received {fill.told(first)} boxes from {giver}.",
            f"{one} gave {two} {fill.told(second)} boxes of {other}.",
            f"{two} got boxes of {food}.",
        ),
    )


def changes(fill: Filler) -> Scene:
    """From so much to so much."""
    thing = fill.one("The price", "The rent", "The number of members", "The toll", "The number of pupils", "The fee")
    low, high = sorted(fill.numbers(2))
    town, other = fill.some("towns", 2)
    text = f"{thing} in {town} rose from {low} to {high}, and in {other} it fell from {high} to {low}."
    return Scene(
        text,
        (
            f"{thing} in {town} went up.",
            f"{thing} in {other} fell to {low}.",
            f"{thing} in {town} was {low} before.",
            f"{thing} in {town} rose by {high - low}.",
        ),
        (
            f"{thing} in {town} went down.",
            f"{thing} in {other} rose to {high}.",
            f"{thing} in {other} was {low} before.",
            f"{thing} in {town} rose to {low}.",
        ),
    )


def parts(fill: Filler) -> Scene:
    """All so many of them; so much, of which a part."""
    whole = fill.rng.randrange(8, 60)
    part = fill.rng.randrange(2, whole - 3)
    body, member = fill.one("club|members", "council|seats", "alliance|states", "school|classes", "fleet|ships").split(
        "|"
    )
    deed = fill.one("backed the plan", "stayed", "were tested", "were repaired", "asked for more money")
    text = fill.one(
        f"Of the {whole} {member} of the {body}, {part} {deed}.",
        f"The {body} has {whole} {member}, of which {part} {deed}.",
    )
    rest = whole - part
    return Scene(
        text,
        (
            f"The {body} has {fill.told(whole)} {member}.",
            f"{raised(fill.told(part))} {member} {deed}.",
            f"The other {fill.told(rest)} {member} did not do so.",
        ),
        (
            f"The {body} has {fill.told(part)} {member}.",
            f"All {member} of the {body} {deed}.",
            f"{raised(fill.told(whole))} {member} {deed}.",
            f"The other {fill.told(part)} {member} did not do so.",
        ),
    )


TEMPLATES: Sequence[Template] = (
    two_actors, two_people, roles, grades, order, cause, exception, speakers, plans, shares, changes, parts,
)  # fmt: skip
PADDED = 0.4  # share of the texts that stand among sentences on other things


def templates_of(count: int, seed: int = 0, extra: Sequence[Template] = ()) -> Iterator[Pair]:
    """Yield pairs of `count` scenes, as many sound claims as false ones from each."""
    rng = random.Random(seed)  # noqa: S311  a seed that can be repeated is what is wanted
    fill = Filler(rng)
    every = [*TEMPLATES, *extra]
    for number in range(count):
        template = rng.choice(every)
        scene = template(fill)
        text = scene.text
        if rng.random() < PADDED and template is not cause:
            around = [f"{each}." for each in fill.some("happenings", 2)]
            text = " ".join([around[0], text, around[1]] if "\n" not in text else [around[0] + "\n" + text])
        most = min(len(scene.sound), len(scene.false), 2)
        chosen = [(claim, 0) for claim in rng.sample(scene.sound, most)]
        chosen += [(claim, UNSUPPORTED) for claim in rng.sample(scene.false, most)]
        for place, (claim, target) in enumerate(chosen):
            yield Pair(f"{number}/{place}", f"template:{template.__name__}", claim, (text,), target)
