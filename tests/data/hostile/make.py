"""Files that no reader likes: broken, locked, lying about their size, or only odd. `HOSTILE` says what is to be said of
each; None stands for a file that is to come in. All are made here, so that none of them lies in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

TALK = "P: Bagaimana pelayanannya di loket?\nRS: Antre lama sekali, terutama hari Senin.\nP: Lalu?\nRS: Ya menunggu.\n"
QUOTED = "P: Bagaimana “pelayanan” di loket – sekarang?\nRS: Petugasnya cuma satu … begitulah.\n"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
_ODT = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{}</office:text></office:body>
</office:document-content>"""


def packed(parts: dict[str, bytes | str]) -> bytes:
    """An archive of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def word(body: str = "", *, before: str = "", extra: dict[str, bytes | str] | None = None) -> bytes:
    """A .docx around the XML of a body."""
    body = body or "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TALK.splitlines())
    document = f'<?xml version="1.0"?>{before}<w:document {_W}><w:body>{body}</w:body></w:document>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document,
    }  # fmt: skip
    return packed({**parts, **(extra or {})})


def odt(body: str) -> bytes:
    """An .odt around the XML of a body."""
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": _ODT.format(body)})


def workbook(sheet: str) -> bytes:
    """An .xlsx around the XML of one sheet's data."""
    from openpyxl import Workbook

    held = io.BytesIO()
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "x"
    book.save(held)
    with zipfile.ZipFile(held) as archive:
        parts: dict[str, bytes | str] = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    parts["xl/worksheets/sheet1.xml"] = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{sheet}</sheetData></worksheet>'
    )
    return packed(parts)


def _bomb() -> bytes:
    return word(f"<w:p><w:r><w:t>{' ' * (60 * 2**20)}</w:t></w:r></w:p>")


def _claimed() -> bytes:
    """A document whose directory says that its text has two gigabytes."""
    data = bytearray(word())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[at + 24 : at + 28] = struct.pack("<I", 2**31)
    return bytes(data)


def _ciphered() -> bytes:
    """A Word document under a password: an OLE file whose directory names the encrypted package."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(2048)


def _flagged() -> bytes:
    """An archive whose entries say that they are encrypted."""
    data = bytearray(word())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def _laughs(kind: str) -> str:
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<!DOCTYPE {kind} [<!ENTITY a0 "ha">{"".join(lines)}]>'


def _external(kind: str) -> str:
    return f'<!DOCTYPE {kind} [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def _page() -> bytes:
    return f"{_laughs('html')}<p>P: Apa?</p><p>RS: Itu &a9;.</p>".encode()


def _pdf(*, locked: bool = False) -> bytes:
    return (
        Path(__file__).resolve().parent.parent / "formats" / ("terkunci.pdf" if locked else "Peraturan.pdf")
    ).read_bytes()


def _nested(tag: str, depth: int, inside: str) -> str:
    return f"<{tag}>" * depth + inside + f"</{tag}>" * depth


_CELL = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
_PARAGRAPH = "<w:p><w:r><w:t>P: Apa?</w:t></w:r></w:p>"

_DEEP_ODT, _DEEP_WORD = "source_too_large|source_not_odt", "source_too_large|source_not_docx"
_ENTITY = "<w:p><w:r><w:t>&{};</w:t></w:r></w:p>"

HOSTILE: dict[str, tuple[Callable[[], bytes], str | None]] = {
    # nothing, or half of it
    **{f"kosong{ending}": (lambda: b"", "source_empty")
       for ending in (".txt", ".docx", ".odt", ".rtf", ".pdf", ".html", ".srt", ".csv", ".xlsx")},
    "hanya-spasi.txt": (lambda: b" \n\t\r\n \n", "source_no_text"),
    "terpotong.docx": (lambda: word()[:-300], "source_not_docx"),
    "terpotong.odt": (lambda: odt("<text:p>P: Apa?</text:p>")[:-40], "source_not_odt"),
    "terpotong.pdf": (lambda: _pdf()[: len(_pdf()) // 3], "source_not_pdf"),
    "terpotong.xlsx": (lambda: workbook("")[:-500], "source_no_table"),
    "terpotong.rtf": (lambda: b"{\\rtf1\\ansi " + TALK.replace("\n", "\\par ").encode(), None),
    "tanpa-isi.docx": (lambda: packed({"halo.txt": "halo"}), "source_not_docx"),
    "xml-rusak.docx": (lambda: word("<w:p><w:r><w:t>P: Apa?</w:r></w:p>"), "source_not_docx"),
    "skrip-saja.html": (lambda: b"<html><script>alert(1)</script><style>p{}</style></html>", "source_no_text"),
    "tanpa-takarir.srt": (lambda: b"bukan takarir\n", "source_not_subtitles"),
    # another format than the name says
    "gambar.docx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(400), "source_not_docx"),
    "dokumen.txt": (word, "source_format"),
    "teks.docx": (TALK.encode, "source_not_docx"),
    "buku-kerja.docx": (lambda: workbook(""), "source_not_docx"),
    "dokumen.xlsx": (word, "source_no_table"),
    "dokumen.odt": (word, "source_not_odt"),
    "dokumen.pdf": (word, "source_not_pdf"),
    "teks.pdf": (TALK.encode, "source_not_pdf"),
    "teks.rtf": (TALK.encode, "source_not_rtf"),
    "suara.txt": (lambda: b"ID3\x04" + bytes(range(256)) * 40, "source_format"),
    "acak.txt": (lambda: bytes((n * 7919 + n // 3) % 256 for n in range(9000)), "source_encoding"),
    "acak.pdf": (lambda: b"%PDF-1.7\n" + bytes((n * 7919) % 256 for n in range(9000)), "source_not_pdf"),
    "lembar.xls.csv": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "source_encoding"),
    # locked
    "terkunci.docx": (_ciphered, "source_locked"),
    "terkunci-zip.docx": (_flagged, "source_locked"),
    "terkunci.xlsx": (_ciphered, "source_locked"),
    "terkunci.odt": (_flagged, "source_locked"),
    "terkunci.pdf": (lambda: _pdf(locked=True), "source_locked"),
    # larger than it looks
    "bom.docx": (_bomb, "source_too_large"),
    "bom.odt": (lambda: odt(f"<text:p>{' ' * (60 * 2**20)}</text:p>"), "source_too_large"),
    "dua-gigabita.docx": (_claimed, "source_too_large"),
    "ribuan-bagian.docx": (lambda: word(extra={f"x/{n}.xml": "<a/>" for n in range(20_100)}), "source_too_large"),
    "sel-terjauh.xlsx": (
        lambda: workbook('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
        "source_too_large",
    ),
    # XML that reaches out or multiplies
    "entitas.docx": (lambda: word(_ENTITY.format("a9"), before=_laughs("w:document")), "source_not_docx"),
    "entitas-luar.docx": (
        lambda: word(_ENTITY.format("x"), before=_external("w:document")), "source_not_docx"
    ),
    "entitas.odt": (
        lambda: packed({"content.xml": _laughs("x") + _ODT.format("<text:p>&a9;</text:p>").partition("?>")[2]}),
        "source_not_odt",
    ),
    "entitas-luar.odt": (
        lambda: packed({"content.xml": _external("x") + _ODT.format("<text:p>&x;</text:p>").partition("?>")[2]}),
        "source_not_odt",
    ),
    "entitas.html": (_page, None),
    "jalur-keluar.docx": (lambda: word(extra={"../../../keluar.txt": "x", "/keluar.txt": "x"}), None),
    # deeper than anybody writes
    "dalam.html": (lambda: _nested("div", 100_000, TALK).encode(), None),
    "dalam.odt": (lambda: odt(_nested("text:section", 3_000, "<text:p>P: Apa?</text:p>")), _DEEP_ODT),
    "dalam.docx": (lambda: word(_CELL[0] * 400 + _PARAGRAPH + _CELL[1] * 400), "source_too_large"),
    "sangat-dalam.docx": (lambda: word(_CELL[0] * 60_000 + _PARAGRAPH + _CELL[1] * 60_000), _DEEP_WORD),
    "dalam.rtf": (lambda: b"{\\rtf1 " + b"{" * 50_000 + TALK.replace("\n", "\\par ").encode() + b"}" * 50_001, None),
    "tanpa-akhir.csv": (lambda: b'pembicara,ucapan\nRS,"' + b"Antre lama.\n" * 200_000, None),
    # odd letters
    "utf16-le.txt": (lambda: b"\xff\xfe" + QUOTED.encode("utf-16-le"), None),
    "utf16-be.txt": (lambda: b"\xfe\xff" + QUOTED.encode("utf-16-be"), None),
    "utf16-tanpa-tanda.txt": (lambda: QUOTED.encode("utf-16-le"), None),
    "utf16-be-tanpa-tanda.txt": (lambda: QUOTED.encode("utf-16-be"), None),
    "utf16-ganjil.txt": (lambda: b"\xff\xfe" + QUOTED.encode("utf-16-le") + b"\x20", None),
    "utf32.txt": (lambda: QUOTED.encode("utf-32"), None),
    "windows-1252.txt": (lambda: QUOTED.encode("cp1252"), None),
    "campuran.txt": (lambda: QUOTED.encode() * 20 + QUOTED.encode("cp1252"), None),
    "nul.txt": (lambda: TALK.replace("Senin", "Se\x00nin").encode(), None),
    "kendali.txt": (lambda: (TALK * 20).replace("lama", "la\x0c\x07ma", 2).encode(), None),
    "separuh-pengganti.txt": (lambda: (TALK + "RS: 😀 dan \ud800 saja.\n").encode("utf-8", "surrogatepass"), None),
    "separuh-pengganti-16.txt": (
        lambda: b"\xff\xfe" + (TALK + "RS: \udc00 saja.\n").encode("utf-16-le", "surrogatepass"), None
    ),
    # long
    "satu-baris.txt": (lambda: b"RS: " + b"Antre lama sekali di loket itu. " * 330_000, None),
    "satu-kata.txt": (lambda: b"a" * 2_000_000, None),
    "seratus-ribu.txt": (lambda: b"".join(b"Ya %d.\n" % n for n in range(100_000)), None),
    "seratus-ribu.docx": (
        lambda: word("".join(f"<w:p><w:r><w:t>Ya {n}.</w:t></w:r></w:p>" for n in range(100_000))), None
    ),
}  # fmt: skip


def write(folder: Path) -> list[Path]:
    """Make them all in `folder`, in the order above."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, (make, _) in HOSTILE.items():
        path = folder / name
        path.write_bytes(make())
        paths.append(path)
    return paths
