"""Templates of relations: the same from the other side, one step further, only some, perhaps."""

from collections.abc import Sequence

from training.scenes import Filler, Scene, Template
from training.wording import raised


def converses(fill: Filler) -> Scene:
    """Lending is borrowing from the other side."""
    one, two = fill.some("people", 2)
    thing = fill.some("converse_things", 1)[0]
    forms = fill.some("converses", 1)[0].split("|")
    sound = [f"{form.format(a=one, b=two, thing=thing)}." for form in forms]
    false = [f"{form.format(a=two, b=one, thing=thing)}." for form in forms]
    return Scene(fill.one(*sound), tuple(sound), tuple(false))


def steps(fill: Filler) -> Scene:
    """Who is nominated has not been elected yet."""
    one, two = fill.some("people", 2)
    (did, same, more), (other, other_same, other_more) = (each.split("|") for each in fill.some("steps", 2))
    text = f"{one} {did}{fill.one('. ', ', and ', ', while ')}{two} {other}."
    return Scene(
        text,
        (f"{one} {same}.", f"{two} {other_same}.", f"{one} {did}."),
        (f"{one} {more}.", f"{two} {other_more}.", f"{one} {other}.", f"{two} {same}."),
    )


def only(fill: Filler) -> Scene:
    """Nobody but one."""
    one, two, three = fill.some(fill.one("people", "towns", "companies"), 3)
    did, negative = fill.one(
        "signed the letter|did not sign the letter", "paid the fee|did not pay the fee", "replied|did not reply",
        "came to the hearing|did not come to the hearing", "raised the tax|did not raise the tax",
    ).split("|")  # fmt: skip
    none = fill.rng.random() < 0.5
    if none:
        text = fill.one(f"None of {two}, {three} and the others {did}, except {one}.", f"Only {one} {did}; {two} and {three} had been asked, too.", f"Nobody other than {one} {did}, not even {two} or {three}.")  # fmt: skip
        return Scene(
            text,
            (f"{one} {did}.", f"{two} {negative}.", f"{three} {negative}.", f"Only {one} {did}."),
            (f"{one} {negative}.", f"{two} {did}.", f"{three} {did}.", f"Nobody {did}."),
        )
    text = fill.one(f"Everybody {did} except {one}, among them {two} and {three}.", f"All but {one} {did}, so {two} and {three} as well.", f"Apart from {one}, all of them, {two} and {three} included, {did}.")  # fmt: skip
    return Scene(
        text,
        (f"{one} {negative}.", f"{two} {did}.", f"{three} {did}.", f"Not everybody {did}."),
        (f"{one} {did}.", f"{two} {negative}.", f"{three} {negative}.", f"Everybody {did}."),
    )


def opening_days(fill: Filler) -> Scene:
    """Open all week but on one day."""
    thing = fill.some("things", 1)[0]
    day, other = fill.rng.sample("Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays".split(), 2)
    if fill.rng.random() < 0.5:
        text = fill.one(
            f"{thing} is open every day except {day}.",
            f"{thing} is open daily, but not on {day}.",
            f"apart from {day}, {thing} is open all week.",
        )
        states = ("closed", "open")
    else:
        text = fill.one(
            f"{thing} is closed every day except {day}.",
            f"{thing} opens only on {day}.",
            f"apart from {day}, {thing} is shut all week.",
        )
        states = ("open", "closed")
    on_it, else_ = states
    return Scene(
        raised(text),
        (
            f"{raised(thing)} is {on_it} on {day}.",
            f"{raised(thing)} is {else_} on {other}.",
            f"On {day}, {thing} is {on_it}.",
        ),
        (
            f"{raised(thing)} is {else_} on {day}.",
            f"{raised(thing)} is {on_it} on {other}.",
            f"On {day}, {thing} is {else_}.",
        ),
    )


def perhaps(fill: Filler) -> Scene:
    """What may be so, and what is."""
    who = fill.one("Researchers", "Some experts", "Officials", "Critics", "Growers", "Residents")
    (thing, base, third), (other, _, certain) = (each.split("|") for each in fill.some("chances", 2))
    unsure = fill.one(
        f"{who} think that {thing} might {base}.", f"{raised(thing)} may {base}, {who.lower()} say.", f"{who} suspect that {thing} could {base}.",
        f"It is not known whether {thing} {third}, but {who.lower()} think it possible.", f"{raised(thing)} could {base} if nothing is done, {who.lower()} fear.",
    )  # fmt: skip
    sure = (
        f"{fill.one('Tests have shown that ', 'It has been proved that ', 'There is no doubt that ')}{other} {certain}."
    )
    return Scene(
        " ".join(fill.rng.sample([unsure, sure], 2)),
        (f"It is possible that {thing} {third}.", f"{raised(thing)} might {base}.", f"{raised(other)} {certain}.", f"It is certain that {other} {certain}."),
        (f"{raised(thing)} {third}.", f"It is certain that {thing} {third}.", f"It has been proved that {thing} {third}.", f"{raised(thing)} does not {base}."),
    )  # fmt: skip


RELATIONS: Sequence[Template] = (converses, steps, only, opening_days, perhaps)
