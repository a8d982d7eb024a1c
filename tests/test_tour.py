"""The recipes of the tour print what they show, one after the other in one folder."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.documents import recipes, shell

RECIPES = recipes((ROOT / "docs" / "tour.md").read_text(encoding="utf-8"))


def test_there_are_ten_recipes_and_each_is_run() -> None:
    titles = [title for title, _ in RECIPES]

    assert [title.split(".")[0] for title in titles[1:]] == [str(number) for number in range(1, 11)]
    assert all(shown for _, shown in RECIPES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tour")


@pytest.mark.parametrize(("title", "shown"), RECIPES, ids=[title for title, _ in RECIPES])
def test_a_recipe_prints_what_it_shows(title: str, shown: list[tuple[str, str]], folder: Path) -> None:
    for command, output in shown:
        done = shell(command, folder, folder.parent / "tools")

        assert done.stdout == output, f"{title}: {command}"
        assert "Traceback" not in done.stderr
        assert "summarizer: error" not in done.stderr
