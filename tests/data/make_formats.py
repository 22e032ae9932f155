"""Makes the documents in `tests/data/formats` whose names begin with “Catatan”: one text, written by LibreOffice in
each format it knows, and one printed by Chromium. Run by hand: `python tests/data/make_formats.py`.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

FORMATS = Path(__file__).parent / "formats"
NAME = "Catatan SL"

_SPACES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    }.items()
)
_CHANGE = (
    '<text:changed-region text:id="{0}"><text:{1}><office:change-info><dc:creator>Rani</dc:creator>'
    "<dc:date>2025-05-14T09:00:00</dc:date></office:change-info>{2}</text:{1}></text:changed-region>"
)
_TAB = (
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab"/></style:list-level-properties>'
)
_LIST = (
    '<text:list-style style:name="Nomor">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">'
    f"{_TAB}</text:list-level-style-number>"
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")">'
    f"{_TAB}</text:list-level-style-number>"
    "</text:list-style>"
    '<text:list-style style:name="Titik"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
    f"{_TAB}</text:list-level-style-bullet></text:list-style>"
)
_OVER = '<office:annotation-end office:name="__Annotation__1"/>'
_INSERTED = '<text:change-end text:change-id="c1"/>'
_BODY = f"""
<text:tracked-changes text:track-changes="false">
{_CHANGE.format("c1", "insertion", "")}
{_CHANGE.format("c2", "deletion", "<text:p>tidak pernah </text:p>")}
</text:tracked-changes>
<text:h text:outline-level="1" text:style-name="Heading_20_1">Transkrip wawancara</text:h>
<text:p>Informan: SL (52 tahun)</text:p>
<text:p>Tanggal: 12 Mei 2025</text:p>
<text:p>Tempat: Dusun Kalisari</text:p>
<text:p/>
<text:p>Peneliti: Bagaimana pelayanannya, Bu<text:note text:id="ftn1" text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body><text:p>Sapaan hormat.</text:p></text:note-body>
</text:note>?</text:p>
<text:p>SL: <office:annotation office:name="__Annotation__1"><dc:creator>Bima Pembimbing</dc:creator>
<dc:date>2025-05-20T10:15:00</dc:date><text:p>Sejak kapan?</text:p><text:p>Tanyakan lagi.</text:p></office:annotation>
Antre dari subuh 📮{_OVER}, <text:change-start text:change-id="c1"/>selalu {_INSERTED}<text:change text:change-id="c2"/>
loketnya cuma satu. Petugasnya ramah<text:span text:style-name="Gaib"> (rahasia)</text:span>.</text:p>
<text:p>Peneliti: Apa syaratnya?</text:p>
<text:p>SL: Ini, satu-satu:</text:p>
<text:list text:style-name="Nomor"><text:list-item><text:p>KTP<text:note text:id="ftn2" text:note-class="footnote">
<text:note-citation>2</text:note-citation><text:note-body><text:p>Kartu tanda penduduk.</text:p>
<text:p>Yang asli.</text:p></text:note-body></text:note></text:p>
<text:list><text:list-item><text:p>asli</text:p></text:list-item>
<text:list-item><text:p>dua salinan</text:p></text:list-item></text:list></text:list-item>
<text:list-item><text:p>Kartu keluarga</text:p></text:list-item></text:list>
<text:list text:style-name="Titik"><text:list-item><text:p>kadang surat RT</text:p></text:list-item></text:list>
<text:p>Anak\u2011anak saya pe\u00adlaksananya. Café te\u0301h tutup<text:note text:id="edn1" text:note-class="endnote">
<text:note-citation>i</text:note-citation><text:note-body><text:p>Kunjungan 14 Mei.</text:p></text:note-body>
</text:note>.</text:p>
<text:p>Peneliti: Terima kasih, Bu.</text:p>
"""
_DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_SPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Standard" style:default-outline-level="1" style:class="text"/>
<text:notes-configuration text:note-class="footnote" style:num-format="1"/>
<text:notes-configuration text:note-class="endnote" style:num-format="i"/>
</office:styles>
<office:automatic-styles>
<style:style style:name="Gaib" style:family="text"><style:text-properties text:display="none"/></style:style>
{_LIST}
<style:page-layout style:name="Hal"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
 fo:margin-top="20mm" fo:margin-bottom="20mm" fo:margin-left="25mm" fo:margin-right="25mm"/>
<style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Hal">
<style:header><text:p>Telaah pelayanan</text:p></style:header>
<style:footer><text:p><text:page-number text:select-page="current"/></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{_BODY}</office:text></office:body>
</office:document>
"""
_PAGE = """<!doctype html><html lang="id"><meta charset="utf-8"><title>Catatan lapangan</title>
<style>@page{{size:A5;margin:18mm}} .kolom{{column-count:2}} header{{display:none}}</style>
<h1>Catatan lapangan</h1><div class="kolom">{0}</div>"""


def main() -> None:
    """Write all of them."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"{NAME}.fodt")
        source.write_text(_DOCUMENT.replace("\n", ""), encoding="utf-8")
        for suffix in ("odt", "docx", "rtf", "doc", "html", "pdf"):
            command = ["soffice", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
            subprocess.run([*command, "--convert-to", suffix, "--outdir", str(FORMATS), str(source)], check=True)
        page = Path(folder, "catatan.html")
        lines = (f"<p>Butir {n}: warga ke-{n} datang ke balai desa dan menunggu giliran. Selesai butir {n}.</p>"
                 for n in range(1, 61))  # fmt: skip
        page.write_text(_PAGE.format("".join(lines)), encoding="utf-8")
        printed = FORMATS / "Catatan lapangan.pdf"
        command = [shutil.which("chromium") or "chromium", "--headless", "--no-sandbox", f"--user-data-dir={folder}/c"]
        subprocess.run([*command, f"--print-to-pdf={printed}", page.as_uri()], check=True)


if __name__ == "__main__":
    main()
