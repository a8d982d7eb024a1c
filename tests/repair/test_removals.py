"""A statement goes with all that belongs to it, and nothing else."""

from itertools import combinations

import pytest

from summarizer.language.sentences import sentence_offsets
from summarizer.repair.removals import widened


def without(text: str, *statements: str) -> str:
    taken = [(text.index(one), text.index(one) + len(one)) for one in statements]
    left, at = "", 0
    for start, end in widened(text, taken):
        assert at <= start < end
        left, at = left + text[at:start], end
    return left + text[at:]


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        ("Rain fell. It froze. Snow came.", ["It froze."], "Rain fell. Snow came."),
        ("Rain fell. It froze.", ["It froze."], "Rain fell."),
        ("Rain fell. It froze. Snow came.", ["It froze.", "Snow came."], "Rain fell."),
        ("Rain fell. It froze. Snow came.\nIt went.", ["It froze.", "Snow came."], "Rain fell.\nIt went."),
        ("Rain fell. It froze.\n", ["Rain fell."], "It froze.\n"),
        ("Rain fell. It froze. Snow came.", ["Rain fell.", "It froze."], "Snow came."),
        ("- Rain fell.\n- It froze.\n- Snow came.\n", ["It froze."], "- Rain fell.\n- Snow came.\n"),
        ("- Rain fell. It froze.\n- Snow came.\n", ["Rain fell."], "- It froze.\n- Snow came.\n"),
        ("- Rain fell. It froze.\n- Snow came.\n", ["Rain fell.", "It froze."], "- Snow came.\n"),
        ("1. Rain fell.\r\n2. It froze.\r\n", ["It froze."], "1. Rain fell.\r\n"),
        ("One.\n\nRain fell.\n\nTwo.\n", ["Rain fell."], "One.\n\nTwo.\n"),
        ("One.\n\nRain fell.", ["Rain fell."], "One."),
        ("One.\n\nRain fell.\n", ["Rain fell."], "One.\n"),
        ("Rain fell.\n\nOne.\n", ["Rain fell."], "One.\n"),
        ("# A\n\nRain fell.\n\n# B\n\nOne.\n", ["Rain fell."], "# B\n\nOne.\n"),
        ("# A\n\n- One.\n\n# B\n\n- Rain fell.\n", ["Rain fell."], "# A\n\n- One.\n"),
        ("# A\n\nRain fell. One.\n", ["Rain fell."], "# A\n\nOne.\n"),
        ("# A\n\n## B\n\nOne.\n", ["One."], ""),
        (
            "Key points\n\nRain fell.\n\nBackground\n\nOf the two, one.\n",
            ["Rain fell."],
            "Background\n\nOf the two, one.\n",
        ),
        (
            "The snow\n\nOf the two, one.\n\nThe rain\n\nRain fell.\n\nThe ice\n\nTwo.\n",
            ["Rain fell."],
            "The snow\n\nOf the two, one.\n\nThe ice\n\nTwo.\n",
        ),
        (
            "The rain\n========\n\nRain fell.\n\nThe snow\n--------\n\nOne.\n",
            ["Rain fell."],
            "The snow\n--------\n\nOne.\n",
        ),
        (
            "1. **The rain**\n   - Rain fell.\n2. **The snow**\n   - One.\n",
            ["Rain fell."],
            "2. **The snow**\n   - One.\n",
        ),
        ("- One.\n- **The rain**\n  - Rain fell.\n- Two.\n", ["Rain fell."], "- One.\n- Two.\n"),
        ("It saw:\n- Rain fell.\n\nOne.\n", ["Rain fell."], "One.\n"),
        ("It saw:\n- Rain fell.\n- It froze.\n", ["Rain fell."], "It saw:\n- It froze.\n"),
        ("A long\nline. Rain\nfell. One.\n", ["Rain\nfell."], "A long\nline. One.\n"),
    ],
)
def test_what_is_left(text: str, gone: list[str], left: str) -> None:
    assert without(text, *gone) == left


def test_every_choice_of_sentences_leaves_the_others_whole() -> None:
    text = "# Report\n\nRain fell. It froze.\n\n- Snow came.\n- Ice broke. Boats sank.\n\n# End\n\nAll slept.\n"
    said = [text[start:end] for start, end in sentence_offsets(text) if not text[start:end].startswith("#")]
    for count in range(1, len(said)):
        for gone in combinations(said, count):
            left = without(text, *(one.removeprefix("- ") for one in gone))
            assert all(one in left for one in set(said) - set(gone))
            assert not any(one.removeprefix("- ") in left for one in gone)
            assert "\n\n\n" not in left
            assert "  " not in left
            assert not any(line.strip() == "-" for line in left.splitlines())
