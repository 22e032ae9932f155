"""Word files that serve as templates: also those of Word's own kinds for templates and macros, without the macros."""

from __future__ import annotations

import io
import re
import zipfile

SUFFIXES = (".docx", ".dotx", ".docm", ".dotm")
"""How a file ends that can serve as a template."""
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHERS = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_TYPES = "[Content_Types].xml"
# macros, what Word keeps beside them, buttons that call them, and what points there
_MACROS = re.compile(r"(?:word/)?(?:vbaProject\.bin|vbaData\.xml|_rels/vbaProject\.bin\.rels|attachedToolbars\.bin)"
                     r"|customUI/.*|userCustomization/.*")  # fmt: skip
_POINTING = re.compile(
    rb'<Relationship\b[^>]*Type="[^"]*/(?:vbaProject|wordVbaData|attachedToolbars|extensibility|customUI)"[^>]*?/>'
)
_NAMED = re.compile(rb'<Override\b[^>]*PartName="/(?:word/(?:vba|attached)|customUI/|userCustomization/)[^>]*?/>')


def as_document(data: bytes) -> bytes:
    """A template, or a file with macros, as the plain document it is in all but name.

    Raises what `zipfile` raises for a damaged archive.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read(_TYPES)
        if not any(kind in types for kind in _OTHERS):
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
            for entry in archive.infolist():
                if _MACROS.fullmatch(entry.filename):
                    continue
                part = archive.read(entry)
                if entry.filename == _TYPES:
                    for kind in _OTHERS:
                        part = part.replace(kind, _DOCUMENT)
                    part = _NAMED.sub(b"", part)
                elif entry.filename.endswith(".rels"):
                    part = _POINTING.sub(b"", part)
                out.writestr(entry, part)
    return made.getvalue()
