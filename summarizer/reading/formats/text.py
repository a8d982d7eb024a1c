"""Plain text and Markdown: the text as it is, with what its front matter says about it and what of it nobody is shown."""

import re

from summarizer.errors import InputError
from summarizer.language.markdown_blocks import blanked, comments, front_matter
from summarizer.reading.decoding import decode
from summarizer.reading.formats.extract import Extract, counted

DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """Return the whole text; no sentence is made of its front matter and comments. Raises an `InputError` where it has nothing else."""
    text = decode(data, name=name, encoding=encoding)
    left_out = unread(text)
    if left_out and blanked(text) == text:
        raise InputError(f"{name}: empty: it has {left_out} and no text; give a file with an article or summary")
    fields = front_matter(text).fields
    day = DAY.match(fields.get("date", ""))
    return Extract(text, title=fields.get("title"), byline=fields.get("author"), date=day[0] if day else None)


def unread(text: str) -> str:
    """What of a text nobody is shown, for a warning; empty where that is nothing.

    >>> unread("It snowed. <!-- Did it? -->")
    '1 comment (16 characters)'
    """
    begun = front_matter(text).end
    hidden = [end - start for start, end in comments(text, begun)]
    parts = [
        f"front matter ({counted(begun, 'character')})" if begun else "",
        f"{counted(len(hidden), 'comment')} ({counted(sum(hidden), 'character')})" if hidden else "",
    ]
    return ", ".join(part for part in parts if part)
