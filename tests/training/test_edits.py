"""The edits that the network is trained on: what each makes of a sentence."""

import doctest
import random

import pytest

from training import wording
from training.edits import edits_of
from training.errors import ERRORS
from training.paraphrases import SOUND, TWISTED
from training.relations import RELATIONS
from training.rows import Row
from training.tables import TABLES
from training.templates import TEMPLATES, templates_of

OTHERS = ("Norway bought two ships in Bergen.", "The harbour was closed on Friday.")


def edited(edit: str, text: str) -> str | None:
    every = {name: made for name, (made, _) in ERRORS.items()} | dict(SOUND) | dict(TWISTED)
    return every[edit](text, OTHERS, random.Random(1))  # noqa: S311


@pytest.mark.parametrize(
    ("edit", "text", "expected"),
    [
        ("roles", "In May, Denmark sued Iceland.", "In May, Iceland sued Denmark."),
        ("subject", "Sweden sold a dock.", "Norway sold a dock."),
        ("negation", "The line will open.", "The line will not open."),
        ("negation", "The line will not open.", "The line will open."),
        ("hedge", "The line might open.", "The line will open."),
        ("hedge", "The line reportedly opened.", "The line opened."),
        ("condition", "The ferry will sail in the morning if the wind drops.", "The ferry will sail in the morning."),
        ("unsaid", "The firm claimed that nobody at the plant was hurt.", "Nobody at the plant was hurt."),
        ("bound", "It cost at least 40 million.", "It cost at most 40 million."),
        ("how_many", "Some of the boats leaked.", "All of the boats leaked."),
        ("passive_wrongly", "Denmark sued Iceland in May.", "Denmark was sued by Iceland in May."),
        ("passive", "Denmark sued Iceland in May.", "Iceland was sued by Denmark in May."),
        ("trimmed", "The line will cost 412 million, of which the state pays half.", "The line will cost 412 million."),
        ("fronted", "On Tuesday, the line opened.", "The line opened on Tuesday."),
        ("spelled", "The club has 31 members.", "The club has thirty-one members."),
        ("short_form", "It did not rain.", "It didn’t rain."),
        ("according", "The mayor said that the bridge is safe now.", "According to the mayor, the bridge is safe now."),
    ],
)
def test_an_edit_changes_one_thing(edit: str, text: str, expected: str) -> None:
    assert edited(edit, text) == expected


def test_an_office_before_a_name_is_stated() -> None:
    assert edited("office", "Yesterday Polish Prime Minister Donald Tusk spoke.") in {
        "Donald Tusk is the Polish Prime Minister.",
        "Donald Tusk is a Polish Prime Minister.",
    }


def test_a_cause_is_made_of_neighbours_and_never_of_what_has_one() -> None:
    made = edited("cause", "The shop shut.")

    assert made is not None
    assert "The shop shut" in made or "the shop shut" in made
    assert edited("cause", "The shop shut because of the flood.") is None


@pytest.mark.parametrize("edit", [*ERRORS, *SOUND, *TWISTED])
def test_an_edit_leaves_alone_what_gives_it_no_hold(edit: str) -> None:
    assert edited(edit, "Hm") in {None, "Hm."}


def document(number: int) -> Row:
    sentences = " ".join(
        f"In {month}, the {thing} of Lund number {number} was {deed} by engineers from Oslo."
        for month, thing, deed in [
            ("May", "bridge", "repaired"), ("June", "school", "painted"), ("July", "harbour", "widened"),
            ("August", "library", "sold"), ("October", "cinema", "closed"), ("March", "station", "rebuilt"),
            ("April", "theatre", "inspected"), ("January", "stadium", "tested"), ("February", "tunnel", "opened"),
        ]
    )  # fmt: skip
    return Row(f"r{number}", "news", sentences, "The school of Lund was painted in June.", supported=True, verdict=None)


def test_sound_claims_stand_beside_the_false_ones_and_seeds_repeat() -> None:
    rows = [document(number) for number in range(6)]

    pairs = list(edits_of(rows, seed=3))

    sound = sum(pair.target == 0 for pair in pairs)
    assert len(pairs) > 40
    assert 0.4 < sound / len(pairs) < 0.6
    assert pairs == list(edits_of(rows, seed=3))
    assert all(pair.evidence for pair in pairs)


def test_every_template_gives_claims_of_either_kind() -> None:
    pairs = list(templates_of(500, seed=1, extra=(*TABLES, *RELATIONS)))

    kinds = {pair.source for pair in pairs}
    assert kinds == {f"template:{template.__name__}" for template in (*TEMPLATES, *TABLES, *RELATIONS)}
    for kind in kinds:
        own = [pair.target == 0 for pair in pairs if pair.source == kind]
        assert sum(own) * 2 == len(own)


def test_the_examples_of_the_wording_hold() -> None:
    assert doctest.testmod(wording).failed == 0
