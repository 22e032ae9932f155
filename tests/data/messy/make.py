"""A folder as a study has it after half a year: thirty-odd files in all formats, habits and states, people invented.

`EXPECTED` says what is to become of each file; `ANSWERS` is what the researcher would answer when asked about a label.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from tests.data.hostile.make import HOSTILE, odt

FORMATS = Path(__file__).resolve().parent.parent / "formats"


@dataclass(frozen=True)
class Kept:
    """A file that comes in: its method, who answers (codes in order of appearance), how many turns, and its date."""

    method: str
    informants: tuple[str, ...] = ()
    turns: int | None = None
    date: str | None = None


Fate = Kept | str
"""What comes in, or the code of the error; `duplicate` and `clutter` for what is passed over."""


def talk(asks: str, answers: str, topic: str, *, before: str = "", gap: str = "\n") -> str:
    """An interview of six turns about `topic`."""
    lines = (
        f"{asks}: Bagaimana {topic} sekarang, menurut Anda?",
        f"{answers}: Sudah berjalan, tetapi {topic} masih lambat karena petugasnya cuma satu.",
        f"{asks}: Apa yang paling sering dikeluhkan?",
        f"{answers}: Antrean, terutama hari Senin. Warga dari dusun jauh menunggu sampai siang.",
        f"{asks}: Lalu apa yang sudah dilakukan tentang {topic}?",
        f"{answers}: Kami minta tambahan petugas, jawabannya belum ada.",
    )
    return before + gap.join(lines) + "\n"


def word(text: str, *, table: list[tuple[str, str]] | None = None) -> bytes:
    """A .docx of these paragraphs, and a table of two columns behind them."""
    import docx

    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    if table:
        made = document.add_table(rows=0, cols=2)
        for left, right in table:
            cells = made.add_row().cells
            cells[0].text, cells[1].text = left, right
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def rich(text: str) -> bytes:
    """An .rtf of these lines."""
    body = "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in text.replace("\n", "\\par\n"))
    return b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Calibri;}}\\f0\\fs22 " + body.encode("ascii") + b"}"


def workbook(rows: list[tuple[str, ...]]) -> bytes:
    """An .xlsx with these rows."""
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def scan() -> bytes:
    """A PDF of one page that is a picture: no text in it."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length 31 >>\nstream\nq 200 0 0 200 0 0 cm /I Do Q   \nendstream",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Length 1 >>\nstream\n\x80\nendstream",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    return (
        data + b"xref\n0 6\n0000000000 65535 f \n" + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    )  # fmt: skip


KADES = talk("P", "I", "pelayanan surat", before=(
    "TRANSKRIP WAWANCARA\nNama informan: Suroyo Hadi, S.Sos.\nJabatan: Kepala Desa\nTanggal: 12 Mei 2026\n"
    "Tempat: Balai Desa\n\n"
))  # fmt: skip
CHAT = """12/05/26 09.15 - Pesan dan panggilan dienkripsi secara end-to-end.
12/05/26 09.16 - Dini Lestari: Selamat pagi Bu, bagaimana posyandu sekarang?
12/05/26 09.20 - Bu Marni: Pagi Mbak. Kader aktif cuma tiga orang.
12/05/26 09.21 - Bu Marni: Yang lain sibuk di sawah.
12/05/26 09.25 - Dini Lestari: Lalu siapa yang menimbang?
12/05/26 09.31 - Bu Marni: Saya sendiri, dibantu bidan desa.
"""
GROUP = """FOCUS GROUP DISCUSSION
Tanggal: 3 Juni 2026
Moderator: Dini Lestari

Moderator: Bagaimana pembagian bantuan di dusun?
Peserta 1: Terlambat dua bulan, jadi kami menunggu.
Peserta 2: Datanya tidak sama dengan yang di kantor.
Moderator: Siapa yang mendata?
Peserta 3: Ketua RT, tetapi datanya lama.
Peserta 1: Tidak pernah diperbarui.
"""
SUBTITLES = """1
00:00:01,000 --> 00:00:04,000
Peneliti: Bagaimana air bersih di sini?

2
00:00:05,000 --> 00:00:09,500
SW: Mengalir dua hari sekali, kadang tidak.

3
00:00:10,000 --> 00:00:12,000
Peneliti: Sejak kapan begitu?

4
00:00:13,000 --> 00:00:16,000
SW: Sejak pompa rusak tahun lalu.
"""
VOICES = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Interviewer>How does the clinic work now?

00:00:05.000 --> 00:00:09.000
<v Hana>It opens twice a week, if the midwife comes.

00:00:10.000 --> 00:00:12.000
<v Interviewer>And if she does not?

00:00:13.000 --> 00:00:15.000
<v Hana>Then we walk to town.
"""
ENGLISH = """Interview transcript
Informant: Mr Tom Hale
Position: District officer
Date: August 16, 2025

Interviewer: How was the programme announced?
Respondent: By letter, and then in one meeting.
Interviewer: Did everybody hear of it?
Respondent: No. The hill villages heard of it a month later.
"""
NUMBERED = """Narasumber: Ibu Wati
Tanggal: 2026-05-14

1. Bagaimana sosialisasi programnya?
Jawaban: Lewat rapat dusun, satu kali saja.

2. Apakah warga paham syaratnya?
Jawaban: Sebagian. Syaratnya sempat berubah.

3. Siapa yang membantu mengisi formulir?
Jawaban: Anak-anak muda karang taruna.
"""
PLAIN = """Nama informan: Pak Gito
Jabatan: Ketua RT 02
Tanggal: 20 Mei 2026

Saya sudah sepuluh tahun jadi ketua RT. Bantuan itu datang lewat saya, tetapi daftar namanya dari kecamatan.
Kalau ada yang tidak dapat, saya yang didatangi. Padahal bukan saya yang menentukan.
"""
OBSERVATION = """CATATAN OBSERVASI
Tanggal: 11 Mei 2026
Tempat: Loket pelayanan kecamatan

Pukul 08.10 antrean sudah dua belas orang. Satu loket buka, satu kosong.
Petugas menjelaskan syarat dengan suara pelan; dua orang kembali karena berkas kurang.
"""
TABLE = [
    ("Peneliti", "Bagaimana jalannya musyawarah desa?"),
    ("HN", "Ramai, tetapi yang bicara itu-itu saja."),
    ("Peneliti", "Perempuan ikut bicara?"),
    ("HN", "Jarang. Biasanya di dapur."),
]
ROWS = [("Waktu", "Pembicara", "Ucapan"), ("00:00:05", "Peneliti", "Bagaimana pupuk tahun ini?"),
        ("00:00:12", "LK", "Datang setelah tanam, jadi terlambat."), ("00:00:31", "Peneliti", "Lalu petani bagaimana?"),
        ("00:00:40", "LK", "Beli sendiri di pasar, harganya dua kali.")]  # fmt: skip
DOUBT = "DL", "MR"

FILES: dict[str, tuple[bytes, Fate]] = {
    "Wawancara Kades.docx": (word(KADES), Kept("interview", ("Suroyo Hadi",), 6, "2026-05-12")),
    "Wawancara Kades (1).docx": (word(KADES), "duplicate"),
    "~$wancara Kades.docx": (b"\x05Dini" + bytes(157), "clutter"),
    "Thumbs.db": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "clutter"),
    ".DS_Store": (b"\x00\x00\x00\x01Bud1" + bytes(500), "clutter"),
    "desktop.ini": (b"[.ShellClassInfo]\r\n", "clutter"),
    "wawancara_kasi_pelayanan.txt": (
        talk("Pewawancara", "Narasumber", "antrean loket",
             before="Narasumber: Ibu Rahma Sari\nJabatan: Kasi Pelayanan\nTanggal: 13/05/2026\n\n").encode(),
        Kept("interview", ("Rahma Sari",), 6, "2026-05-13")),
    "transkrip RS 36.txt": (
        talk("Peneliti", "RS (36)", "data penerima", before="Tanggal: 14 Mei 2026\n\n").encode("utf-8-sig"),
        Kept("interview", ("RS",), 6, "2026-05-14")),
    "Tahap 2/RS lagi.txt": (
        talk("Peneliti", "RS (36)", "data penerima yang baru", before="Tanggal: 2 Juli 2026\n\n").encode(),
        Kept("interview", ("RS",), 6, "2026-07-02")),
    "Tahap 2/tanya jawab bidan.txt": (
        talk("T", "J", "posyandu", before="Informan: Bidan Rina\nTanggal: 3 Juli 2026\n\n").encode(),
        Kept("interview", ("Bidan Rina",), 6, "2026-07-03")),
    "Tahap 2/Wawancara Pak Joko.docx": (
        word(talk("Dini", "Pak Joko", "irigasi",
                  before="Pewawancara: Dini Lestari\nNarasumber: Pak Joko\nTanggal: 4 Juli 2026\n")),
        Kept("interview", ("Joko",), 6, "2026-07-04")),
    "Interview district officer.docx": (word(ENGLISH), Kept("interview", ("Tom Hale",), 4, "2025-08-16")),
    "q and a.txt": (
        b"Informant: Lena\nDate: 5 May 2026\n\nQ: How often does the bus come?\nA: Twice a day, or once.\n"
        b"Q: And when it rains?\nA: Then not at all.\n",
        Kept("interview", ("Lena",), 4, "2026-05-05")),
    "FGD Dusun Kulon.docx": (
        word(GROUP), Kept("focus_group", ("Peserta 1", "Peserta 2", "Peserta 3"), 6, "2026-06-03")),
    "WhatsApp Chat dengan Bu Marni.txt": (CHAT.encode(), Kept("interview", ("Marni",), 5, "2026-05-12")),
    "rekaman air bersih.srt": (SUBTITLES.encode(), Kept("interview", ("SW",), 4)),
    "clinic.vtt": (VOICES.encode(), Kept("interview", ("Hana",), 4)),
    "tabel dua kolom.docx": (
        word("Wawancara\nTanggal: 9 Juni 2026\n", table=TABLE), Kept("interview", ("HN",), 4, "2026-06-09")),
    "transkrip pupuk.xlsx": (workbook(ROWS), Kept("interview", ("LK",), 4)),
    "transkrip jalan.csv": (
        b"pembicara;ucapan\nPeneliti;Jalannya bagaimana?\nKT;Rusak sejak hujan.\nPeneliti;Sudah dilaporkan?\n"
        b"KT;Sudah tiga kali.\n",
        Kept("interview", ("KT",), 4)),
    "scan surat.pdf": (scan(), "source_scanned"),
    "Peraturan.pdf": ((FORMATS / "Peraturan.pdf").read_bytes(), Kept("document")),
    "terkunci.docx": (HOSTILE["terkunci.docx"][0](), "source_locked"),
    "Wawancara Camat.doc": (
        word(talk("P", "I", "koordinasi desa", before="Informan: Bapak Wira\nTanggal: 15 Mei 2026\n\n")),
        Kept("interview", ("Wira",), 6, "2026-05-15")),
    "lama.rtf": (
        rich(talk("P", "I", "arsip “lama”", before="Informan: Ibu Tuti\nTanggal: 16 Mei 2026\n\n")),
        Kept("interview", ("Tuti",), 6, "2026-05-16")),
    "kutipan windows.txt": (
        talk("P", "I", "“jatah” beras", before="Informan: Pak Ono\nTanggal: 17 Mei 2026\n\n").encode("cp1252"),
        Kept("interview", ("Ono",), 6, "2026-05-17")),
    "dari notepad.txt": (
        talk("P", "I", "air minum", before="\ufeffInforman: Bu Esti\nTanggal: 18 Mei 2026\n\n").encode("utf-16-le"),
        Kept("interview", ("Esti",), 6, "2026-05-18")),
    "writer.odt": (
        odt("".join(f"<text:p>{line}</text:p>" for line in talk(
            "P", "I", "jalan usaha tani", before="Informan: Pak Udin\nTanggal: 19 Mei 2026\n\n").splitlines())),
        Kept("interview", ("Udin",), 6, "2026-05-19")),
    "bernomor.txt": (NUMBERED.encode(), Kept("interview", ("Wati",), 6, "2026-05-14")),
    "tanpa label.txt": (PLAIN.encode(), Kept("interview", ("Gito",), 1, "2026-05-20")),
    "Observasi Loket.txt": (OBSERVATION.encode(), Kept("observation", (), 0, "2026-05-11")),
    "Berita desa.html": (
        b"<html><head><title>Berita</title></head><body><h1>Loket baru dibuka</h1><p>Kecamatan membuka loket kedua "
        b"pada 1 Juni 2026.</p><script>x()</script></body></html>",
        Kept("document", (), 0)),
    "tanpa judul 1.txt": (talk(*DOUBT, "iuran sampah").encode(), Kept("interview", ("MR",), 6)),
    "tanpa judul 2.txt": (talk(*DOUBT, "ronda malam").encode(), Kept("interview", ("MR",), 6)),
    "tanpa judul 3.txt": (talk("DL", "Bu Sum", "pasar desa").encode(), Kept("interview", ("Sum",), 6)),
    "kosong.docx": (b"", "source_empty"),
    "rekaman 012.mp3": (b"ID3\x04" + bytes(900), "source_format"),
    "foto balai desa.jpg": (b"\xff\xd8\xff\xe0" + bytes(900), "source_format"),
}  # fmt: skip
EXPECTED: dict[str, Fate] = {name: fate for name, (_, fate) in FILES.items()}
ANSWERS = {"dl": "researcher", "mr": "informant", "bu sum": "informant", "dini lestari": "researcher",
           "bu marni": "informant", "hana": "informant", "interviewer": "researcher"}  # fmt: skip


def write(folder: Path) -> None:
    """Make the folder."""
    for name, (data, _) in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
