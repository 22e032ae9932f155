"""A Word document of the user's own: read as a whole, and written with nothing changed but what was changed in it."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coding.errors import CodingError
from coding.reports.word_marks import Marks

_LARGEST = 400_000_000
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MAIN = "/officeDocument"
_STYLE_ID = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId"
_MORE = re.compile(r"customXml/item\d+\.xml|docProps/app\.xml")


class Document:
    """A Word file: its parts, and the tree of the main one; `more` are other parts that are looked at, by name."""

    def __init__(self, path: Path, raw: bytes, part: str, root: Any, more: Mapping[str, bytes]) -> None:
        from lxml import etree

        self.path = path
        self.marks = Marks({name: content for name, content in more.items() if name.startswith("customXml/")})
        self.by_libreoffice = b"LibreOffice" in more.get("docProps/app.xml", b"")
        styles = etree.fromstring(more["styles"], parser()) if "styles" in more else ()
        self.styles = {one.get(_STYLE_ID, "") for one in styles}
        self.raw = raw
        self.part = part
        self.root = root
        self.digest = hashlib.sha256(raw).hexdigest()

    @classmethod
    def read(cls, path: Path) -> Document:
        from lxml import etree

        if not path.is_file():
            raise CodingError("file_missing", file=str(path))
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise CodingError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as package:
                if sum(one.file_size for one in package.infolist()) > _LARGEST:
                    raise CodingError("source_not_docx", file=str(path))
                relations = etree.fromstring(package.read("_rels/.rels"), parser())
                every = relations.iter(f"{_RELATIONS}Relationship")
                part = next(one.get("Target", "") for one in every if one.get("Type", "").endswith(_MAIN)).lstrip("/")
                names = package.namelist()
                more = {name: package.read(name) for name in names if _MORE.fullmatch(name)}
                if (beside := f"{part.rpartition('/')[0]}/styles.xml") in names:
                    more["styles"] = package.read(beside)
                return cls(path, raw, part, etree.fromstring(package.read(part), parser()), more)
        except (zipfile.BadZipFile, KeyError, StopIteration, etree.XMLSyntaxError, RuntimeError) as error:
            raise CodingError("source_not_docx", file=str(path)) from error

    def written(self) -> bytes:
        """The file with its main part and our marks as they are now; every other part is copied as it was."""
        from lxml import etree

        main = etree.tostring(self.root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
        changed = {**self.marks.written(), self.part: main}
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for one in old.infolist():
                new.writestr(one, changed.get(one.filename) or old.read(one), one.compress_type)
        return made.getvalue()


def parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
