"""Which sentences can be read alone, and what is cut from their beginning.

A sentence leans on the one before where it begins with a pronoun, with "But", "Most of these" or the like, where its main clause
does, where an "it" in it has nothing to stand for, and where "he" or "she" stands in it and nobody before whom that may mean. Captions, boilerplate, questions, rows and what is only spoken are no sentences of a
summary either.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, zip_longest
from typing import Literal

from summarizer.language.datelines import without_dateline
from summarizer.language.lexicon import languages, lexicon
from summarizer.language.names import Name, names_in
from summarizer.language.patterns import any_of
from summarizer.language.quotations import still_open
from summarizer.language.sentences import sentence_offsets
from summarizer.language.speakers import VERB
from summarizer.language.statements import bare
from summarizer.language.words import word_count

LEXICON = lexicon("summaries")
MOST_WORDS = 60  # more is a list or a table
OPENS = r"[\"'“„”«»‘(\[`,;:)]"
OTHER_LANGUAGES = frozenset(languages()) - {"en", "world"}
LEANS = re.compile(
    rf"\A(?:{OPENS}|(?:{any_of(LEXICON['leaning'])}|this(?!\s{{1,3}}{any_of(LEXICON['after_this'])}\b)"
    rf"|it(?!\s{{1,3}}(?:is|was|has\sbeen)\s{{1,3}}(?:not\s{{1,3}})?{any_of(LEXICON['after_it'])}\b)"
    rf"|one(?!\s{{1,3}}{any_of(LEXICON['after_one'])}\b)|{any_of(LEXICON['answers'])}(?=\s{{0,3}}[,.!;:–—])|neither(?![^\n]{{1,200}}\snor\b)|(?:he|she|it|they|i|we|you|that|there|here|what)['’]\w{{1,3}})(?![\w-]))"
)
WHAT_WAS_SAID = (
    rf"(?:them\b|(?:this|that|these)\b(?!\s{any_of([*LEXICON['after_this'], *LEXICON['this_text']])}\b)"
    rf"|those\b(?!\s(?:{any_of(LEXICON['after_those'])}\b|\w{{2,20}}(?:ed|ing)\b)))"
)
AMOUNT = r"(?:[\w.%’'-]{1,20}\s){1,4}"
OTHERS = r"(?:similar(?!\s(?:to|in)\b)|(?:(?:an|the|some|many|several|most|few|two|three|four|five|six|\d{1,3})\s)?others?(?!\sthan)\b)"
TIME_FROM_THERE = (
    r"(?:[^\W\d_]{1,12}|\d{1,4})\s(?:(?:more|short)\s)?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies))"
    r"\s(?:(?:later|earlier)(?!\sthan)\b|afterwards|(?:before|after)(?=,))"
)
WITHOUT_MOTION = re.compile(rf"{any_of(LEXICON['without_motion'])}\s(?:by|unanimously|nem)\b[^,\n]*\Z", re.IGNORECASE)
LEANS_BY_WORD = re.compile(
    rf"\A(?:{AMOUNT}of\s(?:{WHAT_WAS_SAID}|it\b)|all\s{WHAT_WAS_SAID}|{any_of(LEXICON['before_what_was_said'])}\s(?:(?:all|both|each|any|either)\s(?:of\s)?)?{WHAT_WAS_SAID}"
    rf"|{OTHERS}|in\s{OTHERS}|{TIME_FROM_THERE}|(?:later|earlier)\s(?:that|the\ssame)\b|{any_of(LEXICON['leaning_before_a_comma'])},"
    rf"|as\s\w{{2,12}}\s(?:above|earlier|before|previously)\b|each\s(?:was|were|is|are|has|had|will|would|can)\b"
    rf"|{WITHOUT_MOTION.pattern})",
    re.IGNORECASE,
)
OBJECT = re.compile(r"\b(?:it|them)(?=[.,;!]|\s(?:by|in|on|at|from|for|to|with|until|before|after|as|into|and|or)\b)")
DETERMINER = re.compile(
    r"\b(?:the|an?|this|that|these|those|his|her|its|their|no|every|each|some|any)\b", re.IGNORECASE
)
ANOTHER_CLAUSE = re.compile(
    r"[,;:]|\b(?:that|which|who|whose|what|when|where|whether|if|because|while|although|as|and|but|or|said|says)\b",
    re.IGNORECASE,
)
LEANS_LATER = re.compile(
    rf"\A{any_of(LEXICON['clause_openers'])}\b([^,\n]{{0,100}}),\s(?:he|she|they|it|his|her|their|its|this|these|those|we|I|you)\b"
)
PRONOUN = r"(?:he|she|it|they)\b"
LEANS_SOON = re.compile(
    rf"\A(?:[a-z]{{2,20}}ly|{any_of(LEXICON['clause_openers'])}(?:\s(?:{any_of(LEXICON['times'])}|\d{{1,4}})\b){{0,4}}),?\s{PRONOUN}",
    re.IGNORECASE,
)
OF_A_PERSON = re.compile(r"(?<![\w-])(?:he|him|himself|his|she|her|herself|hers)(?![\w-])", re.IGNORECASE)
PHRASE = re.compile(
    r"(?:\b(?:an?|the|th(?:is|at)|one|another|whose|his|her|their|its|our|my)|\w[’']s?)\s((?:[^\W\d_][\w’'-]{0,29},?\s){1,5})",
    re.IGNORECASE,
)
PERSONS = frozenset([*lexicon("offices")["offices"], *LEXICON["persons"]])
THINGS = frozenset(LEXICON["things"])
DOES = re.compile(r"\w{2,20}(?:er|or|ist|ian|man|woman|eer|ee)\Z")
OF_A_PLACE = re.compile(r"\b(?:in|at|near|outside|from|across|into|the)\s\Z", re.IGNORECASE)
IMPERSONAL = frozenset([*lexicon("speakers")["bodies"], *LEXICON["impersonal"]])
OPENING_CLAUSE = re.compile(rf"{any_of(LEXICON['clause_openers'])}\b[^,\n]{{1,100}},\s(?=[A-Z]|the\s)", re.IGNORECASE)
REPORTS = re.compile(rf"{VERB.pattern}|\b(?:heard|dissented|disagreed|ruled|submitted|responded|countered)\b")
BACKSHIFTED = re.compile(
    rf"\A(?:{any_of(LEXICON['clause_openers'])}\s[^,\n]{{1,40}},\s)?"
    r"(?:(?!(?:who|which|that|when|as|if|is|are|was|were|has|have|will|can)\s)[\w’'-]{1,30}\s){1,6}?(?:had|would|could|might)\s",
    re.IGNORECASE,
)
BOILERPLATE = re.compile(
    rf"\b{any_of(LEXICON['boilerplate'])}\b|©|https?:|\bwww\.|(?<!\w)@\w|[(\[]link[)\]]", re.IGNORECASE
)
CAPTION = re.compile(
    rf"\(\s?{any_of(LEXICON['caption_places'])}(?=[),;:]|\s(?:and|with|in|to|is|camera|left|right)\b)|\b{any_of(LEXICON['captions'])}\b"
    rf"|\A\(?{any_of(LEXICON['caption_starts'])}\s{{0,2}}[:–—)-]|\b(?:figs?|figures?|tables?)\s?\.?\s?\d|\[\s?(?:fig|tab)\b",
    re.IGNORECASE,
)
Genre = Literal["article", "minutes", "paper", "speech"]
OWN_STARTS: dict[Genre, re.Pattern[str]] = {
    "paper": re.compile(r"\A(?:in\s)?(?:we|our|this\s(?:paper|study|article|work|review|thesis))\b", re.IGNORECASE),
    "speech": re.compile(r"\A(?:I|we|you|my|our|your|let)\b", re.IGNORECASE),
}
ANNOUNCES: dict[Genre, re.Pattern[str]] = {
    "paper": re.compile(rf"\b{any_of(LEXICON['announcing'])}\b", re.IGNORECASE),
    "minutes": re.compile(rf"\b{any_of(LEXICON['deciding'])}\b", re.IGNORECASE),
}
NAME = (
    r"[A-ZÀ-ÖØ-Þ][\w.’'-]{0,20}"
    r"(?:\s(?:[A-ZÀ-ÖØ-Þ\d][\w.’'-]{0,20}|of|for|the|and|de|del|della|da|di|la|le|van|von|der|bin|al)){0,9}"
)
TAGS = r"(?:\s{1,3}[(\[][^()\[\]\n]{1,60}[)\]]){0,3}"
SPEAKER = re.compile(rf"\A(?:{NAME}|[a-z][\w.-]{{1,20}}){TAGS}:\s{{1,3}}")
LABELLED = re.compile(r"\A[A-Z][\w’'-]{0,20}(?:\s[\w’'-]{1,20})?:\s[^\n]{1,400}\w\s\.\Z")
"""A caption as news sites have it, with a label, and a space before its stop."""
FILLER = re.compile(rf"\b{any_of(LEXICON['fillers'])}\b", re.IGNORECASE)
SINGLE_OPENS = re.compile(r"\A['‘]\w")
SINGLE_CLOSES = re.compile(r"[,.!?…]['’](?=\s|\Z)")
STUTTER = re.compile(r"(?<![\w'’-])(?!that\b|had\b|very\b|[A-Z]|\d)([\w'’]{1,20}(?:\s[\w'’]{1,20})?)\s\1(?![\w'’-])")
OWN_VOICE = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|[Oo]ur|us|[Yy]ou|[Yy]our)\b")
QUOTED = re.compile(
    r"[\"“][^\"“”]{1,1000}[\"”]|„[^„“”]{1,1000}[“”]|«[^«»]{1,1000}»|(?<!\S)»[^«»]{1,1000}[«»]|(?<!\S)”\w[^“”]{1,1000}”"
)
ENDS = re.compile(r"[.!。！][\"'“”’«»)\]」』]{0,3}\Z")


def told(sentence: str) -> str:
    """A sentence as a summary has it: on one line, without bullet, marks of Markdown and citations, place and agency.

    >>> told("LONDON (Reuters) - The bank\\n  cut rates."), told("(CNN)The bank cut rates.")
    ('The bank cut rates.', 'The bank cut rates.')
    """
    return without_dateline(bare(sentence))


def is_prose(text: str, *, fewest: int, in_list: bool = False) -> bool:
    """Whether a text is a whole sentence of so many words at least, and no boilerplate; in a list it needs no stop."""
    return (
        (ENDS.search(text) is not None or (in_list and text[-1:].isalnum()))
        and not text.startswith("#")
        and fewest <= word_count(text) <= MOST_WORDS
        and not BOILERPLATE.search(text)
    )


def joined(texts: Sequence[str]) -> str:
    """Sentences as one text, with a blank line between two that would else be read as one.

    >>> joined(["It rained.", "It snowed", "Roads closed.", "build bridges"]).split("\\n\\n")
    ['It rained. It snowed', 'Roads closed.', 'build bridges']
    """
    gaps = (" " if _stay_two(*pair) else "\n\n" for pair in pairwise(texts))
    return "".join(f"{text}{gap}" for text, gap in zip_longest(texts, gaps, fillvalue=""))


def _stay_two(text: str, following: str) -> bool:
    return any(end == len(text) for _, end in sentence_offsets(f"{text} {following}"))


def leans(text: str) -> bool:
    """Whether a sentence needs the one before it.

    >>> [leans(text) for text in ("IT firms grew.", "It grew.", "When they met, he left.", "When Ana met Lee, he left.")]
    [False, True, True, False]
    """
    text = without_speaker(text)
    small = text[1:2].islower() or text[1:2] in " '’," or not text[:1].isalpha()
    start = text[:1].lower() + text[1:] if small else text
    if LEANS.match(start) or LEANS_SOON.match(start) or LEANS_BY_WORD.match(text) or _has_object_from_before(text):
        return True
    later = LEANS_LATER.match(start)
    return (later is not None and all(name.initial for name in names_in(later[1]))) or _means_somebody_before(text)


def _has_object_from_before(text: str) -> bool:
    """Whether an "it" or "them" follows a subject and its verb, with nothing else that it could stand for.

    >>> [_has_object_from_before(text) for text in ("The town will close it.", "The town took the bus to sell it.")]
    [True, False]
    """
    own = _without_quotations(text)
    found = OBJECT.search(own)
    before = own[: found.start()] if found else ""
    if not before or ANOTHER_CLAUSE.search(before):
        return False
    return len(DETERMINER.findall(before)) + sum(not name.initial for name in names_in(before)) < 2


def _means_somebody_before(text: str) -> bool:
    """Whether a "he" or "she" of the writer's own words has nobody before it whom it may mean.

    >>> [_means_somebody_before(text) for text in ("The jury heard that he fled.", "Ray said he fled.", "The driver said he fled.")]
    [True, False, False]
    """
    own = _without_quotations(text)
    found = OF_A_PERSON.search(own)
    if not found:
        return False
    clause = OPENING_CLAUSE.match(own)
    until = len(own) if clause and found.start() < clause.end() else found.start()  # "After his release, Reed moved"
    phrases = (phrase[1] for phrase in PHRASE.finditer(own, 0, until))
    if any(_is_person(word) for phrase in phrases for word in phrase.split()):
        return False
    return not any(_may_be_meant(name, own) for name in names_in(own[:until]))


def _without_quotations(text: str) -> str:
    return QUOTED.sub(lambda quoted: "_" * len(quoted[0]), text)


def _is_person(word: str) -> bool:
    """Whether a noun is an office or another word for a person, or ends like one: "teacher", "scientist".

    >>> [_is_person(word) for word in ("Driver,", "mayor's", "boy", "letter", "jury")]
    [True, True, True, False, False]
    """
    noun = re.sub(r"(?:[’']s?)?,?\Z", "", word.lower())
    return noun in PERSONS or (noun not in THINGS and DOES.match(noun) is not None)


def _may_be_meant(name: Name, text: str) -> bool:
    if name.initial and name.form.lower() in IMPERSONAL and not _is_person(name.form):
        return False
    return OF_A_PLACE.search(text[: name.start]) is None


def stands_alone(text: str, genre: Genre = "article", language: str | None = "en") -> bool:
    """Whether a sentence can be read without those around it, and is no caption.

    In a paper "we" are its authors, and "this study" is the paper; in speech everybody says "I".
    """
    excused = genre in OWN_STARTS and OWN_STARTS[genre].match(without_speaker(text)) is not None
    caption = CAPTION.search(text) or (genre == "article" and " ," not in text and LABELLED.match(text))
    needs_more = leans_in(text, language) if language in OTHER_LANGUAGES else leans(text) and not excused
    return not needs_more and not caption and is_balanced(text)


def leans_in(text: str, language: str) -> bool:
    """Whether a sentence of another language than English begins with a word that needs the sentence before.

    >>> [leans_in(text, "de") for text in ("Sie soll im Mai öffnen.", "Diese Woche fiel Schnee.", "Die Brücke ist offen.")]
    [True, False, False]
    """
    return _leaning_in(language).match(without_speaker(text)) is not None


@cache
def _leaning_in(language: str) -> re.Pattern[str]:
    own = lexicon("summaries", language)
    return re.compile(rf"\A(?:{OPENS}|(?!{any_of(own['standing'])}\b){any_of(own['leaning'])}(?![\w-]))", re.IGNORECASE)


def goes_on(text: str, before: str) -> bool:
    """Whether a sentence goes on with what the one before reports, as its tense shows, or says what became of a motion there.

    Alone it would say as a fact what somebody said, or nothing.

    >>> report = "The lawyer said that they had argued."
    >>> [goes_on(text, report) for text in ("Dean had killed her.", "Dean denies it.", "Dean had said so.", "Carried by 9 to 2.")]
    [True, False, False, True]
    """
    return WITHOUT_MOTION.match(text) is not None or (
        BACKSHIFTED.match(text) is not None
        and REPORTS.search(_without_quotations(before)) is not None
        and not REPORTS.search(text)
    )


def without_speaker(text: str) -> str:
    """A turn of a transcript without the name before it."""
    speaker = SPEAKER.match(text)
    return text[speaker.end() :] if speaker else text


def goes_on_quoting(text: str, *, within: bool) -> bool:
    """Whether a quotation is still open at the end of a sentence, which may begin within one.

    >>> goes_on_quoting("“Rain fell.", within=False), goes_on_quoting("Snow too,” he said.", within=True)
    (True, False)
    """
    if begun := still_open(text):
        return begun > 0
    if text.count('"') % 2:
        return not within
    if SINGLE_CLOSES.search(text):
        return False
    return within or SINGLE_OPENS.match(text) is not None


def is_balanced(text: str) -> bool:
    """Whether every quotation mark and bracket has its other half."""
    return text.count('"') % 2 == 0 and not still_open(text) and text.count("(") == text.count(")")


def announces(text: str, genre: Genre) -> bool:
    """Whether a sentence of a paper says what it is about or what it found, or one of minutes what was decided."""
    return genre in ANNOUNCES and ANNOUNCES[genre].search(text) is not None


def in_own_voice(text: str) -> bool:
    """Whether the writer speaks of himself or to the reader, outside quotations."""
    return OWN_VOICE.search(QUOTED.sub("", text)) is not None


def is_spoken(text: str) -> bool:
    """Whether a sentence has the sounds and the false starts of speech."""
    return FILLER.search(text) is not None or STUTTER.search(text) is not None
