"""The windows of the nli judge: growing, and never across documents."""

from summarizer.judging.nli.windows import windows
from summarizer.language.sentences import sentences
from summarizer.schema import Document


def test_a_window_holds_sentences_of_one_document_in_its_order() -> None:
    first, second = sentences(Document.of("Snow fell. It was cold.", id="d1"))
    (other,) = sentences(Document.of("Snow fell again.", id="d2"))

    found = windows([second, other, first])

    assert [window.text for window in found] == ["It was cold.", "Snow fell. It was cold."]


def test_windows_grow_to_three_sentences_and_no_further() -> None:
    passages = sentences(Document.of("Snow fell. It was cold. The road was shut. The bus was late."))

    assert {len(window.sentences) for window in windows(passages)} == {1, 2, 3}
