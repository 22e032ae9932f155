"""The parts of a Word document: found by how they refer to one another, not by their names."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from coding.errors import CodingError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Strict documents differ in these names alone.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
WRONG = "source_not_docx"


class WordParts:
    """Opens the archive once; each part is parsed when it is asked for. Raises CodingError("source_not_docx")."""

    def __init__(self, file_name: str, data: bytes) -> None:
        from lxml import etree

        self._file = file_name
        self._parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise CodingError(WRONG, file=file_name) from error
        self._names = {name.lstrip("/").casefold(): name for name in self._archive.namelist()}
        self._main = self._relations("").get("officeDocument", "")
        self._related = self._relations(self._main)

    def main(self) -> Any:
        """The root of the document itself."""
        root = self._parsed(self._main)
        if root is None:
            raise CodingError(WRONG, file=self._file)
        return root

    def part(self, kind: str) -> Any:
        """The root of the part that the document refers to as `kind` (`styles`, `comments` …); None without one."""
        return self._parsed(self._related[kind]) if kind in self._related else None

    def _relations(self, part: str) -> dict[str, str]:
        """The first part referred to for each kind, by the last word of the kind's name."""
        folder, _, name = part.rpartition("/")
        root = self._parsed(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, str] = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = relation.get("Target") or ""
                place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found.setdefault((relation.get("Type") or "").rpartition("/")[2], posixpath.normpath(place))
        return found

    def _parsed(self, name: str) -> Any:
        from lxml import etree

        stored = self._names.get(name.casefold())
        if stored is None:
            return None
        try:
            data = self._archive.read(stored)
            if b"http://purl.oclc.org/ooxml/" in data[:4096]:
                for strict, usual in _STRICT:
                    data = data.replace(strict, usual)
            return etree.fromstring(data, self._parser)
        except (etree.LxmlError, zipfile.BadZipFile, zlib.error, NotImplementedError, KeyError, RuntimeError,
                ValueError, OSError, EOFError) as error:  # fmt: skip
            raise CodingError(WRONG, file=self._file) from error


def value(parent: Any, *path: str) -> str | None:
    """What `w:val` says in the element below `parent` along `path`; None where there is none."""
    for name in path:
        parent = parent.find(W + name) if parent is not None else None
    return parent.get(f"{W}val") if parent is not None else None


def is_on(parent: Any, name: str) -> bool:
    """Whether the switch `name` is there and not turned off."""
    element = parent.find(W + name) if parent is not None else None
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")


def number(text: str | None, otherwise: int = 0) -> int:
    """`text` as a number; `otherwise` where it is none or unreasonably long."""
    return int(text) if text and len(text) < 10 and text.removeprefix("-").isdecimal() else otherwise
