"""A saved e-mail (`.eml`) or a web page in one file (`.mhtml`), which is written as one: its text, by the standard library.

Of a mail that is there twice the plain text is read, of a web page the HTML. Who wrote it, when and about what stands
above the text, as in a mail that was copied; what is attached is not read.
"""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from summarizer.errors import InputError
from summarizer.reading.decoding import codec_of, decode
from summarizer.reading.formats.extract import Extract, cleaned, counted
from summarizer.reading.formats.text import read as read_text

PAGE = "multipart/related"
HEAD = ("From", "Date", "Subject")


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """Return the text of a mail or page. Raises an `InputError` where it holds none, or is not written as a mail can be."""
    try:
        mail = message_from_bytes(data, _class=EmailMessage, policy=default)
        head = {field: line for field in HEAD if (line := _line(mail, field))}
        is_page = mail.get_content_type() == PAGE
        body = mail.get_body(("html", "plain") if is_page else ("plain", "html"))
        attached = 0 if is_page else sum(1 for _ in mail.iter_attachments())
        content = _content(body)
    except (RecursionError, ValueError, KeyError, AttributeError, IndexError, TypeError) as error:
        raise InputError(f"{name}: not a mail that can be read; save its text as plain text") from error
    if not mail.keys():
        return read_text(data, name=name, encoding=encoding)
    if body is None:
        raise InputError(f"{name}: empty: the mail has no text part; save what is attached by itself")
    codec = encoding or codec_of(body.get_content_charset("utf-8"))
    if body.get_content_subtype() == "html":
        found = _page(content, name=name, encoding=encoding or body.get_content_charset())
    else:
        found = Extract(cleaned(decode(content, name=name, encoding=codec)).strip())
    if is_page:
        return found
    above = "".join(f"{field}: {line}\n" for field, line in head.items())
    return found._replace(
        text=f"{above}\n{found.text}",
        warnings=(*found.warnings, *_left_out(attached)),
        title=head.get("Subject"),
        byline=head.get("From"),
    )


def _content(body: Any) -> bytes:
    """The bytes of a part, out of the letters in which it was sent."""
    found = body.get_payload(decode=True) if body is not None else b""
    return found if isinstance(found, bytes) else b""


def _line(mail: EmailMessage, field: str) -> str:
    """A field of the head on one line; empty where it is not there."""
    return cleaned(" ".join(str(mail.get(field, "")).split()))


def _page(data: bytes, *, name: str, encoding: str | None) -> Extract:
    try:
        from summarizer.reading.formats.html import read as read_page  # noqa: PLC0415 (an extra)
    except ImportError:
        raise InputError(f"{name}: reading a page needs trafilatura: pip install 'checked-summarizer[web]'") from None
    return read_page(data, name=name, encoding=encoding)


def _left_out(attached: int) -> Iterator[str]:
    if attached:
        yield f"{counted(attached, 'attachment')} {'was' if attached == 1 else 'were'} not read"
