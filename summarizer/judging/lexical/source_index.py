"""The sources, read once for many claims: where each word of some claim stands."""

from array import array
from collections.abc import Iterable, Mapping, Sequence

from summarizer.language.numerals import number_of
from summarizer.language.statements import Statement
from summarizer.language.word_index import WordIndex

PREFIX = 5  # letters; words that begin alike are often kin where their stems differ


class SourceIndex:
    """Where the words of some claims stand in the sources; words that no claim holds are only counted."""

    def __init__(self, words: WordIndex, statements: Sequence[Statement]) -> None:
        self.sentences = words.sentences
        self.words = words
        wanted = {key for statement in statements for key in statement.content}
        wanted |= {key for statement in statements for name in statement.names for key in name}
        self.places: Mapping[str, array[int]] = words.places(wanted)
        """For each key the places of its words: numbers that count the words of all sources."""
        self.holders: Mapping[str, array[int]] = {key: words.holders(own) for key, own in self.places.items()}
        """For each key the positions of the sentences that hold it, in order."""
        self.numbers = {value for form in words.forms if (value := number_of(form)) is not None}
        self.length = words.length
        every = wanted | {word.key for statement in statements for word in statement.words}
        self.starts = frozenset(key[:PREFIX] for key in every if len(key) > PREFIX and words.number_of(key))
        """How the long ones of its keys begin."""

    def numbers_of(self, keys: Iterable[str]) -> list[int]:
        """The number of each key; one that no word of the sources has gets one that no word has."""
        return [self.words.number_of(key) or -1 for key in keys]
