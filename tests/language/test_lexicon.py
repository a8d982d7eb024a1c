"""Lexicons: a language is a folder, and every file says where its words come from."""

from pathlib import Path

import pytest

from summarizer.language.lexicon import FOLDER, languages, lexicon


def test_another_language_is_one_more_folder(tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "calendar.toml").write_text("# Origin: this test.\n[weekdays]\nmontag = 0\n", encoding="utf-8")

    assert languages(tmp_path) == ("xx",)
    assert lexicon("calendar", "xx", tmp_path)["weekdays"] == {"montag": 0}


def test_a_lexicon_that_a_language_lacks_is_an_error_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"xx/names\.toml"):
        lexicon("names", "xx", tmp_path)


def test_english_ships_and_is_read_once() -> None:
    assert "en" in languages()
    assert lexicon("words") is lexicon("words")


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*/*.toml")), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_lexicon_says_where_its_words_come_from(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("# Origin: ")
