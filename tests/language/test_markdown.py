"""The marks of Markdown mean the same to a claim, to repair and to a report."""

import pytest

from summarizer.language.markdown import HIDDEN, laid_bare
from summarizer.language.statements import bare
from summarizer.repair.as_read import as_read as read_by_repair
from summarizer.report.layout import as_read as read_by_report


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("**Rates fell in *May*.", "Rates fell in May."),
        ("Rates fell.** Rents rose.", "Rates fell. Rents rose."),
        ("Rates** fell and **rents rose.", "Rates fell and rents rose."),
        ("*Rates fell.", "Rates fell."),
        ("_Rates_ fell, ~~rents rose.", "Rates fell, rents rose."),
        ("The file `summarizer check` is read, says `a.", "The file summarizer check is read, says a."),
        ("Rates [fell](rates.html 'x') and [rose](../a.md \"b\").", "Rates [fell](rates.html 'x') and rose."),
        ("The [port of Tarn][tarn] and <https://x.org> opened.", "The port of Tarn and https://x.org opened."),
        ("The <b>port</b> and `__init__.py` and __init__.py opened.", "The port and __init__.py and __init__.py opened."),
        ("It cost 5\\*, or 2 ** 3 ** 4, or a*b*c.", "It cost 5*, or 2 ** 3 ** 4, or a*b*c."),
        ("这是**重要**的。", "这是重要的。"),
    ],
)  # fmt: skip
def test_a_sentence_is_read_without_its_marks_by_everybody(written: str, seen: str) -> None:
    assert laid_bare(written).replace(HIDDEN, "") == seen
    assert len(laid_bare(written)) == len(written)
    assert (bare(written), read_by_repair(written).text, read_by_report(written)) == (seen, seen, seen)


def test_a_row_of_a_table_is_taken_by_cells() -> None:
    assert read_by_repair("| Depth of the **hull** | 40 metres |").text == "Depth of the hull | 40 metres"
