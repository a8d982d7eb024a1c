"""Which language a text is in: py3langid, kept to the languages that are told apart well, over more than a few words."""

import tempfile
from functools import cache, lru_cache
from typing import Any

from summarizer.errors import OutputError
from summarizer.language.english import is_english, shared, small_words
from summarizer.language.words import word_count

LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh", "ru", "uk", "sv", "da", "no", "fi", "cs", "tr", "ko", "el", "he", "hi", "hu", "ro")  # fmt: skip
NAMES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "zh": "Chinese", "ru": "Russian", "uk": "Ukrainian", "sv": "Swedish",
    "da": "Danish", "no": "Norwegian", "fi": "Finnish", "cs": "Czech", "tr": "Turkish", "ko": "Korean", "el": "Greek",
    "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "ro": "Romanian",
}  # fmt: skip
LOOKED_AT = 20_000  # code points
SURE = 0.9  # probability of the language
PLAIN = 6  # words from which on function words tell English
NEARLY_ALL = 0.9  # of the words of a text about a source
FEWEST = 4  # words; less is a name or a heading, which may be of any


def language_of(text: str) -> str | None:
    """The code of the language of a text; None where it is too short or in doubt.

    >>> language_of("Zwei Brücken wurden nach der Flut gesperrt."), language_of("Ana Pell")
    ('de', None)
    """
    return _told(text[:LOOKED_AT])


@lru_cache(maxsize=256)  # the claims of a run and their sources; what is kept of a text is no more than is looked at
def _told(shown: str) -> str | None:
    count = word_count(shown)
    if count < FEWEST:
        return None
    if (
        count >= PLAIN and is_english(shown) and small_words(shown) >= 0
    ):  # most texts; the classifier takes a third of a second to load
        return "en"
    code, probability = _identifier().classify(" ".join(shown.split()))
    return str(code) if probability >= SURE else None


def likeliest(text: str) -> str:
    """The code of the language that a text is likeliest in, however short it is."""
    return str(_identifier().classify(" ".join(text.split()))[0])


def language_about(text: str, source: str) -> str | None:
    """The language of a text about a source: that of the source where it has nearly all of its words.

    A headline has too few function words to be told by them, and the classifier takes half a second to load.

    >>> language_about("Google launched Expeditions in 2015.", "In 2015, Google launched its program Expeditions.")
    'en'
    """
    return language_of(source if shared(text, source) >= NEARLY_ALL else text)


def name_of(code: str) -> str:
    """The English name of a language.

    >>> name_of("de")
    'German'
    """
    return NAMES.get(code, code)


def languages_told(source: str, claims: str = "") -> str:
    """A line for a language model on the languages of source and claims; empty where both are English or in doubt.

    >>> languages_told("Zwei Brücken wurden nach der Flut gesperrt.", "Two bridges were closed after the flood.")
    'The source is in German, the claims are in English.'
    """
    theirs, mine = language_of(source), language_about(claims, source)
    if theirs in (None, "en") and mine in (None, "en"):
        return ""
    parts = [f"the source is in {name_of(theirs)}"] if theirs else []
    parts += [f"the claims are in {name_of(mine)}"] if mine else []
    told = ", ".join(parts)
    return f"{told[0].upper()}{told[1:]}."


@cache
def _identifier() -> Any:
    """The classifier. Raises an `OutputError` where its model, of 5 MB, cannot be unpacked: it does so in a temporary file."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (a third of a second)

    try:
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:
        where = error.filename or tempfile.tempdir or "no folder for temporary files"
        raise OutputError(
            f"{where}: cannot write a temporary file: {error.strerror or error}; make room, or name another folder with TMPDIR"
        ) from error
    identifier.set_languages(list(LANGUAGES))
    return identifier
