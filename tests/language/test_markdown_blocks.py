"""Front matter and comments make no sentence, code no summary; what only looks like them is text."""

import pytest

from summarizer.language.markdown_blocks import blanked, fenced, front_matter
from summarizer.language.sentences import sentence_offsets
from summarizer.language.statements import bare, running
from summarizer.language.structure import structure_of


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_offsets(text)]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("---\ntitle: Snow fell\ntags: [ice]\n---\nRoads shut.", {"title": "Snow fell"}),
        ("---\r\n# draft\r\ntitle: 'Tarn''s roads' # old\r\nlist:\r\n- a\r\n...\r\nRoads shut.", {"title": "Tarn's roads"}),
        ("---\nTitle: Snow\nAuthor: |\n  Jon Farrow\nDate: 2024-05-03\n---\nRoads shut.", {"title": "Snow", "date": "2024-05-03"}),
        ('+++\ntitle = "Snow: ice"\n[extra]\nx = [\n  1,\n]\n+++\nRoads shut.', {"title": "Snow: ice"}),
    ],
)  # fmt: skip
def test_front_matter_is_no_sentence(text: str, fields: dict[str, str]) -> None:
    assert front_matter(text).fields == fields
    assert split(text) == ["Roads shut."]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nRoads shut.\n\n---\n\nSnow fell.",
        "---\ntitle: Snow\n\nRoads shut.",
        "---\nFrom: Jon Farrow\nTo: Ana Pell\n---\nRoads shut.",
        "---\nNote: roads shut.\n---\nSnow fell.",
        "Snow\n---\ntitle: no field\n---\n",
        "+++\nRoads shut.\n+++\n",
        "---\ntitle: Snow\n---\n",  # nothing else
    ],
)
def test_a_rule_at_the_beginning_is_no_front_matter(text: str) -> None:
    assert blanked(text) == text


def test_a_comment_is_no_word_of_a_sentence_and_moves_none() -> None:
    text = "Snow <!-- or ice? Ask. --> fell.\n<!-- Roads\n\nopened. -->\nRoads shut <!-- when? -->."

    assert split(text) == ["Snow <!-- or ice? Ask. --> fell.", "Roads shut <!-- when? -->."]
    assert [bare(one) for one in split(text)] == ["Snow fell.", "Roads shut."]
    assert running(split(text)[0]) == "Snow fell."


@pytest.mark.parametrize(
    "line", ["[//]: # (Ice fell.)", "[comment]: <> (Ice fell.)", "[_]: # 'Ice fell.'", '  [a note]: <#> "Ice fell."']
)
def test_a_link_to_nowhere_with_a_title_is_a_comment(line: str) -> None:
    text = f"Snow fell.\n\n{line}\n\nRoads shut. <!-- {line}\n -->"

    assert split(text) == ["Snow fell.", "Roads shut."]
    assert split(f"Snow fell.\n\n```\n{line}\n```")[-1] != "Snow fell."


@pytest.mark.parametrize("tag", ["script", "STYLE", "template"])
def test_a_script_or_style_is_no_word_of_a_text(tag: str) -> None:
    text = f"Snow fell.\n\n<{tag} x='1'>\nIce fell. </style >\n</{tag}>\n\nRoads shut."

    assert split(text) == ["Snow fell.", "Roads shut."]


@pytest.mark.parametrize(
    "text",
    [
        "<script>\nSnow fell.",
        "Put it in <style> and </style>.",
        "`<style>` and\n`</style>` stand around it.",
        "<strong>\nSnow</strong> fell.",
        "[//]: # so",
        "[7]: https://a.b (Snow fell.)",
        "It [fell]: # (a lot) today.",
        "Write `<!-- so -->` there.",
        "Snow <!-- fell.",
        "```html\n<!-- so -->\n```\nThat is a comment of a page.",
    ],
)
def test_what_is_shown_of_a_comment_stays(text: str) -> None:
    assert blanked(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Run this:\n```sh\nls\n```\nDone.", ["```sh\nls\n```"]),
        ("1. Run:\r\n\r\n    ```{r, echo=FALSE}\r\n    ls\r\n    ```\r\n2. Done.", ["    ```{r, echo=FALSE}\r\n    ls\r\n    ```\r"]),
        ("````md\n```\nls\n```\n````\nDone.", ["````md\n```\nls\n```\n````"]),
        ("Run:\n\n~~~\nls\n~~~\nDone.", ["~~~\nls\n~~~"]),
        ("Run:\n```\nls\n\nNobody closes it.", ["```\nls"]),
        ("One.\n\n~~~\n\nTwo.\n\n~~~\n\nThree.", []),
        ("Title\n~~~~~\nOne.\n\nTitle\n~~~~~\nTwo.", []),
        ("```Why,'' he said.\n```No,'' she said.", []),
    ],
)  # fmt: skip
def test_code_stands_between_fences(text: str, code: list[str]) -> None:
    assert [text[one.start : one.end] for one in fenced(text)] == code


def test_code_is_beside_the_text_unless_it_is_all_of_it() -> None:
    text = 'Drivers can ask for the state of the roads:\n```sh\necho "All roads are open."\n```\nThree are shut.'

    assert [(one.kind, text[one.start : one.end]) for one in structure_of(text).blocks] == [
        ("code", '```sh\necho "All roads are open."\n```')
    ]
    assert structure_of("Here:\n```text\nSnow fell on three roads.\n```").blocks == ()
