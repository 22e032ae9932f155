"""Files as text: what is read, how it is decoded, and how much of it is taken at most."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from coding.errors import CodingError, mark
from coding.text import normalise
from coding.transcripts import headings
from coding.transcripts.anchors import Anchor
from coding.transcripts.columns import Known, TableView, columns_of, view_of
from coding.transcripts.comments import FileComment
from coding.transcripts.flow import Flowed, Places
from coding.transcripts.headings import HeadingSpan
from coding.words import Notice


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of a file that may be anybody's. Bytes, but for `characters` and the counts."""

    file: int = 64 * 2**20
    characters: int = 20_000_000
    word_part: int = 96 * 2**20
    word_total: int = 512 * 2**20
    word_entries: int = 20_000
    word_tags: int = 3_000_000
    word_depth: int = 200
    # A part smaller than `word_ratio_from` may be as repetitive as it likes.
    word_ratio: int = 200
    word_ratio_from: int = 16 * 2**20


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class FileText:
    """What the reader of one format gives: text, encoding, the lines that are headings with their levels, and where
    pages or stretches of a recording begin in the text. `flow` is what a document has besides; its places are exact.
    A table gives its `cells` instead of a text.
    """

    text: str
    encoding: str
    headings: tuple[tuple[str, int], ...] = ()
    anchors: tuple[Anchor, ...] = ()
    flow: Flowed | None = None
    notices: tuple[Notice, ...] = ()
    cells: list[list[str]] | None = None
    table: TableView | None = None


@dataclass(frozen=True, slots=True)
class RawText:
    """A file's text as it is stored, with where it came from. `hash` is the SHA-256 of the file; `notes_at` is where
    its footnotes begin, at the end of the text; None without any."""

    text: str
    file_name: str
    hash: str
    encoding: str
    notices: tuple[Notice, ...] = field(default=())
    headings: tuple[HeadingSpan, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    comments: tuple[FileComment, ...] = ()
    notes_at: int | None = None
    table: TableView | None = None


_NOTHING_KNOWN: Known = {}
_GUESSED = mark("the encoding was guessed as {encoding}; check letters with accents and quotation marks")
# What a file of another kind begins with, whatever its name ends with.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"ID3", "sound"),
    (b"RIFF", "sound"),
    (b"OggS", "sound"),
    (b"SQLite format 3\x00", "database"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "program"),
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CP1252_USUAL = frozenset("–—‘’‚“”„•…€™ ©®°±²³½¼¾×÷·«»¿¡§àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿÀÁÂÄÅÇÈÉÊËÌÍÎÏÑÓÔÖØÙÚÛÜß")
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_file(path: Path, limits: Limits = LIMITS, columns: Known = _NOTHING_KNOWN) -> RawText:
    """The text of a file of one of the formats in `SUFFIXES`; `columns` is what is known of the columns of tables.

    Raises CodingError: file_missing, file_unreadable, source_format, source_empty, source_no_text, source_encoding,
    source_too_large, source_locked, source_scanned, source_doc, or what says that it is not of its format
    (source_not_docx and so on).
    """
    data = _bytes(path, limits)
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
        raise CodingError("source_format", file=path.name)
    if not data:
        raise CodingError("source_empty", file=path.name)
    read = reader(path, data, limits)
    if read.cells:
        read = _with_talk(path, read, read.cells, columns)
    if len(read.text) > limits.characters:
        raise _too_large(path, f"{len(read.text):,} characters", f"{limits.characters:,}")
    text = normalise(read.text)
    if not text.strip():
        raise CodingError("source_no_text", file=path.name)
    return _cleaned(path, hashlib.sha256(data).hexdigest(), read, text)


def _with_talk(path: Path, read: FileText, cells: list[list[str]], known: Known) -> FileText:
    """A table as a transcript, with its beginning for the user to look at."""
    from coding.transcripts.reader_table import table_text

    columns = columns_of(path.name, cells[0], known)
    text, anchors = table_text(cells, columns)
    return replace(read, text=text, anchors=anchors, table=view_of(cells, columns))


def _cleaned(path: Path, digest: str, read: FileText, text: str) -> RawText:
    """What was read, with all its places moved to where they are in the stored `text`."""
    place = Places(read.text, text)
    flow = read.flow or Flowed(read.text)
    guessed = () if read.encoding in _EXACT else (Notice(_GUESSED, (("encoding", read.encoding),)),)
    if path.suffix.casefold() == ".md":
        found = headings.of_markdown(text)
    else:
        found = tuple((place(start), place(end), level) for start, end, level in flow.headings)
        found = found or headings.located(text, read.headings) or headings.of_numbers(text)
    return RawText(
        text,
        path.name,
        digest,
        read.encoding,
        (*guessed, *flow.notices, *read.notices),
        found,
        tuple((place(at), kind, number) for at, kind, number in read.anchors),
        tuple(replace(c, start=place(c.start), end=place(c.end), text=normalise(c.text)) for c in flow.comments),
        None if flow.notes_at is None else place(flow.notes_at),
        read.table,
    )


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise CodingError("file_unreadable", file=path.name, reason=mark("it is a folder"))
        size = path.stat().st_size
        if size > limits.file:
            raise _too_large(path, _megabytes(size), _megabytes(limits.file))
        return path.read_bytes()
    except FileNotFoundError:
        raise CodingError("file_missing", file=str(path)) from None
    except OSError as error:
        raise CodingError("file_unreadable", file=path.name, reason=error.strerror or type(error).__name__) from error


def _too_large(path: Path, size: str, limit: str) -> CodingError:
    return CodingError("source_too_large", file=path.name, size=size, limit=limit)


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


def _text(path: Path, data: bytes, limits: Limits) -> FileText:
    if any(data.startswith(magic) for magic, _ in _MAGIC):
        raise CodingError("source_format", file=path.name)
    return FileText(*decode(data, path.name))


def decode(data: bytes, file_name: str) -> tuple[str, str]:
    """The text in `data` and its encoding: a byte order mark, then UTF-16 that shows itself, then strict UTF-8, then
    UTF-8 with few foreign bytes, then Windows' Western code page when all it gives is usual, then a guess. A stray NUL,
    half a surrogate pair or half a last character makes no text unreadable.

    Raises CodingError("source_encoding") when nothing fits or the bytes are no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            halved = encoding == "utf-16" and len(data) > 4 and len(data) % 2
            whole = data[:-1] if halved else data
            try:
                return _paired(whole.decode(encoding, "surrogatepass"), file_name), encoding
            except UnicodeDecodeError:
                raise CodingError("source_encoding", file=file_name) from None
    if b"\x00" in data:
        if data.count(b"\x00") * 20 > len(data):
            return _utf16(data, file_name), "utf-16"
        data = data.replace(b"\x00", b"")
    if _is_binary(data):
        raise CodingError("source_encoding", file=file_name)
    try:
        return _paired(data.decode("utf-8", "surrogatepass"), file_name), "utf-8"
    except UnicodeDecodeError:
        pass
    if (mended := _mended(data)) is not None:
        return mended, "utf-8 + cp1252"
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = None
    if western is not None and set(re.findall(r"[^\x00-\x7f]", western)) <= _CP1252_USUAL:
        return western, "cp1252"
    return _guess(data, file_name)


def _paired(text: str, file_name: str) -> str:
    """`text` with pairs of surrogates as the characters they stand for; what is left of them is dropped later. Raises
    CodingError("source_encoding") when there are more than a slip leaves: then it is no text."""
    if not _SURROGATE.search(text):
        return text
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if len(_SURROGATE.findall(text)) * 100 > len(text):
        raise CodingError("source_encoding", file=file_name)
    return text


def _mended(data: bytes) -> str | None:
    """UTF-8 with a few foreign bytes in it, as when texts are pasted together; those are read as Windows' Western."""
    text = data.decode("utf-8", "surrogateescape")
    foreign = re.findall("[\udc80-\udcff]", text)
    good = len(re.findall(r"[^\x00-\x7f]", text)) - len(foreign)
    if good < 5 * len(foreign):
        return None
    return re.sub("[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _utf16(data: bytes, file_name: str) -> str:
    """UTF-16 without a mark: Latin text has a NUL in every second byte."""
    sample = data[: 1 << 16]
    half = len(sample) // 2 or 1
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    encoding = "utf-16-le" if odd > 0.4 and even < 0.05 else "utf-16-be" if even > 0.4 and odd < 0.05 else None
    if encoding is None or len(data) % 2:
        raise CodingError("source_encoding", file=file_name)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise CodingError("source_encoding", file=file_name) from None
    if "\x00" in text:
        raise CodingError("source_encoding", file=file_name)
    return text


def _is_binary(data: bytes) -> bool:
    """Whether more than one byte in two hundred is a control character no text has."""
    sample = data[: 1 << 16]
    controls = sum(sample.count(bytes([c])) for c in [*range(1, 9), *range(14, 27), *range(28, 32), 127])
    return controls * 200 > len(sample)


def _guess(data: bytes, file_name: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise CodingError("source_encoding", file=file_name)
    return data.decode(best.encoding), best.encoding


def _word(path: Path, data: bytes, limits: Limits) -> FileText:
    from coding.transcripts.reader_word import word_text

    flow = word_text(path.name, data, limits)
    return FileText(flow.text, "docx", flow=flow)


def _odt(path: Path, data: bytes, limits: Limits) -> FileText:
    from coding.transcripts.reader_odt import odt_text

    flow = odt_text(path.name, data, limits)
    return FileText(flow.text, "odt", flow=flow)


def _rtf(path: Path, data: bytes, limits: Limits) -> FileText:
    from coding.transcripts.reader_rtf import rtf_text

    flow = rtf_text(path.name, data)
    return FileText(flow.text, "rtf", flow=flow)


def _html(path: Path, data: bytes, limits: Limits) -> FileText:
    from coding.transcripts.reader_html import html_encoding, html_text

    encoding, said = "", html_encoding(data)
    if said and not any(data.startswith(bom) for bom, _ in _BOMS):
        try:
            source, encoding = data.decode(said), "utf-8"
        except (LookupError, UnicodeDecodeError):
            source, encoding = decode(data, path.name)
    else:
        source, encoding = decode(data, path.name)
    flow, titles = html_text(source)
    return FileText(flow.text, encoding, titles, flow=flow)


def _subtitles(path: Path, data: bytes, limits: Limits) -> FileText:
    from coding.transcripts.reader_subtitles import subtitle_text

    source, encoding = decode(data, path.name)
    text, anchors = subtitle_text(path.name, source.lstrip("\ufeff"), path.suffix.casefold().lstrip("."))
    return FileText(text, encoding, anchors=anchors)


def _pdf(path: Path, data: bytes, limits: Limits) -> FileText:
    from coding.transcripts.reader_pdf import pdf_text

    read = pdf_text(path.name, data, limits)
    flow = Flowed(read.text, comments=read.comments)
    return FileText(read.text, "pdf", anchors=read.anchors, notices=read.notices, flow=flow)


def _csv(path: Path, data: bytes, limits: Limits) -> FileText:
    from coding.transcripts.reader_table import csv_rows, filled_rows

    source, encoding = decode(data, path.name)
    return FileText("", encoding, cells=filled_rows(csv_rows(path.name, source.lstrip("\ufeff"))))


def _xlsx(path: Path, data: bytes, limits: Limits) -> FileText:
    from coding.transcripts.reader_table import filled_rows, xlsx_rows

    return FileText("", "xlsx", cells=filled_rows(xlsx_rows(path.name, data, limits)))


def _doc(path: Path, data: bytes, limits: Limits) -> FileText:
    from coding.transcripts.reader_doc import doc_as_docx

    if data.startswith(b"PK\x03\x04"):  # a newer document under the old name
        return _word(path, data, limits)
    if data.lstrip().startswith(b"{\\rtf"):
        return _rtf(path, data, limits)
    return _word(path, doc_as_docx(path.name, data), limits)


_EXACT = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-32", "docx", "odt", "rtf", "pdf", "xlsx"})
_READERS: dict[str, Callable[[Path, bytes, Limits], FileText]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _text,
    ".docx": _word,
    ".odt": _odt,
    ".rtf": _rtf,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
    ".srt": _subtitles,
    ".vtt": _subtitles,
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".doc": _doc,
}
SUFFIXES = tuple(_READERS)
"""The endings of files that can be read."""
