"""Archives of documents, looked at before anything parses them: a file from elsewhere is not trusted."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from coding.errors import CodingError

if TYPE_CHECKING:
    from coding.transcripts.readers import Limits

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".ttf", ".odttf", ".svm")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CIPHERED = "EncryptedPackage".encode("utf-16-le")


def check_archive(file_name: str, data: bytes, limits: Limits, wrong: str) -> None:
    """Refuse what is no archive, what is locked, what declares entities, and what would unpack to more than is taken.

    Raises CodingError(`wrong`) with the file's name, CodingError("source_locked") or CodingError("source_too_large").
    """
    if data.startswith(_OLE) and _CIPHERED in data:  # an Office document under a password
        raise CodingError("source_locked", file=file_name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise CodingError(wrong, file=file_name) from error
    with archive:
        if any(e.flag_bits & 1 for e in entries):
            raise CodingError("source_locked", file=file_name)
        if len(entries) > limits.word_entries:
            raise too_large(file_name, f"{len(entries):,} parts", f"{limits.word_entries:,}")
        total = 0
        for entry in entries:
            total += entry.file_size
            ratio = entry.file_size / max(1, entry.compress_size)
            if entry.file_size > limits.word_ratio_from and ratio > limits.word_ratio:
                packed = f"{entry.file_size // 2**20} MB packed {ratio:.0f} : 1"
                raise too_large(file_name, packed, f"{limits.word_ratio} : 1")
            if entry.file_size > limits.word_part or total > limits.word_total:
                raise too_large(file_name, f"{total // 2**20} MB", f"{limits.word_part // 2**20} MB")
        for entry in entries:
            if not entry.filename.casefold().endswith(_PICTURES):
                _check_part(file_name, archive, entry, limits, wrong)


def _check_part(file_name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, wrong: str) -> None:
    """Count a part's tags and refuse document types before anything parses it. Sizes may lie: reading stops."""
    tags = size = 0
    try:
        with archive.open(entry) as part:
            while chunk := part.read(1 << 20):
                size += len(chunk)
                tags += chunk.count(b"<")
                if size > limits.word_part:
                    raise too_large(file_name, f"{size // 2**20} MB", f"{limits.word_part // 2**20} MB")
                if tags > limits.word_tags:
                    raise too_large(file_name, f"{tags:,} tags", f"{limits.word_tags:,}")
                if re.search(rb"<!(?:DOCTYPE|ENTITY)", chunk):
                    raise CodingError(wrong, file=file_name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise CodingError(wrong, file=file_name) from error


def too_large(file_name: str, size: str, limit: str) -> CodingError:
    """What to say of a file, or of what it unpacks to, that is larger than is taken."""
    return CodingError("source_too_large", file=file_name, size=size, limit=limit)
