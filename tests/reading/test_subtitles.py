"""Subtitles: what is said, whole sentences, and who says it."""

from pathlib import Path

from summarizer.reading import read

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>Snow fell on the hills</i>
in the night.

2
00:00:03,600 --> 00:00:05,000
Twelve roads
were shut.

3
00:00:06,000 --> 00:00:08,000
- Who pays?
- The town does.
"""
VTT = """WEBVTT - a talk

NOTE nobody reads this

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v Ana Pell>The bridge is <b>closed</b> &amp; will

00:04.000 --> 00:06.000
<v Ana Pell>stay so.

00:06.000 --> 00:08.000
<v.loud Tomas Brandt>No.
"""


def test_a_sentence_of_several_captions_is_one(tmp_path: Path) -> None:
    (tmp_path / "talk.srt").write_text(SRT, encoding="utf-8")

    found = read(tmp_path / "talk.srt")

    assert found.document.text == (
        "Snow fell on the hills in the night.\nTwelve roads were shut.\n\nWho pays?\n\nThe town does."
    )
    assert found.warnings == ("talk.srt: left out 3 time codes; a sentence may stand in several captions",)


def test_the_voice_stands_before_what_it_says_whatever_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(VTT, encoding="utf-8", newline="\r\n")

    assert read(tmp_path / "talk.txt").document.text == (
        "Ana Pell: The bridge is closed & will stay so.\n\nTomas Brandt: No."
    )


def test_text_that_only_is_called_subtitles_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "talk.srt").write_text("At 00:01 snow fell.\n\n1 --> 2", encoding="utf-8")

    found = read(tmp_path / "talk.srt")

    assert found.document.text == "At 00:01 snow fell.\n\n1 --> 2"
    assert found.warnings == ()
