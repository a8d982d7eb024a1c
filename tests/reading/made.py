"""Files made by hand for the tests: nothing binary is kept in the repository."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

LEADING = 14  # points from one line to the next

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages: Sequence[Sequence[str | None]], *, encrypt: bytes = b"") -> bytes:
    """A PDF with these lines on its pages; None leaves room, as before a paragraph."""
    bodies = map(_content, pages)
    return pdf_of([b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body) for body in bodies], encrypt=encrypt)


def pdf_of(contents: Sequence[bytes], *, encrypt: bytes = b"") -> bytes:
    """A PDF with a page for each of these content streams."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (5 + 2 * number)
        )
        objects.append(content)
    if encrypt:
        objects.append(encrypt)
    return _pdf_file(objects, encrypted=bool(encrypt))


def _content(lines: Sequence[str | None]) -> bytes:
    shown = [b"BT /F1 11 Tf 72 720 Td %d TL" % LEADING]
    for line in lines:
        if line is None:
            shown.append(b"0 -%d Td" % (LEADING // 2 + 2))
            continue
        text = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
        shown.append(b"(%s) Tj T*" % text)
    return b"\n".join([*shown, b"ET"])


def _pdf_file(objects: Sequence[bytes], *, encrypted: bool) -> bytes:
    file = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        file += b"%010d 00000 n \n" % offset
    secret = b" /Encrypt %d 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]" % len(
        objects
    )
    file += b"trailer\n<< /Size %d /Root 1 0 R%s >>\n" % (len(objects) + 1, secret if encrypted else b"")
    file += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(file)


# The standard handler, revision 2, with keys that fit no password.
LOCKED = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"5a" * 32 + b"> /U <" + b"a5" * 32 + b"> >>"


def paragraph(text: str, *, properties: str = "") -> str:
    """A paragraph of one run; `properties` goes into its run properties."""
    return f'<w:p><w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def relations(target: str, *, external: bool = False) -> str:
    """The part of a Word file that says where its text is."""
    mode = ' TargetMode="External"' if external else ""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="{target}"{mode}/></Relationships>'
    )


def docx(body: str, *, parts: dict[str, str] | None = None, prolog: str = "", compress: bool = True) -> bytes:
    """A Word file with this body in WordprocessingML, and further parts by name."""
    members = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations("word/document.xml"),
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
        f'<w:document xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>",
        **(parts or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return made.getvalue()
