"""Rows of every kind of input, and what is said of those that are of no use."""

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.batch.records import Row, Text
from summarizer.batch.rows import Rows, as_message, of_message
from summarizer.errors import InputError


def rows_of(path: Path) -> list[Row]:
    rows = Rows(path)
    found = list(rows.read())
    assert rows.survey().rows == len(found)
    return found


def lines(tmp_path: Path, *given: bytes) -> list[Row]:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join(given) + b"\n")
    return rows_of(path)


def test_a_line_is_a_row_with_its_texts(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        b'\xef\xbb\xbf{"id": "a", "source": ["One.", "Two."], "summary": "Three.", "url": "x"}',
        b"  ",
        b'{"id": 7, "source_path": "b.txt"}\r',
    )

    assert found == [
        Row(0, "a", (Text("One."), Text("Two.")), Text("Three.")),
        Row(1, "7", (Text("b.txt", is_path=True),), None),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"id": "b", "source": ', "the row is not JSON: Expecting value at column 22"),
        (b'{"id": "b", "source": "\xff"}', "not UTF-8 at byte 23"),
        (b"[1]", 'the row is no object; it looks like {"id": "a1", "source": "..."}'),
        (b'{"source": "x"}', "the row has no id"),
        (b'{"id": true, "source": "x"}', "id must be a text of at most 200 characters, or a whole number"),
        (b'{"id": "b"}', "the row has neither source nor source_path"),
        (b'{"id": "b", "source": []}', "source is an empty list"),
        (
            b'{"id": "b", "source": ["x", "a b.txt"]}',
            "source looks like the name of a file; call the field source_path",
        ),
        (
            b'{"id": "b", "source": "x", "summary": "s.md"}',
            "summary looks like the name of a file; call the field summary_path",
        ),
        (
            b'{"id": "b", "source": "https://a.example/b"}',
            "source is a web address, which no batch fetches; give the text of the page",
        ),
        (b'{"id": "b", "source": ["x", 3]}', "source must be a text or a list of texts"),
        (b'{"id": "b", "source": "x", "source_path": "y"}', "source and source_path are both given; leave one out"),
        (b'{"id": "b", "source": "x", "summary": ["y", "z"]}', "summary must be one text"),
        (b'{"id": "b", "id": "c"}', "the row has a key twice in one object; leave one out"),
        (b'{"id": "b", "source": "\\ud800"}', "source is not UTF-8, or holds half of a sign"),
        (b"[" * 100_000, "the row nests brackets too deep"),
        (b'{"id": "b", "source": NaN}', "the row holds NaN, which is not JSON"),
    ],
)
def test_a_row_of_no_use_says_why_and_keeps_its_place(tmp_path: Path, line: bytes, fault: str) -> None:
    good = b'{"id": "a", "source": "x"}'

    found = lines(tmp_path, good, line, good)

    assert [row.fault for row in found] == [None, fault, None]


def test_a_csv_row_with_line_breaks_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b'id,source,summary,more\r\na,"One,\nand ""two"".",Three.,x\r\nb,\xff,,\r\nc,Last.,,\r\n')

    found = rows_of(path)

    assert found[0] == Row(0, "a", (Text('One,\nand "two".'),), Text("Three."))
    assert (found[1].id, found[1].fault) == ("b", "source is not UTF-8, or holds half of a sign")
    assert found[2] == Row(2, "c", (Text("Last."),), None)


def test_a_csv_without_a_line_of_names_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,text\na,One.\n")

    with pytest.raises(InputError, match=r"the first line must name the columns: id, source or source_path, \.\.\.$"):
        Rows(path).survey()

    path.write_text("id;source\na;One.\n")
    with pytest.raises(InputError, match=r"\.\.\.; put commas between them$"):
        Rows(path).survey()


def test_a_csv_row_that_is_not_well_formed_is_in_error_and_says_which_lines_it_takes(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        'id,source,summary\na,On Tuesday, 4 March,Three.\nb,One.\n\nc,"Never closed.,Three.\nd,"One.",Three.\n'
        'e,One.,Three.\nf,"One.,Three.\n'
    )

    found = rows_of(path)

    close = "close each quote, and double those within a text"
    assert [(row.id, row.fault) for row in found] == [
        ("a", "the row in line 2 has 4 fields, the first line names 3; put a text with commas in quotes"),
        ("b", "the row in line 3 has 2 fields, the first line names 3; a field that is empty keeps its comma"),
        ("row 3", f"no row of CSV in lines 5 to 6: ',' expected after '\"'; {close}"),
        ("e", None),
        ("row 5", f"no row of CSV in line 8: unexpected end of data; {close}"),
    ]


def test_a_table_with_two_columns_of_one_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,source,summary,source\na,One.,Two.,Three.\n")

    with pytest.raises(InputError, match="the first line names source twice; leave one out"):
        Rows(path).survey()


def test_a_parquet_file_with_two_columns_of_one_name_is_refused(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = [pyarrow.array([one]) for one in ("a", "One.", "Two.")]
    parquet.write_table(pyarrow.Table.from_arrays(columns, names=["id", "source", "source"]), tmp_path / "in.parquet")

    with pytest.raises(InputError, match="two columns are called source"):
        list(Rows(tmp_path / "in.parquet").read())


def test_a_folder_gives_its_files_by_name_and_pairs_them_with_summaries(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a/c.summary.txt", ".hidden", "b.summary.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Some text.")

    found = rows_of(tmp_path)

    assert [(row.id, row.summary and row.summary.value) for row in found] == [
        ("a/c.txt", "a/c.summary.txt"),
        ("b.txt", "b.summary.md"),
    ]


def test_what_of_a_folder_has_no_counterpart_or_leads_outside_is_in_error_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in (
        "in/a_1.txt",
        "in/a_1.summary.txt",
        "in/a_1.summary.md",
        "in/a-2.summary.txt",
        "in/b.txt",
        "c.txt",
        "in/c.summary.md",
    ):
        (tmp_path / name).write_text("Some text.")
    (tmp_path / "in" / "c.txt").symlink_to(tmp_path / "c.txt")

    found = rows_of(tmp_path / "in")

    assert [(row.id, row.fault) for row in found] == [
        (
            "a-2.summary.txt",
            "no article is beside it; call it as the article is called, a-2.txt or with another ending",
        ),
        ("a_1.summary.md", "a_1.summary.txt is read in its place; leave one of them out"),
        ("a_1.txt", None),
        ("b.txt", "no summary is beside it; call it b.summary.txt or b.summary.md"),
        ("c.txt", "c.txt is a link to a file outside the folder; put the file itself there"),
    ]


def test_summaries_of_a_folder_are_no_matter_where_others_are_written(tmp_path: Path) -> None:
    for name in ("a.txt", "b.summary.txt"):
        (tmp_path / name).write_text("Some text.")

    found = list(Rows(tmp_path, command="summarize").read())

    assert found == [Row(0, "a.txt", (Text("a.txt", is_path=True),), None)]


def test_a_folder_without_an_article_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no article in it; name the folder that holds them"):
        Rows(tmp_path).survey()


def test_parquet_rows_are_those_of_jsonl(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.table({"id": ["a", "b"], "source": [["One.", "Two."], None], "summary": ["Three.", "Four."]})
    parquet.write_table(table, tmp_path / "in.parquet")

    found = rows_of(tmp_path / "in.parquet")

    assert found[0] == Row(0, "a", (Text("One."), Text("Two.")), Text("Three."))
    assert found[1].fault == "the row has neither source nor source_path"


@pytest.mark.parametrize("name", ["in.xlsx", "missing.jsonl", "-"])
def test_an_input_that_cannot_be_rows_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "in.xlsx").write_bytes(b"PK")

    with pytest.raises(InputError):
        Rows(Path("-") if name == "-" else tmp_path / name)


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "in.parquet").write_bytes(b"no parquet at all")

    with pytest.raises(InputError, match="is no Parquet file"):
        Rows(tmp_path / "in.parquet").survey()


def test_the_digest_of_a_folder_depends_on_names_and_texts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    first = Rows(tmp_path).survey().sha256
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")

    assert Rows(tmp_path).survey().sha256 != first


def test_a_file_of_a_folder_that_cannot_be_read_is_a_matter_of_its_row(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "gone.txt").write_text("Two.")
    rows = Rows(tmp_path)
    read = Path.open

    def refusing(self: Path, *given: Any, **more: Any) -> Any:
        if self.name == "gone.txt":
            raise PermissionError("no")
        return read(self, *given, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", refusing)
        survey = rows.survey()

    assert survey.rows == 2


def test_a_parquet_file_with_a_broken_page_is_refused_in_one_line(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "in.parquet"
    parquet.write_table(pyarrow.table({"id": ["a"], "source": ["One. " * 500]}), path)
    data = bytearray(path.read_bytes())
    data[4:60] = b"\xff" * 56
    path.write_bytes(data)

    with pytest.raises(InputError, match="is no Parquet file that can be read"):
        list(Rows(path).read())


def test_a_row_reaches_a_worker_as_it_was() -> None:
    row = Row(3, "a", (Text("“One” \U0001f600"), Text("b.txt", is_path=True)), Text("x"), None)

    assert of_message(as_message(row)) == row
    assert json.loads(as_message(row))[0] == 3
