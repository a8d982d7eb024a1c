"""Heads and feet that run on from page to page, and lines that only look like them."""

from summarizer.reading.formats.heads import running_heads


def test_heads_that_most_pages_have_are_found() -> None:
    pages = [[f"Annals of Tarn, page {number}", f"Text {name}."] for number, name in enumerate(("one", "two", "three"))]

    assert running_heads(pages) == [{0}, {0}, {0}]


def test_heads_and_feet_of_several_lines_go_and_lines_that_only_look_alike_stay() -> None:
    pages = [
        ["Annals of Tarn", f"No. {n * 7}: snow fell.", "The ferry sank.", "", "Tarn, 1905", f"{n + 40} / 90"]
        for n in (1, 2, 3, 4)
    ]

    assert running_heads(pages)[2] == {0, 2, 4, 5}  # "The ferry sank." stands last on every page


def test_heads_that_name_the_chapter_are_found_by_the_number_of_the_page() -> None:
    pages = [
        ["The mill", "Snow fell.", "9"],
        ["10 CHAPTER ONE", "The ferry sank.", "They were 14"],
        ["THE MILL 11", "Nobody came.", "They were 3"],
        ["12 CHAPTER TWO", "The mill burned.", "They were 20"],
        ["THE FERRY 13", "It was late.", "They were 1"],
    ]

    assert running_heads(pages) == [{2}, {0}, {0}, {0}, {0}]


def test_two_pages_have_no_running_heads() -> None:
    assert running_heads([["Tarn", "Snow fell."], ["Tarn", "The ferry sank."]]) == [set(), set()]


def test_what_a_browser_prints_around_a_page_is_found_on_few_pages_too() -> None:
    head, address = "12/1/26, 3:36 AM Ferry cut | The Post", "https://post.example/ferry"
    fox = [["Ferry cut | The Post https://post.example/ferry", "Snow fell.", "1 of 1 12/1/26, 3:36 AM"]]

    assert running_heads([[head, "Snow fell.", f"{address} 1/1"]]) == [{0, 2}]
    assert running_heads([[head, "Snow fell.", f"{address} {n}/2"] for n in (1, 2)]) == [{0, 2}, {0, 2}]
    assert running_heads(fox) == [{0, 2}]
    assert running_heads([["Tarn", "Snow fell.", f"{address} {n}/2"] for n in (1, 2)]) == [{2}, {2}]
    assert running_heads([[head, "Snow fell.", f"{address} {n}/9"] for n in (1, 2)]) == [set(), set()]
