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


def captions(tmp_path: Path, *said: str) -> str:
    """The text of captions that follow each other."""
    blocks = (f"{at}\n00:00:{at:02},000 --> 00:00:{at:02},900\n{one}\n" for at, one in enumerate(said, 1))
    (tmp_path / "talk.srt").write_text("\n".join(blocks), encoding="utf-8")
    return read(tmp_path / "talk.srt").document.text


def test_a_name_before_a_colon_begins_what_somebody_else_says(tmp_path: Path) -> None:
    assert captions(
        tmp_path, "Ana Pell: The bridge will close, and I promise that", "Tom Lee: I will resign\nif it does."
    ) == ("Ana Pell: The bridge will close, and I promise that\n\nTom Lee: I will resign if it does.")


def test_a_name_that_is_repeated_in_the_middle_of_a_sentence_is_said_once(tmp_path: Path) -> None:
    assert captions(
        tmp_path, "Ana Pell: Buses use the tunnel, which adds", "Ana Pell: about 20 minutes.", "Tom Lee: No."
    ) == ("Ana Pell: Buses use the tunnel, which adds about 20 minutes.\n\nTom Lee: No.")


def test_a_word_before_a_colon_is_no_name_by_itself(tmp_path: Path) -> None:
    assert captions(tmp_path, "The council decided this:", "Remember: the bridge", "stays shut.") == (
        "The council decided this: Remember: the bridge stays shut."
    )


def test_a_sound_stands_before_the_next_sentence_and_not_in_it(tmp_path: Path) -> None:
    assert captions(tmp_path, "GUEST: It closes.", "(DOOR SLAMS)", "HOST: Who pays?") == (
        "GUEST: It closes.\n(DOOR SLAMS)\n\nHOST: Who pays?"
    )
    assert captions(tmp_path, "[Applause]", "The bridge closes.") == "[Applause]\nThe bridge closes."


def test_two_voices_that_say_the_same_in_one_caption_both_speak(tmp_path: Path) -> None:
    assert (
        captions(tmp_path, "- No.\n- No.", "Snow fell", "Snow fell\non the hills.")
        == "No.\n\nNo.\nSnow fell on the hills."
    )
