"""Whether a source says itself what a claim says, or gives it as a myth, in a question, or as the words of somebody else."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from summarizer.language.labels import Labelled, is_said_by, label_over, not_said_itself, speakers_of
from summarizer.language.sentences import Sentence
from summarizer.language.speakers import attributions
from summarizer.language.structure import structure_of

Texts = Mapping[str, str]
"""The sources by `Document.id`."""


def label_of(sentence: Sentence, texts: Texts) -> Labelled | None:
    """The label that holds for a sentence of a source."""
    return label_over(texts[sentence.document], sentence.start, sentence.end)


def unsaid(claim: str, sentence: Sentence, texts: Texts) -> str:
    """Why a sentence says nothing for a claim; empty where it does, or where the claim names the label itself."""
    return not_said_itself(claim, texts[sentence.document], sentence.start, sentence.end)


def of_another(claim: str, sentences: Sequence[Sentence], texts: Texts) -> str:
    """Why sentences of a transcript say nothing for what a claim says that somebody said: they are of another speaker."""
    who = speaker_of(claim)
    if not who or not sentences:
        return ""
    text = texts[sentences[0].document]
    if not any(is_said_by(who, one) for one in (*speakers_of(text), *structure_of(text).writers)):
        return ""
    others = {label.form for one in sentences if (label := label_of(one, texts)) and label.kind == "speaker"}
    others |= {writer for one in sentences if (writer := structure_of(text).writer(one.start))}
    if not others or any(is_said_by(who, one) for one in others):
        return ""
    return f"{' and '.join(sorted(others))} says it in the source, not {who}"


@lru_cache(maxsize=512)
def speaker_of(claim: str) -> str:
    """The first whom a claim gives the word, where it is somebody with a name."""
    return next((one.speaker for one in attributions(claim) if one.speaker[:1].isupper()), "")
