"""Old Word documents (.doc), read with LibreOffice where that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from coding.errors import CodingError

_SECONDS = 90
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def office() -> str | None:
    """The program of LibreOffice; None when there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def doc_as_docx(file_name: str, data: bytes) -> bytes:
    """The document as .docx. Raises CodingError("source_doc") without LibreOffice or when it can't read the file."""
    program = office()
    if program is None:
        raise CodingError("source_doc", file=file_name)
    with tempfile.TemporaryDirectory(prefix="telaah-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [
            program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx",
            "--outdir", folder, str(source),
        ]  # fmt: skip
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0) if os.name == "nt" else 0
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, creationflags=hidden)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CodingError("source_doc", file=file_name) from error
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise CodingError("source_doc", file=file_name)
        return made.read_bytes()
