"""Saved mails and web pages in one file are read as what their senders wrote, or refused with one line."""

from email.message import EmailMessage

import pytest

from summarizer.errors import InputError
from summarizer.reading.formats import Format, extract

PAGE = "<html><head><title>T</title></head><body><article><p>{}</p></article></body></html>"
SAID = "The Tarn bridge closes on 1 April, the café owners’ association said. It costs €14.5m — more than planned."


def mail(text: str = SAID, *, page: str = "", attached: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Zoë Holm <zoe@tarn.example>", "Brücke ab 1. April"
    message["Date"] = "Tue, 03 Mar 2026 10:12:00 +0100"
    if text:
        message.set_content(text, cte="quoted-printable")
    if page:
        (message.add_alternative if text else message.set_content)(PAGE.format(page), subtype="html")
    if attached:
        message.add_attachment(attached, maintype="application", subtype="pdf", filename="plan.pdf")
    return message.as_bytes()


@pytest.mark.parametrize("name", ["note.eml", "-"])
def test_the_plain_text_of_a_mail_stands_below_its_sender_and_subject(name: str) -> None:
    found = extract(mail(page="Another text.", attached=b"%PDF-1.4 " * 99), name=name)
    assert found.format is Format.MAIL
    assert found.text.endswith(SAID)
    assert found.text.startswith("From: Zoë Holm <zoe@tarn.example>\nDate: Tue, 03 Mar 2026")
    assert found.title == "Brücke ab 1. April"
    assert found.warnings == ("1 attachment was not read",)


def test_a_mail_that_is_a_page_alone_is_read_as_one() -> None:
    pytest.importorskip("trafilatura")
    found = extract(mail("", page=SAID), name="note.eml")
    assert SAID in found.text
    assert "<p>" not in found.text


def test_a_page_in_one_file_is_read_without_the_head_of_a_mail() -> None:
    pytest.importorskip("trafilatura")
    message = EmailMessage()
    message["From"], message["Subject"] = "<Saved by Blink>", "Tarn"
    message.set_content(PAGE.format(SAID), subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG", maintype="image", subtype="png")
    found = extract(message.as_bytes(), name="tarn.mhtml")
    assert SAID in found.text
    assert "Blink" not in found.text
    assert not found.warnings


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"MIME-Version: 1.0\nContent-Type: application/pdf\n\n%PDF", "no text part"),
        (b"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n\xff\xfe no text", "not UTF-8"),
        (b"MIME-Version: 1.0\nContent-Type: text/plain; charset=klingon\n\nIt snows.", "unknown encoding"),
        (b"MIME-Version: 1.0\nContent-Type: text/plain\n\n", "empty"),
        (b"MIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 9_999, "not a mail"),
    ],
)
def test_a_mail_without_a_text_that_can_be_read_is_refused(data: bytes, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        extract(data, name="note.eml")


def test_a_copied_head_and_a_text_with_that_ending_stay_text() -> None:
    copied = f"From: Zoë\nSubject: Bridge\n\n{SAID}".encode()
    assert extract(copied, name="note.txt").format is Format.TEXT
    assert extract(SAID.encode(), name="note.eml").text == SAID
