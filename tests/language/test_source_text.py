"""A long source is read by what is rare in it, and nothing of it is missed for that."""

import random

from summarizer.findings.vocabulary import has_words, words_of
from summarizer.grounding import stands_in
from summarizer.language.numerals import ARTICLE, NUMBER, _begins, values
from summarizer.language.source_text import LONG, distinct_tokens, end_to_end, running_words, sifted
from summarizer.language.time_expressions import of_source, time_expressions

PLAIN = "the council of Tarn met attendants often and said nothing second to none of it".split()
NUMBERS = [
    "48", "1,204", "12,34,567", "forty-eight", "Two hundred and five", "a million", "half a million", "3 lakh", "5 Mio.",
    "€3.40", "10⁶", "½", "2 ½", "三百", "3億5000万", "TWENTY", "two-thirds", "a quarter of a million", "the 3rd", "an\nhundred",
    "2 and a half million", "1'000", "1 234 567", "140m", "A dozen", "x48", "4.2.3", "fifth", "a third", "Twenty-First",
]  # fmt: skip
DATES = [
    "3 May 2021", "the 3rd of May", "May 3", "12.03.2024", "12. März 2024", "2024-03-12", "3/4/2024", "2024年3月12日", "3月12日",
    "im 19. Jahrhundert", "XX wieku", "siglo XIX", "XIXe siècle", "the 21st century", "the 1990s", "2019", "Monday", "on Tuesdays",
    "mars 2020", "3 de mayo de 2020", "1er août 2021", "SEPTEMBER 2020", "15 octobre", "in June", "12 maja 2020",
    "3 to 7 July", "24 AND 25 DECEMBER", "4, 5 and 6 October", "July 3–7, 2021", "3. bis 7. Mai", "3rd & 4th of May", "May 3 and 4 June",
]  # fmt: skip


def long_text(forms: list[str], seed: int) -> str:
    draw = random.Random(seed)  # noqa: S311 (repeatable)
    words: list[str] = []
    while sum(map(len, words)) < LONG:
        words += [*draw.choices(PLAIN, k=draw.randrange(1, 4)), draw.choice(forms)]
    return " ".join(words)


def test_the_numbers_of_a_long_source_are_those_that_a_whole_search_finds() -> None:
    for seed in range(6):
        text = long_text([*NUMBERS, *DATES], seed)

        found = [match.span() for match in sifted(NUMBER, text, _begins(), ARTICLE)]

        assert len(text) >= LONG
        assert found == [match.span() for match in NUMBER.finditer(text)]


def test_figures_of_other_scripts_are_searched_for_in_the_old_way() -> None:
    assert 48.0 in values(long_text(PLAIN, 1) + " ٤٨ roads, 48 bridges").counts


def test_the_dates_of_a_long_source_are_those_that_a_whole_search_finds() -> None:
    for seed in range(6):
        text = long_text([*NUMBERS, *DATES], seed)

        found = [one[3:] for one in of_source(text)]

        assert found == [one[3:] for one in time_expressions(text) if one.kind not in ("time", "quarter")]
        assert len(found) > 100


def test_words_of_a_book_are_found_in_any_typography() -> None:
    book = "Nothing happened on the hill. " * 8_000
    book += "The mayor’s “low-lying\nland” was mini-\nster Müller’s, U.S. officials said — on 3 May. The fer\u200bry of Tarn\u00ad sank; the o\ufb03ce knew."

    for words in (
        "the MAYOR'S",
        'mayor\'s "low-lying land"',
        "low-lying",
        "minister Müller",
        "U.S. officials said - on 3 May",
        "the ferry of Tarn",
        "the office knew",
    ):
        assert has_words(words, book), words
        assert stands_in(words, book), words
    for words in ("low lying", "mayors", "ister Müller", "on 3 Ma", "Oberwald", "officials on 3 May"):
        assert not has_words(words, book), words


def test_words_that_a_source_lacks_are_told_without_a_search_for_them() -> None:
    source = "The mini-\nster of Tarn\u00ad said\u200b no_more."

    assert {"minister", "tarn", "said", "no", "more"} <= words_of(source)
    assert "ministers" not in words_of(source)


def test_tokens_are_parted_alike_whatever_their_number() -> None:
    text = "snow\u00a0fell,\nno rain " * 200_000

    assert distinct_tokens(text) == set(text.split())
    assert list(running_words(text)) == text.split()


def test_sources_from_end_to_end_are_one_object() -> None:
    assert end_to_end(("one", "two")) is end_to_end(("one", "two"))
