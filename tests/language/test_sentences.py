"""Sentences reproduce the text, and end where a person would end them."""

import json
import textwrap
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from summarizer.language.sentences import sentence_offsets, sentences
from summarizer.schema import Document
from tests.texts import nasty_text

LABELLED = Path(__file__).parents[2] / "evals" / "sentences"
MARK = "‖"


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_offsets(text)]


@given(nasty_text)
def test_sentences_slice_back_in_order_and_lose_only_white_space(text: str) -> None:
    offsets = sentence_offsets(text)

    assert all(text[start:end] == text[start:end].strip() != "" for start, end in offsets)
    assert all(one[1] <= other[0] for one, other in pairwise(offsets))
    kept = "".join(text[start:end] for start, end in offsets)
    assert "".join(kept.split()) == "".join(text.split())


@given(nasty_text.filter(str.strip))
def test_a_sentence_says_where_it_stands(text: str) -> None:
    document = Document.of(text)

    assert all(document.text[one.start : one.end] == one.text for one in sentences(document))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_sentence_says_whether_it_begins_a_line_or_a_paragraph(end: str) -> None:
    document = Document.of(f"Harrow Bay{end * 2}It snowed. It froze.{end}- The ferry sank")

    assert [one.line_ends for one in sentences(document)] == [0, 2, 0, 1]


@pytest.mark.parametrize(
    "marked",
    [
        "U.S. officials left.‖ They flew home.",
        "It lost to No. 5 seed Ana Pell.‖ She won.",
        "It ends at 6 p.m. ET.‖ Doors open at 5 p.m.‖ The bar is shut.",
        "“It is over.‖ We go home,” she said.‖ He nodded.",
        "“Why now?” asked Orla Penn.‖ Nobody knew.",
        "Sales at Acme Inc. rose.‖ Shares in Acme Inc.‖ Analysts shrugged.".replace("Shares in Acme Inc.‖ ", ""),
        "- one thing\n‖- another thing".replace("\n‖", "‖\n"),
        "東京で会った。‖「終わった。」と言った。",
        "The line was wrapped\nby an editor in the middle.",
        "He left the U.S.‖ The plane was late.",
    ],
)
def test_awkward_news_text_is_split_as_a_person_would(marked: str) -> None:
    expected = [piece.strip() for piece in marked.split(MARK)]

    assert split(marked.replace(MARK, "")) == expected


@pytest.mark.parametrize(("part", "floor"), [("dev", 0.95), ("test", 0.87)])
def test_the_labelled_passages_are_split_as_well_as_measured(part: str, floor: float) -> None:
    hits = wanted = found = 0
    for passage in json.loads((LABELLED / f"{part}.json").read_text(encoding="utf-8")):
        gold = {piece.strip() for piece in passage["marked"].split(MARK)}
        ours = set(split(passage["marked"].replace(MARK, "")))
        hits, wanted, found = hits + len(gold & ours), wanted + len(gold), found + len(ours)

    assert 2 * hits / (wanted + found) >= floor


@pytest.mark.parametrize(
    "marked",
    [
        "the bridge is open . ‖it has four lanes ( see fig . b ) . ‖gov . pell came .",
        "prices rose by 2.5 % in the u.s . market .",
        "The bridge is open. it has four lanes.",
    ],
)
def test_a_stop_with_a_space_before_it_ends_a_sentence_in_small_letters(marked: str) -> None:
    text = marked.replace(MARK, "")

    assert split(text) == [part.strip() for part in marked.split(MARK)]


def test_a_text_without_stops_is_cut_into_pieces_that_slice_back() -> None:
    text = "word " * 10_000 + "x" * 5_000

    offsets = sentence_offsets(text)

    assert max(end - start for start, end in offsets) <= 2_000
    assert "".join(text[start:end] for start, end in offsets).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "parts",
    [
        ["Prof. Dr. h. c. Uwe Kranz sprach z. B. über Wale.", "Er kam i. d. R. Montags.", "Das war gut so."],
        ["Das war am 5.", "Es regnete bis zum 7.", "Das war zu viel.", "Am 7. Mai und am 5. Morgen danach schien die Sonne."],
        ["Der 3. Preis ging an die Stadt Ulm.", "Er kam am 7.", "Die Sonne schien in der Stadt."],
        ["M. Dupont a vu Mme Leroy à 8 h. 30 dans la rue.", "Il habite au no. 5 de la r. Blanche avec sa sœur."],
        ["J.-P. Morel vit à St. Denis avec sa femme.", "Il arriva à 8 h.", "Le train partit sans lui et ses amis."],
        ["Der Bau kostete 4,7 Mio. Euro."],
        ["Das kostet 3 Mrd. Euro bzw. 40 Tsd. Dollar.", "Nr. 7 gewann."],
        ["Prof. Dr. med. K. Haller sprach am 7. Mai.", "Sie lobte alle."],
        ["„Das geht nicht.“", "Sie ging.", "„Kommst du?“, fragte er."],
        ["»Das geht nicht.«", "Sie ging.", "»Kommst du?«, fragte er."],
        ["Er wohnt in der Lindenstr. 12 in Bonn.", "Sie auch."],
        ["Die Fa. Kuhn zog um.", "Vgl. Abb. 3 auf S. 12."],
        ["Il mesure 1,80 m.", "Elle aussi."],
        ["La ville fut prise en 52 av. J.-C.", "César y passa l’hiver avec ses hommes et ses chevaux."],
    ],
)  # fmt: skip
def test_abbreviations_and_ordinals_of_german_and_french(parts: list[str]) -> None:
    text = " ".join(parts)

    assert [text[start:end] for start, end in sentence_offsets(text)] == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["Vol. 3 of the Proc. Natl. Acad. Sci. appeared.", "It sold."],
        ["Gen. Ulm, b. 1820, d. 1890, led them.", "St. Ives fell."],
        ["### 1. What happened\n", "The ferry sank.\n", "**2. Who was hurt**\n", "Nobody was."],
        ["وُلد عام 1950 م.", "وتوفي عام 2000."],
        ["+ The ferry sank\n", "● Nobody was hurt\n", "✅ The bay is open\n", "➤ The mayor came"],
        ["```text\n", "The ferry sank near\n", "```\n", "Nobody was hurt"],
    ],
)
def test_letters_marks_of_lists_and_fences(parts: list[str]) -> None:
    text = "".join(part if part.endswith("\n") else f"{part} " for part in parts)

    assert [text[start:end] for start, end in sentence_offsets(text)] == [part.strip() for part in parts]


@pytest.mark.parametrize(
    "parts",
    [
        ["Ana Pell, who painted the old harbour of Harrow Bay, has died aged\n78.", "She gave up oils in 1998."],
        ["The council decided on Thursday to sell the ferry, by 17 votes to\n3.", "The county pays for the bridge."],
        [
            "The council decided on Thursday to sell the ferry, by 17 votes to\n3.",
            "The county pays for the bridge, which has two lanes for cars and one for those who walk, and for the pier of the ferry.",
        ],
        [
            "The council decided on Thursday on these things, all of them needed",
            "1. Mend the bridge.",
            "2. Sell the ferry.",
        ],
        ["The council decided on Thursday on these things, all of them needed:", "7. Mend the bridge."],
        [
            "The council decided on Thursday on these things, all of them needed",
            "1. Mend the bridge",
            "1. Sell the ferry",
        ],
    ],
)
def test_a_number_that_ends_a_sentence_on_the_next_line_is_no_mark_of_a_list(parts: list[str]) -> None:
    text = "\n".join(parts)

    assert [text[start:end] for start, end in sentence_offsets(text)] == parts


PROSE = (
    "The council of Harrow Bay voted on Monday night to close the Mill Street library at the end of June. "
    "Opponents of Treasurer Lee Marsh filled the hall and said that Harrow Bay would be the only town of its size in the "
    "county with no library. A library of the county in Upper Sands lends books to the people of Harrow Bay."
)


def folded(text: str, width: int) -> str:
    """As an editor wraps it, which parts no word."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


@pytest.mark.parametrize("end", ["", "\n", "\n\nHarrow Bay"])
@pytest.mark.parametrize("width", [28, 36, 44, 72, 110, 130])
def test_prose_is_whole_in_columns_of_any_width(width: int, end: str) -> None:
    pieces = split(folded(PROSE, width) + end)

    assert [" ".join(piece.split()) for piece in pieces][:3] == split(PROSE)


@pytest.mark.parametrize("width", [36, 110])
def test_a_short_paragraph_is_wrapped_as_the_others_are(width: int) -> None:
    short = "It closes in summer when the lease of the hall in Harrow Bay ends, and the county library of Upper Sands lends its books."

    assert split(f"{folded(short, width)}\n\n{folded(PROSE, width)}")[0].split() == short.split()


@pytest.mark.parametrize("place", ["filled the hall", "voted on Monday"])
@pytest.mark.parametrize("width", [36, 72])
def test_an_address_does_not_set_the_width_of_the_lines_around_it(width: int, place: str) -> None:
    address = f"https://harrow.example/{'council-' * 12}"
    text = PROSE.replace(place, f"{place} {address}")

    assert [" ".join(piece.split()) for piece in split(folded(text, width))] == split(text)


def test_a_line_that_ends_in_an_article_goes_on() -> None:
    text = "The repairs of the bridge will cost ten million pounds, of which the\ncounty pays half; the rest is paid by the\nScottish Government."

    assert split(text) == [text]


@pytest.mark.parametrize(
    "lines",
    [
        ["The woods are lovely, dark and deep,", "But I have promises to keep,", "And miles to go before I sleep,", "And miles to go before I sleep"],
        ["Lee Marsh", "The Harbour Post", "12 Mill Street", "Harrow Bay HB1 2AB", "Scotland"],
        ["Harbour board meets on Tuesday", "Library vote is on Monday night", "Ferry has two boats for summer", "County cuts its grant by a tenth"],
        ["Ward        Votes    Share", "North       1,204    38.2", "South         987    31.3", "East          961    30.5"],
        ["Kind\t2015\t2025", "cars\t12,000\t15,500", "lorries\t2,200\t2,500"],
        ["Kind | 2015", "-----|-----", "cars | 12,000", "lorries | 2,200"],
        ["cars        12,000      15,500", "lorries      2,200       2,500", "in all      14,200      18,000"],
        ["Temperature, daily maximum    Tassel Burn    15.8    16.7", "Temperature, daily maximum    Morrow Gill    14.9    15.1"],
        ["Name: Lee Marsh", "Role: treasurer of the council", "Born: 1961 in Upper Sands", "Party: none"],
        ["Minutes of the council", f"https://harrow.example/{'minutes-' * 12}", "Report of the board", f"https://harrow.example/{'report-' * 14}"],
        ["Bread and butter", "Two eggs from the farm", "Milk", "Apples of the county"],
        [f"{'Paragraph of one long line that goes on to its end ' * 3}here.", f"{'Another one ' * 11}that is as long and ends here."],
    ],
)  # fmt: skip
def test_verses_addresses_lists_and_tables_keep_their_lines(lines: list[str]) -> None:
    assert split("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "parts",
    [
        ["On 23. May 2025 Orm resigned.", "On 9. October he came back."],
        ["- **23. May 2025**: Orm resigned.", "- 12. 3. 2026: He came back."],
        ["He is 23.", "May he live long.", "It was in room 12.", "June was hot."],
        ["23. May 2025: Orm resigned from the council of Harrow Bay, after all", "9. June 2025: He came back"],
        [
            "The mayor said that Orm had resigned from the council on\n23. May 2025 after a long debate, and that it was on\n24. July that he came back."
        ],
    ],
)
def test_a_day_with_a_full_stop_is_part_of_its_sentence(parts: list[str]) -> None:
    text = "\n".join(parts)

    assert [text[start:end] for start, end in sentence_offsets(text)] == parts


def test_numbers_that_count_from_1_before_months_are_those_of_a_list() -> None:
    text = "1. July sales rose\n2. August sales fell\n3. September sales stood still"

    assert [text[start:end] for start, end in sentence_offsets(text)] == [
        "July sales rose",
        "August sales fell",
        "September sales stood still",
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "He was charged with fraud contrary to s. 1 of the Fraud Act 2006.‖ He denies it under ss. 3 and 4.",
        "See sch. 3, Sch. A1, para. (b) and paras. 6-8 of the order.‖ It fell under reg. 12 and r. 3.4(2).",
        "The ban is in art. 5, cl. 7, sub-s. (3) and n. 3 above.‖ Reg. (EU) 2016/679 applies.",
        "The Rt. Hon. Jane Poe met Cllr. Jones.‖ Insp. Lee, Supt. Ray and Det. Ch. Insp. Poe came.",
        "Asst. Dist. Atty. Poe cited 98 Stat. 1234 and Prop. 8.‖ Const. Ray and Sqn. Ldr. Lee agreed.",
        "The house at Gt. Tarn, title no. EX12345, is sold.‖ It is shown in fig. B.",
        "The plan no. P24/0061 (app. 2) fails under pol. H3.‖ They made an app.‖ 3 million use it.",
        "He relies on s. 1.‖ The judge does not.‖ It is a new reg.‖ The council made it.",
        "We need a plan B.‖ 3 people said so.‖ It has vitamin C.‖ 4 of them took it.",
        "We washed him at my mother's.‖ I would ask you.‖ It was Ana’s.‖ 3 others came.",
        "The answer was no.‖ I left.‖ She teaches art.‖ G7 leaders came.",
    ],
)
def test_laws_and_ranks_are_no_ends_and_what_looks_like_them_is(marked: str) -> None:
    expected = [piece.strip() for piece in marked.split(MARK)]

    assert split(marked.replace(MARK, "")) == expected


@pytest.mark.parametrize(
    "parts",
    [
        ["• The bridge opened in 1931", "• It was mended in 1987.", "• The county pays half"],
        ["The bridge opened in 1931", "● It was mended in 1987"],
        ["> • The bridge opened in 1931"],
        ["- • The bridge opened in 1931"],
        ["The firm AC•DC makes 5 •/s."],
    ],
)
def test_a_bullet_within_a_line_begins_an_item(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts
